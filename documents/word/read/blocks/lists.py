"""Lists: consecutive numbered paragraphs become lists in lists, each item with the label that Word shows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from documents.text.types import Block
from documents.word.file.ns import Element
from documents.word.read.context import BlockItem, Context, Item, Para
from documents.word.read.report import FindingCode

SLACK = 120
"""Twentieths of a point within which two indents are the same."""
MAX_NESTING = 12
MOST_STANDING_OUT = 20
"""How many quotations, captions and leads behind one another are looked past for the list's next item."""
Blocks = Callable[..., list[Block]]
PARAGRAPH_STYLES = {
    "quote": "quote",
    "intense quote": "quote",
    "block text": "quote",
    "caption": "caption",
    "lead": "lead",
    "subtitle": "lead",
}


def is_caption(para: Para) -> bool:
    """Whether a paragraph is the caption of the picture before it."""
    if paragraph_style(para) != "caption" or para.label is not None:
        return False
    return not any(node["type"] == "image" for node in para.inlines)


def paragraph_node(para: Para) -> Block:
    """A paragraph as a block."""
    style = paragraph_style(para)
    node: Block = {"type": "paragraph", "content": para.inlines}
    return node | {"attrs": {"style": style}} if style else node


def paragraph_style(para: Para) -> str:
    """The schema's style for a paragraph, empty for plain text."""
    named = PARAGRAPH_STYLES.get(para.style.name.lower(), "")
    if not named and para.align == "center":
        return "centred"
    return named


@dataclass(slots=True)
class _Open:
    node: Block
    run: str
    ilvl: int
    indent: int


@dataclass(slots=True)
class _Done:
    node: Block
    elements: list[Element] = field(default_factory=list)


class ListBuilder:
    """Takes items one by one for as long as they belong to the list begun; then :meth:`finish`."""

    def __init__(self, ctx: Context, to_blocks: Blocks) -> None:
        self.ctx = ctx
        self.to_blocks = to_blocks
        self.open: list[_Open] = []
        self.done: list[_Done] = []

    def take(self, stream: Sequence[Item], index: int) -> bool:
        """Whether the item at that place of the stream was taken into the list."""
        item = stream[index]
        if isinstance(item, Para) and item.label is not None:
            self._add(item, item.label.run, item.label.ilvl)
            return True
        return self._continue(item, stream, index)

    def finish(self) -> list[tuple[Block, list[Element]]]:
        return [(done.node, done.elements) for done in self.done]

    def _add(self, para: Para, run: str, ilvl: int) -> None:
        label = para.label
        if label is None:
            return
        self._place(run, ilvl, para.indent)
        if not self.open or self.open[-1].run != run or self.open[-1].ilvl != ilvl:
            self._start(_Open({"type": "list", "attrs": {}, "content": []}, run, ilvl, para.indent))
        text = para.typed_label if para.typed_label is not None else label.text
        ordered = label.ordered or (para.typed_label is not None and any(c.isalnum() for c in text))
        target = self.open[-1]
        if ordered:
            target.node["attrs"] = {"ordered": True}
        item: Block = {"type": "item", "content": [self._first(para)]}
        if text:
            item["attrs"] = {"label": text}
        target.node["content"].append(item)
        item["content"].extend(self.to_blocks(self.ctx, para.following, keep_xml=False))
        self.done[-1].elements.extend(para.elements)

    def _stands_out(self, item: Item) -> bool:
        """Whether an item is indented by its kind (a quotation, a caption, a lead). That is no evidence about
        a list before it."""
        return (
            isinstance(item, Para)
            and not item.set_in
            and paragraph_style(item) in ("quote", "caption", "lead")
        )

    def _goes_on(self, stream: Sequence[Item], index: int) -> bool:
        """Whether the list goes on behind what stands out there."""
        for after in stream[index + 1 : index + 1 + MOST_STANDING_OUT]:
            if isinstance(after, Para) and after.label is not None:
                return any(opened.run == after.label.run for opened in self.open)
            if not self._stands_out(after):
                return False
        return False

    def _captions(self, content: list[Block], para: Para) -> bool:
        """Whether a paragraph is the caption of the picture that the item ends with."""
        last = content[-1]
        return last["type"] == "figure" and not last["content"] and is_caption(para)

    def _first(self, para: Para) -> Block:
        node = paragraph_node(para)
        if (node.get("attrs") or {}).get("style") == "centred":
            node.pop("attrs")
        return node

    def _place(self, run: str, ilvl: int, indent: int) -> None:
        """Closes the lists that the paragraph is not in."""
        for index in range(len(self.open) - 1, -1, -1):
            if self.open[index].run == run and self.open[index].ilvl == ilvl:
                del self.open[index + 1 :]
                return
        while self.open:
            top = self.open[-1]
            deeper = ilvl > top.ilvl
            if ilvl == top.ilvl and run != top.run:
                deeper = indent > top.indent + SLACK
            if deeper and len(self.open) < MAX_NESTING:
                return
            if deeper:
                top.run, top.ilvl = run, ilvl
                return
            self.open.pop()

    def _start(self, opened: _Open) -> None:
        if self.open:
            self.open[-1].node["content"][-1]["content"].append(opened.node)
        else:
            self.done.append(_Done(opened.node))
            self.ctx.report.add(FindingCode.LISTS)
        self.open.append(opened)

    def _continue(self, item: Item, stream: Sequence[Item], index: int) -> bool:
        """A paragraph or table without a number, as far in as an item's text, belongs to that item."""
        if not self.open or item.indent <= 0:
            return False
        if isinstance(item, Para) and (item.outline < 9 or item.breaks_page):
            return False
        if self._stands_out(item) and not self._goes_on(stream, index):
            return False
        holders = [
            opened for opened in self.open if opened.indent > 0 and item.indent >= opened.indent - SLACK
        ]
        if not holders:
            return False
        content = holders[-1].node["content"][-1]["content"]
        if isinstance(item, BlockItem):
            content.append(item.node)
        elif self._captions(content, item):
            content[-1]["content"] = item.inlines
        else:
            content.extend(self.to_blocks(self.ctx, [item], keep_xml=False))
        del self.open[self.open.index(holders[-1]) + 1 :]
        self.done[-1].elements.extend(item.elements)
        return True
