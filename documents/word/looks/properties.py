"""How paragraphs and runs of a source look, so that others can be written like them."""

from __future__ import annotations

import copy
from collections import Counter
from collections.abc import Iterable, Sequence

from lxml import etree

from documents.word.looks.letters import PPR, RPR, R, T
from documents.word.ns import Element, W, w
from documents.word.read.definitions.symbols import FONTS

ORDER = (
    "rStyle", "rFonts", "b", "bCs", "i", "iCs", "caps", "smallCaps", "strike", "dstrike", "outline",
    "shadow", "emboss",
    "imprint", "noProof", "snapToGrid", "vanish", "webHidden", "color", "spacing", "w", "kern", "position",
    "sz", "szCs",
    "highlight", "u", "effect", "bdr", "shd", "fitText", "vertAlign", "rtl", "cs", "em", "lang",
    "eastAsianLayout",
    "specVanish", "oMath", "rPrChange",
)  # fmt: skip
PLACE = {w(name): index for index, name in enumerate(ORDER)}
CHANGES = ("ins", "del", "moveFrom", "moveTo", "rPrChange")
OF_ONE = ("sectPr", "pPrChange", "framePr", "pageBreakBefore")
NUMBERED = ("numPr", "outlineLvl")
MARKED = ("rStyle", "b", "bCs", "i", "iCs", "strike", "u", "vertAlign", "vanish")
BEFORE_NUMBER = frozenset(
    map(w, ("pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl"))
)


def drop(parent: Element | None, names: Iterable[str]) -> None:
    """Removes the children with these names of Word's."""
    tags = set(map(w, names))
    for node in [node for node in (parent if parent is not None else ()) if node.tag in tags]:
        node.getparent().remove(node)  # type: ignore[union-attr]


def paragraph_look(ppr: Element, *, numbered: bool) -> Element:
    """A copy of a paragraph's properties without those of that paragraph alone."""
    copied = copy.deepcopy(ppr)
    drop(copied, OF_ONE if numbered else OF_ONE + NUMBERED)
    drop(copied.find(RPR), CHANGES)
    return copied


def run_look(elements: Iterable[Element], *, heading: bool = False) -> Element | None:
    """The properties of most letters in some elements, without fonts of signs and without marks; of a heading
    with the marks that all its letters have. None for none."""
    runs = [run for element in elements for run in element.iter(R) if _letters(run)]
    plain = [run for run in runs if not _has_signs(run.find(RPR))]
    found = max(plain, key=_letters, default=None)
    rpr = found.find(RPR) if found is not None else None
    if rpr is None:
        return None
    look = copy.deepcopy(rpr)
    common = set.intersection(*({node.tag for node in run.iterfind("w:rPr/*", {"w": W})} for run in runs))
    drop(look, [name for name in MARKED if not (heading and name != "rStyle" and w(name) in common)])
    drop(look, CHANGES)
    return look if len(look) else None


def _letters(run: Element) -> int:
    return sum(len(node.text or "") for node in run.iter(T))


def _has_signs(rpr: Element | None) -> bool:
    fonts = rpr.find(w("rFonts")) if rpr is not None else None
    return fonts is not None and any(value.lower() in FONTS for value in fonts.attrib.values())


def apply_look(elements: Iterable[Element], look: Element | None) -> None:
    """Gives the runs in some elements a look, under the marks that they have."""
    if look is None or not len(look):
        return
    for run in (run for element in elements for run in element.iter(R)):
        own = run.find(RPR)
        if own is not None and any(node.get(w("val")) == "FootnoteReference" for node in own):
            continue
        rpr = copy.deepcopy(look)
        for node in list(own) if own is not None else ():
            for same in rpr.findall(node.tag):
                rpr.remove(same)
            put(rpr, node)
        if own is not None:
            run.remove(own)
        run.insert(0, rpr)


def put(rpr: Element, node: Element) -> None:
    """Puts a property of a run where Word's schema wants it."""
    place = PLACE.get(node.tag, len(ORDER))
    at = next((n for n, other in enumerate(rpr) if PLACE.get(other.tag, len(ORDER)) > place), len(rpr))
    rpr.insert(at, node)


def put_number(ppr: Element, number: Element) -> None:
    """Sets a paragraph's ``w:numPr``, where Word's schema wants it."""
    drop(ppr, ["numPr"])
    at = next((n for n, other in enumerate(ppr) if other.tag not in BEFORE_NUMBER), len(ppr))
    ppr.insert(at, number)


def usual_paragraph(paragraphs: Sequence[Element]) -> Element | None:
    """A paragraph with the look that most have."""
    looks: Counter[bytes] = Counter()
    first: dict[bytes, Element] = {}
    for paragraph in paragraphs:
        ppr = paragraph.find(PPR)
        if ppr is not None and any(ppr.find(w(name)) is not None for name in NUMBERED):
            continue
        key = b"" if ppr is None else etree.tostring(paragraph_look(ppr, numbered=False), method="c14n")
        looks[key] += 1
        first.setdefault(key, paragraph)
    return first[looks.most_common(1)[0][0]] if looks else None
