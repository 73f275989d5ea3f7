"""Paragraph marks that go, in every place: a file with tracked changes is read as the file in which they were
accepted."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from documents.word.file.guard import open_package
from documents.word.resolve import resolve
from tests.support.documents.word.build import (
    abstract,
    bare,
    blocks,
    cell,
    item,
    level,
    listing,
    num,
    para,
    read,
    table,
    word_file,
)
from tests.support.documents.word.reading import STYLES
from tests.support.properties import examples

BY = 'w:id="7" w:author="Ана" w:date="2026-01-01T00:00:00Z"'
NUMBERING = abstract(0, level(0, "decimal", "%1.")) + num(1, 0)
NUMBERED = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'


def r(text: str, tag: str = "t") -> str:
    return f'<w:r><w:{tag} xml:space="preserve">{text}</w:{tag}></w:r>'


def p(content: str, mark: str = "", ppr: str = "") -> str:
    rpr = f"<w:rPr><w:{mark} {BY}/></w:rPr>" if mark else ""
    return f"<w:p><w:pPr>{ppr}{rpr}</w:pPr>{content}</w:p>"


def gone(text: str) -> str:
    return f"<w:del {BY}>{r(text, 'delText')}</w:del>"


def come(text: str) -> str:
    return f"<w:ins {BY}>{r(text)}</w:ins>"


def tbl(*rows: list[str], row_mark: str = "") -> str:
    mark = f"<w:trPr><w:{row_mark} {BY}/></w:trPr>" if row_mark else ""
    inner = "".join(
        "<w:tr>" + mark + "".join(f"<w:tc><w:tcPr/>{content}</w:tc>" for content in row) + "</w:tr>"
        for row in rows
    )
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{inner}</w:tbl>"


def box(content: str) -> str:
    return f"<w:r><w:pict><v:shape><v:textbox><w:txbxContent>{content}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"


def made(body: str, footnotes: str = "") -> bytes:
    return word_file(body, styles=STYLES, numbering=NUMBERING, footnotes=footnotes)


CHOICE = f'<mc:AlternateContent><mc:Choice Requires="wps">{p(r("избор"))}</mc:Choice></mc:AlternateContent>'
LIMIT = gone("2 часа") + come("6 часова")
CASES = {
    "in its cell": (
        tbl([p(r("а")), p(LIMIT, "del"), p(r("б"))]),
        [table([cell("а"), cell("6 часова"), cell("б")])],
    ),
    "moved in its cell": (tbl([p(LIMIT, "moveFrom"), p(r("б"))]), [table([cell("6 часова"), cell("б")])]),
    "in the last cell, and before a table": (
        p(r("пред"), "del") + tbl([p(r("а")), p(r("б"), "del")]) + p(r("после")),
        [para("пред"), table([cell("а"), cell("б")]), para("после")],
    ),
    "not into a text box": (p(r("а"), "del") + p(r("б") + box(p(r("оквир")))), [para("аб"), para("оквир")]),
    "over a deleted table": (
        p(r("а"), "del") + tbl([p(gone("х"))], row_mark="del") + p(r("б")),
        [para("аб")],
    ),
    "a number that stays counts": (
        tbl([p(r("прва"), "del", NUMBERED)]) + p(r("друга"), "", NUMBERED),
        [table([cell(listing(True, item("1.", para("прва"))))]), listing(True, item("2.", para("друга")))],
    ),
    "a big first letter in its cell": (
        tbl([p(r("А"), "", '<w:framePr w:dropCap="drop"/>'), p(r("б"))]),
        [table([cell("А"), cell("б")])],
    ),
    "not over alternate contents": (
        p(r("а"), "del") + CHOICE + p(r("б")),
        [para("а"), para("избор"), para("б")],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_where_text_before_a_mark_that_goes_continues(name: str) -> None:
    body, wanted = CASES[name]
    accepted = resolve(open_package(made(body)), accept=True)
    assert blocks(read(made(body))) == blocks(read(accepted)) == bare(wanted)


def test_a_heading_before_a_table_stays_a_heading() -> None:
    body = p(r("Наслов"), "del", '<w:pStyle w:val="Heading1"/>') + tbl([p(r("а"))])
    assert [section.text.heading for section in read(made(body)).tree] == ["Наслов"]


def test_a_note_and_a_text_box_keep_their_text() -> None:
    body = p(r("а ") + box(p(r("оквир"), "del")) + '<w:r><w:footnoteReference w:id="1"/></w:r>') + p(r("б"))
    section = read(made(body, f'<w:footnote w:id="1">{p(r("нота"), "del")}</w:footnote>')).tree.sections[0]
    assert bare(section.text.body["notes"]) == {"n1": [para("нота")]}
    assert bare(section.text.body["blocks"])[1:] == [para("оквир"), para("б")]


RUNS = st.lists(
    st.one_of(
        st.sampled_from("абвгд").map(r),
        st.sampled_from("абвгд").map(gone),
        st.sampled_from("абвгд").map(come),
        st.just('<w:bookmarkStart w:id="3" w:name="x"/><w:bookmarkEnd w:id="3"/>'),
    ),
    max_size=3,
).map("".join)
MARKS = st.sampled_from(["", "", "del", "moveFrom", "ins", "moveTo"])
LOOKS = st.sampled_from(["", "", NUMBERED])
LINES = st.builds(p, RUNS, MARKS, LOOKS)


def _containers(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    several = st.lists(inner, min_size=1, max_size=3).map("".join)
    # A cell ends with a paragraph.
    cells = st.builds(lambda content, last: content + last, several, LINES)
    return st.one_of(
        several.map(lambda c: f"<w:sdt><w:sdtContent>{c}</w:sdtContent></w:sdt>"),
        several.map(lambda c: f'<w:customXml w:element="x">{c}</w:customXml>'),
        several.map(lambda c: f"<w:ins {BY}>{c}</w:ins>"),
        several.map(lambda c: f"<w:del {BY}>{c}</w:del>"),
        st.builds(lambda c, mark: p(r("о") + box(c), mark), several, MARKS),
        st.builds(
            lambda rows, mark: tbl(*rows, row_mark=mark),
            st.lists(st.lists(cells, min_size=1, max_size=2), min_size=1, max_size=2),
            st.sampled_from(["", "", "del", "ins"]),
        ),
        several.map(
            lambda c: f'<mc:AlternateContent><mc:Choice Requires="wps">{c}</mc:Choice></mc:AlternateContent>'
        ),
    )


PLACES = st.lists(st.recursive(LINES, _containers, max_leaves=8), min_size=1, max_size=5).map("".join)


def _read(data: bytes) -> list[tuple[int, str, str, Any]]:
    return [(s.level, s.kind, s.text.label, bare(s.text.body)) for s in read(data).tree]


@settings(max_examples=examples(100), deadline=None, derandomize=True)
@given(PLACES, st.none() | PLACES)
def test_a_file_is_read_as_the_one_in_which_its_changes_were_accepted(body: str, note: str | None) -> None:
    notes = "" if note is None else f'<w:footnote w:id="1">{note}</w:footnote>'
    reference = "" if note is None else p('<w:r><w:footnoteReference w:id="1"/></w:r>')
    data = made(reference + body, notes)
    assert _read(data) == _read(resolve(open_package(data), accept=True))
