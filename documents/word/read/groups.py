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
        attrs, items = _step_fields(items)
    elif kind == "callout":
        attrs = {"tone": "warn"} if detail == "warn" else {}
    else:
        text = "\n".join(item.text for item in items if isinstance(item, Para))
        return Block([node], {"type": "opaque", "attrs": {"text": text, "kind": detail or kind}}, bookmarks)
    content = to_blocks(ctx, items, keep_xml=False)
    return Block([node], {"type": kind, "attrs": attrs, "content": content}, bookmarks)


def _step_fields(items: list[Item]) -> tuple[dict[str, str], list[Item]]:
    """The title, person and limit of a step, and what else stands in it."""
    attrs: dict[str, str] = {}
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


def _meta(item: Para) -> dict[str, str]:
    found: dict[str, str] = {}
    for element in item.elements:
        for run in element.iter(w("r")):
            style = run.find(f"{w('rPr')}/{w('rStyle')}")
            name = {WHO: "who", LIMIT: "limit"}.get((style.get(VAL) or "") if style is not None else "")
            if name:
                found[name] = found.get(name, "") + "".join(t.text or "" for t in run.iter(w("t")))
    return found
