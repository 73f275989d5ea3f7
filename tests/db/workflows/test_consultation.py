"""A consultation hears and stops nothing: its quorum is the least number of answers, and it is open to all
until its deadline."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from config.worker import jobs
from mail.models import Message
from people.models import User
from tests.support.html import PageClient
from tests.support.reviews import Cast, seat_in, sign
from workflows.actions.end_coordination import end_due_consultations
from workflows.actions.start_review import Asked, Plan, start_review
from workflows.choices import Outcome
from workflows.models import Procedure, Review, Stage
from workflows.pages.coordinator.stage_descriptions import quorum_words

STAGES = [
    {"kind": "consultation", "least": 3, "quorum": "2"},
    {"kind": "coordination"},
    {"kind": "sign_off"},
    {"kind": "adoption"},
]


@pytest.fixture
def review(cast: Cast) -> Review:
    """Three are asked, two must answer."""
    procedure = Procedure.objects.create(key="mk-heard", name="Heard", stages=STAGES)
    asked = (
        Asked(cast.interior, cast.goran),
        Asked(cast.social, cast.biljana),
        Asked(cast.justice, cast.teuta),
    )
    plans = [Plan(asked), Plan(), Plan(asked[:1]), Plan()]
    return start_review(cast.coordinator, cast.edition, procedure, plans)


def two_answer(cast: Cast, review: Review) -> Stage:
    sign(cast.goran, seat_in(review, 1, cast.interior), "return", "Not like this.")
    sign(cast.biljana, seat_in(review, 1, cast.social), "agree_with_remarks", "A remark.")
    return review.stages.get(order=1)


def page(user: User, address: str) -> str:
    client = PageClient()
    client.force_login(user)
    return client.get(address).content.decode()


def test_nobody_is_shut_out_by_others_being_quick(cast: Cast, review: Review) -> None:
    assert two_answer(cast, review).open
    sign(cast.teuta, seat_in(review, 1, cast.justice), "abstain", "Not ours.")
    assert review.stages.get(order=1).outcome == Outcome.PASSED and review.stages.get(order=2).open


def test_after_the_deadline_it_ends_by_itself_where_enough_have_answered(cast: Cast, review: Review) -> None:
    stage = two_answer(cast, review)
    assert end_due_consultations() == 0
    Stage.objects.filter(pk=stage.pk).update(due=timezone.now() - timedelta(hours=1))
    assert end_due_consultations in [job.run for job in jobs()]
    assert end_due_consultations() == 1 and end_due_consultations() == 0
    assert review.stages.get(order=1).outcome == Outcome.PASSED
    told = Message.objects.get(template="goes_on")
    assert told.to == cast.teuta.email and "Ministry of Justice" in told.text


def test_where_fewer_have_answered_the_others_are_waited_for(cast: Cast, review: Review) -> None:
    sign(cast.goran, seat_in(review, 1, cast.interior))
    stage = review.stages.get(order=1)
    Stage.objects.filter(pk=stage.pk).update(due=timezone.now() - timedelta(hours=1))
    assert end_due_consultations() == 0 and review.stages.get(order=1).open
    sign(cast.biljana, seat_in(review, 1, cast.social))
    assert not review.stages.get(order=1).open


def test_the_coordinator_ends_it_before_where_enough_have_answered(cast: Cast, review: Review) -> None:
    address = f"/en/desk/reviews/{review.pk}/"
    sign(cast.goran, seat_in(review, 1, cast.interior))
    assert "Go on before the deadline" not in page(cast.coordinator, address)
    sign(cast.biljana, seat_in(review, 1, cast.social))
    assert "Go on before the deadline" in page(cast.coordinator, address)
    client = PageClient()
    client.force_login(cast.coordinator)
    client.post(address + "go-on/", {"stage": review.stages.get(order=1).pk})
    assert review.stages.get(order=2).open
    assert Message.objects.get(template="goes_on").to == cast.teuta.email


def test_it_says_how_many_must_answer_and_never_agree(cast: Cast, review: Review) -> None:
    said = page(cast.coordinator, f"/en/desk/reviews/{review.pk}/")
    assert "2 must answer" in said and "2 must agree" not in said
    assert quorum_words("all", "consultation") == "all must answer"
    assert quorum_words("any", "consultation") == "one must answer"
    assert quorum_words("2", "sign_off") == "2 must agree"
