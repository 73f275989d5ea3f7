"""An act dated before the text that it adopts was there. The law may know that; a slip of the hand is
likelier, so it is asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from documents.actions.errors import Problem
from documents.pages.desk.act_form import Acts
from documents.pages.edition.banner import one_dot
from theme.dates import of_date

FIELD = "antedated"


@dataclass(frozen=True)
class Antedated:
    """``days``: the dates of acts that lie before, each once; ``questions``: what is asked of each;
    ``confirmed``: whether the tick was set for these very dates."""

    days: Sequence[date] = ()
    questions: Sequence[str] = ()
    confirmed: bool = False

    @property
    def value(self) -> str:
        """What the tick sends: another date is another question."""
        return " ".join(day.isoformat() for day in self.days)

    @property
    def open(self) -> Sequence[str]:
        """What is still to be confirmed."""
        return () if self.confirmed else self.questions


def antedated(request: HttpRequest, acts: Acts, since: date, because: str) -> Antedated:
    """What is asked of the acts of a request that bear a date before ``since``, the day on which the text was
    there; ``because`` says what was done on it. The acts have been looked at
    (:meth:`documents.pages.desk.act_form.Acts.valid`)."""
    early: list[date] = []
    questions: list[str] = []
    tag = get_language() or "en"
    for form in acts.forms:
        day = form.cleaned_data.get("date")
        if day is None or day >= since:
            continue
        early.append(day)
        said = _("Act no. %(number)s bears the date %(date)s. %(because)s Is that date right?") % {
            "number": form.cleaned_data.get("number") or "–",
            "date": of_date(day, tag),
            "because": because,
        }
        questions.append(Problem(one_dot(said), f"id_{FIELD}", "antedated"))
    found = Antedated(sorted(set(early)), questions)
    return replace(found, confirmed=bool(early) and request.POST.get(FIELD) == found.value)
