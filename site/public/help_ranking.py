"""Which help pages fit what somebody types: phrases and texts of pages, compared word by word."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable
from dataclasses import dataclass
from math import log

Words = Callable[[str], Iterable[tuple[str, str]]]
"""Gives the words of a text in one language: each with its beginning, which related words share."""

PHRASE, TEXT = 3.0, 1.0
"""What a word counts that stands in the phrases, and in the text of the page."""
BEGINNING = 0.5
"""What a word counts that no page has, but whose beginning some page has."""
ENOUGH = 0.3
"""The part of a question that a page must have, by weight, to be an answer."""
FAR = 0.6
"""What a language counts that the reader has not chosen and that is not near to it."""


@dataclass(frozen=True)
class HelpText:
    """A help page in one language. ``key``: of all its languages."""

    key: Hashable
    phrases: str
    text: str


class HelpIndex:
    """The help pages of one language."""

    def __init__(self, pages: Collection[HelpText], words: Words) -> None:
        self._words, self._pages = words, len(pages)
        self._exact: dict[str, dict[Hashable, float]] = defaultdict(dict)
        self._begins: dict[str, dict[Hashable, float]] = defaultdict(dict)
        for page in pages:
            counts = [(PHRASE, Counter(words(page.phrases))), (TEXT, Counter(words(page.text)))]
            for value, found in counts:
                for (word, beginning), count in found.items():
                    gain = value * count
                    for table, name in ((self._exact, word), (self._begins, beginning)):
                        table[name][page.key] = table[name].get(page.key, 0.0) + gain

    def score(self, question: str) -> dict[Hashable, float]:
        """The part of the question that each page has, from 0 to 1: rare words count more."""
        total, scores = 0.0, defaultdict[Hashable, float](float)
        for word, beginning in dict.fromkeys(self._words(question)):
            pages, value = self._exact.get(word), 1.0
            if pages is None:
                pages, value = self._begins.get(beginning, {}), BEGINNING
            rare = self._rarity(len(pages))
            total += rare
            for key, count in pages.items():
                scores[key] += value * rare * count / (count + PHRASE)
        return {key: score / total for key, score in scores.items()} if total else {}

    def _rarity(self, pages: int) -> float:
        return log(1 + (self._pages + 1) / (pages + 0.5)) if pages < self._pages else 0.05


def rank(
    question: str,
    near: Iterable[str],
    far: Iterable[str],
    index: Callable[[str], HelpIndex],
    most: int = 3,
) -> list[Hashable]:
    """The keys of the pages that fit, best first; none where no page does.

    ``near``: the languages in which the reader most likely writes. Those that are ``far`` are asked where
    these have no answer.
    """
    best = _best(question, near, index)
    if max(best.values(), default=0.0) < ENOUGH:
        for key, score in _best(question, far, index).items():
            best[key] = max(best.get(key, 0.0), FAR * score)
    fitting = [key for key, score in best.items() if score >= ENOUGH * FAR]
    return sorted(fitting, key=lambda key: -best[key])[:most]


def _best(
    question: str, languages: Iterable[str], index: Callable[[str], HelpIndex]
) -> dict[Hashable, float]:
    best: dict[Hashable, float] = {}
    for language in languages:
        for key, score in index(language).score(question).items():
            best[key] = max(best.get(key, 0.0), score)
    return best
