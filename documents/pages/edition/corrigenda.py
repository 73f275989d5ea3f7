"""The corrigenda of an edition, and each at an address of its own, for good."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from documents.display import links
from documents.display.acts import describe_acts
from documents.display.language import name_of
from documents.models import Corrigendum
from documents.pages import lookup
from documents.pages.decorators import door, referrer
from documents.pages.edition.page import EditionPage
from people.access import may
from people.roles import Verb
from theme import locales


@door
def listed(request: HttpRequest, country: str, slug: str, number: int) -> HttpResponse:
    """Every corrigendum that was recorded; for those who may propose one, what was proposed and waits."""
    page = _page(request, country, slug, number)
    corrects = not request.public and may(request.user, Verb.CORRECT, page.edition)
    waiting: list[Corrigendum] = []
    if corrects:
        waiting = list(
            Corrigendum.objects.waiting().filter(edition=page.edition).select_related("proposed_by")
        )
    context = {
        "page": page,
        "rows": [_row(page, one) for one in page.corrected.known],
        "waiting": [
            {"row": _row(page, one), "url": reverse("desk:corrigendum", args=[one.pk]), "one": one}
            for one in waiting
        ],
        "corrects": corrects,
        "referrer": referrer(request),
    }
    return render(request, "documents/edition/corrigenda.html", context)


@door
def one(request: HttpRequest, country: str, slug: str, number: int, corrigendum: int) -> HttpResponse:
    """One corrigendum: its words and reason, its acts, from when it holds, its check number."""
    page = _page(request, country, slug, number)
    found = next((one for one in page.corrected.known if one.number == corrigendum), None)
    if found is None:
        raise Http404
    context = {"page": page, "row": _row(page, found), "one": found, "referrer": referrer(request)}
    return render(request, "documents/edition/corrigendum.html", context)


def _page(request: HttpRequest, country: str, slug: str, number: int) -> EditionPage:
    editions = lookup.editions_of(request.user, country, slug)
    return EditionPage(request, lookup.by_number(editions, number), editions)


def _row(page: EditionPage, one: Corrigendum) -> dict[str, Any]:
    """A corrigendum as both pages show it, in the script of the text."""
    own = page.text.language == one.language
    convert = page.text.script.convert if own else str
    entry = next((entry for entry in page.contents if entry.uid == str(one.uid)), None)
    query = {"text": one.language} if not own else page.text.query
    return {
        "one": one,
        "section": entry.name if entry else "",
        "section_url": links.section_url(page.edition, one.uid, **query),
        "url": links.corrigendum_url(page.edition, one.number, **page.text.query) if one.number else "",
        "prefix": convert(one.prefix),
        "exact": convert(one.exact),
        "words": convert(one.words),
        "suffix": convert(one.suffix),
        "lang": page.text.html_lang if own else locales.html_lang(one.language),
        "language_name": name_of(one.language),
        "acts": describe_acts(page.edition, list(one.acts.all())),
    }
