"""Align the blocks of two texts: equal ones first, then what stands between them. About linear in the
number of blocks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

Similarity = Callable[[int, int], float]
"""How alike an old and a new block are, from 0 to 1; below 0 where they can't become one another."""
LIKE = 0.5
SMALL_GAP = 256
"""Up to so many pairs of a gap are held against each other; in a larger one blocks are paired by their
order."""
DEEPEST = 6
COMPARED = 600
"""So many letters of two blocks are compared for likeness."""


@dataclass(frozen=True, slots=True)
class Alignment:
    """``pairs``: each old block with the new one that it became, in reading order; None where one came or
    went. ``moved``: equal blocks that stand in another order."""

    pairs: tuple[tuple[int | None, int | None], ...]
    moved: tuple[tuple[int, int], ...]


def align(
    old: Sequence[Hashable], new: Sequence[Hashable], similarity: Similarity | None = None
) -> Alignment:
    """Align by equal keys and, with ``similarity``, pair what is left between these by likeness or order."""
    equal = list(_equal(old, new, 0, len(old), 0, len(new), 0))
    moved = _moved(old, new, equal)
    away, here = {i for i, _j in moved}, {j for _i, j in moved}
    pairs: list[tuple[int | None, int | None]] = []
    start = (0, 0)
    for i, j in [*equal, (len(old), len(new))]:
        left = [n for n in range(start[0], i) if n not in away]
        right = [n for n in range(start[1], j) if n not in here]
        pairs += _gap(left, right, similarity)
        if i < len(old):
            pairs.append((i, j))
        start = (i + 1, j + 1)
    return Alignment(tuple(pairs), tuple(moved))


def likeness(old: str, new: str) -> float:
    """How alike two texts are, from 0 to 1."""
    return fuzz.ratio(old[:COMPARED], new[:COMPARED]) / 100


def longest_rising(numbers: Sequence[int]) -> list[int]:
    """The places of the longest rising subsequence."""
    tails: list[int] = []
    before: list[int] = []
    for place, number in enumerate(numbers):
        low, high = 0, len(tails)
        while low < high:
            middle = (low + high) // 2
            if numbers[tails[middle]] < number:
                low = middle + 1
            else:
                high = middle
        before.append(tails[low - 1] if low else -1)
        tails[low : low + 1] = [place]
    found, place = [], tails[-1] if tails else -1
    while place >= 0:
        found.append(place)
        place = before[place]
    return found[::-1]


def _equal(
    old: Sequence[Hashable], new: Sequence[Hashable], a: int, b: int, c: int, d: int, depth: int
) -> Iterator[tuple[int, int]]:
    """The equal blocks of ``old[a:b]`` and ``new[c:d]`` in the same order: at both ends, and the unique
    ones between (patience)."""
    while a < b and c < d and old[a] == new[c]:
        yield a, c
        a, c = a + 1, c + 1
    tail = 0
    while a < b - tail and c < d - tail and old[b - 1 - tail] == new[d - 1 - tail]:
        tail += 1
    b, d = b - tail, d - tail
    if a < b and c < d and depth < DEEPEST:
        places = _unique(new, c, d)
        found = [
            (i, places[key]) for key, i in sorted(_unique(old, a, b).items(), key=_place) if key in places
        ]
        anchors = [found[n] for n in longest_rising([j for _i, j in found])]
        start = (a, c)
        for i, j in [*anchors, (b, d)] if anchors else []:
            yield from _equal(old, new, start[0], i, start[1], j, depth + 1)
            if i < b:
                yield i, j
            start = (i + 1, j + 1)
    for n in range(tail):
        yield b + n, d + n


def _unique(keys: Sequence[Hashable], start: int, end: int) -> dict[Hashable, int]:
    counts = Counter(keys[start:end])
    return {keys[n]: n for n in range(start, end) if counts[keys[n]] == 1}


def _place(item: tuple[Hashable, int]) -> int:
    return item[1]


def _moved(
    old: Sequence[Hashable], new: Sequence[Hashable], equal: Sequence[tuple[int, int]]
) -> list[tuple[int, int]]:
    known = {i for i, _j in equal}, {j for _i, j in equal}
    left, right = (
        [n for n in range(len(keys)) if n not in known[side]] for side, keys in enumerate((old, new))
    )
    counts = Counter(old[n] for n in left), Counter(new[n] for n in right)
    places = {new[n]: n for n in right if counts[1][new[n]] == 1}
    return [(n, places[old[n]]) for n in left if counts[0][old[n]] == 1 and old[n] in places]


def _gap(
    left: Sequence[int], right: Sequence[int], similarity: Similarity | None
) -> Iterator[tuple[int | None, int | None]]:
    """The blocks of a gap: the likest pairs, then by order what stands as often on both sides; else first
    what goes."""
    anchors = _likest(left, right, similarity) if similarity and len(left) * len(right) <= SMALL_GAP else []
    start = (0, 0)
    for x, y in [*anchors, (len(left), len(right))]:
        yield from _by_order(left[start[0] : x], right[start[1] : y], similarity)
        if x < len(left):
            yield left[x], right[y]
        start = (x + 1, y + 1)


def _by_order(
    left: Sequence[int], right: Sequence[int], similarity: Similarity | None
) -> Iterator[tuple[int | None, int | None]]:
    pairs = list(zip(left, right, strict=False))
    large = len(left) * len(right) > SMALL_GAP
    if similarity is None or (len(left) != len(right) and not large):
        yield from ((i, None) for i in left)
        yield from ((None, j) for j in right)
        return
    for i, j in pairs:
        if similarity(i, j) < 0:
            yield i, None
            yield None, j
        else:
            yield i, j
    yield from ((i, None) for i in left[len(pairs) :])
    yield from ((None, j) for j in right[len(pairs) :])


def _likest(
    left: Sequence[int], right: Sequence[int], similarity: Similarity | None
) -> list[tuple[int, int]]:
    """The places of the pairs, in order, that are most alike in all."""
    if similarity is None or not left or not right:
        return []
    like = [[similarity(i, j) for j in right] for i in left]
    best = [[0.0] * (len(right) + 1) for _ in range(len(left) + 1)]
    for x in reversed(range(len(left))):
        for y in reversed(range(len(right))):
            pair = like[x][y] + best[x + 1][y + 1] if like[x][y] >= LIKE else 0.0
            best[x][y] = max(pair, best[x + 1][y], best[x][y + 1])
    found, x, y = [], 0, 0
    while x < len(left) and y < len(right):
        if like[x][y] >= LIKE and best[x][y] == like[x][y] + best[x + 1][y + 1]:
            found.append((x, y))
            x, y = x + 1, y + 1
        elif best[x][y] == best[x + 1][y]:
            x += 1
        else:
            y += 1
    return found
