"""A document's own file: what was not edited leaves byte for byte, what was is changed where it stands."""

from __future__ import annotations

import copy
import re
import uuid
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from openxml_audit import OpenXmlValidator

from documents.text import Section, SectionText, inline_text, normalise_body
from documents.word.file.refusal import Refused
from documents.word.source_patch.files import own_file
from documents.word.write.document_file import Words
from tests.support.documents.word.build import HEADINGS, heading, para, parts_of, word_file
from tests.support.documents.word.long_tree import long_tree
from tests.support.documents.word.own import SOURCE, change, document, own, read, same
from tests.support.documents.word.reader_pictures import EMF
from tests.support.documents.word.reading import IMAGE_REL, picture_run
from tests.support.documents.word.sample import ministry_docx


def test_what_nobody_edited_leaves_byte_for_byte() -> None:
    tree = read(SOURCE)
    made = own(tree)
    same(made, tree)
    for paragraph in re.findall(rb"<w:p[ >].*?</w:p>", document(SOURCE)):
        assert b"Heading1" in paragraph or paragraph in document(made)
    before, after = parts_of(SOURCE), parts_of(made)
    assert {name for name in before if before[name] != after[name]} == {"word/document.xml"}


def test_an_edited_paragraph_keeps_its_look_and_its_note() -> None:
    def edit(body: dict[str, Any]) -> None:
        body["blocks"][0]["content"][0]["text"] = "Red letters stay "

    tree = change(read(SOURCE), 0, edit)
    made = own(tree)
    same(made, tree)
    text = document(made).decode()
    assert re.search(
        r'<w:color w:val="FF0000"/></w:rPr><w:t xml:space="preserve">Red letters stay </w:t>', text
    )
    assert "DATE" not in text and 'footnoteReference w:id="2"' in text
    assert b"Not touched, with odd   spacing" in document(made)


def test_the_words_of_a_note_and_of_a_heading_are_changed() -> None:
    def edit(body: dict[str, Any]) -> None:
        body["notes"]["n1"][0]["content"][0]["text"] = "The law of 2024."
        body["heading"][0]["text"] = "Aims and scope"

    tree = change(read(SOURCE), 0, edit)
    made = own(tree)
    same(made, tree)
    assert b"The law of 2024." in parts_of(made)["word/footnotes.xml"]


def test_a_picture_that_was_left_out_of_the_text_stays_in_the_own_file() -> None:
    picture = picture_run("r:embed", "rImg").replace(
        "</a:graphicData>", '<a:srcRect l="50000"/></a:graphicData>'
    )
    run = '<w:r><w:t xml:space="preserve">{}</w:t></w:r>'.format
    source = word_file(
        f"{heading('Aims')}<w:p>{run('Words before ')}{picture}{run('and behind it.')}</w:p>",
        styles=HEADINGS,
        relations=IMAGE_REL,
        parts={"word/media/i.png": EMF},
    )

    def edit(body: dict[str, Any]) -> None:
        body["blocks"][0]["content"][0]["text"] = "Words before and after it."

    tree = change(read(source), 0, edit)
    made = own(tree, source)
    same(made, tree)
    assert b"<a:blip" in document(made)


@pytest.mark.parametrize("style", ["", "quote", "caption", "centred"])
@pytest.mark.parametrize("place", [0, -1])
def test_a_further_paragraph_of_an_item_does_not_become_an_item(style: str, place: int) -> None:
    def edit(body: dict[str, Any]) -> None:
        body["blocks"][0]["content"][place]["content"].append(para("said", style=style))

    tree = change(read(SOURCE), 1, edit)
    made = own(tree)
    same(made, tree)


def test_items_are_added_and_taken_out() -> None:
    def edit(body: dict[str, Any]) -> None:
        items = body["blocks"][0]["content"]
        items[0]["content"][0]["content"][0]["text"] = "first of all"
        items.append(copy.deepcopy(items[1]) | {"attrs": {"label": "3)"}})
        items[2]["content"][0]["content"][0]["text"] = "third"

    tree = change(read(SOURCE), 1, edit)
    same(own(tree), tree)


def test_sections_are_moved_taken_out_and_added() -> None:
    tree = read(SOURCE)
    uids = [section.uid for section in tree]
    new = Section(
        str(uuid.uuid4()),
        1,
        "section",
        SectionText(
            "",
            normalise_body(
                {
                    "heading": [{"type": "text", "text": "New"}],
                    "blocks": [
                        {
                            "type": "paragraph",
                            "content": [
                                {
                                    "type": "text",
                                    "text": "See ",
                                    "marks": [{"type": "link", "attrs": {"href": "https://e.org/"}}],
                                },
                                {"type": "note", "attrs": {"id": "n1"}},
                            ],
                        }
                    ],
                    "notes": {"n1": [{"type": "paragraph", "content": [{"type": "text", "text": "Added."}]}]},
                }
            ),
        ),
    )
    moved = replace(tree, sections=(tree.sections[1], new, tree.sections[0]))
    same(own(moved, uids=uids), moved)
    fewer = replace(tree, sections=tree.sections[1:])
    made = own(fewer, uids=uids)
    same(made, fewer)
    assert b"Red words" not in document(made)
    assert b"<w:pgSz" in document(made)


def test_a_document_that_marks_no_headings_is_known_again() -> None:
    source = word_file(
        "".join(
            f"<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>Član {n}</w:t></w:r></w:p><w:p><w:r><w:t>Tekst člana "
            f"{n}.</w:t></w:r></w:p>"
            for n in range(1, 5)
        )
    )
    tree = read(source)
    assert [section.text.label for section in tree] == ["Član 1", "Član 2", "Član 3", "Član 4"]

    def edit(body: dict[str, Any]) -> None:
        body["blocks"][0]["content"][0]["text"] = "Drugi tekst."

    tree = change(tree, 2, edit)
    same(own(tree, source), tree)


def test_the_judge_finds_no_fault_beyond_the_sources(tmp_path: Path) -> None:
    source = ministry_docx(long_tree(20, 60))
    tree = read(source)

    def edit(body: dict[str, Any]) -> None:
        body["blocks"].append(
            {"type": "paragraph", "content": [{"type": "text", "text": "Added at the end."}]}
        )

    place = next(i for i, section in enumerate(tree) if section.text.body["blocks"])
    changed = change(tree, place, edit)
    path = tmp_path / "own.docx"

    def faults(data: bytes) -> int:
        path.write_bytes(data)
        return len(OpenXmlValidator().validate(path).errors)

    assert faults(own(changed, source)) <= faults(source)


@pytest.mark.usefixtures("started_anew")
def test_the_process_of_its_own_gives_the_same_and_ends_at_its_limits() -> None:
    tree = read(SOURCE)
    uids = [section.uid for section in tree]
    made = own_file(SOURCE, tree, uids, {}, Words())
    assert inline_text(read(made).sections[0].text.body["heading"]) == "Aims"
    with pytest.raises(Refused):
        own_file(b"no Word file", tree, uids, {}, Words())
