"""Content controls that Kodeks itself writes around steps, callouts and locked blocks, read back as what they were."""

from __future__ import annotations

from collections.abc import Callable

from documents.word.ns import VAL, Element, w
from documents.word.read.context import Block, Context, Item, Json, Para

STEP, CALLOUT, OPAQUE = "kodeks:step", "kodeks:callout", "kodeks:opaque"
STEP_TITLE, STEP_META = "KodeksStepTitle", "KodeksStepMeta"
WHO, LIMIT = "KodeksWho", "KodeksLimit"


def read_group(
    ctx: Context, node: Element, tag: str, items: list[Item], to_blocks: Callable[..., list[Json]]
) -> Block:
    """The block that the content control with that tag stands for."""
    kind, _, detail = tag.removeprefix("kodeks:").partition(":")
    bookmarks = [name for item in items for name in item.bookmarks]
    if kind == "step":
        attrs: Json = {}
        rest: list[Item] = []
        for item in items:
            if isinstance(item, Para) and item.style.id == STEP_TITLE and "title" not in attrs:
                attrs["title"] = item.text.strip()
            elif isinstance(item, Para) and item.style.id == STEP_META:
                attrs.update(_meta(item))
            else:
                rest.append(item)
        step: Json = {"type": "step", "attrs": attrs, "content": to_blocks(ctx, rest, keep_xml=False)}
        return Block([node], step, bookmarks)
    if kind == "callout":
        attrs = {"tone": "warn"} if detail == "warn" else {}
        callout: Json = {"type": "callout", "attrs": attrs, "content": to_blocks(ctx, items, keep_xml=False)}
        return Block([node], callout, bookmarks)
    text = "\n".join(item.text for item in items if isinstance(item, Para))
    opaque: Json = {"type": "opaque", "attrs": {"text": text, "kind": detail or kind}}
    return Block([node], opaque, bookmarks)


def _meta(item: Para) -> dict[str, str]:
    found: dict[str, str] = {}
    for element in item.elements:
        for run in element.iter(w("r")):
            style = run.find(f"{w('rPr')}/{w('rStyle')}")
            name = {WHO: "who", LIMIT: "limit"}.get((style.get(VAL) or "") if style is not None else "")
            if name:
                found[name] = found.get(name, "") + "".join(t.text or "" for t in run.iter(w("t")))
    return found
