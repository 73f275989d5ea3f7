"""A translator's file of which something can't be right: it is stored, and not up to date until somebody has
read it."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from documents.actions.import_word import import_word
from documents.choices import Translation
from documents.editions.text_storage import load_outline
from documents.models import Section
from documents.text import body_text, normalise_body
from tests.support.documents.desk.exchange import bring, only, page
from tests.support.documents.desk.fixtures import UID, As, Desk
from tests.support.documents.word.build import HEADINGS, heading, p, word_file
from tests.support.factories import beside

MK = "Полицијата го известува центарот во рок од 24 часа, најдоцна до 3 декември 2026."
SQ = "Policia njofton qendrën brenda 24 orëve, më së voni deri më 3 dhjetor 2026."
SECOND_MK = "Центарот именува старател и не го испрашува детето пред тој да дојде."
SECOND_SQ = "Qendra cakton kujdestar dhe nuk e pyet fëmijën para se ai të vijë."
LINK = {"type": "link", "attrs": {"href": "https://example.org/"}}

FAULTS = {
    "the original's words": ("b0", MK),
    "another script": ("b0", "Полицијата јавува на 3 декември 2026 во рок од 24 часа."),
    "another language": ("b0", "The police notify the centre within 24 hours, by 3 December 2026 at the latest."),
    "a sentence left in the original": ("b0", f"{SQ} Центарот го известува старателот."),
    "no words": ("b0", "–"),
    "cut short": ("b1", "Qendra cakton."),
    "the words of another text": ("b1", SQ),
    "a time limit that is gone": ("b0", SQ.replace("brenda 24 orëve", "menjëherë")),
    "another number": ("b0", SQ.replace("24", "48")),
    "days for hours": ("b0", SQ.replace("orëve", "ditëve")),
    "another month": ("b0", SQ.replace("dhjetor", "nëntor")),
    "a link that is gone": ("b2", "Shih formularin."),
}  # fmt: skip


def text(first: str, second: str, see: str, form: str) -> dict[str, Any]:
    see_form = [{"type": "text", "text": see}, {"type": "text", "text": form, "marks": [LINK]}]
    contents = [{"type": "text", "text": first}], [{"type": "text", "text": second}], see_form
    return {**normalise_body({"blocks": [{"type": "paragraph", "content": one} for one in contents]})}


@pytest.fixture
def client(desk: Desk, as_: As) -> Client:
    desk.save("mk", text(MK, SECOND_MK, "Види ", "образец."))
    right, seen = text(SQ, SECOND_SQ, "Shih ", "formularin."), beside(desk.edition, UID)
    desk.save("sq", right, seen=seen)
    assert state(desk) == Translation.CURRENT
    return as_(desk.translator)


def state(desk: Desk) -> Translation:
    return load_outline(desk.edition, "sq")[0].state


@pytest.mark.parametrize("kind", ["xlf", "docx"])
def test_no_fault_is_taken_for_up_to_date(desk: Desk, client: Client, kind: str) -> None:
    out = client.get(f"{page(desk)}file.{kind}").content
    names = ("body_sq", "text_hash_sq", "source_hash_sq")
    before = Section.objects.filter(edition=desk.edition, uid=UID).values(*names).get()
    up_to_date = []
    for fault, (slot, words) in FAULTS.items():
        confirmed = only(out, kind, slot, words).replace(b'state="initial"', b'state="final"')
        said = bring(client, desk, confirmed, f"b.{kind}").content.decode()
        assert "1 section was imported." in said and "These texts may be wrong." in said, fault
        assert f'href="/en/desk/{desk.edition.pk}/s/{UID}/sq/"' in said, fault
        assert words in body_text(desk.row().body_sq), fault
        if state(desk) != Translation.STALE:
            up_to_date.append(fault)
        Section.objects.filter(edition=desk.edition, uid=UID).update(**before)
    assert not up_to_date
    better = SECOND_SQ.replace("cakton", "emëron")
    said = bring(client, desk, only(out, kind, "b1", better), f"b.{kind}").content.decode()
    assert "may be wrong" not in said and state(desk) == Translation.CURRENT


@pytest.mark.parametrize("kind", ["xlf", "docx"])
def test_what_a_program_confirms_at_one_press_stays_older_until_a_person_has_read_it(
    desk: Desk, client: Client, kind: str
) -> None:
    desk.save("mk", text(MK, SECOND_MK.replace("старател", "двајца старатели"), "Види ", "образец."))
    out = client.get(f"{page(desk)}file.{kind}").content
    confirmed = out.replace(b'state="initial" subState="kodeks:older"', b'state="final"')
    for file in (confirmed, only(confirmed, kind, "b0", SQ.replace("brenda", "deri në"))):
        said = bring(client, desk, file, f"b.{kind}").content.decode()
        assert "The original has changed and the translation has not." in said
        assert state(desk) == Translation.STALE
    section = client.get(desk.section("sq")).content.decode()
    assert "The original has changed and the translation has not." in section and SECOND_SQ in section
    client.post(f"{desk.section('sq')}still-right/", {"source": desk.row().text_hash_mk})
    assert state(desk) == Translation.CURRENT
    again = client.get(f"{page(desk)}file.{kind}").content
    assert "may be wrong" not in bring(client, desk, again, f"b.{kind}").content.decode()
    assert state(desk) == Translation.CURRENT


def test_a_translation_as_a_whole_word_file_is_not_believed_either(desk: Desk) -> None:
    rows = [(row.heading or "–", row.level) for row in load_outline(desk.edition, "mk")]
    titles = ("Të përgjithshme", "Qëllimi", "Procedura")
    texts = ("Ова не е преведено на албански.", "Ky është teksti i dytë.", "Ky është teksti i tretë.")
    made = [
        part
        for title, (_name, level), words in zip(titles, rows, texts, strict=True)
        for part in (heading(title, level), p(words))
    ]
    import_word(desk.drafter, desk.edition, "sq", word_file("".join(made), styles=HEADINGS), "sq.docx")
    found = [row.state for row in load_outline(desk.edition, "sq")]
    assert found == [Translation.STALE, Translation.CURRENT, Translation.CURRENT]
