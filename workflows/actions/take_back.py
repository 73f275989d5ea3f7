"""Take an answer back, within minutes and while its stage is open."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

import audit
from documents.actions.errors import ActionError
from documents.actions.record_refusal import record_refusals
from people.access import require
from people.models import User
from people.roles import Verb
from workflows import mails
from workflows.actions.locking import hold_seat
from workflows.models import Seat, SignOff
from workflows.trail.audit_payloads import void_payload

MINUTES = 10


def time_left(given: SignOff) -> timedelta:
    """How long an answer can still be taken back; nothing once its stage has ended."""
    stage = given.seat.stage
    if not (given.counts and stage.open and stage.review.running):
        return timedelta(0)
    return max(timedelta(0), given.at + timedelta(minutes=MINUTES) - timezone.now())


@record_refusals("take_back_answer")
def take_back(by: User, seat: Seat) -> SignOff:
    """The answer of ``by`` no longer counts, and the seat waits again.

    Raises ActionError where it is too late or the answer is another's, Http404 where ``by`` may not see the
    review."""
    require(by, Verb.READ, seat.stage.review)
    with transaction.atomic():
        seat = hold_seat(seat)
        given: SignOff | None = seat.answer
        if given is None or not given.counts or given.person_id != by.pk:
            raise ActionError(_("You have no answer to take back here."), "no_answer")
        given.seat = seat
        if not time_left(given):
            message = _("It is too late to take your answer back. Contact the coordinator.")
            raise ActionError(message, "too_late")
        audit.hold()
        given.voided_at, given.taken_back = timezone.now(), True
        given.save(update_fields=["voided_at", "taken_back"])
        audit.record("take_back_answer", given, by, **void_payload(given))
        mails.tell(
            by,
            "taken_back",
            seat.stage.review,
            page=f"review/{seat.stage.review_id}/?seat={seat.pk}",
            may_wait=False,
            institution=lambda: seat.body,
            stage=lambda: seat.stage.title,
            due=seat.stage.due_day,
        )
    return given
