"""Lists that were torn, as a paragraph or a table stands between their items now, and such that were joined again. No item moved."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from itertools import pairwise
from typing import Any

from documents.comparison.context import Context, Side
from documents.comparison.nodes.raised import key_of

Json = dict[str, Any]
Keys = dict[int, list[Hashable]]


def in_pieces(
    old: Sequence[Json], new: Sequence[Json], old_side: Side, new_side: Side, context: Context
) -> Sequence[Json]:
    """The old blocks, with each list cut where it goes on in another one now, and those put together that are one now; so each is
    compared with its own."""
    olds, news = ([at for at, block in enumerate(side) if block["type"] == "list"] for side in (old, new))
    if not olds or not news or len(olds) == len(news):
        return old
    keys_old = {at: [key_of(item, old_side, context) for item in _items(old[at])] for at in olds}
    keys_new = {at: [key_of(item, new_side, context) for item in _items(new[at])] for at in news}
    if len(news) > len(olds):
        pieces = _pieces(keys_old, keys_new, old, new)
        return [
            piece
            for at, block in enumerate(old)
            for piece in (
                [{**block, "content": _items(block)[a:b]} for a, b in pairwise(pieces[at])]
                if at in pieces
                else [block]
            )
        ]
    whole = dict(_parts(keys_old, keys_new, old, new))
    rest = {part for first, parts in whole.items() for part in parts if part != first}
    return [
        {**block, "content": [item for part in whole[at] for item in _items(old[part])]}
        if at in whole
        else block
        for at, block in enumerate(old)
        if at not in rest
    ]


def _pieces(one: Keys, other: Keys, blocks: Sequence[Json], others: Sequence[Json]) -> dict[int, list[int]]:
    """From where to where the pieces of a list reach that is several on the other side, by the list's place."""
    there, here = _places(other), _places(one)
    found: dict[int, list[int]] = {}
    for at, keys in one.items():
        known = [(place, there[key]) for place, key in enumerate(keys) if key in there]
        cuts = [place for (_, was), (place, now) in pairwise(known) if was != now]
        in_order = all(was <= now for (_, was), (_, now) in pairwise(known))
        alone = all(
            here.get(key, at) == at and _ordered(others[owner]) == _ordered(blocks[at])
            for owner in {owner for _, owner in known}
            for key in other[owner]
        )
        if cuts and in_order and alone:
            found[at] = [0, *cuts, len(keys)]
    return found


def _parts(
    keys_old: Keys, keys_new: Keys, old: Sequence[Json], new: Sequence[Json]
) -> list[tuple[int, list[int]]]:
    """The lists that are one now, by the place of the first of them."""
    here = _places(keys_old)
    found = []
    for at in _pieces(keys_new, keys_old, new, old):
        parts = list(dict.fromkeys(here[key] for key in keys_new[at] if key in here))
        found.append((parts[0], parts))
    return found


def _places(lists: Keys) -> dict[Hashable, int]:
    """In which list each item stands; those that stand twice in none."""
    found: dict[Hashable, int] = {}
    twice: set[Hashable] = set()
    for at, keys in lists.items():
        for key in keys:
            if key in found:
                twice.add(key)
            found[key] = at
    return {key: at for key, at in found.items() if key not in twice}


def _items(block: Json) -> list[Json]:
    return block.get("content") or []


def _ordered(block: Json) -> bool:
    return bool((block.get("attrs") or {}).get("ordered"))
