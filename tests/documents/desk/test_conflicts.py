"""Two people in one section: the conflict, and the page that puts two texts together."""

from __future__ import annotations

import json
from typing import Any

import pytest

from documents.actions.save_section import save_section
from documents.text import body_text, normalise_body
from tests.documents.desk.conftest import UID, Desk
from tests.documents.desk.test_save import As, post_json
from tests.factories import body


def test_a_conflict_answers_409_and_loses_neither_text(desk: Desk, as_: As) -> None:
    opened = desk.row().text_hash_mk
    theirs = body("Општо", "Текст.", "Од другиот.")
    save_section(desk.coordinator, desk.edition, UID, "mk", theirs, opened)
    mine = body("Општо", "Текст, мој.")
    client = as_(desk.drafter)
    answer = post_json(client, desk.section(), {"body": mine, "expected": opened})
    assert answer.status_code == 409
    assert answer.json()["conflict"] is True
    page = client.post(desk.section(), {"body": json.dumps(mine), "expected": opened})
    assert page.status_code == 409
    html = page.content.decode()
    assert "Cveta saved this section" in html
    assert "Од другиот." in html
    assert "мој" in html
    assert desk.row().body_mk == theirs


def merge_form(page: Any, **choices: str) -> dict[str, str]:
    context = page.context
    return {"mine": context["mine"], "theirs": context["theirs"], "expected": context["expected"]} | choices


def test_two_texts_are_put_together_looked_at_and_saved(desk: Desk, as_: As) -> None:
    opened = desk.row().text_hash_mk
    save_section(desk.coordinator, desk.edition, UID, "mk", body("Општо", "Текст.", "Од другиот."), opened)
    client = as_(desk.drafter)
    page = client.post(desk.section(), {"body": json.dumps(body("Општо", "Текст, мој.")), "expected": opened})
    suggested = {choice["key"]: choice["suggested"] for choice in page.context["choices"]}
    made = client.post(desk.section() + "merge/", merge_form(page, take="choices", **suggested))
    assert made.status_code == 200
    assert made.context["unsaved"]
    merged = json.loads(made.context["body"])
    assert "мој" in body_text(merged) and "Од другиот" in body_text(merged)
    assert "Од другиот" in body_text(desk.row().body_mk) and "мој" not in body_text(desk.row().body_mk)
    saved = post_json(client, desk.section(), {"body": merged, "expected": made.context["expected"]})
    assert saved.status_code == 200
    assert desk.row().body_mk == normalise_body(merged)


def test_a_second_conflict_is_told_again(desk: Desk, as_: As) -> None:
    opened = desk.row().text_hash_mk
    save_section(desk.coordinator, desk.edition, UID, "mk", body("Општо", "Едно."), opened)
    client = as_(desk.drafter)
    page = client.post(desk.section(), {"body": json.dumps(body("Општо", "Мое.")), "expected": opened})
    save_section(desk.coordinator, desk.edition, UID, "mk", body("Општо", "Две."), desk.row().text_hash_mk)
    made = client.post(desk.section() + "merge/", merge_form(page, take="mine"))
    answer = post_json(
        client, desk.section(), {"body": body("Општо", "Мое."), "expected": made.context["expected"]}
    )
    assert answer.status_code == 409


def test_a_section_that_was_removed_meanwhile_gives_the_text_back(desk: Desk, as_: As) -> None:
    from documents.actions.edit_outline import fingerprint, remove_section

    opened = desk.row().text_hash_mk
    remove_section(desk.coordinator, desk.edition, UID, fingerprint(desk.edition))
    answer = as_(desk.drafter).post(
        desk.section(), {"body": json.dumps(body("Општо", "Мое.")), "expected": opened}
    )
    assert answer.status_code == 409
    assert "Мое." in answer.content.decode()


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"mine": "x", "theirs": "{}"},
        {"mine": "[]", "theirs": "7"},
        {"mine": '{"blocks": 5}', "theirs": "{}"},
    ],
)
def test_a_merge_of_nonsense_is_not_found(desk: Desk, as_: As, data: dict[str, str]) -> None:
    assert as_(desk.drafter).post(desk.section() + "merge/", data).status_code == 404
