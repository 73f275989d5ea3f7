"""A section that was joined to the one before: its words leave the own file as they came, without its
heading."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from documents.text import SectionTree, normalise_body
from documents.word.review.normalise import body_of, whole_blocks, whole_heading
from documents.word.source_patch.write import write_own_file
from tests.support.documents.word.build import HEADINGS, word_file
from tests.support.documents.word.own import NUMBERING, change, document, read

GREY = '<w:rPr><w:rFonts w:ascii="Arial" w:hAnsi="Arial"/><w:color w:val="808080"/></w:rPr>'
CODE = '<w:rPr><w:rFonts w:ascii="Consolas" w:hAnsi="Consolas"/><w:sz w:val="16"/></w:rPr>'


def heading(words: str) -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>{words}</w:t></w:r></w:p>'


def line(words: str, look: str = "", inside: str = "") -> str:
    return f"<w:p  ><w:r>{look}<w:t>{words}</w:t></w:r>{inside}</w:p>"


def listed(words: str, style: str = "Bullets") -> str:
    props = f'<w:pStyle w:val="{style}"/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    return f"<w:p ><w:pPr>{props}</w:pPr><w:r><w:t>{words}</w:t></w:r></w:p>"


def note(number: int) -> str:
    return f'<w:r><w:footnoteReference w:id="{number}"/></w:r>'


FOOTNOTES = "".join(
    f'<w:footnote w:id="{number}"><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:footnote>'
    for number, words in ((2, "The law of 2019."), (3, "The rules of 2021."))
)
OWN = [line("Two lines of code here", CODE, note(2)), line("And a third one of the listing", CODE)]
THEIRS = [
    line("Nobody edited this grey paragraph", GREY, note(3)),
    listed("first of the items"),
    listed("second of the items"),
    "<w:p/>",
    line("The last words of it", GREY),
]
BODY = (
    heading("Concepts")
    + "".join(OWN)
    + heading("Sections")
    + "".join(THEIRS)
    + heading("End")
    + line("Nothing more")
)
SOURCE = word_file(BODY, styles=HEADINGS, numbering=NUMBERING, footnotes=FOOTNOTES)
READ = read(SOURCE)
UIDS = [section.uid for section in READ]


def joined(*, as_text: bool) -> SectionTree:
    first, second, *rest = READ.sections
    blocks = [whole_heading(second.text.body)] if as_text else []
    for_both = [
        *whole_blocks(first.text.body, ooxml=True),
        *blocks,
        *whole_blocks(second.text.body, ooxml=True),
    ]
    body = normalise_body(body_of(for_both, whole_heading(first.text.body)["content"]))
    first = replace(first, text=replace(first.text, body=body))
    return replace(READ, sections=(first, *rest))


@pytest.mark.parametrize("as_text", [False, True])
def test_what_nobody_edited_of_a_joined_section_leaves_byte_for_byte(as_text: bool) -> None:
    tree = joined(as_text=as_text)
    made = write_own_file(SOURCE, tree, UIDS)
    xml = document(made).decode()
    places = [xml.index(each) for each in (*OWN, *THEIRS) if each != "<w:p/>"]
    assert places == sorted(places)
    assert xml.count("Sections") == as_text


def test_what_was_edited_of_it_is_changed_where_it_stands() -> None:
    def edit(body: dict[str, Any]) -> None:
        items = next(block for block in body["blocks"] if block["type"] == "list")["content"]
        items[1]["content"][0]["content"][0]["text"] = "second of the listed items"
        body["blocks"] = [block for block in body["blocks"] if "last words" not in str(block)]

    tree = change(joined(as_text=False), 0, edit)
    made = write_own_file(SOURCE, tree, UIDS)
    xml = document(made).decode()
    assert all(each in xml for each in (*OWN, THEIRS[0])) and "last words" not in xml
    assert "second of the listed items" in xml
