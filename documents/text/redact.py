"""Leave sections, blocks or words out of a text, each with a note in its place. Pure, knows no Django.

What is marked in one language is left out of the others too: the whole block. Where the languages have other
blocks, it is the whole section. It comes back without its marked words when a person says that all of them
are marked there (``Mark.all_words``). So nothing is read in a translation that was taken out of its original.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from itertools import permutations
from typing import Any, cast

from documents.text.canonical import text_hash
from documents.text.extraction import block_lines, body_text, inline_text
from documents.text.replace_words import replace_words
from documents.text.schema import normalise_body
from documents.text.section import Section, SectionText, SectionTree
from documents.text.traces_of_redacted import Traces
from documents.text.types import Json

HEADING = 0
TITLE = ""
"""The uid of a mark in the title of the document."""
_PLACE = "\ue000"
"""Stands for a note while words are cut out; no text has it (it is a private character)."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A place that is left out. Without ``block`` and ``start`` it is the whole section."""

    uid: str
    language: str
    block: int | None = None
    start: int = 0
    end: int = 0
    text_hash: str = ""
    note: int = 0
    """Which note stands in its place; the caller knows them."""
    all_words: bool = False
    """No place that is left out. A person says that in this block of this language all is marked that others
    lose by words; without ``block`` in the whole section, where the languages have other blocks."""

    @property
    def is_words(self) -> bool:
        return self.end > self.start

    @property
    def is_whole(self) -> bool:
        return self.block is None and not self.is_words and not self.all_words


Note = Callable[[str, Mark], str]
"""Gives the note for a mark in a language."""


def redact(trees: Mapping[str, SectionTree], marks: Sequence[Mark], note: Note) -> dict[str, SectionTree]:
    """Every language of a text without what is marked."""
    bodies = _bodies(trees)
    confirmed = {_spot(mark, bodies) for mark in marks if mark.all_words}
    marks = [mark for mark in marks if not mark.all_words]
    spread = [*marks, *_below(next(iter(trees.values())), marks)] if trees else []
    traces = Traces.of(bodies, [words for tree in trees.values() for words in taken_out(tree, marks)])
    redacted = {}
    for language, tree in trees.items():
        sections = []
        for section in tree:
            own = [mark for mark in spread if mark.uid == section.uid]
            cut = _section(section.uid, language, bodies, own, note, confirmed)
            touched = any(mark.is_words for mark in own)
            body = normalise_body(traces.removed(cut, all_of_them=touched))
            label = "" if traces.says(section.text.label) else section.text.label
            sections.append(replace(section, text=SectionText(label, body)))
        of_title = [mark for mark in marks if mark.uid == TITLE]
        title = _title(tree, of_title, note, is_confirmed=(TITLE, language, None) in confirmed)
        redacted[language] = replace(tree, title=title, sections=tuple(sections))
    return redacted


def _bodies(trees: Mapping[str, SectionTree]) -> dict[str, dict[str, Json]]:
    return {
        language: {section.uid: section.text.body for section in tree} for language, tree in trees.items()
    }


def taken_out(tree: SectionTree, marks: Iterable[Mark]) -> list[str]:
    """The words that the marks of a language take out of it."""
    found = []
    for mark in marks:
        if mark.is_words and mark.language == tree.language:
            text = tree.title if mark.uid == TITLE else _text(tree, mark.uid)
            found.append(text[mark.start : mark.end])
    return list(dict.fromkeys(found))


def remaining(tree: SectionTree, words: Iterable[str]) -> list[Section]:
    """The sections of a redacted text in which words that were taken out elsewhere still stand."""
    wanted = [folded for one in words if len(folded := _folded(one)) > 2]
    return [
        section
        for section in tree
        if any(one in _folded(body_text(section.text.body, heading=True)) for one in wanted)
    ]


def find_words(text: str, words: str) -> list[tuple[int, int]]:
    """Where words stand, whatever their capitals and spaces: a hard one, two of them, the end of a line."""
    wanted = _folded(words)
    if not wanted or wanted not in _folded(text):
        return []
    letters: list[str] = []
    at: list[int] = []
    for place, letter in enumerate(text):
        for one in " " if letter.isspace() else letter.casefold():
            if one not in INVISIBLE and not (one == " " and letters[-1:] == [" "]):
                letters.append(one)
                at.append(place)
    hits = re.finditer(re.escape(wanted), "".join(letters))
    return [(at[hit.start()], at[hit.end() - 1] + 1) for hit in hits]


INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_NO_INVISIBLE = str.maketrans("", "", INVISIBLE)


def _folded(text: str) -> str:
    return " ".join(text.casefold().translate(_NO_INVISIBLE).split())


