"""Where the new file says that its text begins and ends, and the old one doesn't: what says so goes when it
is refused.

A file on a template has these marks beside its paragraphs; refused, all of the old text before them would be
its cover.
"""

from __future__ import annotations

from documents.word.marks import BEGIN, END
from documents.word.ns import Element, w


def settle_text_bounds(old: Element, new: Element) -> None:
    """Puts the marks of the ``new`` body that the ``old`` one lacks into paragraphs behind them that go when
    the changes are refused, where there is such a one before any that stays."""
    there = {node.get(w("name")) for node in old.iter(w("bookmarkStart"))}
    for name in {BEGIN, END} - there:
        start = next((n for n in new.iterchildren(w("bookmarkStart")) if n.get(w("name")) == name), None)
        if start is None:
            continue
        ends = [n for n in new.iterchildren(w("bookmarkEnd")) if n.get(w("id")) == start.get(w("id"))]
        for paragraph in start.itersiblings(w("p")):
            marks = paragraph.find(f"{w('pPr')}/{w('rPr')}")
            if marks is not None and marks.find(w("ins")) is not None:
                for number, node in enumerate((start, *ends), 1):
                    paragraph.insert(number, node)
                break
            if marks is None or marks.find(w("del")) is None:
                break
