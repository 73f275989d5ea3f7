"""The ministry's kind of file: numbered by Word, and read with the labels that Word shows."""

from __future__ import annotations

from pathlib import Path

import pytest
from openxml_audit import OpenXmlValidator

from documents.text import SectionTree
from documents.text.numbering import number_sections
from documents.word import FindingCode
from documents.word.sample import MinistryFrame, ministry_docx
from tests.support.documents.docx.build import bare, outline, parts_of, read
from tests.support.documents.docx.long_tree import long_tree
from tests.support.documents.docx.writer import DOCUMENT, TREE
from tests.support.services.office import Office

FRAME = MinistryFrame("Министерство за внатрешни работи", "Скопје, 2024", "СОП", blobs=DOCUMENT.blobs)


def numbered(tree: SectionTree) -> list[str]:
    return number_sections([(section.level, section.kind) for section in tree], tree.language)


@pytest.fixture(scope="module")
def long() -> SectionTree:
    return long_tree(sections=60, words=120)


def test_word_makes_the_labels_and_the_reader_reads_them(long: SectionTree) -> None:
    result = read(ministry_docx(long, FRAME), "mk")
    assert [section.text.label for section in result.tree] == numbered(long)
    assert [section.text.heading for section in result.tree] == [section.text.heading for section in long]
    assert [bare(s.text.body["notes"]) for s in result.tree] == [bare(s.text.body["notes"]) for s in long]
    assert [bare(s.text.body["blocks"]) for s in result.tree] == [bare(s.text.body["blocks"]) for s in long]
    assert result.report.count(FindingCode.COVER) == 2
    assert result.report.count(FindingCode.CONTENTS_LIST) == 1


def test_articles_and_annexes_are_numbered_by_lists_of_their_own() -> None:
    result = read(ministry_docx(TREE, FRAME), "mk")
    assert outline(result.tree) == [
        (1, "section", "", ""),
        (1, "chapter", "1", "Цел и примена"),
        (2, "section", "1.1", "Прв разговор"),
        (1, "article", "Член 1", ""),
        (1, "annex", "Прилог А", "Образец нов"),
        (2, "section", "А.1", "5. Не е број"),
    ]
    assert "kodeks_" not in parts_of(ministry_docx(TREE, FRAME))["word/document.xml"].decode()


def test_steps_are_plain_tables_and_references_lead_on() -> None:
    tree = read(ministry_docx(TREE, FRAME), "mk").tree
    step = tree.sections[2].text.body["blocks"][0]
    assert step["type"] == "table"
    assert step["content"][0]["content"][0]["attrs"]["colspan"] == 2
    reference = tree.sections[3].text.body["blocks"][0]["content"][1]["marks"][0]
    assert reference == {"type": "xref", "attrs": {"uid": tree.sections[2].uid}}


def test_the_judge_finds_no_fault(tmp_path: Path, long: SectionTree) -> None:
    path = tmp_path / "out.docx"
    path.write_bytes(ministry_docx(long, FRAME))
    found = OpenXmlValidator().validate(path)
    assert found.is_valid, found.errors


def test_the_long_text_is_the_same_each_time() -> None:
    assert long_tree(sections=12) == long_tree(sections=12)


def test_libreoffice_shows_the_same_labels(soffice: Office, tmp_path: Path) -> None:
    path = tmp_path / "out.docx"
    path.write_bytes(ministry_docx(TREE, FRAME))
    shown = soffice.convert(path, "txt:Text (encoded):UTF8").read_text("utf-8-sig")
    lines = [" ".join(line.split()) for line in shown.splitlines()]
    for line in ("1 Цел и примена", "1.1 Прв разговор", "Член 1", "Прилог А Образец нов", "А.1 5. Не е број"):
        assert line in lines, line


def test_a_long_file_has_more_than_a_hundred_pages(soffice: Office, tmp_path: Path) -> None:
    path = tmp_path / "long.docx"
    path.write_bytes(ministry_docx(long_tree(), FRAME))
    pdf = soffice.convert(path, "pdf").read_bytes()
    assert pdf.count(b"/Type/Page\n") + pdf.count(b"/Type/Page/") + pdf.count(b"/Type /Page\n") > 100
