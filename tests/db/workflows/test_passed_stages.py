"""Consultations, and opinions that a next round keeps."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from config.running.worker import jobs
from documents.actions.errors import ActionError, NotReady
from documents.actions.save_section import save_section
from documents.editions.text_storage import load_tree
from documents.text import text_hash
from mail.models import Message
from people.models import User
from tests.support.reviews import Cast, body, client_of, seat_in, sign
from tests.support.workflows.rounds import begin
from workflows.actions.end_coordination import end_coordination, end_due_consultations
from workflows.actions.reopen import reopen
from workflows.actions.restart import restart
from workflows.actions.start_review import Plan, Respondent, start_review
from workflows.choices import Outcome
from workflows.models import Procedure, Review, Stage
from workflows.procedures.names import quorum_label
from workflows.reminders.deadlines import take_silence_as_assent
from workflows.rules.passed_stages import may_begin_with


@pytest.fixture
def heard(cast: Cast) -> Review:
    """The opinions were given, the final text is coordinated."""
    review = begin(cast)
    sign(cast.goran, seat_in(review, 1, cast.interior))
    sign(cast.teuta, seat_in(review, 2, cast.justice))
    sign(cast.biljana, seat_in(review, 3, cast.social))
    return review


@pytest.fixture
def reopened(cast: Cast, heard: Review) -> Review:
    end_coordination(cast.coordinator, heard.stages.get(order=4))
    reopen(cast.coordinator, Review.objects.get(pk=heard.pk), "One more change.")
    return Review.objects.get(pk=heard.pk)


def start_page(cast: Cast) -> str:
    client = client_of(cast.coordinator)
    return client.get(f"/en/desk/reviews/start/{cast.edition.pk}/").content.decode()


def test_an_opinion_stays_while_the_text_is_the_same(cast: Cast, reopened: Review) -> None:
    assert may_begin_with(reopened, reopened.procedure["stages"]) == [1, 2, 4, 5]
    assert "The text has changed since the stage" not in start_page(cast)
    assert begin(cast, 5).stages.get(order=2).kept is not None


def test_another_courtesy_translation_asks_nobody_again(cast: Cast, reopened: Review) -> None:
    old = load_tree(cast.edition, "en").by_uid[cast.uids[0]].text.body
    new = body("Identification", "Another English word.")
    save_section(cast.drafter, cast.edition, cast.uids[0], "en", new, text_hash(old))
    assert may_begin_with(reopened, reopened.procedure["stages"]) == [1, 2, 4, 5]


def test_an_opinion_on_another_text_is_asked_again(cast: Cast, reopened: Review) -> None:
    cast.change(0, "Десет дена.")
    assert may_begin_with(reopened, reopened.procedure["stages"]) == [1, 2]
    with pytest.raises(NotReady, match="You cannot skip a stage"):
        begin(cast, 5)
    said = start_page(cast)
    assert "changed since the stage “The lawyers” was passed" in said
    assert re.search(r"2\. The lawyers\s*</option>", said)
    assert not re.search(r'<option value="5"[^>]*>\s*5\.', said)
    assert begin(cast, 2).stages.get(order=1).kept is not None


def test_one_of_two_that_saw_another_text_takes_both(cast: Cast) -> None:
    review = begin(cast)
    sign(cast.goran, seat_in(review, 1, cast.interior))
    sign(cast.teuta, seat_in(review, 2, cast.justice))
    cast.change(0, "Десет дена.")
    sign(cast.biljana, seat_in(review, 3, cast.social))
    end_coordination(cast.coordinator, review.stages.get(order=4))
    reopen(cast.coordinator, Review.objects.get(pk=review.pk), "Again.")
    assert may_begin_with(Review.objects.get(pk=review.pk), review.procedure["stages"]) == [1, 2]


def test_silence_names_no_text(cast: Cast) -> None:
    review = begin(cast)
    sign(cast.goran, seat_in(review, 1, cast.interior))
    sign(cast.biljana, seat_in(review, 3, cast.social))
    take_silence_as_assent(timezone.now() + timedelta(days=99))
    end_coordination(cast.coordinator, review.stages.get(order=4))
    reopen(cast.coordinator, Review.objects.get(pk=review.pk), "Again.")
    assert may_begin_with(Review.objects.get(pk=review.pk), review.procedure["stages"]) == [1, 2]


def test_a_restart_in_an_open_text_keeps_no_opinion_on_another(cast: Cast, heard: Review) -> None:
    cast.change(0, "Десет дена.")
    with pytest.raises(ActionError) as refusal:
        restart(cast.coordinator, heard, 4, "Once more.")
    assert refusal.value.code == "other_text" and "The lawyers" in refusal.value.message
    again = restart(cast.coordinator, heard, 3, "Once more.")
    assert again.stages.get(order=2).open and again.stages.get(order=3).open


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
        Respondent(cast.interior, cast.goran),
        Respondent(cast.social, cast.biljana),
        Respondent(cast.justice, cast.teuta),
    )
    plans = [Plan(asked), Plan(), Plan(asked[:1]), Plan()]
    return start_review(cast.coordinator, cast.edition, procedure, plans)


def two_answer(cast: Cast, review: Review) -> Stage:
    sign(cast.goran, seat_in(review, 1, cast.interior), "return", "Not like this.")
    sign(cast.biljana, seat_in(review, 1, cast.social), "agree_with_remarks", "A remark.")
    return review.stages.get(order=1)


def page(user: User, address: str) -> str:
    client = client_of(user)
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
    assert "Move on before the deadline" not in page(cast.coordinator, address)
    sign(cast.biljana, seat_in(review, 1, cast.social))
    assert "Move on before the deadline" in page(cast.coordinator, address)
    client = client_of(cast.coordinator)
    client.post(address + "go-on/", {"stage": review.stages.get(order=1).pk})
    assert review.stages.get(order=2).open
    assert Message.objects.get(template="goes_on").to == cast.teuta.email


def test_it_says_how_many_must_answer_and_never_agree(cast: Cast, review: Review) -> None:
    said = page(cast.coordinator, f"/en/desk/reviews/{review.pk}/")
    assert "2 must answer" in said and "2 must agree" not in said
    assert quorum_label("all", "consultation") == "all must answer"
    assert quorum_label("any", "consultation") == "one institution must answer"
    assert quorum_label("2", "sign_off") == "2 must agree"
