"""Blocks, items and rows that went in one place and came in another of the same parent: which of them moved."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from documents.comparison.align import SURE, Pair
from documents.comparison.model import NodeChange
from documents.comparison.nodes.likeness import Likeness
from documents.comparison.words.tokens import count_words
from documents.text import block_text

Json = dict[str, Any]

MOST_LIKE = 2_500
"""Of more pairs of items or rows that went and came it is not asked which of them moved and changed."""
MOVED_WORDS = 4
"""A block of fewer words that is gone here and new there is not called moved."""


def moves(pairs: list[Pair], old_keys: str, new_keys: str, old: Sequence[Json]) -> dict[tuple[str, int], int]:
    """What was removed in one place and added in another without change, by ("old", i) and ("new", j)."""
    gone: dict[str, list[int]] = {}
    for i, j in pairs:
        if i is not None and j is None:
            gone.setdefault(old_keys[i], []).append(i)
    found: dict[tuple[str, int], int] = {}
    if not gone:
        return found
    for i, j in pairs:
        if i is None and j is not None:
            places = gone.get(new_keys[j])
            if places and count_words(block_text(old[places[0]])) >= MOVED_WORDS:
                place = places.pop(0)
                found[("new", j)] = place
                found[("old", place)] = j
    return found


def moves_of_like(
    pairs: list[Pair], moved: dict[tuple[str, int], int], likeness: Likeness
) -> dict[tuple[str, int], int]:
    """The same of items and rows that moved and changed a little, the likest first."""
    gone = [i for i, j in pairs if i is not None and j is None and ("old", i) not in moved]
    come = [j for i, j in pairs if j is not None and i is None and ("new", j) not in moved]
    if len(gone) * len(come) > MOST_LIKE:
        return {}
    gone = [i for i in gone if count_words(block_text(likeness.old[i])) >= MOVED_WORDS]
    scores = [(likeness(i, j), -i, -j) for i in gone for j in come]
    found: dict[tuple[str, int], int] = {}
    for score, i, j in sorted(scores, reverse=True):
        if score >= SURE and ("old", -i) not in found and ("new", -j) not in found:
            found |= {("old", -i): -j, ("new", -j): -i}
    return found


def as_moved(node: NodeChange) -> NodeChange:
    """A changed node as one that moved."""
    if node.op == "changed":
        return node._replace(op="moved")
    return NodeChange("moved", node.type, node.old, node.new, node.fields)
