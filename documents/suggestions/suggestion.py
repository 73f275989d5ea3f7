"""What a suggestion is. Pure, knows no Django."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from documents.suggestions.blocks import without_word
from documents.suggestions.notes import noted
from documents.suggestions.standing import split
from documents.text import block_text

Json = dict[str, Any]
HEADING, CHANGED, ADDED, REMOVED, SHIFTED = "heading", "changed", "added", "removed", "shifted"
LIKE = 60.0
"""From 100: below this, a block is another block."""
NEXT = "\x1e"
BEFORE = "before"
"""Behind the level of a new section: it stands before the section that it names, and not behind it."""
COPY = "\x1d"
"""Begins the place of a block that is added though the text has the same one already."""
BECOMES = "\x19"
"""Begins the words that a paragraph, row or item has when all its suggestions were taken: with some of them taken it is as like
these as it is like the old ones."""


@dataclass(frozen=True)
class Suggested:
    """``kind`` is one of the five above. ``old`` and ``new`` are the words, for showing and for finding who wrote them;
    ``place`` the texts of blocks that an added or shifted one may follow, the nearest first (:data:`NEXT` between them), behind
    what tells it from its equals (:mod:`documents.suggestions.standing`).

    A paragraph that went into a list has both in ``before``, and in ``after`` the list with it, or the list in two parts with
    the paragraph between them; one that came out of a list has the list in ``before`` and both in ``after``. One that moved and
    was changed as well has its words before and behind that. A row or an item
    that moved within its table or list has that in both, as it was and as it is to be (:func:`within_block`). Paragraphs that were
    joined or divided are a change that has all of them."""

    kind: str
    before: Json
    after: Json
    old: str
    new: str
    place: str = ""


def part(body: Json, blocks: tuple[Json, ...], heading: Sequence[Json] = ()) -> Json:
    """A small body of some blocks, with the notes that they name."""
    named = set(noted({"heading": heading, "blocks": blocks}))
    notes = {key: value for key, value in (body.get("notes") or {}).items() if key in named}
    return {"heading": list(heading), "blocks": without_word(list(blocks)), "notes": notes}


def follows(place: str) -> str:
    """The words that an added or shifted block follows; empty where it is the first."""
    return split(place)[1].removeprefix(COPY).partition(NEXT)[0]


def beside(kind: str, before: Json, after: Json, place: str) -> str:
    """Where the words of a suggestion go if those that they were to replace stay: where they move to, else behind those."""
    if kind == SHIFTED and not within_block(before, after):
        return place
    return block_text(before["blocks"][-1]) if before["blocks"] else ""


def within_block(before: Json, after: Json) -> bool:
    """Whether a shifted one moves something within one block, a row or an item, and not the block itself."""
    blocks = before["blocks"] + after["blocks"]
    return (
        len(blocks) == 2
        and blocks[0]["type"] != "paragraph"
        and without_word(blocks[0]) != without_word(blocks[1])
    )


def has_ends(before: Json, after: Json) -> bool:
    """Whether it is paragraphs that were joined or divided, all of them."""
    blocks = before["blocks"] + after["blocks"]
    both = before["blocks"] and after["blocks"]
    return bool(both) and len(blocks) > 2 and all(block["type"] == "paragraph" for block in blocks)
