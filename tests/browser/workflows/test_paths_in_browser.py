"""The ways of a review that are seldom gone, in a real browser: a translator between two stages, a language
that follows, silence, reminders in their reader's language."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone
from playwright.sync_api import Page, expect

from audit.verify import problems
from documents.actions.assign import assign
from documents.actions.create_instrument import create_instrument
from documents.choices import Classification, State
from documents.models import LanguageVersion
from mail.models import Message
from people.models import Membership, User
from people.roles import Role
from tests.support.documents.desk.browsing import end_of_text, save
from tests.support.reviews import Cast, fill, open_review, person, seat_in, seat_of, sign, to
from tests.support.tampering import unguarded
from tests.support.workflows.in_browser import office as office
from workflows.models import Review, Seat, Stage
from workflows.procedures.deadlines import end_of_day

__all__ = ["office"]
pytestmark = pytest.mark.django_db(transaction=True)


def tick() -> None:
    """What the worker does when its time has come."""
    call_command("work", once=True)


def due_in(review: Review, order: int, days: int) -> None:
    """As if so much time had passed: the stage was opened long ago, and its deadline is so many days from
    today."""
    day = review.today + timedelta(days=days)
    with transaction.atomic(), unguarded():
        Stage.objects.filter(review=review, order=order).update(
            opened=timezone.now() - timedelta(days=30), due=end_of_day(day, review.zone)
        )


def speaks(user: User, language: str) -> None:
    User.objects.filter(pk=user.pk).update(language=language)
    user.language = language


def authentic(cast: Cast) -> None:
    """Another document of the cast, in which Macedonian and English are authentic."""
    cast.edition = create_instrument(
        cast.coordinator,
        owner=cast.commission,
        slug="nrm",
        kind="sop",
        titles={"mk": "Упатување", "en": "Referral"},
        languages=["mk", "en"],
        authentic_languages=["mk", "en"],
        source_language="mk",
        classification=Classification.PUBLIC,
    )
    cast.uids = fill(cast.edition)


def translator(cast: Cast) -> User:
    tina = person("Tina", cast.commission, Role.TRANSLATOR)
    Membership.objects.filter(user=tina).update(languages=["en"])
    return tina


def write_at_the_end(page: Page, words: str) -> None:
    end_of_text(page)
    page.keyboard.type(words)
    save(page)


def test_a_translator_brings_a_language_up_to_date_before_the_text_is_locked(office: Any) -> None:
    cast, _review, open_as = office
    authentic(cast)
    tina = translator(cast)
    assign(cast.coordinator, cast.edition, tina, "en")
    running = open_review(cast)
    sign(cast.goran, seat_in(running, 1, cast.interior), "agree_with_remarks", "Sooner.")
    sign(cast.biljana, seat_in(running, 1, cast.social))
    cast.change(0, "Социјалниот работник ја проценува опасноста во рок од 12 часа.")

    # The coordinator, before the text is locked: a language is behind, and going on so needs a reason.
    desk = open_as(cast.coordinator, to("coordinate:review", running.pk))
    expect(desk.locator("main")).to_contain_text("English: 1 section is not translated or is out of date")

    page = open_as(tina, "/en/desk/")
    expect(page.locator("main")).to_contain_text("1 section to translate: English")
    page.click("text=Translate the first section")
    expect(page.locator("main")).to_contain_text("Before 24 часа, now 12 часа")
    write_at_the_end(page, " This was 24, and is 12 hours now.")
    page.reload()
    expect(page.locator("main")).not_to_contain_text("out of date")
    page.click("text=Read, comment and reply")
    expect(page).to_have_title(re.compile("Identification"))
    page.goto(page.url.split("/en/")[0] + "/en/desk/")
    expect(page.locator("main")).not_to_contain_text("to translate: English")

    desk.reload()
    expect(desk.locator("main")).not_to_contain_text("out of date")
    desk.click("text=Move to the next stage")
    cast.edition.refresh_from_db()
    assert cast.edition.state == State.IN_REVIEW and Stage.objects.get(review=running, order=3).open
    room = open_as(cast.goran, to("review:room", running.pk) + "?text=en")
    expect(room.locator("main")).to_contain_text("is 12 hours now")
    page.goto(page.url.split("/en/")[0] + f"/en/desk/{cast.edition.pk}/s/{cast.uids[0]}/en/")
    assert page.locator("form[data-editor]").count() == 0


def test_a_language_that_the_act_left_out_follows_by_its_own_act(office: Any) -> None:
    cast, _review, open_as = office
    authentic(cast)
    tina, rada = translator(cast), person("Rada", cast.commission, Role.REVIEWER)
    reader = person("Petar", cast.interior, Role.PRACTITIONER)
    review = cast.start()
    for user, institution in (
        (cast.goran, cast.interior),
        (cast.biljana, cast.social),
        (cast.teuta, cast.justice),
    ):
        sign(user, seat_of(review, institution))

    page = open_as(cast.coordinator, to("coordinate:adopt", review.pk))
    box = page.get_by_label("English")
    legend = page.get_by_text("Languages adopted now")
    place = legend.bounding_box()
    assert place and place["width"] > 200 and box.is_checked()
    box.uncheck()
    give_the_act(page, "40-1/2026")
    page.fill("[name=valid_from]", "2026-01-20")

    record_the_act(page)
    cast.edition.refresh_from_db()
    assert cast.edition.adopted

    page.goto(page.url.split("/en/")[0] + f"/en/desk/{cast.edition.pk}/versions/")
    expect(page.locator("main")).to_contain_text("Not adopted yet; in progress.")
    page.click("text=Assign someone")
    person_field = page.get_by_label("Person")
    person_field.select_option(person_field.locator("option", has_text="Tina").get_attribute("value"))
    page.click("text=Assign and notify")
    assert Message.objects.filter(to=tina.email).exists()

    page = open_as(tina, f"/en/desk/{cast.edition.pk}/versions/")
    page.click('text="Edit"')
    write_at_the_end(page, " So it stands in English.")
    page.goto(page.url.split("/en/")[0] + f"/en/desk/{cast.edition.pk}/versions/")
    page.click("text=Submit for checking")
    expect(page.locator("main")).to_contain_text("Waiting for a second person to check it.")
    assert page.locator("text=Check the translation").count() == 0, "who wrote it does not check it"
    assert Message.objects.filter(template="to_check", to=cast.coordinator.email).exists()

    page = open_as(rada, f"/en/desk/{cast.edition.pk}/versions/")
    page.click("text=Check the translation")
    original, translated = page.locator(".two-texts section").all()[:2]
    expect(translated).to_contain_text("So it stands in English.")
    left, right = original.bounding_box(), translated.bounding_box()
    assert left and right and left["x"] + left["width"] <= right["x"], "beside each other"
    page.click("text=The translation is correct")

    page = open_as(cast.coordinator, f"/en/desk/{cast.edition.pk}/versions/")
    expect(page.locator("main")).to_contain_text("Checked; the act is not recorded yet.")
    page.click("text=Record the act")
    give_the_act(page, "77/2026")
    record_the_act(page)
    assert not LanguageVersion.objects.filter(edition=cast.edition, unfinished=True).exists()

    page = open_as(reader, f"/en/i/mk/nrm/1/s/{cast.uids[0]}/?text=en")
    expect(page.locator("main")).to_contain_text("So it stands in English.")
    assert list(problems()) == []


def give_the_act(page: Page, number: str) -> None:
    page.fill("[name=act0-body]", "Government")
    page.fill("[name=act0-number]", number)
    page.fill("[name=act0-date]", "2026-01-15")


def record_the_act(page: Page) -> None:
    """Its date lies before the sign-offs of today: the page asks, and takes it when that is confirmed."""
    page.click("text=Check and record")
    expect(page.locator("main")).to_contain_text("Is this date correct?")
    page.click("text=Is this date correct? >> nth=0")  # the summary leads to the tick
    page.check("#id_antedated")
    page.click("text=Check and record")
    page.click("main button[value=confirmed]")


def test_silence_is_taken_as_assent_by_the_worker_and_the_pages_say_so(office: Any) -> None:
    cast, _review, open_as = office
    authentic(cast)
    running = open_review(cast)
    sign(cast.goran, seat_in(running, 1, cast.interior), "agree_with_remarks", "Sooner.")
    room = open_as(cast.biljana, to("review:room", running.pk))
    expect(room.locator(".inst .me")).to_contain_text("waiting")
    tick()
    assert not Seat.objects.filter(assented__isnull=False).exists(), "the deadline has not passed"
    due_in(running, 1, -1)
    tick()
    room.reload()
    for place in (".todo", ".sign"):
        expect(room.locator(place)).to_contain_text(
            re.compile(r"No answer\. This was counted as agreement on")
        )
    mine = room.locator(".inst .me")
    expect(mine).to_contain_text("no answer, counted as agreement")
    expect(mine.locator("span.i-ok")).to_have_count(1)
    expect(room.locator("#who-h")).to_have_text("2 of 2 answers received")
    desk = open_as(cast.coordinator, to("coordinate:review", running.pk))
    expect(desk.locator(".seats").first).to_contain_text("This was counted as agreement on")
    expect(desk.locator(".seats").first.locator(".who span.i-ok")).to_have_count(2)
    outbox = open_as(cast.coordinator, to("mail:outbox"))
    expect(outbox.locator(".mails")).to_contain_text(
        "The stage “Coordination” has started. No comments need an answer."
    )


def test_reminders_come_in_the_language_of_their_reader(office: Any) -> None:
    cast, review, open_as = office
    speaks(cast.goran, "sq")
    speaks(cast.biljana, "mk")
    speaks(cast.coordinator, "sr-cyrl")
    sign(cast.biljana, seat_of(review, cast.social))
    subjects = []
    for days in (2, 0, -1, -9):
        due_in(review, 1, days)
        tick()
        tick()  # each goes once
        subjects.append(Message.objects.filter(template="reminder").count())
    assert subjects == [1, 2, 3, 4] and not Message.objects.filter(template="reminder", to=cast.biljana.email)
    page = open_as(cast.goran, "/sq/outbox/")
    headings = page.locator(".mails h2").all_text_contents()
    assert headings[:4] == [
        "9 ditë vonesë: Процедури",
        "1 ditë vonesë: Процедури",
        "Kujtesë: Процедури",
        "Kujtesë: Процедури",
    ]
    expect(page.locator(".mails li").first).to_contain_text("ende mungon përgjigjja")
    page = open_as(cast.coordinator, "/sr-cyrl/outbox/")
    assert page.locator(".mails h2").all_text_contents() == [
        "Касни 9 дана: Процедури",
        "Касни 1 дан: Процедури",
    ]
    late = page.locator(".mails li").first
    expect(late).to_contain_text("Рок за „Сагласност институција“ био је")
    expect(late).to_contain_text("Ministry of Interior")
    expect(late).not_to_contain_text("Ministry of Social Policy")
    text = late.inner_text()
    assert ".." not in text and "г. ." not in text


def test_a_coordination_that_is_late_says_that_it_waits_for_the_coordinator(office: Any) -> None:
    cast, _review, open_as = office
    authentic(cast)
    speaks(cast.coordinator, "mk")
    running = open_review(cast)
    for user, place in ((cast.goran, cast.interior), (cast.biljana, cast.social)):
        sign(user, seat_in(running, 1, place))
    due_in(running, 2, -1)
    tick()
    late = open_as(cast.coordinator, "/mk/outbox/").locator(".mails li").first
    expect(late).to_contain_text("Одговорете на коментарите, па преминете на следната фаза.")
    assert "Не одговориле" not in late.inner_text() and "г.." not in late.inner_text()
