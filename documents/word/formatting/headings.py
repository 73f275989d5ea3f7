"""How a heading looks, and how another paragraph takes that over."""

from __future__ import annotations

import copy
from collections.abc import Collection
from dataclasses import dataclass

from documents.word.body.paragraph_marks import mark_goes
from documents.word.definitions.numbering import Numbering
from documents.word.definitions.styles import HEADING_NAME, NO_OUTLINE, Styles
from documents.word.file import ns
from documents.word.file.markup import e
from documents.word.file.ns import Element, w
from documents.word.formatting.properties import (
    PPR,
    RPR,
    R,
    apply_format,
    drop,
    paragraph_format,
    set_number,
)

OF_A_LEVEL = ("rFonts", "b", "bCs", "caps", "smallCaps", "color", "spacing", "kern", "sz", "szCs", "u")
"""The properties of a heading's letters that belong to its level. The rest (a language, a mark) belongs to
the words."""
CHANGES = ("ins", "del", "moveFrom", "moveTo")


@dataclass(frozen=True, eq=False)
class HeadingFormat:
    """How one heading of the source looks. ``outline``: its level by its look, 0 where it looks like text.
    ``typed``: whether its number is typed, None where it shows none."""

    ppr: Element | None
    rpr: Element | None
    level: int
    outline: int
    kind: str = ""
    typed: bool | None = None


def format_of(paragraph: Element, level: int, outline: int) -> HeadingFormat:
    ppr = paragraph.find(PPR)
    first = next((run for run in paragraph.iter(R) if run.find(w("t")) is not None), None)
    rpr = first.find(RPR) if first is not None else None
    return HeadingFormat(copy.deepcopy(ppr), copy.deepcopy(rpr), level, outline)


def at_level(styles: Styles, known: HeadingFormat, level: int, outline: int) -> HeadingFormat:
    """The format for a level that no heading of the source has. It is the style of that outline level,
    numbered by the next level of the same list."""
    ppr = paragraph_format(known.ppr, numbered=True) if known.ppr is not None else e("pPr")
    style = styles.paragraph(ns.val(ppr, "pStyle"))
    own = _own_number(ppr)
    in_style = style.ilvl if style.ilvl is not None else max(0, known.outline - 1)
    number = own or ((style.num_id, in_style) if style.num_id else None)
    if known.outline and style.outline < NO_OUTLINE:
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
        ilvl = max(0, min(number[1] + level - known.level, 8))
        set_number(ppr, e("numPr", e("ilvl", val=ilvl), e("numId", val=number[0])))
    return HeadingFormat(ppr, known.rpr, level, outline if known.outline else 0, known.kind, known.typed)


def _own_number(ppr: Element) -> tuple[str, int] | None:
    numbering = ppr.find(w("numPr"))
    num_id = ns.val(numbering, "numId")
    return None if num_id is None else (num_id, ns.number(ns.val(numbering, "ilvl"), 0, 0, 8))


def _style_of(styles: Styles, outline: int) -> str:
    """The file's style for headings of that outline level, Word's own first; ours where it has none."""
    found = [
        name
        for name, node in styles.raw.items()
        if node.get(w("type")) == "paragraph" and styles.paragraph(name).outline == outline - 1
    ]
    named = [name for name in found if HEADING_NAME.match(styles.paragraph(name).name)]
    return next(iter(named or found), f"Heading{outline}")


def apply_heading_format(paragraph: Element, chosen: HeadingFormat) -> None:
    """Gives a heading the properties of its level, in the paragraph and in its letters."""
    apply_paragraph_format(paragraph, chosen.ppr)
    for run in paragraph.iter(R):
        drop(run.find(RPR), OF_A_LEVEL)
    apply_format([paragraph], level_properties(chosen.rpr))


def level_properties(rpr: Element | None) -> Element:
    """Those of a heading's letters that belong to its level."""
    tags = set(map(w, OF_A_LEVEL))
    return e("rPr", *(copy.deepcopy(node) for node in (rpr if rpr is not None else ()) if node.tag in tags))


def apply_paragraph_format(paragraph: Element, ppr: Element | None) -> None:
    """Gives a paragraph the properties of another one. Page settings that end in it, and tracked changes of
    its end, stay."""
    old = paragraph.find(PPR)
    new = paragraph_format(ppr, numbered=True) if ppr is not None else e("pPr")
    if old is not None:
        paragraph.remove(old)
        mark = old.find(RPR)
        changes = [node for node in (mark if mark is not None else ()) if node.tag in map(w, CHANGES)]
        if changes:
            own = new.find(RPR)
            if own is None:
                new.append(own := e("rPr"))
            own[:0] = changes
        new.extend(old.findall(w("sectPr")))
    paragraph.insert(0, new)


def main_paragraph(paragraphs: Collection[Element]) -> Element:
    """The one whose properties a heading has. It is the first whose end was not deleted, so that it continues
    in the next."""
    found = list(paragraphs)
    return next((one for one in found if not mark_goes(one.find(PPR))), found[0])


def counted_in(ppr: Element | None, styles: Styles, numbering: Numbering) -> tuple[str, int] | None:
    """The list and the level in it at which Word counts a paragraph with these properties."""
    number = ppr.find(w("numPr")) if ppr is not None else None
    level = ns.val(number, "ilvl")
    ilvl = None if level is None else ns.number(level, 0, 0, 8)
    place = numbering.place(ns.val(number, "numId"), ilvl, styles.paragraph(ns.val(ppr, "pStyle")))
    return place if place is not None and numbering.counts(*place) else None


def stop_counting(ppr: Element) -> None:
    """Lets Word count nothing at a paragraph, whatever its style says."""
    set_number(ppr, e("numPr", e("numId", val="0")))
