"""Glossary in the database: imported from the file that ships with Kodeks, then edited by people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any, Final

from django.db.models import Count, Max

from documents.choices import Classification, State
from documents.models import Edition
from documents.pages.desk.glossary_terms import Term
from search.analysis import family_of
from search.factory import analyser
from search.glossary.entries import LANGUAGES, Entry, Glossary, read_glossary, split
from search.models import GlossaryTerm, Learned

#: Words of a restricted text must not come out through what they translate: only what everybody may read
#: teaches.
OPEN: Final = (Classification.PUBLIC, Classification.TLP_CLEAR)


def to_entries(terms: Iterable[GlossaryTerm]) -> Iterator[Entry]:
    """The terms as plain values."""
    for term in terms:
        terms_of = {language: split(getattr(term, language)) for language in LANGUAGES}
        yield Entry(
            term.key, {language: words for language, words in terms_of.items() if words}, term.definition
        )


def import_shipped_terms() -> tuple[int, int]:
    """Add new terms of the file, and update those that nobody has edited. Gives both counts."""
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
    """The terms of the text that have words in the other language; the longest of nested ones."""
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
    """The terms that are shown, and their words as tokens. One query; read again after a change."""
    state = GlossaryTerm.objects.aggregate(number=Count("pk"), last=Max("changed"))
    return _glossary(f"{state['number']} {state['last']}")


@lru_cache(maxsize=1)
def _glossary(state: str) -> tuple[Sequence[Entry], Glossary]:
    entries = list(to_entries(GlossaryTerm.objects.filter(shown=True)))
    return entries, Glossary(entries, analyser())


def request_learning(edition: Edition) -> None:
    """Note, in the transaction of the change, that there is something to learn from."""
    if edition.state == State.IN_FORCE and edition.instrument.classification in OPEN:
        request_learning_now()


def request_learning_now() -> None:
    Learned.objects.get_or_create(pk=1)
    Learned.objects.filter(pk=1, waiting=False).update(waiting=True)


def forget_learned() -> None:
    """Remove all that was learned, in the transaction of the change, and queue a new run. A text that taught
    is no longer open, so its words must not appear until then. The glossary translates until then.
    """
    Learned.objects.get_or_create(pk=1)
    Learned.objects.filter(pk=1).update(table={}, passages=0, made=None, waiting=True)
