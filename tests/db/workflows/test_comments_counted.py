"""How many comments the room of a round has: the same while it runs and when it has ended."""

from __future__ import annotations

import pytest

from tests.support.reviews import Cast, client_of, open_review, seat_of, sign
from tests.support.workflows.ended_rounds import room
from workflows.actions.answer_comment import answer_comment
from workflows.actions.reopen import reopen
from workflows.actions.restart import withdraw_review
from workflows.actions.settle_comment import settle_comment
from workflows.actions.write_comment import write_comment
from workflows.models import Review

pytestmark = pytest.mark.django_db


def test_answered_comments_are_counted_in_a_running_round_as_in_an_ended_one(cast: Cast) -> None:
    review = open_review(cast)
    first = write_comment(cast.goran, review, cast.uids[0], "mk", "Said first.")
    write_comment(cast.goran, review, cast.uids[1], "mk", "Said second.")
    answer_comment(cast.coordinator, first, review, "rejected", "It is the law.")
    said = "Comments: 1 open, 1 answered"
    assert said in room(cast.goran, review, "?text=mk")
    withdraw_review(cast.coordinator, Review.objects.get(pk=review.pk), "Later.", text_too=False)
    assert said in room(cast.coordinator, review, "?text=mk")


def test_the_room_the_table_and_the_desk_count_the_same_as_open(cast: Cast) -> None:
    """One that the owner replied to, and one that was settled, wait for nobody; one that was opened again
    does."""
    review = open_review(cast)
    replied, settled, again, _waits = (
        write_comment(cast.goran, review, cast.uids[0], "mk", f"Said {n}.") for n in range(4)
    )
    uid = cast.uids[0]
    write_comment(cast.coordinator, review, uid, "mk", "We know.", parent=replied)
    settle_comment(cast.goran, settled, review, settled=True)
    answer_comment(cast.coordinator, again, review, "rejected", "It is the law.")
    again.refresh_from_db()
    settle_comment(cast.goran, again, review, settled=False)
    assert "Comments: 2 open, 2 answered" in room(cast.goran, review, "?text=mk")
    client = client_of(cast.coordinator)
    table = client.get(f"/en/review/{review.pk}/comments/").content.decode()
    assert "4 comments" in table and "2 without an answer" in table
    assert "answered by a reply" in table and "Settled" in table
    only = client.get(f"/en/review/{review.pk}/comments/?only=open").content.decode()
    assert "Said 2." in only and "Said 3." in only and "Said 0." not in only and "Said 1." not in only
    assert "2 open comments" in client.get(f"/en/desk/reviews/{review.pk}/").content.decode()


def test_all_of_them_answered_in_an_earlier_round_are_no_empty_list(cast: Cast, review: Review) -> None:
    first = write_comment(cast.goran, review, cast.uids[0], "mk", "Said first.")
    answer_comment(cast.coordinator, first, review, "rejected", "It is the law.")
    reopen(cast.coordinator, Review.objects.get(pk=review.pk), "A correction.")
    page = room(cast.goran, cast.start(), "?text=mk&view=comments")
    assert "Comments: 0 open, 1 answered" in page and "Said first." in page
    assert "in earlier rounds" not in page


def test_what_an_earlier_round_answered_can_be_looked_at_alone(cast: Cast, review: Review) -> None:
    first = write_comment(cast.goran, review, cast.uids[0], "mk", "Said first.")
    write_comment(cast.goran, review, cast.uids[1], "mk", "Said second.")
    answer_comment(cast.coordinator, first, review, "rejected", "It is the law.")
    sign(cast.goran, seat_of(review, cast.interior))
    reopen(cast.coordinator, Review.objects.get(pk=review.pk), "A correction.")
    again = cast.start()
    write_comment(cast.goran, again, cast.uids[2], "mk", "Said third.")
    page = room(cast.goran, again, "?text=mk&view=comments")
    assert "Comments: 2 open, 1 answered" in page and "Answered in earlier rounds (1)" in page
    assert all(f"Said {one}." in page for one in ("first", "second", "third"))
    apart = room(cast.goran, again, "?text=mk&view=earlier")
    assert "Said first." in apart and "Said second." not in apart
    # Under the text stands everything that was said of it.
    whole = room(cast.goran, again, "?text=mk&view=whole")
    assert all(f"Said {one}." in whole for one in ("first", "second", "third"))
    # The owner's people read in the first round what was said after it, too.
    assert "Comments: 2 open, 1 answered" in room(cast.coordinator, review, "?text=mk")
