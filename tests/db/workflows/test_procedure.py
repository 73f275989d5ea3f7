"""Procedures by configuration: open and locked stages, stages at the same time, silence, restarting."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.http import Http404
from django.utils import timezone

from documents.actions.adopt_edition import adopt_edition
from documents.actions.errors import ActionError, NotReady
from documents.choices import State
from documents.comments.actions import add_comment
from documents.editions import adoption_checks
from documents.models import Manifest
from mail.models import Message
from people.access import may
from people.actions.invite import enter_role
from people.roles import Role, Verb
from tests.support.reviews import Cast, act, consult, locked, open_review, seat_in, sign, two_at_once
from tests.support.workflows.rounds import running as running
from workflows.actions.end_coordination import end_consultation, end_coordination
from workflows.actions.restart import restart
from workflows.choices import Outcome, ReviewState
from workflows.models import Procedure, Review, Seat, SignOff, Stage
from workflows.models.procedures import clean_stages
from workflows.pages.edition_panels import institutions
from workflows.procedures import steps
from workflows.reminders.deadlines import take_silence_as_assent
from workflows.shipped_procedures import SHIPPED


def test_the_four_that_are_shipped_hold_together() -> None:
    assert [shipped["key"] for shipped in SHIPPED] == [
        "inter-ministerial",
        "urgent",
        "joint-order",
        "translation",
    ]
    for shipped in SHIPPED:
        stages = clean_stages(shipped["stages"])
        assert steps.first_locked(stages) == (5 if shipped["key"] == "inter-ministerial" else 0)
    assert steps.steps(clean_stages(SHIPPED[0]["stages"])) == [1, 2, 3, 3, 4, 5, 6]


@pytest.mark.parametrize(
    ("stages", "said"),
    [
        ([], "at least one"),
        ([{"kind": "adoption"}, {"kind": "sign_off"}], "last stage"),
        ([{"kind": "consultation"}, {"kind": "adoption"}], "sign off"),
        ([{"kind": "consultation"}, {"kind": "sign_off"}], "coordination"),
        ([{"kind": "sign_off"}, {"kind": "consultation"}], "before the first"),
        ([{"kind": "sign_off"}, {"kind": "adoption", "together": True}], "same time"),
        ([{"kind": "sign_off", "together": True}], "same time"),
        ([{"kind": "sign_off", "silence": "maybe"}], "silence"),
        ([{"kind": "sign_off", "days": True}], "numbers"),
        ([{"kind": "sign_off", "days": 366}], "one year"),
        ([{"kind": "sign_off", "quorum": "most"}], "quorum"),
        ([{"kind": "sign_off", "colour": "red"}], "only these"),
        ([{"kind": "sign_off"}] * 13, "at most"),
    ],
)
def test_what_is_no_procedure_is_said(stages: list[dict[str, object]], said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        clean_stages(stages)


def test_in_consultation_the_text_stays_open_and_edits_void_nothing(cast: Cast, running: Review) -> None:
    cast.edition.refresh_from_db()
    assert cast.edition.state == State.DRAFT and not running.locked
    assert may(cast.goran, Verb.READ, cast.edition)
    first = sign(cast.goran, seat_in(running, 1, cast.interior))
    cast.change(0, "Нов текст.")
    second = sign(cast.biljana, seat_in(running, 1, cast.social), "return", "Not like this.")
    assert first.manifest_sha256 != second.manifest_sha256
    assert not SignOff.objects.filter(voided_at__isnull=False).exists()
    running.refresh_from_db()
    assert running.state == ReviewState.RUNNING
    assert [s.outcome for s in running.stages.all()][:2] == [Outcome.PASSED, ""]
    assert running.stages.get(order=2).open
    told = Message.objects.get(template="to_coordinate", to=cast.coordinator.email)
    assert "No comments need an answer." in told.text and "finish" in told.subject


def test_two_answers_to_one_text_name_one_manifest(cast: Cast, running: Review) -> None:
    consult(cast, running)
    assert Manifest.objects.filter(edition=cast.edition).count() == 1


def test_the_text_is_locked_when_the_coordination_ends(cast: Cast, running: Review) -> None:
    consult(cast, running)
    cast.change(0, "Нов текст.")
    coordination = running.stages.get(order=2)
    end_coordination(cast.coordinator, coordination)
    cast.edition.refresh_from_db()
    running.refresh_from_db()
    assert cast.edition.state == State.IN_REVIEW and running.locked
    assert running.manifest.sha256 == cast.edition.sha256
    with pytest.raises(Http404):
        cast.change(1, "Предоцна.")
    with pytest.raises(DatabaseError, match="keeps what it started with"), transaction.atomic():
        Review.objects.filter(pk=running.pk).update(manifest=Manifest.objects.order_by("round").first())
    with pytest.raises(ActionError) as refusal:
        end_coordination(cast.coordinator, coordination)
    assert refusal.value.code == "not_open"


def test_every_comment_is_answered_first(cast: Cast, running: Review) -> None:
    comment = add_comment(cast.goran, cast.edition, cast.uids[0], "mk", "Why 24 hours?")
    consult(cast, running)
    with pytest.raises(ActionError) as refusal:
        end_coordination(cast.coordinator, running.stages.get(order=2))
    assert refusal.value.code == "comments" and "1 comment" in refusal.value.message
    add_comment(cast.coordinator, cast.edition, cast.uids[0], "mk", "Because.", parent=comment)
    end_coordination(cast.coordinator, running.stages.get(order=2))


def test_stages_of_one_step_run_at_the_same_time_and_both_are_waited_for(cast: Cast, running: Review) -> None:
    consult(cast, running)
    end_coordination(cast.coordinator, running.stages.get(order=2))
    running.refresh_from_db()
    assert running.stages.get(order=3).open and running.stages.get(order=4).open
    sign(cast.teuta, seat_in(running, 4, cast.justice))
    assert not running.stages.get(order=5).opened
    assert adoption_checks.problems(running.edition)
    sign(cast.goran, seat_in(running, 3, cast.interior))
    assert running.stages.get(order=5).open
    cast.edition.refresh_from_db()
    adopt_edition(cast.coordinator, cast.edition, [act()], act().date)
    running.refresh_from_db()
    assert running.state == ReviewState.DONE


def test_a_return_in_one_of_two_ends_both_and_the_other_is_told(cast: Cast, running: Review) -> None:
    from workflows.actions.reopen import reopen

    consult(cast, running)
    end_coordination(cast.coordinator, running.stages.get(order=2))
    running.refresh_from_db()
    sign(cast.teuta, seat_in(running, 4, cast.justice), "return", "Against the law.")
    running.refresh_from_db()
    assert running.state == ReviewState.RETURNED and running.stages.get(order=3).outcome == Outcome.VOIDED
    with pytest.raises(ActionError) as refusal:
        sign(cast.goran, seat_in(running, 3, cast.interior))
    assert refusal.value.code == "stage_ended"
    mail = Message.objects.get(template="stopped")
    assert mail.to == cast.goran.email and "Ministry of Interior does not have to answer now" in mail.text
    assert (
        "was returned in the stage “Opinion”" in mail.text and "we will ask you to answer again" in mail.text
    )
    reopen(cast.coordinator, running, "The law.")
    assert not Message.objects.filter(template="no_longer_asked").exists()
    voided = SignOff.objects.filter(voided_at__isnull=False)
    assert [s.person for s in voided] == [cast.teuta]


def test_a_stage_is_not_skipped(cast: Cast, running: Review) -> None:
    with pytest.raises(ActionError) as refusal:
        sign(cast.goran, seat_in(running, 3, cast.interior))
    assert refusal.value.code == "not_yet"
    with pytest.raises(Http404):
        sign(cast.teuta, seat_in(running, 4, cast.justice))
    with pytest.raises(ActionError):
        end_coordination(cast.coordinator, running.stages.get(order=2))
    with pytest.raises(NotReady, match="not ended"):
        adopt_in_review(cast)
    with pytest.raises(DatabaseError, match="no stage is skipped"), transaction.atomic():
        Stage.objects.filter(review=running, order=3).update(opened=timezone.now())
    with pytest.raises(ActionError, match="already in progress"):
        open_review(cast)


def adopt_in_review(cast: Cast) -> None:
    problems = adoption_checks.problems(cast.edition)
    if problems:
        raise NotReady(problems)


def test_silence_is_assent_only_where_the_procedure_says_so_and_only_when_due(
    cast: Cast, running: Review
) -> None:
    sign(cast.goran, seat_in(running, 1, cast.interior))
    assert take_silence_as_assent() == []
    stage = running.stages.get(order=1)
    assert stage.due is not None
    later = stage.due + timedelta(minutes=1)
    assert [seat.institution for seat in take_silence_as_assent(later)] == [cast.social]
    assert take_silence_as_assent(later) == []
    assert running.stages.get(order=1).outcome == Outcome.PASSED and running.stages.get(order=2).open
    assert not SignOff.objects.filter(seat__institution=cast.social).exists()
    with pytest.raises(ActionError):
        sign(cast.biljana, seat_in(running, 1, cast.social))
    end_coordination(cast.coordinator, running.stages.get(order=2))
    assert take_silence_as_assent(timezone.now() + timedelta(days=90)) == []


@pytest.mark.parametrize("named", [True, False])
def test_the_silence_of_who_wrote_in_the_text_is_no_assent(cast: Cast, named: bool) -> None:
    """Nobody signs off their own text by keeping silent; a colleague who did not write could have
    answered."""
    enter_role(cast.goran, cast.commission, Role.DRAFTER)
    review = open_review(cast)
    seat = seat_in(review, 1, cast.interior)
    if not named:
        Seat.objects.filter(pk=seat.pk).update(user=None)
    cast.change(0, "Мој текст.", by=cast.goran)
    sign(cast.biljana, seat_in(review, 1, cast.social))
    stage = review.stages.get(order=1)
    assert stage.due is not None
    later = stage.due + timedelta(minutes=1)
    assert take_silence_as_assent(later) == [] and review.stages.get(order=1).open
    if not named:
        enter_role(cast.outsider, cast.interior, Role.REVIEWER)
        assert take_silence_as_assent(later) == [seat] and not review.stages.get(order=1).open


def test_a_consultation_goes_on_without_the_late_ones(cast: Cast, running: Review) -> None:
    stage = running.stages.get(order=1)
    with pytest.raises(ActionError) as refusal:
        end_consultation(cast.coordinator, stage)
    assert refusal.value.code == "not_late"
    Stage.objects.filter(pk=stage.pk).update(due=timezone.now() - timedelta(days=1))
    end_consultation(cast.coordinator, stage)
    assert running.stages.get(order=2).open


def test_who_agreed_is_who_signed_the_locked_text_in_this_round_or_in_one_that_it_keeps(cast: Cast) -> None:
    stages: list[dict[str, object]] = [
        {"kind": "consultation"},
        {"kind": "coordination"},
        {"kind": "sign_off", "institutions": ["interior"]},
        {"kind": "opinion", "institutions": ["justice"]},
        {"kind": "adoption"},
    ]
    review = locked(cast, open_review(cast, stages))
    sign(cast.goran, seat_in(review, 3, cast.interior))
    assert institutions([cast.edition])[cast.edition.pk] == ["Ministry of Interior"]
    again = restart(cast.coordinator, review, 4, "The wrong person was asked.")
    assert again.stages.get(order=3).kept == review.stages.get(order=3)
    sign(cast.teuta, seat_in(again, 4, cast.justice))
    found = institutions([cast.edition])
    assert found == {cast.edition.pk: ["Ministry of Interior", "Ministry of Justice"]}, "no Social Policy"
    restart(cast.coordinator, again, 3, "Ask both again.")
    assert institutions([cast.edition]) == {}, "what was voided"


def test_a_next_round_may_begin_after_a_consultation_that_was_held(cast: Cast, running: Review) -> None:
    from workflows.actions.reopen import reopen

    review = locked(cast, running)
    reopen(cast.coordinator, review, "A correction.")
    with pytest.raises(NotReady, match="You cannot skip a stage"):
        open_review(cast, begin=4)
    again = open_review(cast, begin=3)
    cast.edition.refresh_from_db()
    assert cast.edition.state == State.IN_REVIEW and again.locked
    assert again.stages.get(order=1).kept == review.stages.get(order=1)
    sign(cast.goran, seat_in(again, 3, cast.interior))
    sign(cast.teuta, seat_in(again, 4, cast.justice))
    assert adoption_checks.problems(cast.edition) == []


def test_a_country_chooses_among_its_own_and_the_shared_ones(cast: Cast) -> None:
    assert [p.key for p in Procedure.objects.for_country("mk")] == [s["key"] for s in SHIPPED]
    Procedure.objects.create(
        key="mk-urgent", country=cast.country, name="Ours", stages=SHIPPED[1]["stages"], order=20
    )
    keys = [p.key for p in Procedure.objects.for_country("mk")]
    assert "mk-urgent" in keys and "urgent" not in keys and len(keys) == 4
    assert "urgent" in [p.key for p in Procedure.objects.for_country("al")]


def test_who_is_asked_beside_an_opinion_to_which_nobody_agreed_is_told(cast: Cast) -> None:
    review = two_at_once(cast, "opinion")
    Message.objects.all().delete()
    sign(cast.goran, seat_in(review, 1, cast.interior), "abstain", "Not ours.")
    mail = Message.objects.get(template="stopped")
    assert mail.to == cast.teuta.email and "Too few institutions agreed in the stage “Opinion”" in mail.text
    assert f"/review/{review.pk}/" in mail.text
