"""Where a section goes at the press of a button or when it is dropped on another one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from documents.actions.edit_outline import DEEPEST, Node, subtree

BUTTONS = ("up", "down", "indent", "outdent")
DROPS = ("before", "after", "inside")


@dataclass(frozen=True, slots=True)
class Target:
    """After which section (None: first of all) and how deep."""

    after_uid: str | None
    level: int


def by_button(nodes: Sequence[Node], uid: str, button: str) -> Target | None:
    """Where ``uid`` goes at the press of a button; None where it can't go further that way."""
    here = _index(nodes, uid)
    if here is None:
        return None
    node = nodes[here]
    end = subtree(nodes, here)
    before = _sibling_before(nodes, here)
    if button == "up":
        return None if before is None else Target(_uid(nodes, before - 1), node.level)
    if button == "down":
        if end >= len(nodes) or nodes[end].level != node.level:
            return None
        return Target(nodes[subtree(nodes, end) - 1].uid, node.level)
    if button == "indent":
        deepest = max(n.level for n in nodes[here:end])
        return None if before is None or deepest >= DEEPEST else Target(nodes[here - 1].uid, node.level + 1)
    if button == "outdent":
        parent = _parent(nodes, here)
        if parent is None:
            return None
        last = subtree(nodes, parent) - 1
        # What stands after it below the same parent stays there.
        return Target(
            nodes[here - 1].uid if last == end - 1 else nodes[last].uid, max(1, nodes[parent].level)
        )
    return None


def by_drop(nodes: Sequence[Node], uid: str, target: str, place: str) -> Target | None:
    """Where ``uid`` goes when it is dropped before, after or inside another section; None: nowhere."""
    here, there = _index(nodes, uid), _index(nodes, target)
    if here is None or there is None or place not in DROPS:
        return None
    end = subtree(nodes, here)
    if here <= there < end:
        return None
    level = nodes[there].level
    if place == "inside":
        return Target(nodes[there].uid, level + 1)
    # The place is told in the outline without what moves.
    rest = [*nodes[:here], *nodes[end:]]
    spot = _index(rest, target)
    assert spot is not None  # noqa: S101 - the target is not part of what moves
    if place == "before":
        return Target(_uid(rest, spot - 1), level)
    return Target(rest[subtree(rest, spot) - 1].uid, level)


def _uid(nodes: Sequence[Node], index: int) -> str | None:
    return nodes[index].uid if index >= 0 else None


def _index(nodes: Sequence[Node], uid: str) -> int | None:
    return next((index for index, node in enumerate(nodes) if node.uid == uid), None)


def _parent(nodes: Sequence[Node], index: int) -> int | None:
    level = nodes[index].level
    return next((i for i in range(index - 1, -1, -1) if nodes[i].level < level), None)


def _sibling_before(nodes: Sequence[Node], index: int) -> int | None:
    level = nodes[index].level
    for i in range(index - 1, -1, -1):
        if nodes[i].level < level:
            return None
        if nodes[i].level == level:
            return i
    return None
