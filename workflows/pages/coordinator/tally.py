"""What the institutions of a review said, in numbers."""

from __future__ import annotations

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
    answers = [seat.answer for seat in seats]
    silent = [seat for seat in seats if seat.answer is None]
    counted = [
        (_("agreed: %(n)d"), sum(1 for answer in answers if answer is not None and answer.agrees)),
        (_("returned it: %(n)d"), sum(1 for a in answers if a is not None and a.choice == Choice.RETURN)),
        (_("abstained: %(n)d"), sum(1 for a in answers if a is not None and a.choice == Choice.ABSTAIN)),
        (_("silence, taken as assent: %(n)d"), sum(1 for seat in silent if seat.assented)),
        (_("not answered: %(n)d"), sum(1 for seat in silent if not seat.assented)),
    ]
    return ", ".join(words % {"n": n} for words, n in counted if n)
