"""A block that changed, change by change: words, rows of a table, items of a list. Pure, knows no Django."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from documents.suggestions.alike import moved_and_changed
from documents.suggestions.joined_edits import joined_edits
from documents.suggestions.list_kinds import same_kind, with_parts
from documents.suggestions.merge import (
    alike_outside,
    has_parts,
    paired,
    part_key,
    pictures,
    unnumbered,
    with_line,
)
from documents.suggestions.pairing import Pairs
from documents.suggestions.paragraph_ends import elsewhere, seams
from documents.suggestions.standing import MOST_BLOCKS, NONE, Entry, digest
from documents.text import block_text
from documents.text.extraction import block_lines
from documents.word.source_patch.cells import Cell, edits
from documents.word.source_patch.leaves import leaves, shape
from documents.word.source_patch.patching import inlines

Json = dict[str, Any]


class Step(NamedTuple):
    """A block with one change, the words before and after, and which of the pairs of its rows or items the change is about.

    ``follows``: of a row or an item that only moved, the words behind which it stands now; None where something else changed.
    ``becomes``: the words of a row or an item of which this is one change of several, with all of them."""

    block: Json
    old: str
    new: str
    own: tuple[int, ...]
    follows: str | None = None
    becomes: str = ""


def steps(before: Json, after: Json, notes: Json) -> Iterator[Step]:
    """The block with one change each; nothing where it changed as a whole, as a table does that has other columns. That a list has signs now, or other numbers, is one
    beside those of its words."""
    found = _steps(before, after, notes)
    if not same_kind(before, after) and (first := next(found, None)) is not None:
        words = block_text(before)
        yield Step(with_parts(after, before["content"]), words, words, ())
        yield first
    yield from found


def _steps(before: Json, after: Json, notes: Json) -> Iterator[Step]:
    if pictures(before) != pictures(after):
        return
    parts = has_parts(before, after)
    if parts and _part_by_part(before["content"], after["content"]):
        yield from _part_steps(before, after, notes)
    elif shape(before) == shape(after) and not _come_and_go(before, after):
        lines = zip(leaves(before), leaves(after), strict=True)
        owners = (
            [place for place, part in enumerate(before["content"]) for _line in leaves(part)] if parts else []
        )
        for index, (line, line_new) in enumerate(lines):
            cells = line.cells
            for edit in joined_edits(edits(cells, line_new.cells), cells):
                made = [*cells[: edit.start], *edit.cells, *cells[edit.end :]]
                words = _text(cells[edit.start : edit.end], notes), _text(edit.cells, notes)
                yield Step(with_line(before, index, inlines(made)), *words, tuple(owners[index : index + 1]))
    elif parts:
        yield from _part_steps(before, after, notes)
    elif alike_outside(before, after):
        for index, (old, new) in enumerate(zip(before["content"], after["content"], strict=True)):
            found = [] if _several_come_and_go(old, new) else [*steps(old, new, notes)]
            if not found and part_key(old) != part_key(new):
                found = [Step(new, block_text(old), block_text(new), ())]
            for one in found:
                content = [*before["content"][:index], one.block, *before["content"][index + 1 :]]
                follows = one.follows or _said_before(content, index, one.follows)
                yield Step(before | {"content": content}, one.old, one.new, (), follows)


def _part_by_part(rows: Sequence[Json], rows_new: Sequence[Json]) -> bool:
    """Whether rows or items come or go, or are joined or divided."""
    pairs = paired(rows, rows_new)
    return any(None in pair for pair in pairs) or bool(_seams(pairs, rows, rows_new))


def _seams(pairs: Pairs, rows: Sequence[Json], rows_new: Sequence[Json]) -> dict[int, tuple[int, ...]]:
    keys = [*map(part_key, rows)], [*map(part_key, rows_new)]
    return {index: own for own in seams(pairs, rows, rows_new, keys) for index in own}


def _come_and_go(before: Json, after: Json) -> bool:
    """Whether rows or items come, go or move in one of two blocks of one shape, however deep in lists: line by line, one that
    moved would be several that got each other's words."""
    if before["type"] not in ("list", "table", "item", "step"):
        return False
    parts, parts_new = before.get("content") or [], after.get("content") or []
    if has_parts(before, after) and any(None in pair for pair in paired(parts, parts_new)):
        return True
    deeper = zip(parts, parts_new, strict=True) if before["type"] != "table" else ()
    return any(_come_and_go(*pair) for pair in deeper)


