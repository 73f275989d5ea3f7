"""What is kept of a text, and what the report says of the rest."""

from __future__ import annotations

import uuid

import pytest

from documents.docx import FidelityReport, FindingCode, RefusalCode, Refused, Severity
from documents.docx.result import ReadResult
from tests.documents.docx.build import (
    OFFICE,
    abstract,
    archive,
    blocks,
    cell,
    heading,
    item,
    level,
    listing,
    num,
    numbered,
    outline,
    p,
    para,
    parts_of,
    png,
    read,
    sha256,
    table,
    text,
    word_file,
)

C = FindingCode
PIC = '<w:r><w:drawing><wp:inline><wp:docPr id="1" name="x" descr="A map"/><a:graphic><a:graphicData><a:blip {}/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'
IMAGE_REL = f'<Relationship Id="rImg" Type="{OFFICE}image" Target="media/i.png"/>'
CHAR = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
STYLES = (
    '<w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Caption"><w:name w:val="caption"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="TOC1"><w:name w:val="toc 1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Heading2"><w:name w:val="heading 2"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="My"><w:name w:val="Мој стил"/><w:basedOn w:val="Heading2"/></w:style>'
    '<w:style w:type="character" w:styleId="Strong"><w:name w:val="Strong"/><w:rPr><w:b/></w:rPr></w:style>'
)


def picture_run(attribute: str, rel_id: str) -> str:
    return PIC.format(f'{attribute}="{rel_id}"')


def doc(body: str, **more: object) -> ReadResult:
    return read(word_file(body, styles=STYLES, **more))  # type: ignore[arg-type]


def field(instruction: str, shown: str) -> str:
    code = f"<w:r><w:instrText>{instruction}</w:instrText></w:r>"
    return (
        CHAR.format("begin")
        + code
        + CHAR.format("separate")
        + f"<w:r><w:t>{shown}</w:t></w:r>"
        + CHAR.format("end")
    )


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


LISTS = abstract(0, level(0, "decimal", "%1."), level(1, "bullet", "–")) + num(1, 0)


def test_consecutive_numbered_paragraphs_become_lists_in_lists() -> None:
    body = (
        heading("A")
        + numbered("one")
        + numbered("in", 1, 1)
        + numbered("two")
        + p("between")
        + numbered("three")
    )
    assert blocks(doc(body, numbering=LISTS)) == [
        listing(
            True,
            item("1.", para("one"), {"type": "list", "content": [item("–", para("in"))]}),
            item("2.", para("two")),
        ),
        para("between"),
        listing(True, item("3.", para("three"))),
    ]


def test_an_indented_paragraph_goes_on_with_the_item() -> None:
    ind = '<w:pPr><w:ind w:left="720" w:hanging="360"/></w:pPr>'
    definition = f'<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:lvlText w:val="%1."/>{ind}</w:lvl></w:abstractNum>'
    body = heading("A") + numbered("one") + p("more", '<w:ind w:left="720"/>') + numbered("two") + p("after")
    found = blocks(doc(body, numbering=definition + num(1, 0)))
    assert [block["type"] for block in found] == ["list", "paragraph"]
    assert found[0]["content"][0]["content"] == [para("one"), para("more")]


def tc(words: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(words)}</w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def test_merged_cells_become_spans() -> None:
    rows = (
        tr(tc("head", '<w:gridSpan w:val="2"/>'), tc("c"), properties="<w:tblHeader/>"),
        tr(tc("down", '<w:vMerge w:val="restart"/>'), tc("1"), tc("2")),
        tr(tc("", "<w:vMerge/>"), tc("3"), tc("4")),
    )
    assert blocks(doc(heading("A") + f"<w:tbl>{''.join(rows)}</w:tbl>")) == [
        table(
            [cell("head", colspan=2, header=True), cell("c", header=True)],
            [cell("down", rowspan=2), bare_cell("1"), bare_cell("2")],
            [bare_cell("3"), bare_cell("4")],
        )
    ]


def bare_cell(words: str) -> dict[str, object]:
    return {"type": "cell", "content": [para(words)]}


