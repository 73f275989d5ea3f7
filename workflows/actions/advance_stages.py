"""Stages open, and end when their institutions have answered. The caller holds the review."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.utils import timezone

import audit
from workflows import mails
from workflows.actions.store_texts import keep_round
from workflows.choices import Choice, Outcome, ReviewState, StageKind
from workflows.models import UNANSWERED, Review, Seat, SignOff, Stage
from workflows.procedures import quorum
from workflows.procedures.deadlines import day_there, deadline, end_of_day, next_working
from workflows.rules import grants
from workflows.rules.respondents import delegates_now, people_of
from workflows.rules.unanswered_comments import open_comments
from workflows.trail.audit_payloads import moment


def open_step(review: Review, step: int, due_day: date | None = None) -> None:
    """Open the stages of a step; ``due_day`` is the deadline of the first of them."""
    for stage in review.stages.filter(step=step, opened__isnull=True).order_by("order"):
        stage.review = review
        open_stage(stage, due_day)
        due_day = None


def open_stage(stage: Stage, due_day: date | None = None) -> None:
    """Opens a stage: its deadline begins, its people may read and sign off, and are notified."""
    review = stage.review
    now: datetime = timezone.now()
    stage.opened = now
    country = review.edition.instrument.country_id
    # A day that was named and is free there moves as one that was counted does.
    last = (
        next_working(due_day, country)
        if due_day
        else deadline(day_there(now, review.zone), stage.days, country, working=stage.working)
    )
    stage.due = end_of_day(last, review.zone)
    stage.save(update_fields=["opened", "due"])
    audit.record(
        "open_stage", stage, None, review=review.pk, due=stage.due.isoformat(), moment=moment(stage.opened)
    )
    if not stage.asks:
        mails.tell_coordinators(
            review,
            "review_passed" if stage.kind == StageKind.ADOPTION else "to_coordinate",
            stage=lambda: stage.title,
            due=stage.due_day,
            waiting=bool(open_comments([review.edition_id])),
        )
        return
    grants.give(stage)
    asking = {"by": review.submitted_by.name, "opinion": is_opinion(stage)}
    mails.tell_seats(stage.seats_waiting(), "asked", review, **asking)


def is_opinion(stage: Stage) -> bool:
    return stage.kind in (StageKind.OPINION, StageKind.CONSULTATION)


def answers_of(stage: Stage) -> list[str | None]:
    """Each institution's answer: "agree" for silence taken as assent, None while it is waited for."""
    return [_answer(seat) for seat in stage.seats.prefetch_related("sign_offs")]


def _answer(seat: Seat) -> str | None:
    return next(
        (one.choice for one in seat.sign_offs.all() if one.counts), "agree" if seat.assented else None
    )


def settle(review: Review, stage: Stage) -> None:
    """After an answer, end the stage if its quorum decides."""
    consulted = stage.kind == StageKind.CONSULTATION
    outcome = quorum.stage_outcome(stage.quorum, answers_of(stage), consulted=consulted, late=stage.late)
    if outcome:
        end_stage(review, stage, Outcome(outcome))


def effect_of(seat: Seat, choice: str) -> quorum.Effect:
    """What this answer of a seat does to its stage and its round, by the rule of :func:`settle`."""
    stage = seat.stage
    others = stage.seats.exclude(pk=seat.pk).prefetch_related("sign_offs")
    open_beside = stage.review.stages.filter(opened__isnull=False, closed__isnull=True).exclude(pk=stage.pk)
    return quorum.effect(
        stage.quorum,
        [_answer(other) for other in others],
        choice,
        consulted=stage.kind == StageKind.CONSULTATION,
        late=stage.late,
        beside=sum(answers_of(one).count(None) for one in open_beside),
    )


def end_stage(review: Review, stage: Stage, outcome: Outcome) -> None:
    """End a stage. Passed, the next step opens when the whole step has ended; else the review is returned."""
    stage.closed, stage.outcome = timezone.now(), outcome
    stage.save(update_fields=["closed", "outcome"])
    grants.end(stage)
    if outcome == Outcome.PASSED:
        _tell_end(review, stage)
        mails.tell_seats(stage.seats_waiting(assented=None), "goes_on", review)
        go_on(review, stage.step)
        return
    review.state, review.ended = ReviewState.RETURNED, stage.closed
    review.save(update_fields=["state", "ended"])
    # A draft that was returned can be changed at once, and the database takes the text of a round from its
    # end on: it is kept now.
    _tell_end(review, stage, **keep_round(review))
    _tell_stopped(review, stage, close_open(review))
    back = SignOff.objects.filter(seat__stage=stage, choice=Choice.RETURN, voided_at=None)
    given = back.select_related("seat__institution").last()
    mails.tell_coordinators(
        review,
        "returned" if outcome == Outcome.RETURNED else "too_few_agreed",
        stage=lambda: stage.title,
        locked=review.locked,
        institution=lambda: given.seat.body if given else "",
    )


def _tell_stopped(review: Review, stage: Stage, others: Sequence[Stage]) -> None:
    """Tell those who were still asked there, each person once, that nothing is asked of them any more."""
    notified: set[int] = set()
    seats = Seat.objects.filter(UNANSWERED, stage__in=[stage, *others], assented=None)
    for seat in seats.select_related("institution__country", "user", "stage"):
        for user in [*people_of(seat), *delegates_now(seat)]:
            if user.pk not in notified:
                notified.add(user.pk)
                mails.tell(
                    user,
                    "stopped",
                    review,
                    institution=lambda seat=seat: seat.body,
                    ended=lambda: stage.title,
                    returned=stage.outcome == Outcome.RETURNED,
                )


def go_on(review: Review, step: int) -> None:
    """Open the next step when every stage of ``step`` has ended, or tell the coordinator that all passed."""
    if review.stages.filter(step=step, closed__isnull=True).exists():
        return
    following = review.stages.filter(step__gt=step).order_by("step").first()
    if following is not None:
        open_step(review, following.step)
    else:
        mails.tell_coordinators(review, "review_passed")


def close_open(review: Review) -> list[Stage]:
    """Ends what is still open without a result, and gives it."""
    left = list(review.stages.filter(opened__isnull=False, closed__isnull=True))
    for stage in left:
        stage.review = review
        stage.closed, stage.outcome = timezone.now(), Outcome.VOIDED
        stage.save(update_fields=["closed", "outcome"])
        grants.end(stage)
        _tell_end(review, stage)
    return left


def _tell_end(review: Review, stage: Stage, **stored: Any) -> None:
    audit.record(
        "end_stage",
        stage,
        None,
        review=review.pk,
        outcome=str(stage.outcome),
        moment=moment(stage.closed),
        **stored,
    )
