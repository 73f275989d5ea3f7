"""A text that is in a review is not recorded as adopted before Kodeks past those who are asked: neither
proposed nor confirmed."""

from __future__ import annotations

from datetime import date

import pytest

from audit.models import Entry
from documents.actions.errors import ActionError
from documents.actions.record_prior_adoption import confirm, propose
from documents.choices import State
from documents.models import Edition, PriorAdoption
from tests.support.reviews import Cast, act, act_form, client_of, open_review, seat_in, sign, to
from workflows.actions.restart import withdraw_review
from workflows.choices import ReviewState
from workflows.record.build import build
from workflows.record.format import as_bytes
from workflows.record.verify import problems as record_problems

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
    assert place not in client_of(cast.coordinator).get(desk).content.decode()
    withdraw_review(cast.coordinator, review, "Adopted in 2019.", text_too=False)
    assert place in client_of(cast.coordinator).get(desk).content.decode()
    propose(cast.coordinator, cast.edition, act(), FORCE)
