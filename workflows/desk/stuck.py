"""Why a seat stays open whatever happens: who is asked wrote in the text, or is not there any more."""

from __future__ import annotations

from collections.abc import Sequence

from workflows.models import Review, Seat, Stage
from workflows.silence import barred, stuck, why


def mark_stuck(review: Review, stages: Sequence[Stage]) -> None:
    """Sets ``stuck`` and ``stuck_why`` on each seat that is waited for and can be answered by nobody who is asked, nor by their
    silence (:mod:`workflows.silence`). The stages have their seats prefetched."""
    waited: list[Seat] = [
        seat
        for stage in stages
        if stage.open and stage.asks and review.running
        for seat in stage.seats.all()
        if seat.answer is None and not seat.assented
    ]
    if not waited:
        return
    wrote = barred(review)
    for seat in waited:
        seat.stuck = stuck(seat, wrote)
        seat.stuck_why = why(seat, seat.stuck) if seat.stuck else ""
