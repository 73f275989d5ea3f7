"""Two Word files as one with tracked changes: accepted it is the new text, refused the old one."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openxml_audit import OpenXmlValidator

from documents.word.file import ns
from documents.word.file.guard import open_package
from documents.word.redline import redline
from documents.word.redline.cli import redline as command
from documents.word.resolve import resolve
from tests.support.documents.word.build import parts_of, word_file
from tests.support.documents.word.redline import DATE, _line, both, count, lines, made, p, r, root_of, table
from tests.support.properties import examples

LONG = "Полицискиот службеник ја известува канцеларијата на координаторот."
PAIRS = [
    (p("Рок: 30 дена."), p("Рок: 15 дена.")),
    (p("а") + p("б") + p("в"), p("а") + p("в")),
    (p("а") + p("в"), p("а") + p("б") + p("в")),
    (p("а"), p("а") + p("ново") + p("уште")),
    (p("а") + p("ново", ppr='<w:jc w:val="right"/>') + p("уште"), p("а")),
    (p("а"), p("сосема друго")),
    (p("а"), p("")),
    (p(LONG) + p("прво") + p("второ и трето"), p("прво") + p("второ и трето") + p(LONG)),
    (p("а") + table(["1", "2"], ["3", "4"]) + p(""), p("а") + table(["1", "2"], ["5", "6"], ["3", "4"]) + p("")),
    (p("а") + p("крај"), p("а") + table(["1"]) + p("крај")),
    (p("а") + table(["1"]) + p("крај"), p("а") + p("крај")),
    (p("а") + p("пред") + table(["1"]) + p(""), p("а") + table(["1"]) + p("")),
    (p("а") + table(["1"]) + p(""), p("а") + p("пред") + table(["1"]) + p("")),
    (table(["прв ред", "2"]) + p(""), table(["прв ред", "2", "3"]) + p("")),
    (table([p("а") + table(["1"]) + p("")]) + p(""), table([p("б") + table(["1"], ["2"]) + p("")]) + p("")),
    (p("а", "<w:r><w:tab/></w:r>", "б"), p("а", "б")),
    (
        p('<w:hyperlink w:anchor="x">' + r("член 5") + "</w:hyperlink>", " важи"),
        p('<w:hyperlink w:anchor="x">' + r("член 6") + "</w:hyperlink>", " важи"),
    ),
    (
        p("Стр. ", '<w:fldSimple w:instr=" PAGE ">' + r("1") + "</w:fldSimple>"),
        p("Стр. ", '<w:fldSimple w:instr=" PAGE ">' + r("2") + "</w:fldSimple>"),
    ),
    (
        p("<w:sdt><w:sdtContent>" + r("едно") + "</w:sdtContent></w:sdt>", " друго"),
        p("<w:sdt><w:sdtContent>" + r("две") + "</w:sdtContent></w:sdt>", " друго"),
    ),
    (f"<w:sdt><w:sdtContent>{p('а')}{p('б')}</w:sdtContent></w:sdt>", f"<w:sdt><w:sdtContent>{p('а')}</w:sdtContent></w:sdt>"),
    (f"<w:sdt><w:sdtContent>{p('а')}</w:sdtContent></w:sdt>{p('б')}", p("б")),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new"), PAIRS)
def test_accepted_it_is_the_new_text_and_refused_the_old_one(old: str, new: str, tmp_path: Path) -> None:
    data = made(old, new)
    accepted, refused = both(data)
    assert accepted == lines(word_file(new))
    assert refused == lines(word_file(old))
    path, source = tmp_path / "redline.docx", tmp_path / "new.docx"
    path.write_bytes(data)
    source.write_bytes(word_file(new))
    before = len(OpenXmlValidator().validate(source).errors)
    found = OpenXmlValidator().validate(path).errors
    assert len(found) <= before, found


def test_author_and_date_stand_at_every_mark() -> None:
    root = root_of(made(p("едно две"), p("едно три") + p("четири")))
    marks = list(root.iter(ns.w("ins"), ns.w("del")))
    assert len(marks) == 4
    assert {mark.get(ns.w("author")) for mark in marks} == {"Ана"}
    assert {mark.get(ns.w("date")) for mark in marks} == {"2026-05-01T09:00:00Z"}
    assert len({mark.get(ns.w("id")) for mark in marks}) == 4


def test_words_are_marked_not_paragraphs() -> None:
    root = root_of(made(p("Рокот е 24 часа од пријавата."), p("Рокот е 2 часа од пријавата.")))
    assert [_line(one) for one in root.iter(ns.w("ins"))] == ["2"]
    assert [node.text for node in root.iter(ns.w("delText"))] == ["24"]


def test_equal_text_changes_nothing() -> None:
    body = p("а") + table(["1", "2"]) + p("б")
    assert count(made(body, body), "ins", "del", "rPrChange", "pPrChange") == 0


def test_what_word_writes_anew_at_every_save_is_no_change() -> None:
    old = '<w:p w:rsidR="00A1"><w:r><w:t>а</w:t></w:r><w:r><w:t>б</w:t></w:r></w:p>'
    assert count(made(old, p("аб")), "ins", "del") == 0


def test_blanks_that_word_does_not_show_are_none_when_it_is_accepted() -> None:
    kept, bare = '<w:t xml:space="preserve">', "<w:t>"
    old = p(f"<w:r>{kept}in the first </w:t></w:r><w:r>{kept}line of all</w:t></w:r>")
    new = p(f"<w:r>{bare}in the first </w:t></w:r><w:r>{kept}line of it</w:t></w:r>")
    assert both(made(old, new)) == (["in the firstline of it"], ["in the first line of all"])


def test_a_moved_paragraph_is_a_move() -> None:
    data = made(p(LONG) + p("прво") + p("второ и трето"), p("прво") + p("второ и трето") + p(LONG))
    root = root_of(data)
    names = [
        node.get(ns.w("name")) for node in root.iter(ns.w("moveFromRangeStart"), ns.w("moveToRangeStart"))
    ]
    assert len(names) == 2
    assert len(set(names)) == 1
    assert [_line(node) for node in root.iter(ns.w("moveTo")) if len(node)] == [LONG]


def test_a_paragraph_that_moves_to_the_end_has_the_end_before_it_inserted() -> None:
    others = p("прво") + p("второ")
    for old, new, name in (
        (p(LONG) + others, others + p(LONG), "moveTo"),
        (others + p(LONG), p(LONG) + others, "moveFrom"),
    ):
        data = made(old, new)
        assert both(data) == (lines(word_file(new)), lines(word_file(old)))
        assert count(data, name) and count(data, "moveFromRangeStart") == count(data, "moveToRangeStart") == 1


def test_formats_of_words_and_paragraphs() -> None:
    data = made(p("важно"), p(r("важно", "<w:b/>"), ppr='<w:jc w:val="center"/>'))
    assert count(data, "rPrChange", "pPrChange") == 2
    assert count(data, "ins", "del") == 0
    refused = root_of(resolve(open_package(data), accept=False))
    assert list(refused.iter(ns.w("b"), ns.w("jc"))) == []


def test_a_deleted_picture_link_style_and_list_come_along() -> None:
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
    picture = (
        "<w:r><w:drawing><wp:inline><a:graphic><a:graphicData><a:blip "
        'r:embed="rId9"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'
    )
    numbers = (
        '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt '
        'w:val="decimal"/></w:lvl></w:abstractNum>'
        '<w:num w:numId="3"><w:abstractNumId w:val="0"/></w:num>'
    )
    numbered = '<w:pStyle w:val="Own"/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="3"/></w:numPr>'
    old = word_file(
        p("а") + p("слика", picture, ppr=numbered) + p("б"),
        styles='<w:style w:type="paragraph" w:styleId="Own"><w:name w:val="Own"/></w:style>',
        numbering=numbers,
        relations=f'<Relationship Id="rId9" Type="{office}image" Target="media/one.png"/>',
        parts={"word/media/one.png": b"picture"},
    )
    new = word_file(p("а") + p("б"), styles="")
    refused = resolve(open_package(redline(open_package(old), open_package(new))), accept=False)
    assert lines(refused) == ["а", "слика", "б"]
    package = open_package(refused)
    (blip,) = root_of(refused).iter(f"{{{ns.A}}}blip")
    assert package.read(package.rels(package.main)[blip.get(f"{{{ns.R}}}embed") or ""].target) == b"picture"
    assert b'w:styleId="Own"' in package.read("word/styles.xml")
    (num_id,) = [node.get(ns.VAL) for node in root_of(refused).iter(ns.w("numId"))]
    assert f'w:numId="{num_id}"'.encode() in package.read("word/numbering.xml")


BLOCKS = st.lists(
    st.one_of(
        st.text("абв ,.1\t", max_size=12).map(lambda text: p(text.replace("\t", " "))),
        st.sampled_from([p(LONG), p(r("дебело", "<w:b/>"), " и обично"), p("кратко", ppr="<w:keepNext/>")]),
        st.lists(st.lists(st.text("абв", max_size=3), min_size=2, max_size=2), min_size=1, max_size=3).map(
            lambda rows: table(*rows) + p("")
        ),
    ),
    max_size=7,
)


@settings(max_examples=examples(60), deadline=None)
@given(BLOCKS, BLOCKS)
def test_any_two_texts(old: list[str], new: list[str]) -> None:
    bodies = ["".join(blocks) + p("крај") for blocks in (old, new)]
    accepted, refused = both(made(*bodies))
    assert accepted == lines(word_file(bodies[1]))
    assert refused == lines(word_file(bodies[0]))


def run(*argv: str, stdin: bytes = b"") -> tuple[int, bytes, str]:
    out, err = io.TextIOWrapper(io.BytesIO()), io.StringIO()
    code = command(argv, io.TextIOWrapper(io.BytesIO(stdin)), out, err)
    return code, out.buffer.getvalue(), err.getvalue()  # type: ignore[attr-defined]


def test_command(tmp_path: Path) -> None:
    old, new = tmp_path / "old.docx", tmp_path / "new.docx"
    old.write_bytes(word_file(p("едно")))
    new.write_bytes(word_file(p("две")))
    code, out, err = run(
        str(old), "-", "-o", "-", "--author", "Ана\x07", "--date", "2026-05-01T09:00", stdin=new.read_bytes()
    )
    assert (code, err) == (0, "")
    assert both(out) == (["две"], ["едно"])
    assert (
        b'w:author="\xd0\x90\xd0\xbd\xd0\xb0" w:date="2026-05-01T09:00:00Z"'
        in parts_of(out)["word/document.xml"]
    )
    code, out, err = run(str(old), "-", "-o", "-", stdin=b"%PDF")
    assert (code, out) == (1, b"")
    assert err.startswith("kodeks redline: -: This is not a Word document")
    assert run(str(old), str(tmp_path / "none.docx"), "-o", "-")[0] == 2
    assert run("-", "-", "-o", "-")[0] == 2
    assert run(str(old), str(new), "-o", "-", "--date", "tomorrow")[0] == 2


def test_a_body_without_paragraphs_gets_the_empty_one_that_word_gives_it() -> None:
    numbering = (
        '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
        '<w:lvlText w:val="%1."/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId '
        'w:val="0"/></w:num>'
    )
    item = p("а", ppr='<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>')
    data = made(item, "", numbering=numbering)
    accepted, refused = (root_of(resolve(open_package(data), accept=accept)) for accept in (True, False))
    assert [len(list(root.iter(ns.w("p")))) for root in (accepted, refused)] == [1, 1]
    assert [len(list(root.iter(ns.w("numId")))) for root in (accepted, refused)] == [0, 1]
    assert both(made("", item, numbering=numbering)) == (["а"], [""])


def test_a_list_that_the_old_file_lacks_is_none_in_the_new_one_too() -> None:
    item = p("а", ppr='<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>')
    numbering = (
        '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:lvlText '
        'w:val="%1."/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )
    files = word_file(item + p("б")), word_file(item, numbering=numbering)
    data = redline(open_package(files[0]), open_package(files[1]), date=DATE)
    refused = root_of(resolve(open_package(data), accept=False))
    assert [node.get(ns.VAL) for node in refused.iter(ns.w("numId"))] == ["0"]


def test_what_stood_in_a_content_control_that_went_has_its_look_again_when_refused() -> None:
    look = '<w:jc w:val="right"/>'
    control = f"<w:sdt><w:sdtContent>{p('в кутија', ppr=look)}{p('и уште', ppr=look)}</w:sdtContent></w:sdt>"
    data = made(p("а") + control + table(["1"]) + p(""), p("а") + table(["1"]) + p(""))
    refused = root_of(resolve(open_package(data), accept=False))
    found = [ns.val(ns.child(para, "pPr"), "jc") for para in refused.iter(ns.w("p"))]
    assert found[:3] == [None, "right", "right"]


def test_a_style_comes_along_into_both_lists_that_word_2010_wrote() -> None:
    style = '<w:style w:type="paragraph" w:styleId="Own"><w:name w:val="Own"/></w:style>'
    old = word_file(p("а", ppr='<w:pStyle w:val="Own"/>') + p("б"), styles=style)
    names = {"word/styles2.xml": f'<w:styles xmlns:w="{ns.W}"/>'}
    kind = "http://schemas.microsoft.com/office/2007/relationships/stylesWithEffects"
    relation = f'<Relationship Id="rTwo" Type="{kind}" Target="styles2.xml"/>'
    new = word_file(p("б"), styles="", parts=names, relations=relation)
    parts = parts_of(redline(open_package(old), open_package(new)))
    assert all(b'w:styleId="Own"' in parts[f"word/{name}.xml"] for name in ("styles", "styles2"))
