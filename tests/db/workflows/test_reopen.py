"""A review that is reopened, restarted or withdrawn."""

from __future__ import annotations

import pytest

from audit.verify import problems
from documents.actions.adopt_edition import adopt_edition
from documents.actions.errors import ActionError, NotReady
from documents.actions.withdraw import withdraw
from documents.choices import State
from documents.editions import adoption_checks
from documents.text.canonical import language_version_hash
from mail.models import Message
from people.access import may
from people.models import Grant
from people.roles import Role, Verb
from tests.support.reviews import (
    Cast,
    act,
    client_of,
    locked,
    page_of,
    pass_all,
    person,
    seat_in,
    seat_of,
    sign,
    to,
    two_at_once,
)
from tests.support.workflows.rounds import running as running
from workflows.actions.reopen import losing, reopen
from workflows.actions.restart import restart, withdraw_review
from workflows.actions.start_review import Plan, Respondent, start_review
from workflows.choices import Outcome, ReviewState
from workflows.models import Review, RoundText, SignOff
from workflows.texts import Since, answers_of, base_of


def test_sign_offs_are_voided_and_each_is_told_why(cast: Cast, review: Review) -> None:
    sign(cast.goran, seat_of(review, cast.interior))
    assert [s.person for s in losing(review)] == [cast.goran]
    reopen(cast.coordinator, review, "Chapter 2 must be corrected.")
    cast.edition.refresh_from_db()
    review.refresh_from_db()
    assert cast.edition.state == State.DRAFT and review.state == ReviewState.VOIDED
    given = SignOff.objects.get()
    assert given.voided_at is not None and given.void_reason == "Chapter 2 must be corrected."
    assert review.stages.get(order=1).outcome == Outcome.VOIDED
    voided = Message.objects.get(template="sign_off_voided")
    assert voided.to == cast.goran.email and "Chapter 2 must be corrected." in voided.text
    assert Message.objects.get(template="no_longer_asked").to == cast.biljana.email
    assert not may(cast.goran, Verb.READ, cast.edition)
    assert may(cast.goran, Verb.READ, review)


def test_the_next_round_starts_from_nothing_and_is_compared_with_the_last(cast: Cast, review: Review) -> None:
    sign(cast.goran, seat_of(review, cast.interior))
    reopen(cast.coordinator, review, "A correction.")
    cast.change(0, "Социјалниот работник ја проценува опасноста во рок од 2 часа.")
    again = cast.start()
    assert again.round == 2 and again.manifest != review.manifest
    assert not SignOff.objects.filter(seat__stage__review=again).exists()
    base = base_of(again, "mk", Since(respondent=True, answers=answers_of(again, cast.interior.pk)), {})
    assert base.round == 1
    assert language_version_hash(base.tree) == review.manifest.versions["mk"]
    assert RoundText.objects.filter(review=review).count() == 2
    with pytest.raises(ActionError):
        sign(cast.goran, seat_of(review, cast.interior))
    sign(cast.goran, seat_of(again, cast.interior))


def test_a_returned_text_is_reopened_too_and_its_sign_offs_voided(cast: Cast, review: Review) -> None:
    sign(cast.goran, seat_of(review, cast.interior))
    sign(cast.biljana, seat_of(review, cast.social), "return", "Not yet.")
    reopen(cast.coordinator, review, "Returned by Social Policy.")
    assert SignOff.objects.filter(voided_at__isnull=True).count() == 0
    review.refresh_from_db()
    assert review.state == ReviewState.RETURNED
    assert Message.objects.filter(template="sign_off_voided").count() == 2
    assert cast.start().round == 2


def test_it_needs_a_reason_and_a_review_that_is_not_over(cast: Cast, review: Review) -> None:
    with pytest.raises(ActionError, match="Enter the reason for reopening the text"):
        reopen(cast.coordinator, review, " ")
    reopen(cast.coordinator, review, "Once.")
    with pytest.raises(ActionError, match="has already ended"):
        reopen(cast.coordinator, review, "Twice.")


