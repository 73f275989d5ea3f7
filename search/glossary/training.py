"""Which word translates which: IBM Model 1 in both directions.

Only the few most frequent translations of a word take part, so that 100,000 passages take a minute.
"""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from math import sqrt
from typing import Final

from search.glossary.pairs import Pair
from search.glossary.translation_table import Table, Translations

_ROUNDS: Final = 8
_KEPT: Final = 8
_LEAST: Final = 0.04
# So many partners of a word take part.
_CANDIDATES: Final = 24
# In so many passages a frequent word is looked for partners; more would say the same.
_MOST_PASSAGES: Final = 4_000
# What every word competes with: that it translates nothing.
_NOTHING: Final = 0.03

#: Of fewer common passages nothing is taken for sure.
LEAST_PASSAGES: Final = 200
# One passage of so many is not learned from, and confirms what was.
_HELD_OUT: Final = 4
_OFTEN: Final = 4
_MOSTLY: Final = 0.6
_SURE: Final = 0.6

Words = Sequence[str]


@dataclass(frozen=True)
class _Links:
    """Pairs of words (`sources`, `targets`: numbers of words), and where they are. `runs`: for each word of
    each passage the number of its pairs, and then their numbers. Words without any are left out."""

    sources: array[int]
    targets: array[int]
    by_target: array[int]
    by_source: array[int]
    near: array[float]


def train(
    pairs: Mapping[tuple[str, str], Sequence[Pair]], report: Callable[[str, str, int], None] | None = None
) -> Table:
    """A table of all pairs of families, each in both directions."""
    tables: dict[tuple[str, str], Translations] = {}
    for (one, other), found in pairs.items():
        if report:
            report(one, other, len(found))
        tables[one, other], tables[other, one] = _learn(found)
    return Table(tables, {pair: len(found) for pair, found in pairs.items()})


def confirmed(pairs: Mapping[tuple[str, str], Sequence[Pair]]) -> Table:
    """The sure translations that the pairs teach, of two languages with enough common passages. The words
    translate each other in several of them, and a part not learned from confirms them."""
    tables: dict[tuple[str, str], Translations] = {}
    enough = {pair: found for pair, found in pairs.items() if len(found) >= LEAST_PASSAGES}
    for (one, other), found in enough.items():
        learned = [pair for number, pair in enumerate(found) if number % _HELD_OUT]
        held_out = found[::_HELD_OUT]
        forward, backward = _learn(learned)
        tables[one, other] = _sure(forward, learned, held_out)
        turned = [[Pair(pair.target, pair.source) for pair in part] for part in (learned, held_out)]
        tables[other, one] = _sure(backward, *turned)
    return Table(tables, {pair: len(found) for pair, found in enough.items()})


def _sure(rows: Translations, learned: Sequence[Pair], held_out: Sequence[Pair]) -> Translations:
    """The rows without words that are together too seldom, or in less than half of the separate passages."""
    seen, checked = _Together(learned), _Together(held_out)
    sure = {
        word: {
            other: weight
            for other, weight in row.items()
            if weight >= _SURE
            and seen.of(word, other) >= _OFTEN
            and checked.of(word, other) >= max(1, checked.words[word] * _MOSTLY)
        }
        for word, row in rows.items()
    }
    return {word: row for word, row in sure.items() if row}


class _Together:
    """In how many passages words are, and pairs of them."""

    def __init__(self, pairs: Sequence[Pair]) -> None:
        self.words = Counter(word for pair in pairs for word in set(pair.source))
        self._places: defaultdict[str, set[int]] = defaultdict(set)
        self._others: defaultdict[str, set[int]] = defaultdict(set)
        for number, pair in enumerate(pairs):
            for word in pair.source:
                self._places[word].add(number)
            for word in pair.target:
                self._others[word].add(number)

    def of(self, word: str, other: str) -> int:
        return len(self._places.get(word, set()) & self._others.get(other, set()))


