"""One person speaks for one institution in a stage: else a quorum of several would be the word of one."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from audit.models import Entry
from documents.actions.errors import NotReady
from people.actions.invite import enter_role
from people.models import Membership, User
from people.roles import Role
from tests.support.records import exports, institutions, make_adopted, sealed
from tests.support.reviews import Cast, client_of, seat_of, sign, to
from tests.support.workflows.one_voice import begin, room
from tests.support.workflows.one_voice import twice as twice
from workflows.actions.ask_another import ask_another
from workflows.actions.errors import Refused
from workflows.actions.remind import remind
from workflows.actions.start_review import Asked
from workflows.calendar import calendar_of
from workflows.models import Procedure, Review, Seat, Stage
from workflows.record.build import build
from workflows.record.verify import problems
from workflows.reminders.deadlines import take_silence_as_assent


def test_a_second_answer_is_refused_and_said_before_it_is_tried(cast: Cast, twice: User) -> None:
    review = begin(cast, Asked(cast.interior), Asked(cast.social))
    sign(twice, seat_of(review, cast.interior))
    with pytest.raises(Refused, match="answered for Ministry of Interior") as refusal:
        sign(twice, seat_of(review, cast.social))
    assert refusal.value.code == "answered_beside"
    assert Entry.objects.filter(verb="sign_off", refused=True).count() == 1
    own = (
        client_of(twice)
        .get(to("review:room", review.pk) + f"?seat={seat_of(review, cast.social).pk}")
        .content.decode()
    )
    assert "one person answers for one institution" in own and 'name="choice"' not in own
    assert (
        "is asked for another answer too"
        not in client_of(twice).get(to("review:room", review.pk)).content.decode()
    )
    sign(cast.biljana, seat_of(review, cast.social))
    assert Stage.objects.get(review=review, order=1).outcome == "passed"


def test_the_room_leads_first_to_the_seat_that_names_one(cast: Cast, twice: User) -> None:
    review = begin(cast, Asked(cast.interior), Asked(cast.social, twice))
    own, other = seat_of(review, cast.social), seat_of(review, cast.interior)
    page = room(twice, review)
    assert f'name="seat" value="{own.pk}"' in page
    assert "One person answers for one institution in a stage." in page
    assert "<b>Ministry of Social Policy</b>: you are asked by name" in page
    assert f'?seat={other.pk}#answer">Ministry of Interior</a>: can be answered by Goran too' in page
    assert "is asked for another answer too" not in page


def test_and_else_to_the_one_for_which_nobody_else_can_answer(cast: Cast, twice: User) -> None:
    review = begin(cast, Asked(cast.interior), Asked(cast.social))
    Membership.objects.filter(user=cast.biljana).delete()
    page = room(twice, review)
    assert f'name="seat" value="{seat_of(review, cast.social).pk}"' in page
    assert "Ministry of Social Policy</b>: nobody but you can answer" in page
    assert "One person answers" not in room(cast.goran, review)


def test_after_it_nothing_asks_for_the_other(cast: Cast, twice: User) -> None:
    review = begin(cast, Asked(cast.interior), Asked(cast.social))
    Membership.objects.filter(user=cast.biljana).delete()
    own, other = seat_of(review, cast.interior), seat_of(review, cast.social)
    address = f"{to('review:room', review.pk)}?seat={other.pk}"
    for page in (to("review:list"), "/en/"):
        assert address in client_of(twice).get(page).content.decode()
    client = client_of(twice)
    client.get(to("review:room", review.pk))
    with CaptureQueriesContext(connection) as asked:
        client.get(to("review:room", review.pk))
    goran = client_of(cast.goran)
    with CaptureQueriesContext(connection) as usual:
        goran.get(to("review:room", review.pk))
    assert len(asked) <= len(usual) + 1
    assert f"seat-{other.pk}@" in calendar_of(twice).decode()
    sign(twice, own)
    for page in (to("review:list"), "/en/"):
        assert address not in client_of(twice).get(page).content.decode()
    assert f"seat-{other.pk}@" not in calendar_of(twice).decode()
    with pytest.raises(Refused, match="has answered for another one in this stage"):
        remind(cast.coordinator, other)
    page = room(twice, review)
    assert "Ministry of Interior has answered" in page
    told = "Nobody else can answer there: tell the coordinator, " + cast.coordinator.name
    assert "Ministry of Social Policy is asked in this stage too" in page and told in page
    there = room(twice, review, other)
    assert (
        "Another reviewer answers" not in there and f"Tell the coordinator, {cast.coordinator.name}" in there
    )
    enter_role(cast.biljana, cast.social, Role.REVIEWER)
    assert "Who can answer there: Biljana." in room(twice, review)
    assert "Who can answer for your institution: Biljana." in room(twice, review, other)
    assert remind(cast.coordinator, other) == [cast.biljana]


def test_nobody_is_asked_for_two(cast: Cast, twice: User) -> None:
    with pytest.raises(NotReady) as refusal:
        begin(cast, Asked(cast.interior, twice), Asked(cast.social, twice))
    assert [one.code for one in refusal.value.problems] == ["asked_beside"]
    assert "asks Hana for Ministry of Interior and for Ministry of Social Policy" in str(
        refusal.value.problems[0]
    )
    Procedure.objects.filter(key="mk-one").delete()
    review = begin(cast, Asked(cast.interior, twice), Asked(cast.social, cast.biljana))
    with pytest.raises(Refused) as told:
        ask_another(cast.coordinator, seat_of(review, cast.social), twice)
    assert told.value.code == "asked_beside"
    page = client_of(cast.coordinator).get(to("coordinate:review", review.pk)).content.decode()
    assert f'<option value="{twice.pk}"' not in page


def test_their_silence_for_the_other_is_no_assent(cast: Cast, twice: User) -> None:
    review = begin(cast, Asked(cast.interior), Asked(cast.social))
    sign(twice, seat_of(review, cast.interior))
    Membership.objects.filter(user=cast.biljana).delete()  # nobody else is left for Social Policy
    Stage.objects.filter(review=review).update(due=timezone.now() - timedelta(seconds=1))
    assert take_silence_as_assent() == []
    assert Seat.objects.get(pk=seat_of(review, cast.social).pk).assented is None
    page = client_of(cast.coordinator).get(to("coordinate:review", review.pk)).content.decode()
    assert "has answered for another one in this stage" in page and "Invite another reviewer" in page
    assert "silence is no assent: this answer is waited for" in page


def test_one_silence_is_taken_for_one_institution(cast: Cast, twice: User) -> None:
    review = begin(cast, Asked(cast.interior), Asked(cast.social))
    Membership.objects.filter(user__in=[cast.goran, cast.biljana]).delete()  # she alone is left in both
    Stage.objects.filter(review=review).update(due=timezone.now() - timedelta(seconds=1))
    assert [seat.institution for seat in take_silence_as_assent()] == [cast.interior]
    assert take_silence_as_assent() == []
    assert Stage.objects.get(review=review, order=1).outcome == ""
    with pytest.raises(Refused, match="answered for Ministry of Interior"):
        sign(twice, seat_of(review, cast.social))


def test_a_record_in_which_one_answered_for_two_does_not_hold(cast: Cast, review: Review) -> None:
    edition = make_adopted(cast, review)
    record = json.loads(json.dumps(build(edition)))
    one, other = institutions(record)[:2]
    other["sign_offs"][0]["person"] = one["sign_offs"][0]["person"]
    said = "\n".join(problems(sealed(record), exports(edition)))
    assert f"one person answered for {other['institution']} and for another institution" in said


def test_what_was_asked_earlier_or_later_asks_them_again(cast: Cast, review: Review) -> None:
    """Who answered for Interior in one stage answers for Justice in the next."""
    enter_role(cast.goran, cast.justice, Role.REVIEWER)
    sign(cast.goran, seat_of(review, cast.interior))
    sign(cast.biljana, seat_of(review, cast.social))
    justice = seat_of(review, cast.justice)
    Seat.objects.filter(pk=justice.pk).update(user=cast.goran)
    page = client_of(User.objects.get(pk=cast.goran.pk)).get(to("review:room", review.pk))
    assert page.status_code == 200
