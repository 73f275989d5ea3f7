"""What the people room says on the first page of the office: who waits for a second person."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from people.actions.confirm import may_confirm
from people.models import Membership
from people.views.directory import looks_after_people
from theme.home_panels import Line, Panel
from theme.localized_names import localized_name

MOST = 6


def to_confirm(request: HttpRequest) -> Panel | None:
    """Whose role waits until somebody confirms it who may: no panel where nobody waits for the person who
    asks."""
    if not looks_after_people(request):
        return None
    waiting = Membership.objects.waiting().select_related("user", "institution__country").order_by("pk")
    found = [one for one in waiting if may_confirm(request.user, one)]  # type: ignore[arg-type]
    if not found:
        return None
    lines = [
        Line(
            localized_name(one.user.name),
            reverse("people:confirm", args=[one.pk]),
            f"{one.get_role_display()}, {localized_name(one.institution)}",
        )
        for one in found[:MOST]
    ]
    return Panel(
        _("Waiting for a second person"),
        lines,
        more=_("People"),
        more_url=reverse("people:directory"),
        urgent=True,
    )
