"""Content controls that Kodeks itself writes around steps, callouts and locked blocks, read back as what they
were."""

from __future__ import annotations

from collections.abc import Callable

from documents.text.types import Block, BlockAttrs
from documents.word.file.ns import VAL, Element, w
from documents.word.read.context import BlockItem, Context, Item, Para

STEP, CALLOUT, OPAQUE = "kodeks:step", "kodeks:callout", "kodeks:opaque"
STEP_TITLE, STEP_META = "KodeksStepTitle", "KodeksStepMeta"
WHO, LIMIT = "KodeksWho", "KodeksLimit"


def read_group(
    ctx: Context, node: Element, tag: str, items: list[Item], to_blocks: Callable[..., list[Block]]
) -> BlockItem:
    """The block that the content control with that tag stands for."""
    kind, _, detail = tag.removeprefix("kodeks:").partition(":")
    bookmarks = [name for item in items for name in item.bookmarks]
    if kind == "step":
        attrs, items = _step_fields(items)
        content = to_blocks(ctx, items, keep_xml=False)
        block: Block = {"type": "step", "attrs": attrs, "content": content}
    elif kind == "callout":
        content = to_blocks(ctx, items, keep_xml=False)
        block = {"type": "callout", "attrs": {"tone": "warn"} if detail == "warn" else {}, "content": content}
    else:
        text = "\n".join(item.text for item in items if isinstance(item, Para))
        block = {"type": "opaque", "attrs": {"text": text, "kind": detail or kind}}
    return BlockItem([node], block, bookmarks)


def _step_fields(items: list[Item]) -> tuple[BlockAttrs, list[Item]]:
    """The title, person and limit of a step, and what else is in it."""
    attrs: BlockAttrs = {}
    rest: list[Item] = []
    for item in items:
        style = item.style.id if isinstance(item, Para) else ""
        if isinstance(item, Para) and style == STEP_TITLE and "title" not in attrs:
            attrs["title"] = item.text.strip()
        elif isinstance(item, Para) and style == STEP_META:
            attrs.update(_meta(item))
        else:
            rest.append(item)
    return attrs, rest


def _meta(item: Para) -> BlockAttrs:
    found: BlockAttrs = {}
    for element in item.elements:
        for run in element.iter(w("r")):
            style = run.find(f"{w('rPr')}/{w('rStyle')}")
            name = (style.get(VAL) or "") if style is not None else ""
            words = "".join(t.text or "" for t in run.iter(w("t")))
            if name == WHO:
                found["who"] = found.get("who", "") + words
            elif name == LIMIT:
                found["limit"] = found.get("limit", "") + words
    return found
