"""Which comments on a text somebody reads in the room of a round."""

from __future__ import annotations

from django.db.models import QuerySet

from documents.models import Comment
from people.models import User
from workflows.models import Review


def comments_of(review: Review, user: User) -> QuerySet[Comment]:
    """All comments on the text; for who was asked in this round and may see no later one, those that were made until it ended.

    What became of these is told them too, whenever it was decided.
    """
    found = Comment.objects.filter(edition=review.edition_id)
    return (
        found
        if review.ended is None or sees_last_round(review, user)
        else found.filter(written__lte=review.ended)
    )


def sees_last_round(review: Review, user: User) -> bool:
    """Whether somebody may see the last round of the text: they take part in it, or run it."""
    rounds = Review.objects.filter(edition=review.edition_id).order_by("-round")
    return rounds[:1].get().pk in set(
        Review.objects.visible_to(user).filter(edition=review.edition_id).values_list("pk", flat=True)
    )
