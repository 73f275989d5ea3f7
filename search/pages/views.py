"""The search page."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import asdict, replace
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import get_language
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from documents.pages.decorators import door, referrer
from search.engines.base import EngineError, IndexMissing
from search.engines.ranking import DEEPEST
from search.pages.autocomplete import suggestions
from search.pages.facets import Facet, Names, documents_facet, facets_of, sort_names
from search.pages.help_box import help_box
from search.pages.limits import MOST_WORDS, PAGES, SUGGESTIONS, first_words, too_often
from search.pages.params import LONGEST, SORTS, SearchParams, parse_params
from search.pages.query_summary import summarise_query
from search.pages.question_phrases import asks_whom_to_call
from search.pages.result_groups import Group, group_hits
from search.pages.service import BESIDE, ON_A_PAGE, Found, Reader, reader_of, run_search
from search.pages.spelling_suggestions import apply_correction
from search.pages.zero_results import count_zero_result
from theme.helplines import helplines, numbers_url


@cache_control(private=True, no_store=True)
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """What was asked for, and what was found of it; without a question, how to ask. On the public host whom
    to call stands first, in every language of readers.

    No cache stores it, on neither host: rights may end between two requests, and no phone should remember
    the words.
    """
    tag = getattr(request, "LANGUAGE_CODE", settings.LANGUAGE_CODE)
    if request.public and (spoken := referrer(request)):
        query = request.GET.copy()
        del query["from"]
        there = reverse_in(spoken)
        return HttpResponseRedirect(f"{there}?{query.urlencode()}" if query else there)
    if request.public and tag not in settings.KODEKS_OFFICE_LANGUAGES:
        return page_for_readers(request, tag)
    return page_of_documents(request)


def reverse_in(tag: str) -> str:
    """The address of the search in a language."""
    with translation.override(tag):
        return reverse("search:page")


def page_for_readers(request: HttpRequest, tag: str) -> HttpResponse:
    """The search in a language that no document is in: whom to call, pages of help, titles of documents."""
    params = parse_params(request.GET)
    params = replace(params, home=params.home or _one_country(params))
    groups: list[Group] = []
    if params.anything and not too_often(request, "page", PAGES):
        reader = reader_of(request, settings.LANGUAGE_CODE, params.home)
        with suppress(EngineError):
            groups = group_hits(run_search(params, reader), params, reader, settings.LANGUAGE_CODE)
    context = {
        "asked": params,
        "longest": LONGEST,
        "groups": groups,
        "help": help_box(request, params.words, tag, params.home),
    }
    response = render(request, "search/for_readers.html", context)
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


@door
def page_of_documents(request: HttpRequest) -> HttpResponse:
    """The search in a language of documents."""
    params = parse_params(request.GET)
    if request.public:
        # Who has chosen a country keeps it, in addresses alone; in the office it is that of the institution.
        params = replace(params, home=params.home or _one_country(params))
    context: dict[str, Any] = {"asked": params, "longest": LONGEST}
    tag = get_language() or "en"
    if request.public:
        context["help"] = help_box(request, params.words, tag, params.home)
        context["is_folded"] = params == replace(SearchParams(words=params.words), home=params.home)
    # Once for the page: a section has two links below it, and working one out takes long.
    context["search_url"] = reverse("search:page")
    if params.anything and too_often(request, "page", PAGES):
        context["down"] = "often"
    elif params.anything:
        reader = reader_of(request, tag, params.home if request.public else "")
        context.setdefault("help", _who_to_call(request, params, reader, tag))
        fewer = first_words(params.words, reader.languages[0])
        if fewer != params.words:
            params = replace(params, words=fewer)
            context |= {"asked": params, "most_words": MOST_WORDS}
        try:
            found = run_search(params, reader)
            is_first = request.method == "GET" and params.page == 1 and not _narrowed(params)
            if is_first and not (found.total or found.elsewhere):
                count_zero_result(request, params.words)
            # What was put right is what all other addresses go on from; the field keeps what was typed.
            going_on = replace(params, words=found.corrected or params.words)
            context |= _found(going_on, params.words, reader, found, tag)
            if not found.total:
                country = reader.country or _one_country(params)
                context |= {"helplines": helplines(tag, country), "numbers_url": numbers_url(tag)}
            if not request.public:
                # Mails look for what was put right, too, and for nothing that was not found.
                context["save_url"] = reverse("saved:new") + going_on.address()
        except EngineError as error:
            context["down"] = "missing" if isinstance(error, IndexMissing) else "away"
    response = render(
        request, "search/page.html", context, status=429 if context.get("down") == "often" else 200
    )
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _who_to_call(request: HttpRequest, params: SearchParams, reader: Reader, tag: str) -> str:
    """In the office, for whoever asks for that."""
    if params.page > 1 or not asks_whom_to_call(params.words):
        return ""
    return help_box(request, params.words, tag, _one_country(params) or reader.country)


@cache_control(private=True, no_store=True)
@door
def suggest(request: HttpRequest) -> JsonResponse:
    """What may be meant by what is being typed, by kind, for the list under the field."""
    params = parse_params(request.GET)
    tag = get_language() or "en"
    stopped = too_often(request, "suggest", SUGGESTIONS)
    try:
        reader = reader_of(request, tag, params.home if request.public else "")
        found = [] if stopped else suggestions(params, reader, tag)
    except EngineError:
        found = []
    groups = [{"name": group.name, "items": [asdict(item) for item in group.items]} for group in found]
    response = JsonResponse(
        {"groups": groups}, json_dumps_params={"ensure_ascii": False}, status=429 if stopped else 200
    )
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _found(params: SearchParams, typed: str, reader: Reader, found: Found, tag: str) -> dict[str, Any]:
    result = found.result
    groups = group_hits(found, params, reader, tag)
    names = Names(one.value for one in found.facets["institution"])
    facets = facets_of(params, found.facets, names)
    others = documents_facet(params, result.facets["instrument"], tag, reader)
    pages = Paginator(range(min(result.total, DEEPEST)), ON_A_PAGE)
    summary = summarise_query(found, params, reader.languages[0], groups)
    countries = {group.edition.instrument.country_id for group in groups}
    chosen = _chosen([*facets, others] if others else facets)
    return {
        "found": found,
        "total": found.total,
        "documents": len(result.facets["instrument"]),
        "groups": [group for group in groups if not group.abroad],
        "abroad": [group for group in groups if group.abroad],
        "home": names.country(found.query.home) if found.query.side else "",
        "home_url": params.address(abroad=False),
        "abroad_url": params.address(abroad=True),
        "more_abroad": max(0, found.abroad_total - BESIDE),
        "names": names,
        "facets": [*facets, others] if others else facets,
        "chosen": chosen,
        "narrowings": len(chosen) + bool(params.on),
        "page": pages.get_page(params.page),
        "summary": summary,
        "phrase_url": params.address(words=summary.as_phrase) if summary.as_phrase else "",
        "shown_for": found.corrected,
        "unknown": [
            (word, params.address(words=apply_correction(params.words, word)) if word.meant else "")
            for word in found.unknown
        ],
        "unknown_words": ", ".join(word.typed for word in found.unknown),
        "exact_url": params.address(words=typed, exact=True),
        "narrowed": _has_more_without_filters(params, found),
        "all_url": SearchParams(words=params.words).address(status=()),
        "across_url": params.address(across=True, exact=False) if params.words else "",
        "typed_only_url": params.address(across=False, typed_only=True),
        "every_state_url": params.address(status=()),
        "feed_url": _feed_of_all(params),
        "today_url": params.on_day(None),
        "sorts": [
            (name, params.sort == key, params.address(sort=key))
            for key, name in zip(SORTS, sort_names(), strict=True)
        ],
        "footnotes": [
            country.footnote
            for code, country in names.countries.items()
            if code in countries and country.footnote
        ],
    }


def _one_country(params: SearchParams) -> str:
    """The country that was chosen, where it is one."""
    chosen = params.filters.get("country", ())
    return chosen[0] if len(chosen) == 1 else ""


def _feed_of_all(params: SearchParams) -> str:
    """The feed of public texts: a program that reads feeds can't sign in."""
    path = reverse("search:feed", urlconf=settings.PUBLIC_URLCONF)
    return f"{settings.PUBLIC_BASE_URL}{path}{params.address()}"


def _narrowed(params: SearchParams) -> bool:
    """Whether more was asked than words: then it says little that nothing was found."""
    return bool(
        params.address()
        != SearchParams(
            words=params.words,
            exact=params.exact,
            sort=params.sort,
            across=params.across,
            home=params.home,
        ).address()
    )


def _has_more_without_filters(params: SearchParams, found: Found) -> bool:
    """Whether more may be found without filters. For the state alone the counts say so."""
    others = any(values for facet, values in params.filters.items() if facet != "status")
    return bool(others or params.document or params.on or found.elsewhere)


def _chosen(facets: list[Facet]) -> list[Any]:
    return [choice for facet in facets for choice in facet.choices if choice.chosen]
