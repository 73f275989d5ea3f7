"""Small pieces of a comparison's HTML."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any

Json = dict[str, Any]


def lone_paragraph(nodes: Sequence[Json]) -> bool:
    """Whether there is one plain paragraph, which needs no paragraph of its own in an item or a cell."""
    return (
        len(nodes) == 1 and nodes[0]["type"] == "paragraph" and not (nodes[0].get("attrs") or {}).get("style")
    )


def in_item(inner: str, side: str, label: str) -> str:
    """What stands in an item, behind its label; ``side`` turns its words alone, the label stands on the list's side."""
    if label:
        return f'<span class="li-no">{label}</span><div{side}>{inner}</div>'
    return f"<div{side}>{inner}</div>" if side else inner


def own_labels(items: Sequence[Json]) -> bool:
    return any((item.get("attrs") or {}).get("label") for item in items)


def paragraph_class(attrs: Json) -> str:
    style = attrs.get("style")
    return f' class="p-{escape(str(style))}"' if style else ""


def around(
    kind: str, attrs: Json, inner: str, side: str = "", *, cell_class: str = "", table: str = ""
) -> str:
    """The element of a block around what is drawn of it; ``table`` is the word for one."""
    if kind == "list":
        tag = "ol" if attrs.get("ordered") else "ul"
        # The document's own numbers ("а)", "(iv)") are shown as they are.
        own = ' class="own" role="list"' if attrs.get("own") else ""
        start = f' start="{int(attrs["start"])}"' if tag == "ol" and attrs.get("start") else ""
        return f"<{tag}{own}{start}{side}>{inner}</{tag}>"
    if kind == "item":
        return f"<li>{inner}</li>"
    if kind == "table":
        return (
            f'<div class="tablewrap" role="group" tabindex="0" aria-label="{escape(table)}"{side}>'
            f'<table class="tbl"><tbody>{inner}</tbody></table></div>'
        )
    if kind == "row":
        return f"<tr>{inner}</tr>"
    if kind == "cell":
        tag = "th" if attrs.get("header") else "td"
        spans = "".join(f' {name}="{int(attrs[name])}"' for name in ("colspan", "rowspan") if attrs.get(name))
        css = f' class="{cell_class}"' if cell_class else ""
        return f"<{tag}{spans}{css}{side}>{inner}</{tag}>"
    if kind == "callout":
        css = "note note-warn" if attrs.get("tone") == "warn" else "note"
        return f'<div class="{css}"{side}>{inner}</div>'
    return f"<div>{inner}</div>"
