"""What a paragraph that was read is in the schema: a block with a style."""

from __future__ import annotations

from documents.text.types import Block
from documents.word.read.context import Context, Para, Pending

PARAGRAPH_STYLES = {
    "quote": "quote",
    "intense quote": "quote",
    "block text": "quote",
    "caption": "caption",
    "lead": "lead",
    "subtitle": "lead",
}


def is_caption(para: Para) -> bool:
    """Whether a paragraph is the caption of the picture before it."""
    if paragraph_style(para) != "caption" or para.label is not None:
        return False
    return not any(node["type"] == "image" for node in para.inlines)


def paragraph_node(para: Para) -> Block:
    """A paragraph as a block."""
    style = paragraph_style(para)
    node: Block = {"type": "paragraph", "content": para.inlines}
    return node | {"attrs": {"style": style}} if style else node


def paragraph_style(para: Para) -> str:
    """The schema's style for a paragraph, empty for plain text."""
    named = PARAGRAPH_STYLES.get(para.style.name.lower(), "")
    if not named and para.align == "center":
        return "centred"
    return named


def left_over(ctx: Context) -> list[Para]:
    """What was to run on and finds nothing to run into: it stood before something that is not read, such as a
    table of contents, or what stood behind it went."""
    left, ctx.pending = ctx.pending, Pending()
    if not left.inlines and not left.following and not left.bookmarks:
        return []
    para = Para(left.elements, left.inlines, ctx.styles.default_paragraph)
    para.following, para.bookmarks = left.following, left.bookmarks
    return [para]
