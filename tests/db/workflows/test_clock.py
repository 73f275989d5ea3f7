"""Reminders before, on and after a deadline; word to the coordinator; the calendar."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from icalendar import Calendar

from documents.choices import Classification
from mail.models import Message
from people.models import User
from tests.support.html import PageClient
from tests.support.reviews import Cast, client_of, make_cast, seat_of, sign, to
from workflows.actions.remind import extend_deadline
from workflows.models import CalendarFeed, Review
from workflows.reminders.deadlines import send_reminders


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
