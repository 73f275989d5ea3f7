"""What is kept of a text, and what the report says of the rest."""

from __future__ import annotations

import uuid

import pytest

from documents.word import FidelityReport, RefusalCode, Refused, Severity
from tests.support.documents.word.build import (
    abstract,
    archive,
    blocks,
    heading,
    level,
    num,
    outline,
    p,
    para,
    parts_of,
    read,
    sha256,
    text,
    word_file,
)
from tests.support.documents.word.reading import CHAR, STYLES, C, doc


def test_headings_by_style_by_inheritance_and_by_paragraph() -> None:
    body = heading("A") + p("B", '<w:pStyle w:val="My"/>') + p("C", '<w:outlineLvl w:val="2"/>') + p("text")
    assert [(lvl, words) for lvl, _, _, words in outline(doc(body).tree)] == [(1, "A"), (2, "B"), (3, "C")]


def test_a_heading_turned_into_text_by_its_paragraph_is_text() -> None:
    body = heading("A") + p("Not one", '<w:pStyle w:val="Heading1"/><w:outlineLvl w:val="9"/>')
    assert len(doc(body).tree) == 1


def test_the_title_comes_from_its_style() -> None:
    result = doc(p("The title", '<w:pStyle w:val="Title"/>') + heading("A") + p("text"))
    assert result.tree.title == "The title"
    assert result.report.count(C.TITLE_GUESSED) == 0
    assert outline(result.tree) == [(1, "chapter", "", "A")]


def test_numbers_typed_into_headings_become_labels() -> None:
    words = ("1. Увод", "1.2 Опсег", "Член 5 – Предмет", "Neni 6", "Прилог А: Образец", "2024 година")
    tree = doc("".join(heading(word) for word in words)).tree
    assert [(label, words) for _, _, label, words in outline(tree)] == [
        ("1.", "Увод"),
        ("1.2", "Опсег"),
        ("Член 5", "Предмет"),
        ("Neni 6", ""),
        ("Прилог А", "Образец"),
        ("", "2024 година"),
    ]
    assert [kind for _, kind, _, _ in outline(tree)] == [
        "chapter",
        "chapter",
        "article",
        "article",
        "annex",
        "chapter",
    ]


def test_marks_come_from_runs_and_character_styles() -> None:
    body = heading("A") + (
        '<w:p><w:r><w:rPr><w:b/><w:i w:val="0"/></w:rPr><w:t>bold</w:t></w:r>'
        '<w:r><w:rPr><w:rStyle w:val="Strong"/><w:vertAlign w:val="superscript"/></w:rPr><w:t>up</w:t></w:r>'
        "<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:noBreakHyphen/></w:r></w:p>"
    )
    expected = para(
        text("bold", "bold"), text("up", "bold", "superscript"), "a\tb", {"type": "break"}, "c\u2011"
    )
    assert blocks(doc(body)) == [expected]


def test_every_top_block_keeps_its_xml() -> None:
    result = doc(heading("A") + p("one") + p("two") + f"<w:tbl><w:tr><w:tc>{p('x')}</w:tc></w:tr></w:tbl>")
    kept = [block["attrs"]["ooxml"] for block in result.tree.sections[0].text.body["blocks"]]
    assert len(set(kept)) == 3
    assert all(sha256(result.blobs[key].data) == key and result.blobs[key].kind == "ooxml" for key in kept)
    assert b"one" in result.blobs[kept[0]].data


TOC = (
    f'<w:p><w:pPr><w:pStyle w:val="TOC1"/></w:pPr>{CHAR.format("begin")}<w:r><w:instrText>TOC \\o '
    f'"1-3"</w:instrText></w:r>{CHAR.format("separate")}<w:r><w:t>A 1</w:t></w:r></w:p>'
    f'<w:p><w:pPr><w:pStyle w:val="TOC1"/></w:pPr><w:r><w:t>B '
    f"2</w:t></w:r></w:p><w:p>{CHAR.format('end')}</w:p>"
)


def test_cover_and_contents_are_left_out_and_reported_and_a_preamble_is_kept() -> None:
    page = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'
    cover = p("Министерство") + p("Скопје, 2024") + page
    preamble = p("Врз основа на член 5 став 2 од Законот, Владата на седницата ја донесе оваа процедура:")
    result = doc(cover + p("Содржина") + TOC + preamble + heading("A") + p("text"))
    assert [(kind, words) for _, kind, _, words in outline(result.tree)] == [
        ("section", ""),
        ("chapter", "A"),
    ]
    assert result.tree.sections[0].text.plain.startswith("Врз основа")
    assert result.report.count(C.COVER) >= 1
    assert result.report.count(C.CONTENTS_LIST) == 1
    assert "A 1" not in str(result.tree)


def test_a_heading_counts_on_after_a_table_of_contents_that_ends_in_it() -> None:
    numbering = abstract(0, level(0, "upperRoman", "%1.")) + num(1, 0)
    toc = TOC.replace(f"<w:p>{CHAR.format('end')}</w:p>", "")
    ends = (
        f'<w:p><w:pPr><w:pStyle w:val="Heading1"/><w:numPr><w:ilvl w:val="0"/><w:numId '
        f'w:val="1"/></w:numPr></w:pPr>{CHAR.format("end")}<w:r><w:t>First</w:t></w:r></w:p>'
    )
    tree = doc(toc + ends + p("text"), numbering=numbering).tree
    assert outline(tree) == [(1, "chapter", "I.", "First")]


def test_uids_come_from_bookmarks_and_are_new_otherwise() -> None:
    uid = uuid.uuid4()
    mark = f'<w:bookmarkStart w:id="1" w:name="kodeks_{uid.hex}"/><w:bookmarkEnd w:id="1"/>'
    head = f'<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr>{mark}<w:r><w:t>A</w:t></w:r></w:p>'
    sections = doc(head + head + heading("B")).tree.sections
    assert sections[0].uid == str(uid)
    assert len({section.uid for section in sections}) == 3


def test_a_document_without_headings_is_one_section() -> None:
    result = doc(p("Just a long enough sentence that stands by itself here.") + p("And one more sentence."))
    assert outline(result.tree) == [(1, "section", "", "")]
    assert result.report.count(C.NO_HEADINGS) == 1


def test_an_empty_document() -> None:
    result = doc("")
    assert len(result.tree) == 0
    assert result.tree.title == ""


def test_strict_files_are_read() -> None:
    data = word_file(heading("A") + p("text"), styles=STYLES)
    strict = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
    transitional = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"

    parts = {name: content.replace(transitional, strict) for name, content in parts_of(data).items()}
    assert outline(read(archive(parts)).tree) == [(1, "chapter", "", "A")]


def test_the_report_survives_json() -> None:
    report = doc(heading("A") + p("x", rpr="<w:vanish/>") + p("y")).report
    assert FidelityReport.from_json(report.as_json()) == report
    assert [f.code for f in report.of(Severity.LEFT_OUT)] == [C.HIDDEN_TEXT]
    assert report.of(Severity.LEFT_OUT)[0].places == ("A",)


def test_nested_text_boxes_have_an_end() -> None:
    depth = 30
    start = "<w:p><w:r><w:pict><v:textbox><w:txbxContent>"
    end = "</w:txbxContent></v:textbox></w:pict></w:r></w:p>"
    with pytest.raises(Refused) as caught:
        doc(start * depth + p("x") + end * depth)
    assert caught.value.code is RefusalCode.TOO_DEEP
