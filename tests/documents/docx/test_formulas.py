"""Formulas in one line: what is read is the same number."""

from __future__ import annotations

from typing import Any

import pytest

from documents.docx.ns import M
from tests.documents.docx.build import blocks, p, para
from tests.documents.docx.reading import doc


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
        ('<m:d><m:dPr><m:begChr m:val="["/><m:endChr m:val="]"/></m:dPr><m:e>' + r("a") + "</m:e><m:e>" + r("b") + "</m:e></m:d>", "[a|b]"),
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
