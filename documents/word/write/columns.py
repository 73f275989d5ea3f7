"""The widths of a table's columns: by the amount of text in them, and none narrower than its longest word.

The reader's fonts and their substitutes are unknown. So letters are counted as wide as DejaVu's, a wide font,
where there is room for that. Else as their own font has them. Word corrects the rest, since our tables are
laid out by their content there. LibreOffice takes the widths as they are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from documents.text.extraction import block_text
from documents.text.table_grid import Grid

Json = Mapping[str, Any]

LEAST = 500
"""No column is narrower, in twentieths of a point, where there is room for more."""
GROUPS = (
    (0.32, "ijlј.,:;'’/| "),
    (0.40, 'tfI!()[]-"'),
    (0.48, "rJЈ–"),
    (0.54, "szcšžčćçгѓсзѕ?“„”"),
    (0.60, "aekovxyëабвеотух"),
    (0.68, "FLPSTYZŠŽдинпцчГЃЅРТ"),
    (0.74, "ABCEKRVXÇČĆËБВЕУХАСКЌЧм"),
    (0.82, "DGOQĐДЂОwUфЛ"),
    (0.90, "HNњИНПЋФЦЏ&жљш"),
    (0.98, "m%—@"),
    (1.08, "MWМЉЖЊ"),
    (1.16, "Ш"),
)
WIDTHS = {letter: width for width, letters in GROUPS for letter in letters}
OTHER = 0.64
"""Of all other letters and of digits, in parts of their size."""
BOLD = 1.11
WIDE = re.compile(r"verdana|dejavu|tahoma|bookman|century|courier|consolas|mono|black", re.IGNORECASE)
BROAD, USUAL = 0.985, 0.93
"""The usual width of such a font and any other in relation to these widths, which are the greatest. Arial is
wide among the others."""
LEFT_OVER = 0.6
"""How much of what its longest word needs a column keeps where that has no room."""
LONGEST_WHOLE = 34
"""Letters: a longer word, an address as a rule, breaks before columns get wider for it."""
MARGIN = 108
"""Word's own margin left and right in a cell."""
WORD_END = re.compile(r"[ \t\n\u200b\u00ad]+|(?<=[-–—])(?=\w)")


@dataclass(frozen=True, slots=True)
class Letters:
    """The letters of a text: their size in points, and their width in relation to a wide font."""

    size: float = 11.0
    breadth: float = USUAL
    widest: float = 1.0
    """The breadth of another font that may be in place of theirs."""

    @staticmethod
    def of(size: float, font: str | None) -> Letters:
        return Letters(size, BROAD if font and WIDE.search(font) else USUAL)

    @property
    def at_widest(self) -> Letters:
        """As another font in place of theirs may show them."""
        return Letters(self.size, self.widest, self.widest)

    def width(self, text: str, bold: bool = False) -> float:
        """How wide a line is, in twentieths of a point."""
        ems = sum(WIDTHS.get(letter, OTHER) for letter in text)
        return ems * self.size * 20 * self.breadth * (BOLD if bold else 1.0)

    def longest(self, text: str, bold: bool = False) -> float:
        """How wide the longest word is."""
        return max(self.width(word, bold) for word in WORD_END.split(text))


@dataclass(frozen=True, slots=True)
class Filled:
    """The text in ``span`` columns from ``start`` on. ``marker_room`` is the room of a list's numbers."""

    start: int
    span: int
    text: str
    bold: bool = False
    marker_room: int = 0


def filled(grid: Grid, marker_room: Callable[[Json], float]) -> list[Filled]:
    """The texts in the columns of a table. ``marker_room`` gives the room that a block takes next to its
    text. Cells at the head and at the left may be bold by the style of the table."""
    found = []
    for cell in grid.cells:
        bold = cell.header or cell.y == 0 or cell.x == 0 or any(map(_is_bold, cell.blocks))
        found.append(Filled(cell.x, cell.colspan, _shortened("\n".join(map(block_text, cell.blocks))), bold))
        for text, room in _set_in(cell.blocks, 0, marker_room):
            found.append(Filled(cell.x, cell.colspan, _shortened(text), bold, round(room)))
    return found


def _set_in(
    blocks: Sequence[Json], around: float, marker_room: Callable[[Json], float]
) -> Iterator[tuple[str, float]]:
    """The texts with a marker next to them, and its room. Of a table in a cell the longest words of a row
    count as one."""
    for block in blocks:
        room, content = around + marker_room(block), block.get("content") or []
        if block["type"] == "table":
            for row in content:
                words = [max(WORD_END.split(block_text(cell)), key=len) for cell in row.get("content") or []]
                yield "_".join(words), room + len(words) * 2 * MARGIN
        elif block["type"] in ("list", "item", "step", "callout"):
            yield from _set_in(content, room, marker_room)
        elif room:
            yield block_text(block), room


