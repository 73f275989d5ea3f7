"""Who may see a review, answer in it and run it: the rules behind ``may()``."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from documents.models import Instrument
from documents.models.instruments import open_by_classification
from people.access import grants, has_role, keys, may, once, rule
from people.roles import Role, Verb
from workflows.models import Procedure, Review, Seat, Stage
from workflows.rules.grants import key_of


@rule(Review)
def _review(user: Any, verb: Verb, review: Review) -> bool:
    if verb == Verb.READ:
        return _sees(user, review)
    if verb in (Verb.SUBMIT, Verb.ASSIGN, Verb.REOPEN, Verb.ADOPT):
        owner = review.edition.instrument.owner_id
        return has_role(user, Role.COORDINATOR, owner) and may(user, verb, review.edition)
    if verb == Verb.COMMENT:
        return may(user, Verb.COMMENT, review.edition)
    return False


def _sees(user: Any, review: Review) -> bool:
    """The rule of ``ReviewQuerySet.visible_to`` for one review, in short queries that other rules share."""
    own_keys, pk = keys(user), getattr(user, "pk", None)
    instrument = review.edition.instrument

    def ask() -> bool:
        return Instrument.objects.filter(open_by_classification(own_keys, pk), pk=instrument.pk).exists()

    if not once(f"classification of {instrument.pk}", user, ask):
        return False
    if f"work:{instrument.owner_id}" in own_keys or own_seats(user, review, earlier=True):
        return True
    return bool(Seat.objects.commented_by(user).filter(stage__review=review).exists())


@rule(Seat)
def _seat(user: Any, verb: Verb, seat: Seat) -> bool:
    review = seat.stage.review
    if verb != Verb.SIGN_OFF:
        return _review(user, verb, review)
    if seat.pk not in {own.pk for own in _respondent_seats(user, review)}:
        return False
    return may(user, Verb.READ, review.edition) and any(
        grant.key == key_of(review) and grant.verb == Verb.SIGN_OFF for grant in grants(user)
    )


def _respondent_seats(user: Any, review: Review) -> list[Seat]:
    """The seats for which the user answers, last stage first, with those of stages carried over from a round
    before."""

    def ask() -> list[Seat]:
        stored = Stage.objects.filter(review=review, kept__isnull=False).values("kept")
        own = Seat.objects.for_respondent(user).filter(Q(stage__review=review) | Q(stage__in=stored))
        seats = own.order_by("-stage__order")
        return list(seats.select_related("stage", "institution", "user"))

    found: list[Seat] = once(f"seats of {review.pk}", user, ask)
    return found


def own_seats(user: Any, review: Review, *, earlier: bool = False) -> list[Seat]:
    """The user's seats in opened stages, last stage first; ``earlier``: with those of stages carried over."""
    wanted = [seat for seat in _respondent_seats(user, review) if seat.stage.opened is not None]
    found = [seat for seat in wanted if earlier or seat.stage.review_id == review.pk]
    for seat in found:
        if seat.stage.review_id == review.pk:
            seat.stage.review = review
    return found


def spoken_seats(user: Any, review: Review) -> list[Seat]:
    """The seats in whose name the user commented, whether or not they are still asked there; last stage
    first."""
    spoken = Seat.objects.commented_by(user).filter(stage__review=review).order_by("-stage__order", "pk")
    return list(spoken.select_related("stage", "institution__country", "user"))


@rule(Procedure)
def _procedure(user: Any, verb: Verb, procedure: Procedure) -> bool:
    """Coordinators of a country look at its procedures and the shared ones, and change its own."""
    if verb == Verb.READ and procedure.country_id is None:
        return has_role(user, Role.COORDINATOR)
    if verb in (Verb.READ, Verb.ASSIGN) and procedure.country_id is not None:
        return has_role(user, Role.COORDINATOR, country=procedure.country_id)
    return False
