"""Two texts of one section as suggestions, each of which can be taken or left by itself. Pure, knows no Django.

A suggestion holds a piece of the text before and after, as small bodies (:data:`Json`): put on another state of the text
(:func:`put_in`), it changes there just what it changed here, or says that it can't.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from rapidfuzz import fuzz

from documents.annotations.blocks import keyed_blocks, with_notes
from documents.docx.own.cells import Cell, Edit, edits, flatten
from documents.docx.own.leaves import leaves, shape
from documents.docx.own.patching import inlines, pairs
from documents.tree import block_text, canonical_json, inline_text, normalise_body

Json = dict[str, Any]
HEADING, CHANGED, ADDED, REMOVED = "heading", "changed", "added", "removed"
MOST_IN_BLOCK = 12
"""A block with more changes than this is one suggestion."""
LIKE = 60.0
"""From 100: below this, a block is another block."""
REWRITTEN = 50.0
"""Below this, a block in another's place is not the same one changed: one was taken out, one added."""
NEXT = "\x1e"


@dataclass(frozen=True)
class Suggested:
    """``kind`` is one of the four above. ``old`` and ``new`` are the words, for showing and for finding who wrote them;
    ``place`` the texts of blocks that an added one may follow, the nearest first (:data:`NEXT` between them)."""

    kind: str
    before: Json
    after: Json
    old: str
    new: str
    place: str = ""


def suggestions(old: Json, new: Json) -> list[Suggested]:
    """What makes the new body of the old one, in reading order."""
    found: list[Suggested] = []
    if canonical_json(old["heading"]) != canonical_json(new["heading"]):
        before, after = _part(old, (), old["heading"]), _part(new, (), new["heading"])
        found.append(
            Suggested(HEADING, before, after, inline_text(old["heading"]), inline_text(new["heading"]))
        )
    left, right = keyed_blocks(old), keyed_blocks(new)
    matcher = SequenceMatcher(None, [key for key, _ in left], [key for key, _ in right], autojunk=False)
    for op, a, b, c, d in matcher.get_opcodes():
        if op == "equal":
            continue
        places = [block_text(left[a - 1][1])] if a else []
        for i, j in pairs([x for _, x in left[a:b]], [x for _, x in right[c:d]]):
            gone = left[a + i][1] if i is not None else None
            come = right[c + j][1] if j is not None else None
            if gone is not None and come is not None and _same(gone, come):
                found += _changed(old, gone, new, come)
                places.insert(0, block_text(gone))
                continue
            if gone is not None:
                found.append(Suggested(REMOVED, _part(old, (gone,)), _part(old, ()), block_text(gone), ""))
            if come is not None:
                words = block_text(come)
                place = NEXT.join(places)
                found.append(Suggested(ADDED, _part(new, ()), _part(new, (come,)), "", words, place))
                places.insert(0, words)
    return found


def put_in(
    current: Json, kind: str, before: Json, after: Json, place: str, *, force: bool = False
) -> Json | None:
    """The text with the suggestion in it; None where what it speaks of is another text by now.

    ``force``: then put the suggested text in place of what is most like it, or beside it."""
    if kind == HEADING:
        return _heading(current, before, after, force)
    blocks = list(current["blocks"])
    if kind == ADDED:
        if keyed_blocks(after)[0][0] in {key for key, _ in keyed_blocks(current)}:
            return current
        near = (_most_like(blocks, text) for text in place.split(NEXT) if text)
        at = next((found for found in near if found is not None), len(blocks) - 1 if place else -1)
        return _with_blocks(current, blocks[: at + 1], after, blocks[at + 1 :])
    wanted = keyed_blocks(before)[0][0]
    keys = [key for key, _ in keyed_blocks(current)]
    if wanted in keys:
        at = keys.index(wanted)
        return _with_blocks(current, blocks[:at], after, blocks[at + 1 :])
    likely = _most_like(blocks, block_text(before["blocks"][0]), before["blocks"][0]["type"])
    if kind == REMOVED:
        if likely is None:
            return current
        return _with_blocks(current, blocks[:likely], after, blocks[likely + 1 :]) if force else None
    if likely is None:
        return _with_blocks(current, blocks, after, []) if force else None
    merged = three_way(before["blocks"][0], blocks[likely], after["blocks"][0])
    if merged is not None:
        return normalise_body(current | {"blocks": [*blocks[:likely], merged, *blocks[likely + 1 :]]})
    return _with_blocks(current, blocks[:likely], after, blocks[likely + 1 :]) if force else None


def nearest(current: Json, before: Json) -> Json | None:
    """The part of the text as it is that the suggestion speaks of, for showing it beside."""
    if not before["blocks"]:
        return _part(current, (), current["heading"])
    at = _most_like(list(current["blocks"]), block_text(before["blocks"][0]), before["blocks"][0]["type"])
    return None if at is None else _part(current, (current["blocks"][at],))


def three_way(base: Json, mine: Json, theirs: Json) -> Json | None:
    """The block with the changes of both, where they touch different words; else None."""
    if not shape(base) == shape(mine) == shape(theirs):
        return None
    lines = [list(leaves(block)) for block in (base, mine, theirs)]
    if (
        len({len(found) for found in lines}) != 1
        or _objects(base) != _objects(mine)
        or _objects(base) != _objects(theirs)
    ):
        return None
    made = copy.deepcopy(mine)
    for index, (a, b, c) in enumerate(zip(*lines, strict=True)):
        merged = _merge(a.cells, b.cells, c.cells)
        if merged is None:
            return None
        made = with_line(made, index, inlines(merged))
    return made


