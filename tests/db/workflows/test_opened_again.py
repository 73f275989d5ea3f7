"""An answered comment that is opened again waits for another answer, and its coordinator knows."""

from __future__ import annotations

import pytest

from audit.verify import problems
from documents.actions.errors import ActionError
from documents.comments.decide import decide
from documents.models import Comment
from mail.models import Message
from tests.support.reviews import Cast, client_of, consult, open_review, say, to
from tests.support.workflows.matrix import filled, sheet, take
from workflows.actions.end_coordination import end_coordination
from workflows.actions.errors import Refused
from workflows.models import Review
from workflows.pages.matrix.spreadsheet import COLUMNS, FILLED_IN
from workflows.rules.unanswered_comments import open_comments


@pytest.fixture
def answered(cast: Cast) -> tuple[Review, Comment]:
    """A comment that was rejected, in a review whose coordination is open."""
    review = open_review(cast)
    comment = say(cast, review)
    consult(cast, review)
    decide(cast.coordinator, comment, "rejected", "The law says 24.")
    return review, Comment.objects.get(pk=comment.pk)


def open_again(cast: Cast, review: Review, comment: Comment) -> str:
    address = to("review:resolve", review.pk, comment.pk)
    return client_of(cast.goran).post(address, {"open": "1"}, follow=True).content.decode()


def test_it_waits_for_another_answer_and_the_coordinator_is_told(
    cast: Cast, answered: tuple[Review, Comment]
) -> None:
    review, comment = answered
    stage = review.stages.get(order=2)
    page = open_again(cast, review, comment)
    assert "The comment is open again and waits for another answer." in page
    assert "Opened again: it waits for another answer." in page
    open_again(cast, review, comment)
    mail = Message.objects.get(template="comment_reopened")
    assert mail.to == cast.coordinator.email and f"#k{comment.pk}" in mail.text and "24" not in mail.text
    assert open_comments([cast.edition.pk])[cast.edition.pk]["n"] == 1
    matrix = client_of(cast.coordinator).get(to("review:matrix", review.pk) + "?only=open").content.decode()
    assert "1 without an answer" in matrix and f'id="k{comment.pk}"' in matrix and "Opened again" in matrix
    with pytest.raises(Refused) as refusal:
        end_coordination(cast.coordinator, stage)
    assert refusal.value.code == "comments"
    # Who has the page of before open is told, and decides again.
    with pytest.raises(ActionError, match="opened again meanwhile"):
        decide(cast.coordinator, comment, "rejected", "Still.", comment.version)
    now = Comment.objects.get(pk=comment.pk)
    decide(cast.coordinator, now, "rejected", "Still.", now.version)
    assert open_comments([cast.edition.pk]) == {} and list(problems()) == []
    end_coordination(cast.coordinator, stage)


def test_the_table_asks_for_it_again_and_a_table_of_before_does_not_settle_it(
    cast: Cast, answered: tuple[Review, Comment]
) -> None:
    review, comment = answered
    client = client_of(cast.coordinator)
    before = filled(client, review, {})
    open_again(cast, review, comment)
    assert take(client, review, before).status_code == 302
    assert Comment.objects.get(pk=comment.pk).reopened
    new = filled(client, review, {})
    to_fill_in = [COLUMNS.index(name) + 1 for name in FILLED_IN]
    assert [sheet(new).cell(3, place).value for place in to_fill_in] == [None, None]
    same: dict[tuple[int, str], object] = {(0, "outcome"): "rejected", (0, "answer"): "The law says 24."}
    assert take(client, review, filled(client, review, same)).status_code == 302
    assert not Comment.objects.get(pk=comment.pk).reopened
    assert list(problems()) == []


def test_who_settles_their_own_reopened_comment_waits_no_more(
    cast: Cast, answered: tuple[Review, Comment]
) -> None:
    review, comment = answered
    open_again(cast, review, comment)
    page = (
        client_of(cast.goran).post(to("review:resolve", review.pk, comment.pk), follow=True).content.decode()
    )
    assert "The comment is settled." in page and open_comments([cast.edition.pk]) == {}
    assert list(problems()) == []
