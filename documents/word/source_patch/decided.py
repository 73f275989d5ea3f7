"""Gives headings whose level somebody has changed, before the text is taken in, the style and number of that level."""

from __future__ import annotations

import copy

from documents.word import ns
from documents.word.ns import Element, w
from documents.word.read.definitions.numbering import Numbering
from documents.word.read.definitions.styles import NO_OUTLINE, Styles
from documents.word.read.outline.decisions import Decision, Decisions
from documents.word.read.outline.headings import GAP, starts_as
from documents.word.source_patch.atoms import RPR, R, T, scan
from documents.word.source_patch.levels import HeadingLook, at_level, silence, wear_level
from documents.word.source_patch.looks import PPR

BY_WORD = ("article", "chapter", "annex")


def worn_by(decisions: Decisions) -> Decisions:
    """The decisions by which a paragraph takes over another one's look."""
    return {at: said for at, said in decisions.items() if said.like is not None}


def wear_decided(root: Element, decisions: Decisions, styles: Styles, numbering: Numbering) -> None:
    """Changes the paragraphs of a document's XML that a decision says to be like another heading (``Decision.like``), so that
    whoever reads it counts them as Word will, and whoever writes it writes what was read. Once for an opened file."""
    worn = worn_by(decisions)
    if not worn:
        return
    paragraphs = list(root.iter(w("p")))
    looks = [
        (paragraphs[at], look)
        for at, said in worn.items()
        if at < len(paragraphs) and (look := _look_of(paragraphs, at, said, styles)) is not None
    ]
    for paragraph, look in looks:
        was = _counts(paragraph.find(PPR), styles, numbering)
        wear_level([paragraph], look)
        ppr = paragraph.find(PPR)
        if was or ppr is None or not _counts(ppr, styles, numbering):
            continue
        # A number stands in its words too: of the two only one is the heading's.
        atoms = scan([paragraph]).atoms
        shown = "".join(atom.text for atom in atoms)
        blank = len(shown) - len(shown.lstrip())
        kind, label = starts_as(shown[blank:])
        if kind in BY_WORD:
            silence(ppr)
        elif label:
            gap = GAP.match(shown, blank + len(label))
            _take_off(paragraph, gap.end() if gap else blank + len(label))


def _look_of(paragraphs: list[Element], at: int, said: Decision, styles: Styles) -> HeadingLook | None:
    like = said.like
    if like is None or like >= len(paragraphs):
        return None
    if like >= 0:
        return _look(paragraphs[like], said.level, styles)
    own = _look(paragraphs[at], -like, styles)
    return at_level(styles, own, said.level, said.level)


def _look(paragraph: Element, level: int, styles: Styles) -> HeadingLook:
    ppr = paragraph.find(PPR)
    rpr = next((r.find(RPR) for r in paragraph.iter(R) if any(node.text for node in r.iter(T))), None)
    said = ns.val(ppr, "outlineLvl")
    by_style = styles.paragraph(ns.val(ppr, "pStyle")).outline
    outline = by_style if said is None else ns.number(said, NO_OUTLINE, 0, NO_OUTLINE)
    return HeadingLook(
        copy.deepcopy(ppr) if ppr is not None else None,
        copy.deepcopy(rpr) if rpr is not None else None,
        level,
        outline + 1 if outline < NO_OUTLINE else 0,
        "",
        None,
    )


def _counts(ppr: Element | None, styles: Styles, numbering: Numbering) -> bool:
    """Whether Word shows a number that it counts at a paragraph with these properties."""
    said = ppr.find(w("numPr")) if ppr is not None else None
    level = ns.val(said, "ilvl")
    ilvl = None if level is None else ns.number(level, 0, 0, 8)
    place = numbering.place(ns.val(said, "numId"), ilvl, styles.paragraph(ns.val(ppr, "pStyle")))
    return place is not None and numbering.counts(*place)


def _take_off(paragraph: Element, count: int) -> None:
    """Takes the first letters off a paragraph."""
    atoms = scan([paragraph]).atoms
    gone, kept = [a for a in atoms[:count] if not a.kind], atoms[count:]
    atom_of = {atom.node: atom for atom in gone}
    for node in atom_of:
        if node.tag != T:
            atom_of[node].run.remove(node)
            continue
        node.text = "".join(atom.text for atom in kept if atom.node is node)
        node.set(f"{{{ns.XML}}}space", "preserve")
