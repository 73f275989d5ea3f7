"""Bookmarks of sections that another editor lets begin too early, in the paragraph or the table before.

A section without a heading has its bookmark before its first paragraph, between two of them. LibreOffice has
no place between paragraphs. It begins the bookmark at the end of the paragraph before, even in the last cell
of a table. It ends it at the beginning of its own. A box or a picture anchored to the paragraph before may
follow it there. Out of a table it writes the bookmark two or three times, and ends one of them where it
begins.
"""

from __future__ import annotations

from documents.word.body.bookmarks import is_ours
from documents.word.file import ns
from documents.word.file.ns import Element, w

START, END, PROOF, PROPERTIES = w("bookmarkStart"), w("bookmarkEnd"), w("proofErr"), w("pPr")
RUN = w("r")
SILENT = frozenset({w("rPr"), w("drawing"), w("pict"), w("object"), f"{{{ns.MC}}}AlternateContent"})
"""What a run may hold that says no word of the paragraph."""


def names_in(table: Element) -> list[str]:
    """The bookmarks that begin in a table."""
    return [node.get(w("name")) or "" for node in table.iter(START)]


def take_begun(node: Element, names: list[str]) -> list[str]:
    """Removes from ``names``, the bookmarks in a paragraph or a table, those of ours that belong to the
    following text. In a paragraph they begin after all of its words and end in a later one. In a table they
    end after it."""
    if not any(is_ours(name) for name in names):
        return []
    starts = _at_end(node) if node.tag == w("p") else list(node.iter(START))
    ended = {end.get(w("id")) for end in node.iter(END)}
    found = [start.get(w("name")) or "" for start in starts if start.get(w("id")) not in ended]
    begun = [name for name in dict.fromkeys(found) if is_ours(name) and name in names]
    names[:] = [name for name in names if name not in begun]
    return begun


def _at_end(paragraph: Element) -> list[Element]:
    """The bookmarks that begin behind all words of a paragraph that has some."""
    found: list[Element] = []
    for node in reversed(paragraph):
        if node.tag == START:
            found.insert(0, node)
        elif node.tag not in (END, PROOF, PROPERTIES) and not _is_silent(node):
            return found
    return []


def _is_silent(node: Element) -> bool:
    return node.tag == RUN and all(inner.tag in SILENT for inner in node)
