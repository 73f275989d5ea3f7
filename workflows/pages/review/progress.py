"""The stages of a review as its page shows them: whom each asked, and who has answered."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import Prefetch

from people.prefetch import with_countries
from workflows.choices import ReviewState, too_few_agreed
from workflows.models import Seat, SignOff, Stage
from workflows.pages.review.visit import Visit
from workflows.rules.respondents import fetch_seats


class Progress:
    """Asks the database once, for all stages of the round."""

    def __init__(self, visit: Visit) -> None:
        self.visit = visit
        self.review, self.edition = visit.review, visit.edition

    @cached_property
    def stages(self) -> list[Stage]:
        found = list(self.review.stages.select_related("kept"))
        for stage in found:
            stage.review = self.review
        return found

    @cached_property
    def stage(self) -> Stage | None:
        """The stage that is open."""
        return next((stage for stage in self.stages if stage.open), None)

    @property
    def locked(self) -> bool:
        """Whether the round has come so far that its text can't be changed."""
        return any(stage.locked and stage.opened is not None for stage in self.stages)

    @cached_property
    def seats(self) -> list[Seat]:
        """The people that the stages ask, and those that carried-over stages asked."""
        seats = Seat.objects.select_related("institution", "user")
        answers = SignOff.objects.select_related("person", "instead_of", "manifest").defer("manifest__texts")
        found = fetch_seats(self.stages, seats.prefetch_related(Prefetch("sign_offs", answers)))
        instrument = self.edition.instrument
        wanted = [seat.institution for seat in found]
        with_countries(wanted, instrument.country, instrument.owner.country)
        return found

    @property
    def begun_seats(self) -> list[Seat]:
        """Whom the stages asked that have begun."""
        return [seat for seat in self.seats if seat.stage.opened is not None]

    @property
    def too_few(self) -> bool:
        """Whether nobody returned the text, and too few agreed to it."""
        return too_few_agreed(self.review.state, [stage.outcome for stage in self.stages])

    @cached_property
    def groups(self) -> list[Group]:
        """The stages that ask institutions, each with how many answers of it count."""
        return groups_of(self.seats)

    @property
    def answered(self) -> int:
        return sum(group.answered for group in self.groups)

    @property
    def voided(self) -> int:
        """How many answers were given and no longer count."""
        return sum(seat.answer is not None and not seat.answer.counts for seat in self.seats)


@dataclass
class Group:
    """The institutions that one stage asks."""

    stage: Stage
    seats: list[Seat] = field(default_factory=list)

    @property
    def answered(self) -> int:
        """How many answers are in, silence that was taken as assent too; those that were voided are not."""
        review = self.stage.review
        voided = self.stage.locked and (review.state == ReviewState.VOIDED or review.withdrawn)
        return sum(
            seat.answer.counts if seat.answer else seat.assented is not None and not voided
            for seat in self.seats
        )


def groups_of(seats: Iterable[Seat]) -> list[Group]:
    """Seats by their stages, in the order in which they come."""
    found: dict[int, Group] = {}
    for seat in seats:
        found.setdefault(seat.stage.pk, Group(seat.stage)).seats.append(seat)
    return list(found.values())
