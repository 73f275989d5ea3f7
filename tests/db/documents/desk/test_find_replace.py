"""Find and replace over a draft: who may, the check, what is left out, undo."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from documents.actions.assign import assign
from documents.actions.submit_edition import submit_edition
from documents.choices import Translation
from documents.editions.text_storage import load_outline
from documents.models import SectionChange
from documents.text import body_text
from people.roles import Role
from tests.support.documents.desk.fixtures import UID, UID2, UID3, As, Desk
from tests.support.factories import body, make_person

SEARCH = {"language": "mk", "find": "служба", "replace": "полиција"}


@pytest.fixture
def draft(desk: Desk) -> Desk:
    desk.save("mk", body("Служба", "Оваа служба и таа служба."), UID)
    desk.save("mk", body("Општо", "Само служба."), UID2)
    return desk


def keys(client: Client, desk: Desk, **more: Any) -> list[str]:
    found = client.get(desk.url("find/"), SEARCH | more).context["found"]
    return [key for one in found for key, hit in one.keys if not hit.by_hand]


def run(client: Client, desk: Desk, chosen: list[str], **more: Any) -> Any:
    sent = SEARCH | {"hit": chosen, "answers": "confirmed"} | more
    return client.post(desk.url("find/"), sent, follow=True)


def words(desk: Desk, uid: str = UID) -> str:
    return body_text(desk.row(uid).body_mk, heading=True)


def test_the_places_are_listed_by_section_and_a_check_comes_first(draft: Desk, as_: As) -> None:
    client = as_(draft.drafter)
    page = client.get(draft.url("find/"), SEARCH)
    assert page.context["count"] == 4
    chosen = keys(client, draft)
    check = client.post(draft.url("find/"), SEARCH | {"hit": chosen})
    html = check.content.decode()
    assert (
        "Replace in 4 places" in html
        and "out of date" in html
        and words(draft) == "Служба\nОваа служба и таа служба."
    )
    done = run(client, draft, chosen)
    assert "Replaced in 4 places." in done.content.decode()
    assert words(draft) == "полиција\nОваа полиција и таа полиција."
    saves = SectionChange.objects.filter(edition=draft.edition, verb="save").order_by("-id")[:2]
    assert {save.actor for save in saves} == {draft.drafter.actor}


def test_only_what_is_ticked_is_replaced(draft: Desk, as_: As) -> None:
    client = as_(draft.drafter)
    run(client, draft, keys(client, draft)[1:2])
    assert words(draft) == "Служба\nОваа полиција и таа служба."
    nothing = client.post(draft.url("find/"), SEARCH)
    assert "Choose at least one place." in nothing.content.decode()


def test_a_section_that_was_changed_meanwhile_is_left_out_and_named(draft: Desk, as_: As) -> None:
    client = as_(draft.drafter)
    chosen = keys(client, draft)
    draft.save("mk", body("Општо", "Друга служба."), UID2)
    html = run(client, draft, chosen).content.decode()
    assert "Replaced in 3 places." in html and "someone else has edited them: " in html and "Општо" in html
    assert "Друга служба." in words(draft, UID2)


def test_undo_restores_what_nobody_changed_since(draft: Desk, as_: As) -> None:
    client = as_(draft.drafter)
    before = words(draft)
    run(client, draft, keys(client, draft))
    draft.save("mk", body("Општо", "По тоа."), UID2)
    html = client.post(draft.url("find/undo/"), follow=True).content.decode()
    assert "Undone in 1 section." in html and "Општо" in html
    assert words(draft) == before and "По тоа." in words(draft, UID2)
    again = client.post(draft.url("find/undo/"), follow=True).content.decode()
    assert "There is nothing to undo." in again


def test_another_person_undoes_nothing(draft: Desk, as_: As) -> None:
    client = as_(draft.drafter)
    run(client, draft, keys(client, draft))
    as_(draft.coordinator).post(draft.url("find/undo/"))
    assert "полиција" in words(draft)


def test_a_translation_stays_as_up_to_date_as_it_was(desk: Desk, as_: As) -> None:
    client = as_(desk.translator)
    text = body_text(desk.row().body_sq)
    search = {"language": "sq", "find": text.split()[0].strip("."), "replace": "Tjetër"}
    run(client, desk, keys(client, desk, **search), **search)
    assert "Tjetër" in body_text(desk.row().body_sq)
    assert {row.state for row in load_outline(desk.edition, "sq")} == {Translation.CURRENT}


@pytest.mark.parametrize(
    ("person", "status"),
    [("drafter", 200), ("coordinator", 200), ("reviewer", 404), ("practitioner", 404), ("stranger", 404)],
)
def test_who_may_search_a_draft(draft: Desk, as_: As, person: str, status: int) -> None:
    client = as_(getattr(draft, person))
    assert client.get(draft.url("find/"), SEARCH).status_code == status
    if status == 404:
        assert client.post(draft.url("find/"), SEARCH | {"hit": [f"{UID}.0.x"]}).status_code == 404
        assert client.post(draft.url("find/undo/")).status_code == 404


def test_a_translator_searches_their_language_and_their_sections_alone(draft: Desk, as_: As) -> None:
    assert "found" not in as_(draft.translator).get(draft.url("find/"), SEARCH).context
    one = make_person(Role.TRANSLATOR, draft.edition.instrument.owner, languages=["sq"])
    assign(draft.coordinator, draft.edition, one, "sq", uid=UID3)
    search = {"language": "sq", "find": ".", "replace": "!"}
    found = as_(one).get(draft.url("find/"), search).context["found"]
    assert [section.uid for section in found] == [UID3]
    others = keys(as_(draft.translator), draft, **search)
    run(as_(one), draft, others, **search)
    assert "!" not in body_text(draft.row(UID).body_sq) and "!" in body_text(draft.row(UID3).body_sq)


def test_what_is_no_place_is_ignored(draft: Desk, as_: As) -> None:
    client = as_(draft.drafter)
    before = words(draft)
    run(client, draft, ["", "x", f"{UID}.x.y", f"{UID}.99.{draft.row().text_hash_mk}", f"{UID}.0.{'f' * 99}"])
    assert words(draft) == before


def test_a_locked_draft_is_not_changed(draft: Desk, as_: As) -> None:
    client = as_(draft.drafter)
    chosen = keys(client, draft)
    submit_edition(draft.coordinator, draft.edition)
    assert run(client, draft, chosen).status_code == 409


@pytest.mark.parametrize("odd", ["a\x0bb", "a\uffffb", "a\u202eb", "a\nb", "a\u2028b"])
def test_hidden_characters_are_an_error_at_the_field(draft: Desk, as_: As, odd: str) -> None:
    client = as_(draft.drafter)
    answer = run(client, draft, keys(client, draft), replace=odd)
    assert "hidden characters or a line break" in answer.content.decode()
    assert words(draft) == "Служба\nОваа служба и таа служба."
