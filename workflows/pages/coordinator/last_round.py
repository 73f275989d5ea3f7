"""What the last round of a text proposes for the next one: the same procedure, whom it asked, how many days
it gave."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from workflows.models import Procedure, Review, Seat, Stage
from workflows.rules.respondents import people_of


class LastRound:
    """The last round of a text, or none; what it says is proposed, never decided. ``country`` is the
    text's."""

    def __init__(self, review: Review | None, country: str) -> None:
        self.review = review
        self.country = country

    def procedure_of(self, procedures: Sequence[Procedure]) -> Procedure | None:
        """The procedure by which it ran, among those that can be chosen; where the country has changed a
        shared one since, its own."""
        return next((one for one in procedures if self._ran_by(one)), None)

    def _ran_by(self, procedure: Procedure) -> bool:
        if self.review is None:
            return False
        own = f"{self.country}-"
        key: str = self.review.procedure["key"]
        return key.removeprefix(own) == procedure.key.removeprefix(own)

    def asked(
        self, procedure: Procedure, order: int, stage: Mapping[str, Any]
    ) -> dict[int, int | None] | None:
        """Whom the stage of that order asked, by institution: the person's number, or none for any reviewer.
        None where the round had no such stage, or it asked nobody."""
        before = self._stage(procedure, order, stage)
        if before is None:
            return None
        return self._seats.get(before.kept_id or before.pk) or None

    def days(self, procedure: Procedure, order: int, stage: Mapping[str, Any]) -> int | None:
        """The days that the coordinator gave that stage; None where the procedure says another number
        since."""
        before = self._stage(procedure, order, stage)
        if before is None or self.review is None:
            return None
        said = self.review.procedure["stages"][order - 1]
        same = (said["days"], said["working"]) == (stage["days"], stage["working"])
        return before.days if same else None

    def _stage(self, procedure: Procedure, order: int, stage: Mapping[str, Any]) -> Stage | None:
        found = self._stages.get(order) if self._ran_by(procedure) else None
        return found if found is not None and found.kind == stage["kind"] else None

    @cached_property
    def _stages(self) -> dict[int, Stage]:
        return {} if self.review is None else {stage.order: stage for stage in self.review.stages.all()}

    @cached_property
    def _seats(self) -> dict[int, dict[int, int | None]]:
        """By stage and institution; of a stage that was kept from a round before, as it was asked there."""
        stages = [stage.kept_id or stage.pk for stage in self._stages.values()]
        found: dict[int, dict[int, int | None]] = {}
        for seat in Seat.objects.filter(stage__in=stages).select_related("user", "institution"):
            there = seat.user is not None and seat.user in people_of(Seat(institution=seat.institution))
            found.setdefault(seat.stage_id, {})[seat.institution_id] = seat.user_id if there else None
        return found
