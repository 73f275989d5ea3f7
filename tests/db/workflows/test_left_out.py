"""Accepted suggestions whose words are not in the text: said, listed and confirmed before it goes on."""

from __future__ import annotations

import re

import pytest

from audit.models import Entry
from audit.verify import problems
from documents.actions.errors import NotReady
from documents.choices import CommentOutcome, State
from documents.models import Comment, Edition
from tests.support.reviews import Cast, act_form, client_of, open_review, pass_all, say, sign, to
from tests.support.workflows.like_words import accept, now
from tests.support.workflows.matrix import sheet
from workflows.actions.answer_comment import answer_comment
from workflows.actions.end_coordination import end_coordination
from workflows.actions.reopen import reopen
from workflows.actions.start_review import start_review
from workflows.models import Review, Stage
from workflows.rules.unapplied_suggestions import left_out

OUT = "The suggested words are not in the text yet."
DESK = "/en/desk/{}/s/{}/mk/"


@pytest.fixture
def coordinated(cast: Cast) -> tuple[Review, Comment]:
    """A review in its coordination, with one suggestion that was accepted and not put in."""
    review = open_review(cast)
    comment = say(cast, review)
    for institution, user in ((cast.interior, cast.goran), (cast.social, cast.biljana)):
        sign(user, Stage.objects.get(review=review, order=1).seats.get(institution=institution))
    answered(cast, review, comment)
    return review, comment


def answered(cast: Cast, review: Review, comment: Comment, outcome: str = CommentOutcome.ACCEPTED) -> None:
    found = Comment.objects.select_related("edition__instrument").get(pk=comment.pk)
    answer_comment(cast.coordinator, found, review, outcome, "It will be put in.")


def coordination(review: Review) -> Stage:
    return Stage.objects.select_related("review__edition__instrument").get(review=review, kind="coordination")


def numbers(cast: Cast) -> list[int]:
    edition = Edition.objects.select_related("instrument__country").get(pk=cast.edition.pk)
    return [row.pk for row in left_out(edition)]


def test_the_coordination_does_not_end_before_it_is_confirmed(
    cast: Cast, coordinated: tuple[Review, Comment]
) -> None:
    review, comment = coordinated
    client, address = client_of(cast.coordinator), to("coordinate:review", review.pk)
    page = client.get(address).content.decode()
    assert "1 accepted suggestion is not in the text" in page
    assert DESK.format(cast.edition.pk, cast.uids[0]) in page
    assert f"comment={comment.pk}#k{comment.pk}" in page and f'name="without" value="{comment.pk}"' in page
    sent = {"stage": str(coordination(review).pk)}
    refused = client.post(to("coordinate:go_on", review.pk), sent)
    assert refused.status_code == 409
    assert '<a href="#without">1 accepted suggestion is not in the text. Put its' in refused.content.decode()
    assert coordination(review).open and Entry.objects.get(refused=True).detail["why"] == "left_out"
    # Another number is another question.
    assert client.post(to("coordinate:go_on", review.pk), sent | {"without": "99999 x"}).status_code == 409
    went = client.post(to("coordinate:go_on", review.pk), sent | {"without": str(comment.pk)})
    assert went.status_code == 302 and not coordination(review).open
    assert Entry.objects.get(verb="go_without").detail == {"comments": [comment.pk]}
    assert list(problems()) == []


@pytest.mark.parametrize("by_hand", [True, False])
def test_words_that_were_put_in_are_not_asked_about(
    cast: Cast, coordinated: tuple[Review, Comment], by_hand: bool
) -> None:
    review, comment = coordinated
    assert numbers(cast) == [comment.pk]
    if by_hand:
        cast.change(0, "Социјалниот работник во рок од 12 часа ја проценува опасноста.")
    else:
        accept(cast, comment)
    assert "12 часа" in now(cast) and numbers(cast) == []
    page = client_of(cast.coordinator).get(to("coordinate:review", review.pk)).content.decode()
    assert 'name="without"' not in page
    end_coordination(cast.coordinator, coordination(review))
    assert not Entry.objects.filter(verb="go_without").exists()


def test_words_that_were_put_in_and_taken_out_again_are(
    cast: Cast, coordinated: tuple[Review, Comment]
) -> None:
    _review, comment = coordinated
    accept(cast, comment)
    cast.change(0, "Социјалниот работник ја проценува опасноста во рок од 24 часа.")
    assert numbers(cast) == [comment.pk]


def test_what_was_partly_accepted_or_rejected_or_opened_again_is_not(
    cast: Cast, coordinated: tuple[Review, Comment]
) -> None:
    review, comment = coordinated
    Comment.objects.filter(pk=comment.pk).update(resolved=None)
    assert numbers(cast) == []
    for outcome in (CommentOutcome.PARTLY, CommentOutcome.REJECTED):
        answered(cast, review, comment, outcome)
        assert numbers(cast) == []


