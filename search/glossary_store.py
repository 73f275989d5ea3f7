"""Glossary in the database: imported from the file that ships with Kodeks, then edited by people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any

from django.db.models import Count, Max

from documents.pages.desk.glossary_terms import Term
from search.analysis import family_of
from search.factory import analyser
from search.glossary.entries import LANGUAGES, Entry, Glossary, read_glossary, split
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


def find_terms(text: str, source: str, language: str) -> list[Term]:
    """The terms that stand in the text and have words in the other language; the longest where one stands in
    another."""
    entries, glossary = current_glossary()
    analysis = analyser()
    lemmas = [
        token.lemma for token in analysis.tokens(text, source) if not analysis.is_silent(token.text, source)
    ]
    found: dict[int, Term] = {}
    for _place, _length, numbers in glossary.find_any(lemmas, family_of(source)):
        for number in sorted(numbers):
            entry = entries[number]
            own, other = entry.terms.get(source), entry.terms.get(language)
            if own and other and number not in found:
                found[number] = Term(own[0], other, entry.definition)
    return list(found.values())


def current_glossary() -> tuple[Sequence[Entry], Glossary]:
    """The terms that are shown, and their words as tokens; one query, and read anew when one was changed."""
    state = GlossaryTerm.objects.aggregate(number=Count("pk"), last=Max("changed"))
    return _glossary(f"{state['number']} {state['last']}")


@lru_cache(maxsize=1)
def _glossary(state: str) -> tuple[Sequence[Entry], Glossary]:
    entries = list(to_entries(GlossaryTerm.objects.filter(shown=True)))
    return entries, Glossary(entries, analyser())
