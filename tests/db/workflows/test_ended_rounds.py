"""The text of a round that has ended: its room shows it as it was, and the next round is compared with it."""

from __future__ import annotations

import pytest
from django.utils import timezone

from audit.verify import problems
from documents.actions.adopt_edition import adopt_edition
from documents.actions.errors import ActionError
from mail.models import Message
from tests.support.reviews import (
    Cast,
    act,
    client_of,
    consult,
    open_review,
    page_of,
    pass_all,
    seat_in,
    seat_of,
    sign,
    two_at_once,
)
from tests.support.tampering import unguarded
from tests.support.workflows.rounds import NOW, WAS, room
from workflows.actions.end_coordination import end_coordination
from workflows.actions.reopen import reopen
from workflows.actions.restart import restart, withdraw_review
from workflows.models import Review
from workflows.pages.coordinator.rows import rows_for


@pytest.fixture
def second(cast: Cast, review: Review) -> Review:
    """The round after one that was reopened, and in which a section was changed."""
    sign(cast.goran, seat_of(review, cast.interior))
    reopen(cast.coordinator, review, "A correction.")
    cast.change(0, NOW)
    again = cast.start()
    review.refresh_from_db()
    return again


def test_the_room_of_an_ended_round_shows_the_text_of_that_round(
    cast: Cast, review: Review, second: Review
) -> None:
    page = room(cast.goran, review)
    assert WAS in page and NOW not in page
    assert "as it was at the end of the round" in page
    now = room(cast.goran, second)
    assert NOW in now and "at the end of the round" not in now


def test_nor_does_the_room_show_what_is_being_written(cast: Cast, review: Review) -> None:
    sign(cast.goran, seat_of(review, cast.interior))
    reopen(cast.coordinator, review, "A correction.")
    cast.change(0, NOW)
    page = room(cast.coordinator, review)
    assert WAS in page and NOW not in page


def test_the_other_language_beside_it_is_of_that_round_too(
    cast: Cast, review: Review, second: Review
) -> None:
    page = room(cast.goran, review, "?text=en&beside=mk&view=whole")
    assert WAS in page and NOW not in page


def test_a_text_that_was_not_kept_is_not_replaced_by_the_one_of_today(cast: Cast) -> None:
    """As before Kodeks kept the text of a round that was not locked."""
    review = open_review(cast)
    with unguarded():
        Review.objects.filter(pk=review.pk).update(state="voided")
    assert WAS in room(cast.coordinator, review)  # it is still the same
    cast.change(0, NOW)
    page = room(cast.coordinator, review)
    assert WAS not in page and NOW not in page and "was not saved in this language" in page


def test_an_adopted_text_is_shown_as_it_is(cast: Cast, review: Review) -> None:
    pass_all(cast, review)
    cast.edition.refresh_from_db()
    adopt_edition(cast.coordinator, cast.edition, [act()], act().date)
    page = room(cast.goran, review)
    assert WAS in page and "at the end of the round" not in page


def test_a_round_after_a_consultation_shows_only_the_difference(cast: Cast) -> None:
    first = open_review(cast)
    consult(cast, first)
    cast.change(1, "Насекаде.")
    again = restart(cast.coordinator, Review.objects.get(pk=first.pk), 1, "Once more.")
    cast.change(0, NOW)
    page = room(cast.goran, again, "?text=mk")
    # Interior answered before the second section was changed, too.
    assert "Changes since your answer in round 1" in page and "Changed (2)" in page
    of_owner = room(cast.coordinator, again, "?text=mk")
    assert "Changes since round 1" in of_owner and "Changed (1)" in of_owner
    assert "Changes from the previous edition" not in page  # it is a first edition
    assert NOW not in room(cast.coordinator, first)
    assert "Насекаде." in room(cast.coordinator, first)
    assert list(problems()) == []


def test_a_round_after_a_withdrawn_or_a_locked_one_does_too(cast: Cast) -> None:
    first = open_review(cast)
    cast.change(1, "Насекаде.")
    withdraw_review(cast.coordinator, first, "Later.", text_too=False)
    cast.change(0, NOW)
    second = open_review(cast)
    assert "Changes since round 1" in room(cast.coordinator, second, "?text=mk")
    assert "Changed (1)" in room(cast.coordinator, second, "?text=mk")
    # Interior answered nothing yet, so that all of a first edition is new to it.
    assert "New text" in room(cast.goran, second, "?text=mk")
    consult(cast, second)
    end_coordination(cast.coordinator, second.stages.get(order=2))
    third = restart(cast.coordinator, Review.objects.get(pk=second.pk), 3, "Another person.")
    assert "Changes since round 2" in room(cast.coordinator, third, "?text=mk")
    assert "Changes since your answer in round 2" in room(cast.goran, third, "?text=mk")
    assert list(problems()) == []


def test_a_draft_that_was_returned_is_kept_as_it_was_returned(cast: Cast) -> None:
    stages: list[dict[str, object]] = [
        {"kind": "opinion", "institutions": ["interior"]},
        {"kind": "coordination"},
        {"kind": "sign_off", "institutions": ["interior"]},
        {"kind": "opinion", "institutions": ["justice"], "together": True},
        {"kind": "adoption"},
    ]
    first = open_review(cast, stages)
    cast.change(1, "Насекаде.")
    sign(cast.goran, seat_in(first, 1, cast.interior), "return", "No.")
    cast.change(0, NOW)
    page = room(cast.coordinator, Review.objects.get(pk=first.pk))
    assert "Насекаде." in page and NOW not in page
    again = open_review(cast, stages)
    assert "Changed (1)" in room(cast.goran, again, "?text=mk")
    assert list(problems()) == []


