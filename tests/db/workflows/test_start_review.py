from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from unittest.mock import patch
from zoneinfo import ZoneInfo

import pytest
from django.http import Http404
from django.utils import timezone

from audit.models import Entry
from documents.actions.errors import NotReady
from documents.choices import Classification, State
from documents.models import Manifest
from mail.models import Message
from people.access import may
from people.actions.invite import enter_role
from people.models import Grant, Membership
from people.roles import Role, Verb
from tests.support.factories import make_person
from tests.support.reviews import Cast, make_cast, person, seat_of
from workflows.actions.reopen import reopen
from workflows.actions.start_review import Plan, Respondent, start_review
from workflows.models import Procedure, Review, Stage
from workflows.pages.coordinator.stage_forms import LastRound, stage_forms


def test_the_text_is_locked_and_the_first_stage_opens(cast: Cast) -> None:
    review = cast.start()
    cast.edition.refresh_from_db()
    assert cast.edition.state == State.IN_REVIEW
    assert review.manifest == Manifest.objects.get(edition=cast.edition)
    stages = list(review.stages.all())
    assert [(s.kind, s.open) for s in stages] == [("sign_off", True), ("opinion", False), ("adoption", False)]
    assert [s.seats.count() for s in stages] == [2, 1, 0]
    assert Entry.objects.filter(verb="start_review", thing=f"review:{review.pk}").count() == 1


def test_a_deadline_ends_with_its_day_in_the_country(cast: Cast) -> None:
    monday, day = datetime(2031, 3, 3, 12, tzinfo=UTC), date(2031, 3, 7)
    with patch("django.utils.timezone.now", lambda: monday):
        review = start_review(cast.coordinator, cast.edition, cast.procedure, cast.plans(due=day))
    due = review.stages.get(order=1).due
    assert due is not None
    assert due.astimezone(ZoneInfo("Europe/Skopje")).strftime("%H:%M:%S") == "23:59:59"
    assert review.stages.get(order=1).due_day == day


