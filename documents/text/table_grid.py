"""The place of each cell of a table, for writers that need it. Rows and columns are counted, spans stay
inside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Json = Mapping[str, Any]

MOST_COLUMNS = 64
"""Word stops at 63; what a hostile table claims beyond that is cut off."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell at column ``x`` and row ``y``."""

    x: int
    y: int
    colspan: int
    rowspan: int
    header: bool
    blocks: Sequence[Json]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table laid out: how many columns, how many rows at its head, and every cell in reading order."""

    columns: int
    rows: int
    head: int
    cells: tuple[Cell, ...]


def lay_out(rows: Sequence[Json], most: int = MOST_COLUMNS) -> Grid:
    """The grid of a table block's rows, by the rules of HTML. A cell has the next free place in its row.

    Spans are cut where they would leave the table or overlap another cell. ``most`` is the limit of
    columns."""
    taken: set[tuple[int, int]] = set()
    cells: list[Cell] = []
    width = 1
    for y, row in enumerate(rows):
        x = 0
        for cell in row.get("content") or []:
            while (x, y) in taken:
                x += 1
            if x >= most:
                break
            attrs = cell.get("attrs") or {}
            colspan = min(int(attrs.get("colspan") or 1), most - x)
            rowspan = min(int(attrs.get("rowspan") or 1), len(rows) - y)
            free = 1
            while free < colspan and (x + free, y) not in taken:
                free += 1
            colspan = free
            taken.update((x + dx, y + dy) for dx in range(colspan) for dy in range(rowspan))
            cells.append(Cell(x, y, colspan, rowspan, bool(attrs.get("header")), cell.get("content") or []))
            x += colspan
            width = max(width, x)
    return Grid(width, len(rows), _head(rows, cells), tuple(cells))


def _head(rows: Sequence[Json], cells: Sequence[Cell]) -> int:
    """How many rows at the top are a head. All their cells are, and none of them reaches below. Never all
    rows."""
    head = 0
    for y in range(len(rows) - 1):
        here = [cell for cell in cells if cell.y == y]
        if not here or not all(cell.header for cell in here):
            break
        if all(cell.y + cell.rowspan <= y + 1 for cell in cells if cell.y <= y):
            head = y + 1
    return head
