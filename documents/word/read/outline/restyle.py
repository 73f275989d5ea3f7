"""Gives headings whose level a person changed before the import the style and number of that level."""

from __future__ import annotations

from documents.word.definitions.numbering import Numbering
from documents.word.definitions.styles import NO_OUTLINE, Styles
from documents.word.file import ns
from documents.word.file.ns import Element, w
from documents.word.formatting.headings import (
    HeadingFormat,
    apply_heading_format,
    at_level,
    counted_in,
    format_of,
    stop_counting,
)
from documents.word.formatting.properties import PPR, SPACE, T, shown_nodes, shown_text
from documents.word.read.outline.decisions import Decision, Decisions
from documents.word.read.outline.heading_numbers import GAP, looks_as

BY_WORD = ("article", "chapter", "annex")


def restyled(decisions: Decisions) -> Decisions:
    """The decisions by which a paragraph takes over another one's format."""
    return {at: decision for at, decision in decisions.items() if decision.like is not None}


def apply_decisions(root: Element, decisions: Decisions, styles: Styles, numbering: Numbering) -> None:
    """Changes the paragraphs that a decision makes like another heading (``Decision.like``). So a reader of
    the file counts them as Word will. Once for an opened file."""
    paragraphs = list(root.iter(w("p")))
    chosen = {at: decision for at, decision in restyled(decisions).items() if at < len(paragraphs)}
    formats = {at: _format_for(paragraphs, at, decision, styles) for at, decision in chosen.items()}
    for at, found in formats.items():
        if found is None:
            continue
        paragraph = paragraphs[at]
        counted = counted_in(paragraph.find(PPR), styles, numbering)
        apply_heading_format(paragraph, found)
        ppr = paragraph.find(PPR)
        if not counted and ppr is not None and counted_in(ppr, styles, numbering):
            _drop_second_number(paragraph, ppr)


def _format_for(
    paragraphs: list[Element], at: int, decision: Decision, styles: Styles
) -> HeadingFormat | None:
    like = decision.like
    if like is None or like >= len(paragraphs):
        return None
    if like >= 0:
        return _format(paragraphs[like], decision.level, styles)
    return at_level(styles, _format(paragraphs[at], -like, styles), decision.level, decision.level)


def _format(paragraph: Element, level: int, styles: Styles) -> HeadingFormat:
    ppr = paragraph.find(PPR)
    own = ns.val(ppr, "outlineLvl")
    by_style = styles.paragraph(ns.val(ppr, "pStyle")).outline
    outline = by_style if own is None else ns.number(own, NO_OUTLINE, 0, NO_OUTLINE)
    return format_of(paragraph, level, outline + 1 if outline < NO_OUTLINE else 0)


def _drop_second_number(paragraph: Element, ppr: Element) -> None:
    """Of a typed number and a counted one only one is the heading's. It is the typed one where it has a
    word."""
    shown = shown_text([paragraph])
    blank = len(shown) - len(shown.lstrip())
    kind, label = looks_as(shown[blank:])
    if kind in BY_WORD:
        stop_counting(ppr)
    elif label:
        gap = GAP.match(shown, blank + len(label))
        _cut_letters(paragraph, gap.end() if gap else blank + len(label))


def _cut_letters(paragraph: Element, count: int) -> None:
    for node, text in list(shown_nodes(paragraph)):
        if count <= 0:
            return
        if node.tag == T:
            node.text = text[count:]
            node.set(SPACE, "preserve")
        else:
            ns.remove(node)
        count -= len(text)
