"""The properties of paragraphs and runs, and the text that they show."""

from __future__ import annotations

import copy
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence

from lxml import etree

from documents.word.definitions.symbols import FONTS
from documents.word.file import ns
from documents.word.file.ns import Element, W, w

R, T, P, RPR, PPR = w("r"), w("t"), w("p"), w("rPr"), w("pPr")
SPACE = f"{{{ns.XML}}}space"
SIGNS = {w("tab"): "\t", w("br"): "\n", w("cr"): "\n", w("noBreakHyphen"): "\u2011"}
UNSEEN = frozenset({w("moveFrom"), w("del")})
ORDER = (
    "rStyle", "rFonts", "b", "bCs", "i", "iCs", "caps", "smallCaps", "strike", "dstrike", "outline", "shadow",
    "emboss", "imprint", "noProof", "snapToGrid", "vanish", "webHidden", "color", "spacing", "w", "kern",
    "position", "sz", "szCs", "highlight", "u", "effect", "bdr", "shd", "fitText", "vertAlign", "rtl", "cs",
    "em", "lang", "eastAsianLayout", "specVanish", "oMath", "rPrChange",
)  # fmt: skip
PLACE = {w(name): index for index, name in enumerate(ORDER)}
CHANGES = ("ins", "del", "moveFrom", "moveTo", "rPrChange")
OF_ONE = ("sectPr", "pPrChange", "framePr", "pageBreakBefore")
NUMBERED = ("numPr", "outlineLvl")
MARKED = ("rStyle", "b", "bCs", "i", "iCs", "strike", "u", "vertAlign", "vanish")
BEFORE_NUMBER = frozenset(
    map(w, ("pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl"))
)


def has_any(element: Element, tags: Collection[str]) -> bool:
    """Whether something with one of these tags is in an element."""
    return next(element.iter(*tags), None) is not None


def is_label(run: Element) -> bool:
    """Whether a run is a typed label of ours."""
    return ns.val(run.find(RPR), "rStyle") == "KodeksLabel"


def shown_nodes(paragraph: Element) -> Iterator[tuple[Element, str]]:
    """The nodes of a paragraph that show letters, and these; without text boxes and typed labels of ours."""
    for run in paragraph.iter(R):
        if next(run.iterancestors(P), None) is not paragraph or run.getparent().tag in UNSEEN:  # type: ignore[union-attr]
            continue
        rpr = run.find(RPR)
        if is_label(run) or (rpr is not None and ns.flag(rpr, "vanish")):
            continue
        for node in run:
            if node.tag == T:
                yield node, node.text or ""
            elif node.tag in SIGNS:
                yield node, SIGNS[node.tag]


def shown_text(paragraphs: Iterable[Element]) -> str:
    """What paragraphs show."""
    return "".join(text for paragraph in paragraphs for _, text in shown_nodes(paragraph))


def letters(text: str) -> str:
    """The letters and digits of a text, by which it is compared."""
    return "".join(filter(str.isalnum, text))


def drop(parent: Element | None, names: Iterable[str]) -> None:
    """Removes the children with these names of Word's."""
    tags = set(map(w, names))
    for node in [node for node in (parent if parent is not None else ()) if node.tag in tags]:
        node.getparent().remove(node)  # type: ignore[union-attr]


def paragraph_format(ppr: Element, *, numbered: bool) -> Element:
    """A copy of a paragraph's properties without those of that paragraph alone."""
    copied = copy.deepcopy(ppr)
    drop(copied, OF_ONE if numbered else OF_ONE + NUMBERED)
    drop(copied.find(RPR), CHANGES)
    return copied


def run_format(elements: Iterable[Element], *, heading: bool = False) -> Element | None:
    """The properties of most letters in some elements, without fonts of signs and without marks. Of a heading
    with the marks that all its letters have. None for none."""
    runs = [run for element in elements for run in element.iter(R) if run.find(T) is not None]
    found = max((run for run in runs if not _has_signs(run)), key=_length, default=None)
    rpr = found.find(RPR) if found is not None else None
    if rpr is None:
        return None
    copied = copy.deepcopy(rpr)
    common = set.intersection(*({node.tag for node in run.iterfind("w:rPr/*", {"w": W})} for run in runs))
    drop(copied, [name for name in MARKED if not (heading and name != "rStyle" and w(name) in common)])
    drop(copied, CHANGES)
    return copied if len(copied) else None


def _length(run: Element) -> int:
    return sum(len(node.text or "") for node in run.iter(T))


def _has_signs(run: Element) -> bool:
    fonts = run.find("w:rPr/w:rFonts", {"w": W})
    return fonts is not None and any(value.lower() in FONTS for value in fonts.attrib.values())


def apply_format(elements: Iterable[Element], properties: Element | None) -> None:
    """Gives the runs in some elements these properties, under the marks that they have."""
    if properties is None or not len(properties):
        return
    for run in (run for element in elements for run in element.iter(R)):
        own = run.find(RPR)
        if own is not None and ns.val(own, "rStyle") == "FootnoteReference":
            continue
        rpr = copy.deepcopy(properties)
        for node in list(own) if own is not None else ():
            for same in rpr.findall(node.tag):
                rpr.remove(same)
            _insert(rpr, node)
        if own is not None:
            run.remove(own)
        run.insert(0, rpr)


def _insert(rpr: Element, node: Element) -> None:
    """Puts a property of a run where Word's schema wants it."""
    place = PLACE.get(node.tag, len(ORDER))
    at = next((n for n, other in enumerate(rpr) if PLACE.get(other.tag, len(ORDER)) > place), len(rpr))
    rpr.insert(at, node)


def set_number(ppr: Element, number: Element) -> None:
    """Sets a paragraph's ``w:numPr``, where Word's schema wants it."""
    drop(ppr, ["numPr"])
    at = next((n for n, other in enumerate(ppr) if other.tag not in BEFORE_NUMBER), len(ppr))
    ppr.insert(at, number)


def usual_paragraph(paragraphs: Sequence[Element]) -> Element | None:
    """A paragraph that looks as most do."""
    counts: Counter[bytes] = Counter()
    first: dict[bytes, Element] = {}
    for paragraph in paragraphs:
        ppr = paragraph.find(PPR)
        if ppr is not None and any(ppr.find(w(name)) is not None for name in NUMBERED):
            continue
        key = b"" if ppr is None else etree.tostring(paragraph_format(ppr, numbered=False), method="c14n")
        counts[key] += 1
        first.setdefault(key, paragraph)
    return first[counts.most_common(1)[0][0]] if counts else None
