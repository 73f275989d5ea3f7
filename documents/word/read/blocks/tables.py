"""Tables: merged cells as spans, tables in tables, every row as wide as the table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from documents.text.schema import MAX_SPAN
from documents.text.types import Block, BlockAttrs
from documents.word.definitions.table_styles import Place, size_of
from documents.word.file import ns
from documents.word.file.ns import Element, child, children, first_children, is_on, number, val, w
from documents.word.read.blocks.body import flush, read_items, to_blocks
from documents.word.read.context import BlockItem, Context, Item, Pending
from documents.word.read.inline.drawings import choose
from documents.word.read.inline.reader import InlineReader
from documents.word.read.report import FindingCode

MAX_COLUMNS = 63
"""Word's own limit, for tables whose grid says nothing."""
DEL, INS, HEADER, BEFORE = w("del"), w("ins"), w("tblHeader"), w("gridBefore")
CELL_DEL, SPAN, H_MERGE, V_MERGE = w("cellDel"), w("gridSpan"), w("hMerge"), w("vMerge")
SDT = w("sdt")
ALTERNATE = f"{{{ns.MC}}}AlternateContent"
AROUND = (INS, w("moveTo"), w("customXml"), w("smartTag"))


@dataclass(slots=True)
class _Cell:
    row: int
    column: int
    colspan: int
    rowspan: int = 1
    header: bool = False
    content: list[Block] = field(default_factory=list)


def read_table(ctx: Context, table: Element) -> BlockItem | None:
    """The table as a block; None for one without rows (all of them deleted)."""
    around = ctx.cell_hidden
    with ctx.deeper():
        ctx.inside += 1
        try:
            cells, rows = _read_cells(ctx, table)
        finally:
            ctx.inside -= 1
            ctx.cell_hidden = around
    if not cells:
        return None
    merged = sum(cell.colspan > 1 or cell.rowspan > 1 for cell in cells)
    cells, rows = _tidy(cells, rows)
    ctx.report.add(FindingCode.TABLES)
    ctx.report.add(FindingCode.MERGED_CELLS, count=merged)
    node: Block = {"type": "table", "content": [{"type": "row", "content": []} for _ in range(rows)]}
    for cell in sorted(cells, key=lambda cell: (cell.row, cell.column)):
        attrs: BlockAttrs = {}
        if cell.colspan > 1:
            attrs["colspan"] = cell.colspan
        if cell.rowspan > 1:
            attrs["rowspan"] = cell.rowspan
        if cell.header:
            attrs["header"] = True
        content = cell.content or [{"type": "paragraph", "content": []}]
        node["content"][cell.row]["content"].append(
            {"type": "cell", "content": content} | ({"attrs": attrs} if attrs else {})
        )
    indent = child(child(table, "tblPr"), "tblInd")
    return BlockItem(
        [table],
        node,
        [start.get(ns.w("name")) or "" for start in table.iter(ns.w("bookmarkStart"))],
        0 if indent is None else number(indent.get(ns.w("w")), 0, -30000, 30000),
    )


def read_table_item(ctx: Context, node: Element, items: list[Item]) -> list[str]:
    """Adds a table to the items of a body."""
    block = read_table(ctx, node)
    if block is None:
        return []
    flush(ctx, items)
    block.bookmarks[:0], ctx.pending = ctx.pending.bookmarks, Pending()
    items.append(block)
    return []


def read_table_in_line(reader: InlineReader, node: Element) -> None:
    """A table within a paragraph, as no program should write it: it follows the paragraph."""
    if not reader.shown or reader.look.hidden:
        reader.ctx.left_out.add(node)
        return
    block = read_table(reader.ctx, node)
    if block is not None:
        reader.following.append(block)


def _read_cells(ctx: Context, table: Element) -> tuple[list[_Cell], int]:
    reading = _Rows(ctx, table)
    for row in _parts(ctx, table, w("tr")):
        properties = first_children(child(row, "trPr"))
        if DEL in properties:
            ctx.found(FindingCode.TRACKED_DELETED)
            ctx.left_out.add(row)
            continue
        if INS in properties:
            ctx.found(FindingCode.TRACKED_INSERTED)
        reading.read_row(row, properties)
    return reading.cells, reading.count


