"""Edits a table of a source row by row, where no cell stands in several rows or columns."""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any

from documents.word.looks.letters import PPR, P
from documents.word.looks.properties import apply_look, drop, paragraph_look, run_look
from documents.word.markup import e
from documents.word.ns import Element, w
from documents.word.source_patch.lines import block_key, find_paragraphs, lines_of, shape_of
from documents.word.source_patch.paragraphs import ParagraphWriter
from documents.word.source_patch.sections import SourceSection
from documents.word.write.blocks import BlockWriter

Json = Mapping[str, Any]
TABLE, ROW, CELL = w("tbl"), w("tr"), w("tc")


class TableEditor:
    """``new``: gets the elements that were written."""

    def __init__(self, writer: BlockWriter, paragraphs: ParagraphWriter, new: list[Element]) -> None:
        self.writer, self.paragraphs, self.new = writer, paragraphs, new

    def edit(self, source: SourceSection, elements: Sequence[Element], old: Json, new: Json) -> bool:
        """Makes the rows those of ``new``, each new one in the look of the one beside it; False where that
        can't be."""
        table = next((element for element in elements if element.tag == TABLE), None)
        before, after = old.get("content") or [], new.get("content") or []
        rows = [] if table is None else table.findall(ROW)
        if table is None or not _is_simple(rows, before, after):
            return False
        keys, keys_new = ([block_key(row) for row in side] for side in (before, after))
        for op, a, b, c, d in SequenceMatcher(None, keys, keys_new, autojunk=False).get_opcodes():
            if op == "equal":
                for row, row_new in zip(before[a:b], after[c:d], strict=True):
                    self.paragraphs.notes.edit_in(source, row, row_new)
                continue
            both = min(b - a, d - c)
            for i, j in zip(range(a, b), range(c, d), strict=False):
                self._edit_row(source, rows[i], before[i]["content"], after[j]["content"])
            self._insert(rows, a + both, after[c + both : d])
            for row in rows[a + both : b]:
                table.remove(row)
        return True

    def _insert(self, rows: Sequence[Element], at: int, added: Sequence[Json]) -> None:
        last = rows[at - 1] if at else None
        for new in added:
            row = copy.deepcopy(rows[0] if last is None else last)
            row.attrib.clear()
            drop(row.find(w("trPr")), ["ins", "del", "trPrChange", *(["tblHeader"] if at else [])])
            for element, cell in zip(row.findall(CELL), new["content"], strict=True):
                self._write_cell(element, cell)
            rows[0].addprevious(row) if last is None else last.addnext(row)
            last = row

    def _edit_row(
        self, source: SourceSection, row: Element, before: Sequence[Json], after: Sequence[Json]
    ) -> None:
        for element, old, new in zip(row.findall(CELL), before, after, strict=True):
            if block_key(old) == block_key(new):
                self.paragraphs.notes.edit_in(source, old, new)
                continue
            lines, lines_new = list(lines_of(old)), list(lines_of(new))
            found = find_paragraphs(lines, [element]) if shape_of(old) == shape_of(new) else None
            if found is None:
                self._write_cell(element, new)
                continue
            for paragraph, line, line_new in zip(found, lines, lines_new, strict=True):
                if self.paragraphs.edit([paragraph], source, line, line_new):
                    self.new.append(paragraph)

    def _write_cell(self, element: Element, cell: Json) -> None:
        sample = next(element.iter(P), None)
        ppr = sample.find(PPR) if sample is not None else None
        look = run_look([element])
        for node in element.findall("*"):
            if node.tag != w("tcPr"):
                element.remove(node)
        blocks = self.writer.cell(cell.get("content") or [])
        for block in blocks:
            if block.tag == P and block.find(PPR) is None and ppr is not None:
                block.insert(0, paragraph_look(ppr, numbered=False))
        apply_look(blocks, look)
        element.extend(blocks or [e("p")])
        self.new += blocks


def _is_simple(rows: Sequence[Element], before: Sequence[Json], after: Sequence[Json]) -> bool:
    """Whether each row of the text is a row of the table, with as many cells in all."""
    cells = [cell for row in (*before, *after) for cell in row.get("content") or []]
    if any((cell.get("attrs") or {}).keys() & {"colspan", "rowspan"} for cell in cells):
        return False
    widths = {len(row.get("content") or []) for row in (*before, *after)}
    widths |= {len(row.findall(CELL)) for row in rows}
    return len(rows) == len(before) and len(widths) == 1 and bool(after)


def wear_table(table: Element, sample: Sequence[Element]) -> None:
    """Gives a table that was written anew the properties of the one that it replaces."""
    own = next((element.find(w("tblPr")) for element in sample if element.tag == TABLE), None)
    written = table.find(w("tblPr"))
    if own is not None and written is not None:
        look = copy.deepcopy(own)
        drop(look, ["tblPrChange"])
        table.replace(written, look)
