"""The audit trail says why something was refused, each reason in words of its own."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

import audit
from audit.models import Entry
from documents.actions.adopt_edition import adopt_edition
from documents.actions.errors import ActionError, NotReady
from documents.comments.decide import decide
from documents.models import Instrument, LanguageVersion
from people.actions.invite import enter_role
from people.roles import Role
from tests.support.reviews import Cast, act, client_of, pass_all, say, to
from tests.support.workflows.matrix import filled, take
from workflows.actions.start_review import Asked, Plan, start_review
from workflows.models import Review


def refused(cast: Cast) -> list[str]:
    """The reasons on the trail's page, the newest first."""
    page = client_of(cast.coordinator).get("/en/audit/?refused=on").content.decode()
    return [part.partition("<")[0].strip() for part in page.split("Reason: ")[1:]]


def code(cast: Cast) -> Any:
    return Entry.objects.filter(refused=True).latest("pk").detail["why"]


def test_a_review_that_can_t_begin_says_all_that_is_wrong(cast: Cast) -> None:
    enter_role(cast.goran, cast.commission, Role.DRAFTER)
    cast.change(0, "Мој текст.", by=cast.goran)
    with pytest.raises(NotReady):
        cast.start()
    assert refused(cast)[0] == "an author does not sign off their own text"
    one = [Plan((Asked(cast.social, cast.biljana),)), *cast.plans()[1:]]
    with pytest.raises(NotReady):
        start_review(cast.coordinator, cast.edition, cast.procedure, one)
    assert refused(cast)[0] == "too few institutions were named"
    with pytest.raises(NotReady):
        start_review(cast.coordinator, cast.edition, cast.procedure, cast.plans(due=date(2020, 1, 1)))
    assert code(cast) == "author deadline"
    assert refused(cast)[0] == "an author does not sign off their own text, the deadline was not possible"


def test_a_translation_that_is_behind_is_named(cast: Cast) -> None:
    Instrument.objects.filter(pk=cast.edition.instrument_id).update(authentic_languages=["mk", "en"])
    LanguageVersion.objects.filter(edition=cast.edition).update(authentic=True)
    cast.change(0, "Изменет.")
    with pytest.raises(NotReady):
        cast.start()
    assert refused(cast)[0] == "a translation was not whole, or older than the original"


def test_a_day_before_the_act_is_named_and_a_review_that_was_not_passed(cast: Cast, review: Review) -> None:
    client_of(cast.coordinator).post(to("coordinate:adopt", review.pk), {"acts": "1"})
    assert refused(cast)[0] == "its review was not passed"
    pass_all(cast, review)
    with pytest.raises(NotReady):
        adopt_edition(cast.coordinator, cast.edition, [act()], act().date - timedelta(days=1))
    assert refused(cast)[0] == "a day was before that of the act"


def test_an_answer_without_a_reason_and_a_faulty_table_are_named(cast: Cast, review: Review) -> None:
    comment = say(cast, review)
    with pytest.raises(ActionError):
        decide(cast.coordinator, comment, "partly", "")
    assert refused(cast)[0] == "no reason was given"
    client = client_of(cast.coordinator)
    assert take(client, review, filled(client, review, {(0, "outcome"): "partly"})).status_code == 422
    assert refused(cast)[0] == "rows of the table could not be kept"
    file = SimpleUploadedFile("table.xlsx", b"no table at all")
    response = client.post(to("review:matrix", review.pk), {"file": file})
    assert response.status_code == 422 and "be read as an Excel sheet" in response.content.decode()
    assert refused(cast)[0] == "the file was no table of comments"


def test_the_filter_offers_what_says_the_same_once_and_finds_all_of_it(cast: Cast, review: Review) -> None:
    for verb in ("end_stage", "end_coordination", "end_consultation"):
        audit.refused(verb, review, cast.coordinator, why="not_open")
    page = client_of(cast.coordinator).get("/en/audit/?verb=end_stage")
    content = page.content.decode()
    assert content.count(">ended a stage</option>") == 1
    assert {row["entry"].verb for row in page.context["rows"]} == {
        "end_stage",
        "end_coordination",
        "end_consultation",
    }
