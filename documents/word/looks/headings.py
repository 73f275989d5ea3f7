"""How a heading looks, and how another paragraph takes that over."""

from __future__ import annotations

import copy
from collections.abc import Collection
from dataclasses import dataclass

from documents.word import ns
from documents.word.looks.letters import PPR, RPR, R
from documents.word.looks.properties import apply_look, drop, paragraph_look, put_number
from documents.word.markup import e
from documents.word.ns import Element, w
from documents.word.read.definitions.numbering import Numbering
from documents.word.read.definitions.styles import HEADING_NAME, NO_OUTLINE, Styles
from documents.word.run_on import mark_goes

OF_A_LEVEL = ("rFonts", "b", "bCs", "caps", "smallCaps", "color", "spacing", "kern", "sz", "szCs", "u")
"""Of the look of a heading's letters what its level says; the rest (a language, a mark) is of the words."""
CHANGES = ("ins", "del", "moveFrom", "moveTo")


@dataclass(frozen=True, eq=False)
class HeadingLook:
    """How one heading of the source looks. ``outline``: its level by its look, 0 where it looks like text.
    ``typed``: whether its number is typed, None where it shows none."""

    ppr: Element | None
    rpr: Element | None
    level: int
    outline: int
    kind: str = ""
    typed: bool | None = None


def at_level(styles: Styles, look: HeadingLook, level: int, outline: int) -> HeadingLook:
    """The look for a level that no heading of the source has: the style of that outline level, its number the
    next level of the same list."""
    ppr = paragraph_look(look.ppr, numbered=True) if look.ppr is not None else e("pPr")
    style = styles.paragraph(ns.val(ppr, "pStyle"))
    own = own_number(ppr)
    in_style = style.ilvl if style.ilvl is not None else max(0, look.outline - 1)
    number = own or ((style.num_id, in_style) if style.num_id else None)
    if look.outline and style.outline < NO_OUTLINE:
        name = _style_of(styles, outline)
        drop(ppr, ["pStyle"])
        ppr.insert(0, e("pStyle", val=name))
        if own is None and name in styles.raw and styles.paragraph(name).num_id:
            number = None
    outline_level = ppr.find(w("outlineLvl"))
    if outline_level is not None:
        outline_level.set(ns.VAL, str(outline - 1))
    if number is not None and number[0] != "0":
        drop(ppr, ["ind"])
        ilvl = max(0, min(number[1] + level - look.level, 8))
        put_number(ppr, e("numPr", e("ilvl", val=ilvl), e("numId", val=number[0])))
    return HeadingLook(ppr, look.rpr, level, outline if look.outline else 0, look.kind, look.typed)


def wear_look(paragraph: Element, look: HeadingLook) -> None:
    """Gives a heading the look of its level."""
    wear_properties(paragraph, look.ppr)
    level = level_properties(look.rpr)
    for run in paragraph.iter(R):
        drop(run.find(RPR), OF_A_LEVEL)
    apply_look([paragraph], level)


def level_properties(rpr: Element | None) -> Element | None:
    """Those of a heading's letters that are of its level."""
    found = [
        copy.deepcopy(node) for node in (rpr if rpr is not None else ()) if node.tag in map(w, OF_A_LEVEL)
    ]
    return e("rPr", *found) if found else None


def wear_properties(paragraph: Element, ppr: Element | None) -> None:
    """Gives a paragraph the properties of another one; where a part of the document ends, and tracked changes
    of its end, stay."""
    old = paragraph.find(PPR)
    new = paragraph_look(ppr, numbered=True) if ppr is not None else e("pPr")
    if old is not None:
        _keep_own(old, new)
        paragraph.remove(old)
    paragraph.insert(0, new)


def _keep_own(old: Element, new: Element) -> None:
    section, mark = old.find(w("sectPr")), old.find(RPR)
    changes = [node for node in (mark if mark is not None else ()) if node.tag in map(w, CHANGES)]
    if changes:
        own = new.find(RPR)
        if own is None:
            new.append(own := e("rPr"))
        own[:0] = [copy.deepcopy(node) for node in changes]
    if section is not None:
        new.append(copy.deepcopy(section))


def look_in(paragraph: Element, level: int, outline: int) -> HeadingLook:
    """The look of a paragraph."""
    ppr = paragraph.find(PPR)
    first = next((run for run in paragraph.iter(R) if run.find(w("t")) is not None), None)
    rpr = first.find(RPR) if first is not None else None
    return HeadingLook(
        copy.deepcopy(ppr) if ppr is not None else None,
        copy.deepcopy(rpr) if rpr is not None else None,
        level,
        outline,
    )


def own_paragraph(paragraphs: Collection[Element]) -> Element:
    """The one whose properties a heading has: the first whose end was not deleted, so that it runs on into
    the next."""
    found = list(paragraphs)
    return next((one for one in found if not mark_goes(one.find(PPR))), found[0])


def own_number(ppr: Element | None) -> tuple[str, int] | None:
    """The list and the level in it that a paragraph names itself."""
    numbering = ppr.find(w("numPr")) if ppr is not None else None
    num_id = ns.val(numbering, "numId")
    return None if num_id is None else (num_id, ns.number(ns.val(numbering, "ilvl"), 0, 0, 8))


def counted_in(ppr: Element | None, styles: Styles, numbering: Numbering) -> tuple[str, int] | None:
    """The list and the level in it at which Word counts a paragraph with these properties."""
    number = ppr.find(w("numPr")) if ppr is not None else None
    level = ns.val(number, "ilvl")
    ilvl = None if level is None else ns.number(level, 0, 0, 8)
    style = styles.paragraph(ns.val(ppr, "pStyle"))
    place = numbering.place(ns.val(number, "numId"), ilvl, style)
    return place if place is not None and numbering.counts(*place) else None


def _style_of(styles: Styles, outline: int) -> str:
    """The file's style for headings of that outline level, Word's own first; ours where it has none."""
    found = [
        name
        for name, node in styles.raw.items()
        if node.get(w("type")) == "paragraph" and styles.paragraph(name).outline == outline - 1
    ]
    named = [name for name in found if HEADING_NAME.match(styles.paragraph(name).name)]
    return next(iter(named or found), f"Heading{outline}")


def silence(ppr: Element) -> None:
    """Lets Word count nothing at a paragraph, whatever its style says."""
    put_number(ppr, e("numPr", e("numId", val="0")))
