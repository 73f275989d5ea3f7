"""What the library says on the first page of the office."""

from __future__ import annotations

from django.db.models import Case, When
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from documents.choices import State
from documents.models import Edition
from documents.pages.display_language import content_language
from documents.pages.display_script import title_of
from people.access import memberships
from theme.dates import of_date
from theme.home_panels import Line, Panel
from theme.localized_names import localized_name

MOST = 6


def panel(request: HttpRequest) -> Panel:
    """What came into force last, of what the person may read; their own country first."""
    language = content_language(get_language() or "")
    own = {membership.institution.country_id for membership in memberships(request.user)}
    editions = (
        Edition.objects.visible_to(request.user)
        .filter(state=State.IN_FORCE)
        .select_related("instrument__country")
        .order_by(Case(When(instrument__country__in=own, then=0), default=1), "-valid_from", "pk")[:MOST]
    )
    lines = []
    for edition in editions:
        instrument = edition.instrument
        since = (
            _("since %(date)s") % {"date": of_date(edition.valid_from, get_language() or "en")}
            if edition.valid_from
            else ""
        )
        url = reverse("documents:instrument", args=[instrument.country_id, instrument.slug])
        lines.append(Line(title_of(edition, language), url, f"{localized_name(instrument.country)}, {since}"))
    return Panel(
        _("In force"),
        lines,
        empty=_("Nothing is in force yet."),
        more=_("Full library"),
        more_url=reverse("documents:library"),
    )
