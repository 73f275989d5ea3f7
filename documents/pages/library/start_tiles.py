"""The tiles of the first page: where practitioners start, for those who may read what a tile leads to."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from documents.choices import State
from documents.display import links
from documents.display.language import content_language
from documents.models import Edition, Section, StartTile
from people.access import memberships
from people.roles import Role
from theme import nav
from theme.home_panels import Line, Panel, Rank
from theme.localized_names import localized_name


def panel(request: HttpRequest) -> Panel | None:
    """The tiles of a practitioner's countries; their coordinators see them too, with a way to change them."""
    active = memberships(request.user)
    keeps = sorted({m.institution.country_id for m in active if m.role == Role.COORDINATOR})
    reads = {m.institution.country_id for m in active if m.role == Role.PRACTITIONER}
    if not keeps and not reads:
        return None
    language = content_language(get_language() or "")
    lines = [
        Line(localized_name(tile.title_in(language)), url) for tile, url in shown(request, {*keeps, *reads})
    ]
    if not lines and not keeps:
        return None
    return Panel(
        _("Start here"),
        lines,
        empty=_("Practitioners see no tiles yet. Add the situations they meet most often."),
        more=_("Change the tiles") if keeps else "",
        more_url=reverse("desk:start_tiles", args=keeps[:1]) if keeps else "",
        rank=Rank.TO_DO if reads else Rank.TO_READ,
        wide=bool(reads),
        tiles=True,
    )


def shown(request: HttpRequest, countries: Iterable[str]) -> list[tuple[StartTile, str]]:
    """The tiles whose target the reader may see, each with its address; three queries."""
    tiles = list(StartTile.objects.filter(country__in=list(countries)).select_related("country"))
    return [(tile, url) for tile, url in zip(tiles, _targets(request, tiles), strict=True) if url]


def _targets(request: HttpRequest, tiles: list[StartTile]) -> list[str]:
    wanted = [tile.instrument_id for tile in tiles if tile.instrument_id]
    visible = Edition.objects.visible_to(request.user).filter(state=State.IN_FORCE, instrument__in=wanted)
    editions: dict[Any, Edition] = {
        one.instrument_id: one for one in (visible.select_related("instrument__country") if wanted else ())
    }
    uids = [tile.uid for tile in tiles if tile.uid]
    sections = Section.objects.filter(edition__in=[one.pk for one in editions.values()], uid__in=uids)
    there = set(sections.values_list("edition", "uid")) if uids and editions else set()
    search = nav.url_of(nav.SEARCH, request)
    urls = []
    for tile in tiles:
        edition = editions.get(tile.instrument_id)
        if tile.query:
            urls.append(f"{search}?{urlencode({'q': tile.query})}" if search else "")
        elif edition is None:
            urls.append("")
        elif (edition.pk, tile.uid) in there:
            urls.append(links.section_url(edition, str(tile.uid)))
        else:
            urls.append(links.edition_url(edition))
    return urls
