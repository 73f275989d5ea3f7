"""A file for translators of a section that changed since it was translated: each text has the translation of
its own words."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.test import Client
from django.utils import translation
from django.utils.translation import gettext
from docx import Document
from lxml import etree

from documents.actions.find_translation_source import UNREAD
from documents.actions.import_translation import make_exchange
from documents.actions.save_section import save_section
from documents.choices import Translation
from documents.editions.text_storage import load_outline
from documents.text import body_text
from documents.translation.slots import align_slots
from tests.support.documents.desk.exchange import bring, only, page
from tests.support.documents.desk.fixtures import UID, UID2, As, Desk
from tests.support.documents.word.build import item, listing, para
from tests.support.factories import beside, body

MK = ["Доброволност на помошта", "Доверливост на податоците", "Најдобар интерес на детето"]
SQ = ["Vullnetarizmi", "Konfidencialiteti", "Interesi i fëmijës"]
CORE = "{urn:oasis:names:tc:xliff:document:2.0}"
NEW = "Тајност. Сè се чува пет години."


def principles(heading: str, words: list[str]) -> dict[str, Any]:
    made = body(heading)
    return made | {"blocks": [listing(True, *(item("", para(one)) for one in words))]}


@pytest.fixture
def translated(desk: Desk) -> Desk:
    desk_row = desk.row()
    save_section(desk.drafter, desk.edition, UID, "mk", principles("Начела", MK), desk_row.text_hash_mk)
    sq, seen = principles("Parimet", SQ), beside(desk.edition, UID)
    desk.save("sq", sq, seen=seen)
    return desk


def offered(desk: Desk) -> dict[str, str | None]:
    (section,) = make_exchange(desk.edition, "sq", [UID]).sections
    return {unit.source[0]["text"]: unit.target[0]["text"] if unit.target else None for unit in section.units}


def now(desk: Desk, words: list[str]) -> dict[str, str | None]:
    desk.save("mk", principles("Начела", words))
    return offered(desk)


def test_a_new_item_in_the_place_of_an_old_one_has_no_translation(translated: Desk) -> None:
    assert now(translated, [NEW, MK[1], MK[2]]) == {
        "Начела": "Parimet",
        NEW: None,
        MK[1]: SQ[1],
        MK[2]: SQ[2],
    }


def test_what_stands_elsewhere_now_or_beside_what_went_keeps_its_translation(translated: Desk) -> None:
    assert now(translated, [MK[2], MK[0], MK[1]])[MK[2]] == SQ[2]
    assert now(translated, MK[1:]) == {"Начела": "Parimet", MK[1]: SQ[1], MK[2]: SQ[2]}
    added = now(translated, [NEW, *MK])
    assert added == {"Начела": "Parimet", NEW: None} | dict(zip(MK, SQ, strict=True))


def test_where_a_few_words_changed_the_former_translation_helps(translated: Desk) -> None:
    changed = "Најдобар интерес на секое дете"
    assert now(translated, [MK[1], changed]) == {"Начела": "Parimet", MK[1]: SQ[1], changed: SQ[2]}


def test_what_was_translated_since_goes_out_beside_it(translated: Desk) -> None:
    changed = "Најдобар интерес на секое дете"
    now(translated, [NEW, MK[1], changed])
    part = principles("Parimet", ["Fshehtësia.", SQ[1], SQ[2]])
    sha256 = translated.row().text_hash_sq
    save_section(translated.drafter, translated.edition, UID, "sq", part, sha256, seen=UNREAD)
    assert offered(translated) == {
        "Начела": "Parimet", NEW: "Fshehtësia.", MK[1]: SQ[1], changed: SQ[2],
    }  # fmt: skip


def test_nothing_is_put_beside_where_neither_original_has_the_translations_blocks() -> None:
    one, other = principles("Начела", MK), principles("Начела", MK[:2])
    assert align_slots(other, other, principles("Parimet", SQ)) == {}
    assert align_slots(one, other, principles("Parimet", SQ))["b0.0.0"][0]["text"] == SQ[0]


def test_another_section_is_offered_no_translation_of_other_words(translated: Desk, as_: As) -> None:
    now(translated, [NEW, MK[1], MK[2]])
    sha256 = translated.row(UID2).text_hash_mk
    save_section(translated.drafter, translated.edition, UID2, "mk", principles("Цел", [NEW, MK[1]]), sha256)
    said = as_(translated.translator).get(translated.section("sq", UID2)).content.decode()
    assert SQ[1] in said and SQ[0] not in said


@pytest.mark.parametrize("kind", ["xlf", "docx"])
def test_a_section_of_which_an_item_went_comes_back_with_its_translation(
    translated: Desk, as_: As, kind: str
) -> None:
    now(translated, MK[1:])
    client = as_(translated.translator)
    out = client.get(page(translated) + f"file.{kind}").content
    said = bring(client, translated, out, f"b.{kind}").content.decode()
    assert "Not translated yet" not in said
    assert load_outline(translated.edition, "sq")[0].state == Translation.STALE
    said = bring(client, translated, only(out, kind, "b0.0.0", "Fshehtësia"), f"b.{kind}").content.decode()
    assert "1 section was imported." in said and "may be wrong" not in said
    assert body_text(translated.row().body_sq) == f"Fshehtësia\n{SQ[2]}"
    assert load_outline(translated.edition, "sq")[0].state == Translation.CURRENT


CHANGED = "Најдобар интерес на секое дете"


def states(client: Client, desk: Desk) -> dict[str, tuple[str, str, str]]:
    """Of each text of the file: its state, the one below it, and the note."""
    tree = etree.fromstring(client.get(f"{page(desk)}file.xlf").content)
    (group,) = tree.iterfind(f".//{CORE}group[@id='s-{UID}']")
    found = {}
    for unit in group.iterfind(f"{CORE}unit"):
        (segment,) = unit.iterfind(f"{CORE}segment")
        note = unit.findtext(f"{CORE}notes/{CORE}note")
        said = segment.get("state"), segment.get("subState"), note
        found[str(segment.xpath("string(*[local-name()='source'])"))] = tuple(one or "" for one in said)
    return found  # type: ignore[return-value]


def test_the_file_tells_which_texts_are_translated_older_and_missing(translated: Desk, as_: As) -> None:
    now(translated, [NEW, MK[1], CHANGED])
    client = as_(translated.translator)
    said = states(client, translated)
    assert said[NEW] == ("initial", "", "")
    assert said[MK[1]] == said["Начела"] == ("translated", "", "")
    assert said[CHANGED][:2] == ("initial", "kodeks:older")
    with translation.override("sq"):
        changed = gettext("The original has changed since this was translated.")
        before, older = gettext("Previous text:"), gettext("original changed")
        done, missing = gettext("translated"), gettext("not translated")
    assert said[CHANGED][2] == f"{changed} {before} {MK[2]}"
    file = client.get(f"{page(translated)}file.docx").content
    rows = {
        row.cells[1].text: row.cells[0].text.split("\n") for row in Document(io.BytesIO(file)).tables[0].rows
    }
    assert rows[NEW][1:] == [missing] and rows[MK[1]][1:] == [done]
    assert rows[f"{CHANGED}\n{before} {MK[2]}"][1:] == [older]
