"""Who answers in a review: the people of a seat, their delegates, and the coordinators who run it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from copy import copy
from datetime import date

from django.db.models import QuerySet
from django.utils import timezone

from documents.choices import Classification
from documents.models.instruments import let_in
from people.access import memberships
from people.models import Membership, User
from people.roles import Role
from workflows.choices import Delegation
from workflows.models import Delegate, Review, Seat, Stage


def people_of(seat: Seat, on: date | None = None) -> list[User]:
    """Who answers for a seat, today or ``on`` a day: the person named, or every reviewer."""
    reviewers = reviewers_of(seat, on)
    return list(reviewers if seat.user_id is None else reviewers.filter(pk=seat.user_id))


def reviewers_of(seat: Seat, on: date | None = None) -> QuerySet[User]:
    active = Membership.objects.active(on).filter(institution=seat.institution_id, role=Role.REVIEWER)
    return User.objects.filter(pk__in=active.values("user"), is_active=True).order_by("pk")


def delegates_of(seat: Seat) -> list[Delegate]:
    """Who may answer instead of the person asked, now or later."""
    left = delegations_for(seat).filter(ended=None, until__gte=timezone.localdate())
    return list(left.select_related("to"))


def delegations_for(seat: Seat) -> QuerySet[Delegate]:
    """The delegations by which somebody may answer for a seat, or might have, ended ones too."""
    if seat.user_id is None or seat.stage.delegate == Delegation.NOBODY:
        return Delegate.objects.none()
    named = Delegate.objects.filter(asked=seat.user_id, institution=seat.institution_id)
    if seat.stage.delegate == Delegation.COORDINATOR:
        named = named.filter(by_coordinator=True)
    return named


def delegates_now(seat: Seat) -> list[User]:
    """Who may answer today instead of the person asked."""
    today = timezone.localdate()
    begun = [one.to_id for one in delegates_of(seat) if one.starts <= today]
    return list(reviewers_of(seat).filter(pk__in=begun)) if begun else []


def coordinators(review: Review) -> list[User]:
    """Who submitted the review while they coordinate, else all its coordinators; of TLP:RED its readers."""
    owner = review.edition.instrument.owner_id
    submitter = review.submitted_by
    found = [submitter]
    if not any(m.role == Role.COORDINATOR and m.institution_id == owner for m in memberships(submitter)):
        coordinating = Membership.objects.active().filter(institution=owner, role=Role.COORDINATOR)
        found = list(User.objects.filter(pk__in=coordinating.values("user"), is_active=True).order_by("pk"))
    instrument = review.edition.instrument
    # Every other classification lets the owner's people read.
    red = instrument.classification == Classification.TLP_RED
    return [user for user in found if not red or let_in(user, instrument)]


def seats_of(stages: Iterable[Stage]) -> list[Seat]:
    """The seats of stages, prefetched; a carried-over stage has those of the stage in which it was
    answered."""
    return [seat for stage in stages for seat in _seated(stage, (stage.kept or stage).seats.all())]


def fetch_seats(stages: Iterable[Stage], seats: QuerySet[Seat]) -> list[Seat]:
    """The same from ``seats``, all at once."""
    listed = list(stages)
    wanted: dict[int, list[Seat]] = {}
    for seat in seats.filter(stage__in={stage.kept_id or stage.pk for stage in listed}).order_by("pk"):
        wanted.setdefault(seat.stage_id, []).append(seat)
    return [seat for stage in listed for seat in _seated(stage, wanted.get(stage.kept_id or stage.pk, ()))]


def _seated(stage: Stage, seats: Iterable[Seat]) -> Iterator[Seat]:
    for one in seats:
        seat = copy(one) if stage.kept_id else one
        if stage.kept_id:  # the one in the round before keeps its own stage
            seat._state = copy(one._state)
            seat._state.fields_cache = dict(one._state.fields_cache)
        seat.stage = stage
        yield seat
