"""Ask somebody else of an institution, in place of the person who was asked."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

import audit
from documents.access.authorship import authors
from documents.actions.errors import ActionError
from documents.actions.record_refusal import record_refusals
from documents.models.instruments import let_in
from people.access import require
from people.models import User
from people.roles import Verb
from workflows import mails
from workflows.actions.advance_stages import is_opinion
from workflows.actions.delegate import tell_ended
from workflows.actions.locking import hold_seat
from workflows.choices import Delegation
from workflows.models import Review, Seat, SignOff
from workflows.rules import grants
from workflows.rules.respondents import delegates_of, people_of
from workflows.rules.vote_conflicts import submitters


@record_refusals("ask_another")
def ask_another(by: User, seat: Seat, person: User) -> User:
    """Ask ``person`` instead, by the same deadline; gives who was asked before. Both are notified.

    Who was asked before reads on where they commented. Raises ActionError where the seat can't be handed
    over.
    """
    require(by, Verb.ASSIGN, seat.stage.review)
    with transaction.atomic():
        seat = hold_seat(seat)
        review = seat.stage.review
        _check(by, seat, person, review)
        former = seat.user
        assert former is not None  # noqa: S101 - checked
        delegates = [one.to for one in delegates_of(seat)]
        audit.hold()
        Seat.objects.filter(pk=seat.pk).update(user=person)
        seat.user = person
        audit.record("hand_over_seat", seat, by, to=str(person.actor))
        if seat.stage.opened is not None:
            for user in {former, *delegates}:
                grants.recompute_grants(seat.stage, user)
            grants.give(seat.stage)
            mails.tell_seat(seat, "asked", review, by=by.name, opinion=is_opinion(seat.stage))
            mails.tell(
                former,
                "asked_another",
                review,
                by=by.name,
                name=person.name,
                institution=lambda: seat.body,
                stage=lambda: seat.stage.title,
                reads_on=Seat.objects.commented_by(former).filter(stage=seat.stage).exists(),
            )
            tell_ended(by, former, seat.institution, delegates, [seat.stage])
    return former


def others(seat: Seat, review: Review, excluded: set[UUID]) -> list[User]:
    """The reviewers of the institution who could be asked instead, without the actors ``excluded``."""
    if not _may_be_handed_over(seat, review):
        return []
    found = people_of(Seat(institution=seat.institution))
    return [
        user
        for user in found
        if user.pk != seat.user_id
        and user.actor not in excluded
        and let_in(user, review.edition.instrument)
        and not _speaks_elsewhere(user, seat)
    ]


def _speaks_elsewhere(person: User, seat: Seat) -> bool:
    """Whether somebody is asked by name for another institution of the stage, or has answered for one."""
    named = Seat.objects.filter(stage=seat.stage_id, user=person).exclude(pk=seat.pk)
    answered = SignOff.objects.filter(seat__stage=seat.stage_id, person=person, voided_at=None)
    return named.exists() or answered.exists()


def _may_be_handed_over(seat: Seat, review: Review) -> bool:
    stage = seat.stage
    return (
        review.running
        and stage.closed is None
        and stage.delegate != Delegation.NOBODY
        and seat.user_id is not None
        and seat.answer is None
        and seat.assented is None
    )


def _check(by: User, seat: Seat, person: User, review: Review) -> None:
    names = {"name": person.name, "institution": seat.body}
    if not review.running or seat.stage.closed is not None:
        raise ActionError(_("This institution does not have to answer now."), "not_open")
    if seat.answer is not None or seat.assented is not None:
        raise ActionError(_("%(institution)s has already answered.") % names, "answered")
    if seat.stage.delegate == Delegation.NOBODY:
        raise ActionError(_("This procedure does not allow delegation."), "no_delegates")
    if seat.user_id is None:
        raise ActionError(_("Any reviewer of %(institution)s can already answer.") % names, "no_reviewer")
    if person not in people_of(Seat(institution=seat.institution)) or person.pk == seat.user_id:
        raise ActionError(_("Choose another reviewer from the same institution."), "no_reviewer")
    if person.pk == by.pk:
        raise ActionError(_("You cannot choose yourself. Ask another coordinator to do it."), "not_second")
    if _speaks_elsewhere(person, seat):
        message = _("%(name)s answers for another institution in this stage. Choose somebody else.")
        raise ActionError(message % names, "asked_beside")
    if person.pk in submitters(review):
        raise ActionError(_("%(name)s submitted this text. Choose somebody else.") % names, "submitter")
    if person.actor in authors(review.edition):
        message = _("%(name)s is an author of this text and cannot sign it off. Choose somebody else.")
        raise ActionError(message % names, "author")
    if not let_in(person, review.edition.instrument):
        message = _(
            "%(name)s (%(institution)s) cannot read this document because of its classification. "
            "Change the classification, share the document with the institution, or choose "
            "somebody else."
        )
        raise ActionError(message % names, "may_not_read")
