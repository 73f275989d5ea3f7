"""What the editor stores by itself: for its author alone, never in the text; and who has a section open."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from documents.actions import keep_working_copy
from documents.actions.edit_outline import fingerprint, remove_section
from documents.actions.keep_working_copy import forget_working_copies
from documents.actions.submit_edition import submit_edition
from documents.editions.text_history import text_by_hash
from documents.models import Presence, SectionChange, WorkingCopy
from tests.support.documents.desk.fixtures import UID, UID2, As, Desk, post_json
from tests.support.factories import body

MINE = body("Општо", "Само за мене.")


def keep(client: Client, desk: Desk, new: Any = MINE, language: str = "mk", **more: Any) -> Any:
    sent = {"here": True, "expected": getattr(desk.row(), f"text_hash_{language}"), "window": "one", **more}
    if new is not None:
        sent["body"] = new
    return post_json(client, desk.section(language) + "copy/", sent)


def test_a_working_copy_is_not_the_text_and_opens_again_for_its_author(desk: Desk, as_: As) -> None:
    before = desk.row().body_mk
    answer = keep(as_(desk.drafter), desk).json()
    assert answer["message"].startswith("Working copy saved at ")
    assert desk.row().body_mk == before
    assert not SectionChange.objects.filter(edition=desk.edition, verb="save").exists()
    page = as_(desk.drafter).get(desk.section())
    assert json.loads(page.context["body"]) == MINE
    assert "You have unsaved changes from " in page.content.decode()
    other = as_(desk.coordinator).get(desk.section()).content.decode()
    assert "Само за мене" not in other and "unsaved changes" not in other


def test_an_older_window_does_not_write_over_a_newer_copy(desk: Desk, as_: As) -> None:
    client = as_(desk.drafter)
    keep(client, desk)
    assert keep(client, desk, body("Општо", "Потоа.")).status_code == 200
    # The page was opened again, went on from that copy, and the first window is still there.
    newer = keep(client, desk, body("Општо", "Подоцна."), window="two", known="one")
    assert newer.status_code == 200
    refused = keep(client, desk, body("Општо", "Од другиот прозорец."))
    assert refused.status_code == 409 and "another window" in refused.json()["message"]
    assert WorkingCopy.objects.get().body == body("Општо", "Подоцна.")


@pytest.mark.parametrize("as_form", [True, False])
def test_saving_ends_the_copy(desk: Desk, as_: As, as_form: bool) -> None:
    client = as_(desk.drafter)
    keep(client, desk)
    opened = desk.row().text_hash_mk
    if as_form:
        client.post(desk.section(), {"body": json.dumps(MINE), "expected": opened})
    else:
        post_json(client, desk.section(), {"body": MINE, "expected": opened})
    assert desk.row().body_mk == MINE and not WorkingCopy.objects.exists()


def test_a_text_set_back_needs_no_copy(desk: Desk, as_: As) -> None:
    client = as_(desk.drafter)
    keep(client, desk)
    answer = keep(client, desk, desk.row().body_mk).json()
    assert answer["message"] == "" and not WorkingCopy.objects.exists()


def test_a_copy_of_a_text_that_moved_on_leads_to_the_choice_between_both(desk: Desk, as_: As) -> None:
    client = as_(desk.drafter)
    opened = desk.row().text_hash_mk
    keep(client, desk)
    desk.save("mk", body("Општо", "Од другиот."))
    assert "Someone else saved" in keep(client, desk, None, expected=opened).json()["moved"]
    page = client.get(desk.section())
    assert page.context["expected"] == opened and page.context["copy_moved_on"]
    assert "Од другиот." in str(page.context["other"]["text"])
    assert post_json(client, desk.section(), {"body": MINE, "expected": opened}).status_code == 409
    assert WorkingCopy.objects.exists()


def test_a_translation_opens_again_beside_the_original_that_it_was_written_from(desk: Desk, as_: As) -> None:
    client, original = as_(desk.translator), desk.row().text_hash_mk
    keep(client, desk, language="sq", source=original)
    desk.save("mk", body("Општо", "Сменето."))
    page = client.get(desk.section("sq"))
    assert json.loads(page.context["body"]) == MINE
    assert page.context["shown"] == original and page.context["moved_on"]


def test_discarding_shows_what_goes_and_asks(desk: Desk, as_: As) -> None:
    client = as_(desk.drafter)
    keep(client, desk)
    question = client.get(desk.section() + "copy/discard/")
    assert "Само за мене" in question.content.decode() and WorkingCopy.objects.exists()
    as_(desk.coordinator).post(desk.section() + "copy/discard/")
    assert WorkingCopy.objects.exists()
    client.post(desk.section() + "copy/discard/")
    assert not WorkingCopy.objects.exists()
    assert client.get(desk.section() + "copy/discard/").status_code == 302


@pytest.mark.parametrize(
    ("person", "language", "status"),
    [
        ("translator", "sq", 200),
        ("translator", "mk", 404),
        ("reviewer", "mk", 404),
        ("practitioner", "mk", 404),
        ("stranger", "mk", 404),
        ("coordinator", "mk", 200),
    ],
)
@pytest.mark.parametrize("here", [True, False])
def test_who_may_keep_a_copy_and_be_seen(
    desk: Desk, as_: As, person: str, language: str, status: int, here: bool
) -> None:
    Presence.objects.create(edition=desk.edition, uid=UID, language="mk", user=desk.drafter)
    answer = keep(as_(getattr(desk, person)), desk, language=language, here=here)
    assert answer.status_code == status
    assert WorkingCopy.objects.exists() == (status == 200)
    assert ("Dragi" in answer.content.decode()) == (status == 200)
    if status == 404:
        assert as_(getattr(desk, person)).get(desk.section(language) + "copy/discard/").status_code == 404


@pytest.mark.parametrize("sent", ["", "7", "[]", '{"body": 5}', '{"body": {"blocks": 7}}', '{"known": 5}'])
def test_nonsense_is_refused_and_stores_nothing(desk: Desk, as_: As, sent: str) -> None:
    answer = post_json(as_(desk.drafter), desk.section() + "copy/", sent)
    assert answer.status_code in (200, 400)
    assert not WorkingCopy.objects.exists()


def test_a_copy_has_a_limit(desk: Desk, as_: As, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keep_working_copy, "MOST_BYTES", 50)
    answer = keep(as_(desk.drafter), desk)
    assert answer.status_code == 400 and "too long" in answer.json()["message"]


def test_a_removed_section_takes_no_copy(desk: Desk, as_: As) -> None:
    remove_section(desk.coordinator, desk.edition, UID2, fingerprint(desk.edition))
    answer = post_json(as_(desk.drafter), desk.section(uid=UID2) + "copy/", {"here": True, "body": MINE})
    assert answer.status_code == 404 and not WorkingCopy.objects.exists()


def test_a_locked_draft_stops_the_editor_and_gives_the_text_back(desk: Desk, as_: As) -> None:
    client = as_(desk.drafter)
    keep(client, desk)
    submit_edition(desk.coordinator, desk.edition)
    answer = keep(client, desk)
    assert answer.status_code == 409 and answer.json()["stop"] is True
    assert "Само за мене" in client.get(desk.section()).content.decode()
    assert "Само за мене" not in as_(desk.coordinator).get(desk.section()).content.decode()


def test_who_else_has_the_section_open(desk: Desk, as_: As) -> None:
    keep(as_(desk.translator), desk, None, "sq")
    answer = keep(as_(desk.drafter), desk, None).json()
    assert answer["others"] == "Also editing this section now: Teuta (Shqip)"
    page = as_(desk.coordinator).get(desk.section()).content.decode()
    assert "Dragi, Teuta (Shqip)" in page
    outline = as_(desk.coordinator).get(desk.url()).content.decode()
    assert "Dragi, Teuta" in outline
    keep(as_(desk.translator), desk, None, "sq", here=False)
    Presence.objects.update(at=timezone.now() - timedelta(seconds=90))
    assert keep(as_(desk.coordinator), desk, None).json()["others"] == ""
    assert "Dragi, Teuta" not in as_(desk.coordinator).get(desk.url()).content.decode()


def test_old_copies_and_old_presence_are_forgotten(desk: Desk, as_: As) -> None:
    keep(as_(desk.drafter), desk)
    keep(as_(desk.coordinator), desk)
    WorkingCopy.objects.filter(user=desk.drafter).update(at=timezone.now() - timedelta(days=31))
    Presence.objects.filter(user=desk.drafter).update(at=timezone.now() - timedelta(minutes=2))
    assert forget_working_copies() == 1
    assert [row.user for row in WorkingCopy.objects.all()] == [desk.coordinator]
    assert [row.user for row in Presence.objects.all()] == [desk.coordinator]


@pytest.mark.parametrize("odd", ["a\x00", "\ud800", "a" * 65, "\x00" * 64])
@pytest.mark.parametrize("field", ["expected", "source", "window", "known"])
def test_what_no_editor_sends_counts_as_left_out(desk: Desk, as_: As, field: str, odd: str) -> None:
    assert keep(as_(desk.drafter), desk, **{field: odd}).status_code == 200
    assert not {odd} & set(WorkingCopy.objects.values_list("window", "base_hash", "source_hash").get())
    assert text_by_hash(desk.edition, UID, "mk", odd) is None