def with_line(block: Json, index: int, content: list[Json]) -> Json:
    """The block with other content in its line of that number (as :func:`leaves` counts)."""
    made = copy.deepcopy(block)
    wanted = [line.content for line in leaves(made)][index]

    def walk(node: Json) -> bool:
        if node.get("content") is wanted:
            node["content"] = content
            return True
        return any(walk(child) for child in node.get("content") or [] if isinstance(child, dict))

    walk(made)
    return made


def _same(before: Json, after: Json) -> bool:
    if before["type"] != "paragraph":
        return True
    return fuzz.ratio(block_text(before), block_text(after)) >= REWRITTEN


def _changed(old: Json, before: Json, new: Json, after: Json) -> list[Suggested]:
    """A block's changes, one by one where they are changes of words."""
    lines, lines_new = list(leaves(before)), list(leaves(after))
    whole = Suggested(
        CHANGED, _part(old, (before,)), _part(new, (after,)), block_text(before), block_text(after)
    )
    if shape(before) != shape(after) or len(lines) != len(lines_new) or _objects(before) or _objects(after):
        return [whole]
    found: list[Suggested] = []
    for index, (line, line_new) in enumerate(zip(lines, lines_new, strict=True)):
        cells = line.cells
        for edit in _joined(edits(cells, line_new.cells), cells):
            made = [*cells[: edit.start], *edit.cells, *cells[edit.end :]]
            block = with_line(before, index, inlines(made))
            found.append(
                Suggested(
                    CHANGED,
                    _part(old, (before,)),
                    _part(old, (block,)),
                    _text(cells[edit.start : edit.end]),
                    _text(edit.cells),
                )
            )
    return found if 0 < len(found) <= MOST_IN_BLOCK else [whole]


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


def _merge(base: Sequence[Cell], mine: Sequence[Cell], theirs: Sequence[Cell]) -> list[Cell] | None:
    ours, others = edits(base, mine), edits(base, theirs)
    kept: list[Edit] = list(ours)
    for edit in others:
        twin = next((x for x in ours if (x.start, x.end) == (edit.start, edit.end)), None)
        if twin is not None and _text(twin.cells) == _text(edit.cells):
            continue
        if any((x.start < edit.end and edit.start < x.end) or x.start == edit.start for x in ours):
            return None
        kept.append(edit)
    made: list[Cell] = list(base)
    for edit in sorted(kept, key=lambda x: x.start, reverse=True):
        made[edit.start : edit.end] = edit.cells
    return made


def _heading(current: Json, before: Json, after: Json, force: bool) -> Json | None:
    if canonical_json(current["heading"]) != canonical_json(before["heading"]):
        if canonical_json(current["heading"]) == canonical_json(after["heading"]):
            return current
        merged = _merge(flatten(before["heading"]), flatten(current["heading"]), flatten(after["heading"]))
        if merged is not None:
            return normalise_body(current | {"heading": inlines(merged)})
        if not force:
            return None
    return normalise_body(current | {"heading": after["heading"], "notes": current["notes"] | after["notes"]})


def _part(body: Json, blocks: tuple[Json, ...], heading: Sequence[Json] = ()) -> Json:
    """A small body of some blocks, with the notes that they name."""
    named = {node["attrs"]["id"] for node in _nodes([*blocks, *heading]) if node.get("type") == "note"}
    notes = {key: value for key, value in (body.get("notes") or {}).items() if key in named}
    return {"heading": list(heading), "blocks": _plain(list(blocks)), "notes": notes}


def _with_blocks(current: Json, head: Sequence[Json], after: Json, tail: Sequence[Json]) -> Json:
    notes: Json = {}
    heading = with_notes({"content": current["heading"]}, current, notes)["content"]
    made = [with_notes(block, current, notes) for block in head]
    made += [with_notes(block, after, notes) for block in after["blocks"]]
    made += [with_notes(block, current, notes) for block in tail]
    return normalise_body({"heading": heading, "blocks": made, "notes": notes})


def _most_like(blocks: Sequence[Json], text: str, kind: str = "") -> int | None:
    scores = [
        (fuzz.ratio(block_text(block), text), -index)
        for index, block in enumerate(blocks)
        if not kind or block["type"] == kind
    ]
    best = max(scores, default=(0.0, 0))
    return -best[1] if best[0] >= LIKE else None


def _objects(block: Json) -> list[Mapping[str, Any]]:
    return [node for node in _nodes([block]) if node.get("type") in ("note", "image")]


def _nodes(value: Sequence[Any]) -> list[Mapping[str, Any]]:
    found: list[Mapping[str, Any]] = []
    for node in value:
        found.append(node)
        found += _nodes(node.get("content") or [])
    return found


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return [_plain(part) for part in value]
    if isinstance(value, Mapping):
        made = {key: _plain(part) for key, part in value.items() if key != "ooxml"}
        return {key: part for key, part in made.items() if key != "attrs" or part}
    return value


def _text(cells: Sequence[Cell]) -> str:
    return "".join(cell.text for cell in cells)
