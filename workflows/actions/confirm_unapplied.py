"""A text goes on, or is adopted, without words that a suggestion was accepted for: only where who runs the
review confirmed it."""

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
from workflows.rules.unapplied_suggestions import left_out, problem_of


def check_left_out(edition: Edition, confirmed: Collection[int]) -> list[int]:
    """The comments whose suggestions were accepted and are not in the text, by their numbers. Raises NotReady
    unless all of them are ``confirmed``. The caller holds the edition."""
    rows = left_out(edition)
    problem = problem_of(rows, confirmed)
    if problem is not None:
        raise NotReady([problem])
    return [row.pk for row in rows]


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
) -> None:
    """Adopts the text of a review (:func:`documents.actions.adopt_edition.adopt_edition`, which says what is
    raised); NotReady also where it would go without a suggestion for which that was not confirmed."""
    with transaction.atomic():
        hold(review.edition)
        left = check_left_out(review.edition, without)
        adopt_edition(by, review.edition, acts, valid_from, languages, antedated)
        tell_left_out(by, review, left)
