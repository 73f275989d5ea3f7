"""Paragraphs or items that were joined, or divided: their words go on in another one, so that none of them can be decided about
without the others. Pure, knows no Django."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any

from documents.suggestions.merged_words import merged_paragraphs
from documents.suggestions.pairing import Pairs
from documents.suggestions.standing import NONE, Standing
from documents.tree import block_text

Json = dict[str, Any]
STAYS = 0.5
"""So many of the words of one that was joined must stand in the one that came of all of them, in their order; and of each that came
of a divided one in that."""
MOST_WORDS = 5_000
MOST_PARTS = 8
"""More are not compared: words, and parts before and behind one."""
FEWEST_LETTERS = 4
WORD = re.compile(r"\w+")


def seams(
    pairs: Pairs, old: Sequence[Json], new: Sequence[Json], keys: Sequence[Sequence[bytes]]
) -> dict[int, tuple[int, ...]]:
    """Of the pairs of parts (blocks of a text, items of a list) those that were joined or divided, together: each by the number of
    its pair with all of them. ``keys``: what the parts of both are compared by; what stands elsewhere as it is was moved."""
    gone = {keys[0][i] for i, j in pairs if i is not None and j is None}
    moved = gone & {keys[1][j] for i, j in pairs if j is not None and i is None}
    same = {
        at for at, (i, j) in enumerate(pairs) if i is not None and j is not None and keys[0][i] == keys[1][j]
    }
    found: dict[int, tuple[int, ...]] = {}
    for joined in (True, False):
        ones = [None if j is None else new[j] for _, j in pairs]
        parts = [None if i is None else old[i] for i, _ in pairs]
        alone = [i is not None and j is None and keys[0][i] not in moved for i, j in pairs]
        if not joined:
            ones, parts = parts, ones
            alone = [j is not None and i is None and keys[1][j] not in moved for i, j in pairs]
        for index, one in enumerate(ones):
            if one is None or index in found or index in same or not _has_words(one):
                continue
            near = {
                place: part
                for place in _around(index, ones, parts)
                if (part := parts[place]) is not None
                and (place == index or (alone[place] and place not in found))
                and part["type"] == one["type"]
                and _has_words(part)
            }
            own = _of_one(one, near, index)
            if len(own) > 1:
                group = tuple(sorted({*own, index}))
                found |= dict.fromkeys(group, group)
    return found


def _around(index: int, ones: Sequence[Json | None], parts: Sequence[Json | None]) -> Iterator[int]:
    """The pairs whose part may have gone into that one, or come of it: between them and it nothing stays."""
    start = end = index
    while start and index - start < MOST_PARTS and None in (ones[start - 1], parts[start - 1]):
        start -= 1
    while end + 1 < len(ones) and end - index < MOST_PARTS and None in (ones[end + 1], parts[end + 1]):
        end += 1
    yield from range(start, end + 1)


def _of_one(one: Json, parts: Mapping[int, Json], index: int) -> list[int]:
    """Which parts those are whose words stand in the one, in their order; ``index``: that which it is known to be of."""
    if len(parts) < 2:
        return []
    words = {place: WORD.findall(block_text(part)) for place, part in parts.items()}
    whole = WORD.findall(block_text(one))
    if sum(map(len, words.values())) + len(whole) > MOST_WORDS:
        return []
    owner = [place for place, said in words.items() for _word in said]
    kept = dict.fromkeys(parts, 0)
    both = SequenceMatcher(None, [word for said in words.values() for word in said], whole, autojunk=False)
    for start, _other, size in both.get_matching_blocks():
        for place in owner[start : start + size]:
            kept[place] += 1
    letters = "".join(whole)
    return [
        place
        for place, said in words.items()
        if place == index
        or kept[place] >= max(1, STAYS * len(said))
        or (len("".join(said)) >= FEWEST_LETTERS and "".join(said) in letters)
    ]


def _has_words(part: Json) -> bool:
    return part["type"] in ("paragraph", "item") and bool(block_text(part).strip())


def merged_parts(old: Sequence[Json], now: Sequence[Json], new: Sequence[Json]) -> list[Json] | None:
    """Paragraphs, or items that hold one paragraph each, that were joined or divided, with the words that they have ``now``; None
    where the same words were changed."""
    lines = [[_paragraph(part) for part in parts] for parts in (old, now, new)]
    plain = [[line for line in found if line is not None] for found in lines]
    if [len(one) for one in plain] != [len(one) for one in lines]:
        return None
    made = merged_paragraphs(*plain)
    if made is None or new[0]["type"] == "paragraph":
        return made
    return [part | {"content": [line]} for part, line in zip(new, made, strict=True)]


def arranged(
    rows: Sequence[Json], made: Sequence[Json], standing: Standing, places: Mapping[int, int]
) -> list[Json]:
    """The blocks or items with those that were made of a suggestion's own: one that stays stands in its place, one that comes
    besides before what stands there now."""
    goes = [
        places[index] if standing.entries[index].old != NONE else standing.gap(index, places, len(rows)).start
        for index in standing.own
        if standing.entries[index].new != NONE
    ]
    own = {places[index] for index in standing.own if standing.entries[index].old != NONE}
    found: list[Json] = []
    for at in range(len(rows) + 1):
        found += [one for one, here in zip(made, goes, strict=True) if here == at]
        found += [rows[at]] if at < len(rows) and at not in own else []
    return found


def _paragraph(part: Json) -> Json | None:
    if part["type"] == "paragraph":
        return part
    content = part["content"]
    return content[0] if len(content) == 1 and content[0]["type"] == "paragraph" else None
