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
from people.models import MailLink, User
from people.second_factor import has_factor
from theme.localized_names import localized_name
from workflows.choices import ReviewState, Silence
from workflows.models import Review, Seat
from workflows.rules.respondents import coordinators, delegates_now, people_of
from workflows.rules.tacit_assent import barred, cannot_answer
from workflows.rules.vote_conflicts import answered_in_stage
from workflows.texts import title_for

PEOPLE = ("by", "name", "instead_of")
"""What of a mail is the name of a person."""


SIGNING_IN = ("asked", "reminder", "extended")
"""The mails whose link signs a reviewer in."""


def tell(
    user: User,
    template: str,
    review: Review,
    page: str = "",
    *,
    may_wait: bool = True,
    seat: Seat | None = None,
    **context: Any,
) -> None:
    """Write one mail. ``page`` is its address below the language. ``may_wait``: it may be part of the daily
    mail. ``seat``: the seat for which it signs its reader in.

    Callable values are called in the reader's language. Nothing goes to who :func:`may_be_notified` excludes.
    """
    if not may_be_notified(user, review):
        return
    with translation.override(user.language):
        known = {
            "title": _title(review, user.language),
            "edition": review.edition.number,
            "url": f"{settings.OFFICE_BASE_URL}/{user.language}/{page or f'review/{review.pk}/'}",
        }
        values = {name: value() if callable(value) else value for name, value in context.items()}
        values |= {one: localized_name(values[one]) for one in PEOPLE if values.get(one)}
        if values.get("reason") and _red(review):
            values["reason"] = _("E-mails about this document do not include reasons. Ask the coordinator.")
    mail.send(
        template,
        to=user.email,
        language=user.language,
        context=known | values,
        about=review,
        may_wait=may_wait,
        opens=known["url"] if seat else "",
        opens_for=seat.institution.key if seat else "",
    )


def may_be_notified(user: User, review: Review) -> bool:
    """Whether a person still has a role, and the document's classification lets them know of it."""
    return user.is_active and has_a_role(user) and let_in(user, review.edition.instrument)


def tell_coordinators(review: Review, template: str, **context: Any) -> int:
    """Writes to who runs the review, with the address of its page on the desk; gives to how many."""
    users = coordinators(review)
    for user in users:
        tell(user, template, review, page=f"desk/reviews/{review.pk}/", **context)
    return len(users)


def tell_seat(seat: Seat, template: str, review: Review, **context: Any) -> list[User]:
    """Writes to everybody who answers for one seat (:func:`tell_seats`)."""
    return tell_seats([seat], template, review, **context)


def tell_seats(seats: Sequence[Seat], template: str, review: Review, **context: Any) -> list[User]:
    """One mail to each person who answers for seats of one stage; gives them. Not to who has answered for
    another institution. Each learns whether they can answer, and whether they need a second factor."""
    wrote = barred(review)
    by_user = _by_user(seats, review)
    silent = [
        seat.pk for seat in seats if seat.stage.silence == Silence.ASSENT and not cannot_answer(seat, wrote)
    ]
    for user, theirs in by_user.items():
        own = [seat for seat, _instead in theirs]
        stage, several = own[0].stage, len(own) > 1
        # Asked for several, they are led to the one that comes first.
        at = "" if several else f"?seat={own[0].pk}"
        tell(
            user,
            template,
            review,
            institution=lambda own=own: own[0].body,
            # Of several the names stand on lines of their own: no sentence of any language bends them.
            institutions=lambda own=own: "\n".join(f"– {seat.body}" for seat in own),
            several=several,
            page=f"review/{review.pk}/{at}",
            seat=own[0] if template in SIGNING_IN else None,
            stage=lambda stage=stage: stage.title,
            due=stage.due_day,
            assents=any(seat.pk in silent for seat in own),
            wrote=user.actor in wrote,
            instead_of=next((seat.user.name for seat, instead in theirs if seat.user and instead), ""),
            factor=stage.second_factor,
            factor_missing=stage.second_factor and not has_factor(user),
            signs=stage.locked,
            **context,
        )
    return list(by_user)


def _by_user(seats: Sequence[Seat], review: Review) -> dict[User, list[tuple[Seat, bool]]]:
    """The recipients for these seats: for each user their seats, and whether they are a delegate there."""
    found: dict[User, list[tuple[Seat, bool]]] = {}
    for seat in seats:
        own, others = people_of(seat), answered_in_stage(seat)
        for user in own + [user for user in delegates_now(seat) if user not in own]:
            if user.pk not in others and may_be_notified(user, review):
                found.setdefault(user, []).append((seat, user not in own))
    return found


def still_asks(link: MailLink) -> bool:
    """Whether the review runs for which a link to sign in was sent."""
    _kind, _, pk = link.about.partition(":")
    return Review.objects.filter(pk=pk, state=ReviewState.RUNNING).exists()


def validity(message: Message, user: User) -> Validity:
    """The validity of an unsent mail about a review."""
    _kind, _, pk = message.about.partition(":")
    return validity_of(Instrument.objects.filter(editions__reviews__pk=pk), message, user)


def _title(review: Review, language: str) -> str:
    return _("a document") if _red(review) else title_for(review.edition, language)


def _red(review: Review) -> bool:
    """TLP:RED is never mailed: neither the title, which can tell, nor what somebody typed."""
    return review.edition.instrument.classification == Classification.TLP_RED