def test_every_row_is_as_wide_as_its_table() -> None:
    rows = tr(tc("a"), tc("b"), tc("c")) + tr(tc("d")) + tr(tc("e"), properties='<w:gridBefore w:val="1"/>')
    (found,) = blocks(doc(heading("A") + f"<w:tbl>{rows}</w:tbl>"))
    widths = [
        sum((c.get("attrs") or {}).get("colspan", 1) for c in row["content"]) for row in found["content"]
    ]
    assert widths == [3, 3, 3]
    assert found["content"][2]["content"][1]["content"] == [para("e")]


@pytest.mark.parametrize("span", ["100000000", "-3", "0", "x", "99999999999999999999999"])
def test_an_impossible_span_is_bounded(span: str) -> None:
    rows = tr(tc("a", f'<w:gridSpan w:val="{span}"/>'), tc("b")) + tr(tc("c"))
    result = doc(heading("A") + f"<w:tbl>{rows}</w:tbl>")
    (found,) = blocks(result)
    spans = [(c.get("attrs") or {}).get("colspan", 1) for row in found["content"] for c in row["content"]]
    assert max(spans) <= 63
    assert "a\nb\nc" in result.tree.sections[0].text.plain


def test_tables_in_tables() -> None:
    inner = f"<w:tbl>{tr(tc('in'))}</w:tbl>"
    outer = f"<w:tbl><w:tr><w:tc>{p('out')}{inner}{p()}</w:tc></w:tr></w:tbl>"
    (found,) = blocks(doc(heading("A") + outer))
    assert [block["type"] for block in found["content"][0]["content"][0]["content"]] == ["paragraph", "table"]


def test_footnotes_and_endnotes_stand_in_order_in_their_section() -> None:
    def ref(kind: str, number: int) -> str:
        return f'<w:r><w:{kind}Reference w:id="{number}"/></w:r>'

    notes = '<w:footnote w:type="separator" w:id="-1"><w:p/></w:footnote><w:footnote w:id="4"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t xml:space="preserve"> First.</w:t></w:r></w:p></w:footnote>'
    ends = f'<w:endnote w:id="4">{p("Second.")}</w:endnote>'
    body = (
        heading("A")
        + f"<w:p><w:r><w:t>x</w:t></w:r>{ref('endnote', 4)}{ref('footnote', 4)}{ref('footnote', 99)}</w:p>"
    )
    result = doc(body, footnotes=notes, endnotes=ends)
    assert result.tree.sections[0].text.body["notes"] == {"n1": [para("Second.")], "n2": [para("First.")]}
    assert result.report.count(C.NOTES) == 2
    assert result.report.count(C.MISSING_NOTE) == 1


def test_a_picture_alone_is_a_figure_with_its_caption() -> None:
    picture = png()
    body = (
        heading("A")
        + f"<w:p>{picture_run('r:embed', 'rImg')}</w:p>"
        + p("Map 1", '<w:pStyle w:val="Caption"/>')
    )
    result = doc(body, relations=IMAGE_REL, parts={"word/media/i.png": picture})
    key = sha256(picture)
    assert blocks(result) == [
        {"type": "figure", "attrs": {"sha256": key, "alt": "A map"}, "content": [text("Map 1")]}
    ]
    assert result.blobs[key].data == picture
    assert result.blobs[key].content_type == "image/png"


def test_pictures_from_outside_and_false_ones_are_left_out() -> None:
    outside = f'<Relationship Id="rOut" Type="{OFFICE}image" Target="http://127.0.0.1:9/x.png" TargetMode="External"/>'
    inside = (
        f"{picture_run('r:embed', 'rImg')}{picture_run('r:link', 'rOut')}{picture_run('r:embed', 'rNone')}"
    )
    body = heading("A") + f"<w:p><w:r><w:t>x</w:t></w:r>{inside}</w:p>"
    result = doc(body, relations=IMAGE_REL + outside, parts={"word/media/i.png": b"<svg onload='x'/>"})
    assert blocks(result) == [para("x")]
    assert result.report.count(C.EXTERNAL_IMAGE) == 1
    assert result.report.count(C.BROKEN_IMAGE) == 2
    assert {blob.kind for blob in result.blobs.values()} == {"ooxml"}


