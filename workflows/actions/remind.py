"""Remind an institution of what is asked of it; give everybody in a stage more time."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

import audit
from documents.text import plain_text
from people.access import require
from people.models import User
from people.roles import Verb
from workflows import mails
from workflows.actions.errors import Refused
from workflows.actions.locking import hold_review, refusals
from workflows.models import Seat, Stage
from workflows.models.procedures import MOST_DAYS
from workflows.procedures.deadlines import end_of_day
from workflows.rules import grants
from workflows.rules.tacit_assent import barred, cannot_answer, why
from workflows.rules.working_days import next_working

REST = timedelta(hours=1)
"""So long after a reminder no second one goes out: a button pressed twice is one mail."""


def remind(by: User, seat: Seat) -> list[User]:
    """Mails those who answer for the seat, and gives them. Raises Refused where there is nothing to remind
    of."""
    require(by, Verb.ASSIGN, seat.stage.review)
    with refusals("remind", seat, by):
        review = hold_review(seat.stage.review_id)
        seat = Seat.objects.select_related("stage__review", "institution", "user").get(pk=seat.pk)
        seat.stage.review = review
        if not (review.running and seat.stage.open):
            raise Refused("not_open", _("Nothing is asked of this institution now."))
        if seat.answer is not None:
            raise Refused(
                "answered", _("%(institution)s has answered meanwhile.") % {"institution": seat.body}
            )
        if seat.reminded and timezone.now() - seat.reminded < REST:
            raise Refused(
                "reminded",
                _("%(institution)s was reminded less than an hour ago.") % {"institution": seat.body},
            )
        if reason := cannot_answer(seat, barred(review)):
            raise Refused("nobody", why(seat, reason))
        grants.give(seat.stage)
        told = mails.tell_seat(seat, "reminder", review, by=by.name, late=seat.stage.days_late)
        if not told:
            raise Refused(
                "nobody", _("%(institution)s has no reviewer to remind.") % {"institution": seat.body}
            )
        audit.hold()
        Seat.objects.filter(pk=seat.pk).update(reminded=timezone.now())
        audit.record("remind", seat, by, people=len(told))
    return told


def extend_deadline(by: User, stage: Stage, day: date, reason: str) -> date:
    """Moves the deadline of an open stage to a later day and tells those who have not answered; gives the
    day, the next working one where the day that was named is free. Raises Refused."""
    require(by, Verb.ASSIGN, stage.review)
    reason = plain_text(reason)
    with refusals("extend", stage, by):
        review = hold_review(stage.review_id)
        stage = Stage.objects.get(pk=stage.pk)
        stage.review = review
        if not (review.running and stage.open):
            raise Refused("not_open", _("This stage is not open."))
        before = stage.due_day
        if day < review.today or (before and day <= before) or day > review.today + timedelta(days=MOST_DAYS):
            raise Refused("no_later_day", _("Choose a day after the present deadline, within a year."))
        if not reason:
            raise Refused("no_reason", _("Say why: the institutions will read it."))
        day = next_working(day, review.edition.instrument.country_id)
        stage.due, stage.moved_reason = end_of_day(day, review.zone), reason
        stage.save(update_fields=["due", "moved_reason"])
        # The moment, and not the day: which day it is depends on the clock of the country, and that may
        # change.
        audit.record("extend", stage, by, before=str(before), due=stage.due.isoformat(), reason=reason)
        seats = list(stage.seats.filter(sign_offs__isnull=True).select_related("institution", "user"))
        for seat in seats:
            seat.stage = stage
        mails.tell_seats(seats, "extended", review, by=by.name, reason=reason)
    return day
