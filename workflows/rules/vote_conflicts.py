"""One person answers for one institution in a stage: which of the seats that ask them comes first, which ask
them no longer, and who else could answer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Exists, OuterRef, Q

from documents.authorship import wrote_who
from people.models import Membership
from people.roles import Role
from workflows.models import Review, Seat, SignOff


def answered_for_another(user: Any) -> Exists:
    """The condition of a query about seats: that the person has answered for another institution in the same
    stage, themselves or through a delegate."""
    spoke = Q(person=user) | Q(instead_of=user)
    given = SignOff.objects.filter(spoke, voided_at=None, seat__stage=OuterRef("stage"))
    return Exists(given.exclude(seat=OuterRef("pk")))


def beside(seats: Sequence[Seat]) -> list[Seat]:
    """Those of ``seats`` that share their stage with another one of them."""
    stages = [seat.stage_id for seat in seats]
    return [seat for seat in seats if stages.count(seat.stage_id) > 1]


def in_turn(user: Any, waiting: Sequence[Seat], others: Mapping[int, Sequence[str]]) -> list[Seat]:
    """The seats that wait for an answer of a person, by stage; in one stage first the one that names them,
    then one for which nobody else can answer. ``others`` is who else can (:func:`who_else`) of those
    :func:`beside` one another."""
    order = {seat.stage_id: place for place, seat in reversed(list(enumerate(waiting)))}

    def key(seat: Seat) -> tuple[int, bool, bool]:
        return order[seat.stage_id], seat.user_id != user.pk, bool(others.get(seat.pk))

    return sorted(waiting, key=key)


def who_else(user: Any, review: Review, seats: Sequence[Seat]) -> dict[int, list[str]]:
    """Who else could answer for each of the seats, by its number: neither an author of the text, nor who
    submitted it, nor who has answered for another institution in the stage. Where a person is asked by name,
    nobody but that person. One question, none for no seats."""
    if not seats:
        return {}
    spoke = Q(person=OuterRef("user")) | Q(instead_of=OuterRef("user"))
    elsewhere = SignOff.objects.filter(
        spoke, voided_at=None, seat__stage__in={seat.stage_id for seat in seats}
    )
    held = (
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
    for one in held:
        names[one.institution_id][one.user_id] = one.user.name
    found: dict[int, list[str]] = {}
    for seat in seats:
        people = names[seat.institution_id]
        asked = people if seat.user_id is None else {pk: people[pk] for pk in {seat.user_id} & people.keys()}
        found[seat.pk] = list(asked.values())
    return found
