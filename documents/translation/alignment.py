"""Proposes the matching sections of a text and of its translation. A person corrects them.

Where the outlines are not equal, sections were left out, inserted, joined or split on one side. The best way
through both is found by dynamic programming over these possibilities. The fit of two sections depends on
their numbers, level and kind, and their lengths (Gale and Church). It also depends on the numbers and dates
in both, on similar words, and on their shape.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from documents.text import SectionTree
from documents.translation.features import Features, features

SPECIAL = frozenset({"article", "annex", "step"})
SPREAD = 6.8
"""Variance of a text's length for each letter of the other's (Gale and Church 1993)."""
ALONE, MERGED = -1.1, -0.9
"""What it costs that a section has no partner, and that two stand for one."""
SURE = 1.0
"""From this score on a pair needs no second look."""
TRUSTED = 0.8
"""How many of the sure pairs must have the same number for numbers to count."""
DOUBTED = SURE - 0.1
"""What a pair is worth at most whose numbers are two, where most pairs have one."""
NARROWEST = 30


@dataclass(frozen=True, slots=True)
class Pair:
    """Places in the two texts that stand for each other: one and one, two and one, or one alone. ``score``
    says how well."""

    first: tuple[int, ...]
    second: tuple[int, ...]
    score: float = 0.0

    @property
    def sure(self) -> bool:
        return len(self.first) == len(self.second) == 1 and self.score >= SURE


def propose(first: SectionTree, second: SectionTree) -> list[Pair]:
    """The pairs, in reading order: every section of either text is in exactly one.

    The sections' numbers count as far as they agree where all else does. In a text renumbered after a section
    was left out they mislead. So they do in one chapter where the others kept theirs.
    """
    ours, theirs = features(first, second)
    ratio = max(sum(f.letters for f in theirs), 1) / max(sum(f.letters for f in ours), 1)
    score = _scorer(ratio)
    pairs = _best_way(ours, theirs, score)
    agree = _agreeing(pairs, ours, theirs)
    every = [same for each in agree.values() for same in each]
    numbered = any(f.label for f in ours) and any(f.label for f in theirs)
    misleading = frozenset(chapter for chapter, each in agree.items() if not _trusted(each))
    if numbered and _trusted(every):
        pairs = _best_way(ours, theirs, _with_labels(score, misleading))
    return _doubted(pairs, ours, theirs, misleading)


def _agreeing(
    pairs: Sequence[Pair], ours: Sequence[Features], theirs: Sequence[Features]
) -> dict[str, list[bool]]:
    """By chapter, of each sure pair with two numbers whether these are the same."""
    agree: dict[str, list[bool]] = {}
    for pair in pairs:
        if pair.sure and (one := ours[pair.first[0]].label) and (other := theirs[pair.second[0]].label):
            agree.setdefault(_chapter(one), []).append(one == other)
    return agree


def _doubted(
    pairs: list[Pair], ours: Sequence[Features], theirs: Sequence[Features], misleading: frozenset[str]
) -> list[Pair]:
    """The pairs; where most agree number to number, none is sure of which the numbers are others."""
    labels = [
        (ours[pair.first[0]].label, theirs[pair.second[0]].label) if pair.first and pair.second else ((), ())
        for pair in pairs
    ]
    both = [one == other for one, other in labels if one and other]
    if 2 * sum(both) <= len(both):
        return pairs
    return [
        replace(pair, score=min(pair.score, DOUBTED))
        if one and other and one != other and (len(one) == 1 or _chapter(one) not in misleading)
        else pair
        for pair, (one, other) in zip(pairs, labels, strict=True)
    ]


def _trusted(agree: list[bool]) -> bool:
    return sum(agree) >= TRUSTED * len(agree)


def _chapter(label: tuple[str, ...]) -> str:
    return label[0] if label else ""


def in_order(first: SectionTree, second: SectionTree) -> list[Pair]:
    """Pairs by order alone, as far as both texts go: what the proposals are measured against."""
    both = min(len(first), len(second))
    pairs = [Pair((index,), (index,)) for index in range(both)]
    pairs += [Pair((index,), ()) for index in range(both, len(first))]
    return pairs + [Pair((), (index,)) for index in range(both, len(second))]


Score = Callable[[Features, Features], float]


def _scorer(ratio: float) -> Score:
    def score(one: Features, other: Features) -> float:
        found = 0.2 if one.level == other.level else -0.7
        if one.kind != other.kind and {one.kind, other.kind} & SPECIAL:
            found -= 1.2
        if one.heading != other.heading:
            found -= 0.3
        found += _length(one.letters, other.letters, ratio)
        if one.numbers or other.numbers:
            found += 1.5 * _alike(one.numbers, other.numbers) - 0.5
        found += 4.0 * _alike(one.stems, other.stems)
        if one.blocks or other.blocks:
            both = sum((one.blocks & other.blocks).values())
            found += 0.8 * both / max(sum((one.blocks | other.blocks).values()), 1) - 0.4
        return found

    return score


def _with_labels(score: Score, misleading: frozenset[str]) -> Score:
    def with_labels(one: Features, other: Features) -> float:
        found = score(one, other)
        if one.label and other.label and _chapter(one.label) not in misleading:
            found += 0.9 if one.label == other.label else -0.5
        return found

    return with_labels


def _alike(one: dict[str, float], other: dict[str, float]) -> float:
    """How much of what two sections say is in both, from 0 to 1."""
    if len(other) < len(one):
        one, other = other, one
    both = sum([min(weight, other[token]) for token, weight in one.items() if token in other])
    either = sum(one.values()) + sum(other.values()) - both
    return both / either if either else 0.0


def _length(one: int, other: int, ratio: float) -> float:
    """How likely texts of these lengths translate each other, from 0.6 (as expected) down to -2."""
    expected = one * ratio
    if not one and not other:
        return 0.0
    # Sections vary more than sentences do: with their length too, not with its root alone.
    deviation = math.sqrt(SPREAD * max(expected, 20.0) + (0.15 * expected) ** 2)
    far = abs(other - expected) / deviation
    return max(0.6 - 0.35 * far, -2.0)


def _best_way(ours: Sequence[Features], theirs: Sequence[Features], score: Score) -> list[Pair]:
    """The best way through both, within a band around the diagonal. The band is as wide as the difference in
    length requires."""
    rows, columns = len(ours), len(theirs)
    band = max(NARROWEST, abs(rows - columns) + NARROWEST // 2)
    known: dict[tuple[int, int], float] = {}

    def of(row: int, column: int) -> float:
        found = known.get((row, column))
        if found is None:
            found = known[row, column] = score(ours[row], theirs[column])
        return found

    best: dict[tuple[int, int], tuple[float, int, int, float]] = {(0, 0): (0.0, 0, 0, 0.0)}
    for row in range(rows + 1):
        for column in _within(row, rows, columns, band):
            here = best.get((row, column))
            if here is None:
                continue
            for down, right, gain in _steps(row, column, ours, theirs, of, score):
                place = (row + down, column + right)
                value = here[0] + gain
                if place not in best or value > best[place][0]:
                    best[place] = (value, down, right, gain)
    pairs: list[Pair] = []
    row, column = rows, columns
    while row or column:
        _, down, right, gain = best[row, column]
        pairs.append(
            Pair(tuple(range(row - down, row)), tuple(range(column - right, column)), round(gain, 3))
        )
        row, column = row - down, column - right
    return pairs[::-1]


def _within(row: int, rows: int, columns: int, band: int) -> range:
    middle = row * columns // max(rows, 1)
    return range(max(0, middle - band), min(columns, middle + band) + 1)


def _steps(
    row: int,
    column: int,
    ours: Sequence[Features],
    theirs: Sequence[Features],
    of: Callable[[int, int], float],
    score: Score,
) -> Iterator[tuple[int, int, float]]:
    """What can come next: one with one, one alone, two with one."""
    more_rows, more_columns = len(ours) - row, len(theirs) - column
    if more_rows and more_columns:
        alone = of(row, column)
        yield 1, 1, alone
        # Two for one is worth a look only where one for one falls short in length.
        one, other = ours[row], theirs[column]
        if more_columns > 1 and theirs[column].letters < one.letters:
            joined = score(one, other + theirs[column + 1]) + _merging(theirs[column + 1])
            yield 1, 2, joined
        if more_rows > 1 and one.letters < other.letters:
            joined = score(one + ours[row + 1], other) + _merging(ours[row + 1])
            yield 2, 1, joined
    if more_rows:
        yield 1, 0, ALONE
    if more_columns:
        yield 0, 1, ALONE


def _merging(second: Features) -> float:
    """The cost of taking a section for the rest of the one before it. Less where it has no heading of its
    own."""
    return MERGED if second.heading or second.label else MERGED / 3
