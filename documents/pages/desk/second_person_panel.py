"""What waits for a second person: numbers to call, texts that may hold case data."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from documents.actions import explain_case_data
from documents.choices import State
from documents.models import ContactChange, Edition
from documents.pages.desk.worklist import coordinated, title_of
from people.access import has_role
from people.models import User
from people.roles import Role
from theme.home_panels import Line, Mark, Panel, Rank
from theme.localized_names import localized_name

MOST = 8


def panel(request: HttpRequest) -> Panel | None:
    """What the person can decide although they did not write it; no panel where there is nothing."""
    user: User = request.user  # type: ignore[assignment]
    owners = coordinated(user)
    if not owners and not has_role(user, Role.REVIEWER):
        return None
    lines = [*_numbers(user, owners), *_case_data(user)]
    return Panel(_("Waiting for a second person"), lines[:MOST], rank=Rank.DUE) if lines else None


def _numbers(user: User, owners: set[int]) -> Iterator[Line]:
    changes = ContactChange.objects.filter(instrument__owner__in=owners).exclude(proposed_by=user)
    for change in changes.select_related("proposed_by").order_by("pk")[:MOST]:
        editions = Edition.objects.visible_to(user).filter(instrument=change.instrument_id)
        edition = editions.filter(sections__uid=change.uid).select_related("instrument").last()
        if edition is not None:
            name = {"name": localized_name(change.proposed_by.name)}
            yield Line(
                title_of(edition),
                reverse("desk:calls", args=[edition.pk, change.uid]),
                _("Number to call"),
                button=_("Check"),
                marks=[Mark(_("%(name)s asks for your approval.") % name, "check", Rank.DUE)],
            )


def _case_data(user: User) -> Iterator[Line]:
    at_work = (State.DRAFT, State.IN_REVIEW)
    editions = Edition.objects.visible_to(user).filter(state__in=at_work).select_related("instrument")
    for edition in explain_case_data.asked(editions):
        found = explain_case_data.unanswered(edition)
        n = sum(not explain_case_data.why_not(user, edition, one.uid, one.language) for one in found)
        if n:
            text = ngettext(
                "%(n)d section may contain case data. A second person must say why it is none.",
                "%(n)d sections may contain case data. A second person must say why it is none.",
                n,
            )
            yield Line(
                title_of(edition),
                reverse("desk:case_data", args=[edition.pk]),
                _("Case data"),
                button=_("Check"),
                marks=[Mark(text % {"n": n}, "warn", Rank.DUE)],
            )
