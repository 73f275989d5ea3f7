"""Holding a review while something is done to it, and writing down what was refused."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import models, transaction
from django.db.models import QuerySet

import audit
from documents.actions.errors import ActionError
from documents.actions.locking import hold
from people.models import User
from workflows.models import Review


def hold_review(pk: int) -> Review:
    """The review as it is now, held until the end of the transaction. All who vote in it wait for each other
    here.

    Its edition is held before it, by whoever votes too: a text is reopened or adopted with its edition in
    hand, and they would wait for each other for good, one for the review and one for the audit trail.
    """
    hold(Review.objects.select_related("edition").get(pk=pk).edition)
    Review.objects.select_for_update(no_key=True).get(pk=pk)
    return Review.objects.select_related(
        "manifest", "submitted_by", "edition__instrument__country", "edition__instrument__owner"
    ).get(pk=pk)


def hold_reviews(reviews: QuerySet[Review]) -> None:
    """Holds several, each with its edition before it, in the one order in which whoever needs several takes
    them."""
    for pk in reviews.order_by("edition_id", "pk").values_list("pk", flat=True).distinct():
        hold_review(pk)


@contextmanager
def refusals(verb: str, thing: models.Model, by: User) -> Iterator[None]:
    """One transaction for an action; a refusal undoes it and is written into the audit trail on its own."""
    try:
        with transaction.atomic():
            yield
    except ActionError as refusal:
        audit.refused(verb, thing, by, why=refusal.code)
        raise
