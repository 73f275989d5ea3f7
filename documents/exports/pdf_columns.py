"""How wide the columns of a table stand in the PDF, and how large its letters: counted as for a Word file, by
the words in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from documents.exports.grid import Grid, lay_out
from documents.exports.pdf_text_width import Printed
from documents.text.extraction import block_text, inline_text
from documents.word.write.columns import Filled, share_out

Json = Mapping[str, Any]

POINT = 20
"""The columns are shared out in twentieths of a point."""
LOOKS = ((9.0, 5.0), (9.0, 2.5), (8.0, 2.5), (7.0, 2.0), (6.5, 1.5))
"""Sizes of letters and margins of cells, from the best on: the first in which every word stands whole is
taken."""
AT_HAND = 7.0, 2.0
"""What is taken where there is none: then the longest words break."""
LONGEST_WHOLE = 34
"""Letters: a longer word, an address as a rule, breaks before a table gets smaller for it."""
SLACK = 1.0
"""Points: lines of the table, and what rounding takes."""
GAP, SIGN = 0.5, 0.5
"""Between the number of an item and its text, and the sign of one without a number; in parts of the letters'
size."""
CALLOUT, STEP, OPAQUE = 17.0, 2.3, 14.0
"""What stands beside the text in a box (points), a step (parts of the size) and in what is kept as it was
(points)."""


@dataclass(frozen=True, slots=True)
class Look:
    """A table as it is set: ``widths`` of the columns, ``size`` of the letters and ``inset`` of the cells, in
    points."""

    widths: list[int]
    size: float
    inset: float

    def room(self, start: int, span: int) -> float:
        """Points for the text of a cell: rounding must break no word."""
        return max(sum(self.widths[start : start + span]) / POINT - 2 * self.inset - SLACK / 4, 1.0)


def look_of(grid: Grid, room: float, most: float = LOOKS[0][0]) -> Look:
    """How a table is set that may be ``room`` points wide, in letters of at most ``most`` points."""
    total = max(int(room * POINT), grid.columns)
    for size, inset in LOOKS:
        if size > most:
            continue
        widths, whole = _shared(grid, total, size, inset)
        if whole:
            return Look(widths, size, inset)
    size, inset = min(AT_HAND[0], most), AT_HAND[1]
    return Look(_shared(grid, total, size, inset)[0], size, inset)


def _shared(grid: Grid, total: int, size: float, inset: float) -> tuple[list[int], bool]:
    letters = Printed(size)
    margins = int((2 * inset + SLACK) * POINT)
    return share_out(list(_filled(grid, letters, inset)), grid.columns, total, letters, margins, margins)


def _filled(grid: Grid, letters: Printed, inset: float) -> Iterator[Filled]:
    """What the columns hold. A cell with lists or tables in it is told of more than once: whole, and each
    part with what stands beside it."""
    for cell in grid.cells:
        for text, bold, beside in _parts(cell.blocks, cell.header, 0.0, letters, inset):
            yield Filled(cell.x, cell.colspan, _without_long(text), bold, round(beside * POINT))


def _parts(
    blocks: Sequence[Json], bold: bool, beside: float, letters: Printed, inset: float
) -> Iterator[tuple[str, bool, float]]:
    """The texts in a cell, whether bold, and the points beside each."""
    for block in blocks:
        kind, content = block["type"], block.get("content") or []
        if kind in ("paragraph", "figure"):
            yield inline_text(content), bold or is_bold(content), beside
        elif kind == "list":
            inner = beside + number_room(block, letters)
            for item in content:
                yield from _parts(item.get("content") or [], bold, inner, letters, inset)
        elif kind == "table":
            grid = lay_out(content)
            # What the table in the table needs at least, beside no words.
            needs = _least(grid, letters, inset)
            yield ".", bold, beside + needs
        elif kind in ("callout", "step"):
            more = CALLOUT if kind == "callout" else STEP * letters.size
            attrs = block.get("attrs") or {}
            for key in ("title", "who", "limit"):
                if attrs.get(key):
                    yield str(attrs[key]), True, beside + more
            yield from _parts(content, bold, beside + more, letters, inset)
        else:
            yield block_text(block), bold, beside + OPAQUE


def _least(grid: Grid, letters: Printed, inset: float) -> float:
    """Points that a table needs for its longest words."""
    needs = [0.0] * grid.columns
    for filled in sorted(_filled(grid, letters, inset), key=lambda one: one.span):
        if filled.text.strip():
            columns = range(filled.start, filled.start + filled.span)
            need = (letters.longest(filled.text, filled.bold) + filled.beside) / POINT + 2 * inset + SLACK
            missing = max(need - sum(needs[column] for column in columns), 0.0)
            for column in columns:
                needs[column] += missing / filled.span
    return sum(needs)


def number_room(block: Json, letters: Printed) -> float:
    """Points that the numbers or signs of a list take beside the text of its items."""
    items = block.get("content") or []
    labels = [(item.get("attrs") or {}).get("label") or "" for item in items]
    if not any(labels):
        ordered = (block.get("attrs") or {}).get("ordered")
        labels = [f"{len(items)}." if ordered else ""]
    widest = max((letters.width(label, bold=True) for label in labels), default=0.0) / POINT
    return max(widest, SIGN * letters.size) + GAP * letters.size


def is_bold(content: Sequence[Json]) -> bool:
    """Whether some of the words stand bold."""
    return any(mark["type"] == "bold" for node in content for mark in node.get("marks") or ())


def _without_long(text: str) -> str:
    """The text with what is too long to stand whole cut to what is not."""
    if len(text) <= LONGEST_WHOLE:
        return text
    return " ".join(
        word[: LONGEST_WHOLE // 2] if len(word) > LONGEST_WHOLE else word for word in text.split()
    )
