"""Remind an institution of what is asked of it; give everybody in a stage more time."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

import audit
from documents.actions.errors import ActionError
from documents.actions.record_refusal import record_refusals
from documents.text import plain_text
from people.access import require
from people.models import User
from people.roles import Verb
from workflows import mails
from workflows.actions.locking import hold_seat, hold_stage
from workflows.models import Seat, Stage
from workflows.models.procedures import MOST_DAYS
from workflows.procedures.deadlines import end_of_day, next_working
from workflows.rules import grants
from workflows.rules.tacit_assent import barred, cannot_answer, why

REST = timedelta(hours=1)
"""So long after a reminder no second one goes out: a button pressed twice is one mail."""


@record_refusals("remind")
def remind(by: User, seat: Seat) -> list[User]:
    """Mail those who answer for the seat, and give them. Raises ActionError where nobody can be reminded."""
    require(by, Verb.ASSIGN, seat.stage.review)
    with transaction.atomic():
        seat = hold_seat(seat)
        review, names = seat.stage.review, {"institution": seat.body}
        if not (review.running and seat.stage.open):
            raise ActionError(_("This institution does not have to answer now."), "not_open")
        if seat.answer is not None:
            raise ActionError(_("%(institution)s has already answered.") % names, "answered")
        if seat.reminded and timezone.now() - seat.reminded < REST:
            raise ActionError(_("%(institution)s got a reminder less than an hour ago.") % names, "reminded")
        if reason := cannot_answer(seat, barred(review)):
            raise ActionError(why(seat, reason), "nobody")
        grants.give(seat.stage)
        people = mails.tell_seat(seat, "reminder", review, by=by.name, late=seat.stage.days_late)
        if not people:
            raise ActionError(_("%(institution)s has no reviewer who can get a reminder.") % names, "nobody")
        audit.hold()
        Seat.objects.filter(pk=seat.pk).update(reminded=timezone.now())
        audit.record("remind", seat, by, people=len(people))
    return people


@record_refusals("extend")
def extend_deadline(by: User, stage: Stage, day: date, reason: str) -> date:
    """Move a deadline to a later working day, and give it; tell who has not answered."""
    require(by, Verb.ASSIGN, stage.review)
    reason = plain_text(reason)
    with transaction.atomic():
        stage = hold_stage(stage)
        review = stage.review
        if not (review.running and stage.open):
            raise ActionError(_("This stage is not open."), "not_open")
        before = stage.due_day
        if day < review.today or (before and day <= before) or day > review.today + timedelta(days=MOST_DAYS):
            raise ActionError(
                _("Choose a date after the current deadline and within one year."), "no_later_day"
            )
        if not reason:
            raise ActionError(_("Give a reason. The institutions will see it."), "no_reason")
        day = next_working(day, review.edition.instrument.country_id)
        stage.due, stage.moved_reason = end_of_day(day, review.zone), reason
        stage.save(update_fields=["due", "moved_reason"])
        # The moment, and not the day: which day it is depends on the clock of the country, and that may
        # change.
        audit.record("extend", stage, by, before=str(before), due=stage.due.isoformat(), reason=reason)
        mails.tell_seats(stage.seats_waiting(), "extended", review, by=by.name, reason=reason)
    return day
