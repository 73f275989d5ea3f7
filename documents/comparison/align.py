"""Two lists laid side by side: which thing of the old one is which of the new one, in order."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from documents.comparison.sequences import matches

Pair = tuple[int | None, int | None]
"""The place in the old list and in the new one; None where there is no counterpart."""
Likeness = Callable[[int, int], float]
"""How like two things are, 0 to 1; below the least likeness it may answer 0."""

SURE = 0.75
"""Things in the same place that are as like as this are the same thing."""
EQUAL = 1000.0
"""So much more than any that are only alike two equal things say."""
MOST_PAIRS = 60_000
"""A gap with more possible pairs than this is cut into pieces by position."""


def align(
    old_keys: str,
    new_keys: str,
    likeness: Likeness,
    least: float,
    *,
    lone: bool = False,
    sure: Callable[[int, int], bool] | None = None,
) -> list[Pair]:
    """Pairs in order: first what is equal by key, then, in each gap, what is like enough.

    ``sure`` may say more quickly than ``likeness`` that two things are plainly one. With ``lone`` a single thing left over on each side of a gap is one that changed, however unlike (a row, a cell).
    """
    return fill_gaps(equal_pairs(old_keys, new_keys), likeness, least, lone=lone, sure=sure)


def equal_pairs(old_keys: str, new_keys: str) -> list[Pair]:
    """Pairs of what is equal, in order, with all that is left between them."""
    pairs: list[Pair] = []
    done_old = done_new = 0
    for i, j, count in [*matches(old_keys, new_keys), (len(old_keys), len(new_keys), 0)]:
        pairs += [(x, None) for x in range(done_old, i)]
        pairs += [(None, y) for y in range(done_new, j)]
        pairs += [(i + step, j + step) for step in range(count)]
        done_old, done_new = i + count, j + count
    return pairs


def fill_gaps(
    pairs: list[Pair],
    likeness: Likeness,
    least: float,
    *,
    lone: bool = False,
    sure: Callable[[int, int], bool] | None = None,
) -> list[Pair]:
    """The same pairs, and between them those that are like enough."""
    if sure is None:

        def sure(i: int, j: int) -> bool:
            return likeness(i, j) >= SURE

    return in_gaps(pairs, lambda a, b, c, d: _gap(a, b, c, d, likeness, least, lone, sure))


def best_in_order(
    old_keys: str, new_keys: str, likeness: Likeness, least: float, *, lone: bool = False
) -> list[Pair]:
    """Of the pairs that don't cross those with the most that are equal by key, and among these the likest. Of things that
    changed places, those stay with which more stays."""

    def weight(i: int, j: int) -> float:
        return EQUAL if old_keys[i] == new_keys[j] else likeness(i, j)

    return _gap(0, len(old_keys), 0, len(new_keys), weight, least, lone, lambda i, j: False)


def in_gaps(pairs: list[Pair], gap: Callable[[int, int, int, int], list[Pair]]) -> list[Pair]:
    """The same pairs, and between them those that ``gap`` gives for old[a:b] and new[c:d] that are left there."""
    result: list[Pair] = []
    old: list[int] = []
    new: list[int] = []
    for i, j in [*pairs, (-1, -1)]:
        if i is not None and j is not None:
            if old and new:
                result += gap(old[0], old[-1] + 1, new[0], new[-1] + 1)
            else:
                result += [(x, None) for x in old] + [(None, y) for y in new]
            old, new = [], []
            result.append((i, j))
        elif i is not None:
            old.append(i)
        elif j is not None:
            new.append(j)
    return result[:-1]


def _gap(
    a: int,
    b: int,
    c: int,
    d: int,
    likeness: Likeness,
    least: float,
    lone: bool,
    sure: Callable[[int, int], bool],
) -> list[Pair]:
    """The best pairs of old[a:b] and new[c:d] that don't cross."""
    if (b - a) * (d - c) > MOST_PAIRS:
        cut_old, cut_new = (a + b) // 2, (c + d) // 2
        return _gap(a, cut_old, c, cut_new, likeness, least, lone, sure) + _gap(
            cut_old, b, cut_new, d, likeness, least, lone, sure
        )
    rows, columns = b - a, d - c
    if rows == columns and all(sure(a + step, c + step) for step in range(rows)):
        # Each is plainly the one beside it: no need to ask whether it is like any other.
        return [(a + step, c + step) for step in range(rows)]
    scores = [[likeness(a + i, c + j) for j in range(columns)] for i in range(rows)]
    best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    for i in range(rows - 1, -1, -1):
        for j in range(columns - 1, -1, -1):
            paired = best[i + 1][j + 1] + scores[i][j] if scores[i][j] >= least else 0.0
            best[i][j] = max(paired, best[i + 1][j], best[i][j + 1])
    pairs: list[Pair] = []
    i = j = 0
    while i < rows and j < columns:
        if scores[i][j] >= least and best[i][j] == best[i + 1][j + 1] + scores[i][j]:
            pairs.append((a + i, c + j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            pairs.append((a + i, None))
            i += 1
        else:
            pairs.append((None, c + j))
            j += 1
    pairs += [(a + x, None) for x in range(i, rows)] + [(None, c + y) for y in range(j, columns)]
    return _pair_lone(pairs) if lone else pairs


def _pair_lone(pairs: list[Pair]) -> list[Pair]:
    result: list[Pair] = []
    run: list[Pair] = []
    for pair in [*pairs, (-1, -1)]:
        if pair[0] is not None and pair[1] is not None:
            old = [i for i, _ in run if i is not None]
            new = [j for _, j in run if j is not None]
            result += [(old[0], new[0])] if len(old) == len(new) == 1 else run
            run = []
            result.append(pair)
        else:
            run.append(pair)
    return result[:-1]


def longest_in_order(places: Sequence[int], weights: Sequence[int]) -> set[int]:
    """The heaviest subsequence of ``places`` that rises, as indexes into it: what has stayed where it was.

    Ties go to what comes first. O(n log n), by a Fenwick tree of the best weight up to each place.
    """
    size = len(places)
    ranks = {place: rank for rank, place in enumerate(sorted(places), 1)}
    tree: list[tuple[int, int]] = [(0, -1)] * (size + 1)
    before: list[int] = [-1] * size
    totals: list[int] = [0] * size
    for index, place in enumerate(places):
        rank = ranks[place] - 1
        best, last = 0, -1
        while rank > 0:
            if tree[rank][0] > best:
                best, last = tree[rank]
            rank -= rank & -rank
        before[index] = last
        totals[index] = best + weights[index]
        rank = ranks[place]
        while rank <= size:
            if totals[index] > tree[rank][0]:
                tree[rank] = (totals[index], index)
            rank += rank & -rank
    if not size:
        return set()
    step = max(range(size), key=lambda index: totals[index])
    stayed: set[int] = set()
    while step >= 0:
        stayed.add(step)
        step = before[step]
    return stayed
