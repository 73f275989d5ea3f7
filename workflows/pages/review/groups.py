"""The institutions that a review asks, stage by stage, and how many of their answers count."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from workflows.choices import ReviewState
from workflows.models import Seat, Stage


@dataclass
class Group:
    """The institutions that one stage asks."""

    stage: Stage
    seats: list[Seat] = field(default_factory=list)

    @property
    def answered(self) -> int:
        """How many answers are in, silence that was taken as assent too; those that were voided are not."""
        review = self.stage.review
        gone = self.stage.locked and (review.state == ReviewState.VOIDED or review.withdrawn)
        return sum(
            seat.answer.counts if seat.answer else seat.assented is not None and not gone
            for seat in self.seats
        )


def groups_of(seats: Iterable[Seat]) -> list[Group]:
    """Seats by their stages, in the order in which they come."""
    found: dict[int, Group] = {}
    for seat in seats:
        found.setdefault(seat.stage.pk, Group(seat.stage)).seats.append(seat)
    return list(found.values())
