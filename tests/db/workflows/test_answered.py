"""What becomes of comments: their authors are told, those without an answer are named before an adoption and
closed by it."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest

from documents.actions.adopt_edition import adopt_edition
from documents.actions.errors import ActionError
from documents.comments.actions import resolve
from documents.comments.decide import decide
from documents.models import Comment, Edition
from mail.models import Message
from tests.support.reviews import Cast, act, client_of, hash_now, open_review, page_of, say, seat_of, sign, to
from tests.support.workflows.matrix import filled, take
from workflows.actions.reopen import reopen
from workflows.models import Review
from workflows.pages.matrix.rows import rows_of


def mails(**of: Any) -> Any:
    return Message.objects.filter(template="comment_answered", **of)


def test_who_commented_is_told_the_outcome(cast: Cast, review: Review) -> None:
    comment = say(cast, review)
    data = {"outcome": "partly", "answer": "Eighteen hours.", "seen": ""}
    client_of(cast.coordinator).post(to("review:decide", review.pk, comment.pk), data)
    mail = mails().get()
    assert mail.to == cast.goran.email and "Your comment was answered: Procedures" in mail.subject
    assert f"/review/{review.pk}/?text=mk&view=comments&comment={comment.pk}#k{comment.pk}" in mail.text
    # Not a word of the text, of the comment or of the answer.
    assert "Eighteen" not in mail.text and "часа" not in mail.text
    # A refused answer tells nobody.
    client_of(cast.coordinator).post(to("review:decide", review.pk, comment.pk), data)
    assert mails().count() == 1


def test_nobody_is_told_of_an_answer_of_their_own_or_of_a_text_that_they_read_no_more(
    cast: Cast, review: Review
) -> None:
    own = say(cast, review, by=cast.coordinator)
    other = say(cast, review)
    cast.goran.memberships.update(ends="2020-01-01")
    for comment in (own, other):
        client_of(cast.coordinator).post(
            to("review:decide", review.pk, comment.pk), {"outcome": "accepted", "seen": ""}
        )
        comment.refresh_from_db()
        assert comment.outcome == "accepted"
    assert not mails().exists()


def test_a_filled_in_table_is_one_mail_to_each_author(cast: Cast, review: Review) -> None:
    say(cast, review)
    say(cast, review, text="Second.")
    say(cast, review, by=cast.biljana)
    client = client_of(cast.coordinator)
    cells: dict[tuple[int, str], object] = {(row, "outcome"): "accepted" for row in range(3)}
    assert take(client, review, filled(client, review, cells)).status_code == 302
    both = mails(to=cast.goran.email).get()
    assert "2 of your comments" in both.subject and f"/review/{review.pk}/comments/" in both.text
    assert "Your comment" in mails(to=cast.biljana.email).get().subject


def test_an_accepted_suggestion_is_not_said_to_be_gone(cast: Cast, review: Review) -> None:
    comment = say(cast, review)
    reopen(cast.coordinator, review, "Comments.")
    client_of(cast.coordinator).post(to("review:accept", review.pk, comment.pk), {"seen": hash_now(cast)})
    comment.refresh_from_db()
    # Reopened, the text is not to be read by those who were asked.
    assert comment.applied and not mails().exists()
    assert not rows_of(cast.edition)[0].lost
    for address in (to("review:matrix", review.pk), to("review:room", review.pk) + "?view=comments"):
        page = page_of(cast.coordinator, address)
        assert "no longer in the text" not in page and "Inserted into the text by Elena" in page


def test_who_suggested_words_is_told_once_that_they_were_accepted(cast: Cast) -> None:
    review = open_review(cast)
    first = say(cast, review)
    client = client_of(cast.coordinator)
    client.post(to("review:accept", review.pk, first.pk), {"seen": hash_now(cast)})
    assert mails().get().to == cast.goran.email
    second = say(cast, review, quote="проценува", suggestion="утврдува")
    client.post(to("review:decide", review.pk, second.pk), {"outcome": "accepted", "seen": ""})
    client.post(to("review:accept", review.pk, second.pk), {"seen": hash_now(cast)})
    assert Comment.objects.filter(applied__isnull=False).count() == 2 and mails().count() == 2


def test_words_that_are_gone_otherwise_are_said_to_be(cast: Cast, review: Review) -> None:
    say(cast, review)
    reopen(cast.coordinator, review, "Comments.")
    cast.change(0, "Сосема друг текст стои тука сега.")
    for address in (to("review:matrix", review.pk), to("review:room", review.pk) + "?view=comments"):
        assert "no longer in the text" in page_of(cast.coordinator, address)


def test_a_row_of_the_table_leads_to_its_place_in_its_language(cast: Cast, review: Review) -> None:
    comment = say(cast, review)
    client = client_of(cast.goran)
    page = client.get(to("review:matrix", review.pk)).content.decode()
    link = re.search(r'href="([^"]*#k\d+)" lang="mk">1 Идентификација</a>.*?Македонски', page)
    assert link and link[1].endswith(f"?text=mk&amp;view=comments&amp;comment={comment.pk}#k{comment.pk}")
    room = client.get(link[1].partition("#")[0].replace("&amp;", "&")).content.decode()
    assert f'id="k{comment.pk}"' in room and "ја проценува" in room


def signed(cast: Cast, review: Review) -> None:
    for person, institution in (
        (cast.goran, cast.interior),
        (cast.biljana, cast.social),
        (cast.teuta, cast.justice),
    ):
        sign(person, seat_of(review, institution))


@pytest.mark.parametrize("left", [0, 1])
def test_comments_without_an_answer_are_named_before_the_adoption(
    cast: Cast, review: Review, left: int
) -> None:
    comments = [say(cast, review), say(cast, review)]
    for comment in comments[left:]:
        client_of(cast.coordinator).post(
            to("review:decide", review.pk, comment.pk), {"outcome": "accepted", "seen": ""}
        )
    signed(cast, review)
    page = page_of(cast.coordinator, to("coordinate:adopt", review.pk))
    assert ("1 comment is unanswered." in page) == bool(left)
    assert (f"{to('review:matrix', review.pk)}?only=open" in page) == bool(left)


def test_after_the_adoption_they_are_said_to_be_closed(cast: Cast, review: Review) -> None:
    say(cast, review)
    matrix = to("review:matrix", review.pk)
    assert "It is closed" not in page_of(cast.goran, matrix)
    signed(cast, review)
    cast.edition.refresh_from_db()
    adopt_edition(cast.coordinator, cast.edition, [act()], act().date)
    page = page_of(cast.coordinator, matrix)
    assert "1 comment was unanswered when work on the text ended. It is closed" in page
    assert Comment.objects.get().outcome == ""


def test_nobody_is_offered_to_mention_themselves(cast: Cast, review: Review) -> None:
    say(cast, review)
    for user, other in ((cast.goran, cast.biljana), (cast.biljana, cast.goran)):
        page = page_of(user, to("review:room", review.pk) + "?view=comments")
        assert f'value="u{other.pk}"' in page and f'value="u{user.pk}"' not in page


def test_what_was_on_the_way_at_the_adoption_changes_no_comment(cast: Cast, review: Review) -> None:
    """Who asked while the text was at work, and was let in after the adoption, is refused in words."""
    kept = say(cast, review)
    for user, body in ((cast.goran, cast.interior), (cast.biljana, cast.social), (cast.teuta, cast.justice)):
        sign(user, seat_of(review, body))
    before = [Comment.objects.select_related("edition__instrument").get(pk=kept.pk) for _ in range(2)]
    adopt_edition(cast.coordinator, Edition.objects.get(pk=cast.edition.pk), [act()], date(2026, 2, 1))
    with pytest.raises(ActionError, match="already ended"):
        decide(cast.coordinator, before[0], "rejected", "Too late.")
    with pytest.raises(ActionError, match="already ended"):
        resolve(cast.coordinator, before[1])
    kept.refresh_from_db()
    assert (kept.outcome, kept.resolved) == ("", None)


@pytest.mark.parametrize("place", ["room", "matrix"])
def test_a_refused_answer_stands_in_its_thread_with_what_was_typed(
    cast: Cast, review: Review, place: str
) -> None:
    say(cast, review)
    comment = say(cast, review, text="The second.")
    client = client_of(cast.coordinator)
    more = {"from": "matrix", "shown": "?only=open"} if place == "matrix" else {}
    address = to("review:decide", review.pk, comment.pk) + "?view=comments"

    def refused(**given: str) -> str:
        response = client.post(address, {"seen": ""} | more | given)
        page = response.content.decode()
        assert response.status_code == 409 and page.count("Nothing was saved.") == 1
        if place == "matrix":
            return page.split('id="answer-h"')[1].split("</section>")[0]
        # The address of the form leads to the thread, in which the form is open.
        assert re.search(rf'action="{to("review:decide", review.pk, comment.pk)}[^"]*#k{comment.pk}"', page)
        at = page.split(f'id="k{comment.pk}"')[1]
        return at.split('<details class="answer-box" open>')[1].split("</details>")[0]

    said = refused(outcome="partly", answer=" ")
    assert "Enter the reason." in said and 'value="partly" required checked' in said
    said = refused(outcome="", answer="Eighteen hours.")
    assert "Choose accepted, partly accepted or rejected." in said and "Eighteen hours.</textarea>" in said
    client.post(address, {"outcome": "accepted", "seen": ""})
    said = refused(outcome="rejected", answer="Too late.")
    assert "Someone else has answered this comment" in said and "Too late.</textarea>" in said


def test_a_refused_reply_stands_in_its_thread(cast: Cast, review: Review) -> None:
    comment = say(cast, review)
    response = client_of(cast.goran).post(
        to("review:reply", review.pk, comment.pk) + "?view=comments", {"text": "Because.", "to": "u0"}
    )
    said = response.content.decode().split('<details class="answer-box" open>')[1].split("</details>")[0]
    assert "You can mention only people who take part" in said and "Because.</textarea>" in said


@pytest.mark.parametrize("place", ["room", "matrix"])
def test_a_refused_change_of_the_text_is_said_in_the_thread(cast: Cast, review: Review, place: str) -> None:
    comment = say(cast, review)
    reopen(cast.coordinator, review, "Mend.")
    more = {"from": "matrix", "shown": ""} if place == "matrix" else {}
    response = client_of(cast.coordinator).post(
        to("review:accept", review.pk, comment.pk), {"seen": "0"} | more
    )
    said = response.content.decode().split(f'id="k{comment.pk}"')[1].split("<details")[0]
    assert response.status_code == 409 and "Nothing was saved." in said


def test_what_putting_words_in_means_is_said_before_it(cast: Cast) -> None:
    review = open_review(cast)
    say(cast, review)
    for address in (to("review:matrix", review.pk), to("review:room", review.pk) + "?view=comments"):
        said = page_of(cast.coordinator, address)
        assert "Goran then becomes an author of this text" in said.split("Accept and change the text")[1]
    form = to("review:comment", review.pk) + f"?uid={cast.uids[0]}"
    assert "you become an author" in page_of(cast.goran, form)
    assert "you become an author" not in page_of(cast.coordinator, form)
