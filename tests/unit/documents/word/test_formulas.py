"""Formulas in one line: what is read is the same number."""

from __future__ import annotations

from typing import Any

import pytest

from documents.word.file.ns import M
from documents.word.read.report import FindingCode
from tests.support.documents.word.build import HEADINGS, blocks, p, para, read, word_file
from tests.support.documents.word.reading import doc


def r(words: str) -> str:
    return f"<m:r><m:t>{words}</m:t></m:r>"


def e(name: str, **parts: str) -> str:
    return f"<m:{name}>{''.join(f'<m:{key}>{inner}</m:{key}>' for key, inner in parts.items())}</m:{name}>"


def drawn(node: dict[str, Any]) -> str:
    marks = {mark["type"] for mark in node.get("marks", [])}
    if "superscript" in marks:
        return f"^{{{node['text']}}}"
    return f"_{{{node['text']}}}" if "subscript" in marks else str(node["text"])


HALF = e("f", num=r("1"), den=r("2"))
BRACKETS = e("d", e=r("x+1"))


@pytest.mark.parametrize(
    ("formula", "line"),
    [
        (HALF, "1/2"),
        (e("f", num=r("x+1"), den=r("24")), "(x+1)/24"),
        (e("f", num=BRACKETS, den=e("f", num=r("a"), den=r("b"))), "(x+1)/(a/b)"),
        (e("f", num=BRACKETS + BRACKETS, den=r("2")), "((x+1)(x+1))/2"),
        ('<m:f><m:fPr><m:type m:val="noBar"/></m:fPr><m:num>' + r("n") + "</m:num><m:den>" + r("k") + "</m:den></m:f>", "n¦k"),
        (e("sSup", e=r("x"), sup=r("2")), "x^{2}"),
        (e("sSup", e=r("20"), sup=r("°")), "20°"),
        (e("sSub", e=r("H"), sub=r("2")) + r("O"), "H_{2}O"),
        (e("sSubSup", e=r("a"), sub=r("i+1"), sup=r("2")), "a_{i+1}^{2}"),
        ('<m:rad><m:radPr><m:degHide m:val="1"/></m:radPr><m:deg/><m:e>' + r("x+1") + "</m:e></m:rad>", "√(x+1)"),
        (e("rad", deg=r("3"), e=r("8")), "^{3}√8"),
        (
            '<m:d><m:dPr><m:begChr m:val="["/><m:endChr '
            'm:val="]"/></m:dPr><m:e>' + r("a") + "</m:e><m:e>" + r("b") + "</m:e></m:d>", "[a|b]"),
        ('<m:nary><m:naryPr><m:chr m:val="∑"/></m:naryPr><m:sub>' + r("i=1") + "</m:sub><m:sup>" + r("n") + "</m:sup><m:e>" + r("i") + "</m:e></m:nary>", "∑_{i=1}^{n}i"),
        (e("func", fName=r("sin"), e=r("x")), "sin x"),
        (e("d", e="<m:m><m:mr><m:e>" + r("1") + "</m:e><m:e>" + r("2") + "</m:e></m:mr><m:mr><m:e>" + r("3") + "</m:e><m:e>" + r("4") + "</m:e></m:mr></m:m>"), "(1, 2; 3, 4)"),
        ('<m:borderBox><m:borderBoxPr><m:ctrlPr/></m:borderBoxPr><m:e>' + r("x") + "</m:e></m:borderBox>", "x"),
    ],
)  # fmt: skip
def test_a_formula_keeps_its_strokes_brackets_and_powers(formula: str, line: str) -> None:
    words = '<w:r><w:t xml:space="preserve">вредноста е </w:t></w:r>'
    result = doc(f'<w:p>{words}<m:oMath xmlns:m="{M}">{formula}</m:oMath></w:p>')
    (block,) = blocks(result)
    assert "".join(map(drawn, block["content"])) == f"вредноста е {line}"


def test_words_on_both_sides_of_a_page_break_stay_apart() -> None:
    parted = '<w:r><w:t>крај</w:t><w:br w:type="page"/><w:t>почеток</w:t></w:r>'
    around = '<w:r><w:br w:type="page"/><w:t>сам</w:t><w:br w:type="column"/></w:r>'
    result = doc(f"{p('Прв.')}<w:p>{parted}</w:p><w:p>{around}</w:p>")
    assert blocks(result)[1:] == [para("крај", {"type": "break"}, "почеток"), para("сам")]