@pytest.mark.parametrize(
    "href",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java\nscript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "vbscript:x",
        "other.docx",
        "\\\\server\\share",
    ],
)
def test_links_that_lead_nowhere_safe_lose_their_target_and_keep_their_words(href: str) -> None:
    target = href.replace("\n", "&#10;")
    rel = f'<Relationship Id="rL" Type="{OFFICE}hyperlink" Target="{target}" TargetMode="External"/>'
    body = heading("A") + '<w:p><w:hyperlink r:id="rL"><w:r><w:t>here</w:t></w:r></w:hyperlink></w:p>'
    result = doc(body, relations=rel)
    assert blocks(result) == [para("here")]
    assert result.report.count(C.UNSAFE_LINK) == 1


def test_links_and_link_fields_are_kept() -> None:
    rel = f'<Relationship Id="rL" Type="{OFFICE}hyperlink" Target="https://example.org/a" TargetMode="External"/>'
    link = '<w:hyperlink r:id="rL" w:anchor="b"><w:r><w:t>one</w:t></w:r></w:hyperlink>'
    body = heading("A") + f"<w:p>{link}{field('HYPERLINK &quot;mailto:a@example.org&quot;', 'two')}</w:p>"
    marks = [
        mark["attrs"]["href"]
        for node in blocks(doc(body, relations=rel))[0]["content"]
        for mark in node["marks"]
    ]
    assert marks == ["https://example.org/a#b", "mailto:a@example.org"]


def test_references_lead_to_sections() -> None:
    mark = '<w:bookmarkStart w:id="1" w:name="{}"/><w:bookmarkEnd w:id="1"/>'
    head = (
        f'<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr>{mark.format("_Ref1")}<w:r><w:t>B</w:t></w:r></w:p>'
    )
    refs = "".join(field(f" REF {name} \\h ", name) for name in ("_Ref1", "inside", "gone"))
    anchor = '<w:hyperlink w:anchor="_Ref1"><w:r><w:t>link</w:t></w:r></w:hyperlink>'
    body = (
        heading("A")
        + f"<w:p>{refs}{anchor}</w:p>"
        + head
        + f"<w:p>{mark.format('inside')}<w:r><w:t>t</w:t></w:r></w:p>"
    )
    result = doc(body)
    target = result.tree.sections[1].uid
    xref = {"type": "xref", "attrs": {"uid": target}}
    assert blocks(result) == [para(text("_Ref1inside", xref), "gone", text("link", xref))]
    assert result.report.count(C.BROKEN_REFERENCE) == 1
    assert result.report.count(C.REFERENCE_BROADER) == 1


def test_fields_show_their_result_and_never_their_instruction() -> None:
    nested = (
        CHAR.format("begin")
        + "<w:r><w:instrText>IF </w:instrText></w:r>"
        + field("DATE", "no")
        + CHAR.format("separate")
        + "<w:r><w:t>yes</w:t></w:r>"
        + CHAR.format("end")
    )
    simple = '<w:fldSimple w:instr="SEQ Table"><w:r><w:t>7</w:t></w:r></w:fldSimple>'
    box = (
        '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:default w:val="1"/></w:checkBox></w:ffData></w:fldChar></w:r>'
        + CHAR.format("end")
    )
    result = doc(heading("A") + f"<w:p>{nested}{simple}{box}</w:p>")
    assert blocks(result) == [para("yes7☒")]


def test_text_boxes_follow_their_paragraph_and_come_once() -> None:
    inside = f"<w:txbxContent>{p('boxed')}</w:txbxContent>"
    drawing = f"<mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>{inside}</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{inside}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent>"
    result = doc(heading("A") + f"<w:p><w:r><w:t>x</w:t></w:r><w:r>{drawing}</w:r></w:p>" + p("y"))
    assert blocks(result) == [para("x"), para("boxed"), para("y")]
    assert result.report.count(C.TEXT_BOXES) == 1


