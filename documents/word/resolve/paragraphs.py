"""Paragraph marks that go: what is before such a mark runs on into the next paragraph.

As in Word, the properties of a paragraph are in its mark, so it is the next one's that stay.
"""

from __future__ import annotations

from collections.abc import Sequence

from documents.word.body.paragraph_marks import MARKERS, SDT, is_bare, next_paragraph, stands_behind_paragraph
from documents.word.file.ns import Element, child, w


def merge_paragraphs(paragraphs: Sequence[Element]) -> None:
    """Merges each of the paragraphs, given in the order of the text, into what follows it."""
    marked = set(paragraphs)
    for first in paragraphs:
        if first.getparent() is None:
            continue
        # Those that run on into one another go into the last of them at once: one by one, the words of
        # thousands of paragraphs would be carried on thousands of times.
        chain = [first]
        following, blocked = next_paragraph(first)
        while following in marked and not blocked:
            chain.append(following)
            following, blocked = next_paragraph(following)
        paragraph = chain.pop()
        for one in (*chain, paragraph):
            _drop_bookmarks(one)
        for before in reversed(chain):
            _prepend(before, paragraph)
            _remove(before)
        if following is not None and not blocked:
            _prepend(paragraph, following)
            _remove(paragraph)
        elif is_bare(paragraph) and _may_go(paragraph, blocked=blocked):
            _let_markers_stay(paragraph)
            _remove(paragraph)


def _prepend(paragraph: Element, following: Element) -> None:
    # Neither counted nor looked for: a paragraph that took in thousands of others has many thousand children.
    first = next(iter(following), None)
    properties = first if first is not None and first.tag == w("pPr") else None
    for node in reversed(list(paragraph)):
        if node.tag == w("pPr"):
            continue
        if properties is None:
            following.insert(0, node)
        else:
            properties.addnext(node)


def _drop_bookmarks(paragraph: Element) -> None:
    """As in Word a bookmark is removed with a paragraph and all its content. Else the next one would have
    it."""
    if not is_bare(paragraph):
        return
    ends = {node.get(w("id")): node for node in paragraph.iterchildren(w("bookmarkEnd"))}
    for start in list(paragraph.iterchildren(w("bookmarkStart"))):
        end = ends.pop(start.get(w("id")), None)  # of two with one number one ends here
        if end is not None:
            paragraph.remove(start)
            paragraph.remove(end)


def _may_go(paragraph: Element, *, blocked: bool) -> bool:
    """Whether a place can do without an empty paragraph: before a table it can; at the end, after another
    paragraph."""
    if child(child(paragraph, "pPr"), "sectPr") is not None:
        return False
    if blocked:
        return True
    return stands_behind_paragraph(paragraph)


def _let_markers_stay(paragraph: Element) -> None:
    for node in list(paragraph):
        if node.tag in MARKERS:
            paragraph.addprevious(node)


def _remove(paragraph: Element) -> None:
    """Takes a paragraph out, and a content control that has nothing left in it."""
    node: Element | None = paragraph
    while node is not None:
        parent = node.getparent()
        if parent is None:
            return
        parent.remove(node)
        control = parent.getparent()
        if parent.tag == w("sdtContent") and len(parent) == 0 and control is not None and control.tag == SDT:
            node = control
        elif parent.tag == w("customXml") and all(c.tag == w("customXmlPr") for c in parent):
            node = parent
        else:
            return
