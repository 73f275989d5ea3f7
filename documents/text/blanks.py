"""Blanks at the end of a paragraph, and empty paragraphs in items, which nobody sees."""

from __future__ import annotations

from typing import Any

END = " \t\u00a0"


def same_but_for_end_blanks(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Whether two bodies in canonical form differ in nothing but blanks at the end of headings and paragraphs."""
    return bool(_trimmed(one) == _trimmed(other))


def _trimmed(value: Any) -> Any:
    if isinstance(value, list):
        found = [_trimmed(one) for one in value]
        while found and isinstance(found[-1], dict) and found[-1].get("type") == "text":
            text = found[-1]["text"].rstrip(END)
            if text:
                return [*found[:-1], found[-1] | {"text": text}]
            found.pop()
        return found
    if isinstance(value, dict):
        # Word's own XML of a paragraph is kept only while nothing in it is changed.
        return {name: _trimmed(one) for name, one in value.items() if name != "ooxml"}
    return value


def without_empty_lines(body: dict[str, Any]) -> dict[str, Any]:
    """The body without the empty paragraphs that stand behind others in the items of its lists: a key too many leaves them there, and no
    Word file brings them back."""
    return body | {"blocks": [_kept(block) for block in body["blocks"]]}


def _kept(block: dict[str, Any]) -> dict[str, Any]:
    if block["type"] in ("paragraph", "figure", "opaque") or not block.get("content"):
        return block
    inside = [_kept(child) for child in block["content"]]
    if block["type"] == "item":
        inside = inside[:1] + [child for child in inside[1:] if not _empty(child)]
    return block if inside == block["content"] else block | {"content": inside}


def _empty(block: dict[str, Any]) -> bool:
    return block["type"] == "paragraph" and all(
        node["type"] == "text" and not node["text"].strip() for node in block.get("content") or []
    )