def parts(body: Mapping[str, Any]) -> list[list[str]]:
    """The lines of each part of a text: heading, blocks, footnotes. A mark's ``block`` counts them."""
    heading = [inline_text(body["heading"])] if body.get("heading") else []
    blocks = [list(block_lines(block)) for block in body.get("blocks") or []]
    notes = [
        [line for block in blocks for line in block_lines(block)]
        for blocks in (body.get("notes") or {}).values()
    ]
    return [heading, *blocks, *notes]


def part_at(body: Mapping[str, Any], place: int) -> int:
    """The part in which a letter of the text is."""
    begins = 0
    for number, lines in enumerate(parts(body)):
        begins += sum(len(line) + 1 for line in lines)
        if place < begins:
            return number
    return HEADING


def _text(tree: SectionTree, uid: str) -> str:
    return body_text(tree.by_uid[uid].text.body, heading=True) if uid in tree.by_uid else ""


def _below(tree: SectionTree, marks: Iterable[Mark]) -> Iterator[Mark]:
    """The marks of sections that stand in a section that is left out."""
    whole = {mark.uid: mark for mark in marks if mark.is_whole}
    above: tuple[int, Mark] | None = None
    for section in tree:
        if above is not None and section.level <= above[0]:
            above = None
        if above is not None:
            yield replace(above[1], uid=section.uid)
        elif section.uid in whole:
            above = section.level, whole[section.uid]


Spot = tuple[str, str, int | None]
"""A block of a section in a language; without a block all of the section, or the title."""


def _spot(mark: Mark, bodies: Mapping[str, Mapping[str, Json]]) -> Spot:
    """Where a person says that all words are marked. It holds for the very same text alone."""
    body = bodies.get(mark.language, {}).get(mark.uid)
    same = mark.uid == TITLE or (body is not None and text_hash(body) == mark.text_hash)
    return (mark.uid, mark.language, mark.block) if same else ("", "", None)


def to_confirm(trees: Mapping[str, SectionTree], marks: Sequence[Mark]) -> dict[Spot, list[Mark]]:
    """The places that another language's words take out whole though words are marked there too, each with
    the marks of all languages: a person says whether these are all."""
    found: dict[Spot, list[Mark]] = {}
    words: dict[str, list[Mark]] = {}
    gone = absorbed(next(iter(trees.values())), marks)
    for mark in marks:
        if mark.is_words and mark not in gone:
            words.setdefault(mark.uid, []).append(mark)
    for here in words.values():
        for own, other in permutations(here, 2):
            if other.language == own.language:
                continue
            block = None
            if own.uid != TITLE:
                body, of = (trees[one.language].by_uid[own.uid].text.body for one in (own, other))
                same = _shape(body) == _shape(of)
                block = part_at(body, own.start) if same else None
                if same and block not in _parts_of(of, other):
                    continue
            there = found.setdefault((own.uid, own.language, block), [])
            there += [one for one in (own, other) if one not in there]
    return found


def _section(
    uid: str,
    language: str,
    bodies: Mapping[str, Mapping[str, Json]],
    marks: Sequence[Mark],
    note: Note,
    confirmed: Collection[Spot],
) -> Json:
    body = bodies[language][uid]
    if not marks or not (body["heading"] or body["blocks"]):
        return body
    left: dict[int, Mark] = {}
    words: list[Mark] = []
    for mark in marks:
        if mark.is_words and mark.language == language and _holds(mark, bodies):
            words.append(mark)
            continue
        lost = _lost(mark, uid, language, bodies, confirmed)
        if None in lost:
            return _whole(language, mark, note)
        for part in lost:
            left.setdefault(part or HEADING, mark)
    return _without_words(body, words, left, language, note)


def _holds(mark: Mark, bodies: Mapping[str, Mapping[str, Json]]) -> bool:
    """Whether the text is still the one in which the place was marked."""
    body = bodies.get(mark.language, {}).get(mark.uid)
    return not mark.text_hash or (body is not None and text_hash(body) == mark.text_hash)


def _lost(
    mark: Mark,
    uid: str,
    language: str,
    bodies: Mapping[str, Mapping[str, Json]],
    confirmed: Collection[Spot],
) -> list[int | None]:
    """The parts that a mark takes out whole of a section in a language; None is the whole section."""
    body = bodies[language][uid]
    of = bodies.get(mark.language, {}).get(uid, body)
    if mark.is_whole or not _holds(mark, bodies):
        return [None]
    lost = _parts_of(of, mark) if _shape(of) == _shape(body) else [None]
    return [one for one in lost if not (mark.is_words and (uid, language, one) in confirmed)]


def lost_elsewhere(
    trees: Mapping[str, SectionTree], marks: Sequence[Mark]
) -> list[dict[str, list[int | None]]]:
    """For each mark what the other languages lose whole because of it, by language; None is the whole
    section, or the title."""
    bodies = _bodies(trees)
    confirmed = {_spot(mark, bodies) for mark in marks if mark.all_words}
    found: list[dict[str, list[int | None]]] = []
    for mark in marks:
        lost: dict[str, list[int | None]] = {}
        for language in trees.keys() - {mark.language} if not mark.all_words else ():
            if mark.uid == TITLE:
                lost[language] = [] if (TITLE, language, None) in confirmed else [None]
            elif (body := bodies[language].get(mark.uid)) and (body["heading"] or body["blocks"]):
                lost[language] = _lost(mark, mark.uid, language, bodies, confirmed)
        found.append({language: lost[language] for language in trees if lost.get(language)})
    return found


