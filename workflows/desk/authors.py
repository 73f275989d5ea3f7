"""Why a seat stays open whatever happens: who is asked wrote in the text."""

from __future__ import annotations

from collections.abc import Sequence

from documents.authors import authors
from workflows.actions.clock import speaks
from workflows.models import Review, Seat, Stage


def mark_authors(review: Review, stages: Sequence[Stage]) -> None:
    """Sets ``of_author`` on each seat that is waited for and can't be answered by who is asked, nor by their silence: an author
    signs nothing off, and the silence of one is no assent (docs/decisions/0026). The stages have their seats prefetched."""
    waited: list[Seat] = [
        seat
        for stage in stages
        if stage.open and stage.asks and review.running
        for seat in stage.seats.all()
        if seat.answer is None and not seat.assented
    ]
    if not waited:
        return
    wrote = authors(review.edition)
    for seat in waited:
        seat.of_author = not speaks(seat, wrote)
