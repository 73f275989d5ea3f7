"""The library: every instrument that the reader may read, by country and kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from documents.choices import PUBLISHED, Kind, State, Topic
from documents.display import language as display_language
from documents.display import links
from documents.display import script as display_script
from documents.models import Edition
from documents.pages.decorators import door, referrer
from people.models import Country
from theme.localized_names import localized_name

ON_A_PAGE = 60


@dataclass(frozen=True, slots=True)
class Row:
    """An instrument in the list: the edition shown first, and the newest one at work."""

    edition: Edition
    at_work: Edition | None
    title: str
    title_lang: str
    url: str
    at_work_url: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a filter, with how many instruments it would leave."""

    value: str
    name: str
    count: int
    chosen: bool


@door
def library(request: HttpRequest) -> HttpResponse:
    """All countries."""
    return _list(request, request.GET.get("country", "")[:2], None)


@door
def country(request: HttpRequest, country: str) -> HttpResponse:
    """One country. One of which the reader sees nothing is not found, as if there were no such country."""
    found = Country.objects.filter(pk=country).first()
    if found is None:
        raise Http404
    return _list(request, country, found)


def _list(request: HttpRequest, country_code: str, only: Country | None) -> HttpResponse:
    visible = list(
        Edition.objects.visible_to(request.user)
        .select_related("instrument__country", "instrument__owner__country")
        .order_by("instrument__country", "instrument__kind", "instrument__slug", "-number")
    )
    pairs = list(_by_instrument(visible))
    if only is not None and not any(edition.instrument.country_id == only.pk for edition, _work in pairs):
        raise Http404
    chosen = {
        "country": country_code,
        "kind": request.GET.get("kind", ""),
        "topic": request.GET.get("topic", ""),
    }
    matching = [pair for pair in pairs if _fits(pair[0], chosen)]
    page: Page[Any] = Paginator(matching, ON_A_PAGE).get_page(request.GET.get("page"))
    rows = [_row(edition, at_work) for edition, at_work in page.object_list]
    groups: list[tuple[Country, list[Row]]] = []
    for row in rows:
        place = row.edition.instrument.country
        if not groups or groups[-1][0].pk != place.pk:
            groups.append((place, []))
        groups[-1][1].append(row)
    filters = [] if only else [("country", _("Country"), _countries(pairs, chosen))]
    filters += [
        ("kind", _("Kind"), _choices(pairs, chosen, "kind", Kind.choices, lambda e: [e.instrument.kind])),
        ("topic", _("Topic"), _choices(pairs, chosen, "topic", Topic.choices, lambda e: e.instrument.topics)),
    ]
    return render(
        request,
        "documents/library/library.html",
        {
            "groups": groups,
            "filters": filters,
            "filtered": any(chosen[key] for key, _name, _values in filters),
            "count": len(matching),
            "page": page,
            "country": only,
            "home": country_code if groups else "",
            "referrer": referrer(request),
        },
    )


def _by_instrument(editions: Iterable[Edition]) -> Iterable[tuple[Edition, Edition | None]]:
    """Of each instrument, the edition that is shown first, and one that is being worked on next to it."""
    groups: dict[int, list[Edition]] = {}
    for edition in editions:
        groups.setdefault(edition.instrument_id, []).append(edition)
    for group in groups.values():
        shown = next((one for one in group if one.state == State.IN_FORCE), None)
        shown = shown or next((one for one in group if one.state in PUBLISHED), group[0])
        at_work = next(
            (one for one in group if one.state not in PUBLISHED and one.number > shown.number), None
        )
        yield shown, at_work


def _fits(edition: Edition, chosen: dict[str, str], leaving_out: str = "") -> bool:
    instrument = edition.instrument
    has = {"country": [instrument.country_id], "kind": [instrument.kind], "topic": instrument.topics}
    return all(not value or key == leaving_out or value in has[key] for key, value in chosen.items())


def _choices(
    pairs: list[tuple[Edition, Edition | None]],
    chosen: dict[str, str],
    key: str,
    names: Iterable[tuple[str, Any]],
    values: Callable[[Edition], Iterable[str]],
) -> list[Choice]:
    """The values of one filter that lead somewhere, each counted under the other filters."""
    counts = Counter(
        value for edition, _work in pairs if _fits(edition, chosen, key) for value in set(values(edition))
    )
    return [
        Choice(value, str(name), counts[value], chosen[key] == value)
        for value, name in names
        if counts[value] or chosen[key] == value
    ]


def _countries(pairs: list[tuple[Edition, Edition | None]], chosen: dict[str, str]) -> list[Choice]:
    names = {edition.instrument.country_id: edition.instrument.country for edition, _work in pairs}
    listed = [(code, localized_name(place)) for code, place in sorted(names.items())]
    return _choices(pairs, chosen, "country", listed, lambda edition: [edition.instrument.country_id])


def _row(edition: Edition, at_work: Edition | None) -> Row:
    """The title in the language of the page, the nearest to it or the source's; in the page's script."""
    tag = get_language() or "en"
    source = edition.instrument.source_language
    there = {one for one in edition.instrument.languages if getattr(edition, f"title_{one}", "")}
    language = display_language.nearest(tag, there, source)
    title = edition.title_in(language)
    script = display_script.choose(language, display_script.wanted_by(tag), title)
    return Row(
        edition=edition,
        at_work=at_work,
        title=script.convert(title),
        title_lang=display_script.tag(language, script.shown),
        url=links.instrument_url(edition.instrument),
        at_work_url=links.edition_url(at_work) if at_work else "",
    )
