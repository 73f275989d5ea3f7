"""Sign-offs: what is kept, refused and voided."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import DatabaseError, transaction
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate

from audit.models import Entry
from documents.actions.errors import ActionError, NotReady
from documents.models import Edition, LanguageVersion
from mail.models import Message
from people.access import asking_once, has_role, keys, may
from people.actions.invite import enter_role
from people.actions.leave import hand_over
from people.models import Membership
from people.roles import Role, Verb
from tests.support.reviews import CONFIRMED, Cast, client_of, person, seat_of, sign
from tests.support.sign_in import code_of, give_app, without_second_factor
from tests.support.tampering import unguarded
from workflows.actions.delegate import delegate
from workflows.actions.restart import withdraw_review
from workflows.actions.start_review import Plan, Respondent, start_review
from workflows.choices import Outcome, ReviewState
from workflows.models import Review, Seat, SignOff, Stage
from workflows.rules.tacit_assent import barred, cannot_answer


def test_a_sign_off_names_the_text_that_it_covers(cast: Cast, review: Review) -> None:
    given = sign(cast.goran, seat_of(review, cast.interior))
    mk = LanguageVersion.objects.get(edition=cast.edition, language="mk")
    assert given.covers == {"mk": mk.sha256}
    assert given.manifest_sha256 == review.manifest.sha256
    entry = Entry.objects.get(verb="sign_off")
    assert entry.actor == cast.goran.actor and entry.detail["sha256"] == review.manifest.sha256
    assert "Goran" not in str(entry.detail)


def test_the_next_stage_opens_by_itself_when_all_have_signed(cast: Cast, review: Review) -> None:
    sign(cast.goran, seat_of(review, cast.interior))
    first, second, third = review.stages.all()
    assert first.open and not second.open
    sign(cast.biljana, seat_of(review, cast.social), "agree_with_remarks", "A remark.")
    first, second, third = review.stages.all()
    assert first.outcome == Outcome.PASSED and second.open
    assert may(cast.teuta, Verb.READ, review.edition)
    assert not may(cast.goran, Verb.SIGN_OFF, seat_of(review, cast.interior))
    assert may(cast.goran, Verb.READ, review.edition)
    assert Message.objects.filter(template="asked", to=cast.teuta.email).exists()
    sign(cast.teuta, seat_of(review, cast.justice))
    first, second, third = review.stages.all()
    assert second.outcome == Outcome.PASSED and third.open and third.due is not None
    assert Message.objects.filter(template="review_passed", to=cast.coordinator.email).count() == 1


def test_a_return_ends_the_stage_and_tells_the_coordinator(cast: Cast, review: Review) -> None:
    sign(cast.goran, seat_of(review, cast.interior), "return", "The deadline can't be kept.")
    review.refresh_from_db()
    assert review.state == ReviewState.RETURNED
    assert review.stages.get(order=1).outcome == Outcome.RETURNED
    assert review.stages.get(order=2).opened is None
    message = Message.objects.get(template="returned")
    assert message.to == cast.coordinator.email
    assert "deadline can't" not in message.text
    assert "Ministry of Interior returned the text" in message.text and "reopen the text" in message.text
    with pytest.raises(ActionError, match="has ended"):
        sign(cast.biljana, seat_of(review, cast.social))


def test_if_all_abstain_the_text_does_not_go_on(cast: Cast, review: Review) -> None:
    sign(cast.goran, seat_of(review, cast.interior), "abstain", "Not ours.")
    sign(cast.biljana, seat_of(review, cast.social), "abstain", "Not ours.")
    review.refresh_from_db()
    assert review.state == ReviewState.RETURNED and review.stages.get(order=1).outcome == Outcome.FAILED
    assert Message.objects.filter(template="too_few_agreed").count() == 1


@pytest.mark.parametrize("choice", ["agree_with_remarks", "return", "abstain"])
def test_every_answer_but_agree_needs_a_reason(cast: Cast, review: Review, choice: str) -> None:
    with pytest.raises(ActionError, match="reason") as refusal:
        sign(cast.goran, seat_of(review, cast.interior), choice, "  ")
    assert refusal.value.code == "no_reason"
    assert not SignOff.objects.exists()


def test_a_colleague_can_not_vote_after_the_institution_has(cast: Cast) -> None:
    from workflows.actions.start_review import Plan, Respondent, start_review

    colleague = person("Vera", cast.interior, Role.REVIEWER)
    plans = [
        Plan((Respondent(cast.interior), Respondent(cast.social))),
        Plan((Respondent(cast.justice),)),
        Plan(),
    ]
    review = start_review(cast.coordinator, cast.edition, cast.procedure, plans)
    sign(cast.goran, seat_of(review, cast.interior))
    with pytest.raises(ActionError) as refusal:
        sign(colleague, seat_of(review, cast.interior))
    assert refusal.value.code == "answered" and "Goran" in refusal.value.message


def test_the_database_holds_a_sign_off(cast: Cast, review: Review) -> None:
    given = sign(cast.goran, seat_of(review, cast.interior))
    given.choice = "return"
    for forbidden in (
        lambda: given.save(),
        lambda: SignOff.objects.filter(pk=given.pk).delete(),
        lambda: SignOff.objects.filter(pk=given.pk).update(manifest_sha256="0" * 64),
        lambda: Review.objects.filter(pk=review.pk).update(procedure={}),
        lambda: Seat.objects.filter(pk=given.seat_id).update(institution=cast.health),
        lambda: SignOff.objects.create(
            seat=seat_of(review, cast.justice),
            choice="agree",
            person=cast.teuta,
            manifest=review.manifest,
            manifest_sha256=review.manifest.sha256,
            covers={},
        ),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            forbidden()
    assert SignOff.objects.get().choice == "agree"


def test_a_stage_that_has_ended_stays_ended(cast: Cast, review: Review) -> None:
    sign(cast.goran, seat_of(review, cast.interior), "return", "No.")
    with pytest.raises(DatabaseError), transaction.atomic():
        Stage.objects.filter(review=review, order=1).update(closed=None)
    with pytest.raises(DatabaseError), transaction.atomic():
        Review.objects.filter(pk=review.pk).update(state=ReviewState.RUNNING)


def test_a_seat_follows_the_one_who_takes_over(cast: Cast, review: Review) -> None:
    successor = person("Vera", cast.interior, Role.REVIEWER)
    hand_over(cast.coordinator, Membership.objects.get(user=cast.goran), successor)
    seat = seat_of(review, cast.interior)
    assert seat.user == successor
    with pytest.raises(Http404):
        sign(cast.goran, seat)
    assert sign(successor, seat).person == successor


def test_what_was_opened_to_who_leaves_ends_for_who_takes_over_as_for_everybody(
    cast: Cast, review: Review
) -> None:
    successor = person("Vera", cast.interior, Role.REVIEWER)
    hand_over(cast.coordinator, Membership.objects.get(user=cast.goran), successor)
    assert may(successor, Verb.READ, cast.edition) and may(
        successor, Verb.SIGN_OFF, seat_of(review, cast.interior)
    )
    withdraw_review(cast.coordinator, review, "Not now.", text_too=False)
    draft = Edition.objects.get(pk=cast.edition.pk)
    assert not may(successor, Verb.READ, draft) and not may(successor, Verb.COMMENT, draft)


def test_who_was_invited_twice_takes_over_too(cast: Cast, review: Review) -> None:
    successor = person("Vera", cast.interior, Role.REVIEWER)
    enter_role(successor, cast.interior, Role.REVIEWER)
    hand_over(cast.coordinator, Membership.objects.get(user=cast.goran), successor)
    assert seat_of(review, cast.interior).user == successor


def test_of_who_leaves_after_their_answer_nothing_is_opened_to_who_takes_over(
    cast: Cast, review: Review
) -> None:
    successor = person("Vera", cast.interior, Role.REVIEWER)
    sign(cast.goran, seat_of(review, cast.interior))
    hand_over(cast.coordinator, Membership.objects.get(user=cast.goran), successor)
    assert not may(successor, Verb.READ, cast.edition)


def test_nobody_signs_off_what_they_submitted(cast: Cast) -> None:
    """Not for another institution in which they review, nor through a delegate; nor is their silence
    assent."""
    enter_role(cast.coordinator, cast.interior, Role.REVIEWER)
    vera = person("Vera", cast.interior, Role.REVIEWER)
    asked = (Respondent(cast.interior, cast.coordinator), Respondent(cast.social, cast.biljana))
    plans = [Plan(asked), Plan((Respondent(cast.justice, cast.teuta),)), Plan()]
    with pytest.raises(NotReady, match="You are submitting this text"):
        start_review(cast.coordinator, cast.edition, cast.procedure, plans)
    plans[0] = Plan((Respondent(cast.interior, None), Respondent(cast.social, cast.biljana)))
    review = start_review(cast.coordinator, cast.edition, cast.procedure, plans)
    own = seat_of(review, cast.interior)
    with pytest.raises(ActionError) as refusal:
        sign(cast.coordinator, own)
    assert refusal.value.code == "submitter"
    client = client_of(cast.coordinator)
    page = client.get(reverse("review:room", args=[review.pk]) + f"?seat={own.pk}").content.decode()
    assert "You submitted this text for review" in page and 'name="choice"' not in page
    with unguarded():
        Seat.objects.filter(pk=own.pk).update(user=cast.coordinator)
    today = localdate()
    delegate(
        cast.coordinator, cast.coordinator, cast.interior, vera, today, today + timedelta(days=3), "Leave."
    )
    own = Seat.objects.get(pk=own.pk)
    with pytest.raises(ActionError) as refusal:
        sign(vera, own)
    assert refusal.value.code == "submitter_by_delegate" and cast.coordinator.name in refusal.value.message
    assert cannot_answer(own, barred(Review.objects.get(pk=review.pk))) == "author"


def test_a_reason_that_is_too_long_is_not_cut_but_given_back(cast: Cast, review: Review) -> None:
    seat = seat_of(review, cast.interior)
    long = "Reason " * 2_000
    data = {"seat": seat.pk, "seen": review.manifest.sha256, "choice": "return", "reason": long}
    client = client_of(cast.goran)
    sent = client.post(f"/en/review/{review.pk}/answer/", data)
    page = sent.content.decode()
    assert sent.status_code == 400 and "at most 10000 characters" in page and long.strip() in page
    assert not SignOff.objects.exists()
    sign(cast.goran, seat, "return", "x" * 10_000)
    assert len(SignOff.objects.get().reason) == 10_000


def test_rights_are_asked_once_while_a_page_is_made_and_anew_after_it(
    cast: Cast, django_assert_num_queries: Any
) -> None:
    with asking_once():
        before = keys(cast.goran)
        with django_assert_num_queries(0):
            assert keys(cast.goran) == before and has_role(cast.goran, Role.REVIEWER)
        assert not has_role(cast.drafter, Role.REVIEWER)
    Membership.objects.filter(user=cast.goran).update(ends=timezone.localdate())
    assert not has_role(cast.goran, Role.REVIEWER)
    assert f"inst:{cast.interior.pk}" in before and f"inst:{cast.interior.pk}" not in keys(cast.goran)


def test_an_answer_waits_for_the_code(cast: Cast, review: Review) -> None:
    Stage.objects.filter(review=review, order=1).update(second_factor=True)
    client = client_of(cast.goran)
    without_second_factor(client)
    form = {
        "seat": seat_of(review, cast.interior).pk,
        "choice": "agree",
        "reason": "kept",
        "seen": review.manifest.sha256,
    }
    page = client.get(f"/en/review/{review.pk}/").content.decode()
    assert "Enter the code" in page and 'name="choice"' not in page
    # The code leads back to the page as it was read: language, view, seat.
    seat = form["seat"]
    page = client.get(f"/en/review/{review.pk}/?text=mk&view=whole").content.decode()
    there = f"/en/review/{review.pk}/?text=mk&view=whole&seat={seat}#answer"
    assert f"second-factor/?{urlencode({'next': there})}" in page
    answer = client.post(f"/en/review/{review.pk}/answer/", form)
    assert answer.status_code == 409 and "code from your authenticator app" in answer.content.decode()
    assert not SignOff.objects.exists()
    assert Entry.objects.filter(refused=True, detail__why="second_factor").exists()
    give_app(cast.goran)
    asked = client.get(f"/en/review/{review.pk}/").content.decode()
    assert "account/confirm/code/?next=" in asked
    given = {"code": code_of(cast.goran), "next": there}
    assert client.post("/en/account/confirm/code/", given)["Location"] == there
    checked = client.post(f"/en/review/{review.pk}/answer/", form)
    assert "Check your answer before you sign" in checked.content.decode() and not SignOff.objects.exists()
    assert client.post(f"/en/review/{review.pk}/answer/", form | CONFIRMED).status_code == 302
    assert SignOff.objects.get().person == cast.goran


def test_it_is_not_let_off_while_a_stage_runs(cast: Cast, review: Review) -> None:
    Stage.objects.filter(review=review, order=1).update(second_factor=True)
    with pytest.raises(DatabaseError), transaction.atomic():
        Stage.objects.filter(review=review, order=1).update(second_factor=False)
