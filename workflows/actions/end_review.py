"""End a review with its text, in the transaction that moved the edition."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils import timezone

import audit
from documents.actions.adopt_edition import today_in
from documents.models import Comment, Edition
from people.models import User
from workflows import mails
from workflows.actions.advance_stages import close_open
from workflows.actions.locking import hold_review
from workflows.actions.store_texts import keep_round
from workflows.choices import Outcome, ReviewState, StageKind
from workflows.models import UNANSWERED, Review, Seat, SignOff, Stage
from workflows.rules import grants
from workflows.rules.respondents import people_of
from workflows.trail.audit_payloads import end_payload, void_payload


def finish(edition: Edition) -> None:
    """The text was adopted: the stage that waited for it ends, the review is done."""
    review = Review.objects.filter(edition=edition, state=ReviewState.RUNNING).first()
    if review is None:
        return
    review = hold_review(review.pk)
    end_review(review, ReviewState.DONE, "")
    review.stages.filter(kind=StageKind.ADOPTION, closed__isnull=True).update(
        closed=review.ended, outcome=Outcome.PASSED
    )
    if edition.valid_from is not None and edition.valid_from > today_in(edition):
        grants.let_read_until_in_force(review)
    audit.record("review_done", review, None, sha256=review.manifest.sha256, **end_payload(review))


def void(edition: Edition, reason: str, state: ReviewState = ReviewState.VOIDED) -> None:
    """Void the sign-offs of locked stages and end the review; answers on an open text stay."""
    last = Review.objects.filter(edition=edition).order_by("-round").first()
    if last is None or last.withdrawn or last.state not in (ReviewState.RUNNING, ReviewState.RETURNED):
        return
    review = hold_review(last.pk)
    withdrawn = state == ReviewState.WITHDRAWN
    signed = void_sign_offs(review, list(stages_behind(review)), reason, withdrawn=withdrawn)
    end_without_result(review, signed, dismiss(review, signed, reason, withdrawn=withdrawn), reason, state)


def end_without_result(
    review: Review,
    signed: set[int],
    notified: set[int],
    reason: str,
    state: ReviewState = ReviewState.VOIDED,
) -> None:
    """End a review and its grants. ``signed`` and ``notified`` are the people who were notified of it."""
    if review.state == ReviewState.RUNNING:
        end_review(review, state, reason)
    else:
        if state == ReviewState.WITHDRAWN:
            review.end_reason = reason
            review.save(update_fields=["end_reason"])
        grants.end_all(review)
    stored = keep_round(review)
    audit.record(
        "void_review",
        review,
        None,
        sign_offs=len(signed),
        told=len(notified),
        **end_payload(review),
        **stored,
    )


def stages_behind(*reviews: Review) -> Iterator[Stage]:
    """The stages of reviews, a carried-over one as the stage in which it was answered; one query."""
    for stage in Stage.objects.filter(review__in=reviews).select_related("kept"):
        yield stage.kept or stage


def void_sign_offs(
    review: Review, stages: list[Stage], reason: str, *, withdrawn: bool = False, again: bool = False
) -> set[int]:
    """Void the sign-offs of locked stages and tell who gave them; gives these people."""
    now = timezone.now()
    given = list(
        SignOff.objects.select_for_update(of=("self",), no_key=True)
        .filter(seat__stage__in=[s.pk for s in stages if s.locked], voided_at__isnull=True)
        .select_related("person", "seat__institution", "seat__stage__review")
    )
    for sign_off in given:
        sign_off.voided_at, sign_off.void_reason = now, reason
        sign_off.save(update_fields=["voided_at", "void_reason"])
        audit.record("void_sign_off", sign_off, None, **void_payload(sign_off))
        mails.tell(
            sign_off.person,
            "sign_off_voided",
            review,
            reason=reason,
            institution=lambda seat=sign_off.seat: seat.body,
            at=sign_off.at,
            withdrawn=withdrawn,
            again=again,
        )
    return {sign_off.person_id for sign_off in given}


def dismiss(
    review: Review, signed: set[int], reason: str, *, withdrawn: bool = False, again: bool = False
) -> set[int]:
    """End what is open, and tell who has not answered that they need not; gives these people.

    After a return they were notified already. Where the review is withdrawn then, they are notified of that.
    """
    stopped = not review.running
    stages = close_open(review)
    if stopped and withdrawn:
        # What a return ended beside it was voided; in the stage that ended so, too, somebody may not have
        # answered yet.
        stages = list(review.stages.exclude(outcome="").exclude(outcome=Outcome.PASSED))
    notified: set[int] = set()
    for stage in stages:
        for seat in stage.seats.filter(UNANSWERED).select_related("institution", "user"):
            for user in people_of(seat):
                if user.pk not in signed | notified:
                    notified.add(user.pk)
                    mails.tell(
                        user,
                        "no_longer_asked",
                        review,
                        reason=reason,
                        withdrawn=withdrawn,
                        again=again,
                        institution=lambda seat=seat: seat.body,
                    )
    return notified | _tell_replaced(review, signed | notified, reason, withdrawn=withdrawn, again=again)


def _tell_replaced(review: Review, known: set[int], reason: str, *, withdrawn: bool, again: bool) -> set[int]:
    """Tell who commented before somebody else was asked in their place; gives these people."""
    notified: set[int] = set()
    wrote = Comment.objects.filter(edition=review.edition_id, written__gte=review.started)
    for user in User.objects.filter(pk__in=wrote.values("author")).exclude(pk__in=known).order_by("pk"):
        if (
            Seat.objects.for_respondent(user)
            .filter(stage__review=review, stage__opened__isnull=False)
            .exists()
        ):
            continue
        seat = (
            Seat.objects.commented_by(user).filter(stage__review=review).select_related("institution").first()
        )
        if seat is not None:
            notified.add(user.pk)
            mails.tell(
                user,
                "round_ended",
                review,
                reason=reason,
                withdrawn=withdrawn,
                again=again,
                institution=lambda seat=seat: seat.body,
            )
    return notified


def end_review(review: Review, state: ReviewState, reason: str) -> None:
    review.state, review.ended, review.end_reason = state, timezone.now(), reason
    review.save(update_fields=["state", "ended", "end_reason"])
    grants.end_all(review)
