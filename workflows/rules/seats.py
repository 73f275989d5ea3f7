"""Whom the stages of a review asked, those included whom a stage asked that was kept from a round before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from copy import copy

from django.db.models import QuerySet

from workflows.models import Seat, Stage


def seats_of(stages: Iterable[Stage]) -> list[Seat]:
    """Whom stages asked, in their order; each knows its stage without asking for it. One that was kept from a
    round before has those who were asked there, and what they answered. The seats are fetched with the
    stages, and with those that are kept."""
    return [seat for stage in stages for seat in _seated(stage, (stage.kept or stage).seats.all())]


def fetch_seats(stages: Iterable[Stage], seats: QuerySet[Seat]) -> list[Seat]:
    """The same from ``seats``, all at once."""
    listed = list(stages)
    asked: dict[int, list[Seat]] = {}
    for seat in seats.filter(stage__in={stage.kept_id or stage.pk for stage in listed}).order_by("pk"):
        asked.setdefault(seat.stage_id, []).append(seat)
    return [seat for stage in listed for seat in _seated(stage, asked.get(stage.kept_id or stage.pk, ()))]


def _seated(stage: Stage, seats: Iterable[Seat]) -> Iterator[Seat]:
    for one in seats:
        seat = copy(one) if stage.kept_id else one
        if stage.kept_id:  # the one in the round before keeps its own stage
            seat._state = copy(one._state)
            seat._state.fields_cache = dict(one._state.fields_cache)
        seat.stage = stage
        yield seat
