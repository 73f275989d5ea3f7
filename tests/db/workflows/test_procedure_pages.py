"""The pages of procedures, and those on which a coordinator steers a review."""

from __future__ import annotations

import re

import pytest

from documents.choices import State
from documents.models import Instrument, LanguageVersion
from tests.support.factories import make_institution, make_person
from tests.support.reviews import (
    CONFIRMED,
    Cast,
    client_of,
    consult,
    form_of,
    locked,
    open_review,
    page_of,
    seat_in,
    sign,
    to,
)
from workflows.actions.reopen import reopen
from workflows.choices import ReviewState
from workflows.models import Procedure, Review, SignOff
from workflows.pages.coordinator import procedure_picture


@pytest.fixture
def running(cast: Cast) -> Review:
    return open_review(cast)


def test_a_coordinator_changes_a_procedure_for_their_country_alone(cast: Cast) -> None:
    client = client_of(cast.coordinator)
    page = client.get(to("coordinate:procedures")).content.decode()
    assert page.count('<div class="plan-down">') == 4 and "Urgent revision" in page and " style=" not in page
    address = to("coordinate:procedure", "mk", "urgent")
    data = form_of(client, address)
    assert client.post(address, data | {"s0-days": "5"}).status_code == 302
    own = Procedure.objects.get(key="mk-urgent")
    assert own.country_id == "mk" and own.stages[0]["days"] == 5 and own.name == "Urgent revision"
    assert Procedure.objects.get(key="urgent").stages[0]["days"] == 3
    late = client.post(address, data | {"s0-days": "9"})
    assert late.status_code == 409 and "Somebody else has changed this procedure" in late.content.decode()
    data = form_of(client, address)
    moved = client.post(
        address, data | {"s0-place": "2", "s1-place": "1", "s0-together": "on", "s1-together": ""}
    )
    assert moved.status_code == 302
    own.refresh_from_db()
    assert [stage["kind"] for stage in own.stages] == ["opinion", "sign_off", "adoption"]
    data = form_of(client, address)
    assert client.post(address, data | {"s1-place": "", "s0-together": ""}).status_code == 302
    assert len(Procedure.objects.get(pk=own.pk).stages) == 2


def test_another_stage_keeps_what_was_typed(cast: Cast) -> None:
    client = client_of(cast.coordinator)
    address = to("coordinate:procedure", "mk", "urgent")
    page = client.post(address, form_of(client, address) | {"another": "1", "s0-name_mk": "Typed"})
    assert page.status_code == 200 and len(page.context["stages"]) == 4 and "Typed" in page.content.decode()
    assert not Procedure.objects.filter(country="mk").exists()


def test_what_is_wrong_is_said(cast: Cast) -> None:
    client = client_of(cast.coordinator)
    address = to("coordinate:procedure", "mk", "urgent")
    data = form_of(client, address)
    for wrong, status, said in (
        ({"s0-days": "0"}, 400, "greater than or equal to 1"),
        ({"s0-kind": "party"}, 400, "not one of the available"),
        ({"s0-quorum": "most"}, 400, "not one of the available"),
        ({"s2-together": "on"}, 409, "same time"),
        ({"s0-institutions": ["nowhere"]}, 400, "not one of the available"),
        ({"count": "x"}, 409, "at least one stage"),
        ({"s0-days": "365"}, 409, "Stage 1: 365 working days end on "),
    ):
        answer = client.post(address, data | wrong)
        assert answer.status_code == status and said in answer.content.decode(), wrong
    assert not Procedure.objects.filter(country="mk").exists()


def test_a_running_review_goes_on_as_it_began(cast: Cast, running: Review) -> None:
    client = client_of(cast.coordinator)
    Procedure.objects.filter(key="mk-own").update(country=cast.country)
    address = to("coordinate:procedure", "mk", "mk-own")
    assert client.post(address, form_of(client, address) | {"s0-days": "99"}).status_code == 302
    running.refresh_from_db()
    assert running.procedure["stages"][0]["days"] == 10
    assert running.stages.get(order=1).days == 10


@pytest.mark.parametrize("who", ["drafter", "goran", "outsider"])
def test_others_find_none_of_it(cast: Cast, running: Review, who: str) -> None:
    client = client_of(getattr(cast, who))
    for address in (
        to("coordinate:procedures"),
        to("coordinate:procedure", "mk", "urgent"),
        to("coordinate:restart", running.pk),
        to("coordinate:withdraw", running.pk),
    ):
        assert client.get(address).status_code == 404
        assert client.post(address, {}).status_code in (404, 405)
    assert client.post(to("coordinate:go_on", running.pk), {}).status_code == 404


