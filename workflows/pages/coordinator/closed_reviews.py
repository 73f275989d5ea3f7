"""Why nothing can be done with a review any more: said on the pages of its forms before anything is sent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from documents.pages.edition.banner import one_dot
from theme import dates
from workflows.choices import ReviewState
from workflows.models import Review
from workflows.procedures.deadlines import day_there
from workflows.rules.rounds import rounds_of


@dataclass(frozen=True)
class Over:
    """Why, in words, and where to go on; ``next`` is the number of the last round, where that is another
    one."""

    words: str
    url: str
    next: int | None = None


def over(review: Review, user: Any) -> Over | None:
    """What to say where a review has ended, so that it can be neither adopted nor restarted, withdrawn or
    reopened; None while it can: it is the text's last round and runs, or was returned and waits."""
    rounds = rounds_of(review, user)
    if not rounds.is_last:
        last = rounds.last
        words = _("This round has ended; round %(n)s is the last one.") % {"n": last.round}
        return Over(words, reverse("coordinate:review", args=[last.pk]), last.round)
    here = reverse("coordinate:review", args=[review.pk])
    if review.withdrawn:
        return Over(_("The review was withdrawn."), here)
    if review.ended is None or review.state == ReviewState.RETURNED:
        return None
    words = (
        _("The text was adopted; this was recorded on %(date)s.")
        if review.state == ReviewState.DONE
        else _("The text was reopened on %(date)s.")
    )
    day = day_there(review.ended, review.zone)
    return Over(one_dot(words % {"date": dates.of_date(day, get_language() or "en")}), here)
