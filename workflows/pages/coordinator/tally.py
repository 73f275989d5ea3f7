"""What the institutions of a review said, in numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from django.utils.translation import gettext as _

from workflows.choices import Choice
from workflows.models import Seat


def all_agreed(seats: Sequence[Seat]) -> bool:
    """Whether every institution has answered, and agreed. Silence that counts as assent is no signature."""
    return bool(seats) and all(seat.answer is not None and seat.answer.agrees for seat in seats)


def tally(seats: Sequence[Seat]) -> str:
    """How many said what, in words: each kind that there is, and "all have signed off" alone where that is
    so."""
    if all_agreed(seats):
        return _("all have signed off")
    counts = Counter(_kind(seat) for seat in seats)
    words = {
        "agreed": _("agreed: %(n)d"),
        Choice.RETURN: _("returned it: %(n)d"),
        Choice.ABSTAIN: _("abstained: %(n)d"),
        "silent": _("silence, taken as assent: %(n)d"),
        "": _("not answered: %(n)d"),
    }
    return ", ".join(text % {"n": counts[kind]} for kind, text in words.items() if counts[kind])


def _kind(seat: Seat) -> str:
    if seat.answer is not None:
        return "agreed" if seat.answer.agrees else str(seat.answer.choice)
    return "silent" if seat.assented else ""
