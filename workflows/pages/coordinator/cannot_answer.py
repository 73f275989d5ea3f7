"""Seats that stay open whatever happens, why, and who else could be asked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.utils.translation import gettext as _

from people.models import User
from theme.localized_names import localized_name
from workflows.actions.ask_another import others
from workflows.choices import Delegation
from workflows.models import Review, Seat, Stage
from workflows.rules.tacit_assent import alone_for, barred, cannot_answer, why


@dataclass
class SeatNote:
    """The coordinator's note on a waiting seat: why nobody can answer it, and who could be asked instead.
    ``alone``: nobody else of the institution could."""

    reason: str = ""
    words: str = ""
    others: list[User] = field(default_factory=list)
    alone: bool = False


def notes_of(review: Review, stages: Sequence[Stage]) -> dict[int, SeatNote]:
    """By the key of each seat that waits. The stages have their seats prefetched."""
    found: dict[int, SeatNote] = {}
    if not review.running:
        return found
    wrote = barred(review)
    for stage in stages:
        if stage.closed is not None or not stage.asks:
            continue
        waiting = [seat for seat in stage.seats.all() if seat.answer is None and not seat.assented]
        for seat in waiting:
            seat.stage = stage
            found[seat.pk] = _note(seat, review, wrote)
        _add_shared_people([seat for seat in waiting if not found[seat.pk].reason], wrote, found)
    return found


def _note(seat: Seat, review: Review, wrote: set[UUID]) -> SeatNote:
    reason, could = cannot_answer(seat, wrote), others(seat, review, wrote)
    by_name = seat.user is not None and seat.stage.delegate != Delegation.NOBODY
    return SeatNote(reason, why(seat, reason) if reason else "", could, by_name and not could)


def _add_shared_people(seats: Sequence[Seat], wrote: set[UUID], notes: dict[int, SeatNote]) -> None:
    """Seats of one stage that only the same person can answer: one of them will stay open."""
    by_person: dict[User, list[Seat]] = defaultdict(list)
    for seat in seats if len(seats) > 1 else ():
        if person := alone_for(seat, wrote):
            by_person[person].append(seat)
    for person, shared in by_person.items():
        for seat in shared if len(shared) > 1 else ():
            names = ", ".join(other.body for other in shared if other != seat)
            notes[seat.pk].words = _(
                "Only %(name)s can answer for this institution and for %(others)s in this stage. "
                "One person can answer for one institution only."
            ) % {"name": localized_name(person.name), "others": names}
