"""Plain text of inline content, blocks and bodies: for search, contents lists, word counts and comparison of
words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import unquote


def inline_text(content: Iterable[Mapping[str, Any]]) -> str:
    """The words of inline content; a line break is a newline, notes and images leave nothing."""
    return "".join(
        [
            node["text"] if node["type"] == "text" else "\n" if node["type"] == "break" else ""
            for node in content
        ]
    )


def block_lines(block: Mapping[str, Any]) -> Iterator[str]:
    """The lines of text of one block, in reading order: one a paragraph, caption, step title or cell
    paragraph."""
    kind = block["type"]
    attrs = block.get("attrs") or {}
    if kind in ("paragraph", "figure"):
        line = inline_text(block.get("content") or [])
        if line:
            yield line
    elif kind == "opaque":
        if attrs.get("text"):
            yield attrs["text"]
    else:
        if kind == "step":
            yield from (attrs[key] for key in ("title", "who", "limit") if attrs.get(key))
        for child in block.get("content") or []:
            yield from block_lines(child)


def block_text(block: Mapping[str, Any]) -> str:
    """All the text of one block, a line for each paragraph in it."""
    return "\n".join(block_lines(block))


def body_text(body: Mapping[str, Any] | None, *, heading: bool = False, notes: bool = True) -> str:
    """All the text of a section's body: blocks, then notes; with ``heading=True`` the heading first."""
    return "\n".join(body_lines(body, heading=heading, notes=notes))


def body_lines(body: Mapping[str, Any] | None, *, heading: bool = False, notes: bool = True) -> list[str]:
    """The same, line by line."""
    lines: list[str] = []
    if not body:
        return lines
    if heading and body.get("heading"):
        lines.append(inline_text(body["heading"]))
    for block in body.get("blocks") or []:
        if block["type"] == "paragraph":
            # Most blocks are: without a generator for each.
            line = inline_text(block.get("content") or [])
            if line:
                lines.append(line)
        else:
            lines.extend(block_lines(block))
    if notes:
        for blocks in (body.get("notes") or {}).values():
            for block in blocks:
                lines.extend(block_lines(block))
    return lines


def step_blocks(body: Mapping[str, Any] | None) -> list[Mapping[str, Any]]:
    """The steps of a section, in order; without those that are in a list, a table or another step."""
    return [block for block in (body or {}).get("blocks") or [] if block["type"] == "step"]


def unseen_texts(nodes: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """What a person wrote in these nodes that is no text of them: descriptions of pictures, labels of list
    items, and addresses of links, in words."""
    for node in nodes:
        attrs = node.get("attrs") or {}
        yield from (attrs[key] for key in ("alt", "label") if attrs.get(key))
        for mark in node.get("marks") or ():
            if href := (mark.get("attrs") or {}).get("href"):
                yield NO_WORD.sub(" ", unquote(href))
        yield from unseen_texts(node.get("content") or ())


NO_WORD = re.compile(r"[^\w.+-]+")


def image_hashes(body: Mapping[str, Any] | None) -> set[str]:
    """The SHA-256 of every image and stored piece of Word's XML that a body names."""
    found: set[str] = set()
    waiting = _parts(body or {})
    while waiting:
        node = waiting.pop()
        attrs = node.get("attrs")
        if attrs:
            found.update([attrs[key] for key in ("sha256", "ooxml") if attrs.get(key)])
        waiting += node.get("content") or ()
    return found


def _parts(body: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The nodes that a body's heading, blocks and notes begin with."""
    notes = (body.get("notes") or {}).values()
    return [
        *(body.get("heading") or ()),
        *(body.get("blocks") or ()),
        *(node for blocks in notes for node in blocks),
    ]


def picture_uses(body: Mapping[str, Any] | None) -> Iterator[str]:
    """The SHA-256 of every picture that a body shows, once for each place."""
    waiting = _parts(body or {})
    while waiting:
        node = waiting.pop()
        if node["type"] in ("image", "figure"):
            yield node["attrs"]["sha256"]
        waiting += node.get("content") or ()


LONGEST_NAME = 70
"""So many letters of a title or a text are where it is only named."""


def shortened(text: str, most: int = LONGEST_NAME) -> str:
    """At most so many letters of a text, cut behind a word; a single longer word is cut itself."""
    if len(text) <= most:
        return text
    end = next((at for at in range(most - 1, 0, -1) if text[at].isspace()), most - 1)
    return text[:end].rstrip(" ,;:.–—-(“„«") + "…"