class _Rows:
    """The cells of a table, row by row."""

    def __init__(self, ctx: Context, table: Element) -> None:
        self.ctx = ctx
        grid, properties = child(table, "tblGrid"), child(table, "tblPr")
        self.most = max(MAX_COLUMNS, min(MAX_SPAN, 0 if grid is None else len(grid)))
        self.hiding = ctx.styles.hiding(val(properties, "tblStyle"))
        self.look = child(properties, "tblLook")
        self.rows, self.columns = size_of(table) if self.hiding is not None else (0, 0)
        self.cells: list[_Cell] = []
        self.count = 0
        self.above: dict[int, _Cell] = {}
        """Of the row before, the cells by their first column."""

    def read_row(self, row: Element, properties: dict[str, Element]) -> None:
        header = HEADER in properties and is_on(properties[HEADER])
        column = number(properties[BEFORE].get(ns.VAL), 0, 0, self.most - 1) if BEFORE in properties else 0
        own_look = child(child(row, "tblPrEx"), "tblLook")
        here: dict[int, _Cell] = {}
        last: _Cell | None = None
        for node in _parts(self.ctx, row, w("tc")):
            self.ctx.count_block()
            own = first_children(child(node, "tcPr"))
            if CELL_DEL in own:
                self.ctx.found(FindingCode.TRACKED_DELETED)
                self.ctx.left_out.add(node)
                continue
            span = self._span(own, column)
            self._hide(self.look if own_look is None else own_look, column, span)
            content = to_blocks(self.ctx, read_items(self.ctx, node), keep_xml=False)
            top = self.above.get(column) if _merge(own.get(V_MERGE)) == "continue" else None
            if last is not None and _merge(own.get(H_MERGE)) == "continue":
                last.colspan = min(last.colspan + span, MAX_SPAN)
                last.content.extend(content)
            elif top is not None and top.colspan == span and top.rowspan < MAX_SPAN:
                top.rowspan += 1
                top.content.extend(content)
                here[column], last = top, None
            else:
                last = here[column] = _Cell(self.count, column, span, header=header, content=content)
                self.cells.append(last)
            column += span
        self.above = here
        self.count += 1

    def _span(self, own: dict[str, Element], column: int) -> int:
        wanted = number(own[SPAN].get(ns.VAL), 1, 1) if SPAN in own else 1
        span = max(1, min(wanted, self.most - column))
        if span != wanted:
            self.ctx.found(FindingCode.COLUMNS_CUT)
        return span

    def _hide(self, look: Element | None, column: int, span: int) -> None:
        """Tells the context whether the table's style hides the cell that is read."""
        place = Place(self.count, self.rows, column, column + span, self.columns)
        self.ctx.cell_hidden = self.hiding is not None and self.hiding.hides(look, place)


def _merge(node: Element | None) -> str:
    return "" if node is None else (node.get(ns.VAL) or "continue")


def _parts(ctx: Context, parent: Element, wanted: str) -> Iterator[Element]:
    """The rows of a table or the cells of a row, those in content controls and insertions included."""
    for node in children(parent):
        if node.tag == wanted:
            yield node
        elif node.tag == SDT:
            ctx.found(FindingCode.CONTENT_CONTROLS)
            content = child(node, "sdtContent")
            if content is not None:
                with ctx.deeper():
                    yield from _parts(ctx, content, wanted)
        elif node.tag in AROUND or node.tag in ctx.processed:
            with ctx.deeper():
                yield from _parts(ctx, node, wanted)
        elif node.tag == ALTERNATE:
            with ctx.deeper():
                yield from _parts(ctx, choose(ctx, node), wanted)


def _tidy(cells: list[_Cell], rows: int) -> tuple[list[_Cell], int]:
    """Takes out columns and rows in which no cell begins, and fills what is left of each row."""
    edges = sorted({edge for cell in cells for edge in (cell.column, cell.column + cell.colspan)} | {0})
    rank = {edge: index for index, edge in enumerate(edges)}
    for cell in cells:
        end = rank[cell.column + cell.colspan]
        cell.column = rank[cell.column]
        cell.colspan = min(end - cell.column, MAX_SPAN)
    begun = sorted({cell.row for cell in cells})
    number_of = {row: index for index, row in enumerate(begun)}
    covered: list[list[tuple[int, int]]] = [[] for _ in begun]
    for cell in cells:
        spanned = range(cell.row, min(cell.row + cell.rowspan, rows))
        rows_left = [number_of[row] for row in spanned if row in number_of]
        cell.row, cell.rowspan = rows_left[0], len(rows_left)
        for row in rows_left:
            covered[row].append((cell.column, cell.column + cell.colspan))
    for row, intervals in enumerate(covered):
        cells += _gaps(row, intervals, len(edges) - 1)
    return cells, len(begun)


def _gaps(row: int, intervals: list[tuple[int, int]], width: int) -> list[_Cell]:
    """Empty cells for what no cell of a row covers."""
    found: list[_Cell] = []
    column = 0
    for start, end in [*sorted(intervals), (width, width)]:
        while start > column:
            gap = min(start - column, MAX_SPAN)
            found.append(_Cell(row, column, gap))
            column += gap
        column = max(column, end)
    return found
