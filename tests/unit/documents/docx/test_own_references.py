"""Fields and links of an own file that refer to other places of it, as they stand in the XML that is written."""

from __future__ import annotations

from dataclasses import replace

import pytest

from documents.text import SectionTree
from tests.support.documents.docx.build import p, parts_of
from tests.support.documents.docx.own import change, document, own, read
from tests.support.documents.docx.own_notes import cells
from tests.support.documents.docx.own_references import (
    ENDNOTE,
    REFERENCES,
    WORDS,
    line,
    paragraph,
    source,
)
from tests.support.documents.docx.reader_unseen import field, text


def without(tree: SectionTree, place: int) -> SectionTree:
    return replace(tree, sections=tree.sections[:place] + tree.sections[place + 1 :])


@pytest.mark.parametrize("reference", REFERENCES.values(), ids=REFERENCES)
@pytest.mark.parametrize("end", ["", ENDNOTE], ids=["plain", "endnote"])
def test_a_paragraph_with_a_reference_that_nobody_edited_leaves_byte_for_byte(
    reference: str, end: str
) -> None:
    data = source(line(reference + end))
    tree = read(data)
    assert '"xref"' in str(tree.sections[0].text.body).replace("'", '"')
    made = own(tree, data)
    assert paragraph(made) == paragraph(data)
    before, after = parts_of(data), parts_of(made)
    assert {name for name in after if before.get(name) != after[name]} == {"word/document.xml"}


@pytest.mark.parametrize("reference", REFERENCES.values(), ids=REFERENCES)
@pytest.mark.parametrize("place", ["item", "cell", "note"])
def test_so_do_lists_tables_and_notes_with_one(reference: str, place: str) -> None:
    inner = WORDS.format(reference)
    item = '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>'
    data = {
        "item": source(line(item + inner)),
        "cell": source(cells(f"<w:p>{inner}</w:p>", p("b"))),
        "note": source(line(ENDNOTE), endnote=f'<w:endnote w:id="3"><w:p>{inner}</w:p></w:endnote>'),
    }[place]
    made = own(read(data), data)
    before, after = parts_of(data), parts_of(made)
    assert {name for name in after if before.get(name) != after[name]} == {"word/document.xml"}
    assert inner in (after["word/endnotes.xml"] if place == "note" else document(made)).decode()


LONG = ("See: ", "First line.", "Second line.", " So it is.")


def over_two(instruction: str) -> bytes:
    """A file with a field whose words are two paragraphs."""
    begin, end = field(instruction, "|").split(text("|"))
    return source(
        f"<w:p>{text(LONG[0])}{begin}{text(LONG[1])}</w:p>", f"<w:p>{text(LONG[2])}{end}{text(LONG[3])}</w:p>"
    )


@pytest.mark.parametrize("instruction", ["REF Mark", r'HYPERLINK \l "Mark"', "INCLUDETEXT other.docx"])
@pytest.mark.parametrize("gone", [0, 1])
def test_of_a_field_over_two_paragraphs_no_half_is_left_where_one_goes(instruction: str, gone: int) -> None:
    data = over_two(instruction)
    tree = read(data)
    made = own(change(tree, 0, lambda body: body["blocks"].pop(gone)), data)
    said = document(made).decode()
    assert "fldChar" not in said and "instrText" not in said
    assert (LONG[2] in said, LONG[1] in said) == (gone == 0, gone == 1)
    assert document(own(tree, data)).decode().count("<w:fldChar ") == 3
