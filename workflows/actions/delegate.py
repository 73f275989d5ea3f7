"""Let a colleague answer for a period, and end it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from django.db import transaction
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

import audit
from documents.actions.errors import ActionError
from documents.actions.record_refusal import record_refusals
from documents.text import plain_line
from people.access import has_role
from people.models import Institution, Membership, User
from people.roles import Role
from workflows import mails
from workflows.actions.locking import hold_reviews
from workflows.choices import ReviewState
from workflows.models import UNANSWERED, Delegate, Review, Seat, Stage
from workflows.rules import grants
from workflows.rules.respondents import delegates_of
from workflows.trail.audit_payloads import moment

LONGEST = timedelta(days=366)
UNDER_WAY = (ReviewState.RUNNING, ReviewState.RETURNED)


@record_refusals("delegate")
def delegate(
    by: User, principal: User, institution: Institution, to: User, starts: date, until: date, reason: str
) -> Delegate:
    """Let ``to`` answer for ``principal`` where the procedure allows it, by ``principal`` or a coordinator.

    Raises Http404 for anybody else, ActionError for a period or colleague that can't be.
    """
    coordinates = by.pk != principal.pk
    if coordinates and not may_name(by, principal, institution):
        raise Http404
    reason = plain_line(reason)
    problem = _problem(by, principal, institution, to, starts, until, reason)
    if problem:
        raise ActionError(problem)
    with transaction.atomic():
        created = Delegate.objects.create(
            institution=institution,
            asked=principal,
            to=to,
            starts=starts,
            until=until,
            reason=reason[:400],
            given_by=by,
            by_coordinator=coordinates,
        )
        audit.record(
            "delegate",
            created,
            by,
            asked=str(principal.actor),
            to=str(to.actor),
            until=str(until),
            moment=moment(created.given),
        )
        for stage in waiting_stages(principal, institution):
            grants.give(stage)
            tell_named(created, stage)
    return created


@record_refusals("end_delegate")
def end_delegate(by: User, made: Delegate) -> None:
    """Ends it now. The giver, the person asked, and the delegate may do so; the delegate is free to
    decline."""
    if by.pk not in (made.given_by_id, made.asked_id, made.to_id):
        raise Http404
    with transaction.atomic():
        # First, as everywhere: a comment of the delegate stands before this is through, or is not taken.
        seats = Seat.objects.filter(user=made.asked_id, institution=made.institution_id)
        hold_reviews(Review.objects.filter(state__in=UNDER_WAY, stages__seats__in=seats))
        delegation = Delegate.objects.select_for_update(no_key=True).get(pk=made.pk)
        if delegation.ended is not None:
            raise ActionError(_("This has already ended."), "ended")
        delegation.ended = timezone.now()
        delegation.save(update_fields=["ended"])
        audit.record("end_delegate", delegation, by, moment=moment(delegation.ended))
        for stage in _opened_stages(delegation.asked, delegation.institution):
            grants.recompute_grants(stage, delegation.to)
        grants.end_reading(delegation)
        tell_ended(
            by,
            delegation.asked,
            delegation.institution,
            [delegation.to],
            waiting_stages(delegation.asked, delegation.institution),
        )


def may_name(by: User, principal: User, institution: Institution) -> bool:
    """Whether ``by`` coordinates a running review that asks ``principal`` for that institution."""
    seats = Seat.objects.filter(user=principal, institution=institution, stage__closed__isnull=True)
    reviews = Review.objects.visible_to(by).filter(state="running")
    owners = seats.filter(stage__review__in=reviews).values_list(
        "stage__review__edition__instrument__owner", flat=True
    )
    return any(has_role(by, Role.COORDINATOR, owner) for owner in set(owners))


def colleagues(principal: User, institution: Institution) -> list[User]:
    """Who can answer instead: the other reviewers of the institution."""
    active = Membership.objects.active().filter(institution=institution, role=Role.REVIEWER)
    return list(
        User.objects.filter(pk__in=active.values("user"), is_active=True)
        .exclude(pk=principal.pk)
        .order_by("name")
    )


def _problem(
    by: User, principal: User, institution: Institution, to: User, starts: date, until: date, reason: str
) -> str:
    today = timezone.localdate()
    if not has_role(principal, Role.REVIEWER, institution):
        return _("This person is not a reviewer of the institution.")
    if to not in colleagues(principal, institution):
        return _("Choose another reviewer from the same institution.")
    if to.pk == by.pk:
        return _(
            "You cannot make yourself the delegate of somebody else. Ask that person or another coordinator."
        )
    if starts > until or until < today:
        return _("The period must end after it begins. It must not be in the past.")
    if until - starts > LONGEST:
        return _("A delegation can last at most one year.")
    if not reason:
        return _("Give a reason. It will be recorded.")
    return ""


def _opened_stages(principal: User, institution: Institution) -> list[Stage]:
    """The opened stages that asked this person by name, of reviews that run or were returned."""
    seats = Seat.objects.filter(user=principal, institution=institution, stage__review__state__in=UNDER_WAY)
    opened = Stage.objects.filter(pk__in=seats.values("stage"), opened__isnull=False)
    return list(opened.select_related("review").order_by("pk"))


def waiting_stages(principal: User, institution: Institution) -> list[Stage]:
    """The stages that wait for the answer of this person by name: a delegate is notified of each at once."""
    return list(
        Stage.objects.filter(
            seats__in=Seat.objects.filter(UNANSWERED, user=principal, institution=institution),
            opened__isnull=False,
            closed__isnull=True,
        )
        .select_related("review__edition__instrument")
        .distinct()
    )


def tell_named(delegation: Delegate, stage: Stage) -> None:
    """Tell a delegate that they may answer in a waiting stage, and from which day."""
    seat = stage.seats.get(institution=delegation.institution_id)
    mails.tell(
        delegation.to,
        "delegated",
        stage.review,
        page=f"review/{stage.review_id}/?seat={seat.pk}",
        by=delegation.asked.name,
        starts=_later(delegation.starts),
        until=delegation.until,
        stage=lambda: stage.title,
    )


def tell_ended(
    by: User, principal: User, institution: Institution, to: Iterable[User], stages: Iterable[Stage]
) -> None:
    """Tell delegates that they answer no more: neither who ended it, nor who may still answer."""
    left = set(to) - {by}
    for stage in stages:
        seat = stage.seats.select_related("stage", "institution").get(institution=institution)
        still = {one.to for one in delegates_of(seat)}
        for user in sorted(left - still, key=lambda one: one.pk):
            if not Seat.objects.for_respondent(user).filter(stage=stage, institution=institution).exists():
                mails.tell(
                    user,
                    "delegation_ended",
                    stage.review,
                    by=principal.name,
                    stage=lambda stage=stage: stage.title,
                )


def _later(day: date) -> date | None:
    return day if day > timezone.localdate() else None
