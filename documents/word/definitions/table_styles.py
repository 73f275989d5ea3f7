"""What a table's style hides: of the full table, or of some of its rows and columns (ISO/IEC 29500-1,
17.7.6).

Nothing else of a table's style says what a text is: its letters, colours and borders are looks. Which part of
a style says what, :func:`read_parts` tells.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from documents.word.file import ns
from documents.word.file.ns import VAL, Element, child, flag, number, val, w

MAX_CHAIN, MAX_SPAN = 40, 1000
WHOLE = "wholeTable"
LOOKS = {
    "firstRow": 0x0020,
    "lastRow": 0x0040,
    "firstColumn": 0x0080,
    "lastColumn": 0x0100,
    "noHBand": 0x0200,
    "noVBand": 0x0400,
}
"""The bits of ``w:tblLook``, which newer files say as attributes of these names."""


@dataclass(frozen=True, slots=True)
class Place:
    """A cell in its table, by the columns of the grid."""

    row: int
    rows: int
    column: int
    behind: int
    """The column behind the cell."""
    columns: int


@dataclass(frozen=True, slots=True)
class Hiding:
    """The hiding by a table's style, by the part of the table (``firstRow``, ``band1Horz`` …). And how many
    rows and columns make a band."""

    by_part: Mapping[str, bool]
    row_band: int = 1
    column_band: int = 1

    def hides(self, look: Element | None, place: Place) -> bool:
        """Whether the text of a cell is hidden. ``look``: the ``w:tblLook`` that tells which parts have a
        format of their own."""
        hidden = False
        for part in (WHOLE, *_parts(look, place, self.row_band, self.column_band)):
            hidden = self.by_part.get(part, hidden)
        return hidden


@dataclass(frozen=True, slots=True)
class Parts:
    """By the part of a table, the elements of its style that say something of it, the strongest first."""

    by_part: Mapping[str, list[Element]]
    row_band: int
    column_band: int


def _parts(look: Element | None, place: Place, row_band: int, column_band: int) -> Iterator[str]:
    """The parts of a table that a cell is in, the stronger ones later."""
    on = {name: _says(look, name) for name in LOOKS}
    top, bottom = _ends(on["firstRow"], on["lastRow"], place.row == 0, place.row == place.rows - 1)
    left, right = _ends(on["firstColumn"], on["lastColumn"], place.column == 0, place.behind >= place.columns)
    row = "firstRow" if top else "lastRow" if bottom else ""
    column = "firstCol" if left else "lastCol" if right else ""
    if not on["noVBand"] and not column:
        yield f"band{_band_number(place.column - on['firstColumn'], column_band)}Vert"
    if not on["noHBand"] and not row:
        yield f"band{_band_number(place.row - on['firstRow'], row_band)}Horz"
    yield from filter(None, (row, column))
    if row and column:
        yield ("n" if top else "s") + ("w" if left else "e") + "Cell"


def _ends(first: bool, last: bool, at_start: bool, at_end: bool) -> tuple[bool, bool]:
    """Whether a place is the first and the last of its direction, where these have a format of their own."""
    begins = first and at_start
    return begins, last and at_end and not begins


def _band_number(at: int, size: int) -> int:
    return 2 if at // size % 2 else 1


def _says(look: Element | None, name: str) -> bool:
    if look is None:
        return False
    value = look.get(w(name))
    if value is not None:
        return value.lower() not in ns.OFF
    try:
        return bool(int(look.get(VAL) or "0", 16) & LOOKS[name])
    except ValueError:
        return False


def size_of(table: Element) -> tuple[int, int]:
    """How many rows and columns a table has, without rows whose deletion is tracked."""
    rows = [row for row in _rows(table) if child(child(row, "trPr"), "del") is None]
    widths = [_before(row) + sum(map(_span, _cells(row))) for row in rows]
    return len(rows), max(widths, default=0)


def place_of(cell: Element, row: Element, table: Element) -> Place:
    """Where a cell is."""
    rows, columns = size_of(table)
    cells = list(_cells(row))
    column = _before(row) + sum(map(_span, cells[: cells.index(cell)]))
    return Place(_rows(table).index(row), rows, column, column + _span(cell), columns)


def _rows(table: Element) -> list[Element]:
    return [row for row in table.iter(w("tr")) if next(row.iterancestors(w("tbl"))) is table]


def _cells(row: Element) -> Iterator[Element]:
    return (cell for cell in row.iter(w("tc")) if next(cell.iterancestors(w("tr"))) is row)


def _before(row: Element) -> int:
    return number(val(child(row, "trPr"), "gridBefore"), 0, 0, MAX_SPAN)


def _span(cell: Element) -> int:
    return number(val(child(cell, "tcPr"), "gridSpan"), 1, 1, MAX_SPAN)


def read_parts(raw: Mapping[str, Element], style_id: str) -> Parts | None:
    """What the style of that id and its base styles define for the parts of a table. None without such a
    style. ``raw``: the elements of all styles by id."""
    chain: list[Element] = []
    step: str | None = style_id
    while step and step in raw and raw[step] not in chain and len(chain) < MAX_CHAIN:
        chain.append(raw[step])
        step = val(raw[step], "basedOn")
    if not chain:
        return None
    by_part: dict[str, list[Element]] = {}
    for style in chain:
        for part, holder in [(WHOLE, style), *_conditional(style)]:
            by_part.setdefault(part, []).append(holder)
    return Parts(by_part, _band(chain, "tblStyleRowBandSize"), _band(chain, "tblStyleColBandSize"))


def read_hiding(raw: Mapping[str, Element], style_id: str) -> Hiding | None:
    """What the style of that id and those it is based on hide; None where they hide nothing. ``raw`` as for
    :func:`read_parts`."""
    parts = read_parts(raw, style_id)
    by_part: dict[str, bool] = {}
    for part, holders in parts.by_part.items() if parts is not None else ():
        flags = (flag(child(holder, "rPr"), "vanish") for holder in holders)
        hidden = next((one for one in flags if one is not None), None)
        if hidden is not None:
            by_part[part] = hidden
    if parts is None or not any(by_part.values()):
        return None
    return Hiding(by_part, parts.row_band, parts.column_band)


def _conditional(style: Element) -> Iterator[tuple[str, Element]]:
    for node in style.iterchildren(w("tblStylePr")):
        yield node.get(w("type")) or "", node


def _band(chain: Sequence[Element], name: str) -> int:
    found = (val(child(style, "tblPr"), name) for style in chain)
    return number(next((size for size in found if size), None), 1, 1, 1000)
