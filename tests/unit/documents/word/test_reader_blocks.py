"""Lists, tables, pictures, notes, links, fields, boxes and tracked changes as they are read: what is in a
body, its blocks, and what the report counts."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.documents.word.build import (
    OFFICE,
    abstract,
    bare,
    blocks,
    cell,
    heading,
    item,
    level,
    listing,
    num,
    numbered,
    p,
    para,
    png,
    read,
    sha256,
    table,
    text,
    word_file,
)
from tests.support.documents.word.reading import CHAR, IMAGE_REL, STYLES, C, doc, field, picture_run, tc, tr

Json = dict[str, Any]
LISTS = abstract(0, level(0, "decimal", "%1."), level(1, "bullet", "–")) + num(1, 0)
INDENT = '<w:ind w:left="720"/>'
SET_IN = abstract(
    0, level(0, "decimal", "%1.", '<w:pPr><w:ind w:left="720" w:hanging="360"/></w:pPr>')
) + num(1, 0)
QUOTE = (
    '<w:style w:type="paragraph" w:styleId="Quote"><w:name w:val="Quote"/><w:pPr><w:ind w:left="864"/></w:pPr>'
    "</w:style>"
)
PICTURE = {"relations": IMAGE_REL, "parts": {"word/media/i.png": png()}}
MAP: Json = {"type": "figure", "attrs": {"sha256": sha256(png()), "alt": "A map"}, "content": [text("Map 1")]}
IN_LINE = picture_run("r:embed", "rImg")
SAID = para("said", style="quote")
OUTSIDE = (
    f'<Relationship Id="rOut" Type="{OFFICE}image" Target="http://127.0.0.1:9/x.png" TargetMode="External"/>'
)
PICTURES = f"{IN_LINE}{picture_run('r:link', 'rOut')}{picture_run('r:embed', 'rNone')}"
LINK = (
    f'<Relationship Id="rL" Type="{OFFICE}hyperlink" Target="https://example.org/a" TargetMode="External"/>'
)
BOX = f"<w:txbxContent>{p('boxed')}</w:txbxContent>"
BOXED = f"<w:r><w:pict><v:textbox>{BOX}</v:textbox></w:pict></w:r>"
EITHER = "<mc:AlternateContent><mc:Choice Requires='{}' {}>{}</mc:Choice><mc:Fallback>{}</mc:Fallback></mc:AlternateContent>"
SYMEX = "xmlns:w16se='http://schemas.microsoft.com/office/word/2015/wordml/symex'"
PHONE = f"<w16se:symEx {SYMEX} w16se:font='Segoe UI Emoji' w16se:char='1F4DE'/>"
DELETED = '<w:rPr><w:del w:id="1" w:author="x"/></w:rPr>'
NESTED = CHAR.format("begin") + "<w:r><w:instrText>IF </w:instrText></w:r>" + field("DATE", "no") + CHAR.format("separate") + r"<w:r><w:t>yes</w:t></w:r>" + CHAR.format("end")  # fmt: skip
TICKED = '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:default w:val="1"/></w:checkBox></w:ffData></w:fldChar></w:r>'
M = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
FORMULA = f"<w:p><m:oMath {M}><m:r><m:t>x=</m:t></m:r><w:del><m:r><m:t>2</m:t></m:r></w:del><w:ins><m:r><m:t>3</m:t></m:r></w:ins></m:oMath></w:p>"


def plain(words: str) -> Json:
    return bare({"type": "cell", "content": [para(words)]})


def run(words: str) -> str:
    return f"<w:r><w:t xml:space='preserve'>{words}</w:t></w:r>"


def tbl(*rows: str) -> str:
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


def quote(words: str, own: str = "") -> str:
    return p(words, f'<w:pStyle w:val="Quote"/>{own}')


Case = tuple[str, str, dict[str, Any], list[Json], dict[C, int]]
CASES: list[Case] = [
    (
        "numbered paragraphs are lists in lists",
        numbered("one") + numbered("in", 1, 1) + numbered("two") + p("between") + numbered("three"),
        {"numbering": LISTS},
        [
            listing(True, item("1.", para("one"), {"type": "list", "content": [item("–", para("in"))]}), item("2.", para("two"))),
            para("between"),
            listing(True, item("3.", para("three"))),
        ],
        {},
    ),
    (
        "an indented paragraph goes on with the item",
        numbered("one") + p("more", INDENT) + numbered("two") + p("after"),
        {"numbering": SET_IN},
        [listing(True, item("1.", para("one"), para("more")), item("2.", para("two"))), para("after")],
        {},
    ),
    (
        "a quotation between two items belongs to the first",
        numbered("one") + quote("said") + quote("said") + numbered("two") + quote("said") + p("after"),
        {"numbering": SET_IN},
        [listing(True, item("1.", para("one"), SAID, SAID), item("2.", para("two"))), SAID, para("after")],
        {},
    ),
    (
        "a quotation set in by itself belongs to the last item",
        numbered("one") + quote("said", INDENT) + p("after"),
        {"numbering": SET_IN},
        [listing(True, item("1.", para("one"), SAID)), para("after")],
        {},
    ),
    (
        "a picture in an item has the caption behind it",
        numbered("one") + f"<w:p><w:pPr>{INDENT}</w:pPr>{IN_LINE}</w:p>" + p("Map 1", f'<w:pStyle w:val="Caption"/>{INDENT}') + numbered("two"),
        {"numbering": SET_IN, **PICTURE},
        [listing(True, item("1.", para("one"), MAP), item("2.", para("two")))],
        {},
    ),
    ("a picture alone is a figure with its caption", f"<w:p>{IN_LINE}</w:p>" + p("Map 1", '<w:pStyle w:val="Caption"/>'), PICTURE, [MAP], {}),
    (
        "pictures from outside and false ones are left out",
        f"<w:p>{run('x')}{PICTURES}</w:p>",
        {"relations": IMAGE_REL + OUTSIDE, "parts": {"word/media/i.png": b"<svg onload='x'/>"}},
        [para("x")],
        {C.EXTERNAL_IMAGE: 1, C.BROKEN_IMAGE: 2},
    ),
    (
        "merged cells are spans",
        tbl(
            tr(tc("head", '<w:gridSpan w:val="2"/>'), tc("c"), properties="<w:tblHeader/>"),
            tr(tc("down", '<w:vMerge w:val="restart"/>'), tc("1"), tc("2")),
            tr(tc("", "<w:vMerge/>"), tc("3"), tc("4")),
        ),
        {},
        [
            table(
                [cell("head", colspan=2, header=True), cell("c", header=True)],
                [cell("down", rowspan=2), plain("1"), plain("2")],
                [plain("3"), plain("4")],
            )
        ],
        {},
    ),
    (
        "tables in tables",
        f"<w:tbl><w:tr><w:tc>{p('out')}{tbl(tr(tc('in')))}{p()}</w:tc></w:tr></w:tbl>",
        {},
        [bare(table([{"type": "cell", "content": [para("out"), table([plain("in")])]}]))],
        {},
    ),
    (
        "links and link fields",
        f'<w:p><w:hyperlink r:id="rL" w:anchor="b">{run("one")}</w:hyperlink>{field("HYPERLINK &quot;mailto:a@example.org&quot;", "two")}</w:p>',
        {"relations": LINK},
        [
            para(
                text("one", {"type": "link", "attrs": {"href": "https://example.org/a#b"}}),
                text("two", {"type": "link", "attrs": {"href": "mailto:a@example.org"}}),
            )
        ],
        {},
    ),
    (
        "fields show their result",
        f'<w:p>{NESTED}<w:fldSimple w:instr="SEQ Table">{run("7")}</w:fldSimple>{TICKED}{CHAR.format("end")}</w:p>',
        {},
        [para("yes7☒")],
        {},
    ),
    (
        "text boxes follow their paragraph and come once",
        f"<w:p>{run('x')}<w:r>{EITHER.format('wps', '', f'<w:drawing><wps:txbx>{BOX}</wps:txbx></w:drawing>', f'<w:pict><v:textbox>{BOX}</v:textbox></w:pict>')}</w:r></w:p>" + p("y"),
        {},
        [para("x"), para("boxed"), para("y")],
        {C.TEXT_BOXES: 1},
    ),
    (
        "signs of a font of pictures are read once",
        f"<w:p>{run('112 ')}<w:r>{EITHER.format('w16se', SYMEX, PHONE, '<w:t>☎</w:t>')}</w:r><w:r>{PHONE}</w:r></w:p>",
        {},
        [para("112 ☎\N{TELEPHONE RECEIVER}")],
        {C.HIDDEN_TEXT: 0},
    ),
    (
        "content controls are read through",
        "".join(
            body.replace("[", "<w:sdt><w:sdtPr/><w:sdtContent>").replace("]", "</w:sdtContent></w:sdt>")
            for body in (f"[{p('a')}]", f"<w:p>[{run('b')}]</w:p>", tbl("[" + tr("[" + tc("cell") + "]") + "]"))
        ),
        {},
        [para("a"), para("b"), bare(table([plain("cell")]))],
        {},
    ),
    (
        "what hangs on a paragraph that runs on is kept",
        p("W", '<w:framePr w:dropCap="drop"/>') + p("ord") + f"<w:p><w:pPr>{DELETED}</w:pPr>{BOXED}</w:p>" + p("last"),
        {},
        [para("Word"), para("last"), para("boxed")],
        {},
    ),
    ("a deleted last mark loses no words", p("the end", DELETED), {}, [para("the end")], {}),
    ("a formula without what was deleted in it", FORMULA, {}, [para("x=3")], {}),
    (
        "a blank in a font of signs stays one",
        '<w:p><w:r><w:rPr><w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/></w:rPr><w:t>\uf0fc\u00a0\uf0a7</w:t></w:r></w:p>',
        {},
        [para("✓\u00a0▪")],
        {},
    ),
    (
        "comments, headers and hidden text are left out",
        p("secret", rpr="<w:vanish/>") + p("seen"),
        {
            "relations": f'<Relationship Id="rH" Type="{OFFICE}header" Target="header1.xml"/>',
            "parts": {"word/header1.xml": f'<w:hdr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">{p("Head")}</w:hdr>'},
            "comments": f'<w:comment w:id="0" w:author="A person">{p("What?")}</w:comment>' * 2,
        },
        [para("seen")],
        {C.COMMENTS: 2, C.HEADERS_FOOTERS: 1, C.HIDDEN_TEXT: 1},
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("body", "more", "wanted", "counts"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_blocks(body: str, more: dict[str, Any], wanted: list[Json], counts: dict[C, int]) -> None:
    result = read(word_file(heading("A") + body, styles=STYLES + QUOTE, **more))
    assert blocks(result) == wanted
    assert {code: result.report.count(code) for code in counts} == counts
    assert "A person" not in str(result.tree)


def test_every_row_is_as_wide_as_its_table() -> None:
    rows = tr(tc("a"), tc("b"), tc("c")) + tr(tc("d")) + tr(tc("e"), properties='<w:gridBefore w:val="1"/>')
    (found,) = blocks(doc(heading("A") + tbl(rows)))
    widths = [
        sum((c.get("attrs") or {}).get("colspan", 1) for c in row["content"]) for row in found["content"]
    ]
    assert widths == [3, 3, 3]
    assert found["content"][2]["content"][1]["content"] == [para("e")]


@pytest.mark.parametrize("span", ["100000000", "-3", "0", "x", "99999999999999999999999"])
def test_an_impossible_span_is_bounded(span: str) -> None:
    result = doc(heading("A") + tbl(tr(tc("a", f'<w:gridSpan w:val="{span}"/>'), tc("b")) + tr(tc("c"))))
    (found,) = blocks(result)
    spans = [(c.get("attrs") or {}).get("colspan", 1) for row in found["content"] for c in row["content"]]
    assert max(spans) <= 63 and "a\nb\nc" in result.tree.sections[0].text.plain


def test_footnotes_and_endnotes_stand_in_order_in_their_section() -> None:
    refs = "".join(
        f'<w:r><w:{kind}Reference w:id="{at}"/></w:r>'
        for kind, at in (("endnote", 4), ("footnote", 4), ("footnote", 99))
    )
    notes = (
        '<w:footnote w:type="separator" w:id="-1"><w:p/></w:footnote><w:footnote w:id="4"><w:p>'
        f"<w:r><w:footnoteRef/></w:r>{run(' First.')}</w:p></w:footnote>"
    )
    ends = f'<w:endnote w:id="4">{p("Second.")}</w:endnote>'
    result = doc(heading("A") + f"<w:p>{run('x')}{refs}</w:p>", footnotes=notes, endnotes=ends)
    assert result.tree.sections[0].text.body["notes"] == {"n1": [para("Second.")], "n2": [para("First.")]}
    assert (result.report.count(C.NOTES), result.report.count(C.MISSING_NOTE)) == (2, 1)


@pytest.mark.parametrize(
    "href",
    ["javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\nscript:alert(1)", "data:text/html,x", "file:///etc/passwd", "vbscript:x", "other.docx", "\\\\server\\share"],
)  # fmt: skip
def test_links_that_lead_nowhere_safe_lose_their_target_and_keep_their_words(href: str) -> None:
    target = href.replace("\n", "&#10;")
    rel = f'<Relationship Id="rL" Type="{OFFICE}hyperlink" Target="{target}" TargetMode="External"/>'
    result = doc(
        heading("A") + f'<w:p><w:hyperlink r:id="rL">{run("here")}</w:hyperlink></w:p>', relations=rel
    )
    assert blocks(result) == [para("here")] and result.report.count(C.UNSAFE_LINK) == 1


def test_references_lead_to_sections() -> None:
    mark = '<w:bookmarkStart w:id="1" w:name="{}"/><w:bookmarkEnd w:id="1"/>'
    head = f'<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr>{mark.format("_Ref1")}{run("B")}</w:p>'
    refs = "".join(field(f" REF {name} \\h ", name) for name in ("_Ref1", "inside", "gone"))
    anchor = f'<w:hyperlink w:anchor="_Ref1">{run("link")}</w:hyperlink>'
    result = doc(
        heading("A") + f"<w:p>{refs}{anchor}</w:p>{head}<w:p>{mark.format('inside')}{run('t')}</w:p>"
    )
    xref = {"type": "xref", "attrs": {"uid": result.tree.sections[1].uid}}
    assert blocks(result) == [para(text("_Ref1inside", xref), "gone", text("link", xref))]
    assert result.report.count(C.BROKEN_REFERENCE) == result.report.count(C.REFERENCE_BROADER) == 1


def test_tracked_changes_are_read_as_accepted_and_counted() -> None:
    gone = "<w:r><w:delText>old</w:delText></w:r>"
    body = heading("A") + (
        f"<w:p>{run('keep ')}<w:ins>{run('new')}</w:ins><w:del>{gone}</w:del></w:p>"
        f"<w:p><w:pPr>{DELETED}</w:pPr>{run('joined ')}</w:p>{p('with this')}"
        f"<w:p><w:pPr>{DELETED}</w:pPr><w:del>{gone}</w:del></w:p>{p('last')}"
        f"<w:p><w:moveFrom>{run('moved')}</w:moveFrom></w:p><w:p><w:moveTo>{run('moved')}</w:moveTo></w:p>"
        f"<w:tbl>{tr(tc('row'))}{tr(tc('gone'), properties='<w:del/>')}</w:tbl>"
    )
    result = doc(body)
    assert result.tree.sections[0].text.plain == "keep new\njoined with this\nlast\nmoved\nrow"
    assert (result.report.count(C.TRACKED_INSERTED), result.report.count(C.TRACKED_DELETED)) == (2, 6)
