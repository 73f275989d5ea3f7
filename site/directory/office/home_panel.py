"""For publishers, on the first page of the office: services to confirm."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from directory.access import may_change
from directory.models import Service
from directory.models.services import ASK_AFTER
from directory.readable import localized
from people.access import has_role
from people.roles import Role
from public.publishing import REGION, territories
from theme.dates import of_date
from theme.home_panels import Figure, Line, Mark, Panel, Rank

MOST = 8


def to_confirm(request: HttpRequest) -> Panel | None:
    """Services that nobody has confirmed for 90 days; no panel where there are none."""
    if not has_role(request.user, Role.PUBLISHER):
        return None
    today, tag = timezone.localdate(), get_language() or "en"
    old = Service.objects.filter(
        country__in=territories(request.user) - {REGION}, confirmed__lte=today - ASK_AFTER, is_shown=True
    )
    mine = [one for one in old.order_by("confirmed") if may_change(request.user, one)]
    if not mine:
        return None
    late = Mark(_("The site shows no number any more"), "clock", Rank.LATE)
    lines = [
        Line(
            localized(one, tag).name,
            reverse("kodeks_service_check", args=[one.pk]),
            _("confirmed on %(date)s") % {"date": of_date(one.confirmed, tag)},
            button=_("Confirm or change"),
            marks=[late] if one.is_stale(today) else [],
        )
        for one in mine
    ]
    n, stale = len(mine), any(one.is_stale(today) for one in mine)
    label = ngettext("service to confirm", "services to confirm", n)
    rank = Rank.LATE if stale else Rank.DUE
    return Panel(
        _("Services to confirm"),
        lines[:MOST],
        hint=_("Nobody has confirmed these services for %(n)d days.") % {"n": ASK_AFTER.days},
        rank=rank,
        figures=[Figure(n, label, lines[0].url, "phone", rank)],
    )
