"""Which parts of one row of parts (blocks, items, rows) became which of another. Pure, knows no Django."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from difflib import SequenceMatcher
from itertools import pairwise

Pairs = list[tuple[int | None, int | None]]
MOST_PAIRS = 40_000
"""Longer gaps between parts that are surely the same are not compared each with each."""
SAME = 101.0
"""More than any likeness of what is not the same, which ends at 100."""


def paired(
    old: Sequence[bytes],
    new: Sequence[bytes],
    likeness: Callable[[int, int], float],
    far: Callable[[range, range], Pairs],
) -> Pairs:
    """The pairs in the order of the new ones; what has no partner stands alone. ``old`` and ``new`` are what the parts are
    compared by, ``likeness`` how like two are that are not the same (0: not at all), ``far`` pairs what is too much for that.

    Parts that stand once in both are the same. Of several equal ones, which became which is told by the sum of all likeness:
    with the first of two equal parts changed, it is the first that changed, and not one put in before and one taken out.
    """
    times = Counter(old), Counter(new)
    once = {key for key, count in times[0].items() if count == 1 and times[1][key] == 1}
    marks = (
        [key if key in once else index for index, key in enumerate(old)],
        [key if key in once else -1 - index for index, key in enumerate(new)],
    )
    found: Pairs = []
    for op, a, b, c, d in SequenceMatcher(None, *marks, autojunk=False).get_opcodes():
        rows, columns = range(a, b), range(c, d)
        if op == "equal" or old[a:b] == new[c:d]:
            found += zip(rows, columns, strict=True)
        elif len(rows) * len(columns) <= MOST_PAIRS:
            found += alike(rows, columns, lambda i, j: SAME if old[i] == new[j] else likeness(i, j))
        else:
            found += _far(old, new, rows, columns, far)
    return _first_stay(old, found)


def _first_stay(old: Sequence[bytes], pairs: Pairs) -> Pairs:
    """Of equal parts right behind one another the first ones have partners, the last ones none: nothing else tells which of
    them are gone, and wherever two texts are compared the answer must be the same."""
    if not any(one == other for one, other in pairwise(old)):
        return pairs
    partners = {i: j for i, j in pairs if i is not None}
    start = 0
    while start < len(old):
        end = start + 1
        while end < len(old) and old[end] == old[start]:
            end += 1
        here = [partners.get(i) for i in range(start, end)]
        stay = [j for j in here if j is not None]
        partners.update(zip(range(start, end), [*stay, *[None] * (len(here) - len(stay))], strict=True))
        start = end
    taken = {j for j in partners.values() if j is not None}
    made: Pairs = []
    waiting = iter([j for _, j in pairs if j is not None and j not in taken])
    later = next(waiting, None)
    for i in range(len(old)):
        partner = partners.get(i)
        while later is not None and partner is not None and later < partner:
            made.append((None, later))
            later = next(waiting, None)
        made.append((i, partner))
    while later is not None:
        made.append((None, later))
        later = next(waiting, None)
    return made


def _far(
    old: Sequence[bytes],
    new: Sequence[bytes],
    rows: range,
    columns: range,
    far: Callable[[range, range], Pairs],
) -> Pairs:
    found: Pairs = []
    parts = old[rows.start : rows.stop], new[columns.start : columns.stop]
    for op, a, b, c, d in SequenceMatcher(None, *parts, autojunk=False).get_opcodes():
        if op == "equal":
            found += zip(rows[a:b], columns[c:d], strict=True)
        else:
            found += far(rows[a:b], columns[c:d])
    return found


def alike(rows: range, columns: range, likeness: Callable[[int, int], float]) -> Pairs:
    """Pairs in order whose likeness is the greatest in sum; those of no likeness (0) are none."""
    best = [[0.0] * (len(columns) + 1) for _ in range(len(rows) + 1)]
    like = [[likeness(x, y) for y in columns] for x in rows]
    for i in range(len(rows) - 1, -1, -1):
        for j in range(len(columns) - 1, -1, -1):
            here = best[i + 1][j + 1] + like[i][j] if like[i][j] else 0
            best[i][j] = max(best[i + 1][j], best[i][j + 1], here)
    found: Pairs = []
    i = j = 0
    while i < len(rows) or j < len(columns):
        if (
            i < len(rows)
            and j < len(columns)
            and like[i][j]
            and best[i][j] == best[i + 1][j + 1] + like[i][j]
        ):
            found.append((rows[i], columns[j]))
            i, j = i + 1, j + 1
        elif i < len(rows) and (j == len(columns) or best[i][j] == best[i + 1][j]):
            found.append((rows[i], None))
            i += 1
        else:
            found.append((None, columns[j]))
            j += 1
    return found
