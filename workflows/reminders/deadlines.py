"""What the clock does to a review: silence that counts as assent, reminders, word to the coordinator. Called
by the worker."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

import audit
from documents.actions.submit_edition import is_as_submitted
from workflows import mails
from workflows.actions.advance_stages import settle
from workflows.actions.locking import hold_review
from workflows.actions.sign_off import covered
from workflows.choices import ReviewState, Silence, StageKind
from workflows.models import Reminder, Review, Seat, Stage
from workflows.procedures.deadlines import day_there
from workflows.rules.respondents import coordinators
from workflows.rules.tacit_assent import barred, cannot_answer, why
from workflows.trail.audit_payloads import moment

BEFORE = timedelta(days=3)


def take_silence_as_assent(now: datetime | None = None) -> list[Seat]:
    """In every open stage whose procedure says so and whose deadline has passed, who has not answered has
    agreed. Gives their seats. Nobody's signature is written: the seat says that it was silence. The silence
    of authors, and of an institution of which nobody could have answered, is no assent
    (:func:`workflows.rules.tacit_assent.cannot_answer`): it is waited for. ``now`` is for tests."""
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
    review = hold_review(candidate.review_id)
    stage = Stage.objects.get(pk=candidate.pk)
    stage.review = review
    if not (review.running and stage.open and stage.due and stage.due < at):
        return []
    wrote = barred(review)
    waiting = stage.seats.filter(sign_offs__isnull=True, assented__isnull=True).select_related("user")
    silent = [seat for seat in waiting if not cannot_answer(seat, wrote)]
    # Nobody was silent about a text that was altered in the database.
    if not silent or (stage.locked and not _as_submitted(review)):
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


def _as_submitted(review: Review) -> bool:
    return is_as_submitted(review.edition, review.manifest, covered(review.manifest))


def send_reminders(now: datetime | None = None) -> int:
    """Reminds those who have not answered, before the deadline, on its day and after it, and tells the
    coordinator who is late; each once for a deadline (a deadline that was moved begins anew). Gives how many
    mails. ``now`` is for tests."""
    at = now or timezone.now()
    open_stages = Stage.objects.filter(
        opened__isnull=False, closed__isnull=True, due__isnull=False, review__state=ReviewState.RUNNING
    )
    told = 0
    for candidate in open_stages.exclude(kind=StageKind.ADOPTION).select_related(
        "review__edition__instrument__country"
    ):
        today = day_there(at, candidate.review.zone)
        if which_reminder(candidate, today) and not _noted(candidate, today):
            with transaction.atomic():
                told += _remind(candidate.pk, today)
    return told


def which_reminder(stage: Stage, today: date) -> str:
    """The reminder of a day: "before" from three days before the deadline, "on" its day, "after0" in the
    first week after it, "after1" in the second, and so on; none on the day on which the stage was opened."""
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


def _remind(pk: int, today: date) -> int:
    """One stage's reminder of the day, if it has not gone out."""
    review = hold_review(Stage.objects.values_list("review", flat=True).get(pk=pk))
    stage = Stage.objects.get(pk=pk)
    stage.review = review
    kind, due = which_reminder(stage, today), stage.due_day
    if due is None or not (kind and review.running and stage.open) or _noted(stage, today):
        return 0
    Reminder.objects.create(stage=stage, due=due, kind=kind)
    late = max(0, (today - due).days)
    silent = list(
        stage.seats.filter(sign_offs__isnull=True, assented__isnull=True).select_related(
            "institution__country", "user"
        )
    )
    for seat in silent:
        seat.stage = stage
    people = mails.tell_seats(silent, "reminder", review, by="Kodeks", late=late, may_wait=kind == "before")
    told = len(people)
    if kind.startswith("after"):
        wrote = barred(review) if silent else set()
        found = [(seat, cannot_answer(seat, wrote)) for seat in silent]
        names = {"names": lambda: "\n".join(_late(*one) for one in found)} if found else {"names": ""}
        for user in coordinators(review):
            mails.tell(
                user,
                "late",
                review,
                page=f"desk/reviews/{review.pk}/",
                stage=lambda: stage.title,
                due=stage.due_day,
                late=late,
                may_wait=False,
                **names,
            )
            told += 1
    audit.record("remind_all", stage, None, kind=kind, people=told)
    return told


def _late(seat: Seat, reason: str) -> str:
    """A line of the mail to the coordinator: who is late, and why no answer can come from there."""
    return f"{seat.body}: {why(seat, reason)}" if reason else seat.body