def _several_come_and_go(before: Json, after: Json) -> bool:
    """Whether more than one item of a list within an item moved: of those nothing tells where each goes without the others."""
    if not has_parts(before, after):
        return False
    return sum(None in pair for pair in paired(before["content"], after["content"])) > 2


def _said_before(content: Sequence[Json], index: int, follows: str | None) -> str | None:
    """Behind which words the first row or item of a block within another one stands."""
    if follows is None:
        return None
    return next((line for block in reversed(content[:index]) for line in reversed([*block_lines(block)])), "")


def entries(before: Json, after: Json) -> tuple[Entry, ...]:
    """What becomes of each row or item, as the steps count them; nothing where a block has none that come and go one by one."""
    if not has_parts(before, after):
        return ()
    rows, rows_new = before["content"], after["content"]
    kind = before["type"][0]
    if len(rows) > MOST_BLOCKS:
        return ()
    return tuple(
        Entry(
            kind,
            NONE if i is None else digest(part_key(rows[i])),
            NONE if j is None else digest(part_key(rows_new[j])),
        )
        for i, j in paired(rows, rows_new)
    )


def _stays(old: Json, new: Json) -> bool:
    """Whether a row or an item is still there: the same, or with some of its words."""
    return part_key(old) == part_key(new) or bool({*block_text(old).split()} & {*block_text(new).split()})


def _part_steps(before: Json, after: Json, notes: Json) -> Iterator[Step]:
    """The rows or items that were put in, taken out or changed; equal ones at one place together, because nothing tells the
    list without the first of them from that without the second."""
    rows, rows_new = before["content"], after["content"]
    pairs = paired(rows, rows_new)
    both = [(rows[i], rows_new[j]) for i, j in pairs if i is not None and j is not None]
    # Rows that are all emptied, each in its place, are no other table.
    emptied = len(both) == len(pairs) and not any(block_text(new).strip() for _old, new in both)
    if not emptied and not any(_stays(*pair) for pair in both):
        return  # Nothing stays: one by one they would leave a table without rows, or with one that says nothing.
    place = 0
    ends = _seams(pairs, rows, rows_new)
    single = [(-1, -1) if index in ends else pair for index, pair in enumerate(pairs)]
    gone, added = _gone_together(rows, single), _come_together(rows_new, single)
    moved = _moved(rows, rows_new, gone, added)
    of_old = {i: index for index, (i, _) in enumerate(pairs) if i is not None}
    of_new = {j: index for index, (_, j) in enumerate(pairs) if j is not None}
    for index, (i, j) in enumerate(pairs):
        if index in ends:
            place = place if i is None else i + 1
            if index == min(ends[index]):
                yield _with_other_ends(before, after, pairs, ends[index])
            continue
        if i is None and j is not None:
            if here := () if j in moved.values() else added.get(j, ()):
                parts = [*rows[:place], *(rows_new[each] for each in here), *rows[place:]]
                own = tuple(of_new[each] for each in here)
                yield Step(with_parts(before, parts, after), "", _words(rows_new, here), own)
            continue
        if i is None:
            continue
        place = i + 1
        if j is None and i in moved:
            yield _move(before, after, pairs, i, moved[i])
        elif j is None:
            if here := gone.get(i, []):
                parts = [row for index, row in enumerate(rows) if index not in here]
                own = tuple(of_old[each] for each in here)
                yield Step(with_parts(before, parts, after), _words(rows, here), "", own)
        else:
            old, new = unnumbered(rows[i]), unnumbered(rows_new[j])
            found = [*steps(old, new, notes)] if shape(old) == shape(new) else []
            if not found and part_key(old) != part_key(new):
                # With another picture, for one: nothing tells it change by change.
                found = [Step(rows_new[j], block_text(old), block_text(new), ())]
            becomes = block_text(new) if len(found) > 1 else ""
            for one in found:
                made = with_parts(before, [*rows[:i], one.block, *rows[place:]])
                yield one._replace(block=made, own=(of_old[i],), becomes=becomes)


