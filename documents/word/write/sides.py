"""Marks in Word's own terms what is read from right to left. These are paragraphs, runs and tables, each by
its own letters."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable

from documents.text.direction import Side, side_of_text
from documents.word.file.markup import e, ensured, text_element
from documents.word.file.ns import Element, w

RIGHT = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff"
LEFT = "A-Za-z\u00aa-\u02b8\u0370-\u058f\u0900-\u1fff"
FROM_RIGHT = re.compile(f"[{RIGHT}]")
FROM_RIGHT_IN_LEFT = re.compile(rf"([{RIGHT}](?:[^{LEFT}]*[{RIGHT}\d])?)")
FROM_LEFT_IN_RIGHT = re.compile(rf"([{LEFT}](?:[^{RIGHT}]*[{LEFT}\d])?)")
P, R, T, TBL, PPR, RPR, TBLPR = (w(name) for name in ("p", "r", "t", "tbl", "pPr", "rPr", "tblPr"))
TEXT = frozenset({T, w("tab"), w("br")})
BEFORE_BIDI = frozenset(
    w(name)
    for name in (
        "pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl", "numPr",
        "suppressLineNumbers",
        "pBdr", "shd", "tabs", "suppressAutoHyphens", "kinsoku", "wordWrap", "overflowPunct",
        "topLinePunct", "autoSpaceDE",
        "autoSpaceDN",
    )
)  # fmt: skip
AFTER_RTL = frozenset(w(name) for name in ("cs", "em", "lang", "eastAsianLayout", "specVanish", "oMath"))
BEFORE_TURNED_TABLE = frozenset({w("tblStyle"), w("tblpPr"), w("tblOverlap")})
LOOKS = ((w("b"), "bCs"), (w("i"), "iCs"))
"""What Word asks for by another name in such letters."""


def turn(elements: Iterable[Element]) -> None:
    """Turns what is read from the right in elements that were just written. A table that only shows two
    languages side by side has no style and stays. Its columns are not the text's."""
    for element in elements:
        if not any(FROM_RIGHT.search(text.text or "") for text in element.iter(T)):
            continue
        for table in element.iter(TBL):
            properties = table.find(TBLPR)
            if (
                properties is not None
                and properties.find(w("tblStyle")) is not None
                and _side(table) == "rtl"
            ):
                _put(properties, e("bidiVisual"), BEFORE_TURNED_TABLE)
        for paragraph in list(element.iter(P)):
            _turn_paragraph(paragraph)


def _side(element: Element) -> Side:
    for text in element.iter(T):
        if side := side_of_text(text.text or ""):
            return side
    return ""


def _turn_paragraph(paragraph: Element) -> None:
    rtl = _side(paragraph) == "rtl"
    if rtl:
        _put(ensured(paragraph, "pPr"), e("bidi"), BEFORE_BIDI)
    for run in list(paragraph.iter(R)):
        if all(child.tag in TEXT or child.tag == RPR for child in run):
            _turn_run(run, rtl)


def _turn_run(run: Element, rtl: bool) -> None:
    """Says of a run that it is read from the right, and parts it where its letters change."""
    pieces: list[tuple[bool, list[Element]]] = []
    for child in run:
        if child.tag == RPR:
            continue
        inner = (
            [(rtl, child)]
            if child.tag != T
            else [(o, text_element(t)) for o, t in split(child.text or "", rtl)]
        )
        for turned, node in inner:
            if not pieces or pieces[-1][0] != turned:
                pieces.append((turned, []))
            pieces[-1][1].append(node)
    for turned, nodes in pieces:
        part = e("r", copy.deepcopy(run.find(RPR)), *nodes)
        if turned:
            _mark(part)
        run.addprevious(part)
    parent = run.getparent()
    if pieces and parent is not None:
        parent.remove(run)


def split(text: str, rtl: bool) -> list[tuple[bool, str]]:
    """A text in pieces: whether each is read from the right, and its words. What is between two letters of
    one side goes with them, the rest with the paragraph (``rtl``: from the right)."""
    pieces = (FROM_LEFT_IN_RIGHT if rtl else FROM_RIGHT_IN_LEFT).split(text)
    return [(rtl != bool(number % 2), piece) for number, piece in enumerate(pieces) if piece]


def _mark(run: Element) -> None:
    properties = ensured(run, "rPr")
    for look, name in LOOKS:
        found = properties.find(look)
        if found is not None:
            found.addnext(e(name))
    last = [node for node in properties if node.tag not in AFTER_RTL]
    properties.insert(len(last), e("rtl"))


def _put(properties: Element, made: Element, before: frozenset[str]) -> None:
    """Where Word's schema has it."""
    at = sum(node.tag in before for node in properties)
    properties.insert(at, made)
