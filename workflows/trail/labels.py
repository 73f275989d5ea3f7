"""How the audit trail calls reviews and their parts."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from audit.labels import Named, kind, numbers, values
from documents.models import Edition
from documents.trail.labels import called
from theme.localized_names import localized_name
from workflows.choices import Choice, Outcome, ReviewState
from workflows.models import Delegate, Procedure, Review, Seat, SignOff, Stage

EDITION = "edition__instrument__country"


def _reviews(user: Any, **wanted: Any) -> dict[int, Review]:
    """The reviews of texts that the reader may see."""
    seen = Edition.objects.visible_to(user).values("pk")
    found = Review.objects.filter(edition__in=seen, **wanted).select_related(EDITION)
    return {review.pk: review for review in found}


def _label(review: Review) -> str:
    title = called(review.edition)
    return f"{title}, {_('Round %(number)d') % {'number': review.round}}" if review.round > 1 else title


def _url(review: Review) -> str:
    return reverse("review:room", args=[review.pk])


def _of_reviews(user: Any, ids: Collection[str]) -> dict[str, Named]:
    found = _reviews(user, pk__in=numbers(ids))
    return {str(pk): Named(_label(review), _url(review)) for pk, review in found.items()}


def _stages(user: Any, ids: Collection[str]) -> dict[str, Named]:
    stages = list(Stage.objects.filter(pk__in=numbers(ids)))
    known = _reviews(user, pk__in={stage.review_id for stage in stages})
    return {
        str(stage.pk): Named(
            f"{stage.title} · {_label(known[stage.review_id])}", _url(known[stage.review_id])
        )
        for stage in stages
        if stage.review_id in known
    }


def _seats(user: Any, ids: Collection[str]) -> dict[str, Named]:
    return _named_seats(user, {pk: pk for pk in numbers(ids)})


def _sign_offs(user: Any, ids: Collection[str]) -> dict[str, Named]:
    return _named_seats(user, dict(SignOff.every.filter(pk__in=numbers(ids)).values_list("pk", "seat")))


def _named_seats(user: Any, of: dict[int, int]) -> dict[str, Named]:
    seats = {
        seat.pk: seat
        for seat in Seat.objects.filter(pk__in=set(of.values())).select_related(
            "stage", "institution__country"
        )
    }
    known = _reviews(user, pk__in={seat.stage.review_id for seat in seats.values()})
    found = {}
    for pk, seat_pk in of.items():
        seat = seats.get(seat_pk)
        if seat is not None and seat.stage.review_id in known:
            review = known[seat.stage.review_id]
            found[str(pk)] = Named(f"{seat.body} · {seat.stage.title} · {_label(review)}", _url(review))
    return found


def _delegates(user: Any, ids: Collection[str]) -> dict[str, Named]:
    found = Delegate.objects.filter(pk__in=numbers(ids)).select_related("institution__country")
    return {str(one.pk): Named(localized_name(one.institution)) for one in found}


def _procedures(user: Any, ids: Collection[str]) -> dict[str, Named]:
    return {str(one.pk): Named(str(one)) for one in Procedure.objects.filter(pk__in=numbers(ids))}


kind(
    "review",
    gettext_lazy("Review"),
    _of_reviews,
    pgettext_lazy("in the audit trail", "a review you may not read"),
)
kind("stage", gettext_lazy("Stage"), _stages, pgettext_lazy("in the audit trail", "a stage"))
kind(
    "seat",
    gettext_lazy("Institution"),
    _seats,
    pgettext_lazy("in the audit trail", "an institution that answers"),
)
kind("signoff", gettext_lazy("Sign-off"), _sign_offs, pgettext_lazy("in the audit trail", "a sign-off"))
kind("delegate", gettext_lazy("Institution"), _delegates)
kind("procedure", gettext_lazy("Procedure"), _procedures)


def _reminder(text: str) -> str:
    """Which reminder was sent (workflows.reminders.deadlines.which_reminder)."""
    if text.startswith("after"):
        return pgettext("reminder, in the audit trail", "after the deadline")
    return {
        "before": pgettext("reminder, in the audit trail", "before the deadline"),
        "on": pgettext("reminder, in the audit trail", "on the day of the deadline"),
    }.get(text, "")


values("kind", _reminder)
values("state", lambda text: str(ReviewState(text).label) if text in ReviewState.values else "")
values("choice", lambda text: str(Choice(text).label) if text in Choice.values else "")
values("outcome", lambda text: str(Outcome(text).label) if text in Outcome.values else "")
