"""The glossary's terms in a text to be translated. The glossary registers itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Term:
    """A term in the source, in the other language (the official one first), and what it means."""

    source: str
    target: tuple[str, ...]
    definition: str = ""


Finder = Callable[[str, str, str], Sequence[Term]]

_finders: list[Finder] = []
MOST = 30


def register(finder: Finder) -> Finder:
    """Registers a function that gives the terms of a text, in their order there. It receives the text, its
    language and the target language."""
    if finder not in _finders:
        _finders.append(finder)
    return finder


def terms_in(text: str, source: str, language: str) -> list[Term]:
    return [term for finder in _finders for term in finder(text, source, language)][:MOST]
