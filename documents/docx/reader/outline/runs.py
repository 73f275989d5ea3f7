"""Whose number it is that a heading begins with, where the words behind it name another act ("Члан 5. ЦСР", "Article 4 of the ECHR"):
the heading's own where the numbers beside it go on by it, be the words what they may; otherwise the other act's.

Between "Члан 4" and "Члан 7", "Члан 5. ЦСР" and "Члан 6. НРМ" are the document's, and so is "Члан 1" before "Члан 2", "5а" between
"5" and "6". Between "Члан 4" and "Члан 5" there is no room for one more: such a heading is words. So are those that go on by one
another alone ("Члан 388 КЗ", "Члан 389 КЗ").
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from documents.tree.numerals import Number, readings


@dataclass(frozen=True, slots=True)
class Worded:
    """The number with which a heading begins. ``level``: those that may go on by it stand at the same; ``cites``: its words name
    another act."""

    level: int
    label: str
    cites: bool


@dataclass(frozen=True, slots=True)
class _Place:
    at: int
    numbers: Sequence[Number]
    sure: bool


def own_numbers(headings: Sequence[Worded]) -> set[int]:
    """Which of the headings that cite another act by their words have a number of their own nevertheless."""
    rows: dict[tuple[int, str, int], list[_Place]] = defaultdict(list)
    for at, one in enumerate(headings):
        if numbers := readings(" ".join(one.label.split()), ""):
            first = numbers[0]
            key = one.level, first.word.strip().casefold(), len(first.lead)
            rows[key].append(_Place(at, numbers, not one.cites))
    return {at for row in rows.values() for at in _going_on(row)}


def _going_on(row: Sequence[_Place]) -> set[int]:
    on = _from_sure_ones(row, _follows)
    row = [_Place(one.at, one.numbers, one.sure or one.at in on) for one in row]
    return on | _from_sure_ones(row[::-1], lambda one, last: _follows(last, one))


def _from_sure_ones(row: Sequence[_Place], follows: Callable[[_Place, _Place], bool]) -> set[int]:
    """Those that go on from a number which is the document's own, up to the next such, whose number they may not have."""
    ahead: list[_Place | None] = []
    for one in reversed(row):
        ahead.append(one if one.sure else ahead[-1] if ahead else None)
    ahead.reverse()
    found: set[int] = set()
    last: _Place | None = None
    for one, end in zip(row, ahead, strict=True):
        if one.sure:
            last = one
        elif last is not None and follows(one, last) and not (end is not None and _same(one, end)):
            found.add(one.at)
            last = one
    return found


def _follows(one: _Place, before: _Place) -> bool:
    return any(
        now.last.value == was.last.value + 1 or (now.last.value == was.last.value and _next_letter(now, was))
        for now, was in _alike(one, before)
    )


def _same(one: _Place, other: _Place) -> bool:
    return any(now.last == was.last and _letter(now) == _letter(was) for now, was in _alike(one, other))


def _alike(one: _Place, other: _Place) -> list[tuple[Number, Number]]:
    """Their readings that count alike in the same."""
    return [
        (now, was)
        for now in one.numbers
        for was in other.numbers
        if now.last.style == was.last.style and now.lead == was.lead
    ]


def _next_letter(now: Number, was: Number) -> bool:
    """Whether the number that was put in between two is the first such, or goes on from the one before ("5а", "5б")."""
    signs, before = readings(_letter(now), ""), readings(_letter(was), "")
    if not _letter(was):
        return any(sign.last.value == 1 for sign in signs)
    return any(
        sign.last.style == other.last.style and sign.last.value == other.last.value + 1
        for sign in signs
        for other in before
    )


def _letter(number: Number) -> str:
    return number.tail.strip(" -/").casefold()
