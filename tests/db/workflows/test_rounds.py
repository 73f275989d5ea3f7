"""The rounds of a text: who may open each, how one reaches the earlier ones, and what each says of its own
end."""

from __future__ import annotations

import io
import re
from datetime import date, timedelta

import pytest
from django.utils import timezone
from docx import Document

from documents.actions.adopt_edition import adopt_edition
from tests.support.reviews import (
    Cast,
    act,
    adopt,
    client_of,
    consult,
    fresh,
    open_review,
    page_of,
    seat_in,
    seat_of,
    sign,
)
from workflows.actions.comments import write_comment
from workflows.actions.end_coordination import end_coordination
from workflows.actions.reopen import reopen
from workflows.actions.restart import restart, withdraw_review
from workflows.actions.start_review import Plan, Respondent, start_review
from workflows.models import Review, Stage
from workflows.pages.coordinator.rows import rows_for

pytestmark = pytest.mark.django_db


def test_whose_sign_off_was_kept_opens_the_round_in_which_it_counts(cast: Cast, restarted: Review) -> None:
    client = client_of(cast.goran)
    page = client.get(f"/en/review/{restarted.pk}/").content.decode()
    assert (
        "Signed: Ministry of Interior" in page
        and "The answer given in round 2 also counts in this round." in page
    )
    assert "The review continues in other stages" in page
    assert client.get(f"/en/review/{restarted.pk}/record.json").status_code == 404
    adopt(cast, restarted)
    page = client.get(f"/en/review/{restarted.pk}/").content.decode()
    assert "The text was adopted. This was recorded on" in page and "record.json" in page
    assert "3 of 3 answers received" in page and "carried over from an earlier round" in page
    record = client.get(f"/en/review/{restarted.pk}/record.json")
    assert record.status_code == 200 and b'"kept_from":{"order":1,"round":2}' in record.content
    mine = client.get("/en/review/").content.decode()
    assert f"/en/review/{restarted.pk}/?seat=" in mine and "the text was adopted" in mine


def test_who_was_not_kept_stays_out_of_the_later_round(cast: Cast, review: Review) -> None:
    sign(cast.goran, seat_of(review, cast.interior))
    reopen(cast.coordinator, fresh(review), "A correction.")
    again = cast.start()
    client = client_of(cast.outsider)
    assert client.get(f"/en/review/{again.pk}/").status_code == 404
    # What is kept is a stage: an institution of another one does not see the round.
    third = restart(cast.coordinator, fresh(again), 1, "Once more.")
    assert client_of(cast.teuta).get(f"/en/review/{third.pk}/").status_code == 404


def test_earlier_rounds_are_reached_from_room_and_desk(cast: Cast, restarted: Review) -> None:
    first, second, third = Review.objects.order_by("round")
    desk = page_of(cast.coordinator, f"/en/desk/reviews/{third.pk}/")
    for one in (first, second):
        assert f'href="/en/desk/reviews/{one.pk}/"' in desk
    assert "Round 1" in desk and "Returned" in desk
    room = page_of(cast.goran, f"/en/review/{third.pk}/")
    for one in (first, second):
        assert f'href="/en/review/{one.pk}/"' in room
    # Nothing was asked of Justice in the first.
    alone = page_of(cast.teuta, f"/en/review/{third.pk}/")
    assert f'href="/en/review/{first.pk}/"' not in alone


def test_sign_offs_that_were_kept_are_counted_on_the_desk_and_in_its_file(
    cast: Cast, restarted: Review
) -> None:
    (row,) = rows_for(cast.coordinator)
    assert (row.answered, len(row.seats)) == (2, 3)
    client = client_of(cast.coordinator)
    assert "2 of 3 have answered" in client.get("/en/desk/reviews/").content.decode()
    table = client.get("/en/desk/reviews/reviews.csv").content.decode()
    assert "Ministry of Interior" in table and "Ministry of Social Policy" in table


