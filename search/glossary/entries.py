"""The terms of the field in seven languages, and the phrases that a query is matched against."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from documents.translation.scripts import to_latin
from search.analysis import Analyser, family_of
from search.analysis.families import BCMS
from search.glossary.pairs import Passage

DATA: Final = Path(__file__).parent / "data" / "glossary.tsv"
#: The languages of the columns. Serbian stands in Cyrillic; its Latin is made of it.
LANGUAGES: Final = ("en", "sq", "sr", "bs", "hr", "cnr", "mk")
_SEVERAL: Final = ";"
# One language of the four that are analysed alike is enough to learn from.
_ALIKE: Final = ("bs", "hr", "cnr")


@dataclass(frozen=True, slots=True)
class Entry:
    """A term: its key, the ways to say it by language (the official one first), and its meaning.
    ``typed_only``: ways that mean more besides; they lead to the others and are not looked for themselves."""

    key: str
    terms: Mapping[str, tuple[str, ...]]
    definition: str = ""
    typed_only: frozenset[str] = frozenset()


def read_glossary(path: Path = DATA) -> tuple[Entry, ...]:
    """The terms of the file. The first row names the columns: key, the languages, definition."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return tuple(
            Entry(
                row["key"],
                {language: split(row[language]) for language in LANGUAGES if row[language]},
                row.get("definition") or "",
            )
            for row in rows
        )


def split(cell: str) -> tuple[str, ...]:
    """The ways to say a term, parted by semicolons."""
    return tuple(term for term in (part.strip() for part in cell.split(_SEVERAL)) if term)


def as_passages(entries: Iterable[Entry]) -> Iterator[Passage]:
    """The terms as aligned texts: each official one, so that they teach what their words mean one by one."""
    for entry in entries:
        yield Passage(
            tuple((language, terms[0]) for language, terms in entry.terms.items() if language not in _ALIKE)
        )


class Glossary:
    """The terms as tokens, by family, for looking up the phrases of a query."""

    def __init__(self, entries: Iterable[Entry], analyser: Analyser) -> None:
        self._phrases: dict[str, dict[tuple[str, ...], set[int]]] = {}
        self._words: dict[str, dict[int, tuple[str, ...]]] = {}
        self._ways: dict[str, dict[int, list[tuple[str, ...]]]] = {}
        self._longest = 1
        forms: dict[tuple[str, tuple[str, ...]], str] = {}
        written: dict[tuple[str, tuple[str, ...]], str] = {}
        for number, entry in enumerate(entries):
            for language, terms in entry.terms.items():
                family = family_of(language)
                for term in terms:
                    read = [*analyser.tokens(term, language)]
                    tokens = tuple(
                        token.lemma for token in read if not analyser.is_silent(token.text, language)
                    )
                    if not tokens:
                        continue
                    self._longest = max(self._longest, len(tokens))
                    shown = to_latin if family == BCMS else str
                    way = tuple(token.lemma for token in read)
                    written.setdefault((family, way), shown(term))
                    for token in read:
                        form, alone = shown(token.text).lower(), (family, (token.lemma,))
                        forms[alone] = min(form, forms.get(alone, form), key=len)
                    self._phrases.setdefault(family, {}).setdefault(tokens, set()).add(number)
                    if term not in entry.typed_only:
                        known = self._words.setdefault(family, {})
                        known[number] = tuple(dict.fromkeys((*known.get(number, ()), *tokens)))
                        ways = self._ways.setdefault(family, {}).setdefault(number, [])
                        ways.append(way)
        self._written = {**forms, **written}

    def written(self, tokens: tuple[str, ...], family: str) -> str:
        """A term, or a word of one, as it is written, with its diacritics; empty where it is none."""
        return self._written.get((family, tokens), "")

    def find(
        self, tokens: Sequence[str], source: str, target: str
    ) -> Iterator[tuple[int, int, tuple[str, ...]]]:
        """Place and length of each term in the tokens, the longest first, and its words in the target."""
        words = self._words.get(target, {})
        for place, length, numbers in self.find_any(tokens, source):
            found = tuple(dict.fromkeys(word for number in sorted(numbers) for word in words.get(number, ())))
            if found:
                yield place, length, found

    def phrases(self, tokens: Sequence[str], source: str, target: str) -> tuple[tuple[str, ...], ...]:
        """The ways to say in the target what all these tokens together are a term for. Words that say nothing
        are left out. None where they are no term."""
        ways = self._ways.get(target, {})
        numbers: Set[int] = self._phrases.get(source, {}).get(tuple(tokens), frozenset())
        return tuple(dict.fromkeys(way for number in sorted(numbers) for way in ways.get(number, ())))

    def find_any(self, tokens: Sequence[str], source: str) -> Iterator[tuple[int, int, frozenset[int]]]:
        """Place and length of each term in the tokens, the longest first, and which terms it is."""
        phrases = self._phrases.get(source, {})
        place = 0
        while place < len(tokens):
            for length in range(min(self._longest, len(tokens) - place), 0, -1):
                numbers = phrases.get(tuple(tokens[place : place + length]))
                if numbers:
                    yield place, length, frozenset(numbers)
                    place += length
                    break
            else:
                place += 1


@lru_cache(maxsize=1)
def shipped(analyser: Analyser) -> Glossary:
    """The glossary that ships with Kodeks, as tokens."""
    return Glossary(read_glossary(), analyser)
