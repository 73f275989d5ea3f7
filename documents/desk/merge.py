"""Two texts of one section put together, block by block, as a person chooses. Pure; knows no Django.

:func:`differences` lists what differs between their text and mine, :func:`merge` builds the text of the choices made. A block
that nobody chose about stays as it is in both.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Literal

from documents.suggestions.blocks import block_key, keyed_blocks, with_notes

Json = dict[str, Any]
Side = Literal["theirs", "mine", "both"]
HEADING = "heading"


@dataclass(frozen=True, slots=True)
class Difference:
    """A run of blocks that differs (``key`` names it in a form); one side may be empty. The heading is one, too."""

    key: str
    theirs: tuple[Json, ...]
    mine: tuple[Json, ...]
    suggested: Side


@dataclass(frozen=True, slots=True)
class _Run:
    same: bool
    theirs: tuple[Json, ...]
    mine: tuple[Json, ...]


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
    known = None if opened is None else {key for key, _ in keyed_blocks(opened)}
    for number, run in enumerate(_runs(theirs, mine)):
        if not run.same:
            suggested = _suggest(run, theirs, mine, known)
            found.append(Difference(f"b{number}", run.theirs, run.mine, suggested))
    return found


def merge(theirs: Json, mine: Json, choices: Mapping[str, str]) -> Json:
    """The text made of the choices (by :attr:`Difference.key`); without a choice, both sides stay, and the heading is mine."""
    heading = theirs if choices.get(HEADING) == "theirs" else mine
    notes: Json = {}
    result: list[Json] = []

    def take(source: Json, blocks: tuple[Json, ...] | list[Json]) -> list[Json]:
        return [with_notes(block, source, notes) for block in blocks]

    made_heading = with_notes({"content": heading["heading"]}, heading, notes)["content"]
    for number, run in enumerate(_runs(theirs, mine)):
        choice = "mine" if run.same else choices.get(f"b{number}", "both")
        if choice in ("theirs", "both"):
            result.extend(take(theirs, run.theirs))
        if choice in ("mine", "both"):
            result.extend(take(mine, run.mine))
    return {"heading": made_heading, "blocks": result, "notes": notes}


def _suggest(run: _Run, theirs: Json, mine: Json, known: set[bytes] | None) -> Side:
    if known is None:
        return "both"
    untouched_theirs = all(block_key(block, theirs) in known for block in run.theirs)
    untouched_mine = all(block_key(block, mine) in known for block in run.mine)
    if run.mine and untouched_mine and not (run.theirs and untouched_theirs):
        return "theirs"
    if run.theirs and untouched_theirs and not (run.mine and untouched_mine):
        return "mine"
    return "both"


def _runs(theirs: Json, mine: Json) -> Iterator[_Run]:
    left, right = keyed_blocks(theirs), keyed_blocks(mine)
    matcher = SequenceMatcher(None, [key for key, _ in left], [key for key, _ in right], autojunk=False)
    for op, a, b, c, d in matcher.get_opcodes():
        blocks = tuple(block for _, block in left[a:b]), tuple(block for _, block in right[c:d])
        if op != "replace":
            yield _Run(op == "equal", *blocks)
            continue
        # Blocks that stand against one another are chosen one by one; what is over, together.
        pairs = min(b - a, d - c)
        for index in range(pairs - 1):
            yield _Run(False, blocks[0][index : index + 1], blocks[1][index : index + 1])
        yield _Run(False, blocks[0][pairs - 1 :], blocks[1][pairs - 1 :])


def _heading(body: Json) -> bytes:
    return block_key({"content": body["heading"]}, body)
