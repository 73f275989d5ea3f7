"""What a move is, where the moves of each address are kept, and how the world gets to where they begin."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.utils import timezone

from documents.actions.adopt_edition import adopt_edition
from documents.models import Edition, SectionChange
from people.models import Institution, User
from people.roles import Role
from tests.support.reviews import Cast, act, client_of, pass_all, person, seat_of
from tests.support.workflows.matrix import filled
from workflows.actions.delegate import delegate
from workflows.models import Review, Seat


@dataclass
class World:
    """A review in its first stage, where Interior and Social Policy are asked."""

    cast: Cast
    review: Review
    stranger: User
    """Coordinates in another country."""

    def seat(self, institution: Institution) -> Seat:
        return seat_of(self.review, institution)

    def answer(self, institution: Institution, **other: Any) -> dict[str, Any]:
        """What the page would send for an institution."""
        return {
            "seat": self.seat(institution).pk,
            "seen": self.review.manifest.sha256,
            "choice": "agree",
        } | other


@dataclass
class Move:
    """A request: who, where, what; and what the answer is: its status (302: the words stand on the page after
    it) and some of its words."""

    by: User
    args: tuple[Any, ...]
    data: dict[str, Any] = field(default_factory=dict)
    status: int = 404
    says: str = ""
    second_factor: bool = True


Moves = Callable[[World], Move]
MOVES: dict[str, list[Moves]] = {}


def move(name: str) -> Callable[[Moves], Moves]:
    def keep(function: Moves) -> Moves:
        MOVES.setdefault(name, []).append(function)
        return function

    return keep


def write_as(w: World, who: User) -> None:
    SectionChange.objects.create(
        edition=w.cast.edition, uid=w.cast.uids[0], verb="save", language="mk", actor=who.actor
    )


def make_colleague(w: World) -> User:
    return User.objects.filter(email="vesna@example.org").first() or person(
        "Vesna", w.cast.interior, Role.REVIEWER
    )


def hand_to_colleague(w: World) -> User:
    vesna, today = make_colleague(w), timezone.localdate()
    delegate(
        w.cast.goran, w.cast.goran, w.cast.interior, vesna, today, today + timedelta(days=5), "On leave."
    )
    return vesna


def handing_form(w: World, asked: User, colleague: User) -> dict[str, str]:
    today = str(timezone.localdate())
    return {
        "asked": f"{asked.pk}-{w.cast.interior.pk}",
        "to": str(colleague.pk),
        "starts": today,
        "until": today,
        "reason": "Ill.",
    }


def make_other_draft(w: World) -> Edition:
    """Another draft of the same owner."""
    return w.cast.another("other").edition


def filled_table(w: World) -> Any:
    answers: dict[tuple[int, str], object] = {(0, "outcome"): "rejected", (0, "answer"): "No."}
    data = io.BytesIO(filled(client_of(w.cast.coordinator), w.review, answers))
    data.name = "answers.xlsx"
    return data


def adopt_it(w: World) -> None:
    pass_all(w.cast, w.review)
    w.cast.edition.refresh_from_db()
    adopt_edition(w.cast.coordinator, w.cast.edition, [act()], act().date)