def _learn(pairs: Sequence[Pair]) -> tuple[Translations, Translations]:
    sources, targets = _Numbered(pair.source for pair in pairs), _Numbered(pair.target for pair in pairs)
    links = _links(sources, targets)
    forward = _model1(links.by_target, links.sources, links.near, len(sources.words))
    backward = _model1(links.by_source, links.targets, links.near, len(targets.words))
    found: tuple[Translations, Translations] = {}, {}
    for number, (one, other) in enumerate(zip(links.sources, links.targets, strict=True)):
        score = round(sqrt(forward[number] * backward[number]), 4)
        if score >= _LEAST:
            found[0].setdefault(sources.words[one], {})[targets.words[other]] = score
            found[1].setdefault(targets.words[other], {})[sources.words[one]] = score
    return _best(found[0]), _best(found[1])


def _best(rows: Translations) -> Translations:
    return {
        word: dict(sorted(row.items(), key=lambda item: (-item[1], item[0]))[:_KEPT])
        for word, row in sorted(rows.items())
    }


class _Numbered:
    """Passages as numbers of words, each word once in each."""

    def __init__(self, passages: Iterable[Words]) -> None:
        numbers: dict[str, int] = {}
        self.passages = [
            array("I", dict.fromkeys(numbers.setdefault(word, len(numbers)) for word in passage))
            for passage in passages
        ]
        self.words = list(numbers)
        self.places: list[array[int]] = [array("I") for _ in self.words]
        for place, passage in enumerate(self.passages):
            for word in passage:
                self.places[word].append(place)


def _links(sources: _Numbered, targets: _Numbered) -> _Links:
    numbers: dict[tuple[int, int], int] = {}
    near = array("d")
    for (one, other), likeness in chain(
        _candidates(sources, targets), (((b, a), x) for (a, b), x in _candidates(targets, sources))
    ):
        if (one, other) not in numbers:
            numbers[one, other] = len(near)
            near.append(likeness)
    partners: defaultdict[int, dict[int, int]] = defaultdict(dict)
    for (one, other), number in numbers.items():
        partners[one][other] = number
    by_target, by_source = array("I"), array("I")
    for source, target in zip(sources.passages, targets.passages, strict=True):
        columns: dict[int, list[int]] = {}
        inside = set(target)
        for one in source:
            row = partners.get(one)
            run = [(row[other], other) for other in inside & row.keys()] if row else []
            if run:
                run.sort()
                by_source.append(len(run))
                by_source.extend(number for number, _ in run)
                for number, other in run:
                    columns.setdefault(other, []).append(number)
        for column in columns.values():
            by_target.append(len(column))
            by_target.extend(column)
    return _Links(
        array("I", (one for one, _ in numbers)),
        array("I", (other for _, other in numbers)),
        by_target,
        by_source,
        near,
    )


def _candidates(sources: _Numbered, targets: _Numbered) -> Iterable[tuple[tuple[int, int], float]]:
    """The likely partners of each word, with how alike their places are (Dice coefficient)."""
    frequencies = [len(places) for places in targets.places]
    for word, places in enumerate(sources.places):
        looked = places[:: max(1, len(places) // _MOST_PASSAGES)]
        together = Counter(chain.from_iterable(targets.passages[place] for place in looked))
        scale = len(places) / len(looked)
        scored = sorted(
            (
                (2 * scale * count / (len(places) + frequencies[other]), other)
                for other, count in together.items()
            ),
            key=lambda item: (-item[0], item[1]),
        )
        for likeness, other in scored[:_CANDIDATES]:
            yield (word, other), min(1.0, likeness)


def _model1(runs: array[int], owners: array[int], near: array[float], words: int) -> list[float]:
    """How likely each pair is, given its first word (expectation maximisation)."""
    chances = list(near)
    for _ in range(_ROUNDS):
        expected = [0.0] * len(chances)
        at, end = 0, len(runs)
        while at < end:
            run = runs[at + 1 : at + 1 + runs[at]]
            at += 1 + len(run)
            if len(run) == 1:
                chance = chances[run[0]]
                expected[run[0]] += chance / (_NOTHING + chance)
                continue
            total = _NOTHING
            for number in run:
                total += chances[number]
            for number in run:
                expected[number] += chances[number] / total
        sums = [0.0] * words
        for owner, value in zip(owners, expected, strict=True):
            sums[owner] += value
        chances = [value / (sums[owner] or 1.0) for owner, value in zip(owners, expected, strict=True)]
    return chances