def test_another_countrys_coordinator_changes_nothing_here(cast: Cast) -> None:
    client = client_of(make_person("coordinator", make_institution("rs-coordinator")))
    assert client.get(to("coordinate:procedure", "mk", "urgent")).status_code == 404
    assert client.get(to("coordinate:procedure", "rs", "urgent")).status_code == 200
    Procedure.objects.create(key="mk-x", name="X", country=cast.country, stages=[{"kind": "sign_off"}])
    assert client.get(to("coordinate:procedure", "rs", "mk-x")).status_code == 404


def test_a_review_is_led_through_its_open_stages(cast: Cast, running: Review) -> None:
    client = client_of(cast.coordinator)
    room = page_of(cast.goran, to("review:room", running.pk))
    assert "Your answer stays the same." in room and "You are signing this exact text" not in room
    draft = to("desk:draft", cast.edition.pk)
    assert (
        draft in client.get(to("coordinate:review", running.pk)).content.decode()
    )  # it stays open for changes
    consult(cast, running)
    desk = client.get(to("coordinate:desk")).content.decode()
    assert "Continue" in desk
    page = client.get(to("coordinate:review", running.pk)).content.decode()
    assert (
        "All comments are answered." in page and "Move to the next stage" in page and "2 of" not in desk[:0]
    )
    assert "1 of 5 stages are complete. Now: Coordination" in page
    stage = running.stages.get(order=2)
    wrong = client.post(to("coordinate:go_on", running.pk), {"stage": running.stages.get(order=3).pk})
    assert wrong.status_code == 409 and "is not open" in wrong.content.decode()
    assert client.post(to("coordinate:go_on", running.pk), {"stage": "x"}).status_code == 404
    assert client.post(to("coordinate:go_on", running.pk), {"stage": stage.pk}).status_code == 302
    cast.edition.refresh_from_db()
    assert cast.edition.state == State.IN_REVIEW
    page = client.get(to("coordinate:review", running.pk)).content.decode()
    assert "Sign-off, Opinion" in page and "Reopen the text" in page
    assert "You are signing this exact text" in page_of(cast.goran, to("review:room", running.pk))
    assert client.get(to("coordinate:desk")).status_code == 200


def test_the_reason_for_an_older_authentic_text_is_asked_where_going_on_locks_it(
    cast: Cast, running: Review
) -> None:
    Instrument.objects.update(authentic_languages=["mk", "en"])
    LanguageVersion.objects.update(authentic=True)
    cast.change(0, "Нов текст.")
    client, address = client_of(cast.coordinator), to("coordinate:review", running.pk)
    assert 'name="because"' not in client.get(address).content.decode()
    consult(cast, running)
    assert 'name="because"' in client.get(address).content.decode()
    data = {"stage": running.stages.get(order=2).pk}
    refused = client.post(to("coordinate:go_on", running.pk), data)
    assert refused.status_code == 409 and "1 section of the authentic text" in refused.content.decode()
    assert 'name="because"' in refused.content.decode()
    given = data | {"although": "on", "because": "Urgent"}
    assert client.post(to("coordinate:go_on", running.pk), given).status_code == 302
    cast.edition.refresh_from_db()
    assert cast.edition.state == State.IN_REVIEW


def test_reopening_names_only_the_answers_that_it_voids(cast: Cast, running: Review) -> None:
    client = client_of(cast.coordinator)
    consult(cast, running)
    data = {"stage": running.stages.get(order=2).pk}
    assert client.post(to("coordinate:go_on", running.pk), data).status_code == 302
    running = Review.objects.get(pk=running.pk)
    sign(cast.goran, seat_in(running, 3, cast.interior))
    page = client.get(to("coordinate:reopen", running.pk)).content.decode()
    assert "1 answer will no longer count" in page and "Ministry of Social Policy" not in page
    assert (
        client.post(to("coordinate:reopen", running.pk), {"reason": "A slip."} | CONFIRMED).status_code == 302
    )
    assert [given.person for given in SignOff.objects.filter(voided_at__isnull=False)] == [cast.goran]


