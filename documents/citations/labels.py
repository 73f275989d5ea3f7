"""From a cited number to the section that bears it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from documents.citations.grammars import GRAMMARS, family_of
from documents.translation.scripts import to_latin

_KINDS: Final = {"article": ("article",), "annex": ("annex",), "form": ("annex",), "chapter": ("chapter",)}
_UNLABELLED: Final = frozenset({"section", "chapter", "point", "part", "step"})
"""Sorts that a number without a word may bear: "4.2"."""
_BARE: Final = re.compile(r"\s*(\d{1,4}(?:\.\d{1,3})*|[IVXLC]{1,7})\.?(?!\w)")
_ROMAN: Final = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


@dataclass(frozen=True, slots=True)
class Labelled:
    """A section of an outline, as far as a citation can name it."""

    uid: str
    kind: str
    label: str
    heading: str
    level: int = 1


def key_of(number: str) -> str:
    """A number without regard to how it is written: "418-а" and "418a", "II" and "2"."""
    plain = re.sub(r"(?<=\d)[-/](?=[^\W\d])", "", to_latin(number.strip().rstrip(".")).casefold())
    return str(_from_roman(plain)) if len(plain) > 1 and set(plain) <= set(_ROMAN) else plain


def _from_roman(letters: str) -> int:
    values = [_ROMAN[letter] for letter in letters]
    pairs = zip(values, [*values[1:], 0], strict=True)
    return sum(-value if value < after else value for value, after in pairs)


def section_for(sort: str, number: str, language: str, outline: Iterable[Labelled]) -> str:
    """The uid of the one section that the number names; "" where none does, or several do."""
    wanted = key_of(number)
    found = {row.uid for row in outline if wanted in _numbers(row, sort, language)}
    return found.pop() if len(found) == 1 else ""


def _numbers(row: Labelled, sort: str, language: str) -> set[str]:
    """The numbers by which a section can be cited as one of a sort."""
    grammar = GRAMMARS[family_of(language)]
    for text in (row.label, row.heading):
        match = grammar.division.match(text)
        if match and grammar.sorts[match["word"].casefold()][0] == sort:
            return {key_of(match["number"])}
    bare = _BARE.match(row.label)
    if bare is None or not (sort in _UNLABELLED or row.kind in _KINDS.get(sort, ())):
        return set()
    if sort == "chapter" and row.level > 1:
        return set()
    return {key_of(bare[1])}
