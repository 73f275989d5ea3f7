"""What stops or ends a review, as its pages say it, and what can't be done any more."""

from __future__ import annotations

import csv
import io
import re
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from openpyxl import load_workbook

from audit.models import Entry
from documents.actions.adopt_edition import adopt_edition
from documents.actions.errors import ActionError
from documents.actions.record_prior_adoption import propose_prior
from documents.choices import State
from documents.models import Edition
from mail.models import Message
from proposals.actions.decide import confirm
from proposals.models import Proposal
from tests.support.reviews import (
    CONFIRMED,
    Cast,
    act,
    act_form,
    adopt,
    client_of,
    consult,
    locked,
    open_review,
    page_of,
    pass_all,
    say,
    seat_in,
    seat_of,
    sign,
    to,
    two_at_once,
)
from workflows.actions.end_coordination import end_coordination
from workflows.actions.reopen import reopen
from workflows.actions.restart import withdraw_review
from workflows.choices import ReviewState
from workflows.models import Review, SignOff, Stage
from workflows.pages.coordinator.rows import rows_for
from workflows.pages.matrix.spreadsheet import COLUMNS
from workflows.record.build import build, build_shown
from workflows.record.format import as_bytes
from workflows.record.pdf import Here, _stage
from workflows.record.verify import problems as record_problems

pytestmark = pytest.mark.django_db
FORMS = ("adopt", "restart", "withdraw", "reopen")


def pages(cast: Cast, review: Review) -> dict[str, str]:
    client = client_of(cast.coordinator)
    found = {name: client.get(f"/en/desk/reviews/{review.pk}/{name}/") for name in FORMS}
    assert {one.status_code for one in found.values()} == {200}
    return {name: one.content.decode() for name, one in found.items()}


def assert_over(found: dict[str, str], words: str, link: str) -> None:
    for name, page in found.items():
        main = page[page.index("<main") : page.index("</main>")]
        assert words in main and "There is nothing more to do here." in main, name
        assert link in main and 'method="post"' not in main, name
        assert "yet" not in main, name


def test_after_the_adoption(cast: Cast, restarted: Review) -> None:
    adopt(cast, restarted)
    back = f'<a href="/en/desk/reviews/{restarted.pk}/">Back to the review</a>'
    assert_over(pages(cast, restarted), "The text was adopted. This was recorded on", back)
    client = client_of(cast.coordinator)
    sent = client.post(
        f"/en/desk/reviews/{restarted.pk}/restart/", {"stage": "1", "reason": "Again."} | CONFIRMED
    )
    assert sent.status_code == 409 and "has already ended" in sent.content.decode()
    assert (
        client.post(
            f"/en/desk/reviews/{restarted.pk}/adopt/", {"valid_from": "2026-01-15"} | CONFIRMED
        ).status_code
        == 409
    )
    assert Entry.objects.filter(verb="restart", refused=True).exists()


@pytest.mark.parametrize("tag", ["sr-cyrl", "hr", "mk"])
def test_a_sentence_that_ends_in_a_date_ends_in_one_dot(cast: Cast, restarted: Review, tag: str) -> None:
    adopt(cast, restarted)
    for user, page in (
        (cast.coordinator, f"desk/reviews/{restarted.pk}/adopt/"),
        (cast.goran, f"review/{restarted.pk}/"),
    ):
        main = page_of(user, f"/{tag}/{page}")
        main = main[main.index("<main") : main.index("</main>")]
        assert str(date.today().year) in main and not re.search(r"\w\.\.(?!\.)", main)


def test_in_a_round_that_another_one_followed(cast: Cast, restarted: Review) -> None:
    first = Review.objects.get(round=1)
    on = f'<a href="/en/desk/reviews/{restarted.pk}/">Go to round 3</a>'
    assert_over(pages(cast, first), "This round has ended. The latest round is round 3.", on)


