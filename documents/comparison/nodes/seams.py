"""Paragraphs and items that were parted, and such that were joined: only where one ends is new or gone.

Compared each for itself, the words of all but one of them would count as added or removed, and nobody would see that the
text is the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any, Literal

from documents.comparison.context import Context, Side
from documents.comparison.model import NodeChange, WordOp
from documents.comparison.words.diff import diff_words
from documents.comparison.words.inline import PARTING, join, text_of
from documents.comparison.words.tokens import WORD, count_words

Json = dict[str, Any]

MOSTLY = 0.75
"""So many of the words of the one paragraph must be those of its parts."""
OF_A_PART = 0.6
"""And so many of the words of each part must be those of the one."""
MOST_PARTS = 8


def with_seams(
    nodes: tuple[NodeChange, ...], old_side: Side, new_side: Side, context: Context
) -> tuple[NodeChange, ...]:
    """What happened to the nodes of one parent, with each paragraph that became several, or several that became one, told as
    that; and each item that holds a paragraph and no more."""
    if not any(node.op in ("added", "removed") and node.type in ("paragraph", "item") for node in nodes):
        return nodes
    lone = [_lone(node) for node in nodes]
    result: list[NodeChange] = []
    at = 0
    while at < len(nodes):
        taken = 1
        for op in ("parted", "joined"):
            group = _group(lone, at, op, context)
            seam = group and _seam(group, op, old_side, new_side, context)
            if group and seam:
                result.append(_of_items(nodes[at : at + len(group)], seam))
                taken = len(group)
                break
        else:
            result.append(nodes[at])
        at += taken
    return tuple(result)


Seam = Literal["parted", "joined"]


def _lone(node: NodeChange) -> NodeChange | None:
    """A paragraph, or the one of an item that holds no more."""
    if node.type == "paragraph":
        return node
    sides = [None if side is None else side.get("content") or [] for side in (node.old, node.new)]
    if node.type != "item" or any(
        side is not None and (len(side) != 1 or side[0]["type"] != "paragraph") for side in sides
    ):
        return None
    old, new = (side[0] if side else None for side in sides)
    return NodeChange(node.op, "paragraph", old, new)


def _of_items(nodes: Sequence[NodeChange], seam: NodeChange) -> NodeChange:
    """The seam of the paragraphs of items as one of these items."""
    if nodes[0].type != "item":
        return seam
    olds = [node.old for node in nodes if node.old is not None]
    news = [node.new for node in nodes if node.new is not None]
    parted = seam.op == "parted"
    one, parts = (olds[0], news) if parted else (news[0], olds)
    children = []
    for part, child in zip(parts, seam.children, strict=True):
        piece = {**one, "content": [child.old if parted else child.new]}
        old, new = (piece, part) if parted else (part, piece)
        children.append(NodeChange(child.op, "item", old, new, children=(child,)))
    return NodeChange(
        seam.op, "item", one if parted else None, None if parted else one, children=tuple(children)
    )


def _group(nodes: Sequence[NodeChange | None], at: int, op: Seam, context: Context) -> Sequence[NodeChange]:
    """The paragraphs from this place on of which the words may be those of one: it is among them, paired or not, and all
    others stand on the other side alone. Empty where there are no two."""
    alone, other = ("added", "removed") if op == "parted" else ("removed", "added")
    around: list[NodeChange] = []
    for each in nodes[at : at + MOST_PARTS + 1]:
        if each is None:
            break
        around.append(each)
    place = next((n for n, node in enumerate(around) if node.op != alone), len(around))
    if place == len(around) or around[place].op not in ("changed", other):
        return ()
    one, parts = around[place].old if op == "parted" else around[place].new, 0
    rest = Counter(_words_of(one or {}, context))
    for end, node in enumerate(around):
        part = node.new if op == "parted" else node.old
        if node.op != alone and end != place:
            break
        if part is not None:
            words = Counter(_words_of(part, context))
            shared = rest & words
            if end != place and (not words or shared.total() < OF_A_PART * words.total()):
                break
            rest -= shared
            parts += 1
    else:
        end = len(around)
    return around[:end] if end > place and parts > 1 else ()


def _words_of(paragraph: Json, context: Context) -> list[str]:
    return [context.folded(word) for word in WORD.findall(text_of(paragraph.get("content") or []))]


def _seam(
    group: Sequence[NodeChange], op: Seam, old_side: Side, new_side: Side, context: Context
) -> NodeChange | None:
    """The paragraphs of a group as one change; None where their words are not those of the one."""
    olds = [node.old for node in group if node.old is not None]
    news = [node.new for node in group if node.new is not None]
    one, parts = (olds[0], news) if op == "parted" else (news[0], olds)
    look = _look(one)
    if any(_look(part) != look for part in parts):
        return None
    pieces = _pieces(diff_words(_with_partings(olds), _with_partings(news), old_side, new_side, context), op)
    kept = [
        sum([count_words(text_of(each.new)) for each in words if each.old and each.new]) for words in pieces
    ]
    lengths = [count_words(text_of(part["content"])) for part in parts]
    if sum(kept) < MOSTLY * count_words(text_of(one["content"])):
        return None
    if any(stay < OF_A_PART * length or not stay for stay, length in zip(kept, lengths, strict=True)):
        return None
    attrs = {"attrs": look} if look else {}
    children = []
    for part, words in zip(parts, pieces, strict=True):
        piece = {"type": "paragraph", **attrs, "content": list(_side_of(words, new=op == "joined"))}
        old, new = (piece, part) if op == "parted" else (part, piece)
        children.append(NodeChange(_what(words), "paragraph", old, new, words=words))
    return NodeChange(
        op,
        "paragraph",
        one if op == "parted" else None,
        one if op == "joined" else None,
        children=tuple(children),
    )


def _look(paragraph: Json) -> Json:
    return {name: value for name, value in (paragraph.get("attrs") or {}).items() if name != "ooxml"}


def _with_partings(paragraphs: Sequence[Json]) -> list[Json]:
    content: list[Json] = []
    for number, paragraph in enumerate(paragraphs):
        content += [PARTING] if number else []
        content += paragraph.get("content") or []
    return content


def _pieces(ops: Sequence[WordOp], op: Seam) -> list[tuple[WordOp, ...]]:
    """The operations on the words of each part, without the marks between them."""
    pieces: list[list[WordOp]] = [[]]
    for each in ops:
        nodes = each.new if op == "parted" else each.old
        if PARTING not in nodes:
            pieces[-1].append(each)
            continue
        part: list[Json] = []
        for node in [*nodes, None]:
            if node is not None and node != PARTING:
                part.append(node)
                continue
            if part:
                sides = ((), tuple(part)) if op == "parted" else (tuple(part), ())
                pieces[-1].append(WordOp(each.op, *sides))
            part = []
            if node is not None:
                pieces.append([])
    return [tuple(piece) for piece in pieces]


def _side_of(words: Sequence[WordOp], *, new: bool) -> tuple[Json, ...]:
    return join([node for op in words for node in (op.new if new else op.old)])


def _what(words: Sequence[WordOp]) -> Literal["same", "changed", "format"]:
    if all(op.op == "keep" for op in words):
        return "same"
    blank = all(
        op.op == "keep" or (op.op != "format" and not text_of(op.new or op.old).strip()) for op in words
    )
    return "format" if blank else "changed"