def test_the_page_of_an_ended_round_says_its_own_end_first(cast: Cast, returned: Review) -> None:
    again = cast.start()
    sign(cast.goran, seat_of(again, cast.interior))
    sign(cast.biljana, seat_of(again, cast.social))
    client = client_of(cast.coordinator)
    page = client.get(f"/en/desk/reviews/{returned.pk}/").content.decode()
    head = page[: page.index("stage-1")]
    assert "Returned" in head and "Not yet." in head and "Edition 1, round 1" in head
    assert "This round has ended. The latest round is round 2." in head and "It is in progress." in head
    adopt(cast, again)
    page = client.get(f"/en/desk/reviews/{returned.pk}/").content.decode()
    assert "The text was adopted in round 2." in page and f'href="/en/desk/reviews/{again.pk}/"' in page
    assert "In force" not in page and "record.json" not in page and "acts-of" not in page
    last = client.get(f"/en/desk/reviews/{again.pk}/").content.decode()
    assert "In force" in last and "record.json" in last and "acts-of" in last


def test_every_round_says_how_it_ended_wherever_it_stands(cast: Cast, review: Review) -> None:
    """Reopened, restarted, withdrawn, returned: in the pill of its page and in the list of rounds, at the
    desk and in the room."""
    reopen(cast.coordinator, fresh(review), "A correction.")
    second = cast.start()
    third = restart(cast.coordinator, second, 1, "Another person.")
    withdraw_review(cast.coordinator, third, "The wrong day.", text_too=False)
    fourth = cast.start()
    sign(cast.biljana, seat_of(fourth, cast.social), "return", "Not yet.")
    reopen(cast.coordinator, fresh(fourth), "To be mended.")
    fifth = cast.start()
    ends = {
        review.pk: "Reopened",
        second.pk: "Restarted from stage 1",
        third.pk: "Withdrawn",
        fourth.pk: "Returned",
    }
    desk, goran = client_of(cast.coordinator), client_of(cast.goran)
    for address, client in (("/en/desk/reviews/", desk), ("/en/review/", goran)):
        page = client.get(f"{address}{fifth.pk}/").content.decode()
        listed = page[page.index('<nav class="rounds"') :]
        listed = listed[: listed.index("</nav>")]
        assert re.findall(r"· ([\w ]+)</span>", listed) == [*reversed(ends.values())]
    for pk, words in ends.items():
        page = desk.get(f"/en/desk/reviews/{pk}/").content.decode()
        assert re.search(r'class="st st-late">([\w ]+)<', page).group(1) == words  # type: ignore[union-attr]
        assert "Ended without a result" not in page[: page.index("stage-1")]
    assert (
        "Restarted from stage 1: Another person."
        in desk.get(f"/en/desk/reviews/{second.pk}/").content.decode()
    )
    room = page_of(cast.biljana, f"/en/review/{second.pk}/")
    assert "The review was restarted from stage 1 on" in room and "The text was reopened" not in room


def test_only_the_round_that_was_adopted_says_the_number_of_what_was_adopted(
    cast: Cast, restarted: Review
) -> None:
    adopt(cast, restarted)
    client = client_of(cast.coordinator)
    for one in Review.objects.all():
        page = client.get(f"/en/desk/reviews/{one.pk}/").content.decode()
        assert ("Adopted: " in page) == (one.pk == restarted.pk), one.round


def test_my_reviews_name_the_round_in_which_an_answer_was_given(cast: Cast, restarted: Review) -> None:
    mine = page_of(cast.goran, "/en/review/")
    assert "round 2 · Ministry of Interior · also counts in round 3" in mine
    adopt(cast, restarted)
    mine = page_of(cast.goran, "/en/review/")
    assert "round 2 · Ministry of Interior · the text was adopted in round 3" in mine
    assert "round 3 · Ministry of Interior" not in mine


def test_my_reviews_stand_in_the_order_in_which_one_answered(cast: Cast) -> None:
    """Not by the days of their deadlines: those of a consultation that was held first may be the last."""
    review = open_review(cast)
    consult(cast, review)
    end_coordination(cast.coordinator, fresh(review).stages.get(order=2))
    Stage.objects.filter(pk=review.stages.get(order=3).pk).update(due=timezone.now() + timedelta(days=1))
    sign(cast.goran, seat_in(review, 3, cast.interior))
    mine = page_of(cast.goran, "/en/review/")
    assert mine.index("Sign-off · round 1") < mine.index("Consultation · round 1")


