"""Search for a reader: from the parameters of the page to results under their access keys."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from django.http import HttpRequest

from documents.access import reader_keys
from documents.models import Edition
from search.cross_language import QueryTranslation, translate_query
from search.engines.base import Engine, FacetCount, Hit, Query, Result, Sort
from search.engines.plan import split_query, without_stopwords
from search.factory import analyser, engine
from search.outbox import denied_editions
from search.pages.page_languages import reading_languages
from search.pages.params import FILTERS, SearchParams
from search.pages.spelling_suggestions import Unknown, corrected, unknown_terms

ON_A_PAGE: Final = 24
ENOUGH: Final = 10
"""With so many results nobody needs more."""
SORTS: Final[Mapping[str, Sort]] = {"relevance": "relevance", "newest": "newest", "oldest": "oldest"}
_COUNTED: Final = (*FILTERS, "instrument", "edition")


@dataclass(frozen=True)
class Reader:
    """The reader: their keys, computed for this request, and their languages in order of preference."""

    keys: frozenset[str]
    user_id: int | None
    languages: tuple[str, ...]

    def editions(self) -> Any:
        """The editions that they may read, by the database's own word: the index must never say more."""
        plain = frozenset(key for key in self.keys if "@" not in key)
        return Edition.objects.readable_with(plain, self.user_id)


@dataclass(frozen=True)
class Found:
    """``loose``: nothing had all the words, and these have some of them. ``elsewhere``: how many texts of
    other states have all the words, where those in force have not. ``corrected``: nothing had the words as
    they were typed, and these have what was probably meant. ``unknown``: words that no text has in any form,
    though something was found for the others or for words that begin like them. ``across``: nothing had the
    words as they were typed, and these have them in translation. ``fewer``: what has fewer of the words,
    where the results are only a few; in no count. ``by_words``: what only begins like the words is left out.
    ``translated``: what was looked for in the other languages, where it was."""

    result: Result
    loose: bool
    elsewhere: int
    corrected: str = ""
    unknown: tuple[Unknown, ...] = ()
    across: bool = False
    fewer: tuple[Hit, ...] = ()
    by_words: bool = False
    translated: QueryTranslation | None = None

    @property
    def facets(self) -> Mapping[str, tuple[FacetCount, ...]]:
        return self.result.facets


def reader_of(request: HttpRequest, tag: str) -> Reader:
    """The reader of a request on a page in the language ``tag``."""
    return reader_for(request.user, tag)


def reader_for(user: Any, tag: str) -> Reader:
    """Somebody with the rights that they have now."""
    return Reader(reader_keys(user), getattr(user, "pk", None), reading_languages(tag))


def query_of(params: SearchParams, reader: Reader) -> Query:
    """The query for the engine. By date it leaves out what only begins like a word."""
    return _query_and_translation(params, reader)[0]


def _query_and_translation(params: SearchParams, reader: Reader) -> tuple[Query, QueryTranslation | None]:
    """The query, and what is looked for in the other languages where it is one across them."""
    by_date = SORTS[params.sort] != "relevance"
    query = Query(
        text=params.words,
        keys=reader.keys,
        languages=reader.languages,
        filters={facet: frozenset(values) for facet, values in params.filters.items() if values},
        denied=denied_editions(),
        instrument=params.document,
        in_force_on=params.on,
        facets=_COUNTED,
        sort=SORTS[params.sort],
        page=params.page,
        page_size=ON_A_PAGE,
        relatives=not (by_date and split_query(params.words).words),
    )
    if not params.across:
        return query, None
    known = translate_query(params.words, reader.languages)
    return _in_others(query, known), known


def _in_others(query: Query, known: QueryTranslation) -> Query:
    """The same query, asked in the other languages too."""
    return replace(query, across=known.words, across_phrases=known.phrases, across_excluded=known.excluded)


def _again(params: SearchParams, reader: Reader, query: Query, words: str, *, loose: bool = False) -> Query:
    """The query of what is asked for, for other words."""
    other = replace(query, text=words, loose=loose)
    return _in_others(other, translate_query(words, reader.languages)) if params.across else other


