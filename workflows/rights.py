"""Grants that a review gives: written when a stage opens, ended with it or with the review."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils import timezone

from people.models import Grant, Membership, User
from people.roles import Role, Verb
from workflows.models import Review, Seat, Stage


def key_of(review: Review) -> str:
    """The key that opens the edition of a review."""
    return f"ed:{review.edition_id}"


def reason_of(stage: Stage) -> str:
    return f"review {stage.review_id}, stage {stage.order}"


def people_of(seat: Seat) -> list[User]:
    """Who answers for a seat: the person named, or every reviewer of the institution today."""
    if seat.user is not None:
        return [seat.user] if seat.user.is_active else []
    held = Membership.objects.active().filter(institution=seat.institution, role=Role.REVIEWER)
    return list(User.objects.filter(pk__in=held.values("user"), is_active=True).order_by("pk"))


def give(stage: Stage) -> None:
    """Opens the text to those who answer in a stage. Asked again, it adds only what is missing.

    The right to sign off ends with the stage; the one to read and comment lasts as long as the review.
    """
    for seat in stage.seats.select_related("user", "institution"):
        for user in people_of(seat):
            give_person(stage, user, seat.institution_id)


def give_person(stage: Stage, user: User, institution: int) -> None:
    """The grants of one person in one stage, for as long as they review for the institution that was asked."""
    for verb in (Verb.SIGN_OFF, Verb.COMMENT):
        grant = {
            "user": user,
            "key": key_of(stage.review),
            "verb": verb,
            "reason": reason_of(stage),
            "for_role": Role.REVIEWER,
            "for_institution_id": institution,
        }
        if not Grant.objects.active().filter(**grant).exists():
            Grant.objects.create(**grant)


def end_person(stage: Stage, user: User) -> None:
    """Ends everything that one person has by a stage."""
    _end(Grant.objects.active().filter(user=user, key=key_of(stage.review), reason=reason_of(stage)))


def end(stage: Stage) -> None:
    """Ends the right to sign off in a stage."""
    _end(Grant.objects.active().filter(key=key_of(stage.review), verb=Verb.SIGN_OFF, reason=reason_of(stage)))


def end_all(review: Review) -> None:
    """Ends every right that the review gave."""
    _end(Grant.objects.active().filter(key=key_of(review), reason__startswith=f"review {review.pk}, stage "))


def _end(grants: QuerySet[Grant]) -> None:
    grants.update(ends=timezone.localdate())
