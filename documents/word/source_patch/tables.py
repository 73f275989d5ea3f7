"""Edits a table of a source row by row, where no cell is in several rows or columns."""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any

from documents.word.file.markup import e
from documents.word.file.ns import Element, w
from documents.word.formatting.properties import PPR, P, apply_format, drop, paragraph_format, run_format
from documents.word.source_patch.source.lines import block_key
from documents.word.write.blocks import BlockWriter

Json = Mapping[str, Any]
TABLE, ROW, CELL = w("tbl"), w("tr"), w("tc")


class TableEditor:
    """``new`` gets the elements that were written. ``writer`` writes the text of cells."""

    def __init__(self, writer: BlockWriter, new: list[Element]) -> None:
        self.writer, self.new = writer, new

    def edit(self, elements: Sequence[Element], old: tuple[Json, Json], new: tuple[Json, Json]) -> bool:
        """Replaces the rows of a table (with the texts of its section's notes) by those of another one. Each
        new row has the look of the one before it. False where that can't be."""
        table = next((element for element in elements if element.tag == TABLE), None)
        rows = [] if table is None else table.findall(ROW)
        before, after = ([row["content"] for row in block.get("content") or []] for block, _ in (old, new))
        if table is None or not _is_simple(rows, before, after):
            return False
        keys, keys_new = _keys(before, old[1]), _keys(after, new[1])
        flat, flat_new = (list(map(b"".join, side)) for side in (keys, keys_new))
        for op, a, b, c, d in SequenceMatcher(None, flat, flat_new, autojunk=False).get_opcodes():
            if op == "equal":
                continue
            both = min(b - a, d - c)
            for i, j in zip(range(a, a + both), range(c, c + both), strict=True):
                changed = [was != now for was, now in zip(keys[i], keys_new[j], strict=True)]
                self._write_row(rows[i], after[j], changed)
            self._insert(rows, a + both, after[c + both : d])
            for row in rows[a + both : b]:
                table.remove(row)
        return True

    def _write_row(self, row: Element, cells: Sequence[Json], changed: Sequence[bool]) -> None:
        for element, cell, differs in zip(row.findall(CELL), cells, changed, strict=True):
            if differs:
                self._write_cell(element, cell)

    def _insert(self, rows: Sequence[Element], at: int, added: Sequence[Sequence[Json]]) -> None:
        last = rows[at - 1] if at else None
        for cells in added:
            row = copy.deepcopy(rows[0] if last is None else last)
            row.attrib.clear()
            drop(row.find(w("trPr")), ["ins", "del", "trPrChange", *(["tblHeader"] if at else [])])
            for element, cell in zip(row.findall(CELL), cells, strict=True):
                self._write_cell(element, cell)
            rows[0].addprevious(row) if last is None else last.addnext(row)
            last = row

    def _write_cell(self, element: Element, cell: Json) -> None:
        sample = next(element.iter(P), None)
        ppr = sample.find(PPR) if sample is not None else None
        properties = run_format([element])
        for node in element.findall("*"):
            if node.tag != w("tcPr"):
                element.remove(node)
        blocks = self.writer.cell(cell.get("content") or [])
        for block in blocks:
            if block.tag == P and block.find(PPR) is None and ppr is not None:
                block.insert(0, paragraph_format(ppr, numbered=False))
        apply_format(blocks, properties)
        element.extend(blocks or [e("p")])
        self.new += blocks


def _keys(rows: Sequence[Sequence[Json]], notes: Json) -> list[list[bytes]]:
    return [[block_key(cell, notes) for cell in row] for row in rows]


def _is_simple(rows: Sequence[Element], before: Sequence[Any], after: Sequence[Any]) -> bool:
    """Whether each row of the text is a row of the table, with as many cells in all."""
    cells = [cell for row in (*before, *after) for cell in row]
    if any((cell.get("attrs") or {}).keys() & {"colspan", "rowspan"} for cell in cells):
        return False
    widths = {*map(len, before), *map(len, after), *(len(row.findall(CELL)) for row in rows)}
    return len(rows) == len(before) and len(widths) == 1 and bool(after)


def format_table(table: Element, sample: Sequence[Element]) -> None:
    """Gives a table that was rewritten the properties of the one that it replaces."""
    own = next((element.find(w("tblPr")) for element in sample if element.tag == TABLE), None)
    written = table.find(w("tblPr"))
    if own is not None and written is not None:
        properties = copy.deepcopy(own)
        drop(properties, ["tblPrChange"])
        table.replace(written, properties)
