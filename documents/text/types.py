"""The types of a section's text: the JSON that the desk's editor (ProseMirror) reads and writes.

What each type of node may have is listed in :mod:`documents.text.schema`, which checks it. These are plain
dictionaries: they are stored, hashed and sent to other processes as they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Literal, NotRequired, TypedDict, TypeVar, cast

Json = dict[str, Any]
"""Plain JSON data of any form: a node whose kind does not matter, a payload."""

PlainMark = Literal["bold", "italic", "strike", "subscript", "superscript", "underline"]
MarkType = Literal[PlainMark, "link", "xref"]
InlineType = Literal["text", "break", "note", "image"]
BlockType = Literal[
    "paragraph", "list", "item", "table", "row", "cell", "figure", "callout", "step", "opaque"
]


class MarkAttrs(TypedDict, total=False):
    href: str
    """Of a link."""
    uid: str
    """Of a cross-reference: the section that it leads to."""


class Mark(TypedDict):
    type: MarkType
    attrs: NotRequired[MarkAttrs]


class InlineAttrs(TypedDict, total=False):
    id: str
    """Of a note: its key in the body's notes."""
    sha256: str
    """Of an image."""
    alt: str


class Inline(TypedDict):
    """A run of text with its marks, a line break, the reference to a note, or an image."""

    type: InlineType
    text: NotRequired[str]
    marks: NotRequired[list[Mark]]
    attrs: NotRequired[InlineAttrs]


class BlockAttrs(TypedDict, total=False):
    style: str
    """Of a paragraph."""
    ordered: bool
    """Of a list."""
    label: str
    """Of an item, as the document shows it: "а)"."""
    colspan: int
    rowspan: int
    header: bool
    """Of a cell, as the two before."""
    sha256: str
    """Of a figure its picture; of an opaque block Word's own XML of it."""
    alt: str
    tone: str
    """Of a callout."""
    title: str
    who: str
    limit: str
    """Of a step, as the two before."""
    text: str
    kind: str
    """Of an opaque block, as the one before."""
    ooxml: str
    """The hash of the piece of Word's XML that a block was read from."""


class Block(TypedDict):
    """A block, or an item, row or cell in one. ``content``: inlines in a paragraph or figure, else blocks."""

    type: BlockType
    attrs: NotRequired[BlockAttrs]
    content: NotRequired[list[Any]]


class Body(TypedDict):
    heading: list[Inline]
    blocks: list[Block]
    notes: dict[str, list[Block]]


Node = TypeVar("Node", Block, Inline, Mark)


def empty_body() -> Body:
    return {"heading": [], "blocks": [], "notes": {}}


def text_node(text: str, marks: Sequence[Mark] = ()) -> Inline:
    """A run of text; without ``marks`` where it has none."""
    return {"type": "text", "text": text, "marks": list(marks)} if marks else {"type": "text", "text": text}


def figure(image: Inline, caption: Sequence[Inline] = ()) -> Block:
    """The block for an image that is alone."""
    found = image["attrs"]
    attrs: BlockAttrs = {"sha256": found["sha256"]}
    if "alt" in found:
        attrs["alt"] = found["alt"]
    return {"type": "figure", "attrs": attrs, "content": list(caption)}


def without_attrs(node: Node, names: Iterable[str]) -> Node:
    """The node without some of its attributes; without ``attrs`` where none is left."""
    dropped = set(names)
    attrs = {name: value for name, value in node.get("attrs", {}).items() if name not in dropped}
    rest = {name: value for name, value in node.items() if name != "attrs"}
    return cast(Node, rest | ({"attrs": attrs} if attrs else {}))
