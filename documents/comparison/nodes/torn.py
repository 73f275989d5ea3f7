"""Lists that were torn: a paragraph or a table stands between their items now, and behind it they go on. No item moved.

Lists that became one are not put together in the same way: the old text would be read in another order than it was written.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from itertools import pairwise
from typing import Any

from documents.comparison.context import Context, Side
from documents.comparison.nodes.raised import key_of

Json = dict[str, Any]


def in_pieces(
    old: Sequence[Json], new: Sequence[Json], old_side: Side, new_side: Side, context: Context
) -> Sequence[Json]:
    """The old blocks, with each list cut where it goes on in another one now: each piece is compared with its own."""
    olds, news = ([at for at, block in enumerate(side) if block["type"] == "list"] for side in (old, new))
    if not olds or len(news) <= len(olds):
        return old
    keys_old = {at: [key_of(item, old_side, context) for item in _items(old[at])] for at in olds}
    keys_new = {at: [key_of(item, new_side, context) for item in _items(new[at])] for at in news}
    there, here = _places(keys_new), _places(keys_old)
    result: list[Json] = []
    for at, block in enumerate(old):
        cuts = _cuts(keys_old[at], there) if at in keys_old else []
        owners = {there[key] for key in keys_old.get(at, ()) if key in there}
        alone = all(
            here.get(key, at) == at and _ordered(new[owner]) == _ordered(block)
            for owner in owners
            for key in keys_new[owner]
        )
        edges = [0, *cuts, len(_items(block))] if cuts and alone else []
        result += [{**block, "content": _items(block)[a:b]} for a, b in pairwise(edges)] or [block]
    return result


def _cuts(keys: Sequence[Hashable], there: dict[Hashable, int]) -> list[int]:
    """Before which items a list is cut; nowhere where its items stand in another order now."""
    known = [(place, there[key]) for place, key in enumerate(keys) if key in there]
    if any(one > other for (_, one), (_, other) in pairwise(known)):
        return []
    return [place for (_, one), (place, other) in pairwise(known) if one != other]


def _places(lists: dict[int, list[Hashable]]) -> dict[Hashable, int]:
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
