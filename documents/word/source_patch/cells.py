"""Inline content as a row of single cells (a letter with its marks, a note, a picture), and the words they make."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from documents.text import canonical_json

WORD = re.compile(r"\w+|\s+|.", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Cell:
    """A letter (``text``), or something that is no letter and whose ``key`` says what. ``marks``: canonical JSON."""

    text: str
    key: str
    marks: bytes = b""
    node: Any = None
    """The inline node that the cell comes from; for a letter one of its marks."""

    def same(self, other: Cell) -> bool:
        return self.text == other.text and self.key == other.key and self.marks == other.marks


def flatten(content: Iterable[Mapping[str, Any]]) -> list[Cell]:
    """The cells of inline content."""
    cells: list[Cell] = []
    for node in content:
        kind = node["type"]
        if kind == "text":
            marks = node.get("marks") or []
            key = canonical_json(marks) if marks else b""
            cells.extend(Cell(letter, "", key, marks) for letter in node["text"])
        elif kind == "break":
            cells.append(Cell("\n", "break"))
        elif kind == "note":
            cells.append(Cell("", "note:" + node["attrs"]["id"], b"", node))
        elif kind == "image":
            cells.append(Cell("", "image:" + node["attrs"]["sha256"], b"", node))
    return cells


@dataclass(frozen=True, slots=True)
class Edit:
    """The cells ``start`` to ``end`` of the old text give way to ``cells``."""

    start: int
    end: int
    cells: Sequence[Cell]


def edits(old: Sequence[Cell], new: Sequence[Cell]) -> list[Edit]:
    """What makes the new cells of the old ones, word by word."""
    low = 0
    while low < min(len(old), len(new)) and old[low].same(new[low]):
        low += 1
    high = 0
    while high < min(len(old), len(new)) - low and old[-1 - high].same(new[-1 - high]):
        high += 1
    low, high = _to_word(old, new, low, high)
    words_old = list(_words(old[low : len(old) - high]))
    words_new = list(_words(new[low : len(new) - high]))
    starts_old, starts_new = _starts(words_old, low), _starts(words_new, low)
    keys_old, keys_new = [_key(word) for word in words_old], [_key(word) for word in words_new]
    found: list[Edit] = []
    for op, a, b, c, d in SequenceMatcher(None, keys_old, keys_new, autojunk=False).get_opcodes():
        if op != "equal":
            found.append(Edit(starts_old[a], starts_old[b], new[starts_new[c] : starts_new[d]]))
    return found


def _to_word(old: Sequence[Cell], new: Sequence[Cell], low: int, high: int) -> tuple[int, int]:
    """The bounds of what differs, moved out to where words begin and end."""

    def inside(cells: Sequence[Cell], at: int) -> bool:
        return 0 < at < len(cells) and cells[at - 1].text.isalnum() and cells[at].text.isalnum()

    while low and (inside(old, low) or inside(new, low)):
        low -= 1
    while high and (inside(old, len(old) - high) or inside(new, len(new) - high)):
        high -= 1
    return low, high


def _words(cells: Sequence[Cell]) -> Iterator[Sequence[Cell]]:
    """The cells word by word; where marks change within a word, it is cut."""
    start = 0
    while start < len(cells):
        end = start + 1
        if cells[start].text and not cells[start].key:
            alike = cells[start].text.isalnum()
            while (
                alike
                and end < len(cells)
                and cells[end].text.isalnum()
                and cells[end].marks == cells[start].marks
            ):
                end += 1
        yield cells[start:end]
        start = end


def _key(word: Sequence[Cell]) -> tuple[str, str, bytes]:
    return "".join(cell.text for cell in word), word[0].key, word[0].marks


def _starts(words: Sequence[Sequence[Cell]], low: int) -> list[int]:
    starts = [low]
    for word in words:
        starts.append(starts[-1] + len(word))
    return starts
