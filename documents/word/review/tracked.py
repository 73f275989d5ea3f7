"""The tracked changes of a Word file: who changed what, and when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from documents.word.ns import Element, w

KINDS = {
    w("ins"): ("inserted", "text"),
    w("del"): ("deleted", "text"),
    w("moveTo"): ("moved_here", "text"),
    w("moveFrom"): ("moved_away", "text"),
    w("cellIns"): ("inserted", "cell"),
    w("cellDel"): ("deleted", "cell"),
    w("cellMerge"): ("format", "cell"),
    w("rPrChange"): ("format", "text"),
    w("pPrChange"): ("format", "paragraph"),
    w("numberingChange"): ("format", "list"),
    w("tblPrChange"): ("format", "table"),
    w("tblGridChange"): ("format", "table"),
    w("tblPrExChange"): ("format", "row"),
    w("trPrChange"): ("format", "row"),
    w("tcPrChange"): ("format", "cell"),
    w("sectPrChange"): ("format", "section"),
}
HOLDERS = {w("rPr"): "paragraph", w("trPr"): "row", w("numPr"): "list"}
"""What a mark in these properties is about; in others it is about the text."""
LONGEST = 4_000
UTC_DATE = "{http://schemas.microsoft.com/office/word/2023/wordml/word16du}dateUtc"
"""Newer files say it beside the date, which Word and LibreOffice write by the clock of the place."""


@dataclass(frozen=True, slots=True)
class TrackedChange:
    """A tracked change in a section: ``text`` was put in, or taken out. ``kind`` is inserted, deleted, moved_here, moved_away
    or format; ``of`` is what: text, paragraph (its end), row, cell, list, table, section."""

    uid: str
    author: str
    date: str
    inserted: bool
    text: str
    kind: str = ""
    of: str = "text"


def changes_at(places: Iterable[tuple[Element, str]], *, formats: bool = False) -> Iterator[TrackedChange]:
    """The tracked changes in the text; with ``formats`` those of looks, lists, tables and sections too."""
    for element, uid in places:
        kind, of = KINDS.get(element.tag, ("", ""))
        if not kind or (kind == "format" and not formats):
            continue
        parent = element.getparent()
        if of == "text" and kind != "format" and parent is not None:
            of = HOLDERS.get(parent.tag, of)
        # What is said of a row, or of the look of a text, stands in its properties.
        inner = of == "row" if kind != "format" else of == "text"
        holder = parent.getparent() if inner and parent is not None else element
        words = (
            holder.iter(w("t"), w("delText")) if holder is not None and (kind != "format" or inner) else ()
        )
        yield TrackedChange(
            uid,
            (element.get(w("author")) or "")[:120],
            (element.get(UTC_DATE) or element.get(w("date")) or "")[:40],
            kind in ("inserted", "moved_here"),
            "".join(node.text or "" for node in words)[:LONGEST],
            kind,
            of,
        )
