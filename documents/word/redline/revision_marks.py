"""Who changed a text and when: the marks that Word writes for that, each with a number of its own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from lxml import etree

from documents.word.file import ns
from documents.word.file.markup import e, ensured
from documents.word.file.ns import Element, child, w
from documents.word.redline.unwrap import BLOCKS, SHELLS, long_field, open_controls

INS, DEL, MOVE_TO, MOVE_FROM = "ins", "del", "moveTo", "moveFrom"
OLD_TEXT = {w("t"): w("delText"), w("instrText"): w("delInstrText")}
LEFT = frozenset(
    w(name)
    for name in (
        *("pPr", "bookmarkStart", "bookmarkEnd", "commentRangeStart", "commentRangeEnd", "permStart"),
        *("permEnd", "proofErr", "sdtPr", "sdtEndPr", "smartTagPr", "customXmlPr"),
    )
)  # fmt: skip


ID, AUTHOR, DATE = w("id"), w("author"), w("date")
NAMES = {"w": ns.W}


def new_element(name: str) -> Element:
    """An empty element of Word's main namespace, made quickly."""
    return etree.Element(w(name), nsmap=NAMES)


@dataclass
class RevisionMarks:
    """The author and the time of all marks of one file; ``number`` is the last one given."""

    author: str
    date: str
    number: int = 0

    def mark(self, name: str) -> Element:
        """An empty ``w:ins``, ``w:del`` … of this author."""
        self.number += 1
        made = new_element(name)
        made.set(ID, str(self.number))
        made.set(AUTHOR, self.author)
        made.set(DATE, self.date)
        return made

    def wrap(self, parent: Element, name: str) -> None:
        """Puts all that is in a paragraph, or in a part of one, into marks."""
        open_controls(parent)
        open_mark: Element | None = None
        for node in list(parent):
            if node.tag in LEFT:
                if node.tag != w("proofErr"):
                    # What begins or ends there has its words before and behind it.
                    open_mark = None
                continue
            if node.tag in SHELLS and node.tag != w("sdt"):
                open_mark = None
                self.wrap(node, name)
                continue
            if node.tag == w("fldSimple"):
                node = long_field(node)
            runs = [node] if node.tag != w("fldSimple") else list(node)
            if open_mark is None:
                open_mark = self.mark(name)
                runs[0].addprevious(open_mark) if node.tag != w("fldSimple") else node.addprevious(open_mark)
            if node.tag == w("fldSimple"):
                parent.remove(node)
            for run in runs:
                if name == DEL:
                    _as_deleted(run)
                open_mark.append(run)

    def mark_paragraph(self, paragraph: Element, name: str) -> None:
        """Marks a full paragraph, its own mark too."""
        self.wrap(paragraph, name)
        self.mark_break(paragraph, name)

    def mark_break(self, paragraph: Element, name: str) -> None:
        """Marks where a paragraph ends as inserted or deleted."""
        properties = ensured(paragraph, "pPr")
        look = child(properties, "rPr")
        if look is None:
            look = e("rPr")
            place_in(properties, look, ("sectPr", "pPrChange"))
        look.insert(0, self.mark(name))

    def mark_row(self, row: Element, name: str) -> None:
        """Marks a row of a table, and all in it."""
        for paragraph in row.iter(w("p")):
            if not _in_box(paragraph, row):
                self.mark_paragraph(paragraph, name)
        for inner in row.iter(w("tr")):
            properties = child(inner, "trPr")
            if properties is None:
                properties = e("trPr")
                at = 1 if len(inner) and inner[0].tag == w("tblPrEx") else 0
                inner.insert(at, properties)
            if len(properties) == 0:
                # The schema asks for a property beside the mark; this one says what holds anyway.
                properties.append(e("cantSplit", val="off"))
            place_in(properties, self.mark(name), ("del", "trPrChange"))

    def mark_block(self, block: Element, name: str) -> None:
        """Marks a paragraph, a table or what is in a content control."""
        if block.tag == w("p"):
            self.mark_paragraph(block, name)
        elif block.tag == w("tbl"):
            for row in rows_of(block):
                self.mark_row(row, name)
        else:
            for inner in blocks_of(block):
                self.mark_block(inner, name)


def place_in(parent: Element, node: Element, before: Iterable[str]) -> None:
    """Puts a child before the first of those names, else at the end."""
    tags = {w(name) for name in before}
    for other in parent:
        if other.tag in tags:
            other.addprevious(node)
            return
    parent.append(node)


def blocks_of(holder: Element) -> list[Element]:
    """The paragraphs, tables and wrappers that are in a body, a cell, a note, a content control."""
    content = child(holder, "sdtContent") if holder.tag == w("sdt") else holder
    return [] if content is None else [node for node in content if node.tag in BLOCKS]


SHOWN = tuple(
    w(name) for name in ("t", "delText", "tab", "sym", "drawing", "pict", "object", "footnoteReference")
)


def rows_of(table: Element) -> list[Element]:
    """All rows of a table, those in content controls too, without those of tables in its cells."""
    return _parts(table, w("tr"))


def cells_of(row: Element) -> list[Element]:
    """All cells of a row, likewise."""
    return _parts(row, w("tc"))


def _parts(holder: Element, tag: str) -> list[Element]:
    found: list[Element] = []
    for node in holder:
        if node.tag == tag:
            found.append(node)
        elif node.tag in (w("sdt"), w("customXml")):
            content = child(node, "sdtContent") if node.tag == w("sdt") else node
            if content is not None:
                found += _parts(content, tag)
    return found


def _in_box(paragraph: Element, row: Element) -> bool:
    for parent in paragraph.iterancestors():
        if parent is row:
            return False
        if parent.tag == w("txbxContent"):
            return True
    return False


def _as_deleted(node: Element) -> None:
    if node.tag == w("r"):
        for inner in node:
            if inner.tag in OLD_TEXT:
                inner.tag = OLD_TEXT[inner.tag]
    elif node.tag != f"{{{ns.M}}}oMath":
        for run in node.iter(w("r")):
            _as_deleted(run)
