"""A review that is restarted from one of its stages, or withdrawn."""

from __future__ import annotations

import pytest

from audit.verify import problems
from documents import adoption_checks
from documents.actions.adopt_edition import adopt_edition
from documents.choices import State
from mail.models import Message
from people.access import may
from people.models import Grant
from people.roles import Verb
from tests.support.html import PageClient
from tests.support.reviews import Cast, act, locked, seat_in, sign, two_at_once
from tests.support.workflows.procedure import running as running
from workflows.actions.errors import Refused
from workflows.actions.restart import restart, withdraw_review
from workflows.choices import ReviewState
from workflows.models import Review, SignOff

__all__ = ["running"]


def test_a_restart_keeps_the_text_and_what_was_passed_before(cast: Cast, running: Review) -> None:
    review = locked(cast, running)
    sign(cast.goran, seat_in(review, 3, cast.interior))
    again = restart(cast.coordinator, review, 4, "The wrong person was asked.")
    cast.edition.refresh_from_db()
    assert cast.edition.state == State.IN_REVIEW and again.round == 2
    assert again.manifest.sha256 == cast.edition.sha256
    assert again.stages.get(order=1).kept == review.stages.get(order=1)
    # Stages 3 and 4 are one step: the one that is not named, and was passed, stays so; nobody's sign-off is
    # voided.
    assert again.stages.get(order=3).kept == review.stages.get(order=3) and again.stages.get(order=4).open
    assert not again.stages.get(order=3).seats.exists()
    assert not SignOff.objects.filter(voided_at__isnull=False).exists()
    review.refresh_from_db()
    assert review.state == ReviewState.VOIDED
    sign(cast.teuta, seat_in(again, 4, cast.justice))
    assert adoption_checks.problems(cast.edition) == []
    adopt_edition(cast.coordinator, cast.edition, [act()], act().date)
    assert list(problems()) == []


def test_the_page_says_what_a_restart_asks_again(cast: Cast, running: Review) -> None:
    review = locked(cast, running)
    sign(cast.goran, seat_in(review, 3, cast.interior))
    client = PageClient()
    client.force_login(cast.coordinator)
    page = client.get(f"/en/desk/reviews/{review.pk}/restart/").content.decode()
    for said in ("1. Consultation (asked again: 1, 2, 3, 4)", "(asked again: 3, 4; stays passed: 1, 2)"):
        assert said in page
    assert "(asked again: 4; stays passed: 1, 2, 3)" in page


def test_a_stage_beside_the_named_one_that_was_not_passed_is_asked_again(cast: Cast, running: Review) -> None:
    review = locked(cast, running)
    sign(cast.goran, seat_in(review, 3, cast.interior))
    again = restart(cast.coordinator, review, 3, "The wrong person was asked.")
    assert again.stages.get(order=3).open and again.stages.get(order=4).open
    assert SignOff.objects.filter(voided_at__isnull=False).count() == 1


def test_a_consultation_that_was_held_beside_the_one_that_restarts_stays_held(cast: Cast) -> None:
    review = two_at_once(cast, "consultation")
    sign(cast.goran, seat_in(review, 1, cast.interior))
    again = restart(cast.coordinator, review, 2, "Another person must be asked.")
    assert again.stages.get(order=1).kept == review.stages.get(order=1) and again.stages.get(order=2).open
    # The one that was not held is asked again, whichever is named.
    third = restart(cast.coordinator, again, 1, "Both, after all.")
    assert third.stages.get(order=1).open and third.stages.get(order=2).open
    assert list(problems()) == []


def test_a_returned_review_that_is_restarted_leaves_nobody_a_right(cast: Cast, running: Review) -> None:
    review = locked(cast, running)
    sign(cast.goran, seat_in(review, 3, cast.interior), "return", "Not so.")
    review.refresh_from_db()
    restart(cast.coordinator, review, 3, "Once more.")
    assert Grant.objects.filter(reason__startswith=f"review {review.pk}, stage ").exists()
    assert not Grant.objects.active().filter(reason__startswith=f"review {review.pk}, stage ").exists()


def test_a_restart_from_the_consultation_opens_the_text(cast: Cast, running: Review) -> None:
    review = locked(cast, running)
    sign(cast.goran, seat_in(review, 3, cast.interior))
    again = restart(cast.coordinator, review, 1, "Ask again.")
    cast.edition.refresh_from_db()
    assert cast.edition.state == State.DRAFT and again.stages.get(order=1).open and not again.locked
    cast.change(0, "Нов текст.")
    assert Message.objects.filter(template="sign_off_voided", to=cast.goran.email).exists()


def test_who_signed_the_text_that_stays_is_told_why_it_is_asked_again(cast: Cast, running: Review) -> None:
    review = locked(cast, running)
    sign(cast.goran, seat_in(review, 3, cast.interior))
    sign(cast.teuta, seat_in(review, 4, cast.justice))
    Message.objects.all().delete()
    restart(cast.coordinator, Review.objects.get(pk=review.pk), 3, "Another person must be asked.")
    told = Message.objects.get(template="sign_off_voided", to=cast.goran.email)
    assert "Your answer no longer counts" in told.subject
    assert "begins again from an earlier stage" in told.text and "open for changes" not in told.text


def test_a_restart_needs_a_stage_that_was_reached_and_a_reason(cast: Cast, running: Review) -> None:
    for order, reason, code in ((3, "x", "not_reached"), (9, "x", "not_reached"), (1, " ", "no_reason")):
        with pytest.raises(Refused) as refusal:
            restart(cast.coordinator, running, order, reason)
        assert refusal.value.code == code
    restart(cast.coordinator, running, 1, "Again.")
    with pytest.raises(Refused) as refusal:
        restart(cast.coordinator, running, 1, "Twice.")
    assert refusal.value.code == "ended"


@pytest.mark.parametrize("text_too", [True, False])
def test_a_review_is_withdrawn_with_or_without_its_text(cast: Cast, running: Review, text_too: bool) -> None:
    withdraw_review(cast.coordinator, running, "Not this year.", text_too=text_too)
    cast.edition.refresh_from_db()
    running.refresh_from_db()
    assert cast.edition.state == (State.WITHDRAWN if text_too else State.DRAFT)
    assert running.state == ReviewState.WITHDRAWN and running.end_reason == "Not this year."
    assert not running.stages.filter(opened__isnull=False, closed__isnull=True).exists()
    assert Message.objects.filter(template="no_longer_asked", to=cast.goran.email).exists()
    assert not may(cast.goran, Verb.READ, cast.edition)
