"""An act dated before the last sign-off, or before the text was submitted: it is asked, and taken when that
is confirmed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from audit.models import Entry
from audit.verify import problems
from documents.choices import State
from documents.models import AdoptionAct
from tests.support.reviews import Cast, act_form, client_of, pass_all, seat_of, sign, to
from workflows.actions.start_review import Asked, Plan, start_review
from workflows.models import Procedure, Review
from workflows.pages.coordinator.adopt import _signed_on
from workflows.procedures.deadlines import day_there
from workflows.reminders.deadlines import take_silence_as_assent

TODAY = timezone.localdate()


def dated(day: date, **other: object) -> dict[str, object]:
    form = act_form(**{"act0-date": day.isoformat(), "act0-published": "", "valid_from": TODAY.isoformat()})
    del form["antedated"]
    return form | other


@pytest.fixture
def signed(cast: Cast, review: Review) -> Review:
    pass_all(cast, review)
    return review


def test_an_act_before_the_sign_offs_is_asked_and_taken_when_confirmed(cast: Cast, signed: Review) -> None:
    client, address = client_of(cast.coordinator), to("coordinate:adopt", signed.pk)
    before = TODAY - timedelta(days=6)
    assert "id_antedated" not in client.get(address).content.decode()
    asked = client.post(address, dated(before))
    page = asked.content.decode()
    assert asked.status_code == 409 and "Is that date right?" in page
    assert "The last sign-off was given on" in page and '<a href="#id_antedated">' in page
    assert "act.pdf was kept" in page, "nothing that was typed or chosen is lost"
    assert not AdoptionAct.objects.exists() and not Entry.objects.filter(verb="adopt").exists()
    # A tick for another date confirms nothing.
    other = (before - timedelta(days=1)).isoformat()
    assert client.post(address, dated(before, antedated=other)).status_code == 409
    assert client.post(address, dated(before, antedated=before.isoformat())).status_code == 302
    cast.edition.refresh_from_db()
    assert cast.edition.state == State.IN_FORCE and AdoptionAct.objects.get().date == before
    told = Entry.objects.get(verb="adopt")
    assert told.detail["antedated"] == [before.isoformat()]
    trail = client.get("/en/audit/").content.decode()
    assert "Act dated before the sign-offs, confirmed" in trail
    assert list(problems()) == []


def test_an_act_of_the_day_of_the_last_sign_off_is_taken_unasked(cast: Cast, signed: Review) -> None:
    client = client_of(cast.coordinator)
    assert client.post(to("coordinate:adopt", signed.pk), dated(TODAY)).status_code == 302
    assert "antedated" not in Entry.objects.get(verb="adopt").detail


def test_what_else_is_wrong_is_said_with_the_question(cast: Cast, signed: Review) -> None:
    before = TODAY - timedelta(days=6)
    early = (before - timedelta(days=1)).isoformat()
    form = dated(before, valid_from=early)
    page = client_of(cast.coordinator).post(to("coordinate:adopt", signed.pk), form).content.decode()
    assert "Is that date right?" in page and "in force before the act" in page
    form = dated(before, valid_from=early, antedated=before.isoformat())
    page = client_of(cast.coordinator).post(to("coordinate:adopt", signed.pk), form).content.decode()
    assert "in force before the act" in page and f'value="{before.isoformat()}" checked' in page


def test_the_question_is_asked_in_the_language_of_the_reader(cast: Cast, signed: Review) -> None:
    cast.coordinator.language = "mk"
    cast.coordinator.save(update_fields=["language"])
    address = to("coordinate:adopt", signed.pk).replace("/en/", "/mk/")
    page = client_of(cast.coordinator).post(address, dated(TODAY - timedelta(days=6))).content.decode()
    assert "г. Дали тој датум е точен?" in page and "Is that date right?" not in page
    assert "г.." not in page, "a date ends in a dot there"


def test_of_several_acts_each_that_is_early_is_asked(cast: Cast, signed: Review) -> None:
    before = TODAY - timedelta(days=6)
    form = dated(before, acts="2")
    form |= {key.replace("act0", "act1"): value for key, value in form.items() if key.startswith("act0-")}
    form |= {"act1-date": TODAY.isoformat(), "act1-number": "41-1/2026", "act1-signed": ""}
    page = client_of(cast.coordinator).post(to("coordinate:adopt", signed.pk), form).content.decode()
    assert page.count("Is that date right?") == 2, "at the head and beside the tick, of one act"
    assert "Act no. 40-1/2026 bears" in page and "Act no. 41-1/2026 bears" not in page


def test_silence_that_was_taken_as_assent_is_a_sign_off_too(cast: Cast) -> None:
    """An act of the day of the last vote is asked about where others assented by silence after it."""
    stages = [{"kind": "sign_off", "silence": "assent"}, {"kind": "adoption"}]
    procedure = Procedure.objects.create(key="mk-s", name="s", stages=stages)
    asked = Plan((Asked(cast.interior, cast.goran), Asked(cast.social, cast.biljana)))
    review = start_review(cast.coordinator, cast.edition, procedure, [asked, Plan()])
    sign(cast.goran, seat_of(review, cast.interior))
    later = timezone.now() + timedelta(days=60)
    assert take_silence_as_assent(later)
    day, words = _signed_on(review)
    assert day == day_there(later, review.zone) and words.startswith("Silence was last taken as assent on")