def test_of_two_that_suggest_the_same_words_both_are_missed_before_both_are_in(cast: Cast) -> None:
    cast.change(0, "Прво: 24 часа.", "Второ: 24 часа.")
    review = open_review(cast)
    one = say(cast, review, prefix="Прво: ", suffix=".")
    two = say(cast, review, prefix="Второ: ", suffix=".")
    for comment in (one, two):
        answered(cast, review, comment)
    assert numbers(cast) == [one.pk, two.pk]
    cast.change(0, "Прво: 12 часа.", "Второ: 24 часа.")
    assert numbers(cast) == [one.pk, two.pk]
    cast.change(0, "Прво: 12 часа.", "Второ: 12 часа.")
    assert numbers(cast) == []


def test_the_thread_and_the_table_say_so_and_lead_to_the_desk(
    cast: Cast, coordinated: tuple[Review, Comment]
) -> None:
    review, comment = coordinated
    cast.change(0, "Социјалниот работник ја проценува опасноста во рок од 48 часа.")
    desk = DESK.format(cast.edition.pk, cast.uids[0])
    table, room = f"/en/review/{review.pk}/comments/", f"/en/review/{review.pk}/?text=mk&view=comments"
    for user, there in ((cast.coordinator, True), (cast.biljana, False)):
        client = client_of(user)
        row = client.get(table).content.decode().partition(f'id="k{comment.pk}"')[2].partition("</tr>")[0]
        thread = (
            client.get(room).content.decode().partition(f'id="k{comment.pk}"')[2].partition("</section>")[0]
        )
        for said in (row, thread):
            assert OUT in said and (f'href="{desk}"' in said) is there
    client = client_of(cast.coordinator)
    other = say(cast, review, cast.drafter, quote="опасноста", suggestion="ризикот")
    page = client.get(f"{table}?only=left_out").content.decode()
    assert f'id="k{comment.pk}"' in page and f'id="k{other.pk}"' not in page
    sheet_now = sheet(client.get(f"/en/review/{review.pk}/comments.xlsx?only=left_out").content)
    assert (
        sheet_now.max_row == 3
        and "the suggested words are not in the text; its words are no longer" in str(sheet_now["I3"].value)
    )


def test_a_locked_text_says_when_words_can_be_put_in_and_an_adopted_one_nothing_of_the_desk(
    cast: Cast, review: Review
) -> None:
    comment = say(cast, review)
    address = f"/en/review/{review.pk}/?text=mk&view=comments"

    def thread() -> str:
        page = client_of(cast.coordinator).get(address).content.decode()
        return page.partition(f'id="k{comment.pk}"')[2].partition("</section>")[0]

    assert "The text is locked now. You can accept this; the words can be put in when" in thread()
    answered(cast, review, comment)
    assert "The text is locked now. The words can be put in when it is a draft again." in thread()
    pass_all(cast, review)
    client, form = client_of(cast.coordinator), act_form()
    page = client.get(to("coordinate:adopt", review.pk)).content.decode()
    assert "1 accepted suggestion is not in the text" in page and "to put the words in, reopen it" in page
    refused = client.post(to("coordinate:adopt", review.pk), form)
    assert refused.status_code == 409 and '<a href="#without">' in refused.content.decode()
    assert Edition.objects.get(pk=cast.edition.pk).state == State.IN_REVIEW
    done = client.post(to("coordinate:adopt", review.pk), act_form() | {"without": str(comment.pk)})
    assert done.status_code == 302 and Edition.objects.get(pk=cast.edition.pk).state == State.IN_FORCE
    assert Entry.objects.filter(verb="go_without").count() == 1 and list(problems()) == []
    said = thread()
    assert "The suggested words did not come into the text." in said
    table = client.get(f"/en/review/{review.pk}/comments/").content.decode()
    for words in (said, table.partition("<table")[2]):
        assert not re.search(r"desk|draft|locked", words.replace("/desk/reviews/", ""))


def test_a_round_that_locks_the_text_at_once_asks_too(cast: Cast, review: Review) -> None:
    comment = say(cast, review)
    answered(cast, review, comment)
    reopen(cast.coordinator, Review.objects.get(pk=review.pk), "A slip.")
    edition = Edition.objects.get(pk=cast.edition.pk)
    with pytest.raises(NotReady, match="1 accepted suggestion is not in the text"):
        start_review(cast.coordinator, edition, cast.procedure, cast.plans())
    page = client_of(cast.coordinator).get(to("coordinate:start", edition.pk)).content.decode()
    assert f'name="without" value="{comment.pk}"' in page
    start_review(cast.coordinator, edition, cast.procedure, cast.plans(), without=[comment.pk])
    assert Entry.objects.filter(verb="go_without").count() == 1
