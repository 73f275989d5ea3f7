"""White space that nobody sees: at the end of paragraphs, and empty paragraphs in items."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from documents.text.types import Block, Body, Inline, without_attrs

END = " \t\u00a0"


def same_but_for_end_blanks(one: Any, other: Any) -> bool:
    """Whether two bodies in canonical form differ only in blanks at the end of headings and paragraphs.

    The pieces of Word's own XML are not compared: a block keeps its piece only while nothing in it changes.
    """
    return _trim_body(one) == _trim_body(other)


def _trim_body(body: Body) -> Body:
    return {
        "heading": _trim_inlines(body["heading"]),
        "blocks": _trim_blocks(body["blocks"]),
        "notes": {key: _trim_blocks(blocks) for key, blocks in body["notes"].items()},
    }


def _trim_block(block: Block) -> Block:
    plain: Block = without_attrs(block, ["ooxml"])
    content = plain.get("content")
    if content is None:
        return plain
    trim = _trim_inlines if plain["type"] in ("paragraph", "figure") else _trim_blocks
    return {**plain, "content": trim(content)}


def _trim_blocks(blocks: Sequence[Block]) -> list[Block]:
    return [_trim_block(block) for block in blocks]


def _trim_inlines(content: Sequence[Inline]) -> list[Inline]:
    found = list(content)
    while found and found[-1]["type"] == "text":
        last = found.pop()
        if text := last["text"].rstrip(END):
            return [*found, last | {"text": text}]
    return found


def without_empty_lines(body: Body) -> Body:
    """The body without empty paragraphs behind others in list items: Word files do not keep them."""
    return {**body, "blocks": [_without_empty(block) for block in body["blocks"]]}


def _without_empty(block: Block) -> Block:
    if block["type"] in ("paragraph", "figure", "opaque") or not block.get("content"):
        return block
    inside = [_without_empty(child) for child in block["content"]]
    if block["type"] == "item":
        inside = inside[:1] + [child for child in inside[1:] if not _is_empty(child)]
    return block if inside == block["content"] else block | {"content": inside}


def _is_empty(block: Block) -> bool:
    return block["type"] == "paragraph" and all(
        node["type"] == "text" and not node["text"].strip() for node in block.get("content") or []
    )