def test_a_withdrawn_review_says_so_in_its_room_and_in_its_mail(cast: Cast) -> None:
    review = open_review(cast)
    withdraw_review(cast.coordinator, review, "The wrong draft.", text_too=False)
    page = room(cast.goran, review)
    assert "The review was withdrawn." in page and "The wrong draft." in page
    mail = Message.objects.get(template="no_longer_asked", to=cast.goran.email)
    assert "was withdrawn" in mail.text and "answer again" not in mail.text


def test_a_review_withdrawn_after_the_lock_says_so_to_who_signed_and_in_its_room(cast: Cast) -> None:
    review = cast.start()
    sign(cast.goran, seat_of(review, cast.interior))
    Message.objects.all().delete()
    withdraw_review(cast.coordinator, Review.objects.get(pk=review.pk), "Not this year.", text_too=False)
    review.refresh_from_db()
    assert (review.state, review.edition.state) == ("withdrawn", "draft")
    signed, asked = (Message.objects.get(to=user.email).text for user in (cast.goran, cast.biljana))
    assert "because the review was withdrawn" in signed and "was withdrawn" in asked
    for text in (signed, asked):
        assert "Not this year." in text and "answer again" not in text and "open for changes" not in text
    page = room(cast.goran, review, "")
    assert "The review was withdrawn." in page
    assert list(problems()) == []


def test_a_draft_that_an_opinion_sent_back_stands_as_returned_with_who_and_why(cast: Cast) -> None:
    """Before the lock nobody has to reopen it: the desk and the mail lead to the next round."""
    review = two_at_once(cast, "opinion")
    sign(cast.goran, seat_in(review, 1, cast.interior), "return", "It contradicts the law.")
    mail = Message.objects.get(template="returned").text
    assert "Ministry of Interior returned the text" in mail and "start the next round" in mail
    assert "reopen" not in mail
    client = client_of(cast.coordinator)
    desk = client.get("/en/desk/reviews/").content.decode()
    assert "Returned: " in desk and "Ministry of Interior: " in desk and "It contradicts the law." in desk
    assert "reopened after" not in desk and f"/desk/reviews/start/{cast.edition.pk}/" in desk
    # The other opinion ended with it, and was returned by nobody.
    (row,) = rows_for(cast.coordinator)
    assert [one.kind for one in row.segments(timezone.localdate())] == ["late", "later"]


@pytest.mark.parametrize("text_too", [True, False])
def test_a_review_that_was_returned_and_is_withdrawn_tells_each_once(cast: Cast, text_too: bool) -> None:
    review = cast.start()
    Message.objects.all().delete()
    sign(cast.goran, seat_of(review, cast.interior), "return", "Not so.")
    withdraw_review(cast.coordinator, Review.objects.get(pk=review.pk), "Not this year.", text_too=text_too)
    told: dict[str, list[str]] = {user.email: [] for user in (cast.goran, cast.biljana)}
    for message in Message.objects.exclude(to=cast.coordinator.email).order_by("pk"):
        told[message.to].append(message.template)
    # Who had not answered knew so when it was returned; that it will not be asked anew either, they are told
    # now.
    later = "no_longer_asked"
    assert told == {cast.goran.email: ["receipt", "sign_off_voided"], cast.biljana.email: ["stopped", later]}
    assert list(problems()) == []


@pytest.mark.parametrize("locked", [True, False])
def test_a_returned_review_that_is_withdrawn_is_off_the_desk_and_keeps_that_it_was_returned(
    cast: Cast, locked: bool
) -> None:
    """The text is kept: a draft of which nothing is asked any more, that can be recorded as adopted before,
    or begun anew."""
    review = cast.start() if locked else two_at_once(cast, "opinion")
    sign(cast.goran, seat_in(review, 1, cast.interior), "return", "It contradicts the law.")
    withdraw_review(cast.coordinator, Review.objects.get(pk=review.pk), "Not this year.", text_too=False)
    review = Review.objects.get(pk=review.pk)
    assert (review.state, review.end_reason, review.edition.state) == ("returned", "Not this year.", "draft")
    (row,) = rows_for(cast.coordinator)
    assert not row.returned and row.may_be_recorded
    client = client_of(cast.coordinator)
    desk = client.get("/en/desk/reviews/").content.decode()
    assert "Returned: " not in desk and "round 1 was withdrawn" in desk
    page = client.get(f"/en/desk/reviews/{review.pk}/").content.decode()
    assert "Returned, then withdrawn: Not this year." in page and "withdraw/" not in page
    assert "It contradicts the law." in page
    room = page_of(cast.goran, f"/en/review/{review.pk}/")
    assert "answer again" not in room and ("The review was withdrawn." in room or not locked)
    with pytest.raises(ActionError, match="has already ended"):
        withdraw_review(cast.coordinator, review, "Again.", text_too=False)
    assert list(problems()) == []
    assert cast.start().round == 2
