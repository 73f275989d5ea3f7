"""What the library says on the first page of the office."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from documents.choices import State
from documents.models import Edition
from documents.reading.languages import content_language
from theme.dates import short_date
from theme.home import Line, Panel

MOST = 6


def panel(request: HttpRequest) -> Panel:
    """What came into force last, of what the person may read."""
    language = content_language(get_language() or "")
    editions = (
        Edition.objects.visible_to(request.user)
        .filter(state=State.IN_FORCE)
        .select_related("instrument__country")
        .order_by("-valid_from")[:MOST]
    )
    lines = []
    for edition in editions:
        instrument = edition.instrument
        since = (
            _("since %(date)s") % {"date": short_date(edition.valid_from, get_language() or "en")}
            if edition.valid_from
            else ""
        )
        url = reverse("documents:instrument", args=[instrument.country_id, instrument.slug])
        lines.append(Line(edition.title_in(language), url, f"{instrument.country}, {since}", edition.state))
    return Panel(
        _("In force"),
        lines,
        empty=_("Nothing is in force yet."),
        more=_("The whole library"),
        more_url=reverse("documents:library"),
    )
