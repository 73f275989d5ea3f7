"""How like two blocks, items, rows or cells are by their words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rapidfuzz.distance import Indel

from documents.comparison.align import SURE
from documents.comparison.context import Context, Side
from documents.comparison.model import WordOp
from documents.comparison.tokens import WORD
from documents.comparison.words import measured
from documents.tree import block_text

Json = dict[str, Any]

LEAST_LIKENESS = 0.42
"""Below this two paragraphs are two texts, not one that was changed."""
LEAST_OF_PARTS = 0.3
"""The same for items, rows and cells, where there is little text to go by."""
LONG = 2000
"""Of longer blocks only so many words are looked at to see how like they are."""
PARTS = frozenset({"item", "row", "cell"})


class Likeness:
    """How like two nodes are by their words; 0 for different types."""

    def __init__(
        self,
        old: Sequence[Json],
        new: Sequence[Json],
        old_side: Side,
        new_side: Side,
        context: Context,
    ) -> None:
        self.old, self.new, self.context = old, new, context
        first = next(iter(old or new), None)
        small = first is None or first["type"] in PARTS or first["type"] == "note_text"
        self.least = LEAST_OF_PARTS if small else LEAST_LIKENESS
        self.old_side, self.new_side = old_side, new_side
        self.words: dict[tuple[int, int], tuple[WordOp, ...]] = {}
        self._other: dict[tuple[int, int], int] = {}
        self._words: dict[tuple[bool, int], str] = {}

    def all_sure(self) -> bool:
        """Whether each node is plainly the one that stands in its place: paragraphs only, equal or little changed."""
        return all(
            a == b or (a["type"] == "paragraph" == b["type"] and self.sure(place, place))
            for place, (a, b) in enumerate(zip(self.old, self.new, strict=True))
        )

    def sure(self, i: int, j: int) -> bool:
        """Whether two nodes are plainly one that was changed. Of paragraphs the words are compared, and kept for later."""
        a, b = self.old[i], self.new[j]
        if a["type"] != "paragraph" or b["type"] != "paragraph":
            return self(i, j) >= SURE
        before, after = content_of(a), content_of(b)
        other = self._other.get((i, j))
        if other is None:
            self.words[(i, j)], other = measured(before, after, self.old_side, self.new_side, self.context)
            self._other[(i, j)] = other
        both = sum([len(node["text"]) for side in (before, after) for node in side if "text" in node])
        return other <= (1 - SURE) * both

    def __call__(self, i: int, j: int) -> float:
        if self.old[i]["type"] != self.new[j]["type"]:
            return 0.0
        a, b = self._of(True, i), self._of(False, j)
        if not a or not b:
            # Without text, an image or an empty cell: like enough to be one that changed, if nothing else is.
            return self.least if a == b else 0.0
        return Indel.normalized_similarity(a, b, score_cutoff=self.least)

    def _of(self, is_old: bool, index: int) -> str:
        key = (is_old, index)
        found = self._words.get(key)
        if found is None:
            text = block_text((self.old if is_old else self.new)[index])
            # Of the few words of a cell, punctuation must not make others ("services:" and "services").
            words = WORD.findall(text) if self.least == LEAST_OF_PARTS else text.split()
            found = self._words[key] = self.context.word_string(words[:LONG])
        return found


def content_of(node: Json) -> list[Json]:
    if node["type"] == "opaque":
        text = (node.get("attrs") or {}).get("text")
        return [{"type": "text", "text": text}] if text else []
    return node.get("content") or []
