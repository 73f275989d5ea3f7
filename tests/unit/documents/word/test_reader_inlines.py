"""Notes, links, fields, text boxes, formulas, tracked changes and comments as they are read."""

from __future__ import annotations

import pytest

from tests.support.documents.word.build import OFFICE, blocks, heading, p, para, read, text, word_file
from tests.support.documents.word.reading import CHAR, C, doc, field, tc, tr


def test_footnotes_and_endnotes_stand_in_order_in_their_section() -> None:
    def ref(kind: str, number: int) -> str:
        return f'<w:r><w:{kind}Reference w:id="{number}"/></w:r>'

    notes = (
        '<w:footnote w:type="separator" w:id="-1"><w:p/></w:footnote><w:footnote '
        'w:id="4"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t xml:space="preserve"> '
        "First.</w:t></w:r></w:p></w:footnote>"
    )
    ends = f'<w:endnote w:id="4">{p("Second.")}</w:endnote>'
    body = (
        heading("A")
        + f"<w:p><w:r><w:t>x</w:t></w:r>{ref('endnote', 4)}{ref('footnote', 4)}{ref('footnote', 99)}</w:p>"
    )
    result = doc(body, footnotes=notes, endnotes=ends)
    assert result.tree.sections[0].text.body["notes"] == {"n1": [para("Second.")], "n2": [para("First.")]}
    assert result.report.count(C.NOTES) == 2
    assert result.report.count(C.MISSING_NOTE) == 1


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
    rel = (
        f'<Relationship Id="rL" Type="{OFFICE}hyperlink" Target="https://example.org/a" '
        f'TargetMode="External"/>'
    )
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
        '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:default '
        'w:val="1"/></w:checkBox></w:ffData></w:fldChar></w:r>' + CHAR.format("end")
    )
    result = doc(heading("A") + f"<w:p>{nested}{simple}{box}</w:p>")
    assert blocks(result) == [para("yes7☒")]


def test_text_boxes_follow_their_paragraph_and_come_once() -> None:
    inside = f"<w:txbxContent>{p('boxed')}</w:txbxContent>"
    drawing = (
        f"<mc:AlternateContent><mc:Choice "
        f"Requires='wps'><w:drawing><wps:txbx>{inside}</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{inside}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent>"
    )
    result = doc(heading("A") + f"<w:p><w:r><w:t>x</w:t></w:r><w:r>{drawing}</w:r></w:p>" + p("y"))
    assert blocks(result) == [para("x"), para("boxed"), para("y")]
    assert result.report.count(C.TEXT_BOXES) == 1


def test_signs_of_a_font_of_pictures_are_read_once_and_hide_nothing() -> None:
    sign = (
        "<w16se:symEx xmlns:w16se='http://schemas.microsoft.com/office/word/2015/wordml/symex' "
        "w16se:font='Segoe UI Emoji' w16se:char='1F4DE'/>"
    )
    both = (
        f"<mc:AlternateContent><mc:Choice Requires='w16se' "
        f"xmlns:w16se='http://schemas.microsoft.com/office/word/2015/wordml/symex'>{sign}</mc:Choice><mc:Fallback><w:t>\N{TELEPHONE RECEIVER}</w:t></mc:Fallback></mc:AlternateContent>"
    )
    result = doc(
        heading("A")
        + f"<w:p><w:r><w:t xml:space='preserve'>112 </w:t></w:r><w:r>{both}</w:r><w:r>{sign}</w:r></w:p>"
    )
    assert result.tree.sections[0].text.plain == "112 \N{TELEPHONE RECEIVER}\N{TELEPHONE RECEIVER}"
    assert result.report.count(C.HIDDEN_TEXT) == 0


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
    header = (
        "<w:hdr "
        'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:p><w:r><w:t>Head</w:t></w:r></w:p></w:hdr>'
    )
    comments = f'<w:comment w:id="0" w:author="A person">{p("What?")}</w:comment>' * 2
    body = heading("A") + p("secret", rpr="<w:vanish/>") + p("seen")
    result = doc(body, relations=rel, parts={"word/header1.xml": header}, comments=comments)
    assert blocks(result) == [para("seen")]
    for code, count in ((C.COMMENTS, 2), (C.HEADERS_FOOTERS, 1), (C.HIDDEN_TEXT, 1)):
        assert result.report.count(code) == count
    assert "A person" not in str(result.tree)


def test_a_formula_is_read_without_what_was_deleted_in_it() -> None:
    names = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    by = 'w:id="1" w:author="А" w:date="2026-01-01T00:00:00Z"'
    gone, come = (
        f"<w:{name} {by}><m:r><m:t>{text}</m:t></m:r></w:{name}>"
        for name, text in (("del", "2"), ("ins", "3"))
    )
    body = f"<w:p><m:oMath {names}><m:r><m:t>x=</m:t></m:r>{gone}{come}</m:oMath></w:p>"
    found = read(word_file(body))
    assert [s.text.plain for s in found.tree] == ["x=3"]


def test_a_blank_in_a_font_of_signs_stays_a_blank() -> None:
    run = (
        '<w:r><w:rPr><w:rFonts w:ascii="Wingdings" '
        'w:hAnsi="Wingdings"/></w:rPr><w:t>\uf0fc\u00a0\uf0a7</w:t></w:r>'
    )
    assert blocks(doc(heading("A") + f"<w:p>{run}</w:p>")) == [para("✓\u00a0▪")]
