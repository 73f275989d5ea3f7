"""The ministry's kind of file: numbered by Word, and read with the labels that Word shows."""

from __future__ import annotations

from pathlib import Path

from openxml_audit import OpenXmlValidator

from documents.text import SectionTree
from documents.text.numbering import number_sections
from documents.word import FindingCode
from tests.support.documents.word.build import bare, read
from tests.support.documents.word.long_tree import long_tree
from tests.support.documents.word.sample import MinistryFrame, ministry_docx
from tests.support.documents.word.writer import DOCUMENT

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
