"""Tables with their merged cells."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import cast

from documents.text.schema import MAX_SPAN
from documents.text.table_grid import Cell, Grid, lay_out
from documents.text.types import Block
from documents.word.file.markup import e
from documents.word.file.ns import Element
from documents.word.write.columns import MARGIN, Letters, filled, share_out
from documents.word.write.styles import LIST_STEP

PAGE_WIDTH = 9638
"""The width of a page's text, in twentieths of a point: A4 without margins of 2 cm."""
TIGHT, EDGE = 45, 15
"""The margins of a cell left and right where words would have no room otherwise. And the lines of the
table."""
MARGINS = 2 * MARGIN + EDGE
"""Word's own margins: what a table has whose style says none."""
Cells = Callable[[Sequence[Block]], list[Element]]


def write_table(
    block: Block, cells: Cells, indent: int = 0, room: int = PAGE_WIDTH, letters: Letters | None = None
) -> Element:
    """A ``w:tbl`` as wide as ``room``; ``cells`` writes the blocks of one cell; ``letters`` are those of its
    text."""
    grid = lay_out(block.get("content") or [], MAX_SPAN)
    texts = filled(grid, lambda inner: LIST_STEP if inner["type"] == "list" else 0)
    columns, roomy = share_out(
        texts, grid.columns, room - indent, letters or Letters(), MARGINS, 2 * TIGHT + EDGE
    )
    table = _frame(columns, indent, roomy)
    heading = True
    for y, row in enumerate(_placed(grid)):
        begun = [cell for _, _, cell in row if cell is not None and cell.y == y]
        heading = heading and bool(begun) and all(cell.header for cell in begun)
        made = e("tr", e("trPr", e("cantSplit"), e("tblHeader") if heading else None))
        for start, span, cell in row:
            made.append(_cell(cell, y, sum(columns[start : start + span]), span, heading, cells))
        table.append(made)
    return table


def _frame(columns: Sequence[int], indent: int, roomy: bool) -> Element:
    """The table without its rows."""
    tight = e("tblCellMar", e("left", w=TIGHT, type="dxa"), e("right", w=TIGHT, type="dxa"))
    look = {"firstRow": 1, "lastRow": 0, "firstColumn": 1, "lastColumn": 0, "noHBand": 0, "noVBand": 1}
    return e(
        "tbl",
        e(
            "tblPr",
            e("tblStyle", val="TableGrid"),
            e("tblW", w=sum(columns), type="dxa"),
            e("tblInd", w=indent, type="dxa") if indent else None,
            e("tblLayout", type="autofit"),
            None if roomy else tight,
            e("tblLook", val="04A0", **look),
        ),
        e("tblGrid", *(e("gridCol", w=column) for column in columns)),
    )


def _cell(cell: Cell | None, y: int, width: int, span: int, heading: bool, cells: Cells) -> Element:
    """The cell that is in row ``y``, or goes on there from above; an empty one for None."""
    properties = e("tcPr", e("tcW", w=width, type="dxa"), e("gridSpan", val=span) if span > 1 else None)
    goes_on = cell is not None and cell.y != y
    if cell is not None and cell.rowspan > 1:
        properties.append(e("vMerge") if goes_on else e("vMerge", val="restart"))
    if heading:
        properties.append(e("shd", val="clear", color="auto", fill="E9EEF5"))
    blocks = [cast(Block, block) for block in cell.blocks] if cell is not None else []
    return e("tc", properties, *([e("p")] if goes_on else cells(blocks)))


def _placed(grid: Grid) -> Iterator[list[tuple[int, int, Cell | None]]]:
    """For each row its places from the left: column, span, and the cell that is or goes on there."""
    taken = {(cell.x, y): cell for cell in grid.cells for y in range(cell.y, cell.y + cell.rowspan)}
    for y in range(grid.rows):
        row: list[tuple[int, int, Cell | None]] = []
        x = 0
        while x < grid.columns:
            cell = taken.get((x, y))
            following = (column for column in range(x + 1, grid.columns) if (column, y) in taken)
            end = next(following, grid.columns) if cell is None else x + cell.colspan
            row.append((x, end - x, cell))
            x = end
        yield row
