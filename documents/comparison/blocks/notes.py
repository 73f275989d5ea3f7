"""The footnotes of a section matched and compared."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from documents.comparison.blocks.diff import Siblings, diff_blocks
from documents.comparison.context import NOTE_NEW, NOTE_OLD, NOTE_PAIR, NOTES, Context
from documents.comparison.inlines import NO_SIDE, Side
from documents.comparison.model import NodeChange, NoteChange


def diff_notes(
    old: dict[str, Any], new: dict[str, Any], uids: Mapping[str, str], context: Context
) -> tuple[Side, Side, tuple[NoteChange, ...]]:
    """The footnotes of a section matched and compared. Gives the two sides for comparing its blocks, so that
    a renumbered note is the same note."""
    bare = Side({}, uids)
    if not old and not new:
        return bare, NO_SIDE, ()
    olds = [{"type": "note_text", "content": blocks} for blocks in old.values()]
    news = [{"type": "note_text", "content": blocks} for blocks in new.values()]
    numbers = _numbers(olds, old) | _numbers(news, new)
    marks: tuple[dict[str, str], dict[str, str]] = ({}, {})
    changes = []
    for place, node in enumerate(Siblings(olds, news, bare, NO_SIDE, context).compare()):
        if node.op == "moved_away":
            continue
        mark = min(place, NOTES - 1)
        old_number, old_id = numbers.get(id(node.old), (None, None))
        new_number, new_id = numbers.get(id(node.new), (None, None))
        if old_id is not None:
            marks[0][old_id] = chr((NOTE_OLD if new_id is None else NOTE_PAIR) + mark)
        if new_id is not None:
            marks[1][new_id] = chr((NOTE_NEW if old_id is None else NOTE_PAIR) + mark)
        op, blocks = _in_its_place(node, bare, context)
        changes.append(NoteChange(op, old_id, new_id, old_number, new_number, blocks))  # type: ignore[arg-type]
    return Side(marks[0], uids), Side(marks[1], {}), tuple(changes)


def _numbers(notes: list[dict[str, Any]], ids: Iterable[str]) -> dict[int, tuple[int | None, str | None]]:
    """By note its number and its id."""
    return {id(note): (number, key) for number, (note, key) in enumerate(zip(notes, ids, strict=True), 1)}


def _in_its_place(node: NodeChange, side: Side, context: Context) -> tuple[str, tuple[NodeChange, ...]]:
    """What happened to the blocks of a note, and to the note. One that moved only has another number."""
    blocks = node.children
    if node.op in ("same", "added", "removed", "moved") and not blocks:
        contents = ((node.old or {}).get("content") or [], (node.new or {}).get("content") or [])
        blocks = diff_blocks(*contents, side, NO_SIDE, context)
    if node.op != "moved":
        return node.op, blocks
    ops = {block.op for block in blocks}
    return "same" if ops <= {"same"} else "format" if ops <= {"same", "format"} else "changed", blocks
