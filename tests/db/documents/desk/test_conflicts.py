"""Two people in one section: the conflict, and the choice between both texts."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from documents.actions.edit_outline import fingerprint, remove_section
from documents.actions.save_section import save_section
from documents.models import WorkingCopy
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


def ask(desk: Desk, client: Client, mine: Any = MINE, theirs: Any = THEIRS) -> dict[str, str]:
    """Saves mine over theirs; gives the form that asks, as it is filled in."""
    opened = desk.row().text_hash_mk
    save_section(desk.coordinator, desk.edition, UID, "mk", theirs, opened)
    page = client.post(desk.section(), {"body": json.dumps(mine), "expected": opened})
    given = {name: page.context[name] for name in ("expected", "base")}
    parts = page.context["open_questions"] + page.context["settled"]
    return {"body": page.context["mine"], **given, **{f"part-{p.number}": p.choice for p in parts}}


def test_nothing_is_chosen_where_both_changed_and_nothing_is_saved_so(desk: Desk, as_: As) -> None:
    client = as_(desk.drafter)
    form = ask(desk, client)
    assert form["part-0"] == ""
    answer = client.post(desk.section() + "merge/", form)
    html = answer.content.decode()
    assert answer.status_code == 422 and "There is a problem" in html and 'href="#part-0-mine"' in html
    assert desk.row().body_mk == THEIRS


@pytest.mark.parametrize(
    ("choice", "stays"),
    [("theirs", THEIRS), ("mine", MINE)],
)
def test_a_person_chooses_between_both_texts(desk: Desk, as_: As, choice: str, stays: object) -> None:
    client = as_(desk.drafter)
    form = ask(desk, client)
    filled = client.post(desk.section() + "merge/", form | {"take": f"all-{choice}"})
    assert desk.row().body_mk == THEIRS
    assert {part.choice for part in filled.context["open_questions"]} == {choice}
    client.post(desk.section() + "merge/", form | {"part-0": choice})
    assert desk.row().body_mk == stays
    assert not WorkingCopy.objects.exists()


def test_write_it_opens_mine_next_to_theirs(desk: Desk, as_: As) -> None:
    client = as_(desk.drafter)
    theirs = ask(desk, client) | {"part-0": "write"}
    answer = client.post(desk.section() + "merge/", theirs)
    assert answer.context["unsaved"] and "Од другиот." in str(answer.context["other"]["text"])
    sent = {"body": json.loads(answer.context["body"]), "expected": answer.context["expected"]}
    assert sent == {"body": MINE, "expected": theirs["expected"]}
    assert desk.row().body_mk == THEIRS
    assert post_json(client, desk.section(), sent).status_code == 200
    assert desk.row().body_mk == MINE


def test_what_only_one_changed_stays_without_a_question(desk: Desk, as_: As) -> None:
    desk.save("mk", body("Општо", "Прво.", "Второ.", "Трето."))
    client = as_(desk.drafter)
    mine, theirs = body("Општо", "Прво мое.", "Второ.", "Трето."), body("Општо", "Прво.", "Второ.", "Три.")
    form = ask(desk, client, mine, theirs)
    assert [form["part-0"], form["part-1"]] == ["mine", "theirs"]
    client.post(desk.section() + "merge/", form)
    assert desk.row().body_mk == body("Општо", "Прво мое.", "Второ.", "Три.")


def test_a_second_conflict_is_told_again(desk: Desk, as_: As) -> None:
    client = as_(desk.drafter)
    form = ask(desk, client) | {"part-0": "mine"}
    desk.save("mk", body("Општо", "Две."))
    answer = client.post(desk.section() + "merge/", form)
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