def test_a_withdrawn_text_takes_its_review_with_it(cast: Cast, review: Review) -> None:
    sign(cast.goran, seat_of(review, cast.interior))
    withdraw(cast.coordinator, cast.edition, "Given up.")
    review.refresh_from_db()
    assert review.state == ReviewState.WITHDRAWN and review.end_reason == "Given up."
    assert not SignOff.objects.filter(voided_at__isnull=True).exists()
    assert not may(cast.goran, Verb.READ, cast.edition)


def test_the_gate_is_shut_until_all_stages_are_passed(cast: Cast, review: Review) -> None:
    assert len(adoption_checks.problems(cast.edition)) == 2
    with pytest.raises(NotReady, match="not ended"):
        adopt_edition(cast.coordinator, cast.edition, [act()], act().date)
    sign(cast.goran, seat_of(review, cast.interior))
    sign(cast.biljana, seat_of(review, cast.social))
    with pytest.raises(NotReady, match="Legal opinion"):
        adopt_edition(cast.coordinator, cast.edition, [act()], act().date)
    sign(cast.teuta, seat_of(review, cast.justice))
    cast.edition.refresh_from_db()
    assert adoption_checks.problems(cast.edition) == []
    adopt_edition(cast.coordinator, cast.edition, [act()], act().date)
    review.refresh_from_db()
    cast.edition.refresh_from_db()
    assert review.state == ReviewState.DONE and cast.edition.state == State.IN_FORCE
    assert review.stages.get(order=3).outcome == Outcome.PASSED
    assert SignOff.objects.filter(voided_at__isnull=True).count() == 3


def test_a_returned_text_is_not_adopted(cast: Cast, review: Review) -> None:
    sign(cast.goran, seat_of(review, cast.interior), "return", "No.")
    with pytest.raises(NotReady, match="without the required sign-offs"):
        adopt_edition(cast.coordinator, cast.edition, [act()], act().date)


def test_sign_offs_of_an_earlier_round_do_not_count(cast: Cast, review: Review) -> None:
    pass_all(cast, review)
    reopen(cast.coordinator, review, "One more change.")
    again = cast.start()
    cast.edition.refresh_from_db()
    with pytest.raises(NotReady, match="not ended"):
        adopt_edition(cast.coordinator, cast.edition, [act()], act().date)
    pass_all(cast, again)
    adopt_edition(cast.coordinator, cast.edition, [act()], act().date)


def test_a_text_submitted_past_the_review_is_not_adopted(cast: Cast) -> None:
    from documents.actions.submit_edition import submit_edition

    submit_edition(cast.coordinator, cast.edition)
    with pytest.raises(NotReady, match="has not been reviewed"):
        adopt_edition(cast.coordinator, cast.edition, [act()], act().date)


def test_only_who_signed_is_told_that_theirs_no_longer_counts(cast: Cast) -> None:
    plans = [Plan((Respondent(cast.interior), Respondent(cast.social))), *cast.plans()[1:]]
    review = start_review(cast.coordinator, cast.edition, cast.procedure, plans)
    vera = person("Vera", cast.interior, Role.REVIEWER)
    sign(cast.goran, seat_of(review, cast.interior))
    reopen(cast.coordinator, review, "A slip.")
    page = page_of(cast.goran, to("review:room", review.pk))
    assert "Your sign-off no longer counts" in page and "we will ask you to answer again" in page
    page = page_of(vera, to("review:room", review.pk))
    assert "The sign-off of Ministry of Interior no longer counts" in page
    assert "we will ask the institution to answer again" in page and "Your sign-off" not in page


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
    client = client_of(cast.coordinator)
    page = client.get(f"/en/desk/reviews/{review.pk}/restart/").content.decode()
    for said in ("1. Consultation (repeated: 1, 2, 3, 4)", "(repeated: 3, 4; not repeated: 1, 2)"):
        assert said in page
    assert "(repeated: 4; not repeated: 1, 2, 3)" in page


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
    assert "restarts from an earlier stage" in told.text and "open for changes" not in told.text


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
