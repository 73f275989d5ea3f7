"""Which block of one text is which of another: equal ones, those that moved, and what became of the rest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from documents.text import align as kernel
from documents.text.align import Alike, Interner, Pair, matches

Text = tuple[str, str]
"""The type of a node and its words: only nodes of one type become one another."""
SURE = 0.7
LARGEST = 1_000
"""Up to so many pairs of a gap are compared with each other."""
COMPARED = 600
"""So many letters of two texts are compared for likeness."""


@dataclass(frozen=True, slots=True)
class Alignment:
    """``pairs``: each old block with its new one, in reading order; None where one was added or removed.
    ``moved``: equal blocks that are in another order."""

    pairs: tuple[Pair, ...]
    moved: tuple[tuple[int, int], ...]


def align(
    old: Sequence[Hashable],
    new: Sequence[Hashable],
    texts: tuple[Sequence[Text], Sequence[Text]] | None = None,
    least: float = 0.0,
) -> Alignment:
    """By equal keys and, with ``texts``, what is left between these by likeness, at ``least`` so much, and by
    order. Without, what is left is in no pair."""
    interner = Interner()
    a, b = interner.string(old), interner.string(new)
    same = [(i + n, j + n) for i, j, count in matches(a, b) for n in range(count)]
    moved = _moved(a, b, same)
    if texts is None:
        return Alignment(tuple(same), tuple(moved))
    places = [_without(len(keys), {one[side] for one in moved}) for side, keys in enumerate((a, b))]
    keys = [[side[n] for n in at] for side, at in zip((a, b), places, strict=True)]
    words = [[side[n] for n in at] for side, at in zip(texts, places, strict=True)]
    found = pair(keys[0], keys[1], (words[0], words[1]), least)
    pairs = [(None if i is None else places[0][i], None if j is None else places[1][j]) for i, j in found]
    return Alignment(tuple(pairs), tuple(moved))


def pair(
    old: Sequence[Hashable],
    new: Sequence[Hashable],
    texts: tuple[Sequence[Text], Sequence[Text]],
    least: float = 0.0,
) -> list[Pair]:
    """Pairs in reading order: equal keys, and between these by likeness; in a large gap by order."""
    interner = Interner()
    pairs: list[Pair] = []
    a = c = 0
    same = matches(interner.string(old), interner.string(new))
    for i, j, count in [*same, (len(old), len(new), 0)]:
        pairs += _gap(range(a, i), range(c, j), texts, least)
        a, c = i + count, j + count
        pairs += zip(range(i, a), range(j, c), strict=True)
    return pairs


def _gap(old: range, new: range, texts: tuple[Sequence[Text], Sequence[Text]], least: float) -> list[Pair]:
    """The pairs of what is between two equal ones."""
    if len(old) * len(new) <= LARGEST:
        alike = Alike(lambda i, j: _likeness(texts[0][i], texts[1][j]), least, SURE, lambda *_: "")
        return kernel.align(old, new, [], alike)
    both = min(len(old), len(new))
    found: list[Pair] = []
    for i, j in zip(old, new, strict=False):
        found += [(i, j)] if texts[0][i][0] == texts[1][j][0] else [(i, None), (None, j)]
    return [*found, *((i, None) for i in old[both:]), *((None, j) for j in new[both:])]


def _likeness(old: Text, new: Text) -> float:
    """How alike two nodes are, from 0 to 1; below that where one can't become the other."""
    return fuzz.ratio(old[1][:COMPARED], new[1][:COMPARED]) / 100 if old[0] == new[0] else -1.0


def _moved(old: str, new: str, same: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Equal blocks, each the only one of its kind among those that are left on either side."""
    left, right = (_without(len(keys), {one[side] for one in same}) for side, keys in enumerate((old, new)))
    counts = Counter(old[n] for n in left), Counter(new[n] for n in right)
    places = {new[n]: n for n in right if counts[1][new[n]] == 1}
    return [(n, places[old[n]]) for n in left if counts[0][old[n]] == 1 and old[n] in places]


def _without(size: int, taken: set[int]) -> list[int]:
    return [n for n in range(size) if n not in taken]