def _is_bold(block: Json) -> bool:
    content = block.get("content") or []
    if block["type"] in ("paragraph", "figure"):
        return any(mark["type"] == "bold" for node in content for mark in node.get("marks") or ())
    return any(map(_is_bold, content))


def _shortened(text: str) -> str:
    """The text with what is too long to stand whole (an address) cut to what is not."""
    if len(text) <= LONGEST_WHOLE:
        return text
    return re.sub(rf"\S{{{LONGEST_WHOLE},}}", lambda word: word[0][: LONGEST_WHOLE // 2], text)


def share_out(
    cells: Sequence[Filled], count: int, total: int, letters: Letters, margins: int, tight: int
) -> tuple[list[int], bool]:
    """The widths of ``count`` columns, together ``total``, and whether every word fits with ``margins`` left
    and right in each cell. Else they are made for ``tight`` margins. Where the longest words have no room
    then either, the longest are those that break."""
    wide = _needs(cells, count, total, letters.at_widest, margins)
    roomy = sum(wide) <= total
    if roomy:
        widths = _shared(_weights(cells, count), wide, total)
    else:
        least = _needs(cells, count, total, letters, tight)
        wide = _needs(cells, count, total, letters.at_widest, tight)
        if sum(wide) <= total:
            widths = _shared(_weights(cells, count), wide, total)
        elif sum(least) <= total:
            widths = _grown(least, wide, total)
        else:
            widths = _cut(least, total)
    rounded = [max(int(width), 1) for width in widths]
    rounded[rounded.index(max(rounded))] += total - sum(rounded)
    return [max(width, 1) for width in rounded], roomy


def _weights(cells: Sequence[Filled], count: int) -> list[float]:
    """How much text the columns hold; a long one counts less than its length, a narrow column is read
    badly."""
    weights = [6.0] * count
    for cell in cells:
        for column in range(cell.start, min(cell.start + cell.span, count)):
            weights[column] = max(weights[column], min(len(cell.text) / cell.span, 160.0) ** 0.75)
    return weights


def _needs(cells: Sequence[Filled], count: int, total: int, letters: Letters, margins: int) -> list[float]:
    """How wide each column must be for its longest word."""
    needs = [float(min(LEAST, total // count))] * count
    for cell in sorted(cells, key=lambda one: one.span):
        if not cell.text.strip():
            continue
        columns = range(cell.start, min(cell.start + cell.span, count))
        need = letters.longest(cell.text, cell.bold) + cell.marker_room + margins
        missing = max(need - sum(needs[column] for column in columns), 0.0)
        for column in columns:
            needs[column] += missing / cell.span
    return needs


def _grown(least: list[float], wide: list[float], total: int) -> list[float]:
    """What each needs at least, and what is left over for those that could do with little more."""
    widths, left = list(least), total - sum(least)
    for column in sorted(range(len(least)), key=lambda one: wide[one] - least[one]):
        more = min(wide[column] - least[column], left)
        widths[column] += more
        left -= more
    return widths


def _shared(weights: list[float], needs: list[float], total: int) -> list[float]:
    """By weight, each at least what it needs."""
    fixed: set[int] = set()
    while True:
        free = [column for column in range(len(needs)) if column not in fixed]
        left = total - sum(needs[column] for column in fixed)
        heavy = sum(weights[column] for column in free)
        short = {column for column in free if left * weights[column] / heavy < needs[column]}
        if not short or len(short) == len(free):
            # All short at once happens where nothing is left over: then the needs are the widths.
            fixed |= short
            return [
                needs[column] if column in fixed else left * weights[column] / heavy
                for column in range(len(needs))
            ]
        fixed |= short


def _cut(needs: list[float], total: int) -> list[float]:
    """As much as each needs, but for as few of the widest as possible: they share what is left."""
    order = sorted(range(len(needs)), key=lambda column: needs[column])
    for whole in range(len(order) - 1, -1, -1):
        left = total - sum(needs[column] for column in order[:whole])
        most = left / (len(order) - whole)
        if most >= needs[order[-1]] * LEFT_OVER or not whole:
            break
    return [min(need, most) if place not in order[:whole] else need for place, need in enumerate(needs)]