def test_in_one_that_was_withdrawn_or_reopened(cast: Cast, review: Review) -> None:
    back = f'<a href="/en/desk/reviews/{review.pk}/">Back to the review</a>'
    reopen(cast.coordinator, Review.objects.get(pk=review.pk), "A correction.")
    assert_over(pages(cast, review), "The text was reopened on", back)
    second = cast.start()
    withdraw_review(cast.coordinator, second, "Later.", text_too=False)
    back = f'<a href="/en/desk/reviews/{second.pk}/">Back to the review</a>'
    assert_over(pages(cast, second), "The review was withdrawn.", back)


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("reopen", {"reason": "x"}),
        ("withdraw", {"what": "review", "reason": "x"}),
        ("restart", {"stage": "1", "reason": "x"}),
    ],
)
def test_an_ended_review_is_refused_before_the_answers_are_checked(
    cast: Cast, review: Review, name: str, given: dict[str, str]
) -> None:
    withdraw_review(cast.coordinator, review, "Not this year.", text_too=True)
    answer = client_of(cast.coordinator).post(to(f"coordinate:{name}", review.pk), given)
    assert answer.status_code == 409 and "Check your answers" not in answer.content.decode()


def test_while_it_can_be_done_the_forms_are_there(cast: Cast, review: Review) -> None:
    found = pages(cast, review)
    for name in ("restart", "withdraw", "reopen"):
        assert "There is nothing more to do here" not in found[name] and 'name="reason"' in found[name]
    # What stands in the way of an adoption is said, with a way back.
    assert "be adopted yet:" in found["adopt"] and "Back to the review" in found["adopt"]
    pass_all(cast, review)
    assert 'enctype="multipart/form-data"' in pages(cast, review)["adopt"]


FORCE = date(2026, 2, 1)


def test_it_is_not_proposed_while_a_review_of_it_runs(cast: Cast) -> None:
    review = open_review(cast)
    sign(cast.goran, seat_in(review, 1, cast.interior), "return", "We do not agree.")
    with pytest.raises(ActionError, match="withdraw the review first"):
        propose_prior(cast.coordinator, cast.edition, act(), FORCE)
    assert Entry.objects.get(verb="propose_prior", refused=True).detail == {"why": "running"}
    client, place = client_of(cast.coordinator), to("coordinate:prior", cast.edition.pk)
    page = client.get(place).content.decode()
    assert "withdraw the review first" in page and "act0-body" not in page
    sent = client.post(place, act_form())
    assert sent.status_code == 409 and "withdraw the review first" in sent.content.decode()
    assert not Proposal.objects.exists()


def test_it_is_not_confirmed_while_a_review_of_it_runs(cast: Cast) -> None:
    """Proposed, and then a review was started: what the institutions are asked counts, until it is
    withdrawn."""
    prior = propose_prior(cast.coordinator, cast.edition, act(), FORCE)
    review = open_review(cast)
    with pytest.raises(ActionError, match="withdraw the review first"):
        confirm(cast.second, prior)
    client, place = client_of(cast.second), to("proposals:decide", prior.pk)
    page = client.get(place).content.decode()
    assert "withdraw the review first" in page and 'value="confirm"' not in page and 'value="refuse"' in page
    assert client.post(place, {"decision": "confirm"}).status_code == 409
    desk = client.get(to("coordinate:desk")).content.decode()
    assert "Awaiting confirmation" not in desk and "Confirm the adoption" not in desk
    review.refresh_from_db()
    edition = Edition.objects.get(pk=cast.edition.pk)
    assert (review.state, edition.state) == (ReviewState.RUNNING, State.DRAFT)

    withdraw_review(cast.coordinator, review, "It was adopted in 2019.", text_too=False)
    confirm(cast.second, prior)
    edition.refresh_from_db()
    assert edition.state == State.IN_FORCE and edition.recorded

    # The record of it tells of the round, which decided nothing, and contradicts nothing.
    (round_,) = build(edition)["rounds"]
    assert round_["state"] == "withdrawn" and list(record_problems(as_bytes(build(edition)))) == []


