"""What the changing of lines and blocks needs, here and where suggestions are put into a text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from documents.word.source_patch.cells import Cell

Json = Mapping[str, Any]


def inlines(cells: Sequence[Cell]) -> list[dict[str, Any]]:
    """Inline content from its cells."""
    made: list[dict[str, Any]] = []
    for (_, key), group in groupby(cells, lambda cell: (cell.marks, cell.key)):
        found = list(group)
        if key == "break":
            made += [{"type": "break"} for _ in found]
        elif key:
            made += [cell.node for cell in found]
        else:
            text = "".join(cell.text for cell in found)
            marks = list(found[0].node or [])
            made.append({"type": "text", "text": text} | ({"marks": marks} if marks else {}))
    return made


def pairs(old: Sequence[Json], new: Sequence[Json]) -> list[tuple[int | None, int | None]]:
    """Which of some blocks became which, in the order of the new ones; what is left over has no partner."""
    found: list[tuple[int | None, int | None]] = []
    left = list(range(len(old)))
    for j, block in enumerate(new):
        spare = len(new) - j
        i = left[0] if left and old[left[0]]["type"] == block["type"] else None
        if i is None and len(left) > spare:
            i = next((x for x in left if old[x]["type"] == block["type"]), None)
        if i is None:
            found.append((None, j))
            continue
        while left and left[0] < i:
            found.append((left.pop(0), None))
        left.remove(i)
        found.append((i, j))
    return found + [(i, None) for i in left]
