"""A section's text part by part: each with its words, its structure and what leads to it (docs/decisions/0030). Pure, knows no Django.

The words alone do not tell where they stand: a limit in an empty cell's place is another one, and so are a note at another
paragraph, an item a level further out, a step's time limit that became its text, and words that are struck through.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import Any

from documents.suggestions.blocks import block_key
from documents.suggestions.notes import noted
from documents.text import block_text, body_text, inline_text

Json = dict[str, Any]
LED_TO = frozenset({"list", "table"})
"""What says nothing without what stands before it: "The hospital:", and then its limits."""
SHORT = 12
"""A paragraph of at most so many words that ends in no mark is like a heading of what follows it."""
_ENDS = re.compile(r"""[.!?;,…]["'»«“”„’)\]]*\s*\Z""")
KINDS = BOLD, LINE, COLON = "bold", "line", "colon"
"""What leads to all that follows, up to the next such: a line in bold or in the middle, a short one, and one with a colon."""


@dataclass(frozen=True)
class Piece:
    """Some lines of the text, as they stand in it: those of a part (``number``) itself (``note`` 0) or of the blocks of its notes."""

    number: int
    note: int
    words: str


@dataclass(frozen=True)
class Part:
    """The heading, or a block with the notes that it names. ``key``: its structure with all its words; ``context``: the same of what
    leads to it; ``said``: the words of both, and ``count`` how many these are with what leads to it directly."""

    key: bytes
    context: tuple[bytes, ...]
    said: tuple[str, ...]
    count: int


@dataclass(frozen=True)
class Parts:
    """A section's text: the heading first, then its blocks."""

    body: Json

    @classmethod
    def read(cls, body: Mapping[str, Any] | None) -> Parts:
        """Of a body, or of none."""
        return cls({"heading": [], "blocks": [], "notes": {}} | dict(body or {}))

    @cached_property
    def text(self) -> str:
        """All of it, as :func:`documents.text.body_text` gives it with its heading."""
        return body_text(self.body, heading=True)

    @cached_property
    def key(self) -> bytes:
        """The structure of all of it, without what only Word knows and whatever its notes are named."""
        return b"\n".join(block_key(block, self.body) for block in self.blocks)

    @cached_property
    def heading(self) -> bytes:
        """The heading with its marks and notes."""
        return block_key(self.blocks[0], self.body)

    @cached_property
    def blocks(self) -> list[Json]:
        """The heading as a paragraph, and the blocks."""
        return [{"type": "paragraph", "content": self.body["heading"]}, *self.body["blocks"]]

    @cached_property
    def pieces(self) -> list[Piece]:
        """What the text is made of, in its order."""
        found = [Piece(0, 0, inline_text(self.body["heading"]))] if self.body["heading"] else []
        for number, block in enumerate(self.body["blocks"], 1):
            found += [Piece(number, 0, words)] if (words := block_text(block)) else []
        names = {
            key: (number, 1000 * (at + 1))
            for number, block in enumerate(self.blocks)
            for at, key in enumerate(noted({"heading": [block], "blocks": []}))
        }
        for key, blocks in self.body["notes"].items():
            number, first = names.get(key, (-1, 0))
            for at, block in enumerate(blocks):
                found += [Piece(number, first + at, words)] if (words := block_text(block)) else []
        return found

    @cached_property
    def starts(self) -> list[int]:
        """Where each piece begins in the text."""
        return [0, *accumulate(len(piece.words) + 1 for piece in self.pieces)][:-1]

    @cached_property
    def words(self) -> dict[int, str]:
        """What each part says with its notes, without those that have no words."""
        found: dict[int, str] = {}
        for piece in self.pieces:
            found[piece.number] = f"{found.get(piece.number, '')}\n{piece.words}".strip()
        return {number: words for number, words in found.items() if words}

    @cached_property
    def parts(self) -> dict[int, Part]:
        """By its number, each that has words."""
        return dict(self._parts())

    def saying(self, part: Part) -> list[int]:
        """Which parts say what this one says, with what leads to them."""
        return [number for number, one in self.parts.items() if one.said == part.said]

    def _parts(self) -> Iterator[tuple[int, Part]]:
        leads: dict[str, int] = {}
        before: list[int] = []
        numbers = [number for number in sorted(self.words) if number >= 0]
        for at, number in enumerate(numbers):
            near = self._near(before) if self.blocks[number]["type"] in LED_TO else []
            direct = near[:1] or [one for one in before[-1:] if self._leads(one)]
            led = [*near, *direct, *(leads[kind] for kind in sorted(leads))]
            yield number, self._part(number, led, direct)
            if number:
                follower = self.blocks[numbers[at + 1]]["type"] if at + 1 < len(numbers) else ""
                if (kind := self._leads(number)) and (kind == BOLD or follower not in LED_TO):
                    # A line in bold ends what a short one before it leads to.
                    leads = {one: n for one, n in leads.items() if KINDS.index(one) < KINDS.index(kind)}
                    leads[kind] = number
                before.append(number)

    def _part(self, number: int, led: list[int], direct: list[int]) -> Part:
        every = [number, *led]
        keys = tuple(block_key(self.blocks[one], self.body) for one in every)
        count = sum(len(self.words[one].split()) for one in {number, *direct})
        return Part(keys[0], keys[1:], tuple(self.words[one] for one in every), count)

    def _near(self, before: list[int]) -> list[int]:
        """What leads to a list or table, and what stands directly before that, the nearest first."""
        found: list[int] = []
        for number in reversed(before):
            found.append(number)
            if len(found) > 1 and self.blocks[found[-2]]["type"] not in LED_TO:
                break
        return found

    def _leads(self, number: int) -> str:
        """How a part leads to what follows it; empty where it does not."""
        block, words = self.blocks[number], self.words[number]
        if block_text(block).rstrip().endswith(":"):
            return COLON
        if block["type"] != "paragraph":
            return ""
        texts = [one for one in block.get("content") or [] if one["type"] == "text" and one["text"].strip()]
        bold = texts and all(any(mark["type"] == "bold" for mark in one.get("marks") or []) for one in texts)
        if bold or (block.get("attrs") or {}).get("style") == "centred":
            return BOLD
        said = inline_text(block.get("content") or [])
        return LINE if said.strip() and len(words.split()) <= SHORT and not _ENDS.search(said) else ""
