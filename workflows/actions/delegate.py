"""Let a colleague answer for a period, and end it."""

from __future__ import annotations

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
from workflows.actions.locking import hold_reviews
from workflows.actions.notify_delegates import tell_ended, tell_named
from workflows.choices import ReviewState
from workflows.models import Delegate, Review, Seat, Stage
from workflows.rules import grants
from workflows.trail.audit_payloads import moment

LONGEST = timedelta(days=366)
UNDER_WAY = (ReviewState.RUNNING, ReviewState.RETURNED)


@record_refusals("delegate")
def delegate(
    by: User, asked: User, institution: Institution, to: User, starts: date, until: date, reason: str
) -> Delegate:
    """What is asked of ``asked`` for the institution may be answered by ``to``, if the procedure lets it.

    By the person asked, or by a coordinator in whose review they are asked. Raises Http404 for anybody else;
    ActionError, in words, for a period or a colleague that can't be.
    """
    coordinates = by.pk != asked.pk
    if coordinates and not may_name(by, asked, institution):
        raise Http404
    reason = plain_line(reason)
    problem = _problem(by, asked, institution, to, starts, until, reason)
    if problem:
        raise ActionError(problem)
    with transaction.atomic():
        made = Delegate.objects.create(
            institution=institution,
            asked=asked,
            to=to,
            starts=starts,
            until=until,
            reason=reason[:400],
            given_by=by,
            by_coordinator=coordinates,
        )
        audit.record(
            "delegate",
            made,
            by,
            asked=str(asked.actor),
            to=str(to.actor),
            until=str(until),
            moment=moment(made.given),
        )
        for stage in waiting_stages(asked, institution):
            grants.give(stage)
            tell_named(made, stage)
    return made


@record_refusals("end_delegate")
def end_delegate(by: User, made: Delegate) -> None:
    """Ends it now: whoever gave it, the person asked, or the delegate, who is free not to."""
    if by.pk not in (made.given_by_id, made.asked_id, made.to_id):
        raise Http404
    with transaction.atomic():
        # First, as everywhere: a comment of the delegate stands before this is through, or is not taken.
        asked_there = Seat.objects.filter(user=made.asked_id, institution=made.institution_id)
        hold_reviews(Review.objects.filter(state__in=UNDER_WAY, stages__seats__in=asked_there))
        held = Delegate.objects.select_for_update(no_key=True).get(pk=made.pk)
        if held.ended is not None:
            raise ActionError(_("It has ended already."), "ended")
        held.ended = timezone.now()
        held.save(update_fields=["ended"])
        audit.record("end_delegate", held, by, moment=moment(held.ended))
        for stage in _opened_stages(held.asked, held.institution):
            grants.recompute_grants(stage, held.to)
        grants.end_reading(held)
        tell_ended(by, held.asked, held.institution, [held.to], waiting_stages(held.asked, held.institution))


def may_name(by: User, asked: User, institution: Institution) -> bool:
    """Whether ``by`` may see and coordinates a running review in which ``asked`` is asked for that
    institution."""
    seats = Seat.objects.filter(user=asked, institution=institution, stage__closed__isnull=True)
    reviews = Review.objects.visible_to(by).filter(state="running")
    owners = seats.filter(stage__review__in=reviews).values_list(
        "stage__review__edition__instrument__owner", flat=True
    )
    return any(has_role(by, Role.COORDINATOR, owner) for owner in set(owners))


def colleagues(asked: User, institution: Institution) -> list[User]:
    """Who can answer instead: the other reviewers of the institution."""
    held = Membership.objects.active().filter(institution=institution, role=Role.REVIEWER)
    return list(
        User.objects.filter(pk__in=held.values("user"), is_active=True).exclude(pk=asked.pk).order_by("name")
    )


def _problem(
    by: User, asked: User, institution: Institution, to: User, starts: date, until: date, reason: str
) -> str:
    today = timezone.localdate()
    if not has_role(asked, Role.REVIEWER, institution):
        return _("This person does not review for the institution.")
    if to not in colleagues(asked, institution):
        return _("Choose another reviewer of the same institution.")
    if to.pk == by.pk:
        return _("Nobody makes themselves the delegate of another. Ask the person, or another coordinator.")
    if starts > until or until < today:
        return _("The period must not be over, and must end after it begins.")
    if until - starts > LONGEST:
        return _("A delegate is named for at most a year.")
    if not reason:
        return _("Give a reason: it stands in the record.")
    return ""


def _opened_stages(asked: User, institution: Institution) -> list[Stage]:
    """The stages that asked this person by name, of reviews that go on, or were returned and open the text
    still."""
    seats = Seat.objects.filter(user=asked, institution=institution, stage__review__state__in=UNDER_WAY)
    opened = Stage.objects.filter(pk__in=seats.values("stage"), opened__isnull=False)
    return list(opened.select_related("review").order_by("pk"))


def waiting_stages(asked: User, institution: Institution) -> list[Stage]:
    """The stages that wait for the answer of this person by name: a delegate is told of each at once."""
    return list(
        Stage.objects.filter(
            seats__user=asked,
            seats__institution=institution,
            seats__sign_offs__isnull=True,
            opened__isnull=False,
            closed__isnull=True,
        )
        .select_related("review__edition__instrument")
        .distinct()
    )
