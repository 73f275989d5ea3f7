"""The state of reading one Word file: its parts, its definitions, what has been gathered so far."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from lxml import etree

from documents.text.types import Block, Inline, Mark
from documents.word.definitions.numbering import Label, Numbering
from documents.word.definitions.styles import RunLook, Style, Styles
from documents.word.file import ns
from documents.word.file.guard import Limits
from documents.word.file.ns import Element
from documents.word.file.package import Package, Relationship
from documents.word.file.refusal import RefusalCode, Refused
from documents.word.read.outline.decisions import Decisions, Line
from documents.word.read.report import FindingCode, ReportBuilder
from documents.word.read.result import OOXML, Blob


@dataclass(slots=True)
class Field:
    """A complex field that is open: Word's instruction, and whether its shown result has begun."""

    instruction: str = ""
    shown: bool = False
    marks: tuple[Mark, ...] = ()
    contents: bool = False
    """Its result is a table of contents or an index."""
    hides: bool = False
    """Nothing of its result is taken."""
    unseen: bool = False
    """Word shows nothing of its result, whatever is there."""
    result: bool = False
    """Whether anything was shown as its result."""
    hidden: bool = False
    """Whether some of its instruction is hidden text."""
    instruction_look: tuple[RunLook, list[Mark]] | None = None
    """How its instruction looks, which a button's words have."""
    passed: list[str] = field(default_factory=list)
    """Letters that are where its instruction does: Word shows none of them."""


@dataclass(slots=True)
class Para:
    """A paragraph, read but not yet placed in a block."""

    elements: list[ns.Element]
    inlines: list[Inline]
    style: Style
    outline: int = 9
    label: Label | None = None
    typed_label: str | None = None
    indent: int = 0
    set_in: bool = False
    """Whether the paragraph itself sets the indent, not its style."""
    align: str = ""
    bold: bool = False
    caps: bool = False
    size: int = 0
    bookmarks: list[str] = field(default_factory=list)
    following: list[Item] = field(default_factory=list)
    """What was in text boxes and diagrams anchored here."""
    breaks_page: bool = False
    contents: bool = False
    """Part of a table of contents."""
    title: bool = False
    """A line of the document's title."""
    _text: str | None = None

    @property
    def text(self) -> str:
        """Its words, which searches for titles and headings need again and again."""
        if self._text is None:
            self._text = (
                self.inlines[0]["text"]
                if _is_text(self.inlines)
                else "".join(
                    [n["text"] if n["type"] == "text" else " " for n in self.inlines if n["type"] in _SHOWN]
                )
            )
        return self._text

    def put_before(self, text: str) -> None:
        """Lets the paragraph begin with some more text."""
        self.inlines = [{"type": "text", "text": text}, *self.inlines]
        self._text = None


TEXT = ns.w("t")
_SHOWN = ("text", "break")


def _is_text(inlines: list[Inline]) -> bool:
    return len(inlines) == 1 and inlines[0]["type"] == "text"


@dataclass(slots=True)
class BlockItem:
    """A finished block that is no paragraph (a table, a group from a content control, a diagram)."""

    elements: list[ns.Element]
    node: Block
    bookmarks: list[str] = field(default_factory=list)
    indent: int = 0


Item = Para | BlockItem


@dataclass(eq=False)
class Trace:
    """The place of the text in the file's XML, for those who rewrite the file. It has the elements of every
    block by the hash of its stored XML (equal blocks in reading order). And those of every section's
    heading."""

    blocks: dict[str, list[list[ns.Element]]] = field(default_factory=dict)
    headings: list[list[ns.Element]] = field(default_factory=list)
    states: dict[str, str] = field(default_factory=dict)
    """By uid, the start of the hash of the text that an own file was written with."""
    looks: dict[str, tuple[int | None, int]] = field(default_factory=dict)
    """By uid, the level of a heading by its look, 0 where it looks like text. When it was written, where that
    is known, and when it was read."""
    notes: list[dict[str, ns.Element]] = field(default_factory=list)
    """Of every section, which reference each of its notes has."""
    titles: list[ns.Element] = field(default_factory=list)
    """The paragraphs of the title, which the text leaves out."""

    def add(self, sha256: str, elements: list[ns.Element]) -> None:
        self.blocks.setdefault(sha256, []).append(elements)


@dataclass(eq=False)
class Extras:
    """What a file holds besides its text: headers and footers, as blocks, and hidden texts."""

    frames: list[Frame] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Frame:
    """A header or a footer. With its pages (default, first, even), and the number of the file's part between
    section breaks, from 1."""

    kind: str
    pages: str
    parts: tuple[int, ...]
    blocks: tuple[Block, ...]


@dataclass(slots=True)
class Pending:
    """What runs on into the next paragraph: a paragraph whose mark was deleted, a big first letter in a
    frame."""

    inlines: list[Inline] = field(default_factory=list)
    elements: list[ns.Element] = field(default_factory=list)
    following: list[Item] = field(default_factory=list)
    bookmarks: list[str] = field(default_factory=list)

    def run_on(
        self, element: ns.Element, inlines: list[Inline], following: list[Item], bookmarks: list[str]
    ) -> None:
        self.elements.append(element)
        self.inlines.extend(inlines)
        self.following.extend(following)
        self.bookmarks.extend(bookmarks)