def absorbed(tree: SectionTree, marks: Iterable[Mark]) -> set[Mark]:
    """The marks in sections that are left out whole, with the sections in them. They change nothing."""
    marks = list(marks)
    below = {mark.uid for mark in _below(tree, marks)}
    whole = {mark.uid: mark for mark in reversed(marks) if mark.is_whole}
    return {mark for mark in marks if mark.uid in below or whole.get(mark.uid, mark) is not mark}


def _parts_of(body: Mapping[str, Any], mark: Mark) -> list[int | None]:
    """The parts in which a mark is; words that run over a line may be in two of them."""
    if not mark.is_words:
        return [mark.block or HEADING]
    return list(range(part_at(body, mark.start), part_at(body, mark.end - 1) + 1))


def _whole(language: str, mark: Mark, note: Note) -> Json:
    return {"heading": [_run(note(language, mark))], "blocks": [], "notes": {}}


def _shape(body: Mapping[str, Any]) -> tuple[list[str], int]:
    return [block["type"] for block in body.get("blocks") or []], len(body.get("notes") or {})


def _run(text: str, marks: Sequence[Json] = ()) -> Json:
    return {"type": "text", "text": text} | ({"marks": list(marks)} if marks else {})


def _note_block(text: str) -> Json:
    return {"type": "paragraph", "content": [_run(text, [{"type": "italic"}])]}


def _without_parts(body: Json, left: Mapping[int, Mark], language: str, note: Note) -> Json:
    blocks, notes = list(body["blocks"]), dict(body["notes"])
    heading = body["heading"]
    for part, mark in left.items():
        text = note(language, mark)
        if part == HEADING:
            heading = [_run(text)]
        elif part <= len(blocks):
            blocks[part - 1] = _note_block(text)
        elif part - len(blocks) <= len(notes):
            notes[list(notes)[part - len(blocks) - 1]] = [_note_block(text)]
    return {"heading": heading, "blocks": blocks, "notes": notes}


def _without_words(
    body: Json, words: Sequence[Mark], left: dict[int, Mark], language: str, note: Note
) -> Json:
    """The words are cut from the last to the first. Where a cut would run over a line, its block goes, with
    those in ``left``."""
    apart = _apart(words)
    for mark in apart:
        if replace_words(cast(Any, body), mark.start, mark.end, _PLACE) is None:
            for part in _parts_of(body, mark):
                left.setdefault(part or HEADING, mark)
    result: Any = deepcopy(body)
    for mark in reversed(apart):
        cut = replace_words(result, mark.start, mark.end, _PLACE)
        if cut is not None and not left.keys() & set(_parts_of(body, mark)):
            result = _noted(cut, note(language, mark))
    return _without_parts(result, left, language, note)


def _apart(words: Sequence[Mark]) -> list[Mark]:
    """Marks that touch, as one."""
    joined: list[Mark] = []
    for mark in sorted(words, key=lambda one: (one.start, -one.end)):
        if joined and mark.start <= joined[-1].end:
            joined[-1] = replace(joined[-1], end=max(mark.end, joined[-1].end))
        else:
            joined.append(mark)
    return joined


def _noted(value: Any, text: str) -> Any:
    """The note in place of what was cut: in italics, and in no link, whose address might say it."""
    if isinstance(value, list):
        nodes: list[Any] = []
        for node in value:
            if isinstance(node, dict) and node.get("type") == "text" and _PLACE in node["text"]:
                before, _place, after = node["text"].partition(_PLACE)
                own = [one for one in node.get("marks") or [] if one["type"] not in ("link", "xref")]
                italic = [*(one for one in own if one["type"] != "italic"), {"type": "italic"}]
                runs = [_run(before, own), _run(text, italic), _run(after, own)]
                nodes += [run for run in runs if run["text"]]
            else:
                nodes.append(_noted(node, text))
        return nodes
    if isinstance(value, dict):
        return {key: _noted(one, text) for key, one in value.items()}
    return value.replace(_PLACE, text) if isinstance(value, str) else value


def _title(tree: SectionTree, marks: Sequence[Mark], note: Note, *, is_confirmed: bool) -> str:
    own = _apart([mark for mark in marks if mark.is_words and mark.language == tree.language])
    others = [mark for mark in marks if mark.language != tree.language]
    if others and not (own and is_confirmed):
        return note(tree.language, others[0])
    title = tree.title
    for mark in sorted(own, key=lambda one: -one.start):
        title = title[: mark.start] + note(tree.language, mark) + title[mark.end :]
    return title
