"""Blocks as paragraphs, tables and content controls."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from documents.text.types import Block
from documents.word.file.markup import e
from documents.word.file.ns import Element, w
from documents.word.read.blocks.groups import CALLOUT, LIMIT, OPAQUE, STEP, STEP_META, STEP_TITLE, WHO
from documents.word.write.columns import Letters
from documents.word.write.document_file import Words
from documents.word.write.inlines import Sink, image_run, label_run, text_run, write_inlines
from documents.word.write.lists import TYPED, ListNumbers, Rule, find_rule
from documents.word.write.styles import LIST_STEP
from documents.word.write.tables import PAGE_WIDTH, write_table

P, PPR = w("p"), w("pPr")
FIRST_BOX = 1_000_000
"""Bookmarks of steps and boxes are numbered from here on, out of the way of the sections'."""
STYLES = {"quote": "Quote", "caption": "Caption", "lead": "KodeksLead"}


EMPTY_PARAGRAPH: Block = {"type": "paragraph", "content": []}


@dataclass(frozen=True)
class BlockWriter:
    """Writes blocks for one place: the part they go to, the list that they are in, the box around them."""

    sink: Sink
    numbers: ListNumbers
    words: Words
    depth: int = 0
    """How many lists are around."""
    style: str = ""
    """The style of plain paragraphs here."""
    width: int = PAGE_WIDTH
    """How wide a table may be, in twentieths of a point."""
    letters: Letters = field(default_factory=Letters)
    """Those of a table's text."""

    def write(self, blocks: Sequence[Block]) -> list[Element]:
        """The elements for blocks, in order."""
        made: list[Element] = []
        for block in blocks:
            made.extend(getattr(self, f"_{block['type']}")(block))
        return made

    def paragraph(
        self,
        content: Sequence[Element],
        style: str = "",
        centred: bool = False,
        numbering: tuple[int, int] | None = None,
    ) -> Element:
        """A ``w:p``; ``numbering`` is number definition and level. Without a number, what is in a list is
        indented as its items' text is."""
        ppr = e("pPr")
        chosen = style or self.style or ("ListParagraph" if self.depth else "")
        if chosen:
            ppr.append(e("pStyle", val=chosen))
        if numbering:
            ppr.append(e("numPr", e("ilvl", val=numbering[1]), e("numId", val=numbering[0])))
            if self.depth > 9:
                ppr.append(e("ind", left=LIST_STEP * self.depth, hanging=LIST_STEP))
        elif self.depth:
            ppr.append(e("ind", left=LIST_STEP * self.depth))
        if centred:
            ppr.append(e("jc", val="center"))
        return e("p", ppr if len(ppr) else None, *content)

    def _paragraph(
        self, block: Block, numbering: tuple[int, int] | None = None, label: str = ""
    ) -> list[Element]:
        style = (block.get("attrs") or {}).get("style", "")
        runs = write_inlines(self.sink, block.get("content") or [])
        if label:
            runs.insert(0, label_run(label))
        return [self.paragraph(runs, STYLES.get(style, ""), style == "centred", numbering)]

    def rule(self, labels: Sequence[str], ordered: bool) -> Rule:
        """How a list's labels are made."""
        return find_rule(labels, ordered)

    def _list(self, block: Block) -> list[Element]:
        items = block.get("content") or []
        labels = [(item.get("attrs") or {}).get("label", "") for item in items]
        ordered = bool((block.get("attrs") or {}).get("ordered"))
        rule = self.rule(labels, ordered)
        ilvl = min(self.depth, 8)
        num = self.numbers.num_for(rule, ilvl)
        inner = replace(self, depth=self.depth + 1)
        made: list[Element] = []
        for item, label in zip(items, labels, strict=True):
            content = list(item.get("content") or [])
            first = content.pop(0) if content and content[0]["type"] == "paragraph" else EMPTY_PARAGRAPH
            typed = label if rule is TYPED else ""
            made.extend(inner._paragraph(first, (num, ilvl), typed))
            made.extend(inner.write(content))
        return made

    def _table(self, block: Block) -> list[Element]:
        indent = LIST_STEP * self.depth
        inner = replace(self, depth=0, style="")
        return [
            write_table(block, inner.cell, indent, self.width, self.letters),
            *([e("p")] if self.depth == 0 else []),
        ]

    def cell(self, blocks: Sequence[Block]) -> list[Element]:
        """The content of a cell, which must end with a paragraph."""
        made = self.write(blocks)
        if not made or not made[-1].tag.endswith("}p"):
            made.append(e("p"))
        return made

    def _figure(self, block: Block) -> list[Element]:
        made = [self.paragraph([image_run(self.sink, block["attrs"])], "" if self.depth else "KodeksFigure")]
        if block.get("content"):
            made.append(self.paragraph(write_inlines(self.sink, block["content"]), "Caption"))
        return made

    def _callout(self, block: Block) -> list[Element]:
        warn = (block.get("attrs") or {}).get("tone") == "warn"
        inner = replace(self, style="KodeksWarning" if warn else "KodeksCallout")
        content = inner.write(block.get("content") or [])
        return [
            control(CALLOUT + (":warn" if warn else ""), self._marked(content, "warn" if warn else "callout"))
        ]

    def _step(self, block: Block) -> list[Element]:
        attrs = block.get("attrs") or {}
        made: list[Element] = []
        if attrs.get("title"):
            made.append(self.paragraph([text_run(attrs["title"])], STEP_TITLE))
        facts: list[Element] = []
        for text, word, style in (
            (attrs.get("who"), self.words.who, WHO),
            (attrs.get("limit"), self.words.limit, LIMIT),
        ):
            if text:
                facts.append(text_run((" · " if facts else "") + f"{word}: "))
                facts.append(text_run(text, style=style))
        if facts:
            made.append(self.paragraph(facts, STEP_META))
        return [control(STEP, self._marked(made + self.write(block.get("content") or []), "step"))]

    def _marked(self, content: list[Element], kind: str) -> list[Element]:
        """The blocks with a bookmark over them: editors that drop content controls keep it
        (documents/word/review/file/restore.py)."""
        lines = [line for block in content for line in block.iter(P)]
        if lines:
            number = self.sink.next_id()
            at = 1 if lines[0].find(PPR) is not None else 0
            lines[0].insert(at, e("bookmarkStart", id=FIRST_BOX + number, name=f"kodeks_box_{kind}_{number}"))
            lines[-1].append(e("bookmarkEnd", id=FIRST_BOX + number))
        return content

    def _opaque(self, block: Block) -> list[Element]:
        attrs = block.get("attrs") or {}
        lines = [self.paragraph([text_run(line)]) for line in (attrs.get("text") or "").split("\n")]
        return [control(f"{OPAQUE}:{attrs.get('kind', '')}"[:64], lines)]


def control(tag: str, content: Sequence[Element]) -> Element:
    """A content control around blocks, by whose tag they are known again."""
    return e("sdt", e("sdtPr", e("tag", val=tag)), e("sdtContent", *(content or [e("p")])))
