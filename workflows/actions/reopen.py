"""Reopen a text in review: the sign-offs given no longer count, and the next submission is a new round."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from documents.actions.errors import ActionError
from documents.actions.locking import hold
from documents.actions.record_refusal import record_refusals
from documents.actions.reopen_edition import reopen_edition
from people.access import require
from people.models import User
from people.roles import Verb
from workflows.actions.end_review import stages_behind
from workflows.choices import ReviewState
from workflows.models import Review, SignOff


@record_refusals("reopen")
def reopen(by: User, review: Review, reason: str) -> None:
    """Make the text a draft again; receivers void the sign-offs. Raises ActionError without a reason."""
    require(by, Verb.REOPEN, review)
    with transaction.atomic():
        edition = hold(review.edition)
        last = Review.objects.filter(edition=edition).order_by("-round").first()
        if (
            last is None
            or last.pk != review.pk
            or last.state not in (ReviewState.RUNNING, ReviewState.RETURNED)
        ):
            raise ActionError(_("This review has already ended. Nothing was changed."), "ended")
        reopen_edition(by, edition, reason)


def losing(review: Review) -> list[SignOff]:
    """The sign-offs that a reopening would void, also those of carried-over stages."""
    locked = [stage.pk for stage in stages_behind(review) if stage.locked]
    return list(
        SignOff.objects.filter(seat__stage__in=locked, voided_at__isnull=True)
        .select_related("person", "seat__institution", "seat__stage")
        .order_by("id")
    )
