"""What is left to a delegate when a delegation ends, and who reads on after an answer."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from unittest.mock import patch

import pytest
from django.utils import timezone

from documents.actions.adopt_edition import adopt_edition
from documents.choices import Classification, State
from documents.models import Edition
from people.access import may
from people.actions.invite import enter_role
from people.actions.leave import hand_over
from people.models import Grant, Institution, Membership, User
from people.roles import Role, Verb
from tests.support.factories import narrow
from tests.support.reviews import TEXTS, Cast, act, client_of, page_of, person, seat_of, to
from tests.support.reviews import sign as sign_seat
from tests.support.workflows.delegates import hand, sign, today
from workflows.actions.ask_another import ask_another
from workflows.actions.comments import write_comment
from workflows.actions.delegate import delegate, end_delegate
from workflows.actions.sign_off import sign_off
from workflows.actions.start_review import Plan, Respondent, start_review
from workflows.choices import ReviewState
from workflows.models import Delegate, Procedure, Review, Seat, Stage
from workflows.reminders.deadlines import take_silence_as_assent

SECTION = "/en/i/mk/sop/1/s/{}/"


@pytest.fixture
def vesna(cast: Cast) -> User:
    return person("Vesna", cast.interior, Role.REVIEWER)


@contextmanager
def in_days(days: int) -> Iterator[None]:
    now = timezone.now
    with patch("django.utils.timezone.now", lambda: now() + timedelta(days=days)):
        yield


def days(cast: Cast, to: User, first: int, last: int) -> Delegate:
    return hand(cast, to, starts=today() + timedelta(days=first), until=today() + timedelta(days=last))


def lasting(user: User) -> dict[str, object]:
    """The rights that a person holds today or later, by verb and institution, each with its last day from
    today on."""
    left = Grant.objects.filter(user=user).exclude(ends__lte=today())
    return {f"{one.verb} {one.for_institution}": one.ends and (one.ends - today()).days - 1 for one in left}


def ended_after(cast: Cast, review: Review, made: Delegate, how: str) -> Review:
    """What came before the end of the delegation: the seat was answered, its stage passed, or the text was
    returned."""
    if how == "returned":
        sign_off(cast.biljana, seat_of(review, cast.social), "return", "No.", review.manifest.sha256)
    else:
        if not seat_of(review, cast.interior).sign_offs.exists():
            sign(cast, review, cast.goran)
        if how == "passed":
            sign_off(cast.biljana, seat_of(review, cast.social), "agree", "", review.manifest.sha256)
    end_delegate(cast.goran, made)
    return Review.objects.get(pk=review.pk)


@pytest.mark.parametrize("how", ["answered", "passed", "returned"])
def test_who_said_nothing_reads_no_more_wherever_the_round_has_come(
    cast: Cast, review: Review, vesna: User, how: str
) -> None:
    made = days(cast, vesna, 0, 200)
    page, file = SECTION.format(cast.uids[0]), "/en/i/mk/sop/1.docx"
    assert TEXTS[0][2] in page_of(vesna, page)
    now = ended_after(cast, review, made, how)
    assert (now.state == ReviewState.RETURNED) is (how == "returned")
    assert lasting(vesna) == {} and not may(vesna, Verb.READ, review.edition)
    assert [client_of(vesna).get(address).status_code for address in (page, file)] == [404, 404]
    assert may(cast.goran, Verb.READ, review.edition)


@pytest.mark.parametrize("how", ["answered", "passed", "returned"])
def test_who_commented_reads_on(cast: Cast, review: Review, vesna: User, how: str) -> None:
    made = days(cast, vesna, 0, 3)
    write_comment(vesna, review, cast.uids[0], "en", "Too long.")
    ended_after(cast, review, made, how)
    assert lasting(vesna) == {"comment Ministry of Interior": None}


@pytest.mark.parametrize("how", ["answered", "passed"])
def test_who_answered_reads_until_the_day_that_was_named(
    cast: Cast, review: Review, vesna: User, how: str
) -> None:
    made = days(cast, vesna, 0, 3)
    later = days(cast, vesna, 20, 30)
    sign(cast, review, vesna)
    ended_after(cast, review, made, how)
    assert may(vesna, Verb.READ, review.edition) and not may(
        vesna, Verb.SIGN_OFF, seat_of(review, cast.interior)
    )
    end_delegate(cast.goran, later)
    assert lasting(vesna) == {"comment Ministry of Interior": 3}


def test_nobody_is_given_by_an_end_what_they_did_not_hold(cast: Cast, review: Review, vesna: User) -> None:
    """A delegate who was named after the answer reads nothing by that; nor when an earlier delegation is
    ended."""
    made = days(cast, vesna, 0, 3)
    sign(cast, review, cast.goran)
    days(cast, vesna, 0, 90)
    end_delegate(cast.goran, made)
    assert lasting(vesna) == {}


def test_what_another_delegation_gives_later_stays(cast: Cast, review: Review, vesna: User) -> None:
    days(cast, vesna, 5, 9)
    end_delegate(cast.goran, days(cast, vesna, 0, 2))
    assert not may(vesna, Verb.READ, review.edition)
    with in_days(6):
        assert TEXTS[0][2] in page_of(vesna, SECTION.format(cast.uids[0]))
        assert sign(cast, review, vesna).instead_of == cast.goran


def test_who_may_still_answer_after_silence_keeps_what_another_delegation_gives(
    cast: Cast, vesna: User
) -> None:
    stages = [
        {"kind": "sign_off", "silence": "assent", "delegate": "asked"},
        {"kind": "sign_off"},
        {"kind": "adoption"},
    ]
    own = Procedure.objects.create(key="mk-own", name="Own", stages=stages)
    review = start_review(cast.coordinator, cast.edition, own, cast.plans())
    User.objects.filter(pk=cast.biljana.pk).update(
        is_active=False
    )  # nobody is there whose silence could be taken
    stage = review.stages.get(order=1)
    Stage.objects.filter(pk=stage.pk).update(due=timezone.now() - timedelta(minutes=1))
    take_silence_as_assent(None)
    assert Stage.objects.get(pk=stage.pk).open and seat_of(review, cast.interior).assented
    short = days(cast, vesna, 0, 2)
    days(cast, vesna, 0, 20)
    end_delegate(cast.goran, short)
    assert lasting(vesna).keys() and may(vesna, Verb.READ, review.edition)
    sign_off(vesna, seat_of(review, cast.interior), "agree_with_remarks", "Late.", review.manifest.sha256)


@pytest.mark.parametrize("longer", [(5, 9), (0, 90)])
def test_what_is_taken_back_leaves_nothing_where_another_holds_today(
    cast: Cast, review: Review, vesna: User, longer: tuple[int, int]
) -> None:
    days(cast, vesna, 0, 2)
    end_delegate(cast.goran, days(cast, vesna, *longer))
    assert lasting(vesna) == {"sign_off Ministry of Interior": 2, "comment Ministry of Interior": 2}
    with in_days(6):
        assert not may(vesna, Verb.READ, review.edition)
    assert sign(cast, review, vesna).instead_of == cast.goran


def also_for(cast: Cast, vesna: User, last: int) -> Delegate:
    """Vesna reviews for Social Policy too, and may answer there instead of Biljana."""
    enter_role(vesna, cast.social, Role.REVIEWER)
    until = today() + timedelta(days=last)
    return delegate(cast.biljana, cast.biljana, cast.social, vesna, today(), until, "On leave.")


def test_a_comment_lifts_the_end_for_the_institution_alone_for_which_it_was_written(
    cast: Cast, review: Review, vesna: User
) -> None:
    days(cast, vesna, 0, 2)
    also_for(cast, vesna, 2)
    said: Institution | None = write_comment(vesna, review, cast.uids[0], "en", "Too long.").institution
    other = cast.interior if said == cast.social else cast.social
    held = lasting(vesna)
    assert (held[f"comment {said}"], held[f"comment {other}"]) == (None, 2)


def test_of_a_delegate_for_two_nothing_is_left_of_the_one_that_another_was_asked_for(
    cast: Cast, review: Review, vesna: User
) -> None:
    days(cast, vesna, 0, 2)
    also_for(cast, vesna, 4)
    vera = person("Vera", cast.interior, Role.REVIEWER)
    ask_another(cast.coordinator, seat_of(review, cast.interior), vera)
    assert lasting(vesna) == {"sign_off Ministry of Social Policy": 4, "comment Ministry of Social Policy": 4}


def test_with_the_seat_of_who_leaves_it_goes_to_the_delegates_of_who_takes_over(
    cast: Cast, review: Review, vesna: User
) -> None:
    zoran, dime = (person(name, cast.interior, Role.REVIEWER) for name in ("Zoran", "Dime"))
    leader = person("Liljana", cast.interior, Role.COORDINATOR)
    days(cast, vesna, 0, 90)
    delegate(zoran, zoran, cast.interior, dime, today(), today() + timedelta(days=9), "On leave.")
    hand_over(leader, Membership.objects.get(user=cast.goran), zoran)
    assert not may(vesna, Verb.READ, review.edition)
    assert client_of(vesna).get(to("review:room", review.pk)).status_code == 404
    assert sign(cast, review, dime).instead_of == zoran


def test_of_a_text_that_is_adopted_for_a_later_day_each_delegation_ends_what_it_gave(
    cast: Cast, review: Review, vesna: User
) -> None:
    narrow(Classification.OFFICIAL)
    long, other = days(cast, vesna, 0, 90), also_for(cast, vesna, 50)
    days(cast, vesna, 0, 5)
    sign(cast, review, vesna)
    sign_off(cast.biljana, seat_of(review, cast.social), "agree", "", review.manifest.sha256)
    sign_off(cast.teuta, seat_of(review, cast.justice), "agree", "", review.manifest.sha256)
    edition = Edition.objects.get(pk=review.edition_id)
    adopt_edition(cast.coordinator, edition, [act()], today() + timedelta(days=60))
    end_delegate(cast.biljana, other)
    assert lasting(vesna) == {"comment Ministry of Interior": 90}
    end_delegate(cast.goran, long)
    assert lasting(vesna) == {"comment Ministry of Interior": 5}
    assert Seat.objects.for_respondent(vesna).filter(stage__review=review).exists()


def test_reading_on_follows_from_an_answer_and_ends_with_a_delegation(cast: Cast) -> None:
    narrow(Classification.OFFICIAL)
    vera, silent = (
        person("Vera", cast.social, Role.REVIEWER),
        person("Silent", cast.interior, Role.REVIEWER),
    )
    today = timezone.localdate()
    plans = [
        Plan((Respondent(cast.interior), Respondent(cast.social, cast.biljana))),
        Plan((Respondent(cast.justice, cast.teuta),)),
        Plan(),
    ]
    given = delegate(
        cast.biljana, cast.biljana, cast.social, vera, today, today + timedelta(days=30), "Leave."
    )
    review = start_review(cast.coordinator, cast.edition, cast.procedure, plans)
    sign_seat(cast.goran, seat_of(review, cast.interior))
    sign_seat(vera, seat_of(review, cast.social))
    sign_seat(cast.teuta, seat_of(review, cast.justice))
    adopt_edition(
        cast.coordinator, Edition.objects.get(pk=cast.edition.pk), [act()], today + timedelta(days=60)
    )
    edition = Edition.objects.get(pk=cast.edition.pk)
    assert edition.state == State.APPROVED

    def readers() -> set[str]:
        people = (cast.goran, cast.biljana, cast.teuta, vera, silent, cast.outsider)
        return {user.name for user in people if may(User.objects.get(pk=user.pk), Verb.READ, edition)}

    assert readers() == {"Goran", "Biljana", "Teuta", "Vera"}
    end_delegate(cast.biljana, given)
    assert readers() == {"Goran", "Biljana", "Teuta"}
