"""Deadlines of a review: tacit assent and reminders. Called by the worker."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

import audit
from documents.actions.submit_edition import is_as_submitted
from workflows import mails
from workflows.actions.advance_stages import settle
from workflows.actions.locking import hold_stage
from workflows.actions.sign_off import covered
from workflows.choices import ReviewState, Silence, StageKind
from workflows.models import Reminder, Seat, Stage
from workflows.procedures.deadlines import day_there
from workflows.rules.tacit_assent import barred, cannot_answer, why
from workflows.trail.audit_payloads import moment

BEFORE = timedelta(days=3)


def take_silence_as_assent(now: datetime | None = None) -> list[Seat]:
    """Take silence as assent in stages past their deadline; gives the seats.

    Not that of authors, nor where nobody could have answered. ``now`` is for tests.
    """
    at = now or timezone.now()
    due = Stage.objects.filter(
        silence=Silence.ASSENT,
        opened__isnull=False,
        closed__isnull=True,
        due__lt=at,
        review__state=ReviewState.RUNNING,
    )
    found: list[Seat] = []
    for candidate in due.order_by("pk"):
        with transaction.atomic():
            found += _assents_in(candidate, at)
    return found


def _assents_in(candidate: Stage, at: datetime) -> list[Seat]:
    """Takes the silence of one stage as assent; gives the seats."""
    stage = hold_stage(candidate)
    review = stage.review
    if not (review.running and stage.open and stage.due and stage.due < at):
        return []
    wrote = barred(review)
    silent = [seat for seat in stage.seats_waiting(assented=None) if not cannot_answer(seat, wrote)]
    # Nobody was silent about a text that was altered in the database.
    if not silent or (
        stage.locked and not is_as_submitted(review.edition, review.manifest, covered(review.manifest))
    ):
        return []
    audit.hold()  # before the first seat is changed (documents.actions.locking)
    taken = []
    for seat in silent:
        if cannot_answer(seat, wrote):
            continue  # whose silence was taken for another institution a moment ago
        taken.append(seat)
        seat.assented = at
        seat.save(update_fields=["assented"])
        audit.record("silent_assent", seat, None, stage=stage.pk, moment=moment(at))
    if taken:
        settle(review, stage)
    return taken


def send_reminders(now: datetime | None = None) -> int:
    """Remind who has not answered, and tell the coordinator who is late, each once for a deadline."""
    at = now or timezone.now()
    open_stages = Stage.objects.filter(
        opened__isnull=False, closed__isnull=True, due__isnull=False, review__state=ReviewState.RUNNING
    )
    sent = 0
    for candidate in open_stages.exclude(kind=StageKind.ADOPTION).select_related(
        "review__edition__instrument__country"
    ):
        today = day_there(at, candidate.review.zone)
        if which_reminder(candidate, today) and not _noted(candidate, today):
            with transaction.atomic():
                sent += _remind(candidate, today)
    return sent


def which_reminder(stage: Stage, today: date) -> str:
    """Of a day: "before" (three days), "on" the deadline, "after0" in the week after, "after1" in the next"""
    due = stage.due_day
    if due is None or stage.opened is None or day_there(stage.opened, stage.review.zone) >= today:
        return ""
    if today > due:
        return f"after{(today - due).days // 7}"
    if today == due:
        return "on"
    return "before" if today >= due - BEFORE else ""


def _noted(stage: Stage, today: date) -> bool:
    kind, due = which_reminder(stage, today), stage.due_day
    return due is not None and Reminder.objects.filter(stage=stage, due=due, kind=kind).exists()


def _remind(candidate: Stage, today: date) -> int:
    """One stage's reminder of the day, if it has not gone out."""
    stage = hold_stage(candidate)
    review = stage.review
    kind, due = which_reminder(stage, today), stage.due_day
    if due is None or not (kind and review.running and stage.open) or _noted(stage, today):
        return 0
    Reminder.objects.create(stage=stage, due=due, kind=kind)
    late = max(0, (today - due).days)
    silent = stage.seats_waiting(assented=None)
    people = mails.tell_seats(silent, "reminder", review, by="Kodeks", late=late, may_wait=kind == "before")
    sent = len(people)
    if kind.startswith("after"):
        wrote = barred(review) if silent else set()
        found = [(seat, cannot_answer(seat, wrote)) for seat in silent]
        sent += mails.tell_coordinators(
            review,
            "late",
            stage=lambda: stage.title,
            due=stage.due_day,
            late=late,
            may_wait=False,
            names=lambda: "\n".join(_late(*one) for one in found),
        )
    audit.record("remind_all", stage, None, kind=kind, people=sent)
    return sent


def _late(seat: Seat, reason: str) -> str:
    """A line of the mail to the coordinator: who is late, and why no answer can come from there."""
    return f"{seat.body}: {why(seat, reason)}" if reason else seat.body
