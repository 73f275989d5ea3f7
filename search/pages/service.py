"""Search for a reader: from the parameters of the page to results under their access keys."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import takewhile
from typing import Any, Final

from django.http import HttpRequest

from documents.access.rights import reader_keys
from documents.display import language as display_language
from documents.models import Edition
from people.access import memberships
from people.models import Country
from search.analysis import family_of
from search.cross_language import QueryTranslation, known_once, synonyms, translate_query, written
from search.engines.base import FacetCount, Hit, Query, Result, Sort
from search.engines.plan import Group, make_plan, split_query, tag, without_stopwords
from search.engines.ranking import rarity_of
from search.factory import analyser, engine
from search.outbox import denied_editions
from search.pages.page_languages import reading_languages
from search.pages.params import FILTERS, SearchParams
from search.pages.question_phrases import sought
from search.pages.spelling_suggestions import Unknown, corrected, lemmas_of, unknown_terms

ON_A_PAGE: Final = 24
ENOUGH: Final = 10
"""With so many results nobody needs those in other languages."""
BESIDE: Final = 8
"""So many results of other countries are folded next to the first page."""
_AT_HOME: Final = 3
SORTS: Final[Mapping[str, Sort]] = {"relevance": "relevance", "newest": "newest", "oldest": "oldest"}
_COUNTED: Final = (*FILTERS, "instrument", "edition")


@dataclass(frozen=True)
class Reader:
    """The reader: their keys, computed for this request, their languages by preference, and their
    institution's country (or empty)."""

    keys: frozenset[str]
    user_id: int | None
    languages: tuple[str, ...]
    country: str = ""

    def editions(self) -> Any:
        """The editions that they may read, by the database's own word: the index must never say more."""
        return self._editions.all()

    @cached_property
    def _editions(self) -> Any:
        plain = frozenset(key for key in self.keys if "@" not in key)
        return Edition.objects.readable_with(plain, self.user_id)


@dataclass(frozen=True)
class Found:
    """``result``: the hits, in the reader's country where they have one. ``abroad``: the best of other
    countries, next to the first page. ``loose``: no text shown has all the words. ``elsewhere``: how many
    texts of other states have the words, where those in force have not. ``corrected``: nothing had the
    words as they were typed, and these have what was probably meant. ``unknown``: words that no text has in
    any form. The hits have the others, or words that begin like them. ``across``: too few texts had the
    words as typed, so their translations were looked for as well. ``at_home``: what is shown of the
    reader's country has less of the words than what was found elsewhere. ``by_words``: what only begins
    like the words is left out. ``translated``: what was looked for in the other languages, where it was.
    ``synonyms``: by word, what else was looked for in the reader's language, as it is written."""

    result: Result
    query: Query
    loose: bool = False
    elsewhere: int = 0
    corrected: str = ""
    unknown: tuple[Unknown, ...] = ()
    across: bool = False
    abroad: Result | None = None
    at_home: bool = False
    by_words: bool = False
    translated: QueryTranslation | None = None
    synonyms: tuple[tuple[str, ...], ...] = ()

    @property
    def facets(self) -> Mapping[str, tuple[FacetCount, ...]]:
        return self.result.facets

    @property
    def hits(self) -> tuple[Hit, ...]:
        """All hits of the page, those of the reader's country first."""
        return (*self.result.hits, *(self.abroad.hits if self.abroad else ()))

    @property
    def abroad_total(self) -> int:
        """How many sections of other countries were found in addition to the reader's."""
        if self.abroad is not None:
            return self.abroad.total
        counted = self.facets.get("country", ())
        other = sum(count.count for count in counted if count.value != self.query.home)
        return other if self.query.side == "home" else 0

    @property
    def total(self) -> int:
        return self.result.total + self.abroad_total


def reader_of(request: HttpRequest, tag: str, home: str = "") -> Reader:
    """The reader of a request on a page in the language ``tag``. On the public host their country is the
    ``home`` of the address, if it is one of Kodeks."""
    reader = reader_for(request.user, tag)
    if home and not reader.country and Country.objects.filter(pk=home).exists():
        return replace(reader, country=home)
    return reader


def reader_for(user: Any, tag: str) -> Reader:
    """Somebody with the rights that they have now."""
    countries = [membership.institution.country_id for membership in memberships(user)]
    country = countries[0] if countries else ""
    return Reader(reader_keys(user), getattr(user, "pk", None), reading_languages(tag), country)


