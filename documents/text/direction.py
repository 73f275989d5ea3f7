"""From which side a block is read: its first letter says so, as in the Unicode bidirectional algorithm.

A document in one language quotes another: a form in Arabic in a Serbian procedure. So each block is asked,
not the language of the text. What has no letter (a number, a line of dots) has the direction of its
surroundings.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal

Json = Mapping[str, Any]
Side = Literal["rtl", "ltr", ""]

_LETTER = re.compile("[^\\W\\d_]|[\u200e\u200f\u061c]")
"""What may say the direction: letters, and the marks that stand for one."""


def side_of_text(text: str) -> Side:
    """Of the first letter of a text; empty where it has none."""
    for found in _LETTER.finditer(text):
        direction = unicodedata.bidirectional(found[0])
        if direction in ("L", "R", "AL"):
            return "ltr" if direction == "L" else "rtl"
    return ""


def side_of(nodes: Sequence[Json]) -> Side:
    """The side of the first letter in inline content or in blocks. Of a list it is the first item's, of a
    table the first cell's."""
    for text in _texts(nodes):
        if side := side_of_text(text):
            return side
    return ""


def _texts(nodes: Sequence[Json]) -> Iterator[str]:
    for node in nodes:
        if node.get("text"):
            yield str(node["text"])
        attrs = node.get("attrs") or {}
        for name in ("title", "text"):
            if attrs.get(name):
                yield str(attrs[name])
        yield from _texts(node.get("content") or ())


def turn(side: Side, rtl: bool) -> str:
    """The attribute of HTML for a text read from ``side`` within a page from the right (``rtl``) or not.
    Empty where it needs none."""
    return f' dir="{side}"' if side and (side == "rtl") != rtl else ""


def turned_heading(html: str, content: Sequence[Json]) -> str:
    """The words of a heading, drawn as ``html``: from the right they say so themselves, as their element is
    another's. The styles turn that element with them."""
    return f'<span dir="rtl">{html}</span>' if side_of(content) == "rtl" else html
