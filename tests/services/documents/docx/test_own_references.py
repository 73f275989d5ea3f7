"""Fields and links of an own file that refer to other places of it, as they stand in the XML that is written."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from documents.text import SectionTree
from tests.support.documents.docx.build import HEADINGS, Json, heading, p, parts_of, word_file
from tests.support.documents.docx.own import change, document, own, read, same
from tests.support.documents.docx.own_notes import cells
from tests.support.documents.docx.own_references import (
    ENDNOTE,
    REFERENCES,
    WORDS,
    line,
    lines,
    paragraph,
    source,
    words,
)
from tests.support.documents.docx.reader_unseen import field, text
from tests.support.services.office import Office


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
    assert made.differing == ()
    assert paragraph(made.data) == paragraph(data)
    before, after = parts_of(data), parts_of(made.data)
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
    assert made.differing == ()
    before, after = parts_of(data), parts_of(made.data)
    assert {name for name in after if before.get(name) != after[name]} == {"word/document.xml"}
    assert inner in (after["word/endnotes.xml"] if place == "note" else document(made.data)).decode()


@pytest.mark.parametrize("name", ["number", "place", "simple"])
def test_a_field_that_refers_to_a_section_that_goes_leaves_its_words(name: str) -> None:
    data = source(line(REFERENCES[name]))
    written = paragraph(own(without(read(data), 1), data).data)
    assert "fld" not in written and "anchor" not in written
    assert "".join(re.findall("<w:t[ >][^<]*", written)).count(">") == 3


@pytest.mark.parametrize("name", ["place", "simple", "link field"])
def test_what_refers_to_a_place_that_goes_leads_to_its_section(name: str) -> None:
    def edit(body: Json) -> None:
        del body["blocks"][1]

    data = source(line(REFERENCES[name]))
    tree = change(read(data), 1, edit)
    made = own(tree, data)
    same(made.data, tree)
    assert f'w:anchor="kodeks_{tree.sections[1].uid.replace("-", "")}"' in paragraph(made.data)


def test_a_reference_that_led_nowhere_stays() -> None:
    data = source(line(field("REF Nowhere", "2")))
    made = own(without(read(data), 1), data)
    assert paragraph(made.data) == paragraph(data)


def anchor_of(tree: SectionTree, place: int) -> str:
    return f'w:anchor="kodeks_{tree.sections[place].uid.replace("-", "")}"'


def with_blocks(*blocks: str) -> Callable[[Json], None]:
    """Has these paragraphs behind the first one."""

    def edit(body: Json) -> None:
        body["blocks"][1:] = [
            {"type": "paragraph", "content": [{"type": "text", "text": block}]} for block in blocks
        ]

    return edit


OTHERWISE = {
    "words taken out": ["Here is ."],
    "words replaced": ["Here is another sign."],
    "all words replaced": ["Nothing stays."],
    "some words replaced": ["Here is the sign."],
    "words put into them": ["Here is the old mark."],
    "words put behind them": ["Here is the mark, still."],
    "divided before it": ["Here is ", "the mark."],
    "divided before it, and more": ["Here is what follows:", "the mark."],
    "divided in it": ["Here is the", "mark."],
}


@pytest.mark.parametrize("blocks", OTHERWISE.values(), ids=OTHERWISE)
@pytest.mark.parametrize("name", ["place", "simple"])
def test_a_field_whose_place_has_other_words_becomes_a_link_to_the_section(
    name: str, blocks: list[str]
) -> None:
    data = source(line(REFERENCES[name]), line(REFERENCES["link field"], text("Beside {}")))
    tree = change(read(data), 1, with_blocks(*blocks))
    made = own(tree, data)
    same(made.data, tree)
    written = paragraph(made.data)
    assert "REF" not in written and "fld" not in written
    assert anchor_of(tree, 1) in written and "the mark" in written


ONE_RUN = (
    field(r"REF Mark \\h", "the mark")
    .replace("</w:r><w:r>", "")
    .replace("<w:r>", "<w:r><w:rPr><w:b/></w:rPr>")
)
BESIDE = ONE_RUN.replace("</w:rPr>", "</w:rPr><w:t>the words of </w:t>").replace(
    "</w:r>", "<w:t>, or so,</w:t></w:r>"
)


@pytest.mark.parametrize("reference", [ONE_RUN, BESIDE], ids=["alone", "with words beside it"])
def test_so_does_one_that_is_all_in_one_run(reference: str) -> None:
    data = source(line(reference), endnote="")
    assert paragraph(own(read(data), data).data) == paragraph(data)
    tree = change(read(data), 1, with_blocks("Nothing stays."))
    made = own(tree, data)
    same(made.data, tree)
    link = (
        f"<w:hyperlink[^>]* {anchor_of(tree, 1)}><w:r><w:rPr><w:b/></w:rPr><w:t[^>]*>the "
        f"mark</w:t></w:r></w:hyperlink>"
    )
    assert re.search(link, paragraph(made.data)) and "REF" not in paragraph(made.data)


@pytest.mark.parametrize("reference", [r"REF Mark \r \h", r"REF Mark \w", r"REF Mark \p\h", "PAGEREF Mark"])
@pytest.mark.parametrize("blocks", OTHERWISE.values(), ids=OTHERWISE)
def test_a_field_that_shows_the_number_or_page_of_that_place_stays(reference: str, blocks: list[str]) -> None:
    data = source(line(field(reference, "2")))
    tree = change(read(data), 1, with_blocks(*blocks))
    made = own(tree, data)
    same(made.data, tree)
    assert paragraph(made.data) == paragraph(data)


@pytest.mark.parametrize("new", ["The scope", "Reach", "Scope of it"])
def test_a_field_that_shows_a_heading_becomes_a_link_where_that_reads_otherwise(new: str) -> None:
    def edit(body: Json) -> None:
        body["heading"] = [{"type": "text", "text": new}]

    data = source(line(REFERENCES["words"]), line(REFERENCES["page"], "{}"))
    tree = change(read(data), 1, edit)
    made = own(tree, data)
    same(made.data, tree)
    assert anchor_of(tree, 1) in paragraph(made.data) and "REF" not in paragraph(made.data)
    assert paragraph(made.data, "PAGEREF") == paragraph(data, "PAGEREF")


def crossing(*lines: str, inside: str = "the mark") -> bytes:
    """A file in which the bookmark begins in one paragraph and ends in the next."""
    begins = f'<w:p><w:bookmarkStart w:id="2" w:name="Mark"/>{text(inside)}</w:p>'
    ends = f'<w:p>{text("More")}<w:bookmarkEnd w:id="2"/>{text(" words.")}</w:p>'
    return word_file(heading("Aim") + "".join(lines) + heading("Scope") + begins + ends, styles=HEADINGS)


@pytest.mark.parametrize("name", ["place", "simple", "link field", "link"])
@pytest.mark.parametrize("gone", [0, 1], ids=["beginning", "end"])
def test_what_leads_to_a_place_that_lost_its_end_leads_to_its_section(name: str, gone: int) -> None:
    def edit(body: Json) -> None:
        del body["blocks"][gone]

    data = crossing(line(REFERENCES[name].replace("_Ref100", "Mark")))
    assert paragraph(own(read(data), data).data) == paragraph(data)
    tree = change(read(data), 1, edit)
    made = own(tree, data)
    same(made.data, tree)
    assert anchor_of(tree, 1) in paragraph(made.data) and "Mark" not in paragraph(made.data)


@pytest.mark.parametrize("blocks", [["Here is another sign."], ["Here is ", "the mark."], []])
def test_a_field_in_a_note_does_the_same(blocks: list[str]) -> None:
    inner = f"<w:p>{text('See ')}{REFERENCES['place']}</w:p>"
    data = source(line(ENDNOTE), endnote=f'<w:endnote w:id="3">{inner}</w:endnote>')
    tree = change(read(data), 1, with_blocks(*blocks))
    made = own(tree, data)
    same(made.data, tree)
    notes = parts_of(made.data)["word/endnotes.xml"].decode()
    assert "REF" not in notes and anchor_of(tree, 1) in notes and "the mark" in notes


def test_a_field_on_the_cover_shows_the_new_words() -> None:
    """The cover is no part of the text: nothing else would change there."""
    cover = p("The law", '<w:pStyle w:val="Title"/>') + line(REFERENCES["place"])
    marked = '<w:bookmarkStart w:id="2" w:name="Mark"/>{}<w:bookmarkEnd w:id="2"/>'
    body = cover + heading("Aim") + p("Before.") + f"<w:p>{marked.format(text('the mark'))}</w:p>"
    data = word_file(body, styles=HEADINGS)
    tree = change(read(data), 0, with_blocks("the sign"))
    made = own(tree, data)
    same(made.data, tree)
    assert REFERENCES["place"] in document(made.data).decode()


@pytest.mark.parametrize("blocks", OTHERWISE.values(), ids=OTHERWISE)
def test_libreoffice_shows_the_words_of_the_draft_when_it_makes_fields_anew(
    soffice: Office, tmp_path: Path, blocks: list[str]
) -> None:
    data = source(line(REFERENCES["place"]))
    tree = change(read(data), 1, with_blocks(*blocks))
    path = tmp_path / "own.docx"
    path.write_bytes(own(tree, data).data)
    back = read(soffice.edit(path, [["refresh"]]).read_bytes())
    assert [lines(section.text.body) for section in back] == [lines(section.text.body) for section in tree]


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
    made = own(change(tree, 0, lambda body: body["blocks"].pop(gone)), data).data
    said = document(made).decode()
    assert "fldChar" not in said and "instrText" not in said
    assert (LONG[2] in said, LONG[1] in said) == (gone == 0, gone == 1)
    assert document(own(tree, data).data).decode().count("<w:fldChar ") == 3


def test_a_reference_over_two_paragraphs_of_which_one_was_edited_shows_the_drafts_words() -> None:
    for instruction, left in (("REF Mark", 0), ("INCLUDETEXT other.docx", 0)):
        data = over_two(instruction)
        made = own(change(read(data), 0, words("First", "Opening")), data).data
        said = document(made).decode()
        assert "Opening line." in said and said.count("<w:fldChar ") == left