def query_of(params: SearchParams, reader: Reader) -> Query:
    """The query for the engine. By date it leaves out what only begins like a word."""
    by_date = SORTS[params.sort] != "relevance"
    as_typed = params.exact or params.typed_only
    words = params.words if as_typed else sought(params.words, reader.languages, analyser())
    query = Query(
        text=words,
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
        relatives=not (by_date and split_query(words).words),
        folded=True,
    )
    if reader.country and not (params.document or params.filters.get("country")):
        query = replace(query, home=reader.country, side="abroad" if params.abroad else "home")
    return _in_others(query, translate_query(words, reader.languages)) if params.across else query


def _in_others(query: Query, known: QueryTranslation) -> Query:
    """The same query, asked in the other languages too."""
    return replace(query, across=known.words, across_phrases=known.phrases, across_excluded=known.excluded)


def run_search(params: SearchParams, reader: Reader, *, relatives: bool = True, slips: bool = True) -> Found:
    """Search in one ranking: texts with all the words, with most of them by how rare they are, with
    synonyms. Where that is little, in the other languages too. Where it is nothing, with slips corrected.
    By date a text needs all the words, or most of more than three.

    Texts with only a related word, or fewer by date, are found where nothing else is. With ``relatives``
    false they never are. With ``slips`` false no word is put right.

    Raises EngineError.
    """
    with known_once():
        return _run(params, reader, relatives=relatives, slips=slips)


def _run(params: SearchParams, reader: Reader, *, relatives: bool, slips: bool) -> Found:
    query = query_of(params, reader)
    query = replace(query, relatives=False) if params.words else query
    ranked = query.sort == "relevance" and relatives and bool(params.words)
    found = _found(_weighed(query, params) if ranked else query, params)
    if relatives and not found.total and params.words:
        found = _found(_weighed(replace(query, relatives=True), params), params)
    found = _with_slips(params, found) if params.words and slips else found
    as_typed = params.exact or params.typed_only or split_query(params.words).phrases
    if params.words and not (as_typed or params.across) and found.total < ENOUGH:
        found = _across(params, reader, found)
    elif params.across:
        found = replace(found, translated=translate_query(found.query.text, reader.languages))
    return _presented(
        replace(found, by_words=query.sort != "relevance" and not found.query.relatives), reader
    )


def _weighed(query: Query, params: SearchParams) -> Query:
    """With synonyms and with how rare each word is among the texts that the reader may find."""
    if not params.exact:
        query = replace(query, synonyms=synonyms(query))
    counted = engine().frequencies(query)
    return replace(query, rarity=rarity_of(counted))


def _found(query: Query, params: SearchParams) -> Found:
    result = engine().search(query)
    found = Found(result, query)
    states = result.facets["status"]
    elsewhere = sum(count.count for count in states) if params.words and not found.total else 0
    return replace(found, elsewhere=elsewhere)


def _with_slips(params: SearchParams, found: Found) -> Found:
    """What is meant, where nothing has the words as they were typed; else which of them nothing has."""
    query = found.query
    if found.total:
        plain = not params.across
        unknown = unknown_terms(query, found.result.hits, engine()) if plain else ()
        meant = _all_meant(query, unknown)
    else:
        unknown = ()
        as_typed = replace(query, across={}, across_phrases={}, across_excluded={})
        meant = "" if found.elsewhere else corrected(as_typed, engine())
    if meant and not params.exact:
        better = _found(_weighed(replace(query, text=meant), params), params)
        if better.total:
            return replace(better, corrected=meant)
    return replace(found, unknown=unknown)


def _across(params: SearchParams, reader: Reader, found: Found) -> Found:
    """Also in the other languages, where what the words are there is known."""
    known = translate_query(found.query.text, reader.languages)
    if not known or found.elsewhere:
        return found
    wider = _found(_weighed(_in_others(found.query, known), params), params)
    if wider.total <= found.total:
        return found
    return replace(found, result=wider.result, query=wider.query, across=True, translated=known, elsewhere=0)


