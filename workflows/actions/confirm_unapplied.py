"""Let a text go on or adopt it without accepted suggestions, where its coordinator confirmed that."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from django.db import transaction

import audit
from documents.actions.adopt_edition import ActData, adopt_edition
from documents.actions.errors import NotReady
from documents.actions.locking import hold
from documents.actions.record_refusal import record_refusals
from documents.models import Edition
from people.models import User
from workflows.models import Review
from workflows.rules.unapplied_suggestions import problem_of, unapplied


def check_left_out(edition: Edition, confirmed: Collection[int]) -> list[int]:
    """The comments that are accepted and not in the text. Raises NotReady unless they are ``confirmed``."""
    found = unapplied(edition)
    problem = problem_of(found, confirmed)
    if problem is not None:
        raise NotReady([problem])
    return [comment.pk for comment in found]


def tell_left_out(by: User, review: Review, comments: Sequence[int]) -> None:
    """Tells the trail without which suggestions the text goes on; nothing where there are none."""
    if comments:
        audit.record("go_without", review, by, comments=list(comments))


# Told here too: what the inner action tells of its refusal is undone with the transaction around it.
@record_refusals("adopt", of=lambda review: review.edition)
def adopt(
    by: User,
    review: Review,
    acts: Sequence[ActData],
    valid_from: date,
    languages: Collection[str] | None = None,
    antedated: Sequence[date] = (),
    without: Collection[int] = (),
    because: str = "",
) -> None:
    """Adopt the text of a review. Raises what ``adopt_edition`` does, and NotReady for unconfirmed
    suggestions."""
    with transaction.atomic():
        hold(review.edition)
        left = check_left_out(review.edition, without)
        adopt_edition(by, review.edition, acts, valid_from, languages, antedated, because)
        tell_left_out(by, review, left)
