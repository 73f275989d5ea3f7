"""Items that went in one list of a section and came in another: set in or out, or put into the list beside. They moved."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterator, Sequence
from typing import Any

from documents.comparison.context import Context, Side, signature
from documents.comparison.model import NodeChange
from documents.comparison.nodes.moved import MOVED_WORDS
from documents.comparison.words.tokens import count_words
from documents.text import block_text

Json = dict[str, Any]


def with_raised(
    nodes: tuple[NodeChange, ...], old_side: Side, new_side: Side, context: Context
) -> tuple[NodeChange, ...]:
    """What happened to the blocks of a section, with each item that stands in another list now told as moved. A list that
    went or came whole counts where all its items are such."""
    gone, come = _ends(nodes, "removed"), _ends(nodes, "added")
    if not gone or not come:
        return nodes
    places: dict[Hashable, list[tuple[int, Json]]] = defaultdict(list)
    for number, node in enumerate(gone):
        for item in _items(node.old or {}):
            if count_words(block_text(item)) >= MOVED_WORDS:
                places[key_of(item, old_side, context)].append((number, item))
    taken: list[tuple[int, int, Json, Json]] = []
    for number, node in enumerate(come):
        for item in _items(node.new or {}):
            there = places.get(key_of(item, new_side, context))
            if there:
                place, was = there.pop(0)
                taken.append((place, number, was, item))
    # What is only in part elsewhere stays where it is, and so does what would be taken for the rest of it.
    while taken:
        given, got = Counter(pair[0] for pair in taken), Counter(pair[1] for pair in taken)
        whole = [
            pair
            for pair in taken
            if given[pair[0]] == len(_items(gone[pair[0]].old or {}))
            and got[pair[1]] == len(_items(come[pair[1]].new or {}))
        ]
        if len(whole) == len(taken):
            break
        taken = whole
    moved = {
        id(gone[place]): NodeChange("moved_away", gone[place].type, gone[place].old, item)
        for place, _, _, item in taken
    }
    moved |= {
        id(come[number]): NodeChange("moved", come[number].type, was, come[number].new)
        for _, number, was, _ in taken
    }
    return _replaced(nodes, moved) if moved else nodes


def _ends(nodes: Sequence[NodeChange], op: str) -> list[NodeChange]:
    return [node for node in _walk(nodes) if node.op == op and node.type in ("item", "list")]


def _walk(nodes: Sequence[NodeChange]) -> Iterator[NodeChange]:
    for node in nodes:
        yield node
        yield from _walk(node.children)


def _items(node: Json) -> list[Json]:
    return node.get("content") or [] if node["type"] == "list" else [node]


def key_of(item: Json, side: Side, context: Context) -> Hashable:
    """Equal for two items with the same words, whatever their numbers are."""
    return signature(_without_numbers(item), side, context)


def _without_numbers(node: Json) -> Json:
    """Without what another list says of the same items: their numbers, and those of the lists in them."""
    found = {
        key: value for key, value in node.items() if key != "attrs" or node["type"] not in ("item", "list")
    }
    if node.get("content") and node["type"] in ("item", "list"):
        found["content"] = [_without_numbers(child) for child in node["content"]]
    return found


def _replaced(nodes: Sequence[NodeChange], moved: dict[int, NodeChange]) -> tuple[NodeChange, ...]:
    return tuple(
        moved[id(node)]
        if id(node) in moved
        else node._replace(children=_replaced(node.children, moved))
        if node.children
        else node
        for node in nodes
    )
