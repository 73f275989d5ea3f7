"""Why a seat stays open whatever happens: who is asked wrote in the text, or is not there any more; and who else could be asked."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.utils.translation import gettext as _

from people.models import User
from theme.localized_names import localized_name
from workflows.actions.ask_another import others
from workflows.choices import Delegation
from workflows.models import Review, Seat, Stage
from workflows.rules.tacit_assent import alone_for, barred, stuck, why


def mark_stuck(review: Review, stages: Sequence[Stage]) -> None:
    """Sets ``others`` on each seat that waits for somebody by name, ``alone`` where there is nobody else; ``stuck`` and ``stuck_why`` on each that is waited for and can be
    answered by nobody who is asked, nor by their silence (:mod:`workflows.rules.tacit_assent`), and ``stuck_why`` alone where seats hang on one person. The stages have their seats prefetched."""
    if not review.running:
        return
    wrote = barred(review)
    for stage in stages:
        waiting: list[Seat] = []
        for seat in stage.seats.all() if stage.closed is None and stage.asks else ():
            seat.stage = stage
            if seat.answer is None and not seat.assented:
                seat.others = others(seat, review, wrote)
                handed_over = seat.user is not None and stage.delegate != Delegation.NOBODY
                seat.alone = handed_over and not seat.others
                seat.stuck = stuck(seat, wrote)
                seat.stuck_why = why(seat, seat.stuck) if seat.stuck else ""
                waiting.append(seat)
        _mark_hanging([seat for seat in waiting if not seat.stuck], wrote)


def _mark_hanging(waiting: Sequence[Seat], wrote: set[UUID]) -> None:
    """Says of seats of one stage that wait for the same person alone that one of them will stay open: ``stuck_why``, without
    ``stuck``, as that person still answers for one."""
    by_person: dict[User, list[Seat]] = {}
    for seat in waiting if len(waiting) > 1 else ():
        if person := alone_for(seat, wrote):
            by_person.setdefault(person, []).append(seat)
    for person, seats in by_person.items():
        for seat in seats if len(seats) > 1 else ():
            others = ", ".join(other.body for other in seats if other != seat)
            seat.stuck_why = _(
                "%(name)s alone can answer for this institution and for %(others)s in this stage, and one person answers for one."
            ) % {"name": localized_name(person.name), "others": others}
