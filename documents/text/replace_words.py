"""Putting other words into a text at a place that an anchor found. Pure, knows no Django.

Places are counted as :func:`documents.text.body_text` does with the heading and the notes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, MutableMapping
from copy import deepcopy
from typing import Any

from documents.text.types import Body, Json

Piece = tuple[int, MutableMapping[str, Any], str]
"""Where a piece of a line begins in the text, with its object and member. An empty member is a line break."""
FIXED = ""


def replace_words(body: Body, start: int, end: int, words: str) -> Body | None:
    """The body with ``words`` in place of the text from ``start`` to ``end``. They have the marks of the
    first replaced word. None where the place runs over more than one paragraph or into something that is not
    text."""
    if not 0 <= start < end or "\n" in words:
        return None
    made = deepcopy(body)
    for line_start, pieces in lines_of(made):
        length = sum(piece_length(holder, member) for _, holder, member in pieces)
        if not line_start <= start < line_start + length:
            continue
        if end > line_start + length:
            return None
        return made if _put(pieces, start, end, words) else None
    return None


def _put(pieces: list[Piece], start: int, end: int, words: str) -> bool:
    rest = words
    for begins, holder, member in pieces:
        finishes = begins + piece_length(holder, member)
        if finishes <= start or begins >= end:
            continue
        if member == FIXED:
            return False
        text: str = holder[member]
        holder[member] = text[: max(start - begins, 0)] + rest + text[min(end, finishes) - begins :]
        rest = ""
    return True


def piece_length(holder: MutableMapping[str, Any], member: str) -> int:
    return 1 if member == FIXED else len(holder[member])


def lines_of(body: Mapping[str, Any]) -> Iterator[tuple[int, list[Piece]]]:
    """Every line that body_text() counts, with the place where it begins and its pieces."""
    position = 0
    for holders in _holders(body):
        pieces: list[Piece] = []
        begins = position
        for holder, member in holders:
            pieces.append((position, holder, member))
            position += piece_length(holder, member)
        yield begins, pieces
        position += 1


def _holders(body: Mapping[str, Any]) -> Iterator[list[tuple[Json, str]]]:
    if body.get("heading"):
        yield _inline(body["heading"])
    for block in body.get("blocks") or []:
        yield from _block(block)
    for blocks in (body.get("notes") or {}).values():
        for block in blocks:
            yield from _block(block)


def _inline(content: list[Json]) -> list[tuple[Json, str]]:
    """Texts and line breaks; notes and images count nothing and stay where they are."""
    return [
        (node, "text" if node["type"] == "text" else FIXED)
        for node in content
        if node["type"] in ("text", "break")
    ]


def _block(block: Json) -> Iterator[list[tuple[Json, str]]]:
    kind = block["type"]
    attrs = block.get("attrs") or {}
    if kind in ("paragraph", "figure"):
        line = _inline(block.get("content") or [])
        if any(piece_length(holder, member) for holder, member in line):
            yield line
    elif kind == "opaque":
        if attrs.get("text"):
            # Kept from Word as it was: every character of it is fixed.
            yield [({}, FIXED)] * len(attrs["text"])
    else:
        if kind == "step":
            for key in ("title", "who", "limit"):
                if attrs.get(key):
                    yield [(attrs, key)]
        for child in block.get("content") or []:
            yield from _block(child)
