"""What a coordinator does now, one card for each thing."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from workflows.pages.coordinator.rows import Row, last_reminder
from workflows.rules.unanswered_comments import open_comments


def cards_of(rows: list[Row]) -> list[dict[str, Any]]:
    """The cards of what to do now, the late ones first."""
    cards: list[dict[str, Any]] = []
    for row in rows:
        if row.late:
            cards.append(
                {
                    "late": True,
                    "big": ngettext("%(n)d institution is late", "%(n)d institutions are late", len(row.late))
                    % {"n": len(row.late)},
                    "title": row.title,
                    "text": ", ".join(seat.body for seat in row.late),
                    "days": row.late[0].stage.days_late,
                    "reminded": last_reminder(row.late),
                    "words": _("Send a reminder or give more time"),
                    "url": reverse("coordinate:review", args=[row.review.pk]) if row.review else "",
                }
            )
    for row in rows:
        words, url = row.action
        if row.returned:
            cards.append(
                {
                    "late": True,
                    "big": (_("Too few agreed: %(title)s") if row.too_few else _("Returned: %(title)s"))
                    % {"title": row.title},
                    "text": "; ".join(
                        f"{seat.body}: {Truncator(seat.answer.reason).chars(240)}"
                        for seat in row.sent_back
                        if seat.answer
                    ),
                    "hint": _("Change the text, or ask others in the next round.") if row.too_few else "",
                    "words": words,
                    "url": url,
                }
            )
        elif row.adoptable:
            cards.append(
                {
                    "big": (
                        _("All have signed off: %(title)s")
                        if row.all_agreed
                        else _("The review is passed: %(title)s")
                    )
                    % {"title": row.title},
                    "text": "" if row.all_agreed else row.tally,
                    "words": words,
                    "url": url,
                }
            )
        elif row.coordinating and not row.comments:
            cards.append(
                {
                    "big": _("Every comment is answered: %(title)s") % {"title": row.title},
                    "words": words,
                    "url": url,
                }
            )
        elif row.to_confirm:
            cards.append(
                {
                    "big": _("To be confirmed: %(title)s") % {"title": row.title},
                    "text": _("It was proposed as adopted before Kodeks."),
                    "words": words,
                    "url": url,
                }
            )
    for row in rows:
        if (row.running or row.is_draft or row.returned) and row.comments and row.review is not None:
            oldest = open_comments([row.edition.pk]).get(row.edition.pk, {}).get("oldest")
            days = (timezone.now() - oldest).days if oldest else 0
            cards.append(
                {
                    "big": ngettext(
                        "%(n)d comment waits for an answer", "%(n)d comments wait for an answer", row.comments
                    )
                    % {"n": row.comments},
                    "title": row.title,
                    "text": ngettext("The oldest waits %(n)d day.", "The oldest waits %(n)d days.", days)
                    % {"n": days}
                    if days
                    else "",
                    "words": _("Open the comments"),
                    "url": reverse("review:room", args=[row.review.pk]) + "?view=comments#changes",
                }
            )
    return cards
