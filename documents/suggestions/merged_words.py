"""The words of a line, or of paragraphs that were joined or divided, in three texts: what one person made of them and what another
one did, put together. Pure, knows no Django."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from documents.word.source_patch.cells import Cell, Edit, edits, flatten
from documents.word.source_patch.patching import inlines

Json = dict[str, Any]
END = Cell("", "end")
"""Where a paragraph ends and the next one begins."""


def merged_cells(
    base: Sequence[Cell], mine: Sequence[Cell], theirs: Sequence[Cell], *, force: bool = False
) -> list[Cell] | None:
    """A line with the edits of both; None where they touch the same words, unless theirs are forced."""
    return _merged(base, edits(base, mine), edits(base, theirs), force)


def merged_paragraphs(
    base: Sequence[Json], mine: Sequence[Json], theirs: Sequence[Json], *, force: bool = False
) -> list[Json] | None:
    """Paragraphs that they joined or divided, each with the words that I changed in it: as many as theirs. None where they touch the
    same words, or I have more or fewer."""
    if len(base) != len(mine) or any(
        _look(one) != _look(other) for one, other in zip(base, mine, strict=True)
    ):
        return None
    ours: list[Edit] = []
    start = 0
    for one, other in zip(base, mine, strict=True):
        cells = flatten(one["content"])
        ours += [
            Edit(start + edit.start, start + edit.end, edit.cells)
            for edit in edits(cells, flatten(other["content"]))
        ]
        start += len(cells) + 1
    cells = _with_ends(base)
    made = _merged(cells, ours, edits(cells, _with_ends(theirs)), force)
    if made is None:
        return None
    lines: list[list[Cell]] = [[]]
    for cell in made:
        if cell is END:
            lines.append([])
        else:
            lines[-1].append(cell)
    if len(lines) != len(theirs):
        return None
    return [one | {"content": inlines(line)} for one, line in zip(theirs, lines, strict=True)]


def _merged(
    base: Sequence[Cell], ours: Sequence[Edit], others: Sequence[Edit], force: bool
) -> list[Cell] | None:
    kept: list[Edit] = list(ours)
    for edit in others:
        twin = next((x for x in ours if (x.start, x.end) == (edit.start, edit.end)), None)
        if twin is not None and _said(twin.cells) == _said(edit.cells):
            continue
        same = [x for x in ours if (x.start < edit.end and edit.start < x.end) or x.start == edit.start]
        if same and not force:
            return None
        kept = [x for x in kept if x not in same]
        kept.append(edit)
    made: list[Cell] = list(base)
    for edit in sorted(kept, key=lambda x: x.start, reverse=True):
        made[edit.start : edit.end] = edit.cells
    return made


def _with_ends(paragraphs: Sequence[Json]) -> list[Cell]:
    made: list[Cell] = []
    for number, one in enumerate(paragraphs):
        made += [END] if number else []
        made += flatten(one["content"])
    return made


def _look(paragraph: Json) -> Json:
    return {key: value for key, value in (paragraph.get("attrs") or {}).items() if key != "ooxml"}


def _said(cells: Sequence[Cell]) -> str:
    return "".join(cell.text or cell.key for cell in cells)
