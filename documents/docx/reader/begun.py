"""Bookmarks of sections that another editor lets begin a paragraph too early.

A section without a heading has its bookmark before its first paragraph, between two of them. LibreOffice knows no place between
paragraphs: it lets the bookmark begin at the end of the one before and end at the beginning of its own.
"""

from __future__ import annotations

from collections.abc import Sequence

from documents.docx.marks import is_ours
from documents.docx.ns import Element, w

START, END, PROOF, PROPERTIES = w("bookmarkStart"), w("bookmarkEnd"), w("proofErr"), w("pPr")


def begun_at_end(paragraph: Element, names: Sequence[str]) -> list[str]:
    """Those of a paragraph's bookmarks, ``names``, that are ours, begin behind all of its words and end in a later one."""
    if not any(is_ours(name) for name in names):
        return []
    ended, begun, words = set(), [], False
    for node in reversed(paragraph):
        if node.tag == END:
            ended.add(node.get(w("id")))
        elif node.tag == START:
            begun.append(node)
        elif node.tag not in (PROOF, PROPERTIES):
            words = True
            break
    if not words:
        return []
    found = [node.get(w("name")) or "" for node in reversed(begun) if node.get(w("id")) not in ended]
    return [name for name in found if is_ours(name) and name in names]
