"""Blanks at the end of a paragraph, which nobody sees."""

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
