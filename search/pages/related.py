"""Sections like a given one, and its counterparts in other countries, under a reader's keys."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from django.conf import settings

from documents.choices import State
from search.analysis import family_of
from search.cross_language import synonyms, translate_query
from search.engines.base import Document, Query, Result
from search.factory import analyser, engine
from search.outbox import denied_editions
from search.pages.service import Reader, in_own_language

SHOWN: Final = 12
_WORDS: Final = 12
_CANDIDATES: Final = 48
_SHORTEST: Final = 3
_HEADING: Final = 3
# A counterpart scores so much of what the section itself does with its own words, at least.
_ALIKE: Final = 0.1


@dataclass(frozen=True, slots=True)
class Texts:
    """A section as the index holds it: by language, for one reader. ``shown``: in the language that they
    read."""

    by_language: Mapping[str, Document]
    shown: Document


def texts_of(edition: int, uid: object, reader: Reader) -> Texts | None:
    """A section that the reader may find; None where there is none. Raises EngineError."""
    ids = [f"{edition}-{uid}-{language}" for language in settings.MODELTRANSLATION_LANGUAGES]
    found = engine().sections(_query(reader), ids).values()
    by_language = {hit.document.language: hit.document for hit in found}
    order = [language for language in reader.languages if language in by_language]
    return Texts(by_language, by_language[order[0]]) if order else None


def _query(reader: Reader, *languages: str) -> Query:
    return Query(
        keys=reader.keys,
        languages=languages or reader.languages,
        filters={"status": frozenset({State.IN_FORCE.value})},
        denied=denied_editions(),
        loose=True,
        relatives=False,
        facets=(),
        folded=True,
    )


def telling_words(document: Document, reader: Reader) -> dict[str, str]:
    """The words that distinguish a section from others, best first: by token, as in its text. Those of its
    heading count more."""
    analysis, language = analyser(), document.language
    counted: Counter[str] = Counter()
    written: dict[str, str] = {}
    for text, times in ((document.heading, _HEADING), (document.text, 1)):
        for token in analysis.tokens(text, language):
            word = token.text
            if len(word) < _SHORTEST or not word.isalpha() or analysis.is_silent(word, language):
                continue
            counted[token.lemma] += times
            written.setdefault(token.lemma, word)
    most = [lemma for lemma, _ in counted.most_common(_CANDIDATES)]
    query = replace(_query(reader, language), text=" ".join(written[lemma] for lemma in most))
    known = engine().frequencies(query)
    every, stands_in = known[""][""], known.get(family_of(language), {})

    def weight(lemma: str) -> float:
        rarity = math.log((1 + every) / max(1, stands_in.get(lemma, 1)))
        return (1 + math.log(counted[lemma])) * rarity

    best = sorted(most, key=lambda lemma: (-weight(lemma), lemma))
    return {lemma: written[lemma] for lemma in best[:_WORDS]}


def sections_like(texts: Texts, reader: Reader) -> tuple[Result, Query]:
    """The sections with most of its telling words, without itself. Raises EngineError."""
    own = texts.shown
    words = telling_words(own, reader)
    query = replace(_query(reader, own.language), text=" ".join(words.values()), page_size=SHOWN + 1)
    result = engine().search(query)
    hits = [hit for hit in result.hits if not _same(hit.document, own)][:SHOWN]
    # Its own words say nothing about a time limit or an institution that is asked for.
    hits = [replace(hit, answer=()) for hit in hits]
    return in_own_language(replace(result, hits=tuple(hits)), query, reader), query


def _same(one: Document, other: Document) -> bool:
    return (one.instrument, one.uid) == (other.instrument, other.uid)


def counterparts(texts: Texts, reader: Reader) -> list[Document]:
    """The best answering section of each other country, best first, in the reader's language where there is
    one. It is found by its telling words in each of its languages, and by their translations in others.

    A country without a section that shares enough of them is left out. Raises EngineError.
    """
    own, query = texts.shown, _across(texts, reader)
    everywhere = engine().search(replace(query, page_size=1, facets=("country",)))
    floor = _ALIKE * max((hit.score for hit in everywhere.hits), default=0.0)
    found: list[tuple[float, Document]] = []
    for country in everywhere.facets["country"]:
        if country.value == own.country:
            continue
        filters = {**query.filters, "country": frozenset({country.value})}
        one = replace(query, filters=filters, page_size=1)
        result = engine().search(one)
        if result.hits and result.hits[0].score >= floor:
            score = result.hits[0].score
            found.append((score, in_own_language(result, one, reader).hits[0].document))
    found.sort(key=lambda pair: -pair[0])
    return [document for _, document in found]


def _across(texts: Texts, reader: Reader) -> Query:
    """The telling words of a section in each family of languages."""
    own = texts.shown
    words = telling_words(own, reader)
    text = " ".join(words.values())
    across: dict[str, tuple[tuple[tuple[str, float], ...], ...]] = {}
    for document in texts.by_language.values():
        family = family_of(document.language)
        if family != family_of(own.language) and family not in across:
            across[family] = tuple(((lemma, 1.0),) for lemma in telling_words(document, reader))
    known = translate_query(text, (own.language, *_others(own.language, reader.languages)))
    for family, translated in known.words.items():
        across.setdefault(family, translated)
    query = replace(_query(reader, own.language), text=text, across=across)
    return replace(query, synonyms=synonyms(query))


def _others(language: str, languages: Iterable[str]) -> list[str]:
    return [other for other in languages if other != language]