def _presented(found: Found, reader: Reader) -> Found:
    """With the best of other countries next to the first page, and each hit in the reader's language."""
    found = _at_home(found) if found.query.side == "home" and not found.result.total else found
    query = found.query
    abroad: Result | None = None
    if query.side == "home" and found.abroad_total:
        first = replace(query, side="abroad", page=1, page_size=BESIDE, facets=())
        abroad = engine().search(first)
        abroad = replace(abroad, hits=abroad.hits if query.page == 1 else ())
    found = replace(found, abroad=abroad)
    loose = bool(found.hits) and query.sort == "relevance" and not _any_has_all(found)
    return replace(
        found,
        result=in_own_language(found.result, query, reader),
        abroad=in_own_language(abroad, query, reader) if abroad else None,
        loose=loose,
        unknown=_not_understood(found),
        synonyms=_synonyms_of_page(query, reader),
    )


def _not_understood(found: Found) -> tuple[Unknown, ...]:
    """The unknown words without those for which synonyms or translations were looked for."""
    understood = {tag(family, lemma) for family, ways in found.query.synonyms.items() for lemma in ways}
    pairs = found.translated.pairs if found.translated else ()
    understood.update(tag(pair.source_family, pair.word) for pair in pairs)
    return tuple(
        one
        for one in found.unknown
        if not any(lemmas_of(one.typed, language) & understood for language in found.query.languages)
    )


def _synonyms_of_page(query: Query, reader: Reader) -> tuple[tuple[str, ...], ...]:
    family = family_of(reader.languages[0])
    found = query.synonyms.get(family, {}).values()
    by_word = (tuple(dict.fromkeys(written(tokens, family) for tokens, _ in ways)) for ways in found)
    return tuple(dict.fromkeys(by_word))


def _at_home(found: Found) -> Found:
    """Where only other countries answer, also texts with fewer of the words in the reader's. Their rules
    precede another country's."""
    if not (found.abroad_total and found.query.rarity):
        return found
    query = replace(found.query, lenient=True)
    result = engine().search(replace(query, facets=(), page=1, page_size=_AT_HOME))
    hits = result.hits
    return replace(found, result=replace(found.result, hits=hits, total=len(hits)), at_home=bool(hits))


def in_own_language(result: Result, query: Query, reader: Reader) -> Result:
    """The hits in the reader's language or the nearest to it, where the index has such a text."""
    understood = [language for language, _ in display_language.reading_order(reader.languages[0])]
    wanted = {
        hit.document.id: [
            f"{hit.document.edition}-{hit.document.uid}-{language}"
            for language in takewhile(hit.document.language.__ne__, understood)
        ]
        for hit in result.hits
    }
    if not any(wanted.values()):
        return result
    known = engine().sections(query, [one for ids in wanted.values() for one in ids])

    def shown(hit: Hit) -> Hit:
        other = next((known[one] for one in wanted.get(hit.document.id, ()) if one in known), None)
        if other is None:
            return hit
        return replace(other, score=hit.score, found_in="" if other.has else hit.document.language)

    return replace(result, hits=tuple(map(shown, result.hits)))


def _any_has_all(found: Found) -> bool:
    """Whether a text that is shown has each of the words, or what may stand for it. A language into which
    only some of the words can be translated does not count."""
    groups = make_plan(found.query, analyser()).groups
    most = max((len(group.words) for group in groups), default=0)

    def has_all(hit: Hit, group: Group) -> bool:
        return len(group.words) == most and all(
            any(group.tagged(token) in hit.has for one in word.all for token in one.phrase or (one.lemma,))
            for word in group.words
        )

    return any(has_all(hit, group) for hit in found.hits for group in groups)


def _all_meant(query: Query, unknown: tuple[Unknown, ...]) -> str:
    """The probable meaning where no text has any of the words that matter. Each is a slip of an existing one.
    The hits then only begin like them. Else empty."""
    typed = split_query(query.text)
    meant = {one.typed: one.meant for one in unknown}
    telling = without_stopwords(typed.words, query.languages, analyser())
    if not meant or typed.phrases or typed.excluded or not all(meant.get(word) for word in telling):
        return ""
    return " ".join(meant.get(word, word) for word in typed.words)


def editions_found(params: SearchParams, reader: Reader) -> frozenset[int]:
    """The editions that have the words, not only words that begin alike. Raises EngineError."""
    found = engine().search(replace(query_of(params, reader), relatives=False, side=""))
    return frozenset(int(count.value) for count in found.facets["edition"])
