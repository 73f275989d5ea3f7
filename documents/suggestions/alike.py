"""Which block of a text is most like another one. Pure, knows no Django."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any

from rapidfuzz import fuzz

from documents.suggestions.suggestion import LIKE
from documents.text import block_text

Json = dict[str, Any]
MOVED_LIKE = 65.0
"""From 100: what is less like something that was taken out elsewhere did not come from there."""
LEAST_WORDS = 2
"""Fewer words are like others by chance."""
FEWEST_WORDS = 3
"""So many stand within another one by no chance."""
MOST_MOVED = 10_000
STAYS = 0.6
"""So many of the words of one stand where it goes on."""
MOST_LETTERS = 40_000
"""Of two texts together: longer ones are compared by their lines."""
MOST_WORDS = 4_000
"""More are not compared."""
WORD = re.compile(r"\w+")


def likeness(text: str, other: str) -> float:
    """How like two texts are (0 to 100): by their letters, of long ones by their lines, as that takes no time."""
    if len(text) + len(other) <= MOST_LETTERS:
        return fuzz.ratio(text, other)
    lines, others = Counter(text.split("\n")), Counter(other.split("\n"))
    return 200 * (lines & others).total() / (lines.total() + others.total())


def moved_and_changed(gone: Mapping[int, Json], come: Mapping[int, Json]) -> dict[int, int]:
    """Which parts (paragraphs, items, rows) that were taken out came elsewhere with some other words: each the most like of the
    other's."""
    if len(gone) * len(come) > MOST_MOVED:
        return {}
    old = {key: block_text(part) for key, part in gone.items()}
    new = {key: block_text(part) for key, part in come.items()}
    found = sorted(
        (
            (max(likeness(text, other), MOVED_LIKE * is_within(text, other)), i, j)
            for i, (key, text) in enumerate(old.items())
            for j, (twin, other) in enumerate(new.items())
            if gone[key]["type"] == come[twin]["type"]
            and min(len(text.split()), len(other.split())) >= LEAST_WORDS
        ),
        key=lambda one: -one[0],
    )
    keys, twins = list(old), list(new)
    pairs: dict[int, int] = {}
    for like, i, j in found:
        if like >= MOVED_LIKE and keys[i] not in pairs and twins[j] not in pairs.values():
            pairs[keys[i]] = twins[j]
    return pairs


def what_is_left(blocks: Sequence[Json], like: Json) -> int | None:
    """The block of the same kind that has the most of another one's words, and most of its own from there: what was accepted
    before may have left little of it. Whether it is the one, a merge tells."""
    lines, words = (Counter(parts) for parts in _said(like))
    best, found = (0, 0), None
    for index, block in enumerate(blocks):
        if block["type"] != like["type"]:
            continue
        own_lines, own = (Counter(parts) for parts in _said(block))
        common = (lines & own_lines).total(), (words & own).total()
        if common[1] * 2 > own.total() and common > best:
            best, found = common, index
    return found


def shares_words(text: str, like: str) -> bool:
    """Whether most words of a text are those of another one, or the other way round: much may have come, or gone."""
    words, own = Counter(like.split()), Counter(text.split())
    return (words & own).total() * 2 > min(own.total(), words.total())


def is_like(text: str, like: str) -> bool:
    """Whether a block, item or row of that text may be another one with other words."""
    return likeness(text, like) >= LIKE or shares_words(text, like)


def is_within(old: str, new: str) -> bool:
    """Whether one is whole in the other: much was put in before or behind it, or taken out."""
    short, long = sorted((old.strip(), new), key=len)
    return len(short.split()) >= FEWEST_WORDS and short.rstrip(".,;:") in long


def goes_on_in(block: Json, text: str) -> bool:
    """Whether most words of a block, item or row stand in a text in their order, some right behind one another."""
    said, words = WORD.findall(block_text(block)), WORD.findall(text)
    if len(said) < LEAST_WORDS or len(said) + len(words) > MOST_WORDS:
        return False
    runs = SequenceMatcher(None, said, words, autojunk=False).get_matching_blocks()
    least = min(FEWEST_WORDS, len(said))
    return sum(size for _a, _b, size in runs if size >= least) >= STAYS * len(said)


def _said(block: Json) -> tuple[list[str], list[str]]:
    text = block_text(block)
    return text.split("\n"), text.split()


def most_like(blocks: Sequence[Json], text: str, kind: str = "") -> int | None:
    scores = [
        (likeness(block_text(block), text), -index)
        for index, block in enumerate(blocks)
        if not kind or block["type"] == kind
    ]
    best = max(scores, default=(0.0, 0))
    return -best[1] if best[0] >= LIKE else None
