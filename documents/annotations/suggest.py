"""Two texts of one section as suggestions, each of which can be taken or left by itself. Pure, knows no Django.

A suggestion holds a piece of the text before and after, as small bodies (:data:`Json`): put on another state of the text
(:func:`put_in`), it changes there just what it changed here, or says that it can't.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Any

from rapidfuzz import fuzz

from documents.annotations.blocks import keyed_blocks, with_notes, without_word
from documents.annotations.merge import MOST_PAIRS, alike, merged_cells, only_counts_on, three_way
from documents.annotations.notes import named_as, named_by_words, noted
from documents.annotations.steps import steps
from documents.docx.own.cells import flatten
from documents.docx.own.patching import inlines, pairs
from documents.tree import block_text, canonical_json, inline_text, normalise_body

Json = dict[str, Any]
HEADING, CHANGED, ADDED, REMOVED, SHIFTED = "heading", "changed", "added", "removed", "shifted"
MOST_IN_BLOCK = 40
"""A block with more changes than this is one suggestion."""
LIKE = 60.0
"""From 100: below this, a block is another block."""
REWRITTEN = 50.0
"""Below this, a block in another's place is not the same one changed: one was taken out, one added."""
NEXT = "\x1e"
COPY = "\x1d"
"""Begins the place of a block that is added though the text has the same one already."""


@dataclass(frozen=True)
class Suggested:
    """``kind`` is one of the five above. ``old`` and ``new`` are the words, for showing and for finding who wrote them;
    ``place`` the texts of blocks that an added or shifted one may follow, the nearest first (:data:`NEXT` between them)."""

    kind: str
    before: Json
    after: Json
    old: str
    new: str
    place: str = ""


def suggestions(old: Json, new: Json) -> list[Suggested]:
    """What makes the new body of the old one, in reading order."""
    old, new = named_by_words(old), named_by_words(new)
    found: list[Suggested] = []
    if canonical_json(old["heading"]) != canonical_json(new["heading"]):
        before, after = _part(old, (), old["heading"]), _part(new, (), new["heading"])
        found.append(
            Suggested(HEADING, before, after, inline_text(old["heading"]), inline_text(new["heading"]))
        )
    left, right = keyed_blocks(old), keyed_blocks(new)
    matcher = SequenceMatcher(None, [key for key, _ in left], [key for key, _ in right], autojunk=False)
    for op, a, b, c, d in matcher.get_opcodes():
        if op == "equal":
            continue
        places = [block_text(right[c - 1][1])] if c else []
        places += [block_text(left[a - 1][1])] if a else []
        for i, j in _paired([x for _, x in left[a:b]], [x for _, x in right[c:d]]):
            gone = left[a + i][1] if i is not None else None
            come = right[c + j][1] if j is not None else None
            if gone is not None and come is not None:
                found += [] if only_counts_on(gone, come) else _changed(old, gone, new, come)
                places[:0] = [block_text(come), block_text(gone)]
                continue
            if gone is not None:
                found.append(Suggested(REMOVED, _part(old, (gone,)), _part(old, ()), block_text(gone), ""))
            if come is not None:
                words = block_text(come)
                place = NEXT.join(places)
                found.append(Suggested(ADDED, _part(new, ()), _part(new, (come,)), "", words, place))
                places.insert(0, words)
    return _shifted(found, {key for key, _ in left})


def _shifted(found: list[Suggested], known: set[bytes]) -> list[Suggested]:
    """What was taken out at one place and put in at another one is one suggestion, not two of which one could be lost."""
    gone = [(keyed_blocks(one.before)[0][0], one) for one in found if one.kind == REMOVED]
    made: list[Suggested] = []
    moved: list[Suggested] = []
    for one in found:
        if one.kind == ADDED:
            key = keyed_blocks(one.after)[0][0]
            twin = next((pair for pair in gone if pair[0] == key), None)
            if twin is not None and one.new.strip():
                gone.remove(twin)
                moved.append(twin[1])
                one = replace(one, kind=SHIFTED, before=twin[1].before, old=one.new)
            elif key in known:
                one = replace(one, place=COPY + one.place)
        made.append(one)
    return [one for one in made if not any(one is twin for twin in moved)]


def put_in(
    current: Json, kind: str, before: Json, after: Json, place: str, *, force: bool = False
) -> Json | None:
    """The text with the suggestion in it; None where what it speaks of is another text by now.

    ``force``: then put the suggested text in place of what is most like it, or beside it."""
    now, before, after = named_by_words(current), named_by_words(before), named_by_words(after)
    made = _put(now, kind, before, after, place, force)
    if made is None or made is now:
        return None if made is None else current
    return normalise_body(named_as(made, current))


def _put(now: Json, kind: str, before: Json, after: Json, place: str, force: bool) -> Json | None:
    if kind == HEADING:
        return _heading(now, before, after, force)
    blocks = list(now["blocks"])
    keys = [key for key, _ in keyed_blocks(now)]
    if kind == ADDED:
        copied = place.startswith(COPY)
        if not copied and keyed_blocks(after)[0][0] in keys:
            return now
        here = _behind(blocks, place.removeprefix(COPY))
        return _with_blocks(now, blocks[:here], after, blocks[here:])
    wanted = keyed_blocks(before)[0][0]
    fits = wanted in keys
    like = before["blocks"][0]
    at = keys.index(wanted) if fits else _most_like(blocks, block_text(like), like["type"])
    if kind == SHIFTED:
        if at is None:
            return _put(now, ADDED, before, after, place, force) if force else None
        rest = blocks[:at] + blocks[at + 1 :]
        here = _behind(rest, place)
        return _with_blocks(now, rest[:here], now | {"blocks": [blocks[at]]}, rest[here:])
    if fits and at is not None:
        return _with_blocks(now, blocks[:at], after, blocks[at + 1 :])
    if kind == REMOVED:
        if at is None:
            return now
        return _with_blocks(now, blocks[:at], after, blocks[at + 1 :]) if force else None
    left = None if force else _what_is_left(blocks, like)
    for index in dict.fromkeys(found for found in (at, left) if found is not None):
        three = like, blocks[index], after["blocks"][0]
        merged = three_way(*three)
        if merged is None and force:
            merged = three_way(*three, force=True)
        if merged is not None:
            whole = {"heading": [], "blocks": [merged], "notes": after["notes"] | now["notes"]}
            return _with_blocks(now, blocks[:index], whole, blocks[index + 1 :])
    if not force:
        return None
    head, tail = (blocks, []) if at is None else (blocks[:at], blocks[at + 1 :])
    return _with_blocks(now, head, after, tail)