def test_after_a_withdrawal_the_desk_offers_what_the_refusal_spoke_of(cast: Cast) -> None:
    review = open_review(cast)
    desk, place = to("coordinate:desk"), to("coordinate:prior", cast.edition.pk)
    assert place not in page_of(cast.coordinator, desk)
    withdraw_review(cast.coordinator, review, "Adopted in 2019.", text_too=False)
    assert place in page_of(cast.coordinator, desk)
    propose_prior(cast.coordinator, cast.edition, act(), FORCE)


def pages_few(cast: Cast, review: Review) -> dict[str, str]:
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
    found = pages_few(cast, Review.objects.get(pk=review.pk))
    assert (
        "Too few agreed: Procedures" in found["desk"] and "Ministry of Interior: Not ours." in found["desk"]
    )
    assert "Change the text, or choose other institutions in the next round." in found["desk"]
    open_now = "The text does not move to the next stage. The text is open for changes."
    assert f"Too few institutions agreed. {open_now}" in found["review"]
    assert "Too few agreed" in found["room"]
    assert "Too few institutions agreed. When the text is changed and submitted again" in found["asked"]
    # The words and the buttons agree: it is open already, so there is nothing to reopen.
    assert "Reopen" not in found["review"] and "Start the next round" in found["review"]
    assert "Restart from a stage" in found["review"] and "Start the next round" in found["desk"]
    for page in found.values():
        assert "eturned" not in page.replace("Red: late or returned", "")
    (line, *_others) = list(csv.reader(io.StringIO(page_of(cast.coordinator, to("coordinate:csv")))))[1:]
    assert line[3] == "Too few agreed"


def test_a_locked_text_that_was_returned_is_reopened_by_words_and_button(cast: Cast) -> None:
    review = locked(cast, open_review(cast))
    sign(cast.goran, seat_in(review, 3, cast.interior), "return", "Not so.")
    page = pages_few(cast, review)["review"]
    assert "The text was returned. It does not move to the next stage. Reopen the text to change it" in page
    assert ">Reopen the text</a>" in page
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
    assert "not started" in room
    sign(cast.goran, seat_of(review, cast.interior))
    sign(cast.biljana, seat_of(review, cast.social))
    (row,) = rows_for(cast.coordinator)
    assert len(row.begun_seats) == 3 and row.answered == 2


def test_a_consultation_is_held_and_nothing_else(cast: Cast) -> None:
    review = open_review(cast)
    consult(cast, review)
    found = pages_few(cast, review)
    assert found["room"].count("Held, ") == 1 and "<strong>Held</strong>" in found["review"]
    assert "Passed" not in found["room"] + found["review"]
    end_coordination(cast.coordinator, review.stages.get(order=2))
    assert "Passed, " in pages_few(cast, review)["room"]
    sign(cast.goran, seat_in(review, 3, cast.interior))
    sign(cast.teuta, seat_in(review, 4, cast.justice))
    adopt_edition(cast.coordinator, cast.edition, [act()], act().date)
    (first, *_others) = build_shown(Edition.objects.get(pk=cast.edition.pk))["rounds"][0]["stages"]
    assert dict(_stage(first, Here("en", ZoneInfo("Europe/Skopje")))["facts"])["State"].startswith("Held, ")


def test_working_days_are_called_so(cast: Cast, review: Review) -> None:
    Stage.objects.filter(review=review, order=2).update(working=True)
    found = pages_few(cast, review)
    assert "not started; then 10 working days" in found["review"] and "10 working days" in found["room"]
    assert "not started; then 14 days" in found["review"]


def test_restarts_that_come_to_the_same_are_offered_once(cast: Cast) -> None:
    review = locked(cast, open_review(cast))
    page = page_of(cast.coordinator, to("coordinate:restart", review.pk))
    assert page.count('name="stage"') == 3
    assert "3. Sign-off, 4. Opinion (repeated: 3, 4; not repeated: 1, 2)" in page


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
