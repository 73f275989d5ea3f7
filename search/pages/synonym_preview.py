"""Who would find what, before a group of synonyms is saved. Questions with their first hits now and then,
with the rights of the public."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest

from people.access import PUBLIC
from search.analysis import family_of
from search.factory import analyser
from search.glossary.synonyms import COLUMNS
from search.models import SynonymGroup
from search.pages.page_languages import reading_languages
from search.pages.params import SearchParams
from search.pages.service import Reader, run_search
from search.pages.zero_results import frequent_zero_results
from search.synonym_store import entries_of, synonyms_with

FIRST = 3
MOST = 10
"""So many questions are tried; each is searched for twice."""


@dataclass(frozen=True, slots=True)
class Sample:
    """A question, and the titles of what is found first."""

    question: str
    language: str
    before: tuple[str, ...]
    after: tuple[str, ...]

    @property
    def changed(self) -> bool:
        return self.before != self.after


def preview(group: SynonymGroup) -> list[Sample]:
    """The samples, those that change first. Raises EngineError."""
    questions = list(_questions(group))[:MOST]
    before = [_first(words, language) for words, language in questions]
    with synonyms_with(group):
        after = [_first(words, language) for words, language in questions]
    samples = [
        Sample(words, language, *found)
        for (words, language), *found in zip(questions, before, after, strict=True)
    ]
    return sorted(samples, key=lambda sample: not sample.changed)


def _first(words: str, language: str) -> tuple[str, ...]:
    reader = Reader(frozenset({PUBLIC}), None, reading_languages(language))
    hits = run_search(SearchParams(words=words), reader).result.hits
    return tuple(
        f"{hit.document.label} {hit.document.heading}".strip() or hit.document.title for hit in hits[:FIRST]
    )


def _questions(group: SynonymGroup) -> Iterator[tuple[str, str]]:
    """What was asked in vain with a word of the group, then the group's words in other forms, then its other
    words."""
    old = SynonymGroup.objects.filter(pk=group.pk).first()
    entries = entries_of([one for one in (group, old) if one is not None])
    asked = [one.words for one in frequent_zero_results()]
    known = entries[1].terms if len(entries) > 1 else {}
    for language in COLUMNS.values():
        ways = [way for entry in entries for way in entry.terms.get(language, ())]
        tokens = {token for way in ways for token in _tokens(way, language)}
        yield from ((words, language) for words in asked if tokens & _tokens(words, language))
    for wanted in (True, False):
        of_languages = (
            [(way, language) for way in own if (way not in known.get(language, ())) is wanted]
            for language, own in entries[0].terms.items()
        )
        for turn in zip_longest(*of_languages):
            yield from (pair for pair in turn if pair is not None)


def _tokens(words: str, language: str) -> set[str]:
    family = family_of(language)
    return {
        f"{family}:{token.lemma}"
        for token in analyser().tokens(words, language)
        if not analyser().is_silent(token.text, language)
    }
