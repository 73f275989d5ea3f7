"""The pages of the public host: nobody is signed in, only GET is answered (config.middleware)."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import translation

from people.models import Country
from public import addresses
from public.countries import footnotes, named
from public.languages import SPOKEN, chrome, notice, stand_in
from public.models import CampaignPage, HomePage
from public.models.hotlines import shown_lines
from public.models.pages import home_context

View = Callable[..., HttpResponse]


def speaks(view: View) -> View:
    """Draws a page in the language of the address, or in the nearest that has a catalogue."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        wanted = request.LANGUAGE_CODE
        tag = wanted if wanted in SPOKEN else stand_in(wanted, SPOKEN) or "en"
        request.notice = notice(wanted, tag)
        with translation.override(tag):
            response = view(request, tag, *args, **kwargs)
        response.headers["Content-Language"] = tag
        return response

    return answer


def home(request: HttpRequest) -> HttpResponse:
    """The first page: as somebody wrote it in this language, else with our own words."""
    wanted = request.LANGUAGE_CODE
    page = HomePage.published().filter(locale__language_code=wanted).first()
    if page is None:
        return _plain_home(request)
    with translation.override(chrome(wanted, wanted)):
        response = page.serve(request)
        response.render()
    response.headers["Content-Language"] = wanted
    return response


@speaks
def _plain_home(request: HttpRequest, tag: str) -> HttpResponse:
    page = HomePage.published().filter(locale__language_code=tag).first()
    context = home_context(tag, page) | {"notice": request.notice}
    return render(request, "public/home.html", context)


def campaign(request: HttpRequest, slug: str) -> HttpResponse:
    """A campaign in the language of the address or its stand-in; a translation's own address is led to."""
    wanted = request.LANGUAGE_CODE
    by_tag = {page.tag: page for page in CampaignPage.published().filter(slug=slug)}
    if not by_tag:
        raise Http404
    page = by_tag.get(wanted)
    if page is None:
        known = next(iter(by_tag.values()))
        languages = dict(known.published_translations())
        if wanted in languages:
            return HttpResponseRedirect(addresses.path_of("campaign", wanted, languages[wanted]))
        page = CampaignPage.published().get(
            translation_key=known.translation_key, locale__language_code=stand_in(wanted, languages)
        )
    request.asked = wanted
    with translation.override(chrome(wanted, page.tag)):
        response = page.serve(request)
        response.render()
    response.headers["Content-Language"] = page.tag
    return response


@speaks
def help_index(request: HttpRequest, tag: str) -> HttpResponse:
    """The numbers of all countries."""
    lines = shown_lines(tag)
    marked = footnotes([line.country for line in {line.country.code: line for line in lines}.values()])
    return render(
        request, "public/help.html", {"lines": lines, "footnotes": marked, "notice": request.notice}
    )


@speaks
def help_country(request: HttpRequest, tag: str, country: str) -> HttpResponse:
    """The numbers of one country."""
    found = Country.objects.filter(pk=country).first()
    if found is None:
        raise Http404
    name = named(found, tag)
    context = {
        "country": name,
        "lines": shown_lines(tag, country),
        "footnotes": footnotes([name]),
        "notice": request.notice,
        "help_url": addresses.path_of("help", tag),
    }
    return render(request, "public/help_country.html", context)


@speaks
def privacy(request: HttpRequest, tag: str) -> HttpResponse:
    """What the button that leaves can't hide, and what the site keeps: nothing."""
    return render(request, "public/privacy.html", {"notice": request.notice})


@speaks
def _not_found(request: HttpRequest, tag: str) -> HttpResponse:
    return render(request, "public/404.html", {"notice": None}, status=404)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """``handler404`` of the public host: in a language that we have words for."""
    return _not_found(request)
