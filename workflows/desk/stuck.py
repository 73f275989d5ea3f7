"""Why a seat stays open whatever happens: who is asked wrote in the text, or is not there any more; and who else could be asked."""

from __future__ import annotations

from collections.abc import Sequence

from workflows.actions.ask_another import others
from workflows.choices import Delegation
from workflows.models import Review, Stage
from workflows.silence import barred, stuck, why


def mark_stuck(review: Review, stages: Sequence[Stage]) -> None:
    """Sets ``others`` on each seat that waits for somebody by name, ``alone`` where there is nobody else; ``stuck`` and ``stuck_why`` on each that is waited for and can be
    answered by nobody who is asked, nor by their silence (:mod:`workflows.silence`). The stages have their seats prefetched."""
    if not review.running:
        return
    wrote = barred(review)
    for stage in stages:
        for seat in stage.seats.all() if stage.closed is None and stage.asks else ():
            seat.stage = stage
            if seat.answer is None and not seat.assented:
                seat.others = others(seat, review, wrote)
                handed_over = seat.user is not None and stage.delegate != Delegation.NOBODY
                seat.alone = handed_over and not seat.others
                seat.stuck = stuck(seat, wrote)
                seat.stuck_why = why(seat, seat.stuck) if seat.stuck else ""
