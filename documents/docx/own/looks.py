"""How paragraphs and runs of an own file look, for writing others like them."""

from __future__ import annotations

import copy
from collections import Counter
from collections.abc import Sequence

from lxml import etree

from documents.docx import ns
from documents.docx.ns import Element, w
from documents.docx.own.atoms import RPR

PPR = w("pPr")


def kinds_of(rpr: Element | None) -> set[str]:
    """The marks that the properties of a run set, by our names."""
    if rpr is None:
        return set()
    found = {
        name
        for name, tag in (("bold", "b"), ("italic", "i"), ("strike", "strike"), ("underline", "u"))
        if rpr.find(w(tag)) is not None
    }
    align = ns.val(rpr, "vertAlign")
    return found | ({align} if align in ("superscript", "subscript") else set())


def cleaned(ppr: Element, *, numbered: bool) -> Element:
    """A copy of a paragraph's properties without what is of that paragraph alone."""
    made = copy.deepcopy(ppr)
    for name in (
        "sectPr",
        "pPrChange",
        "framePr",
        "pageBreakBefore",
        *(() if numbered else ("numPr", "outlineLvl")),
    ):
        for node in made.findall(w(name)):
            made.remove(node)
    mark = made.find(RPR)
    if mark is not None:
        for name in ("ins", "del", "moveFrom", "moveTo", "rPrChange"):
            for node in mark.findall(w(name)):
                mark.remove(node)
    return made


def usual(paragraphs: Sequence[Element]) -> Element | None:
    """A paragraph that looks as most of the text does."""
    looks: Counter[bytes] = Counter()
    first: dict[bytes, Element] = {}
    for paragraph in paragraphs:
        ppr = paragraph.find(PPR)
        if ppr is not None and (ppr.find(w("numPr")) is not None or ppr.find(w("outlineLvl")) is not None):
            continue
        key = b"" if ppr is None else etree.tostring(cleaned(ppr, numbered=False), method="c14n")
        looks[key] += 1
        first.setdefault(key, paragraph)
    return first[looks.most_common(1)[0][0]] if looks else None
