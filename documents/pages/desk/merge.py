"""Two texts of one section put together, block by block and item by item, as a person chooses. Pure; knows no Django.

:func:`differences` lists what differs between their text and mine, :func:`merge` builds the text of the choices made. A block
that nobody chose about stays as it is in both. What stands against what tells :mod:`documents.pages.desk.merge_runs`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from documents.pages.desk.merge_runs import Leaf, Run, flat, is_list, parts_of, runs
from documents.suggestions.blocks import block_key, with_notes
from documents.suggestions.list_kinds import with_parts

Json = dict[str, Any]
Side = Literal["theirs", "mine", "both"]
HEADING = "heading"


@dataclass(frozen=True, slots=True)
class Difference:
    """A run of blocks that differs (``key`` names it in a form); one side may be empty. The heading is one, too. An item is shown as
    a list of its own."""

    key: str
    theirs: tuple[Json, ...]
    mine: tuple[Json, ...]
    suggested: Side


def differences(theirs: Json, mine: Json, opened: Json | None = None) -> list[Difference]:
    """What differs, in reading order. ``opened`` is the text that both started from, where it is known: what only one side
    changed is then suggested from that side; else, and where both changed it, both are."""
    found = []
    if _heading(theirs) != _heading(mine):
        found.append(
            Difference(
                HEADING,
                tuple(theirs["heading"]),
                tuple(mine["heading"]),
                "theirs" if opened is not None and _heading(opened) == _heading(mine) else "mine",
            )
        )
    leaves = [leaf for leaf in flat(runs(theirs, mine)) if not leaf.run.same]
    first = None if opened is None else [key for key, _ in parts_of(opened)]
    moved = _moved(leaves)
    mover = _mover(first, [key for key, _ in parts_of(mine)], moved)
    for leaf in leaves:
        keys = leaf.run.theirs_keys, leaf.run.mine_keys
        suggested = _suggest(*keys, None if first is None else set(first))
        if moved.intersection(keys[0] + keys[1]):
            suggested = "both" if all(keys) else mover
        found.append(Difference(leaf.key, leaf.shown(0), leaf.shown(1), suggested))
    return found


def merge(theirs: Any, mine: Any, choices: Mapping[str, str]) -> Json:
    """The text made of the choices (by :attr:`Difference.key`); without a choice, both sides stay, and the heading is mine."""
    heading = theirs if choices.get(HEADING) == "theirs" else mine
    notes: Json = {}
    result: list[Json] = []

    def take(source: Json, blocks: tuple[Json, ...] | list[Json]) -> list[Json]:
        return [with_notes(block, source, notes) for block in blocks]

    made_heading = with_notes({"content": heading["heading"]}, heading, notes)["content"]

    leaves = [leaf for leaf in flat(runs(theirs, mine)) if not leaf.run.same]
    here = {key for leaf in leaves if choices.get(leaf.key) != "theirs" for key in leaf.run.mine_keys}

    def built(run: Run, key: str) -> list[Json]:
        if run.same:
            return take(mine, run.mine)
        if run.inside:
            content = [part for n, child in enumerate(run.inside) for part in built(child, f"{key}.{n}")]
            held = run.mine[0]
            if not content:
                return []
            return (
                [with_parts(held, content, run.theirs[0])] if is_list(held) else [held | {"content": content}]
            )
        choice = choices.get(key, "both")
        if choice == "both" and run.theirs_keys and not run.mine and here.issuperset(run.theirs_keys):
            return []  # it stands at its place in mine
        parts = take(theirs, run.theirs) if choice in ("theirs", "both") else []
        if choice in ("mine", "both"):
            parts += take(mine, run.beside() if choice == "both" else run.mine)
        return parts

    for number, run in enumerate(runs(theirs, mine)):
        result += built(run, f"b{number}")
    return {"heading": made_heading, "blocks": result, "notes": notes}


def _moved(leaves: Sequence[Leaf]) -> set[bytes]:
    """What stands at one place in theirs and at another one in mine."""
    sides = [Counter(key for leaf in leaves for key in keys(leaf.run)) for keys in (_theirs, _mine)]
    return set(sides[0] & sides[1])


def _theirs(run: Run) -> tuple[bytes, ...]:
    return run.theirs_keys


def _mine(run: Run) -> tuple[bytes, ...]:
    return run.mine_keys


def _mover(first: list[bytes] | None, mine: list[bytes], moved: set[bytes]) -> Side:
    """Whose place is suggested for what was moved: that of who moved it; taken from both, it would be lost or stand there twice."""
    if first is None:
        return "mine"
    both = set(first) & set(mine)
    order = [[key for key in side if key in both] for side in (first, mine)]
    return "theirs" if order[0] == order[1] else "mine"


def _suggest(theirs: tuple[bytes, ...], mine: tuple[bytes, ...], known: set[bytes] | None) -> Side:
    if known is None:
        return "both"
    untouched_theirs, untouched_mine = known.issuperset(theirs), known.issuperset(mine)
    if mine and untouched_mine and not (theirs and untouched_theirs):
        return "theirs"
    if theirs and untouched_theirs and not (mine and untouched_mine):
        return "mine"
    return "both"


def _heading(body: Json) -> bytes:
    return block_key({"content": body["heading"]}, body)
