from __future__ import annotations

import pytest
from django.http import Http404

from documents import adoption_checks
from documents.actions.adopt_edition import adopt_edition
from documents.actions.errors import ActionError, NotReady
from documents.actions.withdraw import withdraw
from documents.choices import State
from documents.text.canonical import language_version_hash
from mail.models import Message
from people.access import may
from people.roles import Role, Verb
from tests.support.reviews import Cast, act, client_of, pass_all, person, seat_of, sign, to
from workflows.actions.errors import Refused
from workflows.actions.reopen import losing, reopen
from workflows.actions.start_review import Asked, Plan, start_review
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


def test_an_answer_to_a_reopened_text_is_refused(cast: Cast, review: Review) -> None:
    sign(cast.goran, seat_of(review, cast.interior))
    reopen(cast.coordinator, review, "A correction.")
    with pytest.raises(Refused) as refusal:
        sign(cast.goran, seat_of(review, cast.interior))
    assert refusal.value.code == "voided"
    with pytest.raises(Refused) as refusal:
        sign(cast.biljana, seat_of(review, cast.social))
    assert refusal.value.code == "review_ended"


def test_the_next_round_starts_from_nothing_and_is_compared_with_the_last(cast: Cast, review: Review) -> None:
    sign(cast.goran, seat_of(review, cast.interior))
    reopen(cast.coordinator, review, "A correction.")
    cast.change(0, "Социјалниот работник ја проценува опасноста во рок од 2 часа.")
    again = cast.start()
    assert again.round == 2 and again.manifest != review.manifest
    assert not SignOff.objects.filter(seat__stage__review=again).exists()
    base = base_of(again, "mk", Since(asked=True, answers=answers_of(again, cast.interior.pk)), {})
    assert base.round == 1
    assert language_version_hash(base.tree) == review.manifest.versions["mk"]
    assert RoundText.objects.filter(review=review).count() == 2
    with pytest.raises(Refused):
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


@pytest.mark.parametrize("who", ["drafter", "goran", "outsider"])
def test_only_the_coordinator_reopens(cast: Cast, review: Review, who: str) -> None:
    with pytest.raises(Http404):
        reopen(getattr(cast, who), review, "No.")


def test_it_needs_a_reason_and_a_review_that_is_not_over(cast: Cast, review: Review) -> None:
    with pytest.raises(ActionError, match="Say why"):
        reopen(cast.coordinator, review, " ")
    reopen(cast.coordinator, review, "Once.")
    with pytest.raises(ActionError, match="ended already"):
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
    with pytest.raises(NotReady, match="without its sign-offs"):
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
    with pytest.raises(NotReady, match="not reviewed"):
        adopt_edition(cast.coordinator, cast.edition, [act()], act().date)


def test_only_who_signed_is_told_that_theirs_no_longer_counts(cast: Cast) -> None:
    plans = [Plan((Asked(cast.interior), Asked(cast.social))), *cast.plans()[1:]]
    review = start_review(cast.coordinator, cast.edition, cast.procedure, plans)
    vera = person("Vera", cast.interior, Role.REVIEWER)
    sign(cast.goran, seat_of(review, cast.interior))
    reopen(cast.coordinator, review, "A slip.")
    page = client_of(cast.goran).get(to("review:room", review.pk)).content.decode()
    assert "Your sign-off no longer counts" in page and "you will be asked anew" in page
    page = client_of(vera).get(to("review:room", review.pk)).content.decode()
    assert "No longer counts: the sign-off of Ministry of Interior" in page
    assert "the institution is asked anew" in page and "Your sign-off" not in page
