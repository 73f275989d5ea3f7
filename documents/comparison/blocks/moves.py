"""Find blocks, items and rows that moved to another list, table or section."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from rapidfuzz.distance import Indel

from documents.comparison.blocks.diff import alike_moves, diff_node, equal_moves, moved_node
from documents.comparison.blocks.lists import items_of
from documents.comparison.context import Context
from documents.comparison.inlines import NO_SIDE, Json, Side
from documents.comparison.model import NodeChange, Place, SectionChange

MOVABLE = frozenset({"paragraph", "item", "row", "list", "table", "callout", "step"})


@dataclass(frozen=True, slots=True)
class _End:
    """A removed or added block: its section, and what is known of it."""

    place: int
    change: NodeChange
    node: Json
    words: str


def with_moves(
    changes: Sequence[SectionChange], uids: Mapping[str, str], context: Context
) -> list[SectionChange]:
    """The same sections, with each block that is in another place marked as moved."""
    side = Side({}, uids)
    removed = list(_ends(changes, "removed", side, context))
    added = list(_ends(changes, "added", NO_SIDE, context)) if removed else []
    if not removed or not added:
        return list(changes)
    moved = _pairs(removed, added)
    replaced: dict[int, NodeChange] = {}
    for i, j in moved.items():
        was, now = removed[i], added[j]
        node = moved_node(diff_node(was.node, now.node, side, NO_SIDE, context))
        there, here = (
            None if was.place == now.place else Place.of(changes[end.place].section) for end in (was, now)
        )
        replaced[id(now.change)] = node._replace(other=there)
        replaced[id(was.change)] = NodeChange("moved_away", now.node["type"], was.node, now.node, other=here)
    olds, news = _lists_left(removed, moved.keys()), _lists_left(added, {*moved.values()})
    replaced |= _moved_items(olds, news, side, context)
    sections = {end.place for end in (*removed, *added) if id(end.change) in replaced}
    result = list(changes)
    for place in sections:
        change = changes[place]
        result[place] = replace(change, blocks=_replaced(change.blocks, replaced))
    return result


def _lists_left(ends: Sequence[_End], taken: Collection[int]) -> list[_End]:
    """The items and lists that have not moved as they are."""
    left = (end for place, end in enumerate(ends) if place not in taken)
    return [end for end in left if end.node["type"] in ("item", "list")]


def _ends(changes: Sequence[SectionChange], op: str, side: Side, context: Context) -> Iterator[_End]:
    for place, change in enumerate(changes):
        for node in _walk(change.blocks):
            content = node.old if op == "removed" else node.new
            if node.op != op or content is None or node.type not in MOVABLE:
                continue
            yield _End(place, node, content, context.words(content, side))


def _walk(nodes: Sequence[NodeChange]) -> Iterator[NodeChange]:
    for node in nodes:
        yield node
        if node.op not in ("same", "parted", "joined"):
            yield from _walk(node.children)


def _pairs(removed: Sequence[_End], added: Sequence[_End]) -> dict[int, int]:
    """The place of each added block by that of the removed one: equal blocks first, then similar ones."""
    found = equal_moves(
        {i: (end.node["type"], end.words) for i, end in enumerate(removed)},
        {j: (end.node["type"], end.words) for j, end in enumerate(added)},
        {i: end.words for i, end in enumerate(removed)},
    )
    taken = set(found.values())

    def score(i: int, j: int) -> float:
        # Within a section the siblings were looked at already, beside their neighbours.
        if removed[i].node["type"] != added[j].node["type"] or removed[i].place == added[j].place:
            return 0.0
        return Indel.normalized_similarity(removed[i].words, added[j].words, score_cutoff=0.5)

    left = {i: end.words for i, end in enumerate(removed) if i not in found}
    return found | alike_moves(left, {j: end.words for j, end in enumerate(added) if j not in taken}, score)


def _moved_items(
    removed: Sequence[_End], added: Sequence[_End], side: Side, context: Context
) -> dict[int, NodeChange]:
    """The same for items that were indented or outdented. A list that was removed or added whole counts by
    its items."""
    olds = [(n, item) for n, end in enumerate(removed) for item in _items(end.node)]
    news = [(n, item) for n, end in enumerate(added) for item in _items(end.node)]
    words = {i: context.words(item, side) for i, (_, item) in enumerate(olds)}
    there = {j: context.words(item, NO_SIDE) for j, (_, item) in enumerate(news)}
    pairs = equal_moves(words, there, words)
    # What is only in part elsewhere stays where it is, and so does what would be taken for the rest of it.
    while pairs:
        gone = _whole_ones([olds[i][0] for i in pairs], removed)
        come = _whole_ones([news[j][0] for j in pairs.values()], added)
        whole = {i: j for i, j in pairs.items() if olds[i][0] in gone and news[j][0] in come}
        if len(whole) == len(pairs):
            break
        pairs = whole
    found: dict[int, NodeChange] = {}
    for i, j in pairs.items():
        (number, was), (other, now) = olds[i], news[j]
        old, new = removed[number].change, added[other].change
        found[id(old)] = NodeChange("moved_away", old.type, old.old, now)
        found[id(new)] = NodeChange("moved", new.type, was, new.new)
    return found


def _whole_ones(numbers: Sequence[int], ends: Sequence[_End]) -> set[int]:
    """The ends of which all items are among those that are named by their end's number."""
    return {number for number, count in Counter(numbers).items() if count == len(_items(ends[number].node))}


def _items(node: Json) -> list[Json]:
    return items_of(node) if node["type"] == "list" else [node]


def _replaced(nodes: Sequence[NodeChange], found: Mapping[int, NodeChange]) -> tuple[NodeChange, ...]:
    result = []
    for node in nodes:
        if id(node) in found:
            node = found[id(node)]
        elif node.children:
            node = node._replace(children=_replaced(node.children, found))
        result.append(node)
    return tuple(result)
