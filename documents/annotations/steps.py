"""A block that changed, change by change: words, rows of a table, items of a list. Pure, knows no Django."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from documents.annotations.merge import has_parts, paired, pictures, unnumbered, with_line, with_parts
from documents.docx.own.cells import Cell, Edit, edits
from documents.docx.own.leaves import leaves, shape
from documents.docx.own.patching import inlines
from documents.tree import block_text

Json = dict[str, Any]


def steps(before: Json, after: Json, notes: Json) -> Iterator[tuple[Json, str, str]]:
    """The block with one change each, and the words of the change; nothing where it changed as a whole."""
    if pictures(before) != pictures(after):
        return
    parts = before["type"] == after["type"] and has_parts(before) and has_parts(after)
    if parts and any(None in pair for pair in paired(before["content"], after["content"])):
        yield from _part_steps(before, after, notes)
    elif shape(before) == shape(after):
        lines = zip(leaves(before), leaves(after), strict=True)
        for index, (line, line_new) in enumerate(lines):
            cells = line.cells
            for edit in _joined(edits(cells, line_new.cells), cells):
                made = [*cells[: edit.start], *edit.cells, *cells[edit.end :]]
                words = _text(cells[edit.start : edit.end], notes), _text(edit.cells, notes)
                yield with_line(before, index, inlines(made)), *words
    elif parts:
        yield from _part_steps(before, after, notes)


def _part_steps(before: Json, after: Json, notes: Json) -> Iterator[tuple[Json, str, str]]:
    """The rows or items that were put in, taken out or changed."""
    rows, rows_new = before["content"], after["content"]
    place = 0
    pairs = paired(rows, rows_new)
    if all(None in pair for pair in pairs):
        return  # Nothing stays: one by one they would leave a table without rows.
    for i, j in pairs:
        if i is None and j is not None:
            parts = [*rows[:place], rows_new[j], *rows[place:]]
            yield with_parts(before, parts, after), "", block_text(rows_new[j])
            continue
        if i is None:
            continue
        place = i + 1
        if j is None:
            yield with_parts(before, [*rows[:i], *rows[place:]], after), block_text(rows[i]), ""
        elif shape(unnumbered(rows[i])) == shape(unnumbered(rows_new[j])):
            for row, gone, come in steps(unnumbered(rows[i]), unnumbered(rows_new[j]), notes):
                yield with_parts(before, [*rows[:i], row, *rows[place:]]), gone, come
        else:
            parts = [*rows[:i], rows_new[j], *rows[place:]]
            yield with_parts(before, parts), block_text(rows[i]), block_text(rows_new[j])


def _joined(found: Sequence[Edit], cells: Sequence[Cell]) -> list[Edit]:
    """Edits with nothing but blanks between them are one."""
    made: list[Edit] = []
    for edit in found:
        last = made[-1] if made else None
        between = cells[last.end : edit.start] if last else []
        if last is not None and not any(cell.text.strip() or not cell.text for cell in between):
            made[-1] = Edit(last.start, edit.end, [*last.cells, *between, *edit.cells])
        else:
            made.append(edit)
    return made


def _text(cells: Sequence[Cell], notes: Mapping[str, Any]) -> str:
    """The words of some cells; of a note what it says."""
    said = []
    for cell in cells:
        note = notes.get(cell.key.removeprefix("note:"), []) if cell.key.startswith("note:") else []
        said.append(cell.text or " ".join(block_text(block) for block in note))
    return "".join(said)
