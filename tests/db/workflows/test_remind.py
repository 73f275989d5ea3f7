from __future__ import annotations

from datetime import timedelta

import pytest
from django.http import Http404
from django.utils import timezone

from mail.models import Message
from tests.support.reviews import Cast, seat_of, sign
from workflows.actions.errors import Refused
from workflows.actions.remind import extend_deadline, remind
from workflows.models import Review, Seat, Stage
from workflows.rules.working_days import next_working


def test_a_reminder_goes_to_who_was_asked(cast: Cast, review: Review) -> None:
    assert remind(cast.coordinator, seat_of(review, cast.interior)) == [cast.goran]
    assert Message.objects.get(template="reminder").to == cast.goran.email
    assert seat_of(review, cast.interior).reminded is not None


def test_a_late_one_says_how_late(cast: Cast, review: Review) -> None:
    Stage.objects.filter(review=review, order=1).update(due=timezone.now() - timedelta(days=4))
    remind(cast.coordinator, seat_of(review, cast.interior))
    assert Message.objects.get(template="reminder").subject.startswith("4 days late")


def test_what_is_refused(cast: Cast, review: Review) -> None:
    sign(cast.biljana, seat_of(review, cast.social))
    remind(cast.coordinator, seat_of(review, cast.interior))
    for seat, code in (
        (seat_of(review, cast.interior), "reminded"),
        (seat_of(review, cast.social), "answered"),
        (seat_of(review, cast.justice), "not_open"),
    ):
        with pytest.raises(Refused) as refusal:
            remind(cast.coordinator, seat)
        assert refusal.value.code == code
    Seat.objects.filter(pk=seat_of(review, cast.interior).pk).update(
        reminded=timezone.now() - timedelta(days=1)
    )
    remind(cast.coordinator, seat_of(review, cast.interior))
    assert Message.objects.filter(template="reminder").count() == 2


@pytest.mark.parametrize("who", ["drafter", "goran", "outsider"])
def test_only_the_coordinator_reminds_and_extends(cast: Cast, review: Review, who: str) -> None:
    with pytest.raises(Http404):
        remind(getattr(cast, who), seat_of(review, cast.interior))
    stage = review.stages.get(order=1)
    with pytest.raises(Http404):
        extend_deadline(getattr(cast, who), stage, review.today + timedelta(days=30), "More time.")


def test_more_time_is_told_to_those_who_have_not_answered(cast: Cast, review: Review) -> None:
    sign(cast.biljana, seat_of(review, cast.social))
    stage = review.stages.get(order=1)
    day = next_working(review.today + timedelta(days=20), "mk")
    extend_deadline(cast.coordinator, stage, day, "A holiday lies between.")
    stage.refresh_from_db()
    assert stage.due_day == day
    told = Message.objects.get(template="extended")
    assert told.to == cast.goran.email and "A holiday lies between." in told.text
    for later, reason, code in ((day, "Again.", "no_later_day"), (day + timedelta(days=1), "", "no_reason")):
        with pytest.raises(Refused) as refusal:
            extend_deadline(cast.coordinator, stage, later, reason)
        assert refusal.value.code == code
    with pytest.raises(Refused):
        extend_deadline(cast.coordinator, review.stages.get(order=2), day, "Not open.")
