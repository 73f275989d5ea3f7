"""How like two blocks, items, rows or cells are by their words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rapidfuzz.distance import Indel

from documents.comparison.align import SURE, Pair, equal_pairs, in_gaps
from documents.comparison.context import Context, Side
from documents.comparison.model import WordOp
from documents.comparison.nodes.running import number_and_words
from documents.comparison.words.diff import measured
from documents.comparison.words.tokens import WORD
from documents.text import block_text

Json = dict[str, Any]

LEAST_LIKENESS = 0.42
"""Below this two paragraphs are two texts, not one that was changed."""
LEAST_OF_PARTS = 0.3
"""The same for items, rows and cells, where there is little text to go by."""
ONE_LEAD = 0.95
"""More than the words that stood under it say, where these are an item of their own now."""
LEAST_LEAD = 3
"""With so many words in common at their start two items are one, whatever stands under them."""
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
        self._words: dict[tuple[bool, int], tuple[str, str]] = {}

    def all_sure(self) -> bool:
        """Whether each node is plainly the one that stands in its place: paragraphs only, equal or little changed, and none of
        them equal to one in another place."""
        other = [place for place, (a, b) in enumerate(zip(self.old, self.new, strict=True)) if a != b]
        if not all(self.old[place]["type"] == "paragraph" == self.new[place]["type"] for place in other):
            return False
        if len(other) > 1:
            was, now = ([_words_of(side[place]) for place in other] for side in (self.old, self.new))
            # Texts of no length that comes again are not equal to any.
            if not {*map(len, was)}.isdisjoint(map(len, now)) and not {*was}.isdisjoint(now):
                return False
        return all(self.sure(place, place) for place in other)

    def renumbered(self, pairs: list[Pair]) -> list[Pair]:
        """The same pairs, and between them those of which only the running number differs."""

        def gap(a: int, b: int, c: int, d: int) -> list[Pair]:
            old, new = ([self._key(True, i) for i in range(a, b)], [self._key(False, j) for j in range(c, d)])
            keys = self.context.nodes.string(old), self.context.nodes.string(new)
            return [
                (None if i is None else a + i, None if j is None else c + j) for i, j in equal_pairs(*keys)
            ]

        return in_gaps(pairs, gap)

    def _key(self, is_old: bool, index: int) -> tuple[str, str | int]:
        """Equal for two nodes of one type with a number and the same words behind it."""
        number, words = self._of(is_old, index)
        kind = (self.old if is_old else self.new)[index]["type"]
        return (f"numbered {kind}", words) if number else ("old" if is_old else "new", index)

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
        (number, a), (other, b) = self._of(True, i), self._of(False, j)
        if not a or not b:
            # Without text, an image or an empty cell: like enough to be one that changed, if nothing else is.
            return self.least if a == b else 0.0
        score = Indel.normalized_similarity(a, b, score_cutoff=self.least)
        if not score and number and number == other:
            # Where the words say too little, the number says something.
            score = Indel.normalized_similarity(f" {a}", f" {b}", score_cutoff=self.least)
        if score < ONE_LEAD and self._same_lead(self.old[i], self.new[j]):
            return ONE_LEAD
        return score

    def _same_lead(self, old: Json, new: Json) -> bool:
        """Whether two items begin with the same words, and only what stands under these differs."""
        if old["type"] != "item" or len(content_of(old)) == len(content_of(new)) == 1:
            return False
        leads = [
            self.context.folded(block_text(content_of(node)[0])).split() if content_of(node) else []
            for node in (old, new)
        ]
        return leads[0] == leads[1] and len(leads[0]) >= LEAST_LEAD

    def _of(self, is_old: bool, index: int) -> tuple[str, str]:
        """The running number and the words, one character each."""
        key = (is_old, index)
        found = self._words.get(key)
        if found is None:
            node = (self.old if is_old else self.new)[index]
            number, text = number_and_words(node["type"], block_text(node))
            # Of the few words of a cell, punctuation must not make others ("services:" and "services").
            words = WORD.findall(text) if self.least == LEAST_OF_PARTS else text.split()
            found = self._words[key] = (number, self.context.word_string(words[:LONG]))
        return found


def _words_of(paragraph: Json) -> str:
    content = content_of(paragraph)
    text = content[0].get("text", "") if len(content) == 1 else block_text(paragraph)
    return number_and_words("paragraph", text)[1] if not text[:1].isalpha() or text[1:2] == ")" else text


def content_of(node: Json) -> list[Json]:
    if node["type"] == "opaque":
        text = (node.get("attrs") or {}).get("text")
        return [{"type": "text", "text": text}] if text else []
    return node.get("content") or []
