"""The tracked changes of a Word file: who changed what, and when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from documents.word.file.ns import Element, w

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
"""Newer files have it next to the date, which Word and LibreOffice write by the local clock."""


@dataclass(frozen=True, slots=True)
class TrackedChange:
    """A tracked change in a section: ``text`` was inserted or removed. ``kind`` is inserted, deleted,
    moved_here, moved_away or format; ``of`` is what: text, paragraph (its end), row, cell, list, table,
    section."""

    uid: str
    author: str
    date: str
    inserted: bool
    text: str
    kind: str = ""
    of: str = "text"


@dataclass(frozen=True, slots=True)
class Segment:
    """Words of a paragraph: unchanged (``op`` empty), inserted (``+``) or removed (``-``)."""

    op: str
    text: str
    author: str = ""
    date: str = ""


@dataclass(frozen=True, slots=True)
class TrackedParagraph:
    """A paragraph with tracked changes, in its order; notes and pictures are one sign each."""

    uid: str
    segments: tuple[Segment, ...]

    @property
    def old(self) -> str:
        """Its words before the changes."""
        return "".join(one.text for one in self.segments if one.op != "+").strip()

    @property
    def new(self) -> str:
        """Its words with the changes."""
        return "".join(one.text for one in self.segments if one.op != "-").strip()


SIGNS = {
    w("tab"): "\t",
    w("ptab"): "\t",
    w("br"): "\n",
    w("cr"): "\n",
    w("noBreakHyphen"): "\u2011",
    w("softHyphen"): "\u00ad",
    w("footnoteReference"): "\ufffc",
    w("endnoteReference"): "\ufffc",
    w("drawing"): "\ufffc",
}
OPS = {w("ins"): "+", w("moveTo"): "+", w("del"): "-", w("moveFrom"): "-"}


def tracked_paragraphs(places: Iterable[tuple[Element, str]]) -> Iterator[TrackedParagraph]:
    """The paragraphs with tracked words, with the sections that they are in."""
    for element, uid in places:
        if element.tag == w("p") and next(element.iter(*OPS), None) is not None:
            segments = tuple(_segments(element))
            if any(one.op for one in segments):
                yield TrackedParagraph(uid, segments)


def _segments(paragraph: Element) -> Iterator[Segment]:
    for node in paragraph.iter(w("t"), w("delText"), *SIGNS):
        text = SIGNS.get(node.tag) or node.text or ""
        parent = node.getparent()
        if not text or parent is None or parent.tag != w("r"):
            continue
        # What was put in by one and taken out by another is in neither text.
        marks = [(OPS[one.tag], one) for one in node.iterancestors(*OPS)]
        if len({op for op, _mark in marks}) > 1:
            continue
        yield Segment(marks[0][0], text, *_who(marks[0][1])) if marks else Segment("", text)


def changes_at(places: Iterable[tuple[Element, str]], *, formats: bool = False) -> Iterator[TrackedChange]:
    """The tracked changes in the text; with ``formats`` those of looks, lists, tables and sections too."""
    for element, uid in places:
        kind, of = KINDS.get(element.tag, ("", ""))
        if kind and (formats or kind != "format"):
            yield _change(element, uid, kind, of)


def _change(element: Element, uid: str, kind: str, of: str) -> TrackedChange:
    parent = element.getparent()
    if of == "text" and kind != "format" and parent is not None:
        of = HOLDERS.get(parent.tag, of)
    # What is said of a row, or of the look of a text, stands in its properties.
    inner = of == ("text" if kind == "format" else "row")
    holder = parent.getparent() if inner and parent is not None else element
    words = holder.iter(w("t"), w("delText")) if holder is not None and (inner or kind != "format") else ()
    text = "".join(node.text or "" for node in words)[:LONGEST]
    return TrackedChange(uid, *_who(element), kind in ("inserted", "moved_here"), text, kind, of)


def _who(mark: Element) -> tuple[str, str]:
    """The author and the date of a mark."""
    date = mark.get(UTC_DATE) or mark.get(w("date")) or ""
    return (mark.get(w("author")) or "")[:120], date[:40]
