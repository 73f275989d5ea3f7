"""Items of a numbered list that are put in or taken out on the desk: what is saved, shown and written to Word
counts on."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import expect

from documents.actions.import_word import import_word
from documents.actions.save_section import save_section
from documents.models import Section, SectionChange
from documents.text import body_text, normalise_body
from documents.text.types import Body
from documents.word.file.guard import open_package
from documents.word.lists.counting import kinds_in, labels_in
from documents.word.read.read import read_package
from tests.support.documents.desk.browsing import TEXT, editor_body, save, settle
from tests.support.documents.desk.fixtures import As, Desk, Open
from tests.support.documents.word.build import (
    HEADINGS,
    abstract,
    heading,
    level,
    num,
    numbered,
    p,
    parts_of,
    word_file,
)
from tests.support.documents.word.list_counting import flat, item, paragraph

Json = dict[str, Any]
ONE, TWO = flat("1. 2. 3."), flat("4. 5.", 5)
BODY = normalise_body(
    {"heading": [{"type": "text", "text": "Мерки"}], "blocks": [ONE, paragraph("меѓу"), TWO], "notes": {}}
)
SOURCE = word_file(
    heading("Мерки")
    + "".join(numbered(f"прва {n}") for n in range(3))
    + p("меѓу")
    + "".join(numbered(f"втора {n}") for n in range(2))
    + "".join(numbered(f"буква {n}", 2) for n in range(3))
    + heading("Рокови")
    + p("Осум дена."),
    styles=HEADINGS,
    numbering=abstract(0, level(0, "decimal", "%1."))
    + abstract(1, level(0, "russianLower", "%1)"))
    + num(1, 0)
    + num(2, 1),
)


def put(desk: Desk, body: Body = BODY) -> None:
    row = desk.row()
    save_section(desk.drafter, desk.edition, str(row.uid), "mk", body, row.text_hash_mk)


def split(body: Body) -> Body:
    """As the editor splits the first item: the new one has its label too."""
    made = copy.deepcopy(body)
    made["blocks"][0]["content"].insert(1, item("1.", "нова"))
    return made


def sent(client: Client, url: str, body: Body, expected: str) -> Any:
    return client.post(url, json.dumps({"body": body, "expected": expected}), content_type="application/json")


@pytest.mark.django_db
def test_what_the_editor_sends_is_counted_and_the_answer_says_how(desk: Desk, as_: As) -> None:
    put(desk)
    before, client = desk.row().text_hash_mk, as_(desk.drafter)
    answer = sent(client, desk.section(), split(BODY), before)
    row = desk.row()
    assert labels_in(row.body_mk) == ["1.", "2.", "3.", "4.", "5.", "6."]
    assert answer.json()["labels"] == labels_in(row.body_mk)
    assert answer.json()["hash"] == row.text_hash_mk
    # Sent once more, because the answer was lost: it is the same text, no conflict and no change.
    changes = SectionChange.objects.count()
    again = sent(client, desk.section(), split(BODY), before)
    assert (again.status_code, again.json()["hash"]) == (200, row.text_hash_mk)
    assert SectionChange.objects.count() == changes
    # What is shown then is sent as it is: there is nothing to tell.
    assert "labels" not in sent(client, desk.section(), row.body_mk, row.text_hash_mk).json()


@pytest.mark.django_db
def test_another_text_meanwhile_is_still_a_conflict(desk: Desk, as_: As) -> None:
    put(desk)
    before = desk.row().text_hash_mk
    put(desk, normalise_body(BODY | {"blocks": [*BODY["blocks"], paragraph("друго")]}))
    assert sent(as_(desk.drafter), desk.section(), split(BODY), before).status_code == 409


@pytest.mark.django_db
def test_what_is_not_written_by_hand_is_kept_as_it_is(desk: Desk) -> None:
    put(desk)
    put(desk, split(BODY))
    assert labels_in(desk.row().body_mk) == ["1.", "1.", "2.", "3.", "4.", "5."]


@pytest.mark.django_db
@pytest.mark.parametrize("how", ["put in", "taken out"])
def test_word_counts_the_items_of_the_own_file_itself(desk: Desk, as_: As, how: str) -> None:
    Section.objects.filter(edition=desk.edition).delete()
    import_word(desk.drafter, desk.edition, "mk", SOURCE, "sop.docx")
    row = Section.objects.filter(edition=desk.edition).order_by("position")[0]
    body = copy.deepcopy(row.body_mk)
    lists = [block for block in body["blocks"] if block["type"] == "list"]
    assert labels_in(body) == ["1.", "2.", "3.", "4.", "5.", "а)", "б)", "в)"]
    if how == "put in":
        lists[0]["content"].insert(1, item("1.", "нова"))
        lists[2]["content"].insert(1, item("а)", "нова буква"))
        wanted = "1. 2. 3. 4. 5. 6. а) б) в) г)"
    else:
        del lists[0]["content"][1], lists[2]["content"][0]
        wanted = "1. 2. 3. 4. а) б)"
    answer = sent(as_(desk.drafter), desk.section(uid=str(row.uid)), body, row.text_hash_mk)
    assert answer.status_code == 200
    kept = Section.objects.get(pk=row.pk).body_mk
    assert " ".join(labels_in(kept)) == wanted
    own = as_(desk.drafter).get(desk.url("word/mk/")).content
    read = read_package(open_package(own)).tree.sections[0].text.body
    assert " ".join(labels_in(read)) == wanted
    assert body_text(read) == body_text(kept)
    assert b"KodeksLabel" not in parts_of(own)["word/document.xml"]


@pytest.mark.django_db
def test_an_empty_paragraph_that_a_key_left_in_an_item_is_not_kept(desk: Desk, as_: As) -> None:
    put(desk)
    body, client = split(BODY), as_(desk.drafter)
    body["blocks"][0]["content"][0]["content"].append({"type": "paragraph", "content": []})
    body["blocks"][0]["content"][1]["content"].append(paragraph(" "))
    body["blocks"][0]["content"][2]["content"].insert(0, {"type": "paragraph", "content": []})
    sent(client, desk.section(), body, desk.row().text_hash_mk)
    kept = desk.row().body_mk["blocks"]
    lines = [len(one["content"]) for one in kept[0]["content"]]
    assert lines == [1, 1, 2, 1], "a first line that is empty is seen: the number stands in it"
    sent(client, desk.section(), body, desk.row().text_hash_mk)
    assert desk.row().body_mk["blocks"] == kept


@pytest.mark.browser
def test_the_editor_shows_the_numbers_after_saving(desk_here: Desk, opened: Open) -> None:
    put(desk_here)
    page = opened(desk_here.drafter, desk_here.section())
    page.locator(f"{TEXT} li p").first.click()
    page.keyboard.press("End")
    settle(page)
    page.keyboard.press("Enter")
    page.keyboard.type("нова")
    save(page)
    labels = ["1.", "2.", "3.", "4.", "5.", "6."]
    expect(page.locator(f"{TEXT} li").nth(1)).to_have_attribute("data-label", "2.")
    assert labels_in(editor_body(page)) == labels == labels_in(desk_here.row().body_mk)
    kept = desk_here.row().text_hash_mk
    # The cursor is where it was, nothing is left to save, and undoing takes back what was typed.
    page.keyboard.type(" и уште")
    save(page)
    assert "нова и уште" in body_text(desk_here.row().body_mk)
    assert desk_here.row().text_hash_mk != kept
    page.keyboard.press("Control+z")
    page.keyboard.press("Control+z")
    save(page)
    assert len(labels_in(desk_here.row().body_mk)) <= len(labels)
    assert labels_in(editor_body(page)) == labels_in(desk_here.row().body_mk)


@pytest.mark.browser
def test_an_item_that_is_set_in_and_a_list_that_gets_signs(desk_here: Desk, opened: Open) -> None:
    put(desk_here)
    page = opened(desk_here.drafter, desk_here.section())
    page.locator(f"{TEXT} li p").nth(1).click()
    settle(page)
    page.keyboard.press("Tab")
    assert kinds_in(editor_body(page)) == [True, True, True], "a list within a numbered one is one too"
    save(page)
    row = desk_here.row().body_mk
    assert labels_in(row) == ["1.", "1.", "2.", "3.", "4."] == labels_in(editor_body(page))
    page.keyboard.press("Shift+Tab")
    save(page)
    assert desk_here.row().body_mk["blocks"] == BODY["blocks"]
    page.get_by_role("button", name="List", exact=True).first.click()
    save(page)
    row = desk_here.row().body_mk
    assert (labels_in(row), kinds_in(row)) == (["•", "•", "•", "1.", "2."], [False, True])
    assert editor_body(page) == row
