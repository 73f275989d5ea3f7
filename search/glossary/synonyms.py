"""What people say for a term of the field: papers and passport, boss and employer. The file is what a
database begins with. A row is one meaning, a cell the ways to say it in a language (`hbs`: Bosnian,
Croatian, Montenegrin, Serbian). One with a `~` leads to the others and is not looked for: *papers* are
documents, a *paper* seldom."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from search.analysis import Analyser
from search.analysis.families import BCMS
from search.glossary.entries import Entry, Glossary, split

DATA: Final = Path(__file__).parent / "data" / "synonyms.tsv"
COLUMNS: Final = {"en": "en", "sq": "sq", BCMS: "sr", "mk": "mk"}
"""The cells of a group, each with the language that its words are read in."""
# A synonym is a guess of what was meant: the word itself comes first.
_WEIGHT: Final = 0.6
_MOST: Final = 10
_TYPED_ONLY: Final = "~"

Synonyms = Mapping[str, tuple[tuple[tuple[str, ...], float], ...]]


def read_rows(path: Path = DATA) -> list[dict[str, str]]:
    """The rows of the file, as they are written."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def read_synonyms(path: Path = DATA) -> tuple[Entry, ...]:
    """The groups of the file."""
    return tuple(entry_of(row["key"], row) for row in read_rows(path))


def entry_of(key: str, row: Mapping[str, str]) -> Entry:
    """A group from its cells."""
    cells = {tag: split(row[column]) for column, tag in COLUMNS.items() if row[column]}
    typed_only = {
        way.rstrip(_TYPED_ONLY) for ways in cells.values() for way in ways if way[-1] == _TYPED_ONLY
    }
    terms = {tag: tuple(way.rstrip(_TYPED_ONLY) for way in ways) for tag, ways in cells.items()}
    return Entry(key, terms, typed_only=frozenset(typed_only))


def shipped_synonyms(analyser: Analyser) -> Glossary:
    """The groups of the file as tokens, where there is no database."""
    return Glossary(read_synonyms(), analyser)


def synonyms_of(tokens: Sequence[str], family: str, *sources: Glossary) -> Synonyms:
    """By token, what may stand for it in its own language: each way as its adjacent tokens."""
    found: dict[str, dict[tuple[str, ...], float]] = {}
    for source in sources:
        for place, length, _ in source.find_any(tokens, family):
            typed = tuple(tokens[place : place + length])
            ways = [way for way in source.phrases(typed, family, family) if way != typed]
            for token in typed:
                found.setdefault(token, {}).update((way, _WEIGHT) for way in ways)
    return {token: tuple(ways.items())[:_MOST] for token, ways in found.items()}
