"""Countries and their towns, the services of a country, one service. On the public host each page has a
discreet twin (public.places)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import wraps
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from directory.linked_data import of_service
from directory.map import draw
from directory.readable import ServiceView, TownView, hotlines, services
from directory.search import SearchForm
from people.access import asking_once, keys
from people.models import Country
from public.addresses import absolute
from public.countries import Named, footnotes, named
from public.languages import native_name
from public.models.here import Here
from public.models.lines import Spoken
from public.placed import placed
from public.places import COUNTRY, FIRST_SERVICE
from theme.locales import direction, html_lang

View = Callable[..., HttpResponse]


def _reads(view: View) -> View:
    """Asks for the reader's keys once; gives the view the language of the page, and a place on the public
    host. A twin has its place already."""

    @wraps(view)
    def read(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        with asking_once():
            return view(request, request.LANGUAGE_CODE, **kwargs)

    @wraps(view)
    def answer(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        ready = not request.public or hasattr(request, "place")
        return read(request, **kwargs) if ready else placed(read)(request, **kwargs)

    return answer


def _address(request: HttpRequest, path: str, **query: str) -> str:
    """The path as the reader's place has it; a twin's address names nothing but the country."""
    place = getattr(request, "place", None)
    address = place.address(path) if place else path
    query = {} if _discreet(request) else query
    return f"{address}{'&' if '?' in address else '?'}{urlencode(query)}" if query else address


def _country_url(request: HttpRequest, country: str, **query: str) -> str:
    return _address(request, reverse("directory:country", args=[country]), **query)


def _service_url(request: HttpRequest, view: ServiceView) -> str:
    """A number to call leads to the help of its country."""
    code = view.country.code
    if view.organisation is None:
        return _address(request, reverse("public:country", args=[code])) if request.public else ""
    if _discreet(request):
        return reverse("public:twin", args=[view.number_in_address])
    return reverse("directory:service", args=[code, view.key])


def _discreet(request: HttpRequest) -> bool:
    return bool(getattr(request, "place", None) and request.place.discreet)


def _map(request: HttpRequest, views: Sequence[ServiceView]) -> Any:
    def url_of(town: TownView) -> str:
        return _country_url(request, town.country.code, town=town.key)

    return draw(views, url_of)


def _draw(request: HttpRequest, page: str, tag: str, country: str = "", /, **context: Any) -> HttpResponse:
    """With whom to call in the country, as every page for the public has it."""
    if request.public:
        here = Here.of(request, tag)
        context["here"] = here.at(country) if country else here
    context |= {"page": page, "base": "public/base.html" if request.public else "base.html"}
    context["countries"] = [(one, _country_url(request, one.code)) for one in _countries(tag)]
    return render(request, "directory/page.html", context)


def _spoken(view: ServiceView, tag: str) -> list[Spoken]:
    """The reader's own language first."""
    own = tag.partition("-")[0]
    tags = sorted(view.languages, key=lambda one: one != own)
    return [Spoken(native_name(one), html_lang(one), direction(one)) for one in tags]


def _countries(tag: str) -> list[Named]:
    return sorted((named(one, tag) for one in Country.objects.all()), key=lambda one: one.name.casefold())


@_reads
def index(request: HttpRequest, tag: str) -> HttpResponse:
    """Choose a country; or a town, on the map or in the list that says the same. A country in the address
    leads to its services."""
    chosen = Country.objects.filter(pk=request.GET.get(COUNTRY, "")[:2]).first()
    if chosen is not None and _discreet(request):
        return _of_country(request, tag, chosen)
    if chosen is not None:
        return redirect("directory:country", chosen.pk)
    picture = _map(request, services(keys(request.user), tag))
    points = sorted(picture.points if picture else (), key=lambda one: one.town.country.name)
    by_country = [(country, list(ones)) for country, ones in groupby(points, lambda one: one.town.country)]
    marked = footnotes(_countries(tag))
    return _draw(request, "index", tag, map=picture, by_country=by_country, footnotes=marked)


@_reads
def country(request: HttpRequest, tag: str, country: str) -> HttpResponse:
    """The services of a country, with the numbers to call among them, and the search."""
    found = Country.objects.filter(pk=country).first()
    if found is None:
        raise Http404
    return _of_country(request, tag, found)


def _of_country(request: HttpRequest, tag: str, country: Country) -> HttpResponse:
    views = [*hotlines(tag, country.pk), *services(keys(request.user), tag, country=country.pk)]
    # In a twin the whole list: a filter would write into the address what the reader needs.
    asked = {} if _discreet(request) else request.GET
    form = SearchForm(asked, views, tag)
    shown = form.found(views)
    name = named(country, tag)
    return _draw(
        request,
        "country",
        tag,
        country.pk,
        country=name,
        form=form,
        asked=any(asked.get(field) for field in form.fields),
        all_url=_country_url(request, country.pk),
        cards=[(view, _service_url(request, view), _spoken(view, tag)) for view in shown],
        count=len(shown),
        map=None if _discreet(request) else _map(request, shown),
        footnotes=footnotes([name]),
        wrong=not form.is_valid(),
    )


@_reads
def service(request: HttpRequest, tag: str, country: str, key: str) -> HttpResponse:
    """One service; a page that the reader may not know of is not there."""
    return _of_service(request, tag, country=country, key=key)


@_reads
def numbered(request: HttpRequest, tag: str, number: int) -> HttpResponse:
    """The twin of a service's page."""
    return _of_service(request, tag, pk=number - FIRST_SERVICE)


def _of_service(request: HttpRequest, tag: str, **wanted: Any) -> HttpResponse:
    found = services(keys(request.user), tag, **wanted)
    if not found:
        raise Http404
    view = found[0]
    return _draw(
        request,
        "service",
        tag,
        view.country.code,
        service=view,
        spoken=_spoken(view, tag),
        footnotes=footnotes([view.country]),
        things=[]
        if _discreet(request) or not request.public
        else [of_service(view, absolute(reverse("directory:service", args=[view.country.code, view.key])))],
        back=_country_url(request, view.country.code),
        quiet_url=""
        if _discreet(request) or not request.public
        else reverse("public:twin", args=[view.number_in_address]),
    )
