"""Who answers in a review: the people of a seat, their delegates, and the coordinators who run it."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet
from django.utils import timezone

from documents.choices import Classification
from documents.models.instruments import let_in
from people.access import memberships
from people.models import Membership, User
from people.roles import Role
from workflows.choices import Delegation
from workflows.models import Delegate, Review, Seat


def people_of(seat: Seat, on: date | None = None) -> list[User]:
    """Who answers for a seat today, or answered ``on`` a day: the person named, while they review for the
    institution, or every reviewer of it."""
    reviewers = reviewers_of(seat, on)
    return list(reviewers if seat.user_id is None else reviewers.filter(pk=seat.user_id))


def reviewers_of(seat: Seat, on: date | None = None) -> QuerySet[User]:
    held = Membership.objects.active(on).filter(institution=seat.institution_id, role=Role.REVIEWER)
    return User.objects.filter(pk__in=held.values("user"), is_active=True).order_by("pk")


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
    """Who runs the review: who submitted it, while they coordinate for the owner; else all its coordinators.
    Of a TLP:RED text those alone who are named as its readers."""
    owner = review.edition.instrument.owner_id
    submitter = review.submitted_by
    found = [submitter]
    if not any(m.role == Role.COORDINATOR and m.institution_id == owner for m in memberships(submitter)):
        held = Membership.objects.active().filter(institution=owner, role=Role.COORDINATOR)
        found = list(User.objects.filter(pk__in=held.values("user"), is_active=True).order_by("pk"))
    instrument = review.edition.instrument
    # Every other classification lets the owner's people read.
    red = instrument.classification == Classification.TLP_RED
    return [user for user in found if not red or let_in(user, instrument)]
