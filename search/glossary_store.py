"""The glossary in the database: taken in from the file that ships with Kodeks, then edited by people."""

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
    """Brings the terms of the file into the database: those that are new, and those that nobody has edited
    and that the file has otherwise. Gives how many of each. Doing it again changes nothing."""
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
