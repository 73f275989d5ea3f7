"""What a coordinator does now, one card for each thing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from workflows.pages.coordinator.rows import Row, last_reminder

Card = dict[str, Any]


def cards_of(rows: list[Row]) -> list[Card]:
    """The cards of what to do now, the late ones first."""
    late = (_late(row) for row in rows if row.late)
    steps = (card for row in rows for card in _next_step(row))
    waits = (row.running or row.is_draft or row.returned for row in rows)
    comments = (
        _comments(row) for row, one in zip(rows, waits, strict=True) if one and row.comments and row.review
    )
    return [*late, *steps, *comments]


def _late(row: Row) -> Card:
    n = len(row.late)
    return {
        "late": True,
        "big": ngettext("%(n)d institution is late", "%(n)d institutions are late", n) % {"n": n},
        "title": row.title,
        "text": ", ".join(seat.body for seat in row.late),
        "days": row.late[0].stage.days_late,
        "reminded": last_reminder(row.late),
        "words": _("Send a reminder or extend the deadline"),
        "url": reverse("coordinate:review", args=[row.review.pk]) if row.review else "",
    }


def _next_step(row: Row) -> Iterator[Card]:
    """What can be done with a document now."""
    label, url = row.action
    title, button = {"title": row.title}, {"words": label, "url": url}
    if row.returned:
        yield _returned(row) | button
    elif row.adoptable and row.all_agreed:
        yield {"big": _("All institutions have signed off: %(title)s") % title, "text": ""} | button
    elif row.adoptable:
        yield {"big": _("The review is complete: %(title)s") % title, "text": row.tally} | button
    elif row.coordinating and not row.comments:
        yield {"big": _("All comments are answered: %(title)s") % title} | button
    elif row.to_confirm:
        text = _("Proposed as adopted before Kodeks.")
        yield {"big": _("Awaiting confirmation: %(title)s") % title, "text": text} | button


def _returned(row: Row) -> Card:
    big = _("Too few agreed: %(title)s") if row.too_few else _("Returned: %(title)s")
    reasons = [
        f"{seat.body}: {Truncator(seat.answer.reason).chars(240)}" for seat in row.sent_back if seat.answer
    ]
    return {
        "late": True,
        "big": big % {"title": row.title},
        "text": "; ".join(reasons),
        "hint": _("Change the text, or choose other institutions in the next round.") if row.too_few else "",
    }


def _comments(row: Row) -> Card:
    assert row.review is not None  # noqa: S101 - asked before
    n = row.comments
    days = (timezone.now() - row.oldest_comment).days if row.oldest_comment else 0
    waits = ngettext("The oldest has waited %(n)d day.", "The oldest has waited %(n)d days.", days) % {
        "n": days
    }
    return {
        "big": ngettext("%(n)d comment needs an answer", "%(n)d comments need an answer", n) % {"n": n},
        "title": row.title,
        "text": waits if days else "",
        "words": _("Open the comments"),
        "url": reverse("review:room", args=[row.review.pk]) + "?view=comments#changes",
    }
