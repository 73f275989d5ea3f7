"""On the first page of the office: what waits for the reader's word as the second person."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from people.access import memberships
from people.models import User
from proposals.actions.decide import may_confirm
from proposals.kinds import kind_of
from proposals.models import Proposal
from proposals.pages.shown import listed
from theme.home_panels import Line, Mark, Panel, Rank
from theme.localized_names import localized_name

MOST = 12


def panel(request: HttpRequest) -> Panel | None:
    """No panel where nothing waits for the reader."""
    user: Any = request.user
    if not memberships(user):
        return None
    lines = [_line(proposal, thing) for proposal, thing in waiting_for(user)]
    return Panel(_("Waiting for a second person"), lines[:MOST], rank=Rank.DUE) if lines else None


def waiting_for(user: User) -> Iterator[tuple[Proposal, Any]]:
    """What the person can confirm, the oldest first, each with the thing that it is about."""
    for proposal in Proposal.objects.waiting().select_related("proposed_by").order_by("pk"):
        try:
            thing = kind_of(proposal).thing(proposal)
        except ObjectDoesNotExist:
            continue
        if may_confirm(user, proposal):
            yield proposal, thing


def _line(proposal: Proposal, thing: Any) -> Line:
    title, label = listed(proposal, thing)
    asks = _("%(name)s asks for your approval.") % {"name": localized_name(proposal.proposed_by.name)}
    return Line(
        title,
        reverse("proposals:decide", args=[proposal.pk]),
        str(label),
        button=_("Check"),
        marks=[Mark(asks, "check", Rank.DUE)],
    )
