"""How well a comparison finds what is known to have been done to a text."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from bench.edited_pairs import WORD, EditedPair, text_nodes
from documents.comparison import Comparison, NodeChange

Json = dict[str, Any]


@dataclass(frozen=True)
class Score:
    """Of what was found and of what there was, how much is both."""

    right: int
    found: int
    there: int

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.there if self.there else 1.0

    @property
    def f1(self) -> float:
        return 2 * self.right / (self.found + self.there) if self.found + self.there else 1.0

    def __add__(self, other: Score) -> Score:
        return Score(self.right + other.right, self.found + other.found, self.there + other.there)

    def __str__(self) -> str:
        return f"{self.f1:.4f} (precision {self.precision:.4f}, recall {self.recall:.4f})"


def scores(comparison: Comparison, pair: EditedPair) -> dict[str, Score]:
    """Words that were removed and added; sections recognised, moved, split and joined."""
    moved = [change.uid for change in comparison if change.moved]
    pairs = [(c.old.uid, c.new.uid) for c in comparison if c.old and c.new]
    split = [(c.uid, c.split_from.uid) for c in comparison if c.split_from]
    joined = [(c.uid, c.joined_into.uid) for c in comparison if c.joined_into]
    return {
        "words": word_score(comparison, pair),
        "sections": score(pairs, pair.partner.items()),
        "moves": score(moved, pair.moved),
        "split": score(split, pair.split.items()),
        "joined": score(joined, pair.joined.items()),
    }


def score(found: Iterable[Hashable], there: Iterable[Hashable]) -> Score:
    a, b = set(found), set(there)
    return Score(len(a & b), len(a), len(b))


def word_score(comparison: Comparison, pair: EditedPair) -> Score:
    gone: dict[int, str] = {}
    come: dict[int, str] = {}
    for change in comparison:
        for node in change.blocks:
            if node.old is not None and (node.op != "moved_away" or id(node.old) not in gone):
                gone[id(node.old)] = _flags(node, old=True)
            if node.new is not None and node.op != "moved_away":
                come[id(node.new)] = _flags(node, old=False)
    right = found = there = 0
    for tree, known, said in ((pair.old, pair.gone, gone), (pair.new, pair.come, come)):
        for section in tree:
            for block in section.text.body["blocks"]:
                truth, answer = known[id(block)], said.get(id(block), "")
                for start, end in _word_spans(block):
                    is_there, is_found = "x" in truth[start:end], "x" in answer[start:end]
                    right += is_there and is_found
                    found += is_found
                    there += is_there
    return Score(right, found, there)


def _word_spans(block: Json) -> Iterator[tuple[int, int]]:
    before = 0
    for node in text_nodes([block]):
        yield from ((before + word.start(), before + word.end()) for word in WORD.finditer(node["text"]))
        before += len(node["text"])


def _text(block: Json) -> str:
    return "".join(node["text"] for node in text_nodes([block]))


def _flags(node: NodeChange, *, old: bool) -> str:
    """For each character of a block's text whether the comparison says that it was removed, or added."""
    side = (node.old if old else node.new) or {}
    if node.op in ("removed", "added"):
        return "x" * len(_text(side))
    if node.op in ("same", "moved", "moved_away"):
        return "." * len(_text(side))
    flags = ""
    for op in node.words:
        changed = op.op == ("del" if old else "ins")
        for piece in op.old if old else op.new:
            if piece["type"] == "text":
                flags += ("x" if changed else ".") * len(piece["text"])
    hidden = ("added", "moved") if old else ("removed", "moved_away")
    return flags + "".join(_flags(child, old=old) for child in node.children if child.op not in hidden)
