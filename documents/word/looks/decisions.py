"""Gives headings whose level somebody has changed, before the text is taken in, the style and number of that
level."""

from __future__ import annotations

from documents.word import ns
from documents.word.looks.headings import HeadingLook, at_level, counted_in, look_in, silence, wear_look
from documents.word.looks.letters import PPR, SPACE, T, shown_nodes, shown_text
from documents.word.ns import Element, w
from documents.word.read.definitions.numbering import Numbering
from documents.word.read.definitions.styles import NO_OUTLINE, Styles
from documents.word.read.outline.decisions import Decision, Decisions
from documents.word.read.outline.heading_numbers import GAP, looks_as

BY_WORD = ("article", "chapter", "annex")


def restyled(decisions: Decisions) -> Decisions:
    """The decisions by which a paragraph takes over another one's look."""
    return {at: decision for at, decision in decisions.items() if decision.like is not None}


def apply_decisions(root: Element, decisions: Decisions, styles: Styles, numbering: Numbering) -> None:
    """Changes the paragraphs that a decision says to be like another heading (``Decision.like``), so that
    whoever reads the file counts them as Word will. Once for an opened file."""
    chosen = restyled(decisions)
    if not chosen:
        return
    paragraphs = list(root.iter(w("p")))
    looks = [
        (paragraphs[at], look)
        for at, decision in chosen.items()
        if at < len(paragraphs) and (look := _look_for(paragraphs, at, decision, styles)) is not None
    ]
    for paragraph, look in looks:
        counted = counted_in(paragraph.find(PPR), styles, numbering)
        wear_look(paragraph, look)
        ppr = paragraph.find(PPR)
        if counted or ppr is None or not counted_in(ppr, styles, numbering):
            continue
        # A number is typed too: of the two only one is the heading's.
        shown = shown_text([paragraph])
        blank = len(shown) - len(shown.lstrip())
        kind, label = looks_as(shown[blank:])
        if kind in BY_WORD:
            silence(ppr)
        elif label:
            gap = GAP.match(shown, blank + len(label))
            _cut_letters(paragraph, gap.end() if gap else blank + len(label))


def _look_for(paragraphs: list[Element], at: int, decision: Decision, styles: Styles) -> HeadingLook | None:
    like = decision.like
    if like is None or like >= len(paragraphs):
        return None
    if like >= 0:
        return _look(paragraphs[like], decision.level, styles)
    return at_level(styles, _look(paragraphs[at], -like, styles), decision.level, decision.level)


def _look(paragraph: Element, level: int, styles: Styles) -> HeadingLook:
    ppr = paragraph.find(PPR)
    own = ns.val(ppr, "outlineLvl")
    by_style = styles.paragraph(ns.val(ppr, "pStyle")).outline
    outline = by_style if own is None else ns.number(own, NO_OUTLINE, 0, NO_OUTLINE)
    return look_in(paragraph, level, outline + 1 if outline < NO_OUTLINE else 0)


def _cut_letters(paragraph: Element, count: int) -> None:
    """Removes the first letters of a paragraph."""
    for node, text in list(shown_nodes(paragraph)):
        if count <= 0:
            return
        if node.tag == T:
            node.text = text[count:]
            node.set(SPACE, "preserve")
        elif (parent := node.getparent()) is not None:
            parent.remove(node)
        count -= len(text)