def _with_other_ends(before: Json, after: Json, pairs: Pairs, own: tuple[int, ...]) -> Step:
    """The block with items that were joined or divided, and all that was changed in their words."""
    rows, rows_new = before["content"], after["content"]
    made: list[Json] = []
    for index, (i, j) in enumerate(pairs):
        if index in own:
            made += [] if j is None else [rows_new[j]]
        else:
            made += [] if i is None else [rows[i]]
    gone = [i for index, (i, _) in enumerate(pairs) if index in own and i is not None]
    come = [j for index, (_, j) in enumerate(pairs) if index in own and j is not None]
    follows = None
    if elsewhere(own, pairs):
        follows = block_text(rows_new[come[0] - 1]) if come[0] else ""
    return Step(with_parts(before, made, after), _words(rows, gone), _words(rows_new, come), own, follows)


def _moved(
    rows: Sequence[Json],
    rows_new: Sequence[Json],
    gone: Mapping[int, Sequence[int]],
    added: Mapping[int, Sequence[int]],
) -> dict[int, int]:
    """Where each row or item went that was taken out at one place and put in at another one, with other words perhaps: it is one
    change, not two of which one could be lost. Those that stand several times are not followed: nothing tells which of them it was."""
    keys, keys_new = [part_key(row) for row in rows], [part_key(row) for row in rows_new]
    come = {keys_new[j]: j for j, here in added.items() if len(here) == 1}
    same = {
        i: come[keys[i]]
        for i, here in gone.items()
        if len(here) == 1
        and keys[i] in come
        and keys.count(keys[i]) == keys_new.count(keys[i]) == 1
        and block_text(rows[i]).strip()
    }
    changed = moved_and_changed(
        {i: rows[i] for i, here in gone.items() if len(here) == 1 and i not in same},
        {j: rows_new[j] for j in come.values() if j not in same.values()},
    )
    return same | changed


def _move(before: Json, after: Json, pairs: Pairs, i: int, j: int) -> Step:
    """The block with one row or item at the place where it stands now, among those of the old text."""
    rows, rows_new = before["content"], after["content"]
    places = pairs.index((i, None)), pairs.index((None, j))
    stand = [rows[old] for old, _new in pairs[: places[1]] if old is not None and old != i]
    behind = [rows[old] for old, _new in pairs[places[1] :] if old is not None and old != i]
    words = block_text(rows[i]), block_text(rows_new[j])
    follows = block_text(rows_new[j - 1]) if j else ""
    return Step(with_parts(before, [*stand, rows_new[j], *behind], after), *words, places, follows)


def _gone_together(rows: Sequence[Json], pairs: Pairs) -> dict[int, list[int]]:
    """The rows or items that were taken out, by the first of each run of equal ones."""
    found: dict[int, list[int]] = {}
    keys = [part_key(row) for row in rows]
    first: dict[int, int] = {}
    for i, j in pairs:
        if i is not None and j is None:
            run = i
            while run and keys[run - 1] == keys[i]:
                run -= 1
            found.setdefault(first.setdefault(run, i), []).append(i)
    return found


def _come_together(rows: Sequence[Json], pairs: Pairs) -> dict[int, list[int]]:
    """Those that were put in, by the first of equal ones at each place."""
    found: dict[int, list[int]] = {}
    first: dict[bytes, int] = {}
    for i, j in pairs:
        if i is not None:
            first = {}
        elif j is not None:
            found.setdefault(first.setdefault(part_key(rows[j]), j), []).append(j)
    return found


def _words(rows: Sequence[Json], places: Sequence[int]) -> str:
    return "\n".join(block_text(rows[place]) for place in places)


def _text(cells: Sequence[Cell], notes: Mapping[str, Any]) -> str:
    """The words of some cells; of a note what it says."""
    said = []
    for cell in cells:
        note = notes.get(cell.key.removeprefix("note:"), []) if cell.key.startswith("note:") else []
        said.append(cell.text or " ".join(block_text(block) for block in note))
    return "".join(said)
