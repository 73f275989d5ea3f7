"""What is read from right to left in files for readers: Word's own signs for it, and the same text read back."""

from __future__ import annotations

import uuid
from pathlib import Path

import pytest
from openxml_audit import OpenXmlValidator

from documents.text import SectionTree
from documents.word.file.markup import e
from documents.word.file.ns import w
from documents.word.write.document_file import DocumentFile
from documents.word.write.sides import split, turn
from documents.word.write.write import write_docx
from tests.support.documents.word.build import (
    bare,
    cell,
    item,
    listing,
    para,
    parts_of,
    read,
    section,
    table,
    text,
)

UID = str(uuid.uuid5(uuid.NAMESPACE_URL, "from the right"))
BLOCKS = [
    para("Образац на арапском: نموذج."),
    para("تُملأ الاستمارة ", text("(Form A-7)", "bold"), " في 12 يومًا."),
    listing(False, item("–", para("خط المساعدة")), item("–", para("Линија за помоћ"))),
    table([cell("الاسم"), cell("Име")], [cell("12"), cell("زيد")]),
]
DOCUMENT = DocumentFile(SectionTree("sr", "Поступак", (section(UID, 1, "section", "1.", "الحقوق", *BLOCKS),)))


def test_paragraphs_runs_and_tables_are_turned_and_read_back(tmp_path: Path) -> None:
    data = write_docx(DOCUMENT)
    xml = parts_of(data)["word/document.xml"].decode()
    # The heading, the second paragraph, one item, two cells.
    assert xml.count("<w:bidi/>") == 5
    assert xml.count("<w:bidiVisual/>") == 1
    assert '<w:rPr><w:rtl/></w:rPr><w:t xml:space="preserve">نموذج</w:t>' in xml
    assert '<w:rPr><w:b/></w:rPr><w:t xml:space="preserve">Form A-7</w:t>' in xml
    styles = parts_of(data)["word/styles.xml"].decode()
    assert styles.count("<w:b/>") == styles.count("<w:b/><w:bCs/>") > 9
    back = read(data, "sr").tree
    assert bare(next(iter(back)).text.body["blocks"]) == bare(
        section(UID, 1, "", "", "", *BLOCKS).text.body["blocks"]
    )
    path = tmp_path / "right.docx"
    path.write_bytes(data)
    found = OpenXmlValidator().validate(path)
    assert found.is_valid, found.errors


def test_a_text_from_the_left_is_written_as_before() -> None:
    paragraph = e("p", e("pPr", e("pStyle", val="Quote")), e("r", e("t", "Обавештење 12 (A-7).")))
    turn([paragraph])
    assert not list(paragraph.iter(w("bidi"), w("rtl")))
    assert len(list(paragraph.iter(w("r")))) == 1


@pytest.mark.parametrize(
    ("words", "rtl", "pieces"),
    [
        ("نص (Form A-7) نص.", True, [(True, "نص ("), (False, "Form A-7"), (True, ") نص.")]),
        ("Образац نموذج 12 (أ) – крај", False, [(False, "Образац "), (True, "نموذج 12 (أ"), (False, ") – крај")]),
        ("12. ", True, [(True, "12. ")]),
        ("Текст.", False, [(False, "Текст.")]),
    ],
)  # fmt: skip
def test_words_of_two_sides_are_parted(words: str, rtl: bool, pieces: list[tuple[bool, str]]) -> None:
    assert split(words, rtl) == pieces
