"""What the first page tells coordinators of citations that lead to nothing that holds."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from documents.display import links
from documents.models import Citation, Edition
from documents.pages.desk.worklist import coordinated, title_of
from documents.pages.edition.citations import CITING, broken_in
from theme.home_panels import Line, Mark, Panel, Rank

MOST = 8


def panel(request: HttpRequest) -> Panel | None:
    """The documents of the person's institutions that have broken citations."""
    owners = coordinated(request.user)
    if not owners:
        return None
    broken = Citation.objects.exclude(broken="").values("edition")
    editions = Edition.objects.visible_to(request.user).filter(
        pk__in=broken, instrument__owner__in=owners, state__in=CITING
    )
    lines = [
        line
        for edition in editions.select_related("instrument").order_by("instrument", "-number")
        if (line := _line(request, edition))
    ]
    if not lines:
        return None
    return Panel(_("Broken citations"), lines[:MOST], rank=Rank.TO_DO)


def _line(request: HttpRequest, edition: Edition) -> Line | None:
    found = broken_in(request.user, edition)
    if not found:
        return None
    text = ngettext("%(n)d broken citation", "%(n)d broken citations", len(found)) % {"n": len(found)}
    return Line(
        title_of(edition),
        f"{links.edition_url(edition)}#broken-citations",
        ", ".join(one.quote for one in found[:2]),
        edition.state,
        button=_("Look at the citations"),
        marks=[Mark(text, "warn", Rank.TO_DO)],
    )
