"""What of two texts of a section stands against what: runs of blocks, and within a list that both have its items. Pure; knows no
Django."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Any

from documents.suggestions.blocks import keyed_blocks, uncounted_keys
from documents.suggestions.merge import paired

Json = dict[str, Any]
Parts = tuple[Json, ...]


@dataclass(frozen=True, slots=True)
class Run:
    """Parts of theirs that stand against parts of mine, with what each is compared by; ``inside`` tells it of what is in the one
    part of each side (a list, or an item with a list in it)."""

    same: bool
    theirs: Parts
    mine: Parts
    theirs_keys: tuple[bytes, ...]
    mine_keys: tuple[bytes, ...]
    own: Parts = ()
    """Of two lists: the items of mine that theirs lacks."""
    inside: tuple[Run, ...] = ()

    def beside(self) -> Parts:
        """What of mine goes behind theirs where both stay: of two lists only the items that theirs lacks."""
        if not (_lists(self.theirs) and _lists(self.mine)):
            return self.mine
        return (self.mine[0] | {"content": list(self.own)},) if self.own else ()


@dataclass(frozen=True, slots=True)
class Leaf:
    """A run that is chosen about by itself; ``within``: the run that it is inside of."""

    key: str
    run: Run
    within: Run | None

    def shown(self, side: int) -> Parts:
        """Its parts of one side (0: theirs) as blocks: items in a list."""
        parts = (self.run.theirs, self.run.mine)[side]
        if self.within is None or not parts or not _lists(self.within.mine):
            return parts
        return ((self.within.theirs, self.within.mine)[side][0] | {"content": list(parts)},)


def flat(made: Sequence[Run], name: str = "b", within: Run | None = None) -> Iterator[Leaf]:
    """The runs that are chosen about, in reading order, each with its name in a form."""
    for number, run in enumerate(made):
        if run.inside:
            yield from flat(run.inside, f"{name}{number}.", run)
        else:
            yield Leaf(f"{name}{number}", run, within)


def parts_of(body: Json) -> Iterator[tuple[bytes, Json]]:
    """All that may be chosen about in a text: its blocks, their items, and what is in these."""
    yield from keyed_blocks(body)
    waiting = list(body["blocks"])
    while waiting:
        block = waiting.pop(0)
        inside = block.get("content") or []
        if block["type"] in ("list", "item"):
            yield from zip(_keys(inside, body), inside, strict=True)
            waiting = inside + waiting


def runs(theirs: Json, mine: Json) -> list[Run]:
    """Both texts from beginning to end."""
    left, right = keyed_blocks(theirs), keyed_blocks(mine)
    matcher = SequenceMatcher(None, [key for key, _ in left], [key for key, _ in right], autojunk=False)
    found: list[Run] = []
    for op, a, b, c, d in matcher.get_opcodes():
        if op == "replace":
            for one, other in _against(left[a:b], right[c:d]):
                found.append(_opened(_run(False, one, other), theirs, mine))
        else:
            found.append(_run(op == "equal", left[a:b], right[c:d]))
    return found


Keyed = Sequence[tuple[bytes, Json]]


def _run(same: bool, left: Keyed, right: Keyed) -> Run:
    return Run(
        same,
        tuple(part for _, part in left),
        tuple(part for _, part in right),
        tuple(key for key, _ in left),
        tuple(key for key, _ in right),
    )


def _against(left: Keyed, right: Keyed) -> Iterator[tuple[Keyed, Keyed]]:
    """Which blocks of a gap stand against one another: list against list where there are as many, between them one against one;
    what is over, together."""
    at = [[n for n, (_, block) in enumerate(side) if is_list(block)] for side in (left, right)]
    if len(at[0]) != len(at[1]):
        at = [[], []]
    start = 0, 0
    for i, j in [*zip(*at, strict=True), (len(left), len(right))]:
        yield from _one_by_one(left[start[0] : i], right[start[1] : j])
        if i < len(left):
            yield left[i : i + 1], right[j : j + 1]
        start = i + 1, j + 1


def _one_by_one(left: Keyed, right: Keyed) -> Iterator[tuple[Keyed, Keyed]]:
    pairs = min(len(left), len(right))
    for index in range(pairs - 1):
        yield left[index : index + 1], right[index : index + 1]
    rest = max(pairs - 1, 0)
    if left[rest:] or right[rest:]:
        yield left[rest:], right[rest:]


def _opened(run: Run, theirs: Json, mine: Json) -> Run:
    """A run with what is inside of it, where both sides are one list, or one item of the same kinds of blocks with a list in it."""
    if run.same or not len(run.theirs) == len(run.mine) == 1:
        return run
    one, other = run.theirs[0], run.mine[0]
    inside = [part.get("content") or [] for part in (one, other)]
    keys = _keys(inside[0], theirs), _keys(inside[1], mine)
    if is_list(one) and is_list(other):
        own = tuple(item for key, item in zip(keys[1], inside[1], strict=True) if key not in set(keys[0]))
        run = replace(run, own=own)
        if _ordered(one) != _ordered(other):
            return run
        pairs = paired(inside[0], inside[1])
        ways = [[pair[side] for pair in pairs if pair[side] is not None] for side in (0, 1)]
        crossing = any(a >= b for way in ways for a, b in pairwise(way))  # type: ignore[operator]
        if crossing or not any(None not in pair for pair in pairs):
            return run
    elif one["type"] == other["type"] == "item":
        kinds = [[block["type"] for block in blocks] for blocks in inside]
        if kinds[0] != kinds[1] or "list" not in kinds[0]:
            return run
        pairs = [(n, n) for n in range(len(inside[0]))]
    else:
        return run
    made = []
    for i, j in pairs:
        left = [] if i is None else [(keys[0][i], inside[0][i])]
        right = [] if j is None else [(keys[1][j], inside[1][j])]
        same = bool(left and right) and left[0][0] == right[0][0]
        made.append(_opened(_run(same, left, right), theirs, mine))
    # Where the items are the same, their numbers differ: that is chosen about as a whole.
    return run if all(part.same for part in made) else replace(run, inside=tuple(made))


def _keys(parts: list[Json], body: Json) -> list[bytes]:
    """What items and what is in them are compared by: their words, not the numbers that their places give them."""
    return uncounted_keys({"blocks": parts, "notes": body.get("notes") or {}})


def is_list(block: Json) -> bool:
    """Whether a block is a list."""
    return bool(block.get("type") == "list")


def _lists(parts: Parts) -> bool:
    return len(parts) == 1 and is_list(parts[0])


def _ordered(block: Json) -> bool:
    return bool((block.get("attrs") or {}).get("ordered"))
