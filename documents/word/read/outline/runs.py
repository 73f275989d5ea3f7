"""Whose number it is that a heading begins with, where the words behind it name another act ("Члан 5. ЦСР", "Article 4 of the ECHR"):
the heading's own where the numbers beside it go on by it, be the words what they may; otherwise the other act's.

Between "Члан 4" and "Члан 7", "Члан 5. ЦСР" and "Члан 6. НРМ" are the document's, and so is "Члан 1" before "Члан 2", "5а" between
"5" and "6". Between "Члан 4" and "Члан 5" there is no room for one more, nor is there for "5а" before "5": such a heading is words.
So are those that go on by one another alone ("Члан 388 КЗ", "Члан 389 КЗ"), and one whose words leave no doubt beside a single
other ("Article 4 of the European Convention", "Article 5"). Of two with the same number it belongs to the one whose words leave more.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import product

from documents.word.read.outline.acts import Cited
from documents.word.read.outline.counts import Count, any_before, counts_of, goes_on, is_before

MANY = 300
"""Of a longer row than any law has, only so much is looked through for what goes together."""
ENOUGH = 2
"""Of so many others a heading whose words leave no doubt must be one, to have a number of its own."""


@dataclass(frozen=True, slots=True)
class Worded:
    """The number with which a heading begins. ``level``: those that may go on by it stand at the same; ``cites``: whether its words
    name another act."""

    level: int
    label: str
    cites: Cited


@dataclass(frozen=True, slots=True)
class _Place:
    at: int
    counts: Sequence[Count]
    cites: Cited


@dataclass(frozen=True, slots=True)
class _Way:
    """One that goes on from a number that is the document's own, over those that do between the two (``back``). ``worth``: how
    many of them leave a doubt whether they name another act, and how many leave none."""

    place: _Place
    count: Count
    back: _Way | None
    worth: tuple[int, int]


def own_numbers(headings: Sequence[Worded]) -> set[int]:
    """Which of the headings that cite another act by their words have a number of their own nevertheless."""
    rows: dict[tuple[int, tuple[str, int]], list[_Place]] = defaultdict(list)
    for at, one in enumerate(headings):
        row, counts = counts_of(one.label)
        if counts:
            rows[one.level, row].append(_Place(at, counts, one.cites))
    return {at for row in rows.values() for at in _own(row)}


def _own(row: Sequence[_Place]) -> set[int]:
    found: set[int] = set()
    sure: list[_Place] = []
    waiting: list[_Place] = []
    for one in row:
        if one.cites:
            waiting.append(one)
            continue
        found |= _between(sure, waiting, one)
        sure.append(one)
        waiting = []
    found |= _between(sure, waiting, None)
    plain = {one.at for one in row if one.cites is Cited.PLAINLY}
    own = [one for one in row if not one.cites or one.at in found]
    alone = {one.at for run in _runs(own) if not _carries(run) for one in run}
    return found - (plain & alone)


def _between(sure: Sequence[_Place], waiting: Sequence[_Place], end: _Place | None) -> set[int]:
    """Those that go on from the last sure number, or up to the next, so that none comes twice and none goes back; of all such the
    most."""
    if not waiting or not (sure or end):
        return set()
    start = sure[-1] if sure else None
    # Where the next sure number is none that comes behind the last, they count anew in between.
    anew = start is None or end is None or not any_before(start.counts, end.counts)
    ahead = _ways(start, waiting, goes_on) if start else []
    if end is not None and not anew:
        ahead = [way for way in ahead if any_before([way.count], end.counts)]
    back = _ways(end, waiting[::-1], lambda one, last: goes_on(last, one)) if end else []
    below = next((one for one in sure[: -MANY - 1 : -1] if end and any_before(one.counts, end.counts)), None)
    back = [
        way
        for way in back
        if below is None or any_before(below.counts, [way.count]) or (anew and way.count.is_first)
    ]
    best: set[int] = set()
    most = 0, 0
    for one, other in product([None, *_longest(ahead)], [None, *_longest(back)]):
        worth = _sum(one.worth if one else (0, 0), other.worth if other else (0, 0))
        if worth > most and (one is None or other is None or _in_order(one, other, anew=anew)):
            best, most = _passed(one) | _passed(other), worth
    return best


def _ways(start: _Place, places: Sequence[_Place], goes: Callable[[Count, Count], bool]) -> list[_Way]:
    """The best way to each of the places to which one leads."""
    known: dict[Count, _Way] = {count: _Way(start, count, None, (0, 0)) for count in start.counts}
    beside: dict[tuple[object, int], list[Count]] = defaultdict(list)
    for count in known:
        beside[count.kind, count.value].append(count)
    found: list[_Way] = []
    for place in places:
        own = (1, 0) if place.cites is Cited.SEEMINGLY else (0, 1)
        reached: list[_Way] = []
        for count in place.counts:
            near = [
                known[last]
                for value in (count.value - 1, count.value, count.value + 1)
                for last in beside.get((count.kind, value), ())
                if goes(count, last)
            ]
            if near:
                back = max(near, key=lambda way: way.worth)
                reached.append(_Way(place, count, back, _sum(back.worth, own)))
        for way in reached:
            if way.count not in known:
                beside[way.count.kind, way.count.value].append(way.count)
            elif way.worth <= known[way.count].worth:
                continue
            known[way.count] = way
        found += reached
    return found


def _in_order(one: _Way, other: _Way, *, anew: bool) -> bool:
    return one.place.at < other.place.at and (anew or is_before(one.count, other.count))


def _longest(ways: list[_Way]) -> list[_Way]:
    return ways if len(ways) <= MANY else sorted(ways, key=lambda way: way.worth, reverse=True)[:MANY]


def _passed(way: _Way | None) -> set[int]:
    found: set[int] = set()
    while way is not None and way.back is not None:
        found.add(way.place.at)
        way = way.back
    return found


def _sum(one: tuple[int, int], other: tuple[int, int]) -> tuple[int, int]:
    return one[0] + other[0], one[1] + other[1]


def _runs(own: Sequence[_Place]) -> list[list[_Place]]:
    runs: list[list[_Place]] = []
    for one in own:
        if runs and any(goes_on(now, was) for now, was in product(one.counts, runs[-1][-1].counts)):
            runs[-1].append(one)
        else:
            runs.append([one])
    return runs


def _carries(run: Sequence[_Place]) -> bool:
    """Whether so much goes on by one another that also what plainly names another act is the document's."""
    doubted = sum(one.cites is not Cited.PLAINLY for one in run)
    return doubted >= ENOUGH or any(count.is_first for count in run[0].counts)
