"""The search page."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.cache import cache_control

from documents.pages.decorators import door, referrer
from search.engines import EngineError, IndexMissing
from search.engines.ranking import DEEPEST
from search.pages.autocomplete import suggestions
from search.pages.facets import Facet, Names, documents_facet, facets_of, sort_names
from search.pages.params import LONGEST, SORTS, SearchParams, parse_params
from search.pages.query_summary import summarise_query
from search.pages.result_groups import group_hits
from search.pages.service import ON_A_PAGE, Found, Reader, look, reader_of
from search.pages.spelling_suggestions import apply_correction
from search.saved.zero_results import count_zero_result


@cache_control(private=True, no_store=True)
@door
def page(request: HttpRequest) -> HttpResponse:
    """What was asked for, and what was found of it; without a question, how to ask.

    Kept by no cache, on neither host: rights may end between two requests, and nobody's phone is to remember
    the words.
    """
    asked = parse_params(request.GET)
    context: dict[str, Any] = {"asked": asked, "longest": LONGEST, "referrer": referrer(request)}
    if asked.anything:
        tag = get_language() or "en"
        reader = reader_of(request, tag)
        try:
            found = look(asked, reader)
            if request.method == "GET" and not (found.result.total or found.elsewhere or _narrowed(asked)):
                count_zero_result(asked.words)
            # What was put right is what all other addresses go on from; the field keeps what was typed.
            going_on = replace(
                asked, words=found.corrected or asked.words, across=asked.across or found.across
            )
            context |= _found(going_on, asked.words, reader, found, tag)
            context["asked"] = replace(asked, across=going_on.across)
            if not request.public:
                # Mails look for what was put right, too, and for nothing that was not found.
                context["save_url"] = reverse("saved:new") + going_on.address()
        except EngineError as error:
            context["down"] = "missing" if isinstance(error, IndexMissing) else "away"
    response = render(request, "search/page.html", context)
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


@cache_control(private=True, no_store=True)
@door
def suggest(request: HttpRequest) -> JsonResponse:
    """Whole queries that may be meant by what is being typed, for the list under the field."""
    asked = parse_params(request.GET)
    try:
        found = suggestions(asked, reader_of(request, get_language() or "en"))
    except EngineError:
        found = []
    response = JsonResponse({"suggestions": found}, json_dumps_params={"ensure_ascii": False})
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _found(asked: SearchParams, typed: str, reader: Reader, found: Found, tag: str) -> dict[str, Any]:
    result = found.result
    groups = group_hits(result.hits, result.facets["edition"], asked, reader, tag, fewer=found.fewer)
    names = Names(one.value for one in found.facets["institution"])
    facets = facets_of(asked, found.facets, names)
    beside = documents_facet(asked, result.facets["instrument"], tag, reader)
    pages = Paginator(range(min(result.total, DEEPEST)), ON_A_PAGE)
    said = summarise_query(asked.words, reader.languages[0], groups)
    countries = {group.edition.instrument.country_id for group in groups}
    chosen = _chosen([*facets, beside] if beside else facets)
    return {
        "found": found,
        "total": result.total,
        "documents": len(result.facets["instrument"]),
        "groups": groups,
        "names": names,
        "facets": [*facets, beside] if beside else facets,
        "chosen": chosen,
        "narrowings": len(chosen) + bool(asked.on),
        "page": pages.get_page(asked.page),
        "said": said,
        "phrase_url": asked.address(words=said.as_phrase) if said.as_phrase else "",
        "shown_for": found.corrected,
        "unknown": [
            (word, asked.address(words=apply_correction(asked.words, word)) if word.meant else "")
            for word in found.unknown
        ],
        "exact_url": asked.address(words=typed, exact=True),
        "narrowed": _has_more_without_filters(asked, found),
        "all_url": SearchParams(words=asked.words).address(status=()),
        # Where it was gone over to by itself, only who insists comes back.
        "across_url": asked.address(across=not asked.across, exact=asked.exact or found.across)
        if asked.words
        else "",
        "every_state_url": asked.address(status=()),
        "feed_url": _feed_of_all(asked),
        "today_url": asked.on_day(None),
        "sorts": [
            (name, asked.sort == key, asked.address(sort=key))
            for key, name in zip(SORTS, sort_names(), strict=True)
        ],
        "footnotes": [
            country.footnote
            for code, country in names.countries.items()
            if code in countries and country.footnote
        ],
    }


def _feed_of_all(asked: SearchParams) -> str:
    """The address of the feed of what everybody may read, on the public host: a program that reads feeds
    can't sign in."""
    path = reverse("search:feed", urlconf=settings.PUBLIC_URLCONF)
    return f"{settings.PUBLIC_BASE_URL}{path}{asked.address()}"


def _narrowed(asked: SearchParams) -> bool:
    """Whether more was asked than words: then it says little that nothing was found."""
    return bool(
        asked.address()
        != SearchParams(words=asked.words, exact=asked.exact, sort=asked.sort, across=asked.across).address()
    )


def _has_more_without_filters(asked: SearchParams, found: Found) -> bool:
    """Whether more may be found without any filter. Of the state alone it is known: the other states were
    counted."""
    others = any(values for facet, values in asked.filters.items() if facet != "status")
    return bool(others or asked.document or asked.on or found.elsewhere)


def _chosen(facets: list[Facet]) -> list[Any]:
    return [choice for facet in facets for choice in facet.choices if choice.chosen]
