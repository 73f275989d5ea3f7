"""Complex fields of a source over several paragraphs, which changes to these can tear apart."""

from __future__ import annotations

from collections.abc import Iterable

from documents.word.file.ns import Element, w
from documents.word.formatting.properties import P, shown_text

CHAR, INSTRUCTION = w("fldChar"), w("instrText")


def end_before_text(body: Element) -> list[Element]:
    """Moves the end of an earlier paragraph's field (a table of contents) out of a paragraph of the text. It
    is placed in the paragraph before it, so that nothing new is in the field. Gives the paragraphs that are
    changed."""
    changed: list[Element] = []
    open_in: list[Element] = []
    for child in body:
        for mark in list(child.iter(CHAR)):
            if mark.get(w("fldCharType")) == "begin":
                open_in.append(child)
            elif mark.get(w("fldCharType")) == "end" and open_in:
                before = child.getprevious()
                run = mark.getparent()
                apart = open_in.pop() is not child and child.tag == P and bool(shown_text([child]))
                if apart and before is not None and before.tag == P and run is not None and len(run) == 1:
                    before.append(run)
                    changed += [before, child]
    return changed


def lone_marks(pieces: Iterable[Element]) -> set[Element]:
    """The marks of fields whose beginning or end is in none of these pieces."""
    lone: set[Element] = set()
    opened: list[list[Element]] = []
    for node in (node for piece in pieces for node in piece.iter(CHAR, INSTRUCTION)):
        kind = node.get(w("fldCharType"))
        if kind == "begin":
            opened.append([node])
        elif not opened:
            lone.add(node)
        elif kind == "end":
            opened.pop()
        else:
            opened[-1].append(node)
    return lone.union(*opened)
