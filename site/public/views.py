"""The pages of the public host: nobody is signed in, only GET is answered (config.middleware)."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render

from people.models import Country
from public import addresses, voices
from public.countries import footnotes, named
from public.languages import notice, stand_in
from public.linked_data import of_campaign, of_line
from public.models import CampaignPage, HomePage
from public.models.here import Here
from public.models.pages import home_context
from public.places import FIRST_CAMPAIGN, FIRST_SERVICE, TWIN, TWINS, Place
from theme.locales import direction, html_lang

View = Callable[..., HttpResponse]

TESTED: date = tomllib.loads(Path(__file__).with_name("accessibility.toml").read_text("utf-8"))["checked"]
"""When the bench last found nothing against accessibility: that page names the day."""


def home(request: HttpRequest) -> HttpResponse:
    """The first page: as somebody wrote it in this language, else with our own words."""
    tag = request.LANGUAGE_CODE
    page = HomePage.published().filter(locale__language_code=tag).first()
    return render(request, "public/home.html", home_context(request, tag, page) | {"page": page})


def campaign(request: HttpRequest, slug: str) -> HttpResponse:
    """A campaign in the language of the address or its stand-in; a translation's own address is led to."""
    wanted = request.LANGUAGE_CODE
    by_tag = {page.tag: page for page in CampaignPage.published().filter(slug=slug)}
    if not by_tag:
        return _ended(request, slug=slug)
    page = by_tag.get(wanted)
    if page is None:
        known = next(iter(by_tag.values()))
        languages = dict(known.published_translations())
        if wanted in languages:
            path = addresses.path_of("campaign", wanted, languages[wanted])
            return HttpResponseRedirect(request.place.address(path))
        page = CampaignPage.published().get(
            translation_key=known.translation_key, locale__language_code=stand_in(wanted, languages)
        )
    request.asked = wanted
    response: Any = page.serve(request)
    if not request.place.discreet:
        tongues = [tongue.url for tongue in response.context_data["tongues"]]
        response.context_data["things"] = [of_campaign(page, tongues)]
    response.render()
    response.headers["Content-Language"] = page.tag
    answer: HttpResponse = response
    return answer


def _ended(request: HttpRequest, **which: Any) -> HttpResponse:
    """A campaign that is over answers with the numbers; what never was one is not here."""
    if not CampaignPage.objects.filter(expired=True, **which).exists():
        raise Http404
    context = {"here": Here.of(request, request.LANGUAGE_CODE)}
    return render(request, "public/ended.html", context, status=410)


def help_index(request: HttpRequest) -> HttpResponse:
    """The numbers of all countries, or of the one that was chosen."""
    here = Here.of(request, request.LANGUAGE_CODE)
    if here.chosen:
        return help_country(request, here.chosen.country.code)
    return render(request, "public/help.html", {"here": here})


def help_country(request: HttpRequest, country: str) -> HttpResponse:
    """The numbers of one country."""
    tag = request.LANGUAGE_CODE
    found = Country.objects.filter(pk=country).first()
    if found is None:
        raise Http404
    name, here = named(found, tag), Here.of(request, tag).at(country)
    context = {
        "country": name,
        "here": here,
        "voices": voices.of_lines(here.chosen.lines if here.chosen else ()),
        "footnotes": here.footnotes
        if here.chosen
        else footnotes([name, *(one.country for one in here.every)]),
        "help_url": replace(request.place, country="").address(addresses.path_of("help", tag)),
        "canonical": addresses.path_of("country", tag, country),
        "things": [
            of_line(line)
            for line in ([*here.chosen.lines, *here.chosen.emergency] if here.chosen else ())
            if not request.place.discreet
        ],
    }
    return render(request, "public/help_country.html", context)


@dataclass(frozen=True)
class Excerpt:
    """The blocks of one kind of a campaign, for a page that shows them of all campaigns."""

    page: CampaignPage
    blocks: list[Any]
    elsewhere: bool
    """Whether it is not in the language of the page."""

    @property
    def html_lang(self) -> str:
        return html_lang(self.page.tag)

    @property
    def direction(self) -> str:
        return direction(self.page.tag)


