"""Mails of a review: each in the language of its reader, none with a word of the text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

import mail
from documents.choices import Classification
from documents.models import Instrument
from documents.models.instruments import let_in
from documents.notifications import has_a_role, validity_of
from mail.models import Message
from mail.validity import Validity
from people.actions.second_factor import has_factor
from people.models import User
from theme.localized_names import localized_name
from workflows.choices import Silence
from workflows.models import Review, Seat
from workflows.rules.respondents import delegates_now, people_of
from workflows.rules.submitters import answered_beside
from workflows.rules.tacit_assent import barred, cannot_answer
from workflows.texts import title_for

PEOPLE = ("by", "name", "instead_of")
"""What of a mail is the name of a person."""


def tell(
    user: User, template: str, review: Review, page: str = "", *, may_wait: bool = True, **context: Any
) -> None:
    """Writes one mail. ``page`` is the address below the language ("review/3/" where nothing is named).
    ``may_wait``: a reader who wants one mail a day gets it with that one.

    Values that are functions are called in the reader's language. Who may not be told (:func:`may_be_told`)
    gets none.
    """
    if not may_be_told(user, review):
        return
    with translation.override(user.language):
        known = {
            "title": _title(review, user.language),
            "edition": review.edition.number,
            "url": f"{settings.OFFICE_BASE_URL}/{user.language}/{page or f'review/{review.pk}/'}",
        }
        told = {name: value() if callable(value) else value for name, value in context.items()}
        told |= {one: localized_name(told[one]) for one in PEOPLE if told.get(one)}
        if told.get("reason") and _red(review):
            told["reason"] = _("Why is not written in a mail about this document. Ask the coordinator.")
    mail.send(
        template,
        to=user.email,
        language=user.language,
        context=known | told,
        about=review,
        may_wait=may_wait,
    )


def may_be_told(user: User, review: Review) -> bool:
    """Whether a person still has a role, and the document's classification lets them know of it."""
    return user.is_active and has_a_role(user) and let_in(user, review.edition.instrument)


def tell_seat(seat: Seat, template: str, review: Review, **context: Any) -> list[User]:
    """Writes to everybody who answers for one seat (:func:`tell_seats`)."""
    return tell_seats([seat], template, review, **context)


def tell_seats(seats: Sequence[Seat], template: str, review: Review, **context: Any) -> list[User]:
    """Writes to everybody who answers for a seat of one stage and may be told, one mail where somebody does
    for several, but not to who has answered for another institution in the stage; gives them. Each is told
    whether they can: an author of the text can't, and no silence of theirs is assent (docs/decisions/0026);
    and whether a second factor must be set up for it."""
    wrote = barred(review)
    asked: dict[User, list[tuple[Seat, bool]]] = {}
    for seat in seats:
        own = people_of(seat)
        beside = answered_beside(seat)
        for user in own + [user for user in delegates_now(seat) if user not in own]:
            if user.pk not in beside and may_be_told(user, review):
                asked.setdefault(user, []).append((seat, user not in own))
    assenting = {
        seat.pk for seat in seats if seat.stage.silence == Silence.ASSENT and not cannot_answer(seat, wrote)
    }
    for user, theirs in asked.items():
        stage = theirs[0][0].stage
        several = len(theirs) > 1
        # Asked for several, they are led to the one that comes first.
        at = "" if several else f"?seat={theirs[0][0].pk}"
        tell(
            user,
            template,
            review,
            institution=lambda one=theirs[0][0]: one.body,
            # Of several the names stand on lines of their own: no sentence of any language bends them.
            institutions=lambda theirs=theirs: "\n".join(f"– {seat.body}" for seat, _instead in theirs),
            several=several,
            page=f"review/{review.pk}/{at}",
            stage=lambda stage=stage: stage.title,
            due=stage.due_day,
            assents=any(seat.pk in assenting for seat, _instead in theirs),
            wrote=user.actor in wrote,
            instead_of=next((seat.user.name for seat, instead in theirs if seat.user and instead), ""),
            factor=stage.second_factor,
            factor_missing=stage.second_factor and not has_factor(user),
            signs=stage.locked,
            **context,
        )
    return list(asked)


def validity(message: Message, user: User) -> Validity:
    """How a mail about a review stands that has not left."""
    _kind, _, pk = message.about.partition(":")
    return validity_of(Instrument.objects.filter(editions__reviews__pk=pk), message, user)


def _title(review: Review, language: str) -> str:
    return _("a document") if _red(review) else title_for(review.edition, language)


def _red(review: Review) -> bool:
    """TLP:RED is never mailed: neither the title, which can tell, nor what somebody typed."""
    return review.edition.instrument.classification == Classification.TLP_RED
