"""How many comments the room of a round has: the same while it runs and when it has ended."""

from __future__ import annotations

import pytest

from tests.workflows.conftest import Cast, seat_of
from tests.workflows.test_ended_rounds import room
from tests.workflows.test_procedure import open_review
from tests.workflows.test_sign_off import sign
from workflows.actions.answer_comment import answer_comment
from workflows.actions.reopen import reopen
from workflows.actions.restart import withdraw_review
from workflows.actions.write_comment import write_comment
from workflows.models import Review

pytestmark = pytest.mark.django_db


def test_answered_comments_are_counted_in_a_running_round_as_in_an_ended_one(cast: Cast) -> None:
    review = open_review(cast)
    first = write_comment(cast.goran, review, cast.uids[0], "mk", "Said first.")
    write_comment(cast.goran, review, cast.uids[1], "mk", "Said second.")
    answer_comment(cast.coordinator, first, review, "rejected", "It is the law.")
    assert "Comments (2)" in room(cast.goran, review, "?text=mk")
    withdraw_review(cast.coordinator, Review.objects.get(pk=review.pk), "Later.", text_too=False)
    assert "Comments (2)" in room(cast.coordinator, review, "?text=mk")


def test_what_an_earlier_round_answered_stands_apart(cast: Cast, review: Review) -> None:
    first = write_comment(cast.goran, review, cast.uids[0], "mk", "Said first.")
    write_comment(cast.goran, review, cast.uids[1], "mk", "Said second.")
    answer_comment(cast.coordinator, first, review, "rejected", "It is the law.")
    sign(cast.goran, seat_of(review, cast.interior))
    reopen(cast.coordinator, Review.objects.get(pk=review.pk), "A correction.")
    again = cast.start()
    write_comment(cast.goran, again, cast.uids[2], "mk", "Said third.")
    page = room(cast.goran, again, "?text=mk&view=comments")
    assert "Comments (2)" in page and "Answered in earlier rounds (1)" in page
    assert "Said second." in page and "Said third." in page and "Said first." not in page
    apart = room(cast.goran, again, "?text=mk&view=earlier")
    assert "Said first." in apart and "Said second." not in apart
    # Under the text stands everything that was said of it.
    whole = room(cast.goran, again, "?text=mk&view=whole")
    assert all(f"Said {one}." in whole for one in ("first", "second", "third"))
    # The owner's people read in the first round what was said after it, too.
    assert "Comments (3)" in room(cast.coordinator, review, "?text=mk")