def _excerpts(tag: str, kind: str) -> Iterator[Excerpt]:
    for page in CampaignPage.in_language(tag):
        if blocks := [block for block in page.body if block.block_type == kind]:
            yield Excerpt(page, blocks, page.tag != tag)


def signs(request: HttpRequest) -> HttpResponse:
    """The signs of all campaigns."""
    tag = request.LANGUAGE_CODE
    context = {"excerpts": list(_excerpts(tag, "signs")), "here": Here.of(request, tag)}
    return render(request, "public/signs.html", context)


def before(request: HttpRequest) -> HttpResponse:
    """How to prepare, from all campaigns; the check of an offer first."""
    tag = request.LANGUAGE_CODE
    context = {
        "checks": [page for page in CampaignPage.in_language(tag) if page.has_check],
        "excerpts": list(_excerpts(tag, "prepare")),
        "here": Here.of(request, tag),
    }
    return render(request, "public/before.html", context)


def privacy(request: HttpRequest) -> HttpResponse:
    """What the button that leaves can't hide, and what the site keeps: nothing."""
    return render(request, "public/privacy.html", {"here": Here.of(request, request.LANGUAGE_CODE)})


def erase(request: HttpRequest) -> HttpResponse:
    """How to delete one page, a call and a message from a phone or computer."""
    return render(request, "public/erase.html", {"here": Here.of(request, request.LANGUAGE_CODE)})


def about(request: HttpRequest) -> HttpResponse:
    """Who runs the site: as the first page of the language says it, or of the one that stands in."""
    tag = request.LANGUAGE_CODE
    written = {page.tag: page for page in HomePage.published().exclude(about="")}
    page = written.get(stand_in(tag, written) or "")
    context = {
        "page": page,
        "notice": notice(tag, page.tag) if page else None,
        "here": Here.of(request, tag),
    }
    return render(request, "public/about.html", context)


def accessibility(request: HttpRequest) -> HttpResponse:
    context = {"tested": TESTED, "here": Here.of(request, request.LANGUAGE_CODE)}
    return render(request, "public/accessibility.html", context)


NUMBERED: dict[int, View] = {
    TWINS[path]: view
    for path, view in {
        "": home,
        "help/": help_index,
        "signs/": signs,
        "before/": before,
        "privacy/": privacy,
        "erase/": erase,
        "about/": about,
        "accessibility/": accessibility,
    }.items()
}


SERVICE: list[View] = []
"""The view of a service by its number, which the directory puts here."""


def twin(request: HttpRequest, number: int) -> HttpResponse:
    """The discreet twin of a page: its title, icon and address say nothing, and nothing of it is kept."""
    if view := NUMBERED.get(number):
        return view(request)
    if number >= FIRST_SERVICE and SERVICE:
        return SERVICE[0](request, number=number)
    key = CampaignPage.objects.filter(pk=number - FIRST_CAMPAIGN).values("translation_key")
    slug = _slug(request.LANGUAGE_CODE, key)
    if not slug:
        return _ended(request, translation_key__in=key)
    address = request.place.address(addresses.path_of("campaign", request.LANGUAGE_CODE, slug))
    if address.partition("?")[0] == request.path_info:
        return campaign(request, slug)
    # The number of a translation: each page has one, and one copy.
    return HttpResponseRedirect(address, headers={"Cache-Control": "no-store"})


def _slug(wanted: str, key: Any) -> str:
    """Of a campaign in this language or the one that stands in; empty where none is published."""
    slugs = dict(
        CampaignPage.published().filter(translation_key__in=key).values_list("locale__language_code", "slug")
    )
    return slugs.get(stand_in(wanted, slugs) or "", "")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """``handler404`` of the public host; a program gets JSON."""
    if request.path.startswith("/api/"):
        return JsonResponse({"detail": "Not Found"}, status=404)
    if TWIN.match(request.path):
        request.place = Place(discreet=True)
    return render(request, "public/404.html", status=404)
