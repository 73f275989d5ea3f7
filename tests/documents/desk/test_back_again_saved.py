"""Files that came back and that LibreOffice only saved: what it writes otherwise is nobody's change, looks that the style of a
table gives above all."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from documents.actions.bring_back import bring_back
from documents.actions.decide_suggestion import accept
from documents.exports.own_file import export_own
from documents.models import Comment, Edition, Section
from documents.word import ns
from people.models import User
from tests.documents.desk.returning import paragraph, taken_in
from tests.documents.desk.test_back_again import BY, edited, p
from tests.documents.desk.test_back_again_headings import drafter
from tests.documents.docx.build import HEADINGS, parts_of, word_file
from tests.services.office import Office

__all__ = ["drafter"]

pytestmark = pytest.mark.django_db
STYLE = (
    '<w:style w:type="table" w:styleId="Grid"><w:name w:val="Grid"/><w:tblStylePr w:type="firstRow"><w:pPr><w:jc w:val="center"/></w:pPr>'
    "<w:rPr><w:b/></w:rPr></w:tblStylePr></w:style>"
)
BOLD = "<w:rPr><w:b/><w:bCs/></w:rPr>"


def row(*cells: str) -> str:
    return f"<w:tr>{''.join(f'<w:tc><w:tcPr/>{p(words)}</w:tc>' for words in cells)}</w:tr>"


TABLE = (
    '<w:tbl><w:tblPr><w:tblStyle w:val="Grid"/><w:tblLook w:val="0020" w:firstRow="1"/></w:tblPr>'
    f'<w:tblGrid><w:gridCol w:w="4000"/><w:gridCol w:w="4000"/></w:tblGrid>{row("Орган", "Задача")}{row("Полиција", "Прв разговор")}</w:tbl>'
)

STYLED = '<w:style w:type="character" w:styleId="Hyperlink"><w:name w:val="Hyperlink"/><w:rPr><w:u w:val="single"/></w:rPr></w:style>'
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = (
    f'<Relationship Id="rL" Type="{REL}/hyperlink" Target="https://example.org/a" TargetMode="External"/>'
    f'<Relationship Id="rH" Type="{REL}/header" Target="header1.xml"/>'
)


def piece(words: str, size: int) -> str:
    return f'<w:r><w:rPr><w:rStyle w:val="Hyperlink"/><w:sz w:val="{size}"/></w:rPr><w:t>{words}</w:t></w:r>'


LINK = f'<w:p><w:hyperlink r:id="rL" w:anchor="b">{piece("Службен ", 24)}{piece("весник", 20)}</w:hyperlink></w:p>'
HEADER = (
    f'<w:hdr xmlns:w="{ns.W}"><w:p><w:r><w:t>Министерство</w:t></w:r>'
    '<w:r><w:ptab w:relativeTo="margin" w:alignment="right" w:leader="none"/></w:r><w:r><w:t>Скопје</w:t></w:r></w:p></w:hdr>'
)


@pytest.fixture
def edition(drafter: User) -> Edition:
    source = word_file(
        p("Надлежности", True) + TABLE + p("Став зад табелата.") + LINK
        + '<w:sectPr><w:headerReference w:type="default" r:id="rH"/></w:sectPr>',
        styles=HEADINGS + STYLE + STYLED,
        relations=RELATIONS,
        parts={"word/header1.xml": HEADER},
        types={"word/header1.xml": "application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"},
    )  # fmt: skip
    return taken_in(drafter, source)


def at_the_words(text: str, words: str, more: str = "") -> str:
    """The look of the table's style written to a paragraph, as LibreOffice does; ``more`` behind its words."""
    a, b = paragraph(text, words)
    said = re.sub(r"<w:r>", f"<w:r>{BOLD}", text[a:b])
    said = re.sub(r"<w:p( [^>]*)?>", r'\g<0><w:pPr><w:jc w:val="center"/></w:pPr>', said, count=1)
    return text[:a] + said.replace("</w:p>", more + "</w:p>") + text[b:]


def rows_of(drafter: User, edition: Edition, *changes: tuple[str, str]) -> list[tuple[str, str]]:
    def change(text: str) -> str:
        for words, more in changes:
            text = at_the_words(text, words, more)
        return text

    back = bring_back(
        drafter, edition, "mk", edited(export_own(drafter, edition, "mk").data, change), "b.docx"
    )
    return [(one.old, one.new) for one in back.suggestions.order_by("pk")]


def test_the_look_that_the_tables_style_gives_is_no_change(drafter: User, edition: Edition) -> None:
    assert rows_of(drafter, edition, ("Орган", ""), ("Задача", "")) == []


def test_bold_where_the_style_gives_none_is_a_change(drafter: User, edition: Edition) -> None:
    assert rows_of(drafter, edition, ("Орган", ""), ("Полиција", "")) == [("Полиција\nПрв разговор",) * 2]


@pytest.mark.parametrize("tracked", [True, False])
def test_new_words_in_such_a_cell_are_suggested_without_the_look(
    drafter: User, edition: Edition, tracked: bool
) -> None:
    run = f'<w:r>{BOLD}<w:t xml:space="preserve"> и рок</w:t></w:r>'
    more = f'<w:ins w:id="95" {BY}>{run}</w:ins>' if tracked else run
    assert len(rows_of(drafter, edition, ("Орган", ""), ("Задача", more))) == 1
    (suggestion,) = edition.suggestions.all()
    accept(drafter, suggestion)
    body = Section.objects.get(edition=edition).body_mk
    cell = body["blocks"][0]["content"][0]["content"][1]
    assert cell["content"] == [{"type": "paragraph", "content": [{"type": "text", "text": "Задача и рок"}]}]


def test_libreoffice_opens_and_saves_it_and_nothing_is_suggested(
    drafter: User, edition: Edition, writer: Office, tmp_path: Path
) -> None:
    source = tmp_path / "own.docx"
    source.write_bytes(export_own(drafter, edition, "mk").data)
    saved = writer.convert(source, "docx").read_bytes()
    words = parts_of(saved)["word/document.xml"]
    assert b"<w:b/>" in (words if isinstance(words, bytes) else words.encode())
    back = bring_back(drafter, edition, "mk", saved, "b.docx")
    assert [(one.old, one.new) for one in back.suggestions.all()] == []
    assert [one.text for one in Comment.objects.all()] == []
