"""Countries and their towns, the services of a country, one service."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from directory.map import draw
from directory.readable import ServiceView, TownView, hotlines, services
from directory.search import SearchForm
from people.access import asking_once, keys
from people.models import Country
from public.countries import Named, footnotes, named
from public.languages import native_name
from public.models.lines import Spoken
from theme.locales import direction, html_lang

View = Callable[..., HttpResponse]


def _reads(view: View) -> View:
    """Asks for the reader's keys once; gives the view the language of the page."""

    @wraps(view)
    def answer(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        with asking_once():
            return view(request, request.LANGUAGE_CODE, **kwargs)

    return answer


def _town_url(town: TownView) -> str:
    return f"{reverse('directory:country', args=[town.country.code])}?{urlencode({'town': town.key})}"


def spoken(view: ServiceView, tag: str) -> list[Spoken]:
    """The reader's own language first."""
    own = tag.partition("-")[0]
    tags = sorted(view.languages, key=lambda one: one != own)
    return [Spoken(native_name(one), html_lang(one), direction(one)) for one in tags]


def _countries(tag: str) -> list[Named]:
    return sorted((named(one, tag) for one in Country.objects.all()), key=lambda one: one.name.casefold())


@_reads
def index(request: HttpRequest, tag: str) -> HttpResponse:
    """Choose a country; or a town, on the map or in the list that says the same."""
    views = services(keys(request.user), tag)
    picture = draw(views, _town_url)
    points = sorted(picture.points if picture else (), key=lambda one: one.town.country.name)
    by_country = [(country, list(ones)) for country, ones in groupby(points, lambda one: one.town.country)]
    countries = _countries(tag)
    context = {
        "countries": countries,
        "map": picture,
        "by_country": by_country,
        "footnotes": footnotes(countries),
    }
    return render(request, "directory/index.html", context)


@_reads
def country(request: HttpRequest, tag: str, country: str) -> HttpResponse:
    """The services of a country, with the numbers to call among them, and the search."""
    found = Country.objects.filter(pk=country).first()
    if found is None:
        raise Http404
    views = services(keys(request.user), tag, country)
    numbers = hotlines(tag, country)
    form = SearchForm(request.GET, [*numbers, *views], tag)
    shown = form.found([*numbers, *views])
    name = named(found, tag)
    context = {
        "country": name,
        "countries": _countries(tag),
        "form": form,
        "asked": any(request.GET.get(field) for field in form.fields),
        "cards": [(view, spoken(view, tag)) for view in shown],
        "count": len(shown),
        "map": draw([view for view in shown if view.towns], _town_url),
        "footnotes": footnotes([name]),
        "wrong": not form.is_valid(),
    }
    return render(request, "directory/country.html", context)


@_reads
def service(request: HttpRequest, tag: str, country: str, key: str) -> HttpResponse:
    """One service; a page that the reader may not know of is not there."""
    found = services(keys(request.user), tag, country, key)
    if not found:
        raise Http404
    view = found[0]
    context = {
        "service": view,
        "line": view.line,
        "spoken": spoken(view, tag),
        "footnotes": footnotes([view.country]),
        "back": reverse("directory:country", args=[country]),
    }
    return render(request, "directory/service.html", context)
