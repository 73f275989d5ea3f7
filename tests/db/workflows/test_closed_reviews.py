"""What can't be done any more: after the end of a review, or while one runs."""

from __future__ import annotations

import re
from datetime import date

import pytest

from audit.models import Entry
from documents.actions.errors import ActionError
from documents.actions.record_prior_adoption import confirm, propose
from documents.choices import State
from documents.models import Edition, PriorAdoption
from tests.support.reviews import (
    Cast,
    act,
    act_form,
    adopt,
    client_of,
    open_review,
    page_of,
    pass_all,
    seat_in,
    sign,
    to,
)
from workflows.actions.reopen import reopen
from workflows.actions.restart import withdraw_review
from workflows.choices import ReviewState
from workflows.models import Review
from workflows.record.build import build
from workflows.record.format import as_bytes
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
        assert words in main and "There is nothing to do here any more." in main, name
        assert link in main and 'method="post"' not in main, name
        assert "yet" not in main, name


def test_after_the_adoption(cast: Cast, restarted: Review) -> None:
    adopt(cast, restarted)
    back = f'<a href="/en/desk/reviews/{restarted.pk}/">Back to the review</a>'
    assert_over(pages(cast, restarted), "The text was adopted; this was recorded on", back)
    client = client_of(cast.coordinator)
    sent = client.post(f"/en/desk/reviews/{restarted.pk}/restart/", {"stage": "1", "reason": "Again."})
    assert sent.status_code == 409 and "has ended already" in sent.content.decode()
    assert (
        client.post(f"/en/desk/reviews/{restarted.pk}/adopt/", {"valid_from": "2026-01-15"}).status_code
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
    assert_over(pages(cast, first), "This round has ended; round 3 is the last one.", on)


def test_in_one_that_was_withdrawn_or_reopened(cast: Cast, review: Review) -> None:
    back = f'<a href="/en/desk/reviews/{review.pk}/">Back to the review</a>'
    reopen(cast.coordinator, Review.objects.get(pk=review.pk), "A correction.")
    assert_over(pages(cast, review), "The text was reopened on", back)
    second = cast.start()
    withdraw_review(cast.coordinator, second, "Later.", text_too=False)
    back = f'<a href="/en/desk/reviews/{second.pk}/">Back to the review</a>'
    assert_over(pages(cast, second), "The review was withdrawn.", back)


def test_while_it_can_be_done_the_forms_are_there(cast: Cast, review: Review) -> None:
    found = pages(cast, review)
    for name in ("restart", "withdraw", "reopen"):
        assert "There is nothing to do" not in found[name] and 'name="reason"' in found[name]
    # What stands in the way of an adoption is said, with a way back.
    assert "be adopted yet:" in found["adopt"] and "Back to the review" in found["adopt"]
    pass_all(cast, review)
    assert 'enctype="multipart/form-data"' in pages(cast, review)["adopt"]


FORCE = date(2026, 2, 1)


def test_it_is_not_proposed_while_a_review_of_it_runs(cast: Cast) -> None:
    review = open_review(cast)
    sign(cast.goran, seat_in(review, 1, cast.interior), "return", "We do not agree.")
    with pytest.raises(ActionError, match="withdraw the review first"):
        propose(cast.coordinator, cast.edition, act(), FORCE)
    assert Entry.objects.get(verb="propose_prior", refused=True).detail == {"why": "running"}
    client, place = client_of(cast.coordinator), to("coordinate:prior", cast.edition.pk)
    page = client.get(place).content.decode()
    assert "withdraw the review first" in page and "act0-body" not in page
    sent = client.post(place, act_form())
    assert sent.status_code == 409 and "withdraw the review first" in sent.content.decode()
    assert not PriorAdoption.objects.exists()


def test_it_is_not_confirmed_while_a_review_of_it_runs(cast: Cast) -> None:
    """Proposed, and then a review was started: what the institutions are asked counts, until it is
    withdrawn."""
    prior = propose(cast.coordinator, cast.edition, act(), FORCE)
    review = open_review(cast)
    with pytest.raises(ActionError, match="withdraw the review first"):
        confirm(cast.second, prior)
    client, place = client_of(cast.second), to("coordinate:decide_prior", cast.edition.pk)
    page = client.get(place).content.decode()
    assert "withdraw the review first" in page and 'name="confirm"' not in page and 'name="refuse"' in page
    assert client.post(place, {"confirm": "1"}).status_code == 409
    desk = client.get(to("coordinate:desk")).content.decode()
    assert "To be confirmed" not in desk and "Confirm the adoption" not in desk
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
    propose(cast.coordinator, cast.edition, act(), FORCE)
