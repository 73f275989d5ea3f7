"""What several test files of documents/word begin with: list counting."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]


def item(label: str, words: str, *inside: Json) -> Json:
    line = {"type": "paragraph", "content": [{"type": "text", "text": words}]}
    return {"type": "item", "content": [line, *inside]} | ({"attrs": {"label": label}} if label else {})


def listed(*items: Json, ordered: bool = True) -> Json:
    return {"type": "list", "content": list(items)} | ({"attrs": {"ordered": True}} if ordered else {})


def flat(labels: str, first: int = 0, ordered: bool = True) -> Json:
    """A list of such labels (and "-" for none), each item with words of its own."""
    return listed(
        *(
            item("" if label == "-" else label, f"ставка {first + i}")
            for i, label in enumerate(labels.split())
        ),
        ordered=ordered,
    )


def paragraph(words: str) -> Json:
    return {"type": "paragraph", "content": [{"type": "text", "text": words}]}


def text(*blocks: Json) -> Json:
    return {"heading": [], "blocks": list(blocks), "notes": {}}
