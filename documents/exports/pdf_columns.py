"""The widths of a table's columns in the PDF, the size of its letters, and where long words break. Computed
as for a Word file."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from documents.text.table_grid import Grid
from documents.word.write.columns import Letters, filled, share_out

Json = Mapping[str, Any]

POINT = 20
"""The columns are shared out in twentieths of a point."""
BREADTH = 0.86
"""Of the PDF's own font, in addition to the widths of :class:`Letters`."""
LOOKS = ((9.0, 5.0), (9.0, 2.5), (8.0, 2.5), (7.0, 2.0), (6.5, 1.5))
"""Sizes of letters and margins of cells, best first. The first is taken that breaks no word."""
AT_HAND = 7.0, 2.0
"""What is taken where there is none: then the longest words break."""
SLACK = 1.0
"""Points: lines of the table, and what rounding takes."""
GAP, SIGN = 0.5, 0.5
"""Between the number of an item, or its sign, and its text. In parts of the letters' size."""
CALLOUT, STEP, OPAQUE = 17.0, 2.3, 14.0
"""The space next to the text. In a box and in opaque text it is in points, in a step in parts of the size."""
SPACES = re.compile(r"([ \t\n]+)")
SOFT_HYPHEN, NO_SIGN = "\u00ad", "\u200b"
"""Two places to break: with a hyphen there, and without."""
VOWEL = "aeiouyëаеиоуыэюяєі"
BETWEEN_SIGNS = re.compile(r"(?<=[\W\d_])(?=\w)")
BETWEEN_SYLLABLES = re.compile(rf"(?<=[^\W\d_][{VOWEL}])(?=[^\W\d_{VOWEL}][^\W\d_])", re.IGNORECASE)
BETWEEN_LETTERS = re.compile(r"(?<=[^\W\d_])(?=[^\W\d_])")


def printed(size: float) -> Letters:
    """The letters of the PDF, in points."""
    return Letters(size, BREADTH, BREADTH)


@dataclass(frozen=True, slots=True)
class Look:
    """A table as it is set, in points: ``widths`` of the columns, ``size`` of the letters, ``inset`` of the
    cells."""

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
    margins = int((2 * inset + SLACK) * POINT)
    texts = filled(grid, lambda block: marker_room(block, size) * POINT)
    return share_out(texts, grid.columns, total, printed(size), margins, margins)


def marker_room(block: Json, size: float) -> float:
    """Points that a block takes next to its text, in letters of that size: of a list for its signs."""
    kind = block["type"]
    if kind == "list":
        items = block.get("content") or []
        labels = [(item.get("attrs") or {}).get("label") or "" for item in items]
        if not any(labels):
            labels = [f"{len(items)}." if (block.get("attrs") or {}).get("ordered") else ""]
        widest = max(printed(size).width(label, bold=True) for label in labels) / POINT if labels else 0.0
        return max(widest, SIGN * size) + GAP * size
    return {"callout": CALLOUT, "step": STEP * size, "opaque": OPAQUE}.get(kind, 0.0)


def is_bold(content: Sequence[Json]) -> bool:
    """Whether some of the words are bold."""
    return any(mark["type"] == "bold" for node in content for mark in node.get("marks") or ())


def breaking(text: str, room: float, letters: Letters, bold: bool) -> str:
    """The text with places to break in each word wider than ``room``. They are after signs and digits,
    between syllables, and between any letters where that is not enough."""
    if letters.longest(text, bold) <= room:
        return text
    return "".join(
        part if letters.longest(part, bold) <= room else _broken(part, room, letters, bold)
        for part in SPACES.split(text)
    )


def _broken(word: str, room: float, letters: Letters, bold: bool) -> str:
    marked = BETWEEN_SYLLABLES.sub(SOFT_HYPHEN, BETWEEN_SIGNS.sub(NO_SIGN, word))
    pieces = re.split(f"([{SOFT_HYPHEN}{NO_SIGN}])", marked)
    hyphen = letters.width("-", bold)
    return "".join(
        piece if letters.width(piece, bold) + hyphen <= room else BETWEEN_LETTERS.sub(SOFT_HYPHEN, piece)
        for piece in pieces
    )


def broken_content(content: Sequence[Json], room: float, letters: Letters, bold: bool) -> list[Json]:
    """Inline content with places to break in the words that are wider than ``room``."""
    return [
        {**node, "text": breaking(node["text"], room, letters, bold)} if node["type"] == "text" else node
        for node in content
    ]