HIDDEN = "<w:rPr><w:vanish/></w:rPr>"
ROOT = '<m:radPr><m:degHide m:val="{}"/></m:radPr><m:deg>{}</m:deg><m:e>{}</m:e>'
PHANTOM = '<m:phantPr><m:show m:val="0"/></m:phantPr><m:e>{}</m:e>'
SUM = (
    '<m:naryPr><m:chr m:val="∑"/><m:subHide '
    'm:val="1"/></m:naryPr><m:sub>{}</m:sub><m:sup>{}</m:sup><m:e>{}</m:e>'
)


@pytest.mark.parametrize(
    ("formula", "seen"),
    [
        (r("a") + f"<m:r>{HIDDEN}<m:t>SECRET</m:t></m:r>", "a"),
        ('<m:r><w:rPr><w:rStyle w:val="Gone"/></w:rPr><m:t>SECRET</m:t></m:r>' + r("b"), "b"),
        (f"<m:r>{HIDDEN}<w:t>SECRET</w:t></m:r>" + r("c"), "c"),
        (f"<m:phant>{PHANTOM.format(r('SECRET'))}</m:phant>" + r("d"), "d"),
        (f"<m:rad>{ROOT.format(1, r('SECRET'), r('e'))}</m:rad>", "√e"),
        (f"<m:rad>{ROOT.format(0, r('3'), r('e'))}</m:rad>", "^{3}√e"),
        (f"<m:nary>{SUM.format(r('SECRET'), r('n'), r('i'))}</m:nary>", "∑^{n}i"),
        (f"<m:f><m:num><m:r>{HIDDEN}<m:t>SECRET</m:t></m:r></m:num><m:den>{r('2')}</m:den></m:f>", "/2"),
    ],
)
def test_what_a_formula_hides_is_read_by_nobody(formula: str, seen: str) -> None:
    style = (
        '<w:style w:type="character" w:styleId="Gone"><w:name '
        'w:val="gone"/><w:rPr><w:vanish/></w:rPr></w:style>'
    )
    body = f'{p("One.")}<w:p><m:oMath xmlns:m="{M}">{formula}</m:oMath></w:p>'
    result = read(word_file(body, styles=HEADINGS + style))
    assert "SECRET" not in str(result.tree)
    assert "".join(map(drawn, blocks(result)[1]["content"])) == seen
    hidden = [one.count for one in result.report.findings if one.code == FindingCode.HIDDEN_TEXT]
    assert hidden == ([1] if "SECRET" in formula else [])


def test_a_formula_in_a_paragraph_that_its_style_hides_is_not_read() -> None:
    style = (
        '<w:style w:type="paragraph" w:styleId="Gone"><w:name '
        'w:val="gone"/><w:rPr><w:vanish/></w:rPr></w:style>'
    )
    body = (
        f"{p('One.')}<w:p><w:pPr><w:pStyle w:val='Gone'/></w:pPr><m:oMath "
        f'xmlns:m="{M}">{r("SECRET")}</m:oMath></w:p>'
    )
    assert "SECRET" not in str(read(word_file(body, styles=HEADINGS + style)).tree)


def test_hidden_words_of_a_note_within_a_note_are_not_read() -> None:
    def note(key: int, inner: str) -> str:
        return f'<w:footnote w:id="{key}"><w:p>{inner}</w:p></w:footnote>'

    inner = f"<w:r><w:t>Seen.</w:t></w:r><w:r>{HIDDEN}<w:t>SECRET</w:t></w:r>"
    outer = '<w:r><w:t>Outer.</w:t></w:r><w:r><w:footnoteReference w:id="3"/></w:r>'
    body = '<w:p><w:r><w:t>One.</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r></w:p>'
    result = read(word_file(body, styles=HEADINGS, footnotes=note(2, outer) + note(3, inner)))
    assert "SECRET" not in str(result.tree) and "(Seen.)" in str(result.tree)
