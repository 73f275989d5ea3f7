"""Fields and links of an own file: untouched paragraphs keep theirs, and no half of one is left."""

from __future__ import annotations

import pytest

from tests.support.documents.word.build import HEADINGS, heading, p, parts_of, word_file
from tests.support.documents.word.own import NUMBERING, change, document, own, read
from tests.support.documents.word.own_notes import cells, note
from tests.support.documents.word.reader_unseen import field, text

REFERENCES = "".join(
    (
        field(r"REF _Ref100 \r \h", "2"),
        field("PAGEREF _Ref100", "7"),
        f'<w:fldSimple w:instr=" REF Mark ">{text("the mark")}</w:fldSimple>',
        f'<w:hyperlink w:anchor="_Ref100" w:history="1">{text("Scope")}</w:hyperlink>',
        '<w:r><w:endnoteReference w:id="3"/></w:r>',
    )
)
INNER = f"{text('See section ')}{REFERENCES}{text(' below.')}"
ITEM = '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>'


def source(*lines: str) -> bytes:
    """A file of two sections; the second one's heading and some words in it have bookmarks."""
    marks = '<w:bookmarkStart w:id="{0}" w:name="{1}"/>{2}<w:bookmarkEnd w:id="{0}"/>'
    scope = heading("").replace("</w:p>", marks.format(1, "_Ref100", text("Scope")) + "</w:p>")
    marked = f"<w:p>{text('Here is ')}{marks.format(2, 'Mark', text('the mark'))}</w:p>"
    body = heading("Aim") + "".join(lines) + scope + marked
    endnotes = note(3, "The law.", "endnote")
    return word_file(body, styles=HEADINGS, numbering=NUMBERING, endnotes=endnotes)


@pytest.mark.parametrize(
    "line", [f"<w:p  >{INNER}</w:p>", f"<w:p>{ITEM}{INNER}</w:p>", cells(f"<w:p>{INNER}</w:p>", p("b"))]
)
def test_a_block_with_references_that_nobody_edited_leaves_byte_for_byte(line: str) -> None:
    data = source(line)
    tree = read(data)
    assert "xref" in str(tree.sections[0].text.body)
    data_out = own(change(tree, 1, lambda body: body["blocks"].clear()), data)
    before, after = parts_of(data), parts_of(data_out)
    assert {name for name in after if before.get(name) != after[name]} == {"word/document.xml"}
    assert line in document(data_out).decode()


@pytest.mark.parametrize("gone", [0, 1])
def test_of_a_field_over_two_paragraphs_no_half_is_left_where_one_goes(gone: int) -> None:
    begin, end = field("REF Mark", "|").split(text("|"))
    lines = ("First line.", "Second line.")
    data = source(f"<w:p>{begin}{text(lines[0])}</w:p>", f"<w:p>{text(lines[1])}{end}</w:p>")
    tree = read(data)
    xml = document(own(change(tree, 0, lambda body: body["blocks"].pop(gone)), data)).decode()
    assert "fldChar" not in xml and "instrText" not in xml
    assert lines[1 - gone] in xml and lines[gone] not in xml
    assert document(own(tree, data)).decode().count("<w:fldChar ") == 3
