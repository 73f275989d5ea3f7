"""LibreOffice may give every paragraph of a list a definition of its own: lists torn so are put together against the text that was
sent out, before changes are told. Pure, knows no Django."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from documents.suggestions.list_kinds import with_parts
from documents.suggestions.merge import paired
from documents.text import Section, SectionTree
from documents.word.list_labels import counts, label_of
from documents.word.write.lists import find_rule

Json = dict[str, Any]
Lists = Sequence[Json]
FEWEST = 3
"""Nobody begins a list anew at each of so many items."""


def as_sent_in_one(
    refused: SectionTree, accepted: SectionTree, sent: SectionTree
) -> tuple[SectionTree, SectionTree]:
    """The texts of a file that came back without and with its changes, in which lists that were ``sent`` out as one are one again.
    One whose numbers begin anew somewhere stays in two: somebody made them, unless it begins anew at every item."""
    known = sent.by_uid
    torn: dict[str, frozenset[int]] = {}
    made = []
    for section in refused:
        one = known.get(section.uid)
        torn[section.uid] = _torn(section, one)
        made.append(_section(section, one, torn[section.uid]))
    refused = replace(refused, sections=tuple(made))
    sections = (_section(one, known.get(one.uid), torn.get(one.uid, frozenset())) for one in accepted)
    return refused, replace(accepted, sections=tuple(sections))


def _torn(section: Section, sent: Section | None) -> frozenset[int]:
    """Which of the lists that were sent out begin anew at every item."""
    found = set()
    for run in _runs(section):
        for owner, (start, end) in _groups(run, _lists(sent)):
            if end - start >= FEWEST and _each_anew(run[start:end]):
                found.add(owner)
    return frozenset(found)


def _section(section: Section, sent: Section | None, torn: Collection[int]) -> Section:
    runs = _runs(section)
    if sent is None or not runs:
        return section
    lists = _lists(sent)
    whole: dict[int, tuple[int, Json]] = {}
    for run in runs:
        for owner, (start, end) in _groups(run, lists):
            pieces = run[start:end]
            anew = owner in torn and _each_anew(pieces)
            if anew or _goes_on(pieces):
                whole[id(pieces[0])] = len(pieces), _joined(pieces, lists[owner], anew=anew)
    blocks: list[Json] = []
    left = 0
    for block in section.text.body["blocks"]:
        if left:
            left -= 1
            continue
        count, one = whole.get(id(block), (1, block))
        left = count - 1
        blocks.append(one)
    if not whole:
        return section
    return replace(section, text=replace(section.text, body=section.text.body | {"blocks": blocks}))


def _lists(section: Section | None) -> list[Json]:
    blocks = section.text.body["blocks"] if section is not None and section.text.body else []
    return [block for block in blocks if block["type"] == "list"]


def _runs(section: Section) -> list[list[Json]]:
    """Lists that follow one another, several at a time."""
    runs: list[list[Json]] = [[]]
    for block in section.text.body["blocks"] if section.text.body else []:
        if block["type"] != "list":
            runs.append([])
            continue
        if runs[-1] and _ordered(runs[-1][-1]) != _ordered(block):
            runs.append([])
        runs[-1].append(block)
    return [run for run in runs if len(run) > 1]


def _groups(run: Lists, sent: Lists) -> list[tuple[int, tuple[int, int]]]:
    """From where to where in a run pieces of one list that was sent out stand, and of which."""
    owners = _owners(run, sent)
    found: list[tuple[int, tuple[int, int]]] = []
    start = 0
    while start < len(run):
        owner, last = owners.get(start), start
        for at in range(start + 1, len(run)) if owner is not None else ():
            if at in owners and owners[at] != owner:
                break
            # A new item between two of a list's is of this list; one behind it may be another list.
            last = at if at in owners else last
        if owner is not None and last > start:
            found.append((owner, (start, last + 1)))
        start = last + 1
    return found


def _owners(run: Lists, sent: Lists) -> Mapping[int, int | None]:
    """For each piece of a run of which list that was sent out it has items: None where of several, no entry where of none."""
    old = [(number, item) for number, one in enumerate(sent) for item in one["content"]]
    new = [(at, item) for at, one in enumerate(run) for item in one["content"]]
    found: dict[int, int | None] = {}
    for i, j in paired([item for _, item in old], [item for _, item in new]):
        if i is None or j is None:
            continue
        number, at = old[i][0], new[j][0]
        found[at] = number if found.get(at, number) == number else None
    return {
        at: number
        for at, number in found.items()
        if number is None or _ordered(sent[number]) == _ordered(run[at])
    }


def _ordered(block: Json) -> bool:
    return bool((block.get("attrs") or {}).get("ordered"))


def _labels(pieces: Lists) -> list[str]:
    return [label_of(item) for piece in pieces for item in piece["content"]]


def _goes_on(pieces: Lists) -> bool:
    """Whether nobody sees that they are several lists."""
    return not _ordered(pieces[0]) or counts(find_rule(_labels(pieces), True))


def _each_anew(pieces: Lists) -> bool:
    return len({*_labels(pieces)}) == 1 and all(len(piece["content"]) == 1 for piece in pieces)


def _joined(pieces: Lists, like: Json, *, anew: bool) -> Json:
    items = [item for piece in pieces for item in piece["content"]]
    attrs = {key: value for key, value in (pieces[0].get("attrs") or {}).items() if key != "ooxml"}
    whole = pieces[0] | {"attrs": attrs, "content": items}
    return with_parts(whole | {"content": items[:1]}, items, like) if anew else whole