def test_content_controls_are_read_through() -> None:
    sdt = "<w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt>"
    run = sdt.format("<w:r><w:t>b</w:t></w:r>")
    row = sdt.format(tr(sdt.format(tc("cell"))))
    body = heading("A") + sdt.format(p("a")) + f"<w:p>{run}</w:p><w:tbl>{row}</w:tbl>"
    assert doc(body).tree.sections[0].text.plain == "a\nb\ncell"


def test_tracked_changes_are_read_as_accepted_and_counted() -> None:
    run = "<w:r><w:{0} xml:space='preserve'>{1}</w:{0}></w:r>"
    deleted_mark = '<w:pPr><w:rPr><w:del w:id="1" w:author="x"/></w:rPr></w:pPr>'
    body = heading("A") + (
        f"<w:p>{run.format('t', 'keep ')}<w:ins>{run.format('t', 'new')}</w:ins><w:del>{run.format('delText', 'old')}</w:del></w:p>"
        f"<w:p>{deleted_mark}{run.format('t', 'joined ')}</w:p>{p('with this')}"
        f"<w:p>{deleted_mark}<w:del>{run.format('delText', 'all gone')}</w:del></w:p>{p('last')}"
        f"<w:p><w:moveFrom>{run.format('t', 'moved')}</w:moveFrom></w:p><w:p><w:moveTo>{run.format('t', 'moved')}</w:moveTo></w:p>"
        f"<w:tbl>{tr(tc('row'))}{tr(tc('gone'), properties='<w:del/>')}</w:tbl>"
    )
    result = doc(body)
    assert result.tree.sections[0].text.plain == "keep new\njoined with this\nlast\nmoved\nrow"
    assert result.report.count(C.TRACKED_INSERTED) == 2
    assert result.report.count(C.TRACKED_DELETED) == 6


def test_what_hangs_on_a_paragraph_that_runs_on_is_kept() -> None:
    deleted_mark = '<w:rPr><w:del w:id="1" w:author="x"/></w:rPr>'
    box = f"<w:r><w:pict><v:textbox><w:txbxContent>{p('boxed')}</w:txbxContent></v:textbox></w:pict></w:r>"
    cap = p("W", '<w:framePr w:dropCap="drop"/>')
    body = heading("A") + cap + p("ord") + f"<w:p><w:pPr>{deleted_mark}</w:pPr>{box}</w:p>" + p("last")
    assert blocks(doc(body)) == [para("Word"), para("last"), para("boxed")]


def test_a_deleted_last_mark_loses_no_words() -> None:
    deleted_mark = '<w:rPr><w:del w:id="1" w:author="x"/></w:rPr>'
    assert blocks(doc(heading("A") + p("the end", deleted_mark))) == [para("the end")]


def test_comments_headers_and_hidden_text_are_left_out_and_counted() -> None:
    rel = f'<Relationship Id="rH" Type="{OFFICE}header" Target="header1.xml"/>'
    header = '<w:hdr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:p><w:r><w:t>Head</w:t></w:r></w:p></w:hdr>'
    comments = f'<w:comment w:id="0" w:author="A person">{p("What?")}</w:comment>' * 2
    body = heading("A") + p("secret", rpr="<w:vanish/>") + p("seen")
    result = doc(body, relations=rel, parts={"word/header1.xml": header}, comments=comments)
    assert blocks(result) == [para("seen")]
    for code, count in ((C.COMMENTS, 2), (C.HEADERS_FOOTERS, 1), (C.HIDDEN_TEXT, 1)):
        assert result.report.count(code) == count
    assert "A person" not in str(result.tree)


TOC = (
    f'<w:p><w:pPr><w:pStyle w:val="TOC1"/></w:pPr>{CHAR.format("begin")}<w:r><w:instrText>TOC \\o "1-3"</w:instrText></w:r>{CHAR.format("separate")}<w:r><w:t>A 1</w:t></w:r></w:p>'
    f'<w:p><w:pPr><w:pStyle w:val="TOC1"/></w:pPr><w:r><w:t>B 2</w:t></w:r></w:p><w:p>{CHAR.format("end")}</w:p>'
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
    ends = f'<w:p><w:pPr><w:pStyle w:val="Heading1"/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>{CHAR.format("end")}<w:r><w:t>First</w:t></w:r></w:p>'
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
