"""One person answers for one institution in a stage, also who reviews for two."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from audit.models import Entry
from documents.actions.errors import ActionError, NotReady
from mail.models import Message
from people.actions.invite import enter_role
from people.models import Membership, User
from people.roles import Role
from tests.support.records import exports, institutions, make_adopted, sealed
from tests.support.reviews import Cast, client_of, page_of, person, seat_of, sign, to
from tests.support.tampering import unguarded
from workflows.actions.ask_another import ask_another
from workflows.actions.delegate import delegate
from workflows.actions.remind import extend_deadline, remind
from workflows.actions.start_review import Plan, Respondent, start_review
from workflows.models import Procedure, Review, Seat, Stage
from workflows.pages.calendar import calendar_of
from workflows.record.build import build
from workflows.record.verify import problems
from workflows.reminders.deadlines import send_reminders, take_silence_as_assent

STAGES: list[dict[str, object]] = [{"kind": "sign_off", "silence": "assent"}, {"kind": "adoption"}]


@pytest.fixture
def twice(cast: Cast) -> User:
    """A reviewer of Interior and of Social Policy."""
    user = person("Hana", cast.interior, Role.REVIEWER)
    enter_role(user, cast.social, Role.REVIEWER)
    return User.objects.get(pk=user.pk)


def begin(cast: Cast, *asked: Respondent) -> Review:
    procedure = Procedure.objects.create(key="mk-one", name="One", stages=STAGES)
    return start_review(cast.coordinator, cast.edition, procedure, [Plan(asked), Plan()])


def room(user: User, review: Review, seat: Seat | None = None) -> str:
    query = f"?seat={seat.pk}" if seat else ""
    return " ".join(page_of(user, to("review:room", review.pk) + query).split())


def test_a_second_answer_is_refused_and_said_before_it_is_tried(cast: Cast, twice: User) -> None:
    review = begin(cast, Respondent(cast.interior), Respondent(cast.social))
    sign(twice, seat_of(review, cast.interior))
    with pytest.raises(ActionError, match="answered for Ministry of Interior") as refusal:
        sign(twice, seat_of(review, cast.social))
    assert refusal.value.code == "answered_beside"
    assert Entry.objects.filter(verb="sign_off", refused=True).count() == 1
    own = page_of(twice, to("review:room", review.pk) + f"?seat={seat_of(review, cast.social).pk}")
    assert "One person can answer for one institution only." in own and 'name="choice"' not in own
    assert "is asked for one more answer" not in page_of(twice, to("review:room", review.pk))
    sign(cast.biljana, seat_of(review, cast.social))
    assert Stage.objects.get(review=review, order=1).outcome == "passed"


def test_the_room_leads_first_to_the_seat_that_names_one(cast: Cast, twice: User) -> None:
    review = begin(cast, Respondent(cast.interior), Respondent(cast.social, twice))
    own, other = seat_of(review, cast.social), seat_of(review, cast.interior)
    page = room(twice, review)
    assert f'name="seat" value="{own.pk}"' in page
    assert "One person can answer for one institution only in a stage." in page
    assert "<b>Ministry of Social Policy</b>: you are the assigned reviewer" in page
    assert f'?seat={other.pk}#answer">Ministry of Interior</a>: Goran can also answer' in page
    assert "is asked for one more answer" not in page


def test_and_else_to_the_one_for_which_nobody_else_can_answer(cast: Cast, twice: User) -> None:
    review = begin(cast, Respondent(cast.interior), Respondent(cast.social))
    Membership.objects.filter(user=cast.biljana).update(ends=timezone.localdate())
    page = room(twice, review)
    assert f'name="seat" value="{seat_of(review, cast.social).pk}"' in page
    assert "Ministry of Social Policy</b>: only you can answer" in page
    assert "One person can answer" not in room(cast.goran, review)


def test_after_it_nothing_asks_for_the_other(cast: Cast, twice: User) -> None:
    review = begin(cast, Respondent(cast.interior), Respondent(cast.social))
    Membership.objects.filter(user=cast.biljana).update(ends=timezone.localdate())
    own, other = seat_of(review, cast.interior), seat_of(review, cast.social)
    address = f"{to('review:room', review.pk)}?seat={other.pk}"
    for page in (to("review:list"), "/en/"):
        assert address in page_of(twice, page)
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
        assert address not in page_of(twice, page)
    assert f"seat-{other.pk}@" not in calendar_of(twice).decode()
    with pytest.raises(ActionError, match="has answered for another institution in this stage"):
        remind(cast.coordinator, other)
    page = room(twice, review)
    assert ": Ministry of Interior" in page and "Agree, " in page
    told = "Nobody else can answer there. Tell the coordinator, " + cast.coordinator.name
    assert "also answer for Ministry of Social Policy in this stage" in page and told in page
    there = room(twice, review, other)
    assert (
        "Another reviewer must answer" not in there
        and f"Tell the coordinator, {cast.coordinator.name}" in there
    )
    enter_role(cast.biljana, cast.social, Role.REVIEWER)
    assert "These people can: Biljana." in room(twice, review)
    assert "These people can answer for your institution: Biljana." in room(twice, review, other)
    assert remind(cast.coordinator, other) == [cast.biljana]


def test_nobody_is_asked_for_two(cast: Cast, twice: User) -> None:
    with pytest.raises(NotReady) as refusal:
        begin(cast, Respondent(cast.interior, twice), Respondent(cast.social, twice))
    assert [one.code for one in refusal.value.problems] == ["asked_beside"]
    assert "Hana is chosen for Ministry of Interior and for Ministry of Social Policy" in str(
        refusal.value.problems[0]
    )
    Procedure.objects.filter(key="mk-one").delete()
    review = begin(cast, Respondent(cast.interior, twice), Respondent(cast.social, cast.biljana))
    with pytest.raises(ActionError) as told:
        ask_another(cast.coordinator, seat_of(review, cast.social), twice)
    assert told.value.code == "asked_beside"
    page = page_of(cast.coordinator, to("coordinate:review", review.pk))
    assert f'<option value="{twice.pk}"' not in page


def test_their_silence_for_the_other_is_no_assent(cast: Cast, twice: User) -> None:
    review = begin(cast, Respondent(cast.interior), Respondent(cast.social))
    sign(twice, seat_of(review, cast.interior))
    Membership.objects.filter(user=cast.biljana).update(
        ends=timezone.localdate()
    )  # nobody else is left for Social Policy
    Stage.objects.filter(review=review).update(due=timezone.now() - timedelta(seconds=1))
    assert take_silence_as_assent() == []
    assert Seat.objects.get(pk=seat_of(review, cast.social).pk).assented is None
    page = page_of(cast.coordinator, to("coordinate:review", review.pk))
    assert "has answered for another institution in this stage" in page and "Invite another reviewer" in page
    assert "no answer does not count as agreement. The answer is still required" in page


def test_one_silence_is_taken_for_one_institution(cast: Cast, twice: User) -> None:
    review = begin(cast, Respondent(cast.interior), Respondent(cast.social))
    Membership.objects.filter(user__in=[cast.goran, cast.biljana]).update(
        ends=timezone.localdate()
    )  # she alone is left in both
    Stage.objects.filter(review=review).update(due=timezone.now() - timedelta(seconds=1))
    assert [seat.institution for seat in take_silence_as_assent()] == [cast.interior]
    assert take_silence_as_assent() == []
    assert Stage.objects.get(review=review, order=1).outcome == ""
    with pytest.raises(ActionError, match="answered for Ministry of Interior"):
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
    with unguarded():
        Seat.objects.filter(pk=justice.pk).update(user=cast.goran)
    page = client_of(User.objects.get(pk=cast.goran.pk)).get(to("review:room", review.pk))
    assert page.status_code == 200


BOTH = "– Ministry of Interior\n– Ministry of Social Policy"


def both(cast: Cast, *asked: Any) -> Review:
    return begin(cast, Respondent(cast.interior), Respondent(cast.social))


def test_each_line_says_for_which_institution(cast: Cast, twice: User) -> None:
    both(cast)
    home = page_of(twice, "/en/")
    for name in ("Ministry of Interior", "Ministry of Social Policy"):
        assert name in home
        assert f": Sign-off, {name}</span>" in page_of(twice, to("review:list"))
    assert "Ministry of Interior" not in page_of(cast.goran, "/en/")


def test_one_letter_asks_for_both_and_one_reminds(cast: Cast, twice: User) -> None:
    review = both(cast)
    asked = Message.objects.get(to=twice.email, template="asked")
    assert "asks these institutions to answer by" in asked.text and f":\n{BOTH}\n" in asked.text
    assert "You can answer for several: choose one." in asked.text
    assert f"/review/{review.pk}/\n" in asked.text and "?seat=" not in asked.text
    goran = Message.objects.get(to=cast.goran.email, template="asked")
    assert "asks Ministry of Interior to answer by" in goran.text and "several" not in goran.text
    assert f"?seat={seat_of(review, cast.interior).pk}" in goran.text
    with transaction.atomic(), unguarded():
        Stage.objects.filter(review=review, order=1).update(
            opened=timezone.now() - timedelta(days=20), due=timezone.now() - timedelta(days=1)
        )
    send_reminders()
    assert f"Not answered:\n{BOTH}\n" in Message.objects.get(to=twice.email, template="reminder").text
    assert Message.objects.filter(to=cast.biljana.email, template="reminder").count() == 1


def test_one_letter_tells_of_more_time_and_one_that_the_text_goes_on(cast: Cast, twice: User) -> None:
    stages = [{"kind": "sign_off", "quorum": "any"}, {"kind": "adoption"}]
    procedure = Procedure.objects.create(key="mk-any", name="Any", stages=stages)
    asked = tuple(Respondent(one) for one in (cast.interior, cast.social, cast.justice))
    review = start_review(cast.coordinator, cast.edition, procedure, [Plan(asked), Plan()])
    stage = Stage.objects.get(review=review, order=1)
    extend_deadline(cast.coordinator, stage, date.today() + timedelta(days=60), "Holidays.")
    told = Message.objects.get(to=twice.email, template="extended")
    assert f"for these institutions:\n{BOTH}\n" in told.text
    sign(cast.teuta, seat_of(review, cast.justice))
    assert (
        f"These institutions did not answer:\n{BOTH}\n"
        in Message.objects.get(to=twice.email, template="goes_on").text
    )


def test_an_author_with_two_seats_reads_on_one_page_who_answers(cast: Cast, twice: User) -> None:
    cast.change(0, "Нови зборови.", by=cast.drafter)
    enter_role(cast.drafter, cast.interior, Role.REVIEWER)
    enter_role(cast.drafter, cast.social, Role.REVIEWER)
    review = both(cast)
    drafter = User.objects.get(pk=cast.drafter.pk)
    one, other = seat_of(review, cast.interior), seat_of(review, cast.social)
    for here, there, who in ((one, other, "Biljana, Hana"), (other, one, "Goran, Hana")):
        page = room(drafter, review, here)
        assert "You can&#x27;t sign this off" in page or "You can't sign this off" in page
        assert f"?seat={there.pk}#answer" not in page and "is asked for one more answer" not in page
        assert f"You also cannot answer for {there.body} (Sign-off). These people can: {who}." in page
    Membership.objects.filter(user__in=[cast.biljana, twice], institution=cast.social).update(
        ends=timezone.localdate()
    )
    assert "and nobody else can. Tell the coordinator, Elena." in room(drafter, review, one)


def test_no_reminder_is_offered_where_nobody_can_answer(cast: Cast) -> None:
    cast.change(0, "Нови зборови.", by=cast.drafter)
    review = both(cast)
    Membership.objects.filter(user=cast.goran).update(ends=timezone.localdate())
    enter_role(cast.drafter, cast.interior, Role.REVIEWER)
    page = page_of(cast.coordinator, to("coordinate:review", review.pk))
    assert "All reviewers of this institution are authors of this text" in page
    assert page.count("Send a reminder") == 1
    Message.objects.all().delete()
    with pytest.raises(ActionError, match="authors of this text or submitted it"):
        remind(cast.coordinator, seat_of(review, cast.interior))
    assert not Message.objects.exists()


def test_the_desk_says_that_two_institutions_hang_on_one_person(cast: Cast, twice: User) -> None:
    review = both(cast)
    page = page_of(cast.coordinator, to("coordinate:review", review.pk))
    assert "can answer for this institution and for" not in page
    Membership.objects.filter(user__in=[cast.goran, cast.biljana]).update(ends=timezone.localdate())
    page = " ".join(page_of(cast.coordinator, to("coordinate:review", review.pk)).split())
    for other in ("Ministry of Interior", "Ministry of Social Policy"):
        assert f"Only Hana can answer for this institution and for {other} in this stage" in page
    assert page.count("Invite another reviewer") == 2 and page.count("Send a reminder") == 2


def test_a_delegate_s_word_is_that_of_who_was_asked(cast: Cast, twice: User) -> None:
    review = begin(cast, Respondent(cast.interior, twice), Respondent(cast.social))
    today = date.today()
    delegate(twice, twice, cast.interior, cast.goran, today, today + timedelta(days=9), "On leave.")
    goran = User.objects.get(pk=cast.goran.pk)
    sign(goran, seat_of(review, cast.interior))
    with pytest.raises(ActionError, match="answered for Ministry of Interior") as told:
        sign(twice, seat_of(review, cast.social))
    assert told.value.code == "answered_beside"
    page = room(twice, review, seat_of(review, cast.social))
    assert (
        "You have already answered for Ministry of Interior in this stage" in page
        and 'name="choice"' not in page
    )
    assert "You have nothing to answer" in page_of(twice, "/en/")
    sign(cast.biljana, seat_of(review, cast.social))


def test_nor_is_it_given_after_they_spoke_for_another(cast: Cast, twice: User) -> None:
    review = begin(cast, Respondent(cast.interior, twice), Respondent(cast.social))
    today = date.today()
    delegate(twice, twice, cast.interior, cast.goran, today, today + timedelta(days=9), "On leave.")
    sign(twice, seat_of(review, cast.social))
    with pytest.raises(
        ActionError, match="Hana, whose delegate you are, has already answered for Ministry of Social"
    ) as told:
        sign(User.objects.get(pk=cast.goran.pk), seat_of(review, cast.interior))
    assert told.value.code == "answered_beside_by_delegate"
    page = page_of(cast.coordinator, to("coordinate:review", review.pk))
    assert "Hana has answered for another institution in this stage" in page
    assert "Choose another reviewer of this institution below." in page


def test_a_record_in_which_it_was_does_not_hold(cast: Cast, review: Review) -> None:
    edition = make_adopted(cast, review)
    record = build(edition)
    one, other = institutions(record)[:2]
    other["sign_offs"][0]["instead_of"] = one["sign_offs"][0]["person"]
    said = "\n".join(problems(sealed(record), exports(edition)))
    assert f"one person answered for {other['institution']} and for another institution" in said