def test_a_review_is_restarted_and_withdrawn_from_its_pages(cast: Cast, running: Review) -> None:
    client = client_of(cast.coordinator)
    address = to("coordinate:restart", running.pk)
    assert "1. Consultation" in client.get(address).content.decode()
    assert client.post(address, {"stage": "3", "reason": "x"}).status_code == 400
    assert client.post(address, {"stage": "1", "reason": ""}).status_code == 400
    assert client.post(address, {"stage": "1", "reason": "Again."}).status_code == 200
    assert client.post(address, {"stage": "1", "reason": "Again."} | CONFIRMED).status_code == 302
    assert client.post(address, {"stage": "1", "reason": "Again."} | CONFIRMED).status_code == 409
    again = Review.objects.get(round=2)
    address = to("coordinate:withdraw", again.pk)
    assert client.post(address, {"what": "all", "reason": "x"}).status_code == 400
    assert client.post(address, {"what": "review", "reason": "Not now."} | CONFIRMED).status_code == 302
    again.refresh_from_db()
    assert again.state == ReviewState.WITHDRAWN
    assert client.post(address, {"what": "text", "reason": "Twice."} | CONFIRMED).status_code == 409


def test_the_picture_draws_a_step_under_the_other_and_the_lock() -> None:
    nodes = [
        procedure_picture.Node(1, 1, "done", False, "Consultation with the <institutions>"),
        procedure_picture.Node(2, 2, "late", True),
        procedure_picture.Node(3, 2, "later", True),
    ]
    drawn = procedure_picture.svg(nodes, "A <b>").split('<div class="plan-down">')[0]
    assert (
        drawn.count("<circle") == 3 and drawn.count("pl-lock") == 1 and drawn.count('<path class="pl-') == 2
    )
    assert "A &lt;b&gt;" in drawn and "style=" not in drawn and ">!</text>" in drawn
    assert ">Consultation with</text>" in drawn and ">&lt;institutions&gt;</text>" in drawn


def test_the_line_of_stages_counts_stages(cast: Cast, running: Review) -> None:
    """Two that run at the same time are one step and two stages."""
    client = client_of(cast.coordinator)
    asked = client.get(f"/en/desk/reviews/{running.pk}/").content.decode()
    assert "stage 1 of 5" in client.get(f"/en/review/{running.pk}/").content.decode()
    review = locked(cast, running)
    page = client.get(f"/en/review/{review.pk}/").content.decode()
    assert "stage 3 of 5" in page and "stage 4 of 5" in page
    assert "step 3" not in page and "in step" not in asked
    for language, said in (("sq", "faza 3 nga 5"), ("mk", "фаза 3 од 5"), ("sr-cyrl", "фаза 3 од 5")):
        assert said in client.get(f"/{language}/review/{review.pk}/").content.decode()


def test_the_day_of_a_stage_that_is_not_asked_again_is_not_said_to_have_moved(
    cast: Cast, running: Review
) -> None:
    review = locked(cast, running)
    reopen(cast.coordinator, review, "A correction.")
    client, address = client_of(cast.coordinator), to("coordinate:start", cast.edition.pk)
    sent = {"procedure": "mk-own", "begin": "3", "due": "2030-01-05"} | {
        f"s{order}-i{institution.pk}": "on"
        for order, institution in (
            (1, cast.interior),
            (1, cast.social),
            (3, cast.interior),
            (4, cast.justice),
        )
    }
    page = client.post(address, sent | CONFIRMED, follow=True).content.decode()
    assert "The review has started" in page and "That day is not a working day" not in page


def test_on_a_phone_the_picture_goes_downwards_and_has_every_name() -> None:
    names = ["Consultation", "Answers", "Legal opinion", "Financial opinion", "Adoption"]
    steps = [1, 2, 3, 3, 4]
    nodes = [
        procedure_picture.Node(n, step, "later", n > 2, name)
        for n, (step, name) in enumerate(zip(steps, names, strict=True), 1)
    ]
    drawn = procedure_picture.svg(nodes, "All")
    down = drawn[drawn.index('<div class="plan-down">') :]
    assert all(f">{name}</text>" in down for name in names) and down.count("pl-lock") == 1
    width = int(re.findall(r'viewBox="0 0 (\d+)', down)[0])
    assert width <= 360 - 2 * 32  # a phone, less the edges of the page and of the card
    heights = [float(y) for y in re.findall(r'<circle [^>]*cy="([\d.]+)"', down)]
    assert heights == sorted(heights) and len(set(heights)) == 5
