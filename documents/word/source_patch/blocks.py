"""Writes the blocks of one section of a draft into its source."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any

from documents.word.file.markup import e
from documents.word.file.ns import Element
from documents.word.formatting.properties import (
    PPR,
    P,
    R,
    T,
    apply_format,
    is_label,
    paragraph_format,
    run_format,
    usual_paragraph,
)
from documents.word.source_patch.body import Body
from documents.word.source_patch.paragraphs import ParagraphWriter
from documents.word.source_patch.source.lines import Line, find_paragraphs, has_only_lines, lines_of
from documents.word.source_patch.source.matching import Match, SourceBlock
from documents.word.source_patch.source.sections import SourceSection
from documents.word.source_patch.tables import TableEditor, format_table
from documents.word.write.blocks import BlockWriter
from documents.word.write.inlines import label_run

Json = Mapping[str, Any]


class SourceBlocks:
    """Keeps, edits, moves and adds blocks. ``new``: the elements that were written."""

    def __init__(
        self, body: Body, writer: BlockWriter, paragraphs: ParagraphWriter, sources: Iterable[SourceSection]
    ) -> None:
        self.body, self.writer, self.paragraphs = body, writer, paragraphs
        self.new: list[Element] = []
        self.tables = TableEditor(writer, self.new)
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
            if found is not None and match.moved:
                for element in found.elements:
                    found.section.children.remove(element)
                    self.body.insert(source, element, cursor)
                    cursor = element
            elif found is not None and (match.same or self._edit(found, match.block)):
                cursor = found.elements[-1] if found.elements else cursor
            else:
                for element in self._new_block(match.block, _sample_near(matches, number)):
                    self.body.insert(source, element, cursor)
                    cursor = element
                if found is not None:
                    self.remove(found)

    def remove(self, found: SourceBlock) -> None:
        self.body.staying.difference_update(found.elements)
        for element in found.elements:
            self.body.remove(found.section, element)

    def _new_block(self, block: Json, near: Sequence[Element]) -> list[Element]:
        """A block in the look of the paragraph next to it, else of most paragraphs."""
        copied: Any = dict(block)
        written = self.writer.write([copied])
        sample = next((element for element in near if element.tag == P), self.usual)
        if sample is not None:
            if is_plain(block):
                format_like(written[0], sample, numbered=False)
            apply_format(written, run_format([sample]))
        if block["type"] == "table":
            format_table(written[0], near)
        self.new += written
        return written

    def _edit(self, found: SourceBlock, new: Json) -> bool:
        """Edits a block line by line; False where it must be rewritten."""
        old, elements, notes = found.block, found.elements, found.section.section.text.body.get("notes") or {}
        if old["type"] == "table":
            return self._edit_table(elements, (old, notes), new)
        lines = list(lines_of(old, notes))
        lines_new = list(lines_of(new, self.paragraphs.notes.texts))
        if not elements or not lines_new or not {x.place for x in lines_new} <= {x.place for x in lines}:
            return False
        if old["type"] == "paragraph":
            self._rewrite(found.section, elements, lines[0], lines_new[0])
            return True
        paragraphs = find_paragraphs(lines, elements)
        free = has_only_lines(old) and has_only_lines(new)
        if paragraphs is None or (not free and [x.place for x in lines] != [x.place for x in lines_new]):
            return False
        self._edit_lines(found.section, paragraphs, lines, lines_new)
        return True

    def _edit_table(self, elements: Sequence[Element], old: tuple[Json, Json], new: Json) -> bool:
        if not self.tables.edit(elements, old, (new, self.paragraphs.notes.texts)):
            return False
        for element in elements:
            self.body.touch(element)
        return True

    def _rewrite(self, source: SourceSection, paragraphs: Sequence[Element], old: Line, new: Line) -> None:
        *runs_on, last = paragraphs
        if self.paragraphs.rewrite(paragraphs, source, old.content, new.content):
            self.body.touch(last)
            for paragraph in runs_on:
                self.body.remove(source, paragraph)
            self.new.append(last)

    def _edit_lines(
        self, source: SourceSection, paragraphs: Sequence[Element], old: Sequence[Line], new: Sequence[Line]
    ) -> None:
        """Edits, adds and takes out lines; Word counts the numbers of items."""
        cursor: Element | None = None
        matcher = SequenceMatcher(None, [one.key for one in old], [one.key for one in new], autojunk=False)
        for op, a, b, c, d in matcher.get_opcodes():
            both = min(b - a, d - c)
            for i, j in zip(range(a, a + both), range(c, c + both), strict=True):
                cursor = paragraphs[i]
                if relabel(cursor, new[j].label):
                    self.body.touch(cursor)
                if op == "equal":
                    continue
                if old[i].place != new[j].place:
                    self.body.touch(cursor)
                    format_like(cursor, _sample(paragraphs, old, i, new[j]), numbered=True)
                self._rewrite(source, [cursor], old[i], new[j])
            for line in new[c + both : d]:
                added = self._new_line(source, _sample(paragraphs, old, a, line), line)
                if cursor is None:
                    self.body.insert_before(source, added, paragraphs[0])
                else:
                    self.body.insert(source, added, cursor)
                cursor = added
            for paragraph in paragraphs[a + both : b]:
                self.body.remove(source, paragraph)

    def _new_line(self, source: SourceSection, sample: Element, line: Line) -> Element:
        added = e("p")
        format_like(added, sample, numbered=True)
        self.paragraphs.rewrite([added], source, (), line.content)
        apply_format([added], run_format([sample]))
        if line.label and any(map(is_label, sample.iter(R))):
            added.insert(1 if added.find(PPR) is not None else 0, label_run(line.label))
        self.new.append(added)
        return added


def relabel(paragraph: Element, label: str) -> bool:
    """Types another label where one of ours is typed; whether it did."""
    for node in (node for run in paragraph.iter(R) if is_label(run) for node in run.iter(T)):
        if label and node.text != label:
            node.text = label
            return True
    return False


def format_like(paragraph: Element, sample: Element, *, numbered: bool) -> None:
    """Gives a paragraph the properties of another one."""
    ppr = sample.find(PPR)
    new = None if ppr is None else paragraph_format(ppr, numbered=numbered)
    for own in paragraph.findall(PPR):
        paragraph.remove(own)
    if new is not None:
        paragraph.insert(0, new)


def _sample(paragraphs: Sequence[Element], old: Sequence[Line], at: int, line: Line) -> Element:
    """The paragraph nearest to a place in a list that is as deep in it as a line."""
    same = [n for n, other in enumerate(old) if other.place == line.place]
    return paragraphs[min(same, key=lambda other: abs(other - at))]


def _sample_near(matches: Sequence[Match], at: int) -> Sequence[Element]:
    """Where the block is whose look a new one has: the table that it replaces, else the nearest plain
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