def _behind(blocks: Sequence[Json], place: str) -> int:
    """Where a block goes that follows one of those texts, the first that is there."""
    near = (_most_like(blocks, text) for text in place.split(NEXT) if text)
    at = next((found for found in near if found is not None), len(blocks) - 1 if place else -1)
    return at + 1


def nearest(current: Json, before: Json) -> Json | None:
    """The part of the text as it is that the suggestion speaks of, for showing it beside."""
    if not before["blocks"]:
        return _part(current, (), current["heading"])
    at = _most_like(list(current["blocks"]), block_text(before["blocks"][0]), before["blocks"][0]["type"])
    return None if at is None else _part(current, (current["blocks"][at],))


def _paired(old: Sequence[Json], new: Sequence[Json]) -> list[tuple[int | None, int | None]]:
    """Which of some blocks became which, in the order of the new ones; what is left over has no partner."""
    if len(old) * len(new) > MOST_PAIRS:
        return pairs(old, new)
    return alike(old, new, _likeness)


def _likeness(one: Json, other: Json) -> float:
    """A paragraph of other words is another one; a list or a table is the same one where there is none that is more like it."""
    if one["type"] != other["type"]:
        return 0
    old, new = block_text(one), block_text(other)
    found = fuzz.ratio(old, new)
    if found >= REWRITTEN or one["type"] != "paragraph":
        return max(found, 1)
    words = Counter(old.split()), Counter(new.split())
    common = (words[0] & words[1]).total()
    return found if common * 2 >= max(words[0].total(), words[1].total()) else 0


def _changed(old: Json, before: Json, new: Json, after: Json) -> list[Suggested]:
    """A block's changes, one by one where they are changes of words, rows or items."""
    whole = Suggested(
        CHANGED, _part(old, (before,)), _part(new, (after,)), block_text(before), block_text(after)
    )
    notes = old["notes"] | new["notes"]
    found: list[Suggested] = []
    for made, gone, come in steps(before, after, notes):
        part = {"heading": [], "blocks": [made], "notes": notes}
        found.append(Suggested(CHANGED, _part(old, (before,)), _part(part, (made,)), gone, come))
        if len(found) > MOST_IN_BLOCK:
            return [whole]
    return found or [whole]


def _heading(current: Json, before: Json, after: Json, force: bool) -> Json | None:
    if canonical_json(current["heading"]) != canonical_json(before["heading"]):
        if canonical_json(current["heading"]) == canonical_json(after["heading"]):
            return current
        merged = merged_cells(
            flatten(before["heading"]), flatten(current["heading"]), flatten(after["heading"])
        )
        if merged is not None:
            heading = inlines(merged)
            return current | {"heading": heading, "notes": current["notes"] | after["notes"]}
        if not force:
            return None
    return current | {"heading": after["heading"], "notes": current["notes"] | after["notes"]}


def _part(body: Json, blocks: tuple[Json, ...], heading: Sequence[Json] = ()) -> Json:
    """A small body of some blocks, with the notes that they name."""
    named = set(noted({"heading": heading, "blocks": blocks}))
    notes = {key: value for key, value in (body.get("notes") or {}).items() if key in named}
    return {"heading": list(heading), "blocks": without_word(list(blocks)), "notes": notes}


def _with_blocks(current: Json, head: Sequence[Json], after: Json, tail: Sequence[Json]) -> Json:
    notes: Json = {}
    heading = with_notes({"content": current["heading"]}, current, notes)["content"]
    made = [with_notes(block, current, notes) for block in head]
    made += [with_notes(block, after, notes) for block in after["blocks"]]
    made += [with_notes(block, current, notes) for block in tail]
    return {"heading": heading, "blocks": made, "notes": notes}


def _what_is_left(blocks: Sequence[Json], like: Json) -> int | None:
    """The block of the same kind that has the most of another one's words, and most of its own from there: what was accepted
    before may have left little of it. Whether it is the one, a merge tells."""
    lines, words = (Counter(parts) for parts in _said(like))
    best, found = (0, 0), None
    for index, block in enumerate(blocks):
        if block["type"] != like["type"]:
            continue
        own_lines, own = (Counter(parts) for parts in _said(block))
        common = (lines & own_lines).total(), (words & own).total()
        if common[1] * 2 > own.total() and common > best:
            best, found = common, index
    return found


def _said(block: Json) -> tuple[list[str], list[str]]:
    text = block_text(block)
    return text.split("\n"), text.split()


def _most_like(blocks: Sequence[Json], text: str, kind: str = "") -> int | None:
    scores = [
        (fuzz.ratio(block_text(block), text), -index)
        for index, block in enumerate(blocks)
        if not kind or block["type"] == kind
    ]
    best = max(scores, default=(0.0, 0))
    return -best[1] if best[0] >= LIKE else None
