"""Answering comments on a page of their own, and several with one answer."""

from __future__ import annotations

import pytest

from audit.models import Entry
from documents.models import Comment
from mail.models import Message
from tests.support.reviews import CONFIRMED, Cast, client_of, page_of, to
from workflows.actions.comments import write_comment
from workflows.models import Review


@pytest.fixture
def said(cast: Cast, review: Review) -> list[Comment]:
    texts = ("Too long.", "Say who.", "Fine.")
    people = (cast.goran, cast.biljana, cast.goran)
    return [
        write_comment(by, review, cast.uids[n], "mk", text)
        for n, (by, text) in enumerate(zip(people, texts, strict=True))
    ]


def ticks(*comments: Comment) -> list[str]:
    return [f"{one.pk}-{Comment.objects.get(pk=one.pk).version}" for one in comments]


def test_one_comment_has_its_page(cast: Cast, review: Review, said: list[Comment]) -> None:
    first, second, _third = said
    address = to("review:one_comment", review.pk, second.pk)
    page = page_of(cast.coordinator, address)
    assert "Say who." in page and "2 of 3" in page and 'name="outcome"' in page
    assert to("review:one_comment", review.pk, first.pk) in page
    # Who does not run the review reads it; who may not read the review has no page.
    other = page_of(cast.goran, address)
    assert "Say who." in other and 'name="outcome"' not in other
    assert client_of(cast.outsider).get(address).status_code == 404
    assert client_of(cast.coordinator).get(to("review:one_comment", review.pk, 10**9)).status_code == 404
    client = client_of(cast.coordinator)
    form = {"from": "one", "shown": "", "outcome": "partly", "answer": "", "seen": second.version}
    wrong = client.post(to("review:decide", review.pk, second.pk), form)
    assert wrong.status_code == 409 and "Enter the reason." in wrong.content.decode()
    came = client.post(to("review:decide", review.pk, second.pk), form | {"answer": "Shorter."})
    assert came["Location"] == to("review:one_comment", review.pk, said[2].pk), "the next one that waits"


def test_several_get_one_answer(cast: Cast, review: Review, said: list[Comment]) -> None:
    address, client = to("review:answer_several", review.pk), client_of(cast.coordinator)
    form = {"comments": ticks(*said[:2]), "outcome": "rejected", "answer": "Decided elsewhere.", "shown": ""}
    for wrong, words in (
        ({"comments": []}, "Choose the comments"),
        ({"outcome": ""}, "Choose accepted"),
        ({"answer": " "}, "Enter the reason"),
    ):
        refused = client.post(address, form | wrong)
        assert refused.status_code == 409 and words in refused.content.decode(), words
    page = client.post(address, form).content.decode()
    assert "Answer 2 comments" in page and "Decided elsewhere." in page and "Too long." in page
    assert not Comment.objects.exclude(outcome="").exists()
    changed = client.post(address, form | {"answers": "change"}).content.decode()
    assert "Decided elsewhere.</textarea>" in changed and changed.count(" checked>") >= 2
    came = client.post(address, form | CONFIRMED, follow=True)
    assert "2 comments were answered." in came.content.decode()
    assert Comment.objects.filter(outcome="rejected", outcome_text="Decided elsewhere.").count() == 2
    assert Message.objects.filter(template="comment_answered").count() == 2
    assert Entry.objects.filter(verb="decide_comment", refused=False).count() == 2
    # Somebody else was first: nothing of it is kept.
    again = form | {"comments": [*ticks(said[2]), f"{said[0].pk}-"]} | CONFIRMED
    assert client.post(address, again).status_code == 409
    assert not Comment.objects.get(pk=said[2].pk).outcome


@pytest.mark.parametrize("who", ["goran", "outsider", "drafter"])
def test_only_its_coordinator_answers(cast: Cast, review: Review, said: list[Comment], who: str) -> None:
    form = {"comments": ticks(said[0]), "outcome": "accepted", "answer": ""} | CONFIRMED
    client = client_of(getattr(cast, who))
    assert client.post(to("review:answer_several", review.pk), form).status_code == 404
    assert not Comment.objects.exclude(outcome="").exists()
