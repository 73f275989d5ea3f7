"""The coordinator's desk over HTTP."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from documents.models import Instrument, LanguageVersion
from mail.models import Message
from people.models import Membership
from tests.support.reviews import CONFIRMED, Cast, client_of, open_review, page_of, seat_of, sign, to
from tests.support.workflows.rounds import as_sent
from workflows.actions.start_review import Plan, Respondent, start_review
from workflows.choices import Choice, ReviewState
from workflows.models import Procedure, Review, SignOff, Stage
from workflows.pages.coordinator import views

PAGES = ["desk", "csv", "choose"]


@pytest.mark.parametrize("who", ["drafter", "goran", "outsider"])
def test_only_coordinators_have_a_desk(cast: Cast, review: Review, who: str) -> None:
    client = client_of(getattr(cast, who))
    for name in PAGES:
        assert client.get(to(f"coordinate:{name}")).status_code == 404
    for name in ("review", "reopen", "adopt"):
        assert client.get(to(f"coordinate:{name}", review.pk)).status_code == 404
    for name in ("remind", "extend", "reopen", "adopt"):
        assert client.post(to(f"coordinate:{name}", review.pk), {"reason": "x"}).status_code == 404
    for name in ("start", "prior"):
        assert client.get(to(f"coordinate:{name}", cast.edition.pk)).status_code == 404
        assert client.post(to(f"coordinate:{name}", cast.edition.pk), {}).status_code == 404
    review.refresh_from_db()
    assert review.running


def test_another_countrys_coordinator_finds_nothing(cast: Cast, review: Review) -> None:
    from people.roles import Role
    from tests.support.factories import make_institution, make_person

    stranger = make_person(Role.COORDINATOR, make_institution("rs-coordinator"))
    client = client_of(stranger)
    # "Procedures" is also what the page of the procedures is called.
    assert to("coordinate:review", review.pk) not in client.get(to("coordinate:desk")).content.decode()
    assert "Procedures" not in client.get(to("coordinate:csv")).content.decode()
    for name in ("review", "reopen", "adopt"):
        assert client.get(to(f"coordinate:{name}", review.pk)).status_code == 404
    assert client.post(to("coordinate:reopen", review.pk), {"reason": "x"}).status_code == 404


def test_the_desk_says_what_to_do_now(cast: Cast, review: Review) -> None:
    client = client_of(cast.coordinator)
    page = client.get(to("coordinate:desk")).content.decode()
    assert "0 of 2 have answered" in page and "2 waiting, none late" in page and "<svg" in page
    assert " style=" not in page
    Stage.objects.filter(review=review, order=1).update(due=timezone.now() - timedelta(days=4))
    sign(cast.goran, seat_of(review, cast.interior))
    page = client.get(to("coordinate:desk")).content.decode()
    assert "1 institution is late" in page and "4 days late" in page and "late-row" in page
    assert "Send a reminder" in page
    assert "Procedures" in client.get(to("coordinate:desk") + "?show=late").content.decode()
    sign(cast.biljana, seat_of(review, cast.social))
    sign(cast.teuta, seat_of(review, cast.justice))
    page = client.get(to("coordinate:desk")).content.decode()
    assert "All institutions have signed off" in page and to("coordinate:adopt", review.pk) in page


def test_a_long_list_goes_on_on_another_page(
    cast: Cast, review: Review, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "ROWS_A_PAGE", 1)
    cast.another("second").start()
    client = client_of(cast.coordinator)
    first = client.get(to("coordinate:desk")).content.decode()
    last = client.get(to("coordinate:desk") + "?page=2").content.decode()
    assert "Page 1 of 2" in first and first.count("<tr") == 2 and "?page=2" in first
    assert "Page 2 of 2" in last and "All (2)" in last


def test_the_desk_asks_the_database_the_same_number_of_times(cast: Cast, review: Review) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from tests.support.factories import make_draft

    client = client_of(cast.coordinator)
    client.get(to("coordinate:desk"))
    with CaptureQueriesContext(connection) as few:
        client.get(to("coordinate:desk"))
    for number in range(5):
        make_draft(slug=f"more-{number}", owner=cast.commission, by=cast.coordinator)
    with CaptureQueriesContext(connection) as many:
        client.get(to("coordinate:desk"))
    assert len(many) == len(few)


def test_a_review_is_started_from_its_page(cast: Cast) -> None:
    client = client_of(cast.coordinator)
    assert "Procedures" in client.get(to("coordinate:choose")).content.decode()
    address = to("coordinate:start", cast.edition.pk)
    page = client.get(address).content.decode()
    assert "Ministry of Interior" in page and "Goran" in page
    data = {
        "procedure": "joint-order",
        "due": (timezone.localdate() + timedelta(days=7)).isoformat(),
        "s1-days": "10",
        f"s1-i{cast.interior.pk}": "on",
        f"s1-p{cast.interior.pk}": str(cast.goran.pk),
        "s2-days": "5",
        f"s2-i{cast.justice.pk}": "on",
        f"s2-p{cast.justice.pk}": "",
        "s3-days": "14",
    }
    wrong = client.post(address, data)
    assert wrong.status_code == 400 and "at least 2" in wrong.content.decode()
    assert not Review.objects.exists()
    data |= {f"s1-i{cast.social.pk}": "on", f"s1-p{cast.social.pk}": str(cast.biljana.pk)}
    shown = client.post(address, data)
    page = shown.content.decode()
    assert shown.status_code == 200 and "Check the review before you start it" in page
    assert "Ministry of Interior: Goran" in page and "Deadline: 5 days after it opens" in page
    assert not Review.objects.exists() and not Message.objects.exists()
    back = client.post(address, data | {"answers": "change"}).content.decode()
    assert f'name="s1-i{cast.social.pk}"' in back and not Review.objects.exists()
    right = client.post(address, data | CONFIRMED)
    review = Review.objects.get()
    assert right["Location"] == to("coordinate:review", review.pk)
    assert seat_of(review, cast.interior).user == cast.goran and seat_of(review, cast.justice).user is None
    assert review.stages.get(order=2).days == 5
    assert client.get(address)["Location"] == to("coordinate:review", review.pk)


def test_a_draft_in_consultation_says_so_and_leads_to_its_review(cast: Cast) -> None:
    desk = f"/en/desk/{cast.edition.pk}/"
    assert "Submit for review" in page_of(cast.coordinator, desk)
    review = open_review(cast)
    page = page_of(cast.coordinator, desk)
    assert "In consultation until" in page and to("review:room", review.pk) in page
    assert "Submit for review" not in page
    assert "In consultation" in page_of(cast.coordinator, to("coordinate:review", review.pk))


def test_a_person_of_another_institution_is_not_taken(cast: Cast) -> None:
    data = {
        "procedure": "joint-order",
        "due": (timezone.localdate() + timedelta(days=7)).isoformat(),
        f"s1-i{cast.interior.pk}": "on",
        f"s1-p{cast.interior.pk}": str(cast.outsider.pk),
        f"s1-i{cast.social.pk}": "on",
        f"s2-i{cast.justice.pk}": "on",
    }
    client_of(cast.coordinator).post(to("coordinate:start", cast.edition.pk), data | CONFIRMED)
    assert seat_of(Review.objects.get(), cast.interior).user is None


def test_reminders_and_more_time(cast: Cast, review: Review) -> None:
    client = client_of(cast.coordinator)
    seat = seat_of(review, cast.interior)
    response = client.post(to("coordinate:remind", review.pk), {"seat": seat.pk}, follow=True)
    assert "Reminder sent to: Goran." in response.content.decode()
    again = client.post(to("coordinate:remind", review.pk), {"seat": seat.pk})
    assert again.status_code == 409 and "less than an hour" in again.content.decode()
    assert client.post(to("coordinate:remind", review.pk), {"seat": "x"}).status_code == 404
    stage = review.stages.get(order=1)
    late = (review.today + timedelta(days=30)).isoformat()
    for day, reason, status in ((late, "A holiday.", 302), (late, "Again.", 409), ("soon", "x", 409)):
        answer = client.post(
            to("coordinate:extend", review.pk), {"stage": stage.pk, "day": day, "reason": reason}
        )
        assert answer.status_code == status
    assert Message.objects.filter(template="extended").count() == 2


def test_the_reopen_page_names_who_loses_a_sign_off(cast: Cast, review: Review) -> None:
    sign(cast.goran, seat_of(review, cast.interior))
    client = client_of(cast.coordinator)
    address = to("coordinate:reopen", review.pk)
    page = client.get(address).content.decode()
    assert "1 answer will no longer count" in page and "Ministry of Interior" in page
    assert client.post(address, {"reason": ""}).status_code == 400
    shown = client.post(address, {"reason": "A correction."}).content.decode()
    assert "Check your answers" in shown and "Ministry of Interior: Agree" in shown
    assert client.post(address, {"reason": "A correction."} | CONFIRMED).status_code == 302
    review.refresh_from_db()
    assert review.state == ReviewState.VOIDED
    assert client.post(address, {"reason": "Twice."} | CONFIRMED).status_code == 409
    page = client.get(to("coordinate:desk")).content.decode()
    assert "reopened after round 1" in page
    start = client.get(to("coordinate:start", cast.edition.pk)).content.decode()
    assert "round 2" in start and start.count("checked") == 3


def test_who_starts_a_review_is_told_which_translations_are_behind(cast: Cast) -> None:
    client = client_of(cast.coordinator)
    address = to("coordinate:start", cast.edition.pk)
    assert "up to date" not in client.get(address).content.decode()
    cast.change(0, "Нов текст.")
    page = client.get(address).content.decode()
    assert "English</b>, unofficial translation: 2 of 3 up to date" in page


def test_an_older_authentic_text_is_submitted_by_a_yes_and_a_reason_only(cast: Cast) -> None:
    client = client_of(cast.coordinator)
    Instrument.objects.update(authentic_languages=["mk", "en"])
    LanguageVersion.objects.update(authentic=True)
    cast.change(0, "Нов текст.")
    address = to("coordinate:start", cast.edition.pk)
    data = {
        "procedure": "joint-order",
        "due": (timezone.localdate() + timedelta(days=7)).isoformat(),
        "s1-days": "10",
        f"s1-i{cast.interior.pk}": "on",
        f"s1-i{cast.social.pk}": "on",
        "s2-days": "5",
        f"s2-i{cast.justice.pk}": "on",
        "s3-days": "14",
    }
    for given in ({}, {"because": "no box"}, {"although": "on", "because": " "}):
        answer = client.post(address, data | given)
        assert answer.status_code == 400
        assert "1 section of the authentic text" in answer.content.decode()
    assert not Review.objects.exists()
    assert client.post(address, data | {"although": "on", "because": "Urgent"} | CONFIRMED).status_code == 302


def test_a_stage_that_cant_have_its_institutions_says_how_to_invite(cast: Cast) -> None:
    Membership.objects.filter(role="reviewer").exclude(user=cast.goran).update(ends="2020-01-01")
    page = page_of(cast.coordinator, to("coordinate:start", cast.edition.pk))
    assert "1 institution has a reviewer." in page
    assert to("people:invite") in page


def test_the_desk_says_who_returned_a_text_and_why(cast: Cast, review: Review) -> None:
    sign(cast.goran, seat_of(review, cast.interior), Choice.RETURN, "Article 4 contradicts the law")
    page = page_of(cast.coordinator, to("coordinate:desk"))
    assert page.count("Article 4 contradicts the law") == 2
    assert "Ministry of Interior: Article 4" in page


def test_the_table_as_a_file_starts_no_formula(cast: Cast, review: Review) -> None:
    sign(cast.goran, seat_of(review, cast.interior), "agree_with_remarks", "=HYPERLINK(1)")
    text = client_of(cast.coordinator).get(to("coordinate:csv")).content.decode("utf-8-sig")
    rows = text.splitlines()
    assert len(rows) == 4 and "'=HYPERLINK(1)" in text
    assert SignOff.objects.get().reason == "=HYPERLINK(1)"


def test_who_nobody_proposes_is_asked_for_before_and_each_refusal_leads_to_its_field(cast: Cast) -> None:
    client = client_of(cast.coordinator)
    address = to("coordinate:start", cast.edition.pk) + "?procedure=inter-ministerial"
    opened = client.get(address)
    page = opened.content.decode()
    # No institution of the country is one of finance: the form says so before it is sent, and leads there.
    assert "Before you start, choose who must answer:" in page
    assert '<a href="#stage-4">4. Financial opinion</a>' in page and 'id="stage-4"' in page
    assert '<a href="#stage-3">' not in page
    sent = as_sent(opened)
    assert led_to(client.post(address, sent)) == {"stage-4"}
    whom = {f"s4-i{cast.health.pk}": "on"}
    wrong = whom | {"due": "2020-01-01", "s6-days": "999"}
    assert led_to(client.post(address, sent | wrong)) == {"due", "stage-6-days"}
    assert client.post(address, sent | whom | CONFIRMED).status_code == 302


def led_to(refused: Any) -> set[str]:
    """Where the list of what is wrong leads: each to something that is on the page."""
    assert refused.status_code in (400, 409)
    page = refused.content.decode()
    summary = page[page.index('class="errors"') :]
    summary = summary[: summary.index("</section>")]
    found = set(re.findall(r'href="#([^"]+)"', summary))
    assert len(re.findall("<li>", summary)) == len(re.findall(r"<li>\s*<a ", summary)), summary
    assert all(f'id="{one}"' in page for one in found), found
    return found


def test_the_tick_for_an_older_authentic_text_stands_there_from_the_first(cast: Cast) -> None:
    client = client_of(cast.coordinator)
    Instrument.objects.update(authentic_languages=["mk", "en"])
    LanguageVersion.objects.update(authentic=True)
    cast.change(0, "Нов текст.")
    address = to("coordinate:start", cast.edition.pk) + "?procedure=joint-order"
    opened = client.get(address)
    assert 'name="although"' in opened.content.decode()
    assert led_to(client.post(address, as_sent(opened))) == {"because"}


def test_a_deadline_that_was_not_moved_leads_to_its_field(cast: Cast, review: Review) -> None:
    client, stage = client_of(cast.coordinator), review.stages.get(order=1)
    address = to("coordinate:extend", review.pk)
    day = (review.today + timedelta(days=30)).isoformat()
    assert led_to(client.post(address, {"stage": stage.pk, "day": "soon", "reason": "x"})) == {"day-1"}
    assert led_to(client.post(address, {"stage": stage.pk, "day": day, "reason": ""})) == {"reason-1"}


def test_the_key_of_the_lines_tells_procedures_apart(cast: Cast, review: Review) -> None:
    client, address = client_of(cast.coordinator), to("coordinate:desk")
    key = re.compile(r'<div class="key .*?</div>', re.DOTALL)
    alone = key.findall(client.get(address).content.decode())[0]
    assert "1 Sign-off by the institutions · 2 Legal opinion · 3 Adoption" in alone and "<b>" not in alone
    translation = Procedure.objects.get(key="translation")
    start_review(
        cast.coordinator,
        cast.another("nrm").edition,
        translation,
        [Plan((Respondent(cast.justice),)), Plan()],
    )
    both = key.findall(client.get(address).content.decode())[0]
    assert "<b>Translation only:</b> 1 Check of the translation · 2 Adoption" in both
    assert "<b>Operating procedures by a joint order:</b> 1 Sign-off by the institutions" in both


def test_a_stage_for_which_too_few_are_chosen_says_so_whoever_left_them_out(cast: Cast) -> None:
    client, address = (
        client_of(cast.coordinator),
        to("coordinate:start", cast.edition.pk) + "?procedure=joint-order",
    )
    opened = client.get(address)
    said = "Too few institutions are chosen. Choose at least 2."
    assert said not in opened.content.decode()
    sent = {name: value for name, value in as_sent(opened).items() if name != f"s1-i{cast.social.pk}"}
    refused = client.post(address, sent)
    assert said in refused.content.decode() and led_to(refused) == {"stage-1"}