def run_search(params: SearchParams, reader: Reader, *, relatives: bool = True) -> Found:
    """Search, and try again where too little was found.

    In this order, until something is found: the query as typed; with slips corrected; in the other languages;
    with any of the words. Where few texts have all words, those with some of them come after. By date, texts
    that only have a related word are found only where none has the word itself, and never with ``relatives``
    false.

    Raises EngineError.
    """
    query, known = _query_and_translation(params, reader)
    query = query if relatives else replace(query, relatives=False)
    result = engine().search(query)
    if relatives and not (query.relatives or result.total):
        query = replace(query, relatives=True)
        result = engine().search(query)
    retry = _correct if result.total or not params.words else _retry
    found = retry(params, reader, query, result)
    found = replace(found, by_words=not query.relatives, translated=found.translated or known)
    if params.exact or found.across:
        return found
    answered = _again(params, reader, query, found.corrected) if found.corrected else query
    answered = replace(answered, loose=found.loose)
    return replace(found, fewer=partial_matches(engine(), answered, found.result))


def _correct(params: SearchParams, reader: Reader, query: Query, result: Result) -> Found:
    """What was found; or what is meant, where all that was found only begins like the words."""
    plain = params.words and not params.across
    unknown = unknown_terms(query, result.hits, engine()) if plain else ()
    if not params.exact and (meant := _all_meant(query, unknown)):
        better = engine().search(replace(query, text=meant))
        if better.total:
            return Found(better, loose=False, elsewhere=0, corrected=meant)
    return Found(result, loose=False, elsewhere=0, unknown=unknown)


def _retry(params: SearchParams, reader: Reader, query: Query, result: Result) -> Found:
    """Nothing was found: try what was meant, the other languages, any of the words."""
    searcher = engine()
    elsewhere = sum(count.count for count in result.facets["status"])
    if not (params.exact or elsewhere):
        as_typed = replace(query, across={}, across_phrases={}, across_excluded={})
        if meant := corrected(as_typed, searcher):
            better = searcher.search(_again(params, reader, query, meant))
            if better.total:
                return Found(better, loose=False, elsewhere=0, corrected=meant)
        known = None if params.across else translate_query(params.words, reader.languages)
        if known and known.words:
            other = searcher.search(_in_others(query, known))
            if other.total:
                return Found(other, loose=False, elsewhere=0, across=True, translated=known)
    typed = split_query(params.words)
    if len(typed.words) + len(typed.phrases) > 1 or " " in "".join(typed.phrases):
        wider = searcher.search(_again(params, reader, query, _without_marks(params.words), loose=True))
        if wider.total:
            return Found(wider, loose=True, elsewhere=elsewhere)
    return Found(result, loose=False, elsewhere=elsewhere)


def _all_meant(query: Query, unknown: tuple[Unknown, ...]) -> str:
    """What was probably meant, where no text has any of the words that say something and each is a slip of
    one that some have: what was found then only begins like them. Else empty."""
    typed = split_query(query.text)
    meant = {one.typed: one.meant for one in unknown}
    telling = without_stopwords(typed.words, query.languages, analyser())
    if not meant or typed.phrases or typed.excluded or not all(meant.get(word) for word in telling):
        return ""
    return " ".join(meant.get(word, word) for word in typed.words)


def _without_marks(words: str) -> str:
    """The words of phrases as single words; what is excluded stays excluded."""
    typed = split_query(words)
    return " ".join([*typed.words, *typed.phrases, *(f'-"{piece}"' for piece in typed.excluded)])


def editions_found(params: SearchParams, reader: Reader) -> frozenset[int]:
    """The editions that have the words, not only words that begin alike. Raises EngineError."""
    found = engine().search(replace(query_of(params, reader), relatives=False))
    return frozenset(int(count.value) for count in found.facets["edition"])


def partial_matches(engine: Engine, query: Query, result: Result) -> tuple[Hit, ...]:
    """The best texts that have any of a query's words and are not among its results; with these at most ten.
    They are counted in no total and no facet. One question more, under the same keys, filters and deny list,
    and that only where the results are few, the best come first and no phrase is insisted on. Raises
    EngineError.
    """
    few = 0 < result.total < min(ENOUGH, query.page_size)
    if not few or query.page > 1 or query.sort != "relevance" or query.loose:
        return ()
    typed = split_query(query.text)
    if typed.phrases or len(typed.words) < 2:
        return ()
    # Whatever has more of the words is among those that have any, so ten of these hold all that is to be
    # added.
    wider = engine.search(replace(query, loose=True, facets=(), page_size=ENOUGH + result.total))
    known = {hit.document.id for hit in result.hits}
    others = [hit for hit in wider.hits if hit.document.id not in known]
    return tuple(others[: ENOUGH - result.total])
