"""The desk's table as a file."""

from __future__ import annotations

import csv
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from people.second_factor import step_up
from theme.file_answers import as_file
from theme.localized_names import localized_name
from theme.spreadsheet import cells
from workflows.models import Review, Seat, SignOff
from workflows.pages.coordinator.rows import Row, rows_for
from workflows.pages.coordinator.views import coordinator


@require_safe
@step_up
def as_csv(request: HttpRequest) -> HttpResponse:
    """Every review with each institution's answer, for a spreadsheet."""
    user = coordinator(request)
    response = as_file(HttpResponse(content_type="text/csv; charset=utf-8"), "reviews.csv")
    response.write("\ufeff")
    out = csv.writer(response)
    out.writerow(
        cells(
            _("Document"), _("Edition"), _("Round"), _("State"), _("Stage"), _("Deadline"), _("Institution"),
            _("Assigned reviewer"), _("Who answered"), _("Answer"), _("Answered"), _("Reason"), _("Valid"),
        )
    )  # fmt: skip
    for row in rows_for(user, people=True):
        for seat in row.seats:
            out.writerow(cells(*_line(row, seat)))
    return response


def _line(row: Row, seat: Seat) -> list[Any]:
    answer, review = seat.answer, row.review
    of_seat = [
        row.title,
        row.edition.number,
        review.round if review else "",
        review.state_label if review else "",
        seat.stage.title,
        seat.stage.due_day or "",
        seat.body,
        localized_name(seat.user.name) if seat.user else "",
    ]
    if answer is None:
        return [*of_seat, "", _("no answer, counted as agreement") if seat.assented else "", "", "", ""]
    at, counts = _moment(answer.at, seat.stage.review), _("yes") if answer.counts else _("no")
    return [*of_seat, _who(answer), answer.get_choice_display(), at, answer.reason, counts]


def _who(answer: SignOff) -> str:
    """Who gave an answer, and instead of whom."""
    if answer.instead_of is None:
        return localized_name(answer.person.name)
    return _("%(name)s instead of %(asked)s") % {
        "name": localized_name(answer.person.name),
        "asked": localized_name(answer.instead_of.name),
    }


def _moment(at: datetime, review: Review) -> str:
    """By the clock of the country, with how far it is from UTC."""
    return at.astimezone(ZoneInfo(review.zone)).isoformat(timespec="minutes")
