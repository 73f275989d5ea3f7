"""A change of one row of a table or one item of a list, put into another state of that block. Pure, knows no Django."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rapidfuzz import fuzz

from documents.suggestions.alike import goes_on_in, is_like, shares_words
from documents.suggestions.list_kinds import with_parts
from documents.suggestions.merge import LIKE_PART, has_parts, part_key, three_way, unnumbered
from documents.suggestions.paragraph_ends import arranged, merged_parts
from documents.suggestions.standing import NONE, Standing, digest
from documents.text import block_text

Json = dict[str, Any]


def with_its_part(
    before: Json, now: Json, after: Json, parts: Standing, becomes: str, *, force: bool = False
) -> tuple[bool, Json | None]:
    """Whether the parts tell what is to be done, and the block with the change; None where somebody else changed just that.

    ``before`` and ``after`` differ in the parts' own entries alone. By ``force`` what may be the one that goes, goes."""
    if not has_parts(before, now, after):
        return False, None
    rows, rows_old, rows_new = now["content"], before["content"], after["content"]
    own = [parts.entries[index] for index in parts.own]
    olds = [*_texts_of(rows_old, parts), *([becomes] if becomes else [])]
    keys = [part_key(row) for row in rows]
    places = parts.places(
        keys, [before["type"][0]] * len(rows), lambda at: max(_likeness(rows[at], old) for old in olds)
    )
    made: list[Json | None] = list(rows)
    come: list[tuple[int, Json]] = []
    if parts.moves:
        return True, _with_moved(before, now, after, parts, places)
    if parts.ends:
        return True, _with_ends(before, now, after, parts, places)
    for index, entry in zip(parts.own, own, strict=True):
        at = places.get(index)
        if entry.old == NONE:
            if not parts.has_come(index, keys, places):
                gap = parts.gap(parts.place_left(index, places), places, len(rows))
                come.append((gap.start, rows_new[_number(parts, index, new=True)]))
            continue
        old = rows_old[_number(parts, index)]
        if entry.new == NONE:
            same = at if at is not None and keys[at] == part_key(old) else _elsewhere(old, keys, parts)
            if same is None:
                # One that stands in its place with other words may be it, or one that holds its words.
                others = (other for other in parts.unknown(keys) if goes_on_in(old, block_text(rows[other])))
                same = next(others, None) if at is None else at
                if same is not None and not force:
                    return True, None
            made = [row if place != same else None for place, row in enumerate(made)]
            continue
        at = _found(old, becomes, at, rows, keys, parts)
        if at is None:
            return True, None
        three = old, rows[at], rows_new[_number(parts, index, new=True)]
        merged = three_way(*(unnumbered(row) for row in three))
        if merged is None or (merged == unnumbered(rows[at]) and _is_divided(old, at, rows, keys, parts)):
            return True, None
        made[at] = merged
    for place, row in reversed(come):
        made.insert(place, row)
    left = [row for row in made if row is not None]
    return (True, with_parts(now, left, after, before)) if left else (False, None)


def _found(
    old: Json, becomes: str, at: int | None, rows: Sequence[Json], keys: Sequence[bytes], parts: Standing
) -> int | None:
    """Where a row or item stands: at its place among the others, where one is there that may be it, else where the same is that is
    no other's."""
    if at is None:
        return _elsewhere(old, keys, parts)
    own = any(digest(keys[at]) in parts.entries[index].signs for index in parts.own)
    said = [text for text in (block_text(old), becomes) if text]
    like = max((_likeness(rows[at], text) for text in said), default=LIKE_PART) >= LIKE_PART
    shares = any(shares_words(block_text(rows[at]), text) for text in said)
    return at if own or like or shares else _elsewhere(old, keys, parts)


def _elsewhere(old: Json, keys: Sequence[bytes], parts: Standing) -> int | None:
    """Where the same row or item stands that is no other's; None where none or several do."""
    same = [at for at in parts.unknown(keys) if keys[at] == part_key(old)]
    return same[0] if len(same) == 1 else None


def _is_divided(old: Json, at: int, rows: Sequence[Json], keys: Sequence[bytes], parts: Standing) -> bool:
    """Whether another row or item that is no other's has words of that one."""
    text = block_text(old)
    return any(goes_on_in(rows[other], text) for other in parts.unknown(keys) if other != at)


def _with_moved(
    before: Json, now: Json, after: Json, parts: Standing, places: Mapping[int, int]
) -> Json | None:
    """The block with a row or item at its other place, in its own words where these were changed since, and with those that were
    changed when it moved; None where it is gone, or the same words were changed."""
    rows, (source, target) = now["content"], parts.own
    keys = [part_key(row) for row in rows]
    there, at = parts.has_come(target, keys, places), places.get(source)
    if at is None or there:
        return now if there else None
    moved = before["content"][_number(parts, source)]
    words = after["content"][_number(parts, target, new=True)]
    if keys[at] != part_key(moved) and _likeness(rows[at], block_text(moved)) < LIKE_PART:
        return None
    place = parts.gap(target, places, len(rows)).start
    rest = [row for index, row in enumerate(rows) if index != at]
    place -= place > at
    row = (
        rows[at]
        if part_key(words) == part_key(moved)
        else three_way(*map(unnumbered, (moved, rows[at], words)))
    )
    return with_parts(now, [*rest[:place], row, *rest[place:]], after, before) if row is not None else None


def _with_ends(
    before: Json, now: Json, after: Json, parts: Standing, places: Mapping[int, int]
) -> Json | None:
    """The block with items that were joined or divided, with the words that were changed in them since; None where one is gone, or
    the same words were changed."""
    rows = now["content"]
    keys = [part_key(row) for row in rows]
    if parts.all_come(keys, places):
        return now
    was = [index for index in parts.own if parts.entries[index].old != NONE]
    come = [index for index in parts.own if parts.entries[index].new != NONE]
    olds = [before["content"][_number(parts, index)] for index in was]
    news = [after["content"][_number(parts, index, new=True)] for index in come]
    nows = [rows[places[index]] for index in was if index in places]
    made: list[Json] | None = news
    if [part_key(row) for row in nows] != [part_key(row) for row in olds]:
        there = len(nows) == len(olds) and all(map(is_like, map(block_text, nows), map(block_text, olds)))
        made = merged_parts(olds, nows, news) if there else None
    return None if made is None else with_parts(now, arranged(rows, made, parts, places), after, before)


def _number(parts: Standing, index: int, new: bool = False) -> int:
    """Which row or item an entry is in the block before the change, or behind it."""
    passed = enumerate(parts.entries[:index])
    if not new:
        return sum(entry.old != NONE for _, entry in passed)
    return sum((entry.new if at in parts.own else entry.old) != NONE for at, entry in passed)


def _texts_of(rows: list[Json], parts: Standing) -> list[str]:
    own = parts.own if parts.ends else parts.own[:1]
    there = [index for index in own if parts.entries[index].old != NONE]
    return [block_text(rows[_number(parts, index)]) for index in there] or [""]


def _likeness(row: Json, text: str) -> float:
    said = block_text(row)
    # A row whose words were all taken out may still be the same one.
    return fuzz.ratio(said, text) if said.strip() and text.strip() else 50.0
