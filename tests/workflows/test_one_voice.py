"""One person speaks for one institution in a stage: else a quorum of several would be the word of one."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from audit.models import Entry
from documents.actions.errors import NotReady
from people.models import Membership, User
from people.roles import Role
from tests.workflows.conftest import Cast, person, seat_of
from tests.workflows.test_record import again, exports, institutions, make_adopted
from tests.workflows.test_room import as_, to
from tests.workflows.test_sign_off import sign
from workflows.actions.ask_another import ask_another
from workflows.actions.clock import take_silence_as_assent
from workflows.actions.errors import Refused
from workflows.actions.start_review import Asked, Plan, start_review
from workflows.models import Procedure, Review, Seat, Stage
from workflows.record.build import build
from workflows.record.check import problems

STAGES: list[dict[str, object]] = [{"kind": "sign_off", "silence": "assent"}, {"kind": "adoption"}]


@pytest.fixture
def twice(cast: Cast) -> User:
    """A reviewer of Interior and of Social Policy."""
    user = person("Hana", cast.interior, Role.REVIEWER)
    Membership.objects.create(user=user, institution=cast.social, role=Role.REVIEWER)
    return User.objects.get(pk=user.pk)


def begin(cast: Cast, *asked: Asked) -> Review:
    procedure = Procedure.objects.create(key="mk-one", name="One", stages=STAGES)
    return start_review(cast.coordinator, cast.edition, procedure, [Plan(asked), Plan()])


def test_a_second_answer_is_refused_and_said_before_it_is_tried(cast: Cast, twice: User) -> None:
    review = begin(cast, Asked(cast.interior), Asked(cast.social))
    sign(twice, seat_of(review, cast.interior))
    with pytest.raises(Refused, match="answered for Ministry of Interior") as refusal:
        sign(twice, seat_of(review, cast.social))
    assert refusal.value.code == "answered_beside"
    assert Entry.objects.filter(verb="sign_off", refused=True).count() == 1
    own = (
        as_(twice)
        .get(to("review:room", review.pk) + f"?seat={seat_of(review, cast.social).pk}")
        .content.decode()
    )
    assert "one person answers for one institution" in own and 'name="choice"' not in own
    assert (
        "is asked for another answer too" not in as_(twice).get(to("review:room", review.pk)).content.decode()
    )
    sign(cast.biljana, seat_of(review, cast.social))
    assert Stage.objects.get(review=review, order=1).outcome == "passed"


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
    page = as_(cast.coordinator).get(to("coordinate:review", review.pk)).content.decode()
    assert f'<option value="{twice.pk}"' not in page


def test_their_silence_for_the_other_is_no_assent(cast: Cast, twice: User) -> None:
    review = begin(cast, Asked(cast.interior), Asked(cast.social))
    sign(twice, seat_of(review, cast.interior))
    Membership.objects.filter(user=cast.biljana).delete()  # nobody else is left for Social Policy
    Stage.objects.filter(review=review).update(due=timezone.now() - timedelta(seconds=1))
    assert take_silence_as_assent() == []
    assert Seat.objects.get(pk=seat_of(review, cast.social).pk).assented is None
    page = as_(cast.coordinator).get(to("coordinate:review", review.pk)).content.decode()
    assert "has answered for another one in this stage" in page and "Invite another reviewer" in page


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
    said = "\n".join(problems(again(record), exports(edition)))
    assert f"one person answered for {other['institution']} and for another institution" in said


def test_what_was_asked_earlier_or_later_asks_them_again(cast: Cast, review: Review) -> None:
    """Who answered for Interior in one stage answers for Justice in the next."""
    Membership.objects.create(user=cast.goran, institution=cast.justice, role=Role.REVIEWER)
    sign(cast.goran, seat_of(review, cast.interior))
    sign(cast.biljana, seat_of(review, cast.social))
    justice = seat_of(review, cast.justice)
    Seat.objects.filter(pk=justice.pk).update(user=cast.goran)
    page = as_(User.objects.get(pk=cast.goran.pk)).get(to("review:room", review.pk))
    assert page.status_code == 200
