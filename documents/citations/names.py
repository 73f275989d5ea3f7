"""The names of instruments that Kodeks holds, and where they are in a line, in whatever case and script."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from documents.citations.grammars import family_of
from documents.translation.scripts import to_latin

LEAST_WORDS: Final = 3
"""A title of fewer words may name anything; a short title is read as it is written."""
_LONGEST_ENDING: Final = 5
_ARTICLES: Final = frozenset({"i", "e", "të", "së"})
"""Of Albanian, where they follow the case of the word before them."""
_WORD: Final = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Name:
    """A title, or a ``short`` one, of an instrument in one language."""

    instrument: int
    language: str
    text: str
    short: bool = False


@dataclass(frozen=True, slots=True)
class _Known:
    instrument: int
    words: tuple[str, ...]
    short: bool


class Names:
    """Names by family of languages, found by their first words."""

    def __init__(self, names: Iterable[Name]) -> None:
        self._by_start: dict[tuple[str, str], list[_Known]] = defaultdict(list)
        for name in names:
            family = family_of(name.language)
            words = tuple(word for word, _, _ in _words(name.text, keep_case=name.short))
            for known in {words, _without_years(words)}:
                if family and known and (name.short or len(known) >= LEAST_WORDS):
                    row = _Known(name.instrument, known, name.short)
                    self._by_start[family, _start(known[0])].append(row)

    def find(self, text: str, family: str) -> list[tuple[int, int, tuple[int, ...]]]:
        """Where names are, the longest of several, each with the instruments that have it."""
        exact, folded = _words(text, keep_case=True), _words(text)
        found: list[tuple[int, int, tuple[int, ...]]] = []
        place = 0
        while place < len(folded):
            length, instruments = self._longest(exact, folded, place, family)
            if length:
                found.append((folded[place][1], folded[place + length - 1][2], instruments))
            place += length or 1
        return found

    def _longest(
        self, exact: Sequence[_Spot], folded: Sequence[_Spot], place: int, family: str
    ) -> tuple[int, tuple[int, ...]]:
        best: dict[int, set[int]] = defaultdict(set)
        for known in self._by_start.get((family, _start(folded[place][0])), ()):
            spots = (exact if known.short else folded)[place : place + len(known.words)]
            same = str.__eq__ if known.short or family == "en" else _inflected
            if len(spots) == len(known.words) and all(map(same, known.words, (spot[0] for spot in spots))):
                best[len(known.words)].add(known.instrument)
        if not best:
            return 0, ()
        length = max(best)
        return length, tuple(sorted(best[length]))


_Spot = tuple[str, int, int]


def _words(text: str, keep_case: bool = False) -> list[_Spot]:
    found = []
    for match in _WORD.finditer(text):
        word = to_latin(match[0])
        found.append((word if keep_case else word.casefold(), match.start(), match.end()))
    return found


def _without_years(words: tuple[str, ...]) -> tuple[str, ...]:
    """A strategy "2026–2029" is cited without its years too."""
    end = len(words)
    while end and words[end - 1].isdigit() and len(words[end - 1]) == 4:
        end -= 1
    return words[:end]


def _start(word: str) -> str:
    return word.casefold()[:3]


def _inflected(name: str, word: str) -> bool:
    """Whether a word is a form of a word of the name: the same but for the ending."""
    if len(name) <= 3:
        return name == word or (name in _ARTICLES and word in _ARTICLES)
    stem = name[:-2] if len(name) > 5 else name[:-1]
    return word.startswith(stem) and len(word) - len(stem) <= _LONGEST_ENDING
