"""Whatever may honestly happen to a text, the record that is built of it holds, and the trail finds nothing.

A few hundred histories by hand: HISTORIES="$(seq -s' ' 100 399)" .venv/bin/python -m pytest
tests/db/workflows/test_honest_records.py
"""

from __future__ import annotations

import os
from datetime import date, timedelta
from random import Random

import pytest
from django.utils import timezone

from documents.actions import record_prior_adoption
from documents.actions.adopt_edition import adopt_edition
from documents.models import Edition
from tests.support.reviews import Cast, act, seat_in, seat_of, sign, two_at_once
from tests.support.workflows.histories import Clock
from tests.support.workflows.histories_to_the_end import Whole, said_of
from workflows.actions.end_coordination import end_coordination
from workflows.actions.restart import withdraw_review
from workflows.actions.start_review import start_review
from workflows.models import Procedure, Review
from workflows.reminders.deadlines import take_silence_as_assent

pytestmark = pytest.mark.django_db
BY_HAND = [int(one) for one in os.environ.get("HISTORIES", "").split()]


@pytest.mark.parametrize("number", BY_HAND or [1, 2])
def test_it_holds(number: int) -> None:
    history = Whole(number)
    found = history.go(30 if BY_HAND else 12)
    print(number, found is not None, history.review and history.review.round, dict(history.made))
    assert not found


def held(cast: Cast) -> list[str]:
    edition = Edition.objects.select_related("instrument").get(pk=cast.edition.pk)
    return said_of(edition, ("mk", "en"))


def adopt(cast: Cast) -> None:
    adopt_edition(cast.coordinator, Edition.objects.get(pk=cast.edition.pk), [act()], date(2026, 1, 20))


def start(cast: Cast, *stages: dict[str, object]) -> Review:
    own = Procedure.objects.create(key="mk-honest", name="Own", stages=list(stages))
    return start_review(cast.coordinator, cast.edition, own, cast.plans()[: len(stages)])


def test_who_was_taken_as_silent_may_still_answer(cast: Cast) -> None:
    """The stage waits for another institution, of which nobody is there."""
    review = start(cast, {"kind": "sign_off", "silence": "assent"})
    cast.goran.is_active = False
    cast.goran.save()
    due = review.stages.get(order=1).due
    assert due is not None
    clock = Clock(Random(1))
    clock.at = due + timedelta(minutes=1)
    with clock.running():
        assert len(take_silence_as_assent()) == 1
        clock.at += timedelta(minutes=1)
        sign(cast.biljana, seat_of(review, cast.social), "agree_with_remarks", "Late.")
        cast.goran.is_active = True
        cast.goran.save()
        sign(cast.goran, seat_of(review, cast.interior))
        adopt(cast)
        assert held(cast) == []


def test_what_ran_beside_a_return_ends_a_moment_later(cast: Cast) -> None:
    with Clock(Random(1), step=1).running():
        review = two_at_once(cast, "opinion")
        sign(cast.goran, seat_in(review, 1, cast.interior), "return", "No.")
        ended = Review.objects.get(pk=review.pk).ended
        beside = review.stages.get(order=2).closed
        assert ended and beside and beside > ended
        Procedure.objects.filter(key="mk-own").update(key="mk-before")
        again = two_at_once(cast, "opinion")
        sign(cast.goran, seat_in(again, 1, cast.interior))
        sign(cast.teuta, seat_in(again, 2, cast.justice))
        end_coordination(cast.coordinator, again.stages.get(order=3))
        sign(cast.biljana, seat_in(again, 4, cast.social))
        adopt(cast)
        assert held(cast) == []


def test_a_procedure_may_leave_the_adoption_to_no_stage(cast: Cast) -> None:
    review = start(cast, {"kind": "sign_off"})
    sign(cast.goran, seat_of(review, cast.interior))
    sign(cast.biljana, seat_of(review, cast.social))
    adopt(cast)
    assert held(cast) == []


def test_what_was_returned_and_given_up_may_have_been_adopted_before(cast: Cast) -> None:
    with Clock(Random(1), step=1).running():
        review = cast.start()
        sign(cast.goran, seat_of(review, cast.interior), "return", "No.")
        withdraw_review(cast.coordinator, Review.objects.get(pk=review.pk), "It is in force.", text_too=False)
        draft = Edition.objects.get(pk=cast.edition.pk)
        prior = record_prior_adoption.propose(cast.coordinator, draft, act(), timezone.localdate())
        record_prior_adoption.confirm(cast.second, prior)
        assert held(cast) == []
