"""What was learned, as a value and as a file: JSON, the translations of each pair of families."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from documents.translation.scripts import to_latin
from search.analysis import spelling

_FORMAT: Final = "kodeks-translations-1"
_KEPT: Final = 8
_WAY: Final = 0.7

#: So many letters are shared at least by words that look alike.
BEGINNING: Final = 5
_MACEDONIAN: Final = str.maketrans({"ѓ": "đ", "ќ": "ć", "ѕ": "z"})

Translations = dict[str, dict[str, float]]


def bare(token: str) -> str:
    """A token in plain Latin letters, for comparing across scripts."""
    return token if token.isascii() else spelling.plain(to_latin(token.translate(_MACEDONIAN)))


class TableError(Exception):
    """The file is not a table of translations."""


@dataclass(frozen=True)
class Table:
    """`translations`: by pair of families (from, to), each word's translations with what they weigh, at most
    1. `passages`: from how many passages each pair was learned."""

    translations: Mapping[tuple[str, str], Translations] = field(default_factory=dict)
    passages: Mapping[tuple[str, str], int] = field(default_factory=dict)

    def taught(self, word: str, source: str, target: str) -> Mapping[str, float]:
        """What common texts of the two languages taught of a word."""
        return self.translations.get((source, target), {}).get(word, {})

    def of(self, word: str, source: str, target: str) -> dict[str, float]:
        """A word's translations: those learned for the pair, and for less those by a third language."""
        found = {
            other: round(_WAY * weight, 4) for other, weight in self._by_way(word, source, target).items()
        }
        for other, weight in self.translations.get((source, target), {}).get(word, {}).items():
            found[other] = max(found.get(other, 0.0), weight)
        return found

    def beginnings(self, family: str) -> Mapping[str, Sequence[tuple[str, str]]]:
        """The words that are known of a family, each after its plain spelling, by their first letters."""
        return self._beginnings.get(family, {})

    @cached_property
    def _beginnings(self) -> dict[str, dict[str, list[tuple[str, str]]]]:
        found: dict[str, dict[str, list[tuple[str, str]]]] = {}
        for family in dict.fromkeys(source for source, _ in self.translations):
            words = {
                word for (source, _), rows in self.translations.items() if source == family for word in rows
            }
            by_beginning = found.setdefault(family, {})
            for word in sorted(words):
                plain = bare(word)
                by_beginning.setdefault(plain[:BEGINNING], []).append((plain, word))
        return found

    def _by_way(self, word: str, source: str, target: str) -> dict[str, float]:
        found: dict[str, float] = {}
        for first, middle in self.translations:
            if first != source or (middle, target) not in self.translations:
                continue
            for between, weight in self.translations[first, middle].get(word, {}).items():
                for other, further in self.translations[middle, target].get(between, {}).items():
                    found[other] = max(found.get(other, 0.0), round(weight * further, 4))
        best = sorted(found.items(), key=lambda item: (-item[1], item[0]))[:_KEPT]
        return dict(best)

    def merged(self, other: Table) -> Table:
        """This table with the pairs of another in place of its own."""
        return Table({**self.translations, **other.translations}, {**self.passages, **other.passages})


def as_value(table: Table) -> dict[str, Any]:
    """The table as JSON values."""
    return {
        "format": _FORMAT,
        "passages": {"-".join(pair): count for pair, count in sorted(table.passages.items())},
        "translations": {"-".join(pair): rows for pair, rows in sorted(table.translations.items())},
    }


def read_value(value: Any) -> Table:
    """The table of such values; `TableError` where they are something else."""
    try:
        if value["format"] != _FORMAT:
            raise TableError("the table was made by another version")
        return Table(
            {_pair(name): rows for name, rows in value["translations"].items()},
            {_pair(name): int(count) for name, count in value["passages"].items()},
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise TableError("this is not a table of translations") from error


def write_table(table: Table, path: Path) -> None:
    """Write the table; the file appears whole or not at all."""
    value = as_value(table)
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile("w", dir=path.parent, delete=False, encoding="utf-8") as file:
        json.dump(value, file, ensure_ascii=False, sort_keys=True)
    os.chmod(file.name, 0o644)
    os.replace(file.name, path)


def read_table(path: Path) -> Table:
    """`TableError` where the file holds something else; `OSError` where there is none."""
    try:
        return read_value(json.loads(path.read_text(encoding="utf-8")))
    except (ValueError, TableError) as error:
        raise TableError(f"{path.name} is not a table of translations of this version") from error


def _pair(name: str) -> tuple[str, str]:
    source, target = name.split("-")
    return source, target
