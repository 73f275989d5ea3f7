"""Whether silence says something: who could have answered for a seat, and did not."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from documents.access.authorship import authors
from documents.models.instruments import let_in
from people.models import User
from theme.localized_names import localized_name
from workflows.models import Review, Seat
from workflows.rules.respondents import delegates_now, people_of
from workflows.rules.vote_conflicts import answered_in_stage, submitters

AUTHOR, NOBODY, CLOSED, ANSWERED_ELSEWHERE = "author", "nobody", "closed", "beside"


def barred(review: Review) -> set[UUID]:
    """The actors who answer for nobody in a review: the authors of its text, and who submitted it."""
    return authors(review.edition) | {one.actor for one in submitters(review).values()}


def cannot_answer(seat: Seat, wrote: set[UUID]) -> str:
    """Why a waiting seat can be answered by no word and no silence (docs/decisions/0026); empty if it can.

    AUTHOR: all who could wrote the text or submitted it (``wrote``). NOBODY is there. CLOSED by the
    classification. BESIDE: they answered for another institution.
    """
    if seat.user is not None and seat.user.actor in wrote:
        return AUTHOR  # nobody else signs it off for them
    others = answered_in_stage(seat)
    if seat.user_id in others:
        return ANSWERED_ELSEWHERE  # what a delegate says is their word
    people = people_of(seat) + delegates_now(seat)
    if not people:
        return NOBODY
    if all(user.actor in wrote for user in people):
        return AUTHOR
    instrument = seat.stage.review.edition.instrument
    if not any(let_in(user, instrument) for user in people):
        return CLOSED
    return ANSWERED_ELSEWHERE if all(user.pk in others or user.actor in wrote for user in people) else ""


def alone_for(seat: Seat, wrote: set[UUID]) -> User | None:
    """The one person who can still answer for a seat that can be answered; None where several can."""
    others, instrument = answered_in_stage(seat), seat.stage.review.edition.instrument
    able = {
        user
        for user in people_of(seat) + delegates_now(seat)
        if user.actor not in wrote and user.pk not in others and let_in(user, instrument)
    }
    return able.pop() if len(able) == 1 else None


def why(seat: Seat, reason: str) -> str:
    """The same in words, in the language that is active."""
    if reason == AUTHOR and seat.user is not None:
        return _("%(name)s is an author of this text or submitted it, and cannot answer for it.") % {
            "name": localized_name(seat.user.name)
        }
    if reason == AUTHOR:
        return _(
            "All reviewers of this institution are authors of this text or submitted it, and "
            "cannot answer for it."
        )
    if reason == CLOSED:
        return _(
            "No reviewer of the institution can read the document any longer, because of its "
            "classification. Change the classification, share the document with the institution, "
            "or withdraw the review."
        )
    if reason == ANSWERED_ELSEWHERE and seat.user is not None:
        return _(
            "%(name)s has answered for another institution in this stage. One person can answer "
            "for one institution only."
        ) % {"name": localized_name(seat.user.name)}
    if reason == ANSWERED_ELSEWHERE:
        return _(
            "Everyone who could answer for this institution has answered for another institution "
            "in this stage. One person can answer for one institution only."
        )
    if seat.user is not None:
        return _("%(name)s is no longer a reviewer of this institution, and nobody else can answer.") % {
            "name": localized_name(seat.user.name)
        }
    return _("This institution no longer has a reviewer.")
