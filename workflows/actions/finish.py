"""A review ends with its text: adopted, or void because the text was reopened or withdrawn.

Called from the signal of the edition, inside the transaction of what moved it.
"""

from __future__ import annotations

from django.utils import timezone

import audit
from documents.models import Edition
from workflows import letters, rights
from workflows.actions.locking import hold_review
from workflows.choices import Outcome, ReviewState, StageKind
from workflows.models import Review, SignOff, Stage
from workflows.texts import keep_round


def finish(edition: Edition) -> None:
    """The text was adopted: the stage that waited for it ends, the review is done."""
    review = Review.objects.filter(edition=edition, state=ReviewState.RUNNING).first()
    if review is None:
        return
    review = hold_review(review.pk)
    now = timezone.now()
    review.stages.filter(kind=StageKind.ADOPTION, closed__isnull=True).update(
        closed=now, outcome=Outcome.PASSED
    )
    _end(review, ReviewState.DONE, "")
    audit.record("review_done", review, None, sha256=review.manifest.sha256)


def void(edition: Edition, reason: str) -> None:
    """The text moves on: what was signed off no longer counts, and each who signed is told why."""
    last = Review.objects.filter(edition=edition).order_by("-round").first()
    if last is None or last.state not in (ReviewState.RUNNING, ReviewState.RETURNED):
        return
    review = hold_review(last.pk)
    keep_round(review)
    now = timezone.now()
    given = list(
        SignOff.objects.select_for_update(of=("self",))
        .filter(seat__stage__review=review, voided_at__isnull=True)
        .select_related("person", "seat__institution", "seat__stage__review")
    )
    for sign_off in given:
        sign_off.voided_at, sign_off.void_reason = now, reason
        sign_off.save(update_fields=["voided_at", "void_reason"])
        audit.record("void_sign_off", sign_off, None, seat=sign_off.seat_id)
        letters.tell(
            sign_off.person,
            "sign_off_voided",
            review,
            reason=reason,
            institution=lambda seat=sign_off.seat: seat.body,
            at=sign_off.at,
        )
    signed = {sign_off.person_id for sign_off in given}
    for stage in Stage.objects.filter(review=review, opened__isnull=False, closed__isnull=True):
        for seat in stage.seats.filter(sign_offs__isnull=True).select_related("institution", "user"):
            for user in rights.people_of(seat):
                if user.pk not in signed:
                    letters.tell(
                        user,
                        "no_longer_asked",
                        review,
                        reason=reason,
                        institution=lambda seat=seat: seat.body,
                    )
        Stage.objects.filter(pk=stage.pk).update(closed=now, outcome=Outcome.VOIDED)
    if review.state == ReviewState.RUNNING:
        _end(review, ReviewState.VOIDED, reason)
    else:
        rights.end_all(review)
    audit.record("void_review", review, None, sign_offs=len(given))


def _end(review: Review, state: ReviewState, reason: str) -> None:
    review.state, review.ended, review.end_reason = state, timezone.now(), reason
    review.save(update_fields=["state", "ended", "end_reason"])
    rights.end_all(review)
