"""Tracked changes accepted and refused, each kind of them."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from lxml import etree

from documents.word.file import ns
from documents.word.file.guard import open_package
from documents.word.file.refusal import RefusalCode, Refused
from documents.word.resolve import resolve
from documents.word.resolve.cli import accept, reject
from tests.support.documents.word.build import NAMES, parts_of, word_file
from tests.support.documents.word.resolve import by, cell, gone, ins, p, r, row, table

M = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'


def resolved(body: str, verb: str, part: str = "word/document.xml", footnotes: str = "") -> etree._Element:
    data = resolve(open_package(word_file(body, footnotes=footnotes)), accept=verb == "accept")
    return etree.fromstring(parts_of(data)[part])


def lines(root: etree._Element) -> list[str]:
    return ["".join(t.text or "" for t in para.iter(ns.w("t"))) for para in root.iter(ns.w("p"))]


@pytest.mark.parametrize(
    ("body", "accepted", "refused"),
    [
        (p(r("Рок: ") + gone("30") + ins("15") + r(" дена")), ["Рок: 15 дена"], ["Рок: 30 дена"]),
        # Inserted and then deleted by somebody else.
        (p(r("а") + f"<w:ins {by()}>{gone('б')}</w:ins>"), ["а"], ["а"]),
        # Paragraph marks: what goes runs on into the next paragraph.
        (p(r("а"), "del") + p(r("б")), ["аб"], ["а", "б"]),
        (p(r("а"), "ins") + p(r("б")), ["а", "б"], ["аб"]),
        (p(r("а"), "del") + p(r("б"), "del") + p(r("в")), ["абв"], ["а", "б", "в"]),
        (p(gone("а"), "del") + p(r("б")), ["б"], ["а", "б"]),
        (p(r("а")) + p(gone("б"), "del"), ["а"], ["а", "б"]),
        # Over what stands between, and into a content control.
        (
            p(r("а"), "del") + '<w:bookmarkStart w:id="7" w:name="x"/><w:bookmarkEnd w:id="7"/>' + p(r("б")),
            ["аб"],
            ["а", "б"],
        ),
        (
            p(gone("а"), "del") + f"<w:sdt><w:sdtContent>{p(r('б'))}</w:sdtContent></w:sdt>",
            ["б"],
            ["а", "б"],
        ),
        (
            f"<w:sdt><w:sdtContent>{p(gone('а'), 'del')}</w:sdtContent></w:sdt>" + p(r("б")),
            ["б"],
            ["а", "б"],
        ),
        # A table can't be run on into.
        (p(gone("а"), "del") + table(row(cell(p(r("б"))))) + p(""), ["б", ""], ["а", "б", ""]),
        (p(r("а"), "del") + table(row(cell(p(r("б"))))) + p(""), ["а", "б", ""], ["а", "б", ""]),
        # Rows, and a table that goes with its rows.
        (
            table(row(cell(p(r("а")))), row(cell(p(gone("б"), "del")), mark="del")) + p(""),
            ["а", ""],
            ["а", "б", ""],
        ),
        (p(r("х")) + table(row(cell(p(ins("а"))), mark="ins")) + p(""), ["х", "а", ""], ["х", ""]),
        # A cell never stands empty.
        (table(row(cell(table(row(cell(p("")), mark="del"))))) + p(""), ["", ""], ["", ""]),
        # Cells.
        (table(row(cell(p(r("а"))), cell(p(r("б")), f"<w:cellIns {by()}/>"))), ["а", "б"], ["а"]),
        (table(row(cell(p(r("а"))), cell(p(r("б")), f"<w:cellDel {by()}/>"))), ["а"], ["а", "б"]),
        # Moves, with the ranges that name them.
        (
            f'<w:moveFromRangeStart {by(5)} w:name="m"/>' + p(gone("а", "moveFrom"), "moveFrom")
            + '<w:moveFromRangeEnd w:id="5"/>' + p(r("б"))
            + f'<w:moveToRangeStart {by(6)} w:name="m"/>' + p(ins("а", "moveTo"), "moveTo")
            + '<w:moveToRangeEnd w:id="6"/>' + p(r("в")),
            ["б", "а", "в"],
            ["а", "б", "в"],
        ),
        # A link of which nothing is left goes too.
        (p(f'<w:hyperlink w:anchor="x">{gone("а")}</w:hyperlink>' + r("б")), ["б"], ["аб"]),
        # In a text box, and around whole paragraphs.
        (
            p(f"<w:r><w:pict><v:shape><v:textbox><w:txbxContent>{p(gone('а') + ins('б'))}</w:txbxContent>"
              "</v:textbox></v:shape></w:pict></w:r>"),
            ["б", "б"],
            ["а", "а"],
        ),
        (f"<w:ins {by()}>{p(r('а'))}</w:ins>" + p(r("б")), ["а", "б"], ["б"]),
    ],
)  # fmt: skip
def test_text(body: str, accepted: list[str], refused: list[str]) -> None:
    for verb, expected in (("accept", accepted), ("reject", refused)):
        root = resolved(body, verb)
        assert lines(root) == expected, verb
        for name in ("ins", "del", "moveFrom", "moveTo", "delText", "moveFromRangeStart", "moveToRangeEnd"):
            assert next(root.iter(ns.w(name)), None) is None, (verb, name)


def test_the_next_paragraph_keeps_its_properties() -> None:
    root = resolved(
        p(r("а"), "del", '<w:jc w:val="left"/>') + p(r("б"), ppr='<w:jc w:val="right"/>'), "accept"
    )
    assert [node.get(ns.VAL) for node in root.iter(ns.w("jc"))] == ["right"]


@pytest.mark.parametrize(
    ("body", "new", "old"),
    [
        (
            p(r("а", rpr=f"<w:b/><w:rPrChange {by()}><w:rPr><w:i/></w:rPr></w:rPrChange>")),
            ["b"], ["i"],
        ),
        (
            p(r("а"), ppr=f'<w:keepNext/><w:pPrChange {by()}><w:pPr><w:keepLines/></w:pPr></w:pPrChange>'),
            ["keepNext"], ["keepLines"],
        ),
        (
            p(r("а"), ppr=f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/><w:ins {by()}/></w:numPr>'),
            ["numPr"], [],
        ),
        (
            table(row(cell(p(r("а")), f'<w:noWrap/><w:tcPrChange {by()}><w:tcPr><w:hideMark/></w:tcPr></w:tcPrChange>'))),
            ["noWrap"], ["hideMark"],
        ),
    ],
)  # fmt: skip
def test_properties(body: str, new: list[str], old: list[str]) -> None:
    names = {"b", "i", "keepNext", "keepLines", "numPr", "noWrap", "hideMark"}
    for verb, expected in (("accept", new), ("reject", old)):
        root = resolved(body, verb)
        found = [local for node in root.iter() if (local := etree.QName(node).localname) in names]
        assert found == expected, verb
        assert not any(str(node.tag).endswith("Change") for node in root.iter())


def test_a_sections_headers_are_no_part_of_its_change() -> None:
    section = (
        '<w:sectPr><w:headerReference w:type="default" r:id="rId9"/><w:pgSz w:w="1"/>'
        f'<w:sectPrChange {by()}><w:sectPr><w:pgSz w:w="2"/></w:sectPr></w:sectPrChange></w:sectPr>'
    )
    root = resolved(p("") + section, "reject")
    assert [etree.QName(node).localname for node in next(root.iter(ns.w("sectPr")))] == [
        "headerReference",
        "pgSz",
    ]
    assert next(root.iter(ns.w("pgSz"))).get(ns.w("w")) == "2"


def test_a_merged_cell() -> None:
    mark = f'<w:cellMerge {by()} w:vMerge="cont" w:vMergeOrig="rest"/>'
    body = table(row(cell(p("а"), mark))) + p("")
    assert next(resolved(body, "accept").iter(ns.w("vMerge"))).get(ns.VAL) is None
    assert next(resolved(body, "reject").iter(ns.w("vMerge"))).get(ns.VAL) == "restart"


def test_a_content_control_put_around_a_text() -> None:
    body = (
        f"<w:customXmlInsRangeStart {by(1)}/><w:sdt><w:sdtContent><w:customXmlInsRangeEnd "
        f'w:id="1"/>{p(r("а"))}'
        f'<w:customXmlInsRangeStart {by(2)}/></w:sdtContent></w:sdt><w:customXmlInsRangeEnd w:id="2"/>'
    )
    for verb, count in (("accept", 1), ("reject", 0)):
        root = resolved(body, verb)
        assert len(list(root.iter(ns.w("sdt")))) == count
        assert lines(root) == ["а"]


def test_formulas_and_fields() -> None:
    formula = f"<w:del {by()}><m:oMath {M}><m:r><m:t>x</m:t></m:r></m:oMath></w:del>"
    field = (
        f'<w:del {by()}><w:r><w:fldChar w:fldCharType="begin"/></w:r>{r(" PAGE ", "delInstrText")}'
        f'<w:r><w:fldChar w:fldCharType="end"/></w:r></w:del>'
    )
    assert b"oMath" not in etree.tostring(resolved(p(formula), "accept"))
    assert b"oMath" in etree.tostring(resolved(p(formula), "reject"))
    assert b"fldChar" not in etree.tostring(resolved(p(field), "accept"))
    assert b"instrText" in etree.tostring(resolved(p(field), "reject"))


def test_the_frame_of_a_formula_goes_and_what_stood_in_it_stays() -> None:
    fraction = (
        f"<m:oMath {M}><m:f><m:fPr><m:ctrlPr><w:ins {by()}><w:rPr/></w:ins></m:ctrlPr></m:fPr>"
        "<m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f></m:oMath>"
    )
    assert resolved(p(fraction), "accept").find(f".//{{{ns.M}}}f") is not None
    root = resolved(p(fraction), "reject")
    assert root.find(f".//{{{ns.M}}}f") is None
    assert len(list(root.iter(f"{{{ns.M}}}t"))) == 2


def test_a_note_goes_with_its_place() -> None:
    notes = (
        '<w:footnote w:id="2">'
        + p(r("стара"))
        + '</w:footnote><w:footnote w:id="3">'
        + p(gone("а") + ins("б"))
    )
    body = p(
        f'<w:del {by()}><w:r><w:footnoteReference w:id="2"/></w:r></w:del><w:r><w:footnoteReference '
        f'w:id="3"/></w:r>'
    )
    found = resolved(body, "accept", "word/footnotes.xml", footnotes=notes + "</w:footnote>")
    assert lines(found) == ["б"]
    assert lines(resolved(body, "reject", "word/footnotes.xml", footnotes=notes + "</w:footnote>")) == [
        "стара",
        "а",
    ]


def test_bookmarks_stay_in_pairs() -> None:
    start, end = '<w:bookmarkStart w:id="4" w:name="x"/>', '<w:bookmarkEnd w:id="4"/>'
    body = p(f"<w:del {by()}>{start}{r('а', 'delText')}</w:del>{r('б')}{end}")
    root = resolved(body, "accept")
    assert len(list(root.iter(ns.w("bookmarkStart"), ns.w("bookmarkEnd")))) == 2


def test_other_parts_leave_as_they_came() -> None:
    strange = b"<w:styles " + NAMES.encode() + b"  ><!-- as it came --></w:styles>"
    source = word_file(p(ins("а")), parts={"word/styles.xml": strange}, styles="")
    before = parts_of(source)
    after = parts_of(resolve(open_package(source), accept=True))
    assert after.keys() == before.keys()
    assert {name for name in before if before[name] != after[name]} == {"word/document.xml"}
    plain = word_file(p(r("а")))
    assert parts_of(resolve(open_package(plain), accept=False)) == parts_of(plain)


def run(command: str, *argv: str, stdin: bytes = b"") -> tuple[int, bytes, str]:
    out, err = io.TextIOWrapper(io.BytesIO()), io.StringIO()
    verb = {"accept": accept, "reject": reject}[command]
    code = verb(argv, io.TextIOWrapper(io.BytesIO(stdin)), out, err)
    return code, out.buffer.getvalue(), err.getvalue()  # type: ignore[attr-defined]


def test_command(tmp_path: Path) -> None:
    source = word_file(p(gone("а") + ins("б")))
    (tmp_path / "in.docx").write_bytes(source)
    target = tmp_path / "out.docx"
    assert run("accept", str(tmp_path / "in.docx"), "-o", str(target))[0] == 0
    assert lines(etree.fromstring(parts_of(target.read_bytes())["word/document.xml"])) == ["б"]
    code, out, err = run("reject", "-", "-o", "-", stdin=source)
    assert (code, err) == (0, "")
    assert lines(etree.fromstring(parts_of(out)["word/document.xml"])) == ["а"]


def test_command_says_what_is_wrong(tmp_path: Path) -> None:
    code, out, err = run("accept", "-", "-o", "-", stdin=b"%PDF-1.4")
    assert (code, out) == (1, b"")
    assert "not a Word document" in err
    # The name of a folder is none of a file.
    assert run("accept", "-", "-o", f"{tmp_path}/folder/", stdin=word_file(p("а")))[0] == 2
    assert not (tmp_path / "folder").exists()
    assert run("accept", str(tmp_path / "none.docx"), "-o", "-")[0] == 2
    assert run("accept", "-", "-o", str(tmp_path / "no" / "where.docx"), stdin=word_file(p("")))[0] == 2
    assert run("accept", "-")[0] == 2
    assert not list(tmp_path.iterdir())


def test_hostile_files_are_refused() -> None:
    deep = "<w:ins>" * 300 + "</w:ins>" * 300
    with pytest.raises(Refused) as refused:
        resolve(open_package(word_file(f"<w:p>{deep}</w:p>")), accept=True)
    assert refused.value.code == RefusalCode.TOO_DEEP


def test_a_paragraph_stays_when_what_stands_around_its_words_goes() -> None:
    """``w:sdtContent`` without its control is no Word; some program wrote it."""
    body = p(f"{r('а')}<w:sdtContent>{gone('б')}</w:sdtContent>", mark="del") + p(r("в"))
    root = resolved(body, "accept")
    assert "".join(t.text or "" for t in root.iter(ns.w("t"))) == "ав"


def test_a_paragraph_that_was_a_link_goes_before_a_table() -> None:
    link = f'<w:hyperlink w:anchor="x">{gone("член 5")}</w:hyperlink>'
    root = resolved(p(r("а")) + p(link, mark="del") + table(row(cell(p(r("1"))))) + p(r("б")), "accept")
    assert lines(root) == ["а", "1", "б"]


@pytest.mark.parametrize("verb", ["accept", "reject"])
def test_the_changes_of_one_author_leave_those_of_others_as_they_are(verb: str) -> None:
    others = (ins(" two") + gone(" three")).replace("Ана", "Bojan")
    body = p(r("one") + others + ins(" four") + gone(" five")) + p(r("six"), mark="ins").replace(
        "Ана", "Bojan"
    )
    package = open_package(word_file(body))
    root = etree.fromstring(
        parts_of(resolve(package, accept=verb == "accept", author="Ана"))["word/document.xml"]
    )
    authors = [node.get(ns.w("author")) for node in root.iter(ns.w("ins"), ns.w("del"))]
    assert authors == ["Bojan"] * 3
    assert "".join(node.text or "" for node in root.iter(ns.w("delText"))) == " three"
    kept = " four" if verb == "accept" else " five"
    assert "".join(node.text or "" for node in root.iter(ns.w("t"))) == f"one two{kept}six"
