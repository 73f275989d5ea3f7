"""Writes the blocks of one section of a draft into its source."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any

from documents.word.looks.letters import PPR, P, R
from documents.word.looks.properties import apply_look, paragraph_look, run_look, usual_paragraph
from documents.word.markup import e
from documents.word.ns import Element
from documents.word.source_patch.body import Body
from documents.word.source_patch.lines import Line, find_paragraphs, lines_of, shape_of
from documents.word.source_patch.matching import Match, SourceBlock
from documents.word.source_patch.paragraphs import ParagraphWriter, is_label, relabel
from documents.word.source_patch.sections import SourceSection
from documents.word.source_patch.tables import TableEditor, wear_table
from documents.word.write.blocks import BlockWriter
from documents.word.write.inlines import label_run

Json = Mapping[str, Any]


class SourceBlocks:
    """Keeps, edits, moves and adds blocks. ``new``: the elements that were written."""

    def __init__(
        self, body: Body, writer: BlockWriter, paragraphs: ParagraphWriter, sources: Iterable[SourceSection]
    ) -> None:
        self.body, self.writer, self.paragraphs, self.notes = body, writer, paragraphs, paragraphs.notes
        self.new: list[Element] = []
        self.tables = TableEditor(writer, paragraphs, self.new)
        plain = [
            elements[0]
            for source in sources
            for block, elements in zip(source.section.text.body["blocks"], source.blocks, strict=True)
            if elements and elements[0].tag == P and is_plain(block)
        ]
        self.usual = usual_paragraph(plain)

    def write(self, source: SourceSection, matches: Sequence[Match]) -> None:
        """Makes the blocks of a section those of the draft."""
        cursor: Element | None = None
        for number, match in enumerate(matches):
            found = match.source
            if found is not None and match.same:
                self.notes.edit_in(found.section, found.block, match.block)
            if found is not None and match.moved:
                for element in found.elements:
                    found.section.children.remove(element)
                    self.body.insert(source, element, cursor)
                    cursor = element
            elif found is not None and (match.same or self._edit(found, match.block)):
                cursor = found.elements[-1] if found.elements else cursor
            else:
                for element in self.new_block(match.block, _beside(matches, number)):
                    self.body.insert(source, element, cursor)
                    cursor = element
                if found is not None:
                    self.remove(found)

    def remove(self, found: SourceBlock) -> None:
        self.body.staying.difference_update(found.elements)
        for element in found.elements:
            self.body.remove(found.section, element)

    def new_block(self, block: Json, beside: Sequence[Element] = ()) -> list[Element]:
        """A block in the look of the paragraph beside it, else of most paragraphs."""
        copied: Any = dict(block)
        written = self.writer.write([copied])
        sample = next((element for element in beside if element.tag == P), self.usual)
        if sample is not None:
            if is_plain(block):
                dress(written[0], sample, numbered=False)
            apply_look(written, run_look([sample]))
        if block["type"] == "table":
            wear_table(written[0], beside)
        self.new += written
        return written

    def _edit(self, found: SourceBlock, new: Json) -> bool:
        """Edits a block line by line; False where it must be written anew."""
        old, elements = found.block, found.elements
        if not elements:
            return False
        old_lines, new_lines = list(lines_of(old)), list(lines_of(new))
        if old["type"] == "paragraph" and shape_of(old) == shape_of(new) and new_lines:
            self._rewrite(found.section, elements, old_lines[0], new_lines[0])
            return True
        if old["type"] == "table" and self.tables.edit(found.section, elements, old, new):
            for element in elements:
                self.body.touch(element)
            return True
        paragraphs = find_paragraphs(old_lines, elements)
        if paragraphs is None:
            return False
        places = {line.place for line in old_lines}
        if old["type"] == "list" and _only_lines(new) and all(line.place in places for line in new_lines):
            self._edit_items(found.section, paragraphs, old_lines, new_lines)
            return True
        if shape_of(old) != shape_of(new) or len(old_lines) != len(new_lines):
            return False
        for paragraph, line, line_new in zip(paragraphs, old_lines, new_lines, strict=True):
            self._rewrite(found.section, [paragraph], line, line_new)
        return True

    def _rewrite(self, source: SourceSection, paragraphs: Sequence[Element], old: Line, new: Line) -> None:
        *runs_on, last = paragraphs
        if not self.paragraphs.edit(paragraphs, source, old, new):
            return
        self.body.touch(last)
        for paragraph in runs_on:
            self.body.remove(source, paragraph)
        self.new.append(last)

    def _edit_items(
        self, source: SourceSection, paragraphs: Sequence[Element], old: Sequence[Line], new: Sequence[Line]
    ) -> None:
        """Edits, adds and takes out lines of a list; Word counts their numbers."""
        cursor: Element | None = None
        matcher = SequenceMatcher(None, [one.key for one in old], [one.key for one in new], autojunk=False)
        for _, a, b, c, d in matcher.get_opcodes():
            both = min(b - a, d - c)
            for i, j in zip(range(a, b), range(c, d), strict=False):
                cursor = paragraphs[i]
                if relabel(cursor, new[j].label):
                    self.body.touch(cursor)
                if old[i].place != new[j].place:
                    self.body.touch(cursor)
                    dress(cursor, _sample(paragraphs, old, i, new[j]), numbered=True)
                self._rewrite(source, [cursor], old[i], new[j])
            for j in range(c + both, d):
                item = self._new_item(source, _sample(paragraphs, old, a, new[j]), new[j])
                if cursor is None:
                    self.body.insert_before(source, item, paragraphs[0])
                else:
                    self.body.insert(source, item, cursor)
                cursor = item
            for i in range(a + both, b):
                self.body.remove(source, paragraphs[i])

    def _new_item(self, source: SourceSection, sample: Element, line: Line) -> Element:
        item = e("p")
        dress(item, sample, numbered=True)
        self.paragraphs.rewrite([item], source, (), line.content)
        apply_look([item], run_look([sample]))
        if line.label and any(map(is_label, sample.iter(R))):
            item.insert(1 if item.find(PPR) is not None else 0, label_run(line.label))
        self.new.append(item)
        return item


def dress(paragraph: Element, sample: Element, *, numbered: bool) -> None:
    """Gives a paragraph the properties of another one."""
    for own in paragraph.findall(PPR):
        paragraph.remove(own)
    ppr = sample.find(PPR)
    if ppr is not None:
        paragraph.insert(0, paragraph_look(ppr, numbered=numbered))


def _sample(paragraphs: Sequence[Element], old: Sequence[Line], at: int, line: Line) -> Element:
    """The paragraph nearest to a place in a list that stands as deep in it as a line."""
    same = [n for n, other in enumerate(old) if other.place == line.place]
    return paragraphs[min(same, key=lambda other: abs(other - at))]


def _beside(matches: Sequence[Match], at: int) -> Sequence[Element]:
    """Where the block stands whose look a new one has: the table that it replaces, else the nearest plain
    paragraph."""
    own = matches[at].source
    if own is not None and own.block["type"] == matches[at].block["type"] == "table":
        return own.elements
    for other in sorted(range(len(matches)), key=lambda number: abs(number - at)):
        source = matches[other].source
        if source is not None and source.elements and is_plain(source.block):
            return source.elements
    return ()


def is_plain(block: Json) -> bool:
    """Whether it is a paragraph, and no quotation, caption or centred one."""
    return block["type"] == "paragraph" and not (block.get("attrs") or {}).get("style")


def _only_lines(block: Json) -> bool:
    kind = block["type"]
    if kind == "paragraph":
        return bool(block.get("content"))
    return kind in ("list", "item") and all(map(_only_lines, block.get("content") or []))
