"""What several test files of documents/exports begin with: pdf standards."""

from __future__ import annotations

from typing import Any


def items(*content: list[dict[str, Any]], labels: str = "", ordered: bool = False) -> dict[str, Any]:
    """A list of these items; each has a label where there are labels for them."""
    given = [{"label": f"{label})"} for label in labels] or [{} for _ in content]
    return {
        "type": "list",
        "attrs": {"ordered": ordered},
        "content": [
            {"type": "item", "attrs": attrs, "content": one}
            for one, attrs in zip(content, given, strict=True)
        ],
    }


def row(*cells: dict[str, Any]) -> dict[str, Any]:
    return {"type": "row", "content": list(cells)}


def table(*rows: dict[str, Any]) -> dict[str, Any]:
    return {"type": "table", "content": list(rows)}
