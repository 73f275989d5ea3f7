"""The ministry's kind of file: numbered by Word, and read with the labels that Word shows."""

from __future__ import annotations

from pathlib import Path

from openxml_audit import OpenXmlValidator

from documents.text import SectionTree
from documents.text.numbering import number_sections
from documents.word import FindingCode
from tests.support.documents.word.build import bare, outline, parts_of, read
from tests.support.documents.word.long_tree import long_tree
from tests.support.documents.word.sample import MinistryFrame, ministry_docx
from tests.support.documents.word.writer import DOCUMENT, TREE
from tests.support.services.office import Office

FRAME = MinistryFrame("Министерство за внатрешни работи", "Скопје, 2024", "СОП", blobs=DOCUMENT.blobs)


def numbered(tree: SectionTree) -> list[str]:
    return number_sections([(section.level, section.kind) for section in tree], tree.language)


def test_word_makes_the_labels_and_the_reader_reads_them(tmp_path: Path) -> None:
    long = long_tree(sections=60, words=120)
    data = ministry_docx(long, FRAME)
    result = read(data, "mk")
    assert [section.text.label for section in result.tree] == numbered(long)
    assert [section.text.heading for section in result.tree] == [section.text.heading for section in long]
    assert [bare(s.text.body["notes"]) for s in result.tree] == [bare(s.text.body["notes"]) for s in long]
    assert [bare(s.text.body["blocks"]) for s in result.tree] == [bare(s.text.body["blocks"]) for s in long]
    assert result.report.count(FindingCode.COVER) == 2
    assert result.report.count(FindingCode.CONTENTS_LIST) == 1
    path = tmp_path / "out.docx"
    path.write_bytes(data)
    found = OpenXmlValidator().validate(path)
    assert found.is_valid, found.errors


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


def test_libreoffice_shows_the_same_labels(soffice: Office, tmp_path: Path) -> None:
    path = tmp_path / "out.docx"
    path.write_bytes(ministry_docx(TREE, FRAME))
    shown = soffice.convert(path, "txt:Text (encoded):UTF8").read_text("utf-8-sig")
    lines = [" ".join(line.split()) for line in shown.splitlines()]
    for line in ("1 Цел и примена", "1.1 Прв разговор", "Член 1", "Прилог А Образец нов", "А.1 5. Не е број"):
        assert line in lines, line
