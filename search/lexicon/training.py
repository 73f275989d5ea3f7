"""Which word translates which: IBM Model 1, learned in both directions and brought together."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from math import sqrt
from typing import Final

from search.lexicon.pairs import Pair
from search.lexicon.table import Table, Translations

_ROUNDS: Final = 8
_KEPT: Final = 8
_LEAST: Final = 0.04
# Every source word competes with "translates nothing", which takes what stands everywhere.
_NOTHING: Final = ""

Chances = dict[str, dict[str, float]]


def train(
    pairs: Mapping[tuple[str, str], Sequence[Pair]], report: Callable[[str, str, int], None] | None = None
) -> Table:
    """A table of all pairs of families, each in both directions."""
    tables: dict[tuple[str, str], Translations] = {}
    for (one, other), found in pairs.items():
        if report:
            report(one, other, len(found))
        forward = model1(found)
        backward = model1([Pair(pair.target, pair.source) for pair in found])
        tables[one, other] = _together(forward, backward)
        tables[other, one] = _together(backward, forward)
    return Table(tables, {pair: len(found) for pair, found in pairs.items()})


def model1(pairs: Iterable[Pair], rounds: int = _ROUNDS) -> Chances:
    """By source word, how likely each target word is its translation (expectation maximisation)."""
    counted = [(Counter({_NOTHING: 1, **Counter(pair.source)}), Counter(pair.target)) for pair in pairs]
    chances: Chances = {}
    for source, target in counted:
        for word in source:
            row = chances.setdefault(word, {})
            for other in target:
                row[other] = 1.0
    for _ in range(rounds):
        expected: defaultdict[str, defaultdict[str, float]] = defaultdict(lambda: defaultdict(float))
        for source, target in counted:
            rows = [(chances[word], expected[word], count) for word, count in source.items()]
            for other, times in target.items():
                total = sum(row.get(other, 0.0) * count for row, _, count in rows)
                if total <= 0:
                    continue
                for row, into, count in rows:
                    if chance := row.get(other):
                        into[other] += times * chance * count / total
        chances = {word: _normal(row) for word, row in expected.items()}
    return chances


def _normal(row: Mapping[str, float]) -> dict[str, float]:
    total = sum(row.values()) or 1.0
    return {word: value / total for word, value in row.items() if value / total > 1e-4}


def _together(forward: Chances, backward: Chances) -> Translations:
    """What both directions hold likely: the geometric mean, the best few."""
    found: Translations = {}
    for word, row in forward.items():
        if word == _NOTHING:
            continue
        scored = [
            (round(sqrt(chance * backward.get(other, {}).get(word, 0.0)), 4), other)
            for other, chance in row.items()
        ]
        best = sorted(
            ((score, other) for score, other in scored if score >= _LEAST), key=lambda x: (-x[0], x[1])
        )
        if best:
            found[word] = {other: score for score, other in best[:_KEPT]}
    return found
