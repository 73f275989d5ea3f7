"""Settle a thread, or open it again, and tell the coordinator that it waits for another answer."""

from __future__ import annotations

from django.db import transaction

from documents.comments.actions import resolve
from documents.models import Comment
from people.models import User
from workflows import mails
from workflows.models import Review
from workflows.rules.respondents import coordinators


def settle_comment(by: User, comment: Comment, review: Review, *, settled: bool) -> bool:
    """Gives whether it was not so before. Who runs the review is told by mail what was opened again, unless
    they did it themselves. Raises what :func:`documents.comments.actions.resolve` does."""
    with transaction.atomic():
        changed = resolve(by, comment, settled)
        if changed and not settled:
            for user in coordinators(review):
                if user.pk != by.pk:
                    place = f"?text={comment.language}&view=comments&comment={comment.pk}#k{comment.pk}"
                    mails.tell(
                        user, "comment_reopened", review, page=f"review/{review.pk}/{place}", by=by.name
                    )
    return changed
