"""Saving a section: by a form, as JSON, without JavaScript; what is hostile; what is in conflict."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from documents.actions.save_section import save_section
from documents.actions.submit_edition import submit_edition
from documents.choices import Translation
from documents.editions.text_storage import load_outline
from documents.models import SectionChange
from documents.text import normalise_body
from tests.support.documents.desk.fixtures import UID, As, Desk, post_json
from tests.support.factories import body


def test_json_is_saved_and_answered_with_the_new_version(desk: Desk, as_: As) -> None:
    new = body("Општо", "Нов текст.")
    answer = post_json(as_(desk.drafter), desk.section(), {"body": new, "expected": desk.row().text_hash_mk})
    assert answer.status_code == 200
    assert desk.row().body_mk == new
    assert answer.json()["hash"] == desk.row().text_hash_mk
    again = post_json(
        as_(desk.drafter), desk.section(), {"body": body("Општо", "Уште."), "expected": answer.json()["hash"]}
    )
    assert again.status_code == 200


def test_saving_without_a_change_changes_no_hash_and_writes_no_log(desk: Desk, as_: As) -> None:
    row = desk.row()
    answer = post_json(as_(desk.drafter), desk.section(), {"body": row.body_mk, "expected": row.text_hash_mk})
    assert answer.json()["hash"] == row.text_hash_mk
    assert not SectionChange.objects.filter(edition=desk.edition, verb="save").exists()
    assert all(r.state == Translation.CURRENT for r in load_outline(desk.edition, "sq"))


def test_a_blank_at_the_end_of_a_paragraph_is_no_change(desk: Desk, as_: As) -> None:
    row = desk.row()
    blanks = json.loads(json.dumps(row.body_mk))
    blanks["blocks"][0]["content"][-1]["text"] += " \u00a0"
    answer = post_json(as_(desk.drafter), desk.section(), {"body": blanks, "expected": row.text_hash_mk})
    assert answer.status_code == 200 and answer.json()["hash"] == row.text_hash_mk
    assert desk.row().body_mk == row.body_mk
    assert not SectionChange.objects.filter(edition=desk.edition, verb="save").exists()
    assert all(r.state == Translation.CURRENT for r in load_outline(desk.edition, "sq"))
    # With words that were changed it is kept as it was typed.
    blanks["blocks"][0]["content"][-1]["text"] = "Друго. "
    answer = post_json(as_(desk.drafter), desk.section(), {"body": blanks, "expected": row.text_hash_mk})
    assert answer.json()["hash"] != row.text_hash_mk and desk.row().body_mk == normalise_body(blanks)


def test_a_change_of_the_source_makes_the_translation_stale_and_saving_it_current(
    desk: Desk, as_: As
) -> None:
    desk.save("mk", body("Општо", "Сменето."))
    assert load_outline(desk.edition, "sq")[0].state == Translation.STALE
    page = as_(desk.translator).get(desk.section("sq")).content.decode()
    assert "Changes since the translation" in page
    assert "<ins>Сменето" in page.replace(' id="ch2" data-change', "")
    row = desk.row()
    data = {"body": row.body_sq, "expected": row.text_hash_sq, "source": row.text_hash_mk}
    answer = post_json(as_(desk.translator), desk.section("sq"), data).json()
    assert not answer["older"] and "older" not in answer["message"]
    assert load_outline(desk.edition, "sq")[0].state == Translation.CURRENT


def test_still_right_needs_the_source_as_it_is_now(desk: Desk, as_: As) -> None:
    old = desk.row().text_hash_mk
    save_section(desk.drafter, desk.edition, UID, "mk", body("Општо", "Сменето."), old)
    client = as_(desk.translator)
    client.post(desk.section("sq") + "still-right/", {"source": old})
    assert load_outline(desk.edition, "sq")[0].state == Translation.STALE
    client.post(desk.section("sq") + "still-right/", {"source": desk.row().text_hash_mk})
    assert load_outline(desk.edition, "sq")[0].state == Translation.CURRENT


def sent(*blocks: object, heading: object = ()) -> dict[str, Any]:
    return {"body": {"heading": list(heading), "blocks": list(blocks), "notes": {}}, "expected": ""}  # type: ignore[call-overload]


def words(text: str, *marks: object) -> dict[str, Any]:
    return {"type": "text", "text": text, "marks": list(marks)}


def cell(span: object) -> dict[str, Any]:
    row = {"type": "row", "content": [{"type": "cell", "attrs": {"colspan": span}, "content": []}]}
    return {"type": "table", "content": [row]}


def paragraph(attrs: object, *content: object) -> dict[str, Any]:
    return {"type": "paragraph", "attrs": attrs, "content": list(content)}


HOSTILE: dict[str, object] = {
    "no JSON": "{",
    "a list": [],
    "nothing": {},
    "no text": {"body": None, "expected": 5},
    "a number for a body": {"body": 7, "expected": ""},
    "nested past every limit": '{"expected": "", "body": ' + "[" * 100_000 + "]" * 100_000 + "}",
    "an unknown block": sent({"type": "iframe"}),
    "a dangerous link": sent(
        paragraph({}, words("x", {"type": "link", "attrs": {"href": "javascript:alert(1)"}}))
    ),
    "control characters": sent(heading=[words("a\x00b")]),
    "half a character": json.dumps(sent(heading=[words("HALF")])).replace("HALF", "\\ud800"),
    "an enormous span": sent(cell(100_000_000)),
    "not a number": json.dumps(sent(cell(float("nan")))),
    "lists in lists without end": sent(json.loads('{"type": "callout", "content": [' * 60 + "]}" * 60)),
    "a tone that is an object": sent({"type": "callout", "attrs": {"tone": {"a": 1}}, "content": []}),
    "an unhashable type": sent({"type": ["paragraph"]}),
    "a mark that is a list": sent(heading=[words("x", {"type": []})]),
    "attributes that are a list": sent(paragraph([1])),
    "ooxml that is a list": sent(paragraph({"ooxml": [1]})),
    "a style that is an object": sent(paragraph({"style": {}}), paragraph({"style": {"a": 1}})),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_no_text_is_refused_and_changes_nothing(desk: Desk, as_: As, name: str) -> None:
    before = desk.row()
    answer = post_json(as_(desk.drafter), desk.section(), HOSTILE[name])
    assert answer.status_code == 400
    assert answer.json()["message"]
    assert desk.row().body_mk == before.body_mk
    assert desk.row().text_hash_mk == before.text_hash_mk


def test_more_than_the_limit_is_refused(desk: Desk, as_: As, settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 10_000
    answer = post_json(as_(desk.drafter), desk.section(), {"body": body("x", "y" * 20_000), "expected": ""})
    assert answer.status_code in (400, 413)


def test_a_body_of_markup_is_shown_as_words(desk: Desk, as_: As) -> None:
    evil = body("<script>alert(1)</script>", '</textarea><img src=x onerror="alert(1)">')
    desk.save("mk", evil)
    for url in (
        desk.section(),
        desk.section("sq"),
        desk.url(),
        desk.url("people/"),
        desk.url("add/"),
        "/en/desk/",
    ):
        page = as_(desk.drafter).get(url).content.decode()
        assert "<script>alert" not in page
        assert "<img src=x" not in page


@pytest.mark.parametrize("language", ["mk", "sq", "en", "hr"])
@pytest.mark.parametrize(
    "who", ["coordinator", "drafter", "translator", "reviewer", "practitioner", "stranger"]
)
def test_who_may_save_as_json(desk: Desk, as_: As, who: str, language: str) -> None:
    allowed = {"coordinator": {"mk", "sq", "en"}, "drafter": {"mk", "sq", "en"}, "translator": {"sq"}}
    row = desk.row()
    new = body("Нов наслов", "Нов текст.")
    data = {"body": new, "expected": getattr(row, f"text_hash_{language}") or ""}
    answer = post_json(as_(getattr(desk, who)), desk.section(language), data)
    may = language in allowed.get(who, set())
    assert answer.status_code == (200 if may else 404)
    assert (getattr(desk.row(), f"body_{language}") == new) == may


def test_a_locked_text_is_told_as_json_to_its_writers_and_not_found_by_others(desk: Desk, as_: As) -> None:
    submit_edition(desk.coordinator, desk.edition)
    data = {"body": body("x"), "expected": desk.row().text_hash_mk}
    assert post_json(as_(desk.drafter), desk.section(), data).status_code == 409
    assert post_json(as_(desk.stranger), desk.section(), data).status_code == 404
    assert post_json(as_(desk.practitioner), desk.section(), data).status_code == 404


def test_a_save_asks_the_database_little(desk: Desk, as_: As, django_assert_max_num_queries: Any) -> None:
    client = as_(desk.drafter)
    data = {"body": body("Општо", "Друго."), "expected": desk.row().text_hash_mk}
    with django_assert_max_num_queries(24):
        assert post_json(client, desk.section(), data).status_code == 200


def test_who_saves_a_section_holds_no_more_than_others_who_save(desk: Desk) -> None:
    """The edition is shared by all of them: two who held it alone would wait for each other."""
    with CaptureQueriesContext(connection) as asked:
        desk.save("mk", body("Еден", "Рок 3."))
    held = [one["sql"] for one in asked if " FOR NO KEY UPDATE" in one["sql"]]
    assert held and not any("documents_edition" in sql for sql in held)
