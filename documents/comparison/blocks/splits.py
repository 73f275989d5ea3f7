"""Paragraphs and items that were split, and such that were merged: only where one ends is new or gone.

Compared each for itself, the words of all but one of them would count as added or removed.
"""

from __future__ import annotations

from collections.abc import Sequence

from documents.comparison.context import Context
from documents.comparison.inline_diff import diff_content
from documents.comparison.inlines import PARTING, Json, Side, join
from documents.comparison.model import NodeChange, NodeOp, WordOp
from documents.text import inline_text
from documents.text.align import Pair
from documents.text.diff import count_words
from documents.text.split_merge import MOSTLY, OF_A_PART, find_splits


def with_splits(
    nodes: tuple[NodeChange, ...], old_side: Side, new_side: Side, context: Context
) -> tuple[NodeChange, ...]:
    """The changes of one parent's nodes, with split and joined paragraphs marked as such. The same for items
    that hold one paragraph and no more."""
    if not any(node.op in ("added", "removed") and node.type in ("paragraph", "item") for node in nodes):
        return nodes
    paragraphs = [_paragraph(node) for node in nodes]
    alone = [node.op in ("added", "removed") for node in nodes]
    near = list(map(any, zip(alone, [*alone[1:], False], [False, *alone], strict=False)))
    olds = _words_of(paragraphs, [node and node.old for node in paragraphs], near, old_side, context)
    news = _words_of(paragraphs, [node and node.new for node in paragraphs], near, new_side, context)
    pairs: list[Pair] = list(zip(olds[0], news[0], strict=True))
    words = olds[1], news[1]
    result: list[NodeChange] = []
    done = 0
    for start, end, split in find_splits(pairs, *words):
        group = [node for node in paragraphs[start:end] if node is not None]
        found = _split(group, "parted" if split else "joined", old_side, new_side, context)
        if found is not None:
            result += [*nodes[done:start], _of_items(nodes[start:end], found)]
            done = end
    return (*result, *nodes[done:])


def _words_of(
    paragraphs: Sequence[NodeChange | None],
    contents: Sequence[Json | None],
    near: Sequence[bool],
    side: Side,
    context: Context,
) -> tuple[list[int | None], list[str | None]]:
    """For each node its place among those of one text, and the words there; None where it is not in it, or
    is none to look at."""
    places: list[int | None] = []
    words: list[str | None] = []
    for node, content, is_near in zip(paragraphs, contents, near, strict=True):
        if node is not None and content is None:
            places.append(None)
            continue
        places.append(len(words))
        words.append(context.words(content, side) if content is not None and is_near else None)
    return places, words


def _paragraph(node: NodeChange) -> NodeChange | None:
    """A paragraph that was added, removed or changed, or that of an item with nothing more."""
    if node.op not in ("added", "removed", "changed"):
        return None
    sides = [side for side in (node.old, node.new) if side is not None]
    if node.type == "paragraph":
        return node if all(side.get("content") for side in sides) else None
    if node.type != "item" or not all(map(_is_lone, sides)):
        return None
    old, new = (side["content"][0] if side else None for side in (node.old, node.new))
    return NodeChange(node.op, "paragraph", old, new)


def _is_lone(item: Json) -> bool:
    """Whether an item holds one paragraph with text and nothing more."""
    content = item.get("content") or []
    return len(content) == 1 and content[0]["type"] == "paragraph" and bool(content[0].get("content"))


def _of_items(nodes: Sequence[NodeChange], split: NodeChange) -> NodeChange:
    """What happened to the paragraphs of items as what happened to these items."""
    if nodes[0].type != "item":
        return split
    olds = [node.old for node in nodes if node.old is not None]
    news = [node.new for node in nodes if node.new is not None]
    parted = split.op == "parted"
    one, parts = (olds[0], news) if parted else (news[0], olds)
    children = []
    for part, child in zip(parts, split.children, strict=True):
        piece = {**one, "content": [child.old if parted else child.new]}
        old, new = (piece, part) if parted else (part, piece)
        children.append(NodeChange(child.op, "item", old, new, children=(child,)))
    whole = NodeChange(split.op, "item", children=tuple(children))
    return whole._replace(old=one) if parted else whole._replace(new=one)


def _split(
    group: Sequence[NodeChange], op: NodeOp, old_side: Side, new_side: Side, context: Context
) -> NodeChange | None:
    """The paragraphs of a group as one change; None where their words, in order, are not those of the one."""
    olds = [node.old for node in group if node.old is not None]
    news = [node.new for node in group if node.new is not None]
    parted = op == "parted"
    one, parts = (olds[0], news) if parted else (news[0], olds)
    look = _look(one)
    if any(_look(part) != look for part in parts):
        return None
    words = diff_content(_with_partings(olds), _with_partings(news), old_side, new_side, context)
    pieces = _pieces(words, parted=parted)
    if not _are_parts(pieces, one, parts):
        return None
    children = [_part(part, piece, look, parted=parted) for part, piece in zip(parts, pieces, strict=True)]
    whole = NodeChange(op, "paragraph", children=tuple(children))
    return whole._replace(old=one) if parted else whole._replace(new=one)


def _part(part: Json, words: tuple[WordOp, ...], look: Json, *, parted: bool) -> NodeChange:
    """A part beside the words of the one paragraph that it was, or became."""
    content = join([node for op in words for node in (op.old if parted else op.new)])
    own = {"type": "paragraph", **({"attrs": look} if look else {}), "content": list(content)}
    old, new = (own, part) if parted else (part, own)
    return NodeChange(_op_of(words), "paragraph", old, new, words=words)


def _are_parts(pieces: Sequence[Sequence[WordOp]], one: Json, parts: Sequence[Json]) -> bool:
    """Whether enough words of the one paragraph, and of each part, are in both."""
    shared = [
        sum([count_words(inline_text(op.new)) for op in piece if op.old and op.new]) for piece in pieces
    ]
    lengths = [count_words(inline_text(part["content"])) for part in parts]
    return sum(shared) >= MOSTLY * count_words(inline_text(one["content"])) and all(
        stay and stay >= OF_A_PART * length for stay, length in zip(shared, lengths, strict=True)
    )


def _look(paragraph: Json) -> Json:
    return {name: value for name, value in (paragraph.get("attrs") or {}).items() if name != "ooxml"}


def _with_partings(paragraphs: Sequence[Json]) -> list[Json]:
    content: list[Json] = []
    for number, paragraph in enumerate(paragraphs):
        content += [PARTING] if number else []
        content += paragraph.get("content") or []
    return content


def _pieces(ops: Sequence[WordOp], *, parted: bool) -> list[tuple[WordOp, ...]]:
    """The operations on the words of each part, without the marks between them."""
    pieces: list[list[WordOp]] = [[]]
    for op in ops:
        nodes = op.new if parted else op.old
        if PARTING not in nodes:
            pieces[-1].append(op)
            continue
        part: list[Json] = []
        for node in [*nodes, None]:
            if node is not None and node != PARTING:
                part.append(node)
                continue
            if part:
                pieces[-1].append(WordOp(op.op, *(((), tuple(part)) if parted else (tuple(part), ()))))
            part = []
            if node is not None:
                pieces.append([])
    return [tuple(piece) for piece in pieces]


def _op_of(words: Sequence[WordOp]) -> NodeOp:
    if all(op.op == "keep" for op in words):
        return "same"
    blank = all(
        op.op == "keep" or (op.op != "format" and not inline_text(op.new or op.old).strip()) for op in words
    )
    return "format" if blank else "changed"
