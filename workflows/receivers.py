"""What reviews do when something happens to a text or to a person."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.db.models.signals import post_save
from django.dispatch import receiver

import audit
from documents.choices import ADOPTED, State
from documents.models import Edition
from documents.signals import edition_moved
from people.actions.leave import handed_over, handing_over, membership_ended
from people.models import Membership, User
from people.roles import Role
from workflows.actions.end_review import finish, void
from workflows.actions.locking import hold_reviews
from workflows.choices import ReviewState
from workflows.models import UNANSWERED, Review, Seat, Stage
from workflows.rules import grants
from workflows.rules.respondents import delegates_of


@receiver(edition_moved, dispatch_uid="workflows.edition_moved")
def follow_edition(sender: Any, edition: Edition, before: str, **kwargs: Any) -> None:
    """An adopted text ends its review; one that is reopened or withdrawn voids it."""
    if before == State.IN_REVIEW and edition.state in ADOPTED:
        finish(edition)
    elif before == State.APPROVED:
        for review in Review.objects.filter(edition=edition, state=ReviewState.DONE):
            grants.end_all(review)
    elif before in (State.DRAFT, State.IN_REVIEW) and edition.state != State.IN_REVIEW:
        given_up = edition.state == State.WITHDRAWN
        void(
            edition,
            getattr(edition, "reopen_reason", ""),
            ReviewState.WITHDRAWN if given_up else ReviewState.VOIDED,
        )


@receiver(handing_over, dispatch_uid="workflows.handing_over")
def lock_reviews(sender: Any, leaving: User, **kwargs: Any) -> None:
    """Lock the reviews that wait for the person, before their seats go to another."""
    reviews = Review.objects.filter(state=ReviewState.RUNNING, stages__seats__in=_waiting_for(leaving))
    hold_reviews(reviews)


def _waiting_for(user: User) -> QuerySet[Seat]:
    """What the person is asked by name, now or in a stage to come, and has not answered."""
    return Seat.objects.filter(UNANSWERED, user=user, stage__closed__isnull=True)


@receiver(handed_over, dispatch_uid="workflows.handed_over")
def transfer_seats(sender: Any, leaving: User, successor: User, by: User, **kwargs: Any) -> None:
    """Ask the successor what was asked of who leaves, where they review for the institution."""
    own = Membership.objects.active().filter(user=successor, role=Role.REVIEWER).values("institution")
    seats = list(_waiting_for(leaving).filter(institution__in=own).select_related("stage__review"))
    delegates = {seat.pk: [one.to for one in delegates_of(seat)] for seat in seats}
    Seat.objects.filter(pk__in=[seat.pk for seat in seats]).update(user=successor)
    for seat in seats:
        audit.record("hand_over_seat", seat, by, to=str(successor.actor))
        if seat.stage.opened is not None:
            for user in delegates[seat.pk]:
                grants.recompute_grants(seat.stage, user)
            grants.give(seat.stage)


@receiver(post_save, sender=Membership, dispatch_uid="workflows.new_reviewer")
def admit_reviewer(sender: Any, instance: Membership, created: bool, **kwargs: Any) -> None:
    """A new reviewer can answer where any reviewer of the institution was asked."""
    news = created or "confirmed" in (kwargs.get("update_fields") or ())
    if not news or instance.role != Role.REVIEWER or instance.confirmed is None:
        return
    with transaction.atomic():
        # With the trail in hand, as all who end a review have it: what is read below is running still when
        # this is through.
        audit.hold()
        stages = Stage.objects.filter(
            review__state=ReviewState.RUNNING,
            opened__isnull=False,
            closed__isnull=True,
            seats__institution=instance.institution,
            seats__user__isnull=True,
        )
        for stage in stages.select_related("review"):
            grants.give_person(stage, instance.user, instance.institution_id)


@receiver(membership_ended, dispatch_uid="workflows.membership_ended")
def dismiss_reviewer(sender: Any, membership: Membership, **kwargs: Any) -> None:
    """Who reviews no longer for an institution loses what was opened to them for it."""
    if membership.role != Role.REVIEWER:
        return
    user = membership.user
    active = Membership.objects.active().filter(user=user, role=Role.REVIEWER)
    left = set(active.values_list("institution", flat=True))
    if membership.institution_id in left:
        return
    stages = Stage.objects.filter(
        seats__institution=membership.institution, review__state=ReviewState.RUNNING
    )
    for stage in stages.exclude(seats__institution__in=left).select_related("review"):
        grants.end_person(stage, user)
