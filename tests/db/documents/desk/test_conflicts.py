"""Two people in one section: the conflict, and the choice between both texts."""

from __future__ import annotations

import json

import pytest

from documents.actions.edit_outline import fingerprint, remove_section
from documents.actions.save_section import save_section
from tests.support.documents.desk.fixtures import UID, As, Desk, post_json
from tests.support.factories import body

MINE = body("Општо", "Текст, мој.")
THEIRS = body("Општо", "Текст.", "Од другиот.")


def test_a_conflict_answers_409_and_loses_neither_text(desk: Desk, as_: As) -> None:
    opened = desk.row().text_hash_mk
    save_section(desk.coordinator, desk.edition, UID, "mk", THEIRS, opened)
    client = as_(desk.drafter)
    answer = post_json(client, desk.section(), {"body": MINE, "expected": opened})
    assert answer.status_code == 409 and answer.json()["conflict"] is True
    page = client.post(desk.section(), {"body": json.dumps(MINE), "expected": opened})
    html = page.content.decode()
    assert page.status_code == 409
    assert "Cveta saved this section" in html and "Од другиот." in html and "мој" in html
    assert desk.row().body_mk == THEIRS


@pytest.mark.parametrize(("take", "stays"), [("theirs", THEIRS), ("mine", MINE), ("write", THEIRS)])
def test_a_person_chooses_between_both_texts(desk: Desk, as_: As, take: str, stays: object) -> None:
    opened = desk.row().text_hash_mk
    theirs = save_section(desk.coordinator, desk.edition, UID, "mk", THEIRS, opened)
    client = as_(desk.drafter)
    page = client.post(desk.section(), {"body": json.dumps(MINE), "expected": opened})
    form = {"body": page.context["mine"], "expected": page.context["expected"], "take": take}
    answer = client.post(desk.section() + "merge/", form)
    assert desk.row().body_mk == stays
    if take == "write":
        assert answer.context["unsaved"] and "Од другиот." in str(answer.context["other"]["text"])
        sent = {"body": json.loads(answer.context["body"]), "expected": answer.context["expected"]}
        assert sent == {"body": MINE, "expected": theirs}
        assert post_json(client, desk.section(), sent).status_code == 200
        assert desk.row().body_mk == MINE


@pytest.mark.parametrize("take", ["mine", "write"])
def test_a_second_conflict_is_told_again(desk: Desk, as_: As, take: str) -> None:
    opened = desk.row().text_hash_mk
    first = save_section(desk.coordinator, desk.edition, UID, "mk", THEIRS, opened)
    save_section(desk.coordinator, desk.edition, UID, "mk", body("Општо", "Две."), first)
    form = {"body": json.dumps(MINE), "expected": first, "take": take}
    answer = as_(desk.drafter).post(desk.section() + "merge/", form)
    if take == "write":
        sent = {"body": json.loads(answer.context["body"]), "expected": answer.context["expected"]}
        answer = post_json(as_(desk.drafter), desk.section(), sent)
    assert answer.status_code == 409
    assert desk.row().body_mk == body("Општо", "Две.")


def test_a_section_that_was_removed_meanwhile_gives_the_text_back(desk: Desk, as_: As) -> None:
    opened = desk.row().text_hash_mk
    remove_section(desk.coordinator, desk.edition, UID, fingerprint(desk.edition))
    answer = as_(desk.drafter).post(desk.section(), {"body": json.dumps(MINE), "expected": opened})
    assert answer.status_code == 409
    assert "мој" in answer.content.decode()


@pytest.mark.parametrize("sent", ["", "x", "7", '{"blocks": 5}'])
def test_nonsense_is_not_opened_in_the_editor(desk: Desk, as_: As, sent: str) -> None:
    answer = as_(desk.drafter).post(desk.section() + "merge/", {"body": sent, "take": "write"})
    assert answer.status_code == 404
