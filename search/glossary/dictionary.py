"""What bilingual dictionaries say, and what two of them say one after the other.

Read when the tables are built and stored next to them, a table for each installed dictionary. Nothing of
them is in this repository.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Final

from search.analysis import Analyser, family_of
from search.analysis.families import BCMS, ENGLISH, MACEDONIAN
from search.analysis.lexicon import Lexicon
from search.analysis.tables import TableError, open_lexicon, write_lexicon
from search.glossary.lttoolbox import FormatError
from search.glossary.word_sources import SOURCES, WordSource

_RULES: Final = "dictionary-2"
_SUFFIX: Final = ".dictionary"
_ARTICLES: Final = frozenset({"to", "a", "an", "the", "be"})
_PLACE: Final = ":"
_LAST_PLACE: Final = 9
# So many bytes has a row at most, and so many senses are followed.
_LONGEST: Final = 250
_MOST: Final = 24
# A sense that comes later, one of many, one that only a third language leads to: each says less.
_LATER: Final = 0.3
_SHARED: Final = 0.3
_BY_WAY: Final = 0.3
_DIRECT: Final = 2.0
_UNSURE: Final = 0.25

Rows = Mapping[str, str]
Pair = tuple[str, str]


@dataclass(frozen=True)
class Dictionary:
    """By pair of families, the rows of each dictionary: a token and its translations, separated by blanks.
    The place of the sense follows a colon where it is not the first.

    Albanian meets the others only in English: *letër*, paper, хартија. There are dictionaries for each pair
    of English, Macedonian and the family of four languages. They complete each other.
    """

    rows: Mapping[Pair, Sequence[Rows]] = field(default_factory=dict)

    def of(self, token: str, source: str, target: str) -> dict[str, float]:
        """The translations of a token, best first, each with its weight: at most 1, and less where there are
        many."""
        known = self._of.get((token, source, target))
        if known is None:
            if len(self._of) > 1 << 14:
                self._of.clear()
            known = self._of[token, source, target] = _weighed(self._found(token, source, target))
        return known

    def confirms(self, token: str, other: str, source: str, target: str) -> bool:
        """Whether one dictionary has the pair, or two have it by way of one word of another language."""
        return other in self._direct(token, source, target) or any(
            other in self._direct(word, middle, target)
            for middle in {ENGLISH, MACEDONIAN, BCMS} - {source, target}
            for word in self._direct(token, source, middle)
        )

    @cached_property
    def _of(self) -> dict[tuple[str, str, str], dict[str, float]]:
        return {}

    def _found(self, token: str, source: str, target: str) -> dict[str, float]:
        if ENGLISH in {source, target}:
            return self._near(token, source, target)
        found: defaultdict[str, float] = defaultdict(float)
        for english, weight in _best(self._direct(token, source, ENGLISH)):
            for other, further in self._direct(english, ENGLISH, target).items():
                found[other] += weight * further
        for other, weight in self._direct(token, source, target).items():
            found[other] += _DIRECT * weight
        return found

    def _near(self, token: str, source: str, target: str) -> dict[str, float]:
        """By the dictionaries of two languages, and for less by way of the third that both have some with."""
        found = self._direct(token, source, target)
        between = {ENGLISH, MACEDONIAN, BCMS} - {source, target}
        if len(between) == 1:
            (middle,) = between
            for word, weight in self._direct(token, source, middle).items():
                for other, further in self._direct(word, middle, target).items():
                    found[other] = found.get(other, 0.0) + _BY_WAY * weight * further
        return found

    def _direct(self, token: str, source: str, target: str) -> dict[str, float]:
        found: dict[str, float] = {}
        for rows in self.rows.get((source, target), ()):
            for sense in (rows.get(token) or "").split():
                word, _, place = sense.partition(_PLACE)
                found[word] = found.get(word, 0.0) + 1 / (1 + _LATER * int(place or 0))
        share = sum(found.values()) ** _SHARED
        return {word: weight / share for word, weight in found.items()}


def _best(words: Mapping[str, float]) -> list[tuple[str, float]]:
    return sorted(words.items(), key=lambda item: (-item[1], item[0]))[:_MOST]


def _weighed(found: Mapping[str, float]) -> dict[str, float]:
    if not found:
        return {}
    best = _best(found)
    highest = best[0][1]
    sure = (highest / sum(found.values())) ** _UNSURE
    return {word: round(sure * weight / highest, 4) for word, weight in best}


def open_dictionary(directory: Path, analyser: Analyser) -> Dictionary:
    """The dictionaries that were built for this analysis; an empty one where there are none."""
    rows: defaultdict[Pair, list[Rows]] = defaultdict(list)
    for source in SOURCES:
        table = _open(directory, source)
        if table is not None and table.version.startswith(_version(analyser)):
            pair = family_of(source.language), family_of(source.other)
            rows[pair].append(table.lemmas)
            rows[pair[::-1]].append(table.endings)
    return Dictionary(rows)


def build_dictionaries(
    directory: Path, analyser: Analyser, folders: Sequence[Path]
) -> Iterator[tuple[WordSource, int]]:
    """Write the tables of the dictionaries that are installed below the folders, and remove those of
    others. Only where a table is missing or has another source. Gives each that was read, and how many
    words it has: none where it is broken."""
    for source in SOURCES:
        if source.find(folders) is None:
            table_path(directory, source).unlink(missing_ok=True)
    for source, place, version in _outdated(directory, analyser, folders):
        try:
            words = _build(table_path(directory, source), version, _pairs(source, place, analyser))
        except (FormatError, OSError, ValueError):
            words = 0
        yield source, words


def is_built(directory: Path, analyser: Analyser, folders: Sequence[Path]) -> bool:
    """Whether each dictionary that is installed has its table."""
    return next(_outdated(directory, analyser, folders), None) is None


def _outdated(
    directory: Path, analyser: Analyser, folders: Sequence[Path]
) -> Iterator[tuple[WordSource, Path, str]]:
    for source in SOURCES:
        if (place := source.find(folders)) is not None:
            version = f"{_version(analyser)};{source.state(place)}"
            table = _open(directory, source)
            if table is None or table.version != version:
                yield source, place, version


def table_path(directory: Path, source: WordSource) -> Path:
    return directory / f"{source.name}{_SUFFIX}"


def _open(directory: Path, source: WordSource) -> Lexicon | None:
    try:
        return open_lexicon(table_path(directory, source))
    except (OSError, TableError):
        return None


def _build(path: Path, version: str, pairs: Iterable[tuple[str, str, int]]) -> int:
    forward: defaultdict[str, dict[str, int]] = defaultdict(dict)
    backward: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for word, other, place in pairs:
        forward[word][other] = min(place, forward[word].get(other, place))
        backward[other][word] = min(place, backward[other].get(word, place))
    write_lexicon(Lexicon(path.stem, version, _joined(forward), _joined(backward)), path)
    return len(forward)


def _pairs(source: WordSource, place: Path, analyser: Analyser) -> Iterator[tuple[str, str, int]]:
    """Each word with each translation of one word, as tokens, and the place of the sense."""
    for word, senses in source.read(place):
        token = _only(word, source.language, analyser)
        for number, sense in enumerate(senses if token else ()):
            if other := _only(sense, source.other, analyser):
                yield token, other, min(number, _LAST_PLACE) if source.ordered else 0


def _only(text: str, language: str, analyser: Analyser) -> str:
    """The token of a text of one word, with a *to* or *the* before it; else nothing."""
    read = analyser.tokens(text, language)
    if len(read) > 1 and language == ENGLISH and read[0].text.lower() in _ARTICLES:
        read = read[1:]
    telling = [token for token in read if not analyser.is_silent(token.text, language)]
    return telling[0].lemma if len(telling) == 1 else ""


def _joined(rows: Mapping[str, Mapping[str, int]]) -> dict[str, str]:
    joined = {}
    for word, others in rows.items():
        row = ""
        for other, place in sorted(others.items(), key=lambda item: item[1]):
            longer = f"{row} {other}{_PLACE}{place}" if place else f"{row} {other}"
            if len(longer.encode()) > _LONGEST:
                break
            row = longer
        joined[word] = row.strip()
    return joined


def _version(analyser: Analyser) -> str:
    return f"{_RULES};{analyser.version()}"
