"""Says in Word's own terms what is read from right to left: paragraphs, runs and tables, each by its own
letters."""

from __future__ import annotations

import copy
import re
import unicodedata
from collections.abc import Iterable, Iterator

from documents.text.direction import Side, side_of_text
from documents.word.markup import e
from documents.word.ns import Element, w

FROM_RIGHT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff]")
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
    """Turns what is read from the right in elements that were just written. A table that only sets two
    languages beside each other has no style and stays: its columns are not the text's."""
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
        properties = paragraph.find(PPR)
        if properties is None:
            properties = e("pPr")
            paragraph.insert(0, properties)
        _put(properties, e("bidi"), BEFORE_BIDI)
    around = rtl
    for run in list(paragraph.iter(R)):
        if all(child.tag in TEXT or child.tag == RPR for child in run):
            around = _turn_run(run, around, rtl)


def _turn_run(run: Element, around: bool, rtl: bool) -> bool:
    """Says of a run that it is read from the right, or parts it where the letters change; whether its end is
    so."""
    pieces = list(_pieces(run, around, rtl))
    parent = run.getparent()
    if parent is None or not pieces:
        return around
    properties = run.find(RPR)
    for number, (_turned, content) in enumerate(pieces):
        part = run if not number else e("r", copy.deepcopy(properties))
        if number:
            parent.insert(parent.index(run) + number, part)
        for child in content:
            part.append(child)
    for number, (turned, _content) in enumerate(pieces):
        if turned:
            _mark(parent[parent.index(run) + number])
    return pieces[-1][0]


def _pieces(run: Element, around: bool, rtl: bool) -> Iterator[tuple[bool, list[Element]]]:
    """The content of a run in pieces that are read from one side. What is no letter goes with the letters
    before it, but with the paragraph where it stands between those of two sides."""
    content: list[Element] = []
    now = around
    for child in list(run):
        if child.tag != T:
            if child.tag != RPR:
                content.append(child)
            continue
        for turned, text in split(child.text or "", now, rtl):
            if turned != now and content:
                yield now, content
                content = []
            now = turned
            part = copy.copy(child)
            part.text = text
            content.append(part)
        run.remove(child)
    if content:
        yield now, content


def split(text: str, around: bool, rtl: bool) -> list[tuple[bool, str]]:
    """A text in pieces: whether each is read from the right, and its words. ``around``: the side of what
    stands before it; ``rtl``: that of the paragraph, which has the blanks and signs between two sides too.
    Digits go with what they follow."""
    pieces: list[tuple[bool, str]] = []
    now, start, end = around, 0, 0
    for place, letter in enumerate(text):
        direction = unicodedata.bidirectional(letter)
        if direction not in ("L", "R", "AL", "EN", "AN"):
            continue
        side = now if direction in ("EN", "AN") else direction != "L"
        if side != now:
            pieces += [(now, text[start:end]), (rtl, text[end:place])]
            now, start = side, place
        end = place + 1
    pieces += [(now, text[start:end]), (rtl, text[end:])]
    joined: list[tuple[bool, str]] = []
    for side, words in pieces:
        if words and joined and joined[-1][0] == side:
            joined[-1] = (side, joined[-1][1] + words)
        elif words:
            joined.append((side, words))
    return joined


def _mark(run: Element) -> None:
    properties = run.find(RPR)
    if properties is None:
        properties = e("rPr")
        run.insert(0, properties)
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
