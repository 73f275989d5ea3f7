"""Find the glossary's terms in a text, in any form of their words, for translators."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache

from django.db.models import Count, Max

from documents.pages.desk.glossary_terms import Term
from search.analysis import family_of
from search.factory import analyser
from search.glossary.entries import Entry, Glossary
from search.glossary_store import to_entries
from search.models import GlossaryTerm


def terms(text: str, source: str, language: str) -> list[Term]:
    """The terms that stand in the text and have words in the other language; the longest where one stands in
    another."""
    entries, glossary = _glossary(*_state())
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


def _state() -> tuple[int, datetime | None]:
    """What tells whether the glossary is another one; one query."""
    told = GlossaryTerm.objects.filter(shown=True).aggregate(count=Count("pk"), changed=Max("changed"))
    return told["count"], told["changed"]


@lru_cache(maxsize=2)
def _glossary(count: int, changed: datetime | None) -> tuple[Sequence[Entry], Glossary]:
    """The terms and their words as tokens, made anew when somebody has changed one."""
    entries = list(to_entries(GlossaryTerm.objects.filter(shown=True)))
    return entries, Glossary(entries, analyser())
