"""Tables with their merged cells."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from documents.text.extraction import block_text
from documents.text.types import Block
from documents.word.markup import e
from documents.word.ns import Element
from documents.word.write.columns import Filled, Letters, share_out
from documents.word.write.styles import LIST_STEP

PAGE_WIDTH = 9638
"""The width of a page's text, in twentieths of a point: A4 without margins of 2 cm."""
TIGHT, EDGE = 45, 15
"""The margins of a cell left and right where words would have no room otherwise, and the lines of the
table."""
MARGINS = 2 * 108 + EDGE
"""Word's own margins: what a table has whose style says none."""
Cells = Callable[[Sequence[Block]], list[Element]]


def write_table(
    block: Block, cells: Cells, indent: int = 0, room: int = PAGE_WIDTH, letters: Letters | None = None
) -> Element:
    """A ``w:tbl`` as wide as ``room``; ``cells`` writes the blocks of one cell; ``letters`` are those of its
    text."""
    rows, width = _grid(block)
    columns, roomy = share_out(
        _filled(rows), width, room - indent, letters or Letters(), MARGINS, 2 * TIGHT + EDGE
    )
    table = e(
        "tbl",
        e(
            "tblPr",
            e("tblStyle", val="TableGrid"),
            e("tblW", w=sum(columns), type="dxa"),
            e("tblInd", w=indent, type="dxa") if indent else None,
            e("tblLayout", type="autofit"),
            None
            if roomy
            else e("tblCellMar", e("left", w=TIGHT, type="dxa"), e("right", w=TIGHT, type="dxa")),
            e(
                "tblLook",
                val="04A0",
                firstRow=1,
                lastRow=0,
                firstColumn=1,
                lastColumn=0,
                noHBand=0,
                noVBand=1,
            ),
        ),
        e("tblGrid", *(e("gridCol", w=column) for column in columns)),
    )
    heading = True
    for row in rows:
        heading = (
            heading
            and any(cell is not None and (cell.get("attrs") or {}).get("header") for _, _, cell, _ in row)
            and all(cell is None or (cell.get("attrs") or {}).get("header") for _, _, cell, _ in row)
        )
        made = e("tr", e("trPr", e("cantSplit"), e("tblHeader") if heading else None))
        for start, span, cell, spans_down in row:
            properties = e(
                "tcPr",
                e("tcW", w=sum(columns[start : start + span]), type="dxa"),
                e("gridSpan", val=span) if span > 1 else None,
            )
            if cell is None:
                properties.append(e("vMerge"))
            elif spans_down:
                properties.append(e("vMerge", val="restart"))
            if heading:
                properties.append(e("shd", val="clear", color="auto", fill="E9EEF5"))
            made.append(
                e("tc", properties, *(cells(cell.get("content") or []) if cell is not None else [e("p")]))
            )
        table.append(made)
    return table


EMPTY_CELL: Block = {"type": "cell", "content": []}
Place = tuple[int, int, Block | None, bool]


def _grid(block: Block) -> tuple[list[list[Place]], int]:
    """For each row its cells as (column, span, cell or None where one from above goes on, whether it goes
    on below)."""
    source = block.get("content") or []
    open_down: dict[int, tuple[int, int]] = {}
    rows: list[list[Place]] = []
    width = 1
    for index, row in enumerate(source):
        placed: list[Place] = []
        following: dict[int, tuple[int, int]] = {}
        column = 0
        waiting = list(row.get("content") or [])
        while waiting or any(start >= column for start in open_down):
            if column in open_down:
                span, left = open_down[column]
                placed.append((column, span, None, False))
                if left > 1:
                    following[column] = (span, left - 1)
            elif waiting:
                cell = waiting.pop(0)
                attrs = cell.get("attrs") or {}
                span = attrs.get("colspan", 1)
                nearest = min((start for start in open_down if start > column), default=column + span)
                span = min(span, nearest - column)
                down = min(attrs.get("rowspan", 1), len(source) - index)
                placed.append((column, span, cell, down > 1))
                if down > 1:
                    following[column] = (span, down - 1)
            else:
                nearest = min(start for start in open_down if start > column)
                span = nearest - column
                placed.append((column, span, EMPTY_CELL, False))
            column += span
        open_down = following
        width = max(width, column)
        rows.append(placed)
    for placed in rows:
        end = placed[-1][0] + placed[-1][1] if placed else 0
        if end < width:
            placed.append((end, width - end, EMPTY_CELL, False))
    return rows, width


def _filled(rows: list[list[Place]]) -> list[Filled]:
    """What the columns hold; cells at the head and at the left may be bold by the style of the table."""
    found = []
    for index, row in enumerate(rows):
        for start, span, cell, _ in row:
            if cell is None:
                continue
            blocks = cell.get("content") or []
            bold = index == 0 or start == 0 or bool((cell.get("attrs") or {}).get("header"))
            beside = LIST_STEP if any(block["type"] == "list" for block in blocks) else 0
            found.append(Filled(start, span, "\n".join(map(block_text, blocks)), bold, beside))
    return found
