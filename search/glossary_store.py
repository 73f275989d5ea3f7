"""Glossary in the database: imported from the file that ships with Kodeks, then edited by people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from search.glossary.entries import LANGUAGES, Entry, read_glossary, split
from search.models import GlossaryTerm


def to_entries(terms: Iterable[GlossaryTerm]) -> Iterator[Entry]:
    """The terms as plain values."""
    for term in terms:
        terms_of = {language: split(getattr(term, language)) for language in LANGUAGES}
        yield Entry(
            term.key, {language: words for language, words in terms_of.items() if words}, term.definition
        )


def import_shipped_terms() -> tuple[int, int]:
    """Add the terms of the file that are new, and update those that nobody has edited. Gives how many of
    each."""
    known = {term.key: term for term in GlossaryTerm.objects.all()}
    new, other = [], []
    for entry in read_glossary():
        values: dict[str, Any] = {
            language: "; ".join(entry.terms.get(language, ())) for language in LANGUAGES
        }
        values["definition"] = entry.definition
        term = known.get(entry.key)
        if term is None:
            new.append(GlossaryTerm(key=entry.key, **values))
        elif not term.edited and any(getattr(term, name) != value for name, value in values.items()):
            for name, value in values.items():
                setattr(term, name, value)
            other.append(term)
    GlossaryTerm.objects.bulk_create(new)
    for term in other:
        term.save()
    return len(new), len(other)
