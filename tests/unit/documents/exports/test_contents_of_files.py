"""What readers' files name in their contents, and what stands over a section that has no heading."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

from django.utils import translation

from documents.exports.markdown import make_markdown
from documents.exports.pdf import depths, make_pdf
from documents.exports.web_page import make_html
from documents.text import SectionTree
from documents.text.contents_depth import ALWAYS, contents_depth
from documents.word.write.document_file import DocumentFile
from documents.word.write.write import write_docx
from tests.support.documents.exports.edition_file import edition_file, text_of
from tests.support.documents.exports.files import para, pdf_text, text

CLAUSE = "Договорните страни се согласуваат дека податоците се чуваат пет години и дека потоа се бришат. " * 3


def words(said: str) -> list[dict[str, Any]]:
    return [para(text(said))]


def html_of(tree: SectionTree) -> str:
    with translation.override("mk"):
        return make_html(edition_file(tree)).decode()


def test_a_section_without_a_heading_has_none_in_any_file(tmp_path: Path) -> None:
    tree = text_of((1, "", words("Увод.")), (2, "Под увод", words("Прво.")), (1, "Мерки", words("Второ.")))
    assert depths(edition_file(tree)) == [1, 1, 1]
    made = make_pdf(edition_file(tree))
    assert b"pdfuaid:part" in made
    pages = pdf_text(made, tmp_path).split("\f")
    for page in pages[1:]:
        assert not re.search(r"^ *– *(\d+ *)?$|^ *\.* *\d* *$(?<=\.\d)", page, re.MULTILINE), page
    assert "Под увод" in pages[1] and "Увод." in pages[2]
    page = html_of(tree)
    assert "–</" not in page and page.count("<h2") == 3 and page.count('<li class="d') == 2
    uid = tree.sections[0].uid
    assert f'<section id="s-{uid}"' in page
    markdown = make_markdown(edition_file(tree)).decode()
    assert f"[]{{#s-{uid}}}\n\nУвод." in markdown and "# –" not in markdown


def long_text() -> SectionTree:
    """One chapter after another with far more headings than their text is worth."""
    sections: list[tuple[int, str, list[Any]]] = []
    for chapter in range(10):
        sections.append((1, f"Глава {chapter}", words("Текст.")))
        sections += [(2, f"Клаузула {chapter} {number}", words("Текст.")) for number in range(30)]
        sections.append((2, CLAUSE, []))
    return text_of(*sections)


def test_contents_go_only_as_deep_as_they_are_short_and_name_no_paragraphs(tmp_path: Path) -> None:
    short = text_of(*((level, f"Дел {level}", words("Текст.")) for level in (1, 2, 3, 4)))
    assert contents_depth(short.sections, [1, 2, 3, 4]) == 3
    tree = long_text()
    assert len(tree.sections) > ALWAYS and contents_depth(tree.sections, depths(edition_file(tree))) == 1
    made = make_pdf(edition_file(tree))
    assert b"pdfuaid:part" in made
    contents, rest = pdf_text(made, tmp_path).split("\f")[1:3]
    assert "Глава 9" in contents and "Клаузула" not in contents and "Клаузула 0 1" in rest
    page = html_of(tree)
    assert page.count('<li class="d') == 10 and page.count('class="clause"') == 10
    with zipfile.ZipFile(BytesIO(write_docx(DocumentFile(tree)))) as package:
        document = package.read("word/document.xml").decode()
    assert 'TOC \\o "1-1"' in document and document.count("TOC1") == 10 and "TOC2" not in document
    few = text_of((1, "Прва", words("Текст.")), (1, CLAUSE, words("Текст.")), (1, "Втора", words("Текст.")))
    assert "Договорните" not in pdf_text(make_pdf(edition_file(few)), tmp_path).split("\f")[1]
    assert html_of(few).count('<li class="d') == 2


def test_a_level_of_clauses_is_not_named_by_the_few_short_ones() -> None:
    tree = text_of(
        (1, "Прва", words("Текст.")), (2, CLAUSE, []), (2, "Рок.", words("Текст.")), (1, "Втора", [])
    )
    assert contents_depth(tree.sections, [section.level for section in tree]) == 1


def test_clauses_in_a_row_fill_the_pages_of_the_pdf(tmp_path: Path) -> None:
    clauses: list[tuple[int, str, list[Any]]] = [(2, CLAUSE, []) for _ in range(12)]
    tree = text_of(
        *((level, said, blocks) for _ in range(3) for level, said, blocks in [(1, "Глава", []), *clauses])
    )
    pages = pdf_text(make_pdf(edition_file(tree)), tmp_path).split("\f")[2:-2]
    assert len(pages) > 1
    assert all(sum(bool(line.strip()) for line in page.splitlines()) > 20 for page in pages), pages
