"""One person answers for one institution in a stage: conflicts, order, and who else could answer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from documents.access.authorship import wrote_who
from documents.models import Manifest
from people.models import Membership, User
from people.roles import Role
from workflows.models import UNANSWERED, Review, Seat, SignOff
from workflows.rules.respondents import people_of


def answered_for_another(user: Any) -> Exists:
    """The condition of a query about seats: the user answered for another seat of the stage."""
    spoke = Q(person=user) | Q(instead_of=user)
    given = SignOff.objects.filter(spoke, voided_at=None, seat__stage=OuterRef("stage"))
    return Exists(given.exclude(seat=OuterRef("pk")))


def waiting_for(user: Any) -> QuerySet[Seat]:
    """The seats of open stages that wait for the user's answer."""
    return (
        Seat.objects.for_respondent(user)
        .exclude(answered_for_another(user))
        .filter(
            UNANSWERED,
            stage__opened__isnull=False,
            stage__closed=None,
            stage__review__in=Review.objects.visible_to(user),
        )
        .select_related("stage__review__edition__instrument__country", "institution__country")
    )


def sharing_stage(seats: Sequence[Seat]) -> list[Seat]:
    """Those of ``seats`` that share their stage with another one of them."""
    stages = [seat.stage_id for seat in seats]
    return [seat for seat in seats if stages.count(seat.stage_id) > 1]


def in_turn(user: Any, waiting: Sequence[Seat], others: Mapping[int, Sequence[str]]) -> list[Seat]:
    """The waiting seats by stage; first one that names the user, then one without ``others``
    (:func:`who_else`)."""
    order = {seat.stage_id: place for place, seat in reversed(list(enumerate(waiting)))}

    def key(seat: Seat) -> tuple[int, bool, bool]:
        return order[seat.stage_id], seat.user_id != user.pk, bool(others.get(seat.pk))

    return sorted(waiting, key=key)


def who_else(user: Any, review: Review, seats: Sequence[Seat]) -> dict[int, list[str]]:
    """Who else could answer for each seat, by its number; one query, none for no seats."""
    if not seats:
        return {}
    spoke = Q(person=OuterRef("user")) | Q(instead_of=OuterRef("user"))
    elsewhere = SignOff.objects.filter(
        spoke, voided_at=None, seat__stage__in={seat.stage_id for seat in seats}
    )
    active = (
        Membership.objects.active()
        .filter(
            role=Role.REVIEWER, user__is_active=True, institution__in={seat.institution_id for seat in seats}
        )
        .exclude(user__in=[user.pk, review.submitted_by_id, review.manifest.made_by_id])
        .exclude(Exists(elsewhere.exclude(seat__institution=OuterRef("institution"))))
        .exclude(Q(wrote_who(review.edition, "user__actor")))
        .select_related("user")
        .order_by("user__name", "pk")
    )
    names: dict[int, dict[int, str]] = defaultdict(dict)
    for one in active:
        names[one.institution_id][one.user_id] = one.user.name
    found: dict[int, list[str]] = {}
    for seat in seats:
        people = names[seat.institution_id]
        wanted = people if seat.user_id is None else {pk: people[pk] for pk in {seat.user_id} & people.keys()}
        found[seat.pk] = list(wanted.values())
    return found


def submitters(review: Review) -> dict[int, User]:
    """Who began a round or locked its text, in this round or another with the same text, by number."""
    manifests = Manifest.objects.filter(edition=review.edition_id, sha256=review.manifest.sha256)
    begun = Review.objects.filter(manifest__in=manifests)
    found = User.objects.filter(
        Q(pk=review.submitted_by_id)
        | Q(pk__in=manifests.values("made_by"))
        | Q(pk__in=begun.values("submitted_by"))
    )
    return {user.pk: user for user in found}


def answered_in_stage(seat: Seat) -> dict[int, Seat]:
    """The other seats of the stage that have answered, by who answered, was asked, or was silent alone."""
    given = SignOff.objects.filter(seat__stage=seat.stage_id, voided_at=None).exclude(seat=seat.pk)
    found: dict[int, Seat] = {}
    for one in given.select_related("seat__institution"):
        found[one.person_id] = one.seat
        if one.instead_of_id is not None:
            found.setdefault(one.instead_of_id, one.seat)  # what a delegate said was their word
    silent = Seat.objects.filter(stage=seat.stage_id, assented__isnull=False).exclude(pk=seat.pk)
    for other in silent.select_related("institution"):
        people = people_of(other)
        if len(people) == 1:
            found.setdefault(people[0].pk, other)
    return found