def test_those_asked_can_read_and_are_told_and_nobody_else(
    cast: Cast, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        review = cast.start()
    assert may(cast.goran, Verb.READ, review.edition)
    assert may(cast.goran, Verb.SIGN_OFF, seat_of(review, cast.interior))
    assert not may(cast.goran, Verb.SIGN_OFF, seat_of(review, cast.social))
    assert not may(cast.teuta, Verb.READ, review.edition)
    assert not may(cast.outsider, Verb.READ, review.edition)
    asked = Message.objects.filter(template="asked")
    assert {m.to for m in asked} == {cast.goran.email, cast.biljana.email}
    message = asked.get(to=cast.goran.email)
    assert f"/en/review/{review.pk}/" in message.opens
    assert "Ministry of Interior" in message.text
    assert "social worker" not in message.text
    assert message.sent is not None


def test_any_reviewer_of_an_institution_can_be_asked(cast: Cast) -> None:
    from people.roles import Role
    from tests.support.reviews import person

    plans = [
        Plan((Respondent(cast.interior), Respondent(cast.social, cast.biljana))),
        Plan((Respondent(cast.justice),)),
        Plan(),
    ]
    review = start_review(cast.coordinator, cast.edition, cast.procedure, plans)
    assert may(cast.goran, Verb.SIGN_OFF, seat_of(review, cast.interior))
    practitioner = person("Petar", cast.interior, Role.PRACTITIONER)
    assert not may(practitioner, Verb.READ, review.edition)
    newcomer = person("Vera", cast.interior, Role.REVIEWER)
    assert may(newcomer, Verb.SIGN_OFF, seat_of(review, cast.interior))
    Membership.objects.filter(user=newcomer).update(ends=timezone.localdate())
    assert not may(newcomer, Verb.SIGN_OFF, seat_of(review, cast.interior))


def test_a_superuser_skips_nothing(cast: Cast) -> None:
    superuser = make_person(is_superuser=True)
    with pytest.raises(Http404):
        start_review(superuser, cast.edition, cast.procedure, cast.plans())


def test_what_is_wrong_with_a_plan_is_said_and_nothing_is_stored(cast: Cast) -> None:
    past = date(2020, 1, 1)
    one = Plan((Respondent(cast.interior, cast.goran),))
    twice = Plan((Respondent(cast.interior, cast.goran), Respondent(cast.interior)))
    stranger = Plan((Respondent(cast.interior, cast.biljana), Respondent(cast.social, cast.biljana)))
    empty = Plan((Respondent(cast.commission), Respondent(cast.social, cast.biljana)))
    legal = Plan((Respondent(cast.justice, cast.teuta),))
    for plans, said in (
        ([one, legal, Plan()], "at least 2"),
        ([twice, legal, Plan()], "twice"),
        ([stranger, legal, Plan()], "not a reviewer"),
        ([empty, legal, Plan()], "no reviewer yet"),
        ([*cast.plans(due=past)], "between today and one year"),
        ([cast.plans()[0], Plan(legal.respondents, days=500), Plan()], "is not valid"),
        ([cast.plans()[0], legal, legal], "Do not choose institutions for the stage"),
        (cast.plans()[:2], "and the deadline for every stage"),
    ):
        with pytest.raises(NotReady) as refusal:
            start_review(cast.coordinator, cast.edition, cast.procedure, plans)
        assert said in refusal.value.message, refusal.value.message
    cast.edition.refresh_from_db()
    assert cast.edition.state == State.DRAFT
    assert not Review.objects.exists() and not Grant.objects.exists() and not Message.objects.exists()


def test_so_many_working_days_that_a_deadline_is_more_than_a_year_away_are_refused(cast: Cast) -> None:
    procedure = cast.procedure
    procedure.stages[1] = {"kind": "opinion", "institutions": ["justice"], "days": 300, "working": True}
    procedure.stages[0] |= {"days": 365}  # by the calendar a year is a year
    procedure.save()
    with pytest.raises(NotReady) as refusal:
        start_review(cast.coordinator, cast.edition, procedure, cast.plans())
    assert "2. Opinion: 300 working days end on " in refusal.value.message
    assert [problem.field for problem in refusal.value.problems] == ["stage-2-days"]
    plans = cast.plans()
    plans[1] = Plan(plans[1].respondents, days=200)
    review = start_review(cast.coordinator, cast.edition, procedure, plans)
    assert review.stages.get(order=2).days == 200


def test_an_author_is_not_asked(cast: Cast) -> None:
    from people.roles import Role

    enter_role(cast.goran, cast.commission, Role.DRAFTER)
    cast.change(0, "Ново.", by=cast.goran)
    with pytest.raises(NotReady, match="author of this text"):
        cast.start()


def test_whom_the_classification_keeps_out_is_named(db: None) -> None:
    cast = make_cast(Classification.TLP_AMBER)
    with pytest.raises(NotReady, match="Goran") as refusal:
        cast.start()
    assert [one.field for one in refusal.value.problems] == ["readers"]  # type: ignore[attr-defined]
    assert "Biljana" in refusal.value.message
    cast.edition.instrument.shared_with.set([cast.interior, cast.social, cast.justice])
    assert cast.start().running


def test_a_title_of_what_is_red_is_not_mailed(db: None) -> None:
    cast = make_cast(Classification.TLP_RED)
    cast.edition.instrument.named_readers.set([cast.coordinator, cast.goran, cast.biljana, cast.teuta])
    cast.start()
    assert not Message.objects.filter(text__contains="Procedures").exists()
    assert not Message.objects.filter(subject__contains="Procedures").exists()


def test_a_procedure_of_another_country_is_refused(cast: Cast) -> None:
    from people.models import Country

    procedure = cast.procedure
    procedure.country = Country.objects.create(code="rs", name_en="Serbia")
    procedure.save()
    with pytest.raises(NotReady, match="You cannot use this procedure"):
        start_review(cast.coordinator, cast.edition, procedure, cast.plans())


def test_a_running_review_keeps_the_procedure_that_it_started_with(cast: Cast, review: Review) -> None:
    procedure = cast.procedure
    procedure.stages = procedure.stages[:1]
    procedure.save()
    review.refresh_from_db()
    assert len(review.procedure["stages"]) == 3
    assert Stage.objects.filter(review=review).count() == 3
    assert Procedure.objects.get(pk=procedure.pk).copy()["stages"] != review.procedure["stages"]


def test_nobody_who_wrote_in_the_text_is_proposed_again(cast: Cast) -> None:
    review = cast.start()
    reopen(cast.coordinator, review, "Words of Interior.")
    enter_role(cast.goran, cast.commission, Role.DRAFTER)
    cast.change(0, "Мој текст.", by=cast.goran)
    forms = stage_forms(cast.edition, cast.procedure, None, LastRound(review, "mk"))
    of_interior = next(one for one in forms[0].candidates if one.institution == cast.interior)
    assert not of_interior.chosen and of_interior.person is None
    colleague = person("Dragan", cast.interior, Role.REVIEWER)
    forms = stage_forms(cast.edition, cast.procedure, None, LastRound(review, "mk"))
    of_interior = next(one for one in forms[0].candidates if one.institution == cast.interior)
    assert of_interior.chosen and of_interior.person == colleague.pk
    with pytest.raises(NotReady) as refusal:
        cast.start()
    said = refusal.value.problems[0]
    assert said.startswith("1. Sign-off by the institutions: Goran is an author")
    assert said.field == f"stage-1-asked-{cast.interior.pk}"  # type: ignore[attr-defined]


def test_a_stage_beside_the_first_has_its_own_days(cast: Cast) -> None:
    stages: list[dict[str, object]] = [
        {"kind": "opinion", "institutions": ["interior"], "days": 5},
        {"kind": "opinion", "institutions": ["justice"], "days": 5, "together": True},
        {"kind": "adoption"},
    ]
    procedure = Procedure.objects.create(key="mk-own", name="Own", stages=stages)
    day, days = timezone.localdate() + timedelta(days=2), 30
    plans = [
        Plan((Respondent(cast.interior, cast.goran),), due=day),
        Plan((Respondent(cast.justice, cast.teuta),), days=days),
        Plan(),
    ]
    review = start_review(cast.coordinator, cast.edition, procedure, plans)
    first, beside = (one.due for one in review.stages.filter(opened__isnull=False).order_by("order"))
    assert first and beside and first.date() >= day
    assert beside.date() >= timezone.localdate() + timedelta(days=days) > first.date()
