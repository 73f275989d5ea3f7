"""Reminders, the calendar, and silence that is taken as assent."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone
from icalendar import Calendar

from documents.actions.classify import change_classification
from documents.actions.errors import ActionError
from documents.choices import Classification
from mail.models import Message
from people.models import Membership, User
from people.roles import Role
from tests.support.html import PageClient
from tests.support.reviews import (
    Cast,
    client_of,
    hash_now,
    make_cast,
    open_review,
    page_of,
    person,
    say,
    seat_in,
    seat_of,
    sign,
    to,
)
from tests.support.sign_in import give_app
from tests.support.tampering import unguarded
from workflows.actions.delegate import delegate
from workflows.actions.remind import extend_deadline, remind
from workflows.actions.reopen import reopen
from workflows.actions.restart import restart, withdraw_review
from workflows.models import CalendarFeed, Review, Seat, Stage
from workflows.procedures.deadlines import next_working
from workflows.reminders.deadlines import send_reminders, take_silence_as_assent


def told(template: str) -> list[str]:
    return sorted(Message.objects.filter(template=template).values_list("to", flat=True))


def noon(review: Review, days: int) -> datetime:
    """Noon, so many days after the deadline of the first stage."""
    due = review.stages.get(order=1).due
    assert due is not None
    return due - timedelta(hours=12) + timedelta(days=days)


def test_reminders_go_before_on_and_after_each_once(cast: Cast, review: Review) -> None:
    sign(cast.biljana, seat_of(review, cast.social))
    assert send_reminders(noon(review, -5)) == 0
    for days, reminders, escalations in ((-3, 1, 0), (-2, 1, 0), (0, 2, 0), (1, 3, 1), (2, 3, 1), (8, 4, 2)):
        send_reminders(noon(review, days))
        send_reminders(noon(review, days))
        assert told("reminder") == [cast.goran.email] * reminders, days
        assert told("late") == [cast.coordinator.email] * escalations, days
    late = Message.objects.filter(template="late").first()
    assert late is not None and "Ministry of Interior" in late.text and "8 days late" in late.subject
    assert "Social" not in late.text


def test_a_deadline_that_was_moved_begins_anew(cast: Cast, review: Review) -> None:
    send_reminders(noon(review, 0))
    assert len(told("reminder")) == 2
    stage = review.stages.get(order=1)
    assert stage.due_day is not None
    extend_deadline(cast.coordinator, stage, stage.due_day + timedelta(days=10), "A holiday.")
    send_reminders(noon(review, -1))
    send_reminders(noon(review, -1))
    assert len(told("reminder")) == 4


def test_none_go_on_the_day_on_which_one_was_asked_nor_after_the_end(cast: Cast, review: Review) -> None:
    stage = review.stages.get(order=1)
    assert stage.opened is not None
    assert send_reminders(stage.opened) == 0
    sign(cast.goran, seat_of(review, cast.interior), "return", "No.")
    assert send_reminders(noon(review, 30)) == 0


def address_of(user: User) -> str:
    page = client_of(user).post(to("review:calendar"))
    address: str = page.context["address"]
    return address.removeprefix(address.split("/calendar/")[0])


def events(user: User) -> list[str]:
    answer = PageClient(HTTP_HOST="testserver").get(address_of(user))
    assert answer["Content-Type"].startswith("text/calendar")
    return [str(event["summary"]) for event in Calendar.from_ical(answer.content).walk("VEVENT")]


def test_the_calendar_has_what_is_asked_and_what_one_runs(cast: Cast, review: Review) -> None:
    assert events(cast.goran) == ["Answer: Procedures"]
    assert events(cast.coordinator) == ["Sign-off by the institutions: Procedures"]
    assert events(cast.teuta) == []
    sign(cast.goran, seat_of(review, cast.interior))
    assert events(cast.goran) == []


def test_no_title_that_is_not_public_stands_in_it(db: None) -> None:
    cast = make_cast(Classification.OFFICIAL)
    cast.start()
    assert events(cast.goran) == ["Answer: a document"]


def test_the_address_is_secret_can_be_ended_and_ends_with_the_person(cast: Cast, review: Review) -> None:
    anyone = PageClient()
    first = address_of(cast.goran)
    assert anyone.get(first).status_code == 200
    second = address_of(cast.goran)
    assert anyone.get(first).status_code == 404 and anyone.get(second).status_code == 200
    assert CalendarFeed.objects.get().token_sha256 not in second
    assert client_of(cast.goran).post(to("review:calendar"), {"end": "1"}).status_code == 302
    assert anyone.get(second).status_code == 404
    third = address_of(cast.goran)
    User.objects.filter(pk=cast.goran.pk).update(is_active=False)
    assert anyone.get(third).status_code == 404
    assert anyone.get("/calendar/x.ics").status_code == 404


@pytest.mark.parametrize("who", ["drafter"])
def test_who_is_never_asked_has_no_calendar(cast: Cast, who: str) -> None:
    assert client_of(getattr(cast, who)).get(to("review:calendar")).status_code == 404


def test_a_reminder_goes_to_who_was_asked(cast: Cast, review: Review) -> None:
    assert remind(cast.coordinator, seat_of(review, cast.interior)) == [cast.goran]
    assert Message.objects.get(template="reminder").to == cast.goran.email
    assert seat_of(review, cast.interior).reminded is not None


def test_a_late_one_says_how_late(cast: Cast, review: Review) -> None:
    Stage.objects.filter(review=review, order=1).update(due=timezone.now() - timedelta(days=4))
    remind(cast.coordinator, seat_of(review, cast.interior))
    assert Message.objects.get(template="reminder").subject.startswith("4 days late")


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
        with pytest.raises(ActionError) as refusal:
            extend_deadline(cast.coordinator, stage, later, reason)
        assert refusal.value.code == code
    with pytest.raises(ActionError):
        extend_deadline(cast.coordinator, review.stages.get(order=2), day, "Not open.")


GONE = ["account", "role"]


def leave(cast: Cast, how: str) -> None:
    """Goran, whom Interior was asked by, is there no more."""
    if how == "account":
        cast.goran.is_active = False
        cast.goran.save()
    else:
        Membership.objects.filter(user=cast.goran).update(ends=timezone.localdate())


def silent(cast: Cast) -> tuple[Review, Seat]:
    """A consultation in which Interior alone has not answered."""
    review = open_review(cast)
    sign(cast.biljana, seat_in(review, 1, cast.social))
    return review, seat_in(review, 1, cast.interior)


def taken(review: Review) -> list[Seat]:
    due = review.stages.get(order=1).due
    assert due is not None
    return take_silence_as_assent(due + timedelta(minutes=1))


@pytest.mark.parametrize("how", GONE)
def test_nobody_there_could_have_answered(cast: Cast, how: str) -> None:
    review, seat = silent(cast)
    leave(cast, how)
    assert taken(review) == [] and review.stages.get(order=1).open
    due = review.stages.get(order=1).due
    assert due is not None
    send_reminders(due + timedelta(days=1))
    said = "Goran is no longer a reviewer of this institution, and nobody else can answer."
    assert f"Ministry of Interior: {said}" in Message.objects.get(template="late").text
    assert not Message.objects.filter(template="reminder", to=cast.goran.email).exists()
    page = page_of(cast.coordinator, to("coordinate:review", review.pk))
    assert said in page
    assert "Nobody at the institution could answer, so no answer does not count as agreement." in page
    with unguarded():
        Membership.objects.filter(user=cast.goran).update(ends=None)
    cast.goran.is_active = True
    cast.goran.save()
    assert taken(review) == [seat]


@pytest.mark.parametrize("how", GONE)
def test_any_reviewer_of_an_institution_that_has_none(cast: Cast, how: str) -> None:
    review, seat = silent(cast)
    Seat.objects.filter(pk=seat.pk).update(user=None)
    leave(cast, how)
    assert taken(review) == [] and review.stages.get(order=1).open
    page = page_of(cast.coordinator, to("coordinate:review", review.pk))
    assert "This institution no longer has a reviewer." in page and "Invite another reviewer" in page
    person("Vesna", cast.interior, Role.REVIEWER)
    assert taken(review) == [seat]


def test_a_delegate_could_have_answered_for_whose_account_was_closed(cast: Cast) -> None:
    review, seat = silent(cast)
    vesna = person("Vesna", cast.interior, Role.REVIEWER)
    today: date = timezone.localdate()
    delegate(cast.goran, cast.goran, cast.interior, vesna, today, today + timedelta(days=5), "On leave.")
    leave(cast, "account")
    held = Membership.objects.get(user=vesna)
    Membership.objects.filter(pk=held.pk).update(ends=today)
    assert taken(review) == [], "who was named reviews there no longer either"
    with unguarded():
        Membership.objects.filter(pk=held.pk).update(ends=None)
    assert taken(review) == [seat]


def put_in(cast: Cast, review: Review) -> None:
    """Words that Goran suggested stand in the text."""
    comment = say(cast, review)
    client = client_of(cast.coordinator)
    client.post(to("review:accept", review.pk, comment.pk), {"seen": hash_now(cast)})


def test_an_author_is_told_that_they_cannot_answer_wherever_they_are_asked(cast: Cast) -> None:
    review = open_review(cast)
    asked = Message.objects.get(template="asked", to=cast.goran.email).text
    assert "it counts as agreement" in asked and "You are an author" not in asked
    put_in(cast, review)
    stage = review.stages.get(order=1)
    assert stage.due_day
    extend_deadline(cast.coordinator, stage, stage.due_day + timedelta(days=7), "Holidays.")
    told = Message.objects.get(template="extended", to=cast.goran.email).text
    assert "it counts as agreement" not in told and "You are an author of this text" in told
    assert "it counts as agreement" in Message.objects.get(template="extended", to=cast.biljana.email).text
    for page in ("/en/", "/en/review/"):
        said = page_of(cast.goran, page)
        assert "You are an author of this text. Another reviewer must answer." in said
        assert "Read and answer" not in said
    room = page_of(cast.goran, to("review:room", review.pk))
    assert "answer this" in room and "sign this off" not in room and "were put into it" in room
    assert to("review:matrix", review.pk) in room


def test_the_mail_says_that_a_second_factor_takes_time(cast: Cast) -> None:
    review = open_review(cast)
    Stage.objects.filter(review=review).update(second_factor=True)
    remind(cast.coordinator, seat_in(review, 1, cast.interior))
    said = Message.objects.get(template="reminder", to=cast.goran.email).text
    assert "If you set the password by e-mail, you must wait one day." in said
    give_app(cast.goran)
    Seat.objects.update(reminded=None)
    remind(cast.coordinator, seat_in(review, 1, cast.interior))
    said = Message.objects.filter(template="reminder", to=cast.goran.email).latest("pk").text
    assert "wait one day" not in said
    assert "a code from the authenticator app on your phone" in said


def test_whom_the_classification_keeps_out_could_not_have_answered(cast: Cast) -> None:
    review, seat = silent(cast)
    change_classification(cast.coordinator, cast.edition.instrument, "tlp_amber_strict", "Not for others.")
    assert taken(review) == [] and review.stages.get(order=1).open
    page = page_of(cast.coordinator, to("coordinate:review", review.pk))
    assert "No reviewer of the institution can read the document any longer" in page
    with pytest.raises(ActionError):
        remind(cast.coordinator, seat)


MOVES: dict[str, Callable[[Cast, Review], object]] = {
    "more time": lambda cast, review: extend_deadline(
        cast.coordinator, review.stages.get(order=1), review.today + timedelta(days=60), "WHY"
    ),
    "reopened": lambda cast, review: reopen(cast.coordinator, review, "WHY"),
    "withdrawn": lambda cast, review: withdraw_review(cast.coordinator, review, "WHY", text_too=False),
    "restarted": lambda cast, review: restart(cast.coordinator, review, 1, "WHY"),
    "reminders": lambda cast, review: send_reminders(timezone.now() + timedelta(days=60)),
}


@pytest.mark.parametrize("move", MOVES.values(), ids=MOVES)
@pytest.mark.parametrize("how", ["classified", "left"])
def test_who_may_not_know_of_it_any_more_is_told_nothing(
    cast: Cast, how: str, move: Callable[[Cast, Review], object]
) -> None:
    review = cast.start()
    sign(cast.goran, review.stages.get(order=1).seats.get(user=cast.goran))
    if how == "left":
        leave(cast, "role")
    else:
        change_classification(
            cast.coordinator, cast.edition.instrument, "tlp_amber_strict", "Not for others."
        )
    Message.objects.all().delete()
    move(cast, Review.objects.get(pk=review.pk))
    told = set(Message.objects.values_list("to", flat=True))
    assert cast.goran.email not in told
    assert (cast.biljana.email in told) == (how == "left")
