"""How paragraphs and runs of an own file look, for writing others like them."""

from __future__ import annotations

import copy
from collections import Counter
from collections.abc import Iterable, Sequence

from lxml import etree

from documents.word import ns
from documents.word.markup import e
from documents.word.ns import Element, w
from documents.word.read.definitions.symbols import FONTS
from documents.word.source_patch.atoms import RPR, R, T

PPR = w("pPr")
ORDER = (
    "rStyle", "rFonts", "b", "bCs", "i", "iCs", "caps", "smallCaps", "strike", "dstrike", "outline", "shadow", "emboss",
    "imprint", "noProof", "snapToGrid", "vanish", "webHidden", "color", "spacing", "w", "kern", "position", "sz", "szCs",
    "highlight", "u", "effect", "bdr", "shd", "fitText", "vertAlign", "rtl", "cs", "em", "lang", "eastAsianLayout",
    "specVanish", "oMath", "rPrChange",
)  # fmt: skip
PLACE = {w(name): index for index, name in enumerate(ORDER)}
LOOKS = {
    "bold": ("b", {}, {"val": "0"}),
    "italic": ("i", {}, {"val": "0"}),
    "strike": ("strike", {}, {"val": "0"}),
    "underline": ("u", {"val": "single"}, {"val": "none"}),
    "superscript": ("vertAlign", {"val": "superscript"}, {"val": "baseline"}),
    "subscript": ("vertAlign", {"val": "subscript"}, {"val": "baseline"}),
}


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


def wear(run: Element, look: Element | None, was: Iterable[str], marks: Iterable[str]) -> None:
    """Gives a new run the look of one beside it, with the marks that are its own."""
    was, marks = set(was), set(marks)
    own = run.find(RPR)
    rpr = copy.deepcopy(look) if look is not None else e("rPr")
    for changed in list(rpr.iter(w("rPrChange"), w("ins"), w("del"), w("moveFrom"), w("moveTo"))):
        up = changed.getparent()
        if up is not None:
            up.remove(changed)
    style = own.find(w("rStyle")) if own is not None else None
    if style is not None and rpr.find(w("rStyle")) is None:
        rpr.insert(0, copy.deepcopy(style))
    for mark, (name, on, off) in LOOKS.items():
        if (mark in was) == (mark in marks):
            continue
        if name == "vertAlign" and mark in was and marks & {"superscript", "subscript"}:
            continue
        old = rpr.find(w(name))
        if old is not None:
            rpr.remove(old)
        put(rpr, e(name, **(on if mark in marks else off)))
    if own is not None:
        run.remove(own)
    if len(rpr):
        run.insert(0, rpr)


def put(rpr: Element, node: Element) -> None:
    """Puts a property where Word's schema wants it."""
    place = PLACE.get(node.tag, len(ORDER))
    for index, other in enumerate(rpr):
        if PLACE.get(other.tag, len(ORDER)) > place:
            rpr.insert(index, node)
            return
    rpr.append(node)


UNWORN = ("rStyle", "b", "bCs", "i", "iCs", "strike", "u", "vertAlign", "vanish", "rPrChange", "ins", "del")


def plain_look(element: Element) -> Element | None:
    """How most of the letters in an element look, without their marks and without fonts of signs; None for no look."""
    longest, found = 0, None
    for run in element.iter(R):
        rpr = run.find(RPR)
        letters = sum(len(node.text or "") for node in run.iter(T))
        fonts = rpr.find(w("rFonts")) if rpr is not None else None
        if fonts is not None and any(value.lower() in FONTS for value in fonts.attrib.values()):
            continue
        if letters > longest:
            longest, found = letters, rpr
    if found is None:
        return None
    look = copy.deepcopy(found)
    for name in UNWORN:
        for node in look.findall(w(name)):
            look.remove(node)
    return look if len(look) else None
