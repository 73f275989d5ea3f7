"""Merge two texts of one section, paragraph by paragraph, by the text that both were made from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from enum import StrEnum
from itertools import count
from typing import Any

from documents.text.align import Interner, matches
from documents.text.block_keys import keyed_blocks, without_word
from documents.text.schema import normalise_body
from documents.text.types import Body, Json


class Side(StrEnum):
    MINE = "mine"
    THEIRS = "theirs"


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of blocks. ``side`` is the one that is right by itself; None where both were changed."""

    mine: tuple[Json, ...]
    theirs: tuple[Json, ...]
    side: Side | None
    same: bool = False


@dataclass(frozen=True, slots=True)
class Merge:
    """The heading and the blocks of two texts, cut into stretches."""

    heading: Part
    parts: tuple[Part, ...]

    @property
    def differing(self) -> list[Part]:
        """What has to be chosen, in reading order; the heading first."""
        return [part for part in (self.heading, *self.parts) if not part.same]


def merge(base: Json | None, mine: Json, theirs: Json) -> Merge:
    """``base`` is the text that both were made from; without it nobody can tell who changed what."""
    headings = [tuple(text["heading"]) for text in (mine, theirs)]
    bases = tuple(base["heading"]) if base else None
    heading = _part(headings[0], headings[1], *(_plain(one) for one in (bases, *headings)))
    keys = [[key for key, _block in keyed_blocks(text)] for text in (mine, theirs)]
    base_keys = [key for key, _block in keyed_blocks(base)] if base else None
    return Merge(heading, tuple(_parts(base_keys, keys[0], keys[1], mine["blocks"], theirs["blocks"])))


def _plain(content: Sequence[Json] | None) -> object:
    return None if content is None else without_word(list(content))


def _part(
    mine: Sequence[Json], theirs: Sequence[Json], base_key: object, my_key: object, their_key: object
) -> Part:
    side: Side | None = None
    if my_key in (their_key, base_key):
        side = Side.THEIRS
    elif their_key == base_key:
        side = Side.MINE
    return Part(tuple(mine), tuple(theirs), side, same=my_key == their_key)


def _parts(
    base: list[bytes] | None,
    my_keys: list[bytes],
    their_keys: list[bytes],
    mine: Sequence[Json],
    theirs: Sequence[Json],
) -> Iterator[Part]:
    b = j = k = 0
    for next_b, next_j, next_k in _anchors(base, my_keys, their_keys):
        cuts = slice(b, next_b), slice(j, next_j), slice(k, next_k)
        yield from _stretch(base, my_keys, their_keys, mine, theirs, cuts)
        if next_j < len(my_keys):
            yield Part((mine[next_j],), (theirs[next_k],), Side.THEIRS, same=True)
        b, j, k = next_b + 1, next_j + 1, next_k + 1


def _anchors(
    base: list[bytes] | None, mine: list[bytes], theirs: list[bytes]
) -> Iterator[tuple[int, int, int]]:
    """The places of what all have, in order, and at last the ends."""
    interner = Interner()
    first, second = interner.string(mine), interner.string(theirs)
    if base is None:
        for a, c, length in matches(first, second):
            yield from ((a, a + n, c + n) for n in range(length))
        yield len(mine), len(mine), len(theirs)
        return
    middle = interner.string(base)
    in_mine = {a + n: c + n for a, c, length in matches(middle, first) for n in range(length)}
    in_theirs = {a + n: c + n for a, c, length in matches(middle, second) for n in range(length)}
    yield from ((at, in_mine[at], in_theirs[at]) for at in sorted(in_mine.keys() & in_theirs.keys()))
    yield len(base), len(mine), len(theirs)


def _stretch(
    base: list[bytes] | None,
    my_keys: list[bytes],
    their_keys: list[bytes],
    mine: Sequence[Json],
    theirs: Sequence[Json],
    cuts: tuple[slice, slice, slice],
) -> Iterator[Part]:
    """What lies between two anchors; paragraph by paragraph where all have as many."""
    at_base, at_mine, at_theirs = cuts
    old = None if base is None else base[at_base]
    keys, others = my_keys[at_mine], their_keys[at_theirs]
    texts, other_texts = mine[at_mine], theirs[at_theirs]
    if not keys and not others:
        return
    if len(keys) == len(others) and (old is None or len(old) == len(keys)):
        for n in range(len(keys)):
            yield _part([texts[n]], [other_texts[n]], old[n] if old else None, keys[n], others[n])
    else:
        yield _part(texts, other_texts, old, keys, others)


def combine(found: Merge, mine: Json, theirs: Json, sides: Sequence[Side]) -> Body:
    """The text of what was chosen for each differing part, each with the notes that it refers to."""
    chosen = iter(sides)
    notes: dict[str, list[Json]] = {}
    taken: dict[bool, list[Json]] = {True: [], False: []}
    for part in (found.heading, *found.parts):
        side = Side.THEIRS if part.same else next(chosen)
        text, blocks = (mine, part.mine) if side is Side.MINE else (theirs, part.theirs)
        taken[part is found.heading] += [_with_own_notes(block, text, notes) for block in blocks]
    return normalise_body({"heading": taken[True], "blocks": taken[False], "notes": notes})


def _with_own_notes(block: Json, text: Json, notes: dict[str, list[Json]]) -> Json:
    """The block, whose notes are now among ``notes``, under other ids where theirs are in use."""
    made = deepcopy(block)
    waiting: list[Any] = [made]
    while waiting:
        node = waiting.pop(0)
        if node["type"] == "note":
            old = node["attrs"]["id"]
            free = (f"n{number}" for number in count(1))
            new = old if old not in notes else next(one for one in free if one not in notes)
            node["attrs"] = {"id": new}
            notes[new] = text["notes"][old]
        waiting = [*(node.get("content") or ()), *waiting]
    return made
