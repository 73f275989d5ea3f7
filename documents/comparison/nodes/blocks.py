"""Blocks, items, rows and cells compared: which is which, what was added, removed and moved, and the words within."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from documents.comparison.align import Pair, align, best_in_order, equal_pairs, fill_gaps
from documents.comparison.context import NOTE_NEW, NOTE_OLD, NOTE_PAIR, NOTES, Context, Side, signature
from documents.comparison.model import FieldChange, NodeChange, NoteChange, WordOp
from documents.comparison.nodes.likeness import PARTS, Likeness, content_of
from documents.comparison.nodes.moved import MOST_LIKE, as_moved, moves, moves_of_like
from documents.comparison.nodes.numbers import NUMBERS, other_numbers
from documents.comparison.nodes.running import without_label
from documents.comparison.nodes.seams import with_seams
from documents.comparison.nodes.torn import in_pieces
from documents.comparison.words.diff import diff_words
from documents.comparison.words.inline import text_of
from documents.comparison.words.writer import mark_changes

Json = dict[str, Any]

MOVABLE = frozenset({"item", "row"})
WITH_WORDS = frozenset({"paragraph", "figure", "opaque"})
TEXT_FIELDS = frozenset({"title", "who", "limit", "alt", "text"})
LOOK_FIELDS = frozenset({"style", "ordered", NUMBERS, "tone", "header", "colspan", "rowspan", "kind"})


def diff_nodes(
    old: Sequence[Json], new: Sequence[Json], old_side: Side, new_side: Side, context: Context
) -> tuple[NodeChange, ...]:
    """What happened to a list of nodes of one parent."""
    pieces = in_pieces(old, new, old_side, new_side, context)
    return with_seams(diff_pairs(pieces, new, old_side, new_side, context), old_side, new_side, context)


def diff_pairs(
    old: Sequence[Json], new: Sequence[Json], old_side: Side, new_side: Side, context: Context
) -> tuple[NodeChange, ...]:
    """The same one by one: of a paragraph that was parted only one part goes on."""
    head, tail = (0, 0) if old_side.notes or new_side.notes else _equal_ends(old, new)
    if head or tail:
        end_old, end_new = len(old) - tail, len(new) - tail
        inner = diff_pairs(old[head:end_old], new[head:end_new], old_side, new_side, context)
        return (*_same(old[:head], new[:head]), *inner, *_same(old[end_old:], new[end_new:]))
    if not old and not new:
        return ()
    likeness = Likeness(old, new, old_side, new_side, context)
    if len(old) == len(new) and not old_side.notes and not new_side.notes and likeness.all_sure():
        return tuple(
            [
                NodeChange("same", b["type"], a, b)
                if a == b
                else diff_node(a, b, old_side, new_side, context, likeness.words[(place, place)])
                for place, (a, b) in enumerate(zip(old, new, strict=True))
            ]
        )
    old_keys = context.nodes.string([signature(without_label(node), old_side, context) for node in old])
    new_keys = context.nodes.string([signature(without_label(node), new_side, context) for node in new])
    kind = (old or new)[0]["type"]
    if kind == "cell" and len(old) == len(new):
        pairs: list[Pair] = [(index, index) for index in range(len(old))]
    else:
        pairs = _aligned(old_keys, new_keys, likeness, kind)
    moved = moves(pairs, old_keys, new_keys, old)
    if kind in MOVABLE:
        moved |= moves_of_like(pairs, moved, likeness)
    changes = []
    for i, j in pairs:
        if i is None:
            assert j is not None  # noqa: S101
            from_there = moved.get(("new", j))
            if from_there is None:
                changes.append(NodeChange("added", new[j]["type"], None, new[j]))
            elif old_keys[from_there] == new_keys[j]:
                changes.append(NodeChange("moved", new[j]["type"], old[from_there], new[j]))
            else:
                changes.append(as_moved(diff_node(old[from_there], new[j], old_side, new_side, context)))
        elif j is None:
            to = moved.get(("old", i))
            gone = "removed" if to is None else "moved_away"
            changes.append(NodeChange(gone, old[i]["type"], old[i], None if to is None else new[to]))  # type: ignore[arg-type]
        elif old_keys[i] == new_keys[j]:
            changes.append(NodeChange("same", new[j]["type"], old[i], new[j]))
        else:
            words = likeness.words.get((i, j))
            changes.append(diff_node(old[i], new[j], old_side, new_side, context, words))
    return tuple(changes)


def _aligned(old_keys: str, new_keys: str, likeness: Likeness, kind: str) -> list[Pair]:
    lone = kind in PARTS
    pairs = likeness.renumbered(equal_pairs(old_keys, new_keys))
    pairs = fill_gaps(pairs, likeness, likeness.least, lone=lone, sure=likeness.sure)
    if kind in MOVABLE and len(old_keys) * len(new_keys) <= MOST_LIKE:
        gone = {old_keys[i] for i, j in pairs if i is not None and j is None}
        if any(i is None and j is not None and new_keys[j] in gone for i, j in pairs):
            return best_in_order(old_keys, new_keys, likeness, likeness.least, lone=lone)
    return pairs


def _equal_ends(old: Sequence[Json], new: Sequence[Json]) -> tuple[int, int]:
    """How many nodes both begin and end with, to the last letter; where there are notes, their ids say nothing."""
    shorter = min(len(old), len(new))
    head = 0
    while head < shorter and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < shorter - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    return head, tail


def _same(old: Sequence[Json], new: Sequence[Json]) -> list[NodeChange]:
    return [NodeChange("same", b["type"], a, b) for a, b in zip(old, new, strict=True)]


def diff_node(
    old: Json,
    new: Json,
    old_side: Side,
    new_side: Side,
    context: Context,
    known: tuple[WordOp, ...] | None = None,
) -> NodeChange:
    """What happened to one node; both are of one type. ``known`` are its words where they were compared already."""
    kind = new["type"]
    words: tuple[WordOp, ...] = ()
    children: tuple[NodeChange, ...] = ()
    if known is not None:
        words = known
    elif kind in WITH_WORDS:
        words = diff_words(content_of(old), content_of(new), old_side, new_side, context)
    else:
        children = diff_nodes(content_of(old), content_of(new), old_side, new_side, context)
    before, after = _attrs(old), _attrs(new)
    fields = () if before == after else _diff_fields(before, after, context, opaque=kind == "opaque")
    if kind == "list" and not any(field.name == "ordered" for field in fields):
        fields += other_numbers(old, new, children, context)
    if not fields and all(op.op == "keep" for op in words) and all(child.op == "same" for child in children):
        # Only what Word alone knows differs, or a number that goes without saying.
        return NodeChange("same", kind, old, new)
    op = "changed" if _says_more(words, children, fields) else "format"
    return NodeChange(op, kind, old, new, fields, words, children)  # type: ignore[arg-type]


def diff_notes(
    old: dict[str, Any], new: dict[str, Any], uids: dict[str, str], context: Context
) -> tuple[Side, Side, tuple[NoteChange, ...]]:
    """The footnotes of a section matched and compared. Gives the two sides under which its blocks are compared, so that a
    note which only got another number is the same note."""
    bare_old, bare_new = Side({}, uids), Side({}, {})
    if not old and not new:
        return bare_old, bare_new, ()
    olds = [{"type": "note_text", "content": blocks} for blocks in old.values()]
    news = [{"type": "note_text", "content": blocks} for blocks in new.values()]
    old_ids, new_ids = list(old), list(new)
    old_keys = context.nodes.string([signature(note, bare_old, context) for note in olds])
    new_keys = context.nodes.string([signature(note, bare_new, context) for note in news])
    likeness = Likeness(olds, news, bare_old, bare_new, context)
    old_marks: dict[str, str] = {}
    new_marks: dict[str, str] = {}
    changes = []
    for number, (i, j) in enumerate(align(old_keys, new_keys, likeness, likeness.least, lone=True)):
        mark = min(number, NOTES - 1)
        if i is not None:
            old_marks[old_ids[i]] = chr((NOTE_OLD if j is None else NOTE_PAIR) + mark)
        if j is not None:
            new_marks[new_ids[j]] = chr((NOTE_NEW if i is None else NOTE_PAIR) + mark)
        old_blocks = olds[i]["content"] if i is not None else []
        new_blocks = news[j]["content"] if j is not None else []
        blocks = diff_nodes(old_blocks, new_blocks, bare_old, bare_new, context)
        if i is None:
            op = "added"
        elif j is None:
            op = "removed"
        elif all(block.op == "same" for block in blocks):
            op = "same"
        else:
            op = "format" if all(block.op in ("same", "format") for block in blocks) else "changed"
        changes.append(
            NoteChange(
                op,  # type: ignore[arg-type]
                None if i is None else old_ids[i],
                None if j is None else new_ids[j],
                None if i is None else i + 1,
                None if j is None else j + 1,
                blocks,
            )
        )
    return Side(old_marks, uids), Side(new_marks, {}), tuple(changes)


def says_more(words: Sequence[WordOp]) -> bool:
    """Whether words changed more than in their look: other words, or a link that leads elsewhere."""
    for op in words:
        if op.op in ("ins", "del"):
            nodes = op.new or op.old
            if text_of(nodes).strip() or any(node["type"] in ("note", "image") for node in nodes):
                return True
        elif op.op == "format" and any(change.target for change in mark_changes(op)):
            return True
    return False


def other_words(words: Sequence[WordOp]) -> bool:
    """Whether the words themselves are others: not where only a link, a note or an image came, went or changed."""
    if not any(op.op in ("ins", "del") and text_of(op.new or op.old).strip() for op in words):
        return False
    before = "".join([text_of(op.old) for op in words])
    after = "".join([text_of(op.new) for op in words])
    return before.split() != after.split()


def _says_more(
    words: Sequence[WordOp], children: Sequence[NodeChange], fields: Sequence[FieldChange]
) -> bool:
    return (
        says_more(words)
        or any(child.op not in ("same", "format") for child in children)
        or any(
            field.name not in LOOK_FIELDS and not (field.words and not says_more(field.words))
            for field in fields
        )
    )


def _attrs(node: Json) -> Json:
    return node.get("attrs") or {}


def _diff_fields(old: Json, new: Json, context: Context, *, opaque: bool) -> tuple[FieldChange, ...]:
    changes = []
    nothing = Side({}, {})
    # The number of an item is told of its list.
    for name in sorted({*old, *new} - {"ooxml", "label"}):
        before, after = old.get(name), new.get(name)
        if before == after or (opaque and name == "text"):
            continue
        words: tuple[WordOp, ...] = ()
        if name in TEXT_FIELDS:
            words = diff_words(_as_text(before), _as_text(after), nothing, nothing, context)
        changes.append(FieldChange(name, before, after, words))
    return tuple(changes)


def _as_text(value: object) -> list[Json]:
    return [{"type": "text", "text": value}] if value else []
