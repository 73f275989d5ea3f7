"""What is in a paragraph: runs with their marks, links, fields, notes, pictures, text boxes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import ClassVar

from documents.text.inline_schema import OVERRIDE
from documents.text.types import Inline, Mark
from documents.word.definitions.styles import NO_LOOK, RunLook, Style, plain_marks, read_look
from documents.word.file import ns
from documents.word.file.ns import Element, children, first_of, w
from documents.word.read.context import Context, Item
from documents.word.read.report import FindingCode

LABEL_STYLE = "KodeksLabel"
LINK_STYLES = ("hyperlink", "followedhyperlink")
RPR, RSTYLE, RPR_CHANGE, T = w("rPr"), w("rStyle"), w("rPrChange"), w("t")


Handler = Callable[["InlineReader", Element], None]
Boxes = Callable[[Element], list[Item]]


class InlineReader:
    """Reads the content of one paragraph into ``out``. ``boxes`` reads the content of a text box into items;
    ``handlers`` says how each element is read (documents/word/read/inline/nodes.py)."""

    handlers: ClassVar[Mapping[str, Handler]] = {}

    def __init__(self, ctx: Context, style: Style, boxes: Boxes) -> None:
        self.ctx = ctx
        self.base = ctx.styles.base(style, ctx.cell_hidden)
        self.boxes = boxes
        self.out: list[Inline] = []
        self.following: list[Item] = []
        self.bookmarks: list[str] = []
        self.label: str | None = None
        self.link: tuple[Mark, ...] = ()
        self.look: RunLook = NO_LOOK
        self.marks: list[Mark] = []
        self.letters = self.bold_letters = self.size = 0
        self.breaks_page = False
        self.parted = False
        """Whether a page or a column ended behind the last words: those that follow in the paragraph begin a
        line."""
        self.contents = False
        self.note_mark = False
        self.open: Inline | None = None
        self.open_marks: list[Mark] = []
        self.pieces: list[str] = []

    def read(self, parent: Iterable[Element]) -> None:
        """Reads all children of a paragraph, a hyperlink, an insertion and so on."""
        for node in parent:
            handler = self.handlers.get(node.tag)
            if handler is not None:
                handler(self, node)
            elif node.tag in self.ctx.processed:
                self.read(node)

    @property
    def shown(self) -> bool:
        """Whether what comes now is shown: not an instruction, not in a table of contents."""
        if not self.ctx.fields:
            return True
        return all(opened.shown and not opened.hides for opened in self.ctx.fields)

    def text(self, text: str) -> None:
        if not text:
            return
        if self.look.hidden:
            self.ctx.hide([text])
            return
        marks = self.marks + list(self.link) if self.link else self.marks
        if self.ctx.fields:
            if not self._in_results(text):
                return
            marks = [*marks, *(mark for opened in self.ctx.fields for mark in opened.marks)]
        if self.parted and text.strip():
            self.out.append({"type": "break"})
            self.parted = False
        self._weigh(len(text))
        if self.out and self.out[-1] is self.open and marks == self.open_marks:
            self.pieces.append(text)
            return
        self.close()
        self.open = (
            {"type": "text", "text": text, "marks": marks} if marks else {"type": "text", "text": text}
        )
        self.open_marks, self.pieces = marks, [text]
        self.out.append(self.open)

    def _in_results(self, text: str) -> bool:
        """Whether a text is shown as the result of all open fields. What is not shown is stored where it
        belongs."""
        opened = self.ctx.fields
        self.contents = self.contents or any(field.contents for field in opened)
        if not self.shown:
            if text.strip() and any(field.unseen and field.shown for field in opened):
                self.ctx.hide([text])
            elif not opened[-1].shown:
                opened[-1].passed.append(text)
            return False
        for field in opened:
            field.result = True
        return True

    def _weigh(self, letters: int) -> None:
        """Counts letters for the look of the paragraph."""
        self.letters += letters
        if self.look.bold:
            self.bold_letters += letters
        if self.look.size is not None and self.look.size > self.size:
            self.size = self.look.size

    def close(self) -> None:
        """Puts the pieces of the last text together."""
        if len(self.pieces) > 1 and self.open is not None:
            self.open["text"] = "".join(self.pieces)
            self.pieces = []

    def node(self, node: Inline) -> None:
        if self.shown and not self.look.hidden:
            self.out.append(node)

    def hides(self, run: Element, base: RunLook | None = None) -> bool:
        """Whether a run that is read differently, but has the usual properties of its look, is hidden. It is
        in a formula, or in a paragraph whose runs have the look ``base``."""
        below = self.base if base is None else base
        rpr = next(run.iterchildren(RPR), None)
        if rpr is None:
            return bool(below.hidden)
        others: dict[str, Element] = {}
        own = read_look(rpr, others)
        if RSTYLE in others:
            own = own.laid_over(self.ctx.styles.character(others[RSTYLE].get(ns.VAL)).look)
        return bool(own.laid_over(below).hidden)

    def run(self, run: Element) -> None:
        inner = children(run)
        others: dict[str, Element] = {}
        own = read_look(first_of(inner, RPR), others)
        char_look = NO_LOOK
        if RSTYLE in others:
            style = self.ctx.styles.character(others[RSTYLE].get(ns.VAL))
            if style.id == LABEL_STYLE:
                self.ctx.left_out.add(run)
                words = "".join(t.text or "" for t in run.iter(T))
                self.label = (self.label or "") + OVERRIDE.sub("", words)
                return
            char_look = NO_LOOK if style.name.lower() in LINK_STYLES else style.look
        if RPR_CHANGE in others:
            self.ctx.found(FindingCode.TRACKED_FORMAT)
        before = self.look, self.marks
        run_look = own.laid_over(char_look)
        self.marks = plain_marks(run_look, linked=bool(self.link) or any(f.marks for f in self.ctx.fields))
        self.look = run_look.laid_over(self.base)
        self.note_mark = False
        self.read(inner)
        self.look, self.marks = before
