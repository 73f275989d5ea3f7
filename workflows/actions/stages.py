"""A stage opens, and ends when its institutions have answered. The caller holds the review."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone

import audit
from people.access import memberships
from people.models import Membership, User
from people.roles import Role
from workflows import letters, quorum, rights
from workflows.choices import Outcome, ReviewState, StageKind
from workflows.deadlines import days_from, end_of_day
from workflows.models import Review, Stage


def open_stage(stage: Stage, due_day: date | None = None) -> None:
    """Opens a stage: its deadline begins, its people may read and sign off, and are told so."""
    review = stage.review
    now: datetime = timezone.now()
    stage.opened = now
    stage.due = end_of_day(due_day, review.zone) if due_day else days_from(now, stage.days, review.zone)
    stage.save(update_fields=["opened", "due"])
    audit.record("open_stage", stage, None, review=review.pk, due=stage.due.isoformat())
    if stage.kind == StageKind.ADOPTION:
        for user in coordinators(review):
            letters.tell(user, "review_passed", review, page="desk/reviews/")
        return
    rights.give(stage)
    for seat in stage.seats.select_related("institution__country", "user", "stage__review"):
        seat.stage = stage
        letters.tell_seat(seat, "asked", review, by=review.submitted_by.name, opinion=is_opinion(stage))


def is_opinion(stage: Stage) -> bool:
    return stage.kind in (StageKind.OPINION, StageKind.CONSULTATION)


def settle(review: Review, stage: Stage) -> None:
    """After an answer: ends the stage where its answers come to something, and opens the next one or ends the review."""
    seats = stage.seats.prefetch_related("sign_offs")
    answers = [next((s.choice for s in seat.sign_offs.all() if s.counts), None) for seat in seats]
    came_to = quorum.outcome(stage.quorum, answers)
    if not came_to:
        return
    stage.closed, stage.outcome = timezone.now(), Outcome(came_to)
    stage.save(update_fields=["closed", "outcome"])
    rights.end(stage)
    audit.record("end_stage", stage, None, review=review.pk, outcome=came_to)
    if came_to != Outcome.PASSED:
        review.state, review.ended = ReviewState.RETURNED, stage.closed
        review.save(update_fields=["state", "ended"])
        for user in coordinators(review):
            letters.tell(
                user,
                "returned" if came_to == Outcome.RETURNED else "too_few_agreed",
                review,
                page="desk/reviews/",
                stage=lambda: stage.title,
            )
        return
    following = review.stages.filter(order__gt=stage.order).order_by("order").first()
    if following is not None:
        following.review = review
        open_stage(following)
    else:
        for user in coordinators(review):
            letters.tell(user, "review_passed", review, page="desk/reviews/")


def coordinators(review: Review) -> list[User]:
    """Who runs the review: who submitted it, while they coordinate for the owner; else all its coordinators."""
    owner = review.edition.instrument.owner_id
    submitter = review.submitted_by
    if any(m.role == Role.COORDINATOR and m.institution_id == owner for m in memberships(submitter)):
        return [submitter]
    held = Membership.objects.active().filter(institution=owner, role=Role.COORDINATOR)
    return list(User.objects.filter(pk__in=held.values("user"), is_active=True).order_by("pk"))