def test_an_ended_round_does_not_say_of_the_text_that_it_does_not_go_on(cast: Cast, returned: Review) -> None:
    client = client_of(cast.coordinator)
    alone = cast.start()
    sign(cast.biljana, seat_of(alone, cast.social), "return", "Still not.")
    said = "does not move to the next stage"
    assert said in client.get(f"/en/desk/reviews/{alone.pk}/").content.decode()
    assert said not in client.get(f"/en/desk/reviews/{returned.pk}/").content.decode()


def test_where_nothing_changed_nobody_is_told_that_nothing_of_nothing_is_read(
    cast: Cast, restarted: Review
) -> None:
    page = page_of(cast.coordinator, f"/en/review/{restarted.pk}/")
    dock = page[page.index('class="dock"') :]
    assert "Read the text" in dock and "0 of 0" not in dock


def test_who_had_not_answered_reads_that_the_text_was_reopened_and_why(cast: Cast, review: Review) -> None:
    sign(cast.goran, seat_of(review, cast.interior))
    client = client_of(cast.biljana)
    data = {"seat": seat_of(review, cast.social).pk, "seen": review.manifest.sha256, "choice": "agree"}
    reopen(cast.coordinator, fresh(review), "Chapter 2 must be corrected.")
    room = client.get(f"/en/review/{review.pk}/").content.decode()
    assert "The text was reopened on" in room and "Chapter 2 must be corrected." in room
    refused = client.post(f"/en/review/{review.pk}/answer/", data)
    said = refused.content.decode()
    assert refused.status_code == 409 and "The text was reopened. Your answer was not recorded." in said
    assert "Why: Chapter 2 must be corrected." in said
    cast.start()
    room = client.get(f"/en/review/{review.pk}/").content.decode()
    assert "The text was reopened on" in room and "Chapter 2 must be corrected." in room


def test_who_was_asked_in_an_earlier_round_alone_reads_what_was_said_until_it_ended(cast: Cast) -> None:
    first = open_review(cast)
    sign(cast.goran, seat_in(first, 1, cast.interior))
    write_comment(cast.goran, first, cast.uids[0], "mk", "Said in round one.")
    withdraw_review(cast.coordinator, Review.objects.get(pk=first.pk), "Later.", text_too=False)
    asked = (Respondent(cast.social, cast.biljana), Respondent(cast.health, cast.outsider))
    second = start_review(
        cast.coordinator,
        cast.edition,
        cast.procedure,
        [Plan(asked), Plan((Respondent(cast.justice, cast.teuta),)), Plan()],
    )
    write_comment(cast.outsider, second, cast.uids[0], "mk", "Said in round two.")
    for user, institution in (
        (cast.biljana, cast.social),
        (cast.outsider, cast.health),
        (cast.teuta, cast.justice),
    ):
        sign(user, seat_of(second, institution))
    cast.edition.refresh_from_db()
    adopt_edition(cast.coordinator, cast.edition, [act()], date(2026, 2, 1))
    earlier = client_of(cast.goran)
    for path in ("comments/", "?view=comments"):
        page = earlier.get(f"/en/review/{first.pk}/{path}").content.decode()
        assert "Said in round one." in page and "Said in round two." not in page
        assert "/record.json" not in page
    document = Document(io.BytesIO(earlier.get(f"/en/review/{first.pk}/comments.docx").content))
    assert "round two" not in "".join(cell.text for row in document.tables[0].rows for cell in row.cells)
    for ending in ("json", "pdf"):
        assert earlier.get(f"/en/review/{first.pk}/record.{ending}").status_code == 404
    for user, review in ((cast.coordinator, first), (cast.outsider, second)):
        page = page_of(user, f"/en/review/{review.pk}/?view=comments")
        assert "Said in round two." in page and "/record.json" in page
