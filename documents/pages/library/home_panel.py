"""What the library says on the first page of the office."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, time
from typing import Any

from django.db.models import Case, QuerySet, When
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from documents.choices import State
from documents.display import links
from documents.display.language import content_language
from documents.display.script import title_of
from documents.models import Edition
from people.access import memberships
from people.roles import Role
from theme.dates import of_date
from theme.home_panels import Line, News, Panel
from theme.locales import html_lang
from theme.localized_names import localized_name

MOST = 6


def _reads(user: Any) -> bool:
    """Whether the person reads: an operator who does nothing else keeps Kodeks running."""
    return any(membership.role != Role.OPERATOR for membership in memberships(user))


def _own_countries(user: Any) -> set[str]:
    return {m.institution.country_id for m in memberships(user) if m.role != Role.OPERATOR}


def _in_force(user: Any) -> QuerySet[Edition]:
    editions = Edition.objects.visible_to(user).filter(state=State.IN_FORCE)
    return editions.select_related("instrument__country")


def panel(request: HttpRequest) -> Panel | None:
    """What is in force, of what the person may read; their own country first."""
    if not _reads(request.user):
        return None
    tag = get_language() or "en"
    language = content_language(tag)
    own = Case(When(instrument__country__in=_own_countries(request.user), then=0), default=1)
    lines = []
    for edition in _in_force(request.user).order_by(own, "-valid_from", "pk")[:MOST]:
        instrument = edition.instrument
        day = edition.valid_from
        since = _("since %(date)s") % {"date": of_date(day, tag)} if day else ""
        url = reverse("documents:instrument", args=[instrument.country_id, instrument.slug])
        place = localized_name(instrument.country)
        shown = language if language in instrument.languages else instrument.source_language
        lang = html_lang(shown) if shown != language else ""
        aside = f"{place}, {since}" if since else place
        lines.append(Line(title_of(edition, language), url, aside, lang=lang))
    return Panel(
        _("In force"),
        lines,
        empty=_("Nothing is in force yet."),
        more=_("Full library"),
        more_url=reverse("documents:library"),
    )


def news(request: HttpRequest, since: datetime) -> Iterator[News]:
    """What came into force in the person's countries."""
    own = _own_countries(request.user)
    if not own:
        return
    language = content_language(get_language() or "")
    fresh = _in_force(request.user).filter(instrument__country__in=own, valid_from__gte=since.date())
    for edition in fresh.order_by("-valid_from")[:MOST]:
        if edition.valid_from is None:
            continue
        at = datetime.combine(edition.valid_from, time(), tzinfo=UTC)
        yield News(at, _("Came into force"), links.edition_url(edition), title_of(edition, language))
