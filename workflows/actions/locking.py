"""Hold a review while something is done to it."""

from __future__ import annotations

from django.db.models import QuerySet

from documents.actions.locking import hold
from workflows.models import Review, Seat, Stage


def hold_review(pk: int) -> Review:
    """The review, locked until the end of the transaction. Its edition is locked first: everybody locks the
    two in this order, so that there is no deadlock."""
    hold(Review.objects.select_related("edition").get(pk=pk).edition)
    Review.objects.select_for_update(no_key=True).get(pk=pk)
    return Review.objects.select_related(
        "manifest", "submitted_by", "edition__instrument__country", "edition__instrument__owner"
    ).get(pk=pk)


def hold_stage(stage: Stage) -> Stage:
    """The stage as it is now, its review locked."""
    review = hold_review(stage.review_id)
    found = Stage.objects.get(pk=stage.pk)
    found.review = review
    return found


def hold_seat(seat: Seat) -> Seat:
    """The seat as it is now, its review locked."""
    review = hold_review(seat.stage.review_id)
    found = Seat.objects.select_related("stage", "institution__country", "user").get(pk=seat.pk)
    found.stage.review = review
    return found


def hold_reviews(reviews: QuerySet[Review]) -> None:
    """Lock several reviews in one order."""
    for pk in reviews.order_by("edition_id", "pk").values_list("pk", flat=True).distinct():
        hold_review(pk)
