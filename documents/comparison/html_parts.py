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


def labelled(label: str, inner: str) -> str:
    return f'<span class="li-no">{label}</span><div>{inner}</div>'


def own_labels(items: Sequence[Json]) -> bool:
    return any((item.get("attrs") or {}).get("label") for item in items)


def paragraph_class(attrs: Json) -> str:
    style = attrs.get("style")
    return f' class="p-{escape(str(style))}"' if style else ""
