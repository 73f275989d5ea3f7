"""What stopped a text is said as it was: returned, or too few agreed; and what is counted is what was
asked."""

from __future__ import annotations

import csv
import io
from typing import Any
from zoneinfo import ZoneInfo

from openpyxl import load_workbook

from documents.actions.adopt_edition import adopt_edition
from documents.models import Edition
from mail.models import Message
from tests.support.reviews import (
    Cast,
    act,
    client_of,
    consult,
    locked,
    open_review,
    page_of,
    say,
    seat_in,
    seat_of,
    sign,
    to,
    two_at_once,
)
from workflows.actions.end_coordination import end_coordination
from workflows.models import Review, SignOff, Stage
from workflows.pages.coordinator.rows import rows_for
from workflows.pages.matrix.spreadsheet import COLUMNS
from workflows.record.build import build_shown
from workflows.record.pdf import Here, _stage


def pages(cast: Cast, review: Review) -> dict[str, str]:
    """The desk, the review and its room, as its coordinator reads them, and the room as Justice does."""
    coordinator = client_of(cast.coordinator)
    return {
        "desk": coordinator.get(to("coordinate:desk")).content.decode(),
        "review": coordinator.get(to("coordinate:review", review.pk)).content.decode(),
        "room": coordinator.get(to("review:room", review.pk)).content.decode(),
        "asked": page_of(cast.teuta, to("review:room", review.pk)),
    }


def test_where_nobody_agreed_too_few_agreed_is_said_everywhere_and_what_to_do(cast: Cast) -> None:
    review = two_at_once(cast, "opinion")
    sign(cast.goran, seat_in(review, 1, cast.interior), "abstain", "Not ours.")
    found = pages(cast, Review.objects.get(pk=review.pk))
    assert (
        "Too few agreed: Procedures" in found["desk"] and "Ministry of Interior: Not ours." in found["desk"]
    )
    assert "Change the text, or ask others in the next round." in found["desk"]
    assert "Too few agreed, and the text does not go on. It is open for changes" in found["review"]
    assert "Too few agreed" in found["room"]
    assert "Too few agreed, and the text does not go on. When it was mended" in found["asked"]
    # The words and the buttons agree: it is open already, so there is nothing to reopen.
    assert "Reopen" not in found["review"] and "Start the next round" in found["review"]
    assert "Restart from a stage" in found["review"] and "Start the next round" in found["desk"]
    for page in found.values():
        assert "eturned" not in page.replace("red: late or returned", "")
    (line, *_others) = list(csv.reader(io.StringIO(page_of(cast.coordinator, to("coordinate:csv")))))[1:]
    assert line[3] == "Too few agreed"


def test_a_locked_text_that_was_returned_is_reopened_by_words_and_button(cast: Cast) -> None:
    review = locked(cast, open_review(cast))
    sign(cast.goran, seat_in(review, 3, cast.interior), "return", "Not so.")
    page = pages(cast, review)["review"]
    assert "The text was returned and does not go on. Reopen it" in page and "Reopen the text" in page
    assert "Start the next round" not in page


def test_the_card_names_who_stopped_the_text_alone(cast: Cast) -> None:
    """A return in the consultation stopped nothing."""
    review = open_review(cast)
    sign(cast.goran, seat_in(review, 1, cast.interior), "return", "In the consultation.")
    sign(cast.biljana, seat_in(review, 1, cast.social))
    end_coordination(cast.coordinator, review.stages.get(order=2))
    sign(cast.teuta, seat_in(review, 4, cast.justice), "return", "Against the law.")
    desk = page_of(cast.coordinator, to("coordinate:desk"))
    assert "Ministry of Justice: Against the law." in desk and "In the consultation." not in desk


def test_a_stage_that_has_not_begun_waits_for_nobody(cast: Cast, review: Review) -> None:
    for address in (to("coordinate:desk"), to("review:room", review.pk)):
        page = page_of(cast.coordinator, address)
        assert "0 of 2 " in page and "0 of 3 have" not in page and "0 of 3 answers" not in page
    room = page_of(cast.goran, to("review:room", review.pk))
    justice = room.partition(">Ministry of Justice<")[0].rpartition("<li")[2]
    assert justice.count("<path") and "M12 7v5" not in justice, "no clock"
    assert "not begun" in room
    sign(cast.goran, seat_of(review, cast.interior))
    sign(cast.biljana, seat_of(review, cast.social))
    (row,) = rows_for(cast.coordinator)
    assert len(row.begun_seats) == 3 and row.answered == 2


def test_a_consultation_is_held_and_nothing_else(cast: Cast) -> None:
    review = open_review(cast)
    consult(cast, review)
    found = pages(cast, review)
    assert found["room"].count("Held, ") == 1 and "<strong>Held</strong>" in found["review"]
    assert "Passed" not in found["room"] + found["review"]
    end_coordination(cast.coordinator, review.stages.get(order=2))
    assert "Passed, " in pages(cast, review)["room"]
    sign(cast.goran, seat_in(review, 3, cast.interior))
    sign(cast.teuta, seat_in(review, 4, cast.justice))
    adopt_edition(cast.coordinator, cast.edition, [act()], act().date)
    (first, *_others) = build_shown(Edition.objects.get(pk=cast.edition.pk))["rounds"][0]["stages"]
    assert dict(_stage(first, Here("en", ZoneInfo("Europe/Skopje")))["facts"])["State"].startswith("Held, ")


def test_working_days_are_called_so(cast: Cast, review: Review) -> None:
    Stage.objects.filter(review=review, order=2).update(working=True)
    found = pages(cast, review)
    assert "not begun; then 10 working days" in found["review"] and "10 working days" in found["room"]
    assert "not begun; then 14 days" in found["review"]


def test_restarts_that_come_to_the_same_are_offered_once(cast: Cast) -> None:
    review = locked(cast, open_review(cast))
    page = page_of(cast.coordinator, to("coordinate:restart", review.pk))
    assert page.count('name="stage"') == 3
    assert "3. Sign-off, 4. Opinion (asked again: 3, 4; stays passed: 1, 2)" in page


def test_the_mails_of_an_end_lead_to_the_review(cast: Cast, review: Review) -> None:
    sign(cast.goran, seat_of(review, cast.interior), "return", "Not so.")
    assert f"/en/desk/reviews/{review.pk}/" in Message.objects.get(template="returned").text


def test_the_files_say_times_by_the_clock_of_the_country_and_languages_by_name(
    cast: Cast, review: Review
) -> None:
    given = sign(cast.goran, seat_of(review, cast.interior))
    say(cast, review)
    rows = list(csv.reader(io.StringIO(page_of(cast.coordinator, to("coordinate:csv")))))
    there = SignOff.objects.get(pk=given.pk).at.astimezone(ZoneInfo("Europe/Skopje"))
    assert rows[1][10] == there.isoformat(timespec="minutes") and rows[1][10][-6:] in ("+01:00", "+02:00")
    data = client_of(cast.coordinator).get(to("review:matrix_xlsx", review.pk)).content
    book: Any = load_workbook(io.BytesIO(data))
    assert book.active.cell(3, COLUMNS.index("language") + 1).value == "Македонски"