@dataclass(eq=False)
class Context:
    """The state of one reading."""

    package: Package
    styles: Styles
    numbering: Numbering
    limits: Limits
    report: ReportBuilder = field(default_factory=ReportBuilder)
    blobs: dict[str, Blob] = field(default_factory=dict)
    part: str = ""
    preserve: bool = False
    """Whether blanks around texts count by default in the part that is read."""
    place: str = ""
    """Where the reading has got to, for the report."""
    fields: list[Field] = field(default_factory=list)
    lone_fields: set[Element] = field(default_factory=set)
    """Beginnings of fields that never end: they are no fields, and hide nothing."""
    seen: set[Element] = field(default_factory=set)
    """The texts that were read, and in ``left_out`` what is left out knowingly."""
    left_out: set[Element] = field(default_factory=set)
    processed: frozenset[str] = frozenset()
    """Elements of foreign namespaces whose content is read as if they were not there."""
    notes: dict[tuple[str, str], ns.Element] = field(default_factory=dict)
    note_parts: dict[str, str] = field(default_factory=dict)
    note_texts: dict[str, list[Block]] = field(default_factory=dict)
    """Notes by their temporary id, until the section that refers to them takes them over."""
    note_references: dict[str, ns.Element] = field(default_factory=dict)
    depth: int = 0
    blocks: int = 0
    in_note: bool = False
    inside: int = 0
    """How many tables and text boxes are around what is read."""
    cell_hidden: bool = False
    """Whether the style of the table around hides the text of the cell that is read."""
    pending: Pending = field(default_factory=Pending)
    trace: Trace | None = None
    extras: Extras | None = None
    decisions: Decisions = field(default_factory=dict)
    numbers: dict[ns.Element, int] = field(default_factory=dict)
    """The numbers of the text's paragraphs, where decisions are to be followed or lines are asked for."""
    lines: list[Line] | None = None
    """The lines of the text, where they are asked for."""

    @property
    def whole(self) -> bool:
        """Whether all is text, cover and tables of contents too, where they are."""
        return self.extras is not None

    def number_of(self, item: Item) -> int:
        """The number by which a decision names an item, -1 where it can be named by none."""
        return self.numbers.get(item.elements[0], -1) if isinstance(item, Para) and item.elements else -1

    def rel(self, rel_id: str | None) -> Relationship | None:
        return self.package.rels(self.part).get(rel_id) if rel_id else None

    def count_block(self) -> None:
        self.blocks += 1
        if self.blocks > self.limits.blocks:
            raise Refused(RefusalCode.TOO_LONG, limit=self.limits.blocks)

    def hide(self, texts: Sequence[str]) -> None:
        """Leave out texts that Word does not show, and report them."""
        for text in filter(None, texts):
            self.found(FindingCode.HIDDEN_TEXT)
            if self.extras is not None:
                self.extras.hidden.append(text)

    def report_unread(self, root: Element) -> None:
        """Reports the words of a part, or a note, that were neither read nor left out knowingly. They are
        where the schema allows none (a run right in a cell, a paragraph in another, a second body)."""
        for text in root.iter(TEXT):
            if text in self.seen or not (text.text or "").strip():
                continue
            if self.left_out.isdisjoint(text.iterancestors()):
                self.found(FindingCode.MISPLACED, text.text or "")

    @contextmanager
    def deeper(self) -> Iterator[None]:
        """One more level of nesting; Refused where it is too deep."""
        self.depth += 1
        if self.depth > self.limits.depth:
            raise Refused(RefusalCode.TOO_DEEP, limit=self.limits.depth)
        try:
            yield
        finally:
            self.depth -= 1

    @contextmanager
    def in_part(self, part: str) -> Iterator[None]:
        """Reading another part (notes) for a while: its relationships, its own fields."""
        before = self.part, self.fields, self.pending, self.preserve, self.cell_hidden
        self.part, self.fields, self.pending, self.cell_hidden = part, [], Pending(), False
        try:
            yield
        finally:
            self.part, self.fields, self.pending, self.preserve, self.cell_hidden = before

    def keep_xml(self, elements: list[ns.Element]) -> str:
        """Keeps the XML of a block and gives its SHA-256. Several elements are in one ``w:body``."""
        pieces = [
            etree.tostring(element, method="c14n", exclusive=True, with_comments=False)
            for element in elements
        ]
        if len(pieces) == 1:
            data = pieces[0]
        else:
            data = b'<w:body xmlns:w="' + ns.W.encode() + b'">' + b"".join(pieces) + b"</w:body>"
        sha256 = hashlib.sha256(data).hexdigest()
        if self.trace is not None:
            self.trace.add(sha256, elements)
        self.blobs.setdefault(sha256, Blob(data, "application/xml", OOXML))
        return sha256

    def found(self, code: FindingCode, place: str = "", count: int = 1) -> None:
        """Adds to the report, at the given place or where the reading has got to."""
        self.report.add(code, place or self.place, count)
