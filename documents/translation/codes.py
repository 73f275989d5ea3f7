"""Inline content as words with numbered codes, the form in which translation tools keep what is not words.

Every stretch of a mark (bold, a link) is a pair of codes. Every break, note and picture is a single one. The
numbers are given in the order of the source text; the translation uses the number of the equal code. So a
tool, or a person in a table, can move a code and can't change what it stands for.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from documents.text.types import Json
from documents.translation.slots import Content


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of words (``text``), or one code: opened, closed, or single (``number`` says which)."""

    kind: Literal["text", "open", "close", "single"]
    text: str = ""
    number: int = 0


class UnknownCode(ValueError):
    """A code that the text does not have, or that is not closed. Or a note or picture lost or doubled."""

    def __init__(self, number: int) -> None:
        super().__init__(f"code {number}")
        self.number = number


@dataclass
class Codes:
    """What the numbers of one slot stand for, counted from 1: marks for pairs, nodes for single codes."""

    values: list[Json] = field(default_factory=list)
    _used: set[int] = field(default_factory=set)

    @classmethod
    def of(cls, source: Content, target: Content | None = None) -> Codes:
        """The codes of a source text, then those that only its translation has."""
        codes = cls()
        codes.encode(source)
        if target is not None:
            codes.encode(target)
        return codes

    def number(self, value: Json) -> int:
        """The first number not used yet that stands for an equal code, or a new one."""
        for index, known in enumerate(self.values, 1):
            if known == value and index not in self._used:
                self._used.add(index)
                return index
        self.values.append(value)
        self._used.add(len(self.values))
        return len(self.values)

    def encode(self, content: Iterable[Json]) -> list[Piece]:
        """The pieces of inline content in canonical form. Called once for the source, then once for its
        translation."""
        self._used = set()
        pieces: list[Piece] = []
        opened: list[tuple[Json, int]] = []
        for node in content:
            marks = list(node.get("marks") or []) if node["type"] == "text" else []
            keep = 0
            if node["type"] == "text":
                while keep < len(opened) and keep < len(marks) and opened[keep][0] == marks[keep]:
                    keep += 1
            while len(opened) > keep:
                pieces.append(Piece("close", number=opened.pop()[1]))
            for mark in marks[keep:]:
                opened.append((mark, self.number(mark)))
                pieces.append(Piece("open", number=opened[-1][1]))
            if node["type"] == "text":
                pieces.append(Piece("text", text=node["text"]))
            else:
                pieces.append(Piece("single", number=self.number(node)))
        pieces.extend(Piece("close", number=number) for _, number in reversed(opened))
        return pieces

    def decode(self, pieces: Sequence[Piece], source: Sequence[Piece]) -> Content:
        """The inline content of a translation's pieces.

        Raises UnknownCode for an unknown number, one of the other kind of code, or a pair left open. Also
        where a note or picture of the source is missing or doubled.
        """
        content: Content = []
        opened: list[int] = []
        singles: list[int] = []
        for piece in pieces:
            if piece.kind == "text":
                marks = [self._value(number, mark=True) for number in opened]
                content.append({"type": "text", "text": piece.text} | ({"marks": marks} if marks else {}))
            elif piece.kind == "open":
                self._value(piece.number, mark=True)
                opened.append(piece.number)
            elif piece.kind == "close":
                if piece.number not in opened:
                    raise UnknownCode(piece.number)
                opened.remove(piece.number)
            else:
                content.append(self._value(piece.number, mark=False))
                singles.append(piece.number)
        if opened:
            raise UnknownCode(opened[0])
        self._check_singles(singles, source)
        return content

    def _check_singles(self, found: list[int], source: Sequence[Piece]) -> None:
        needed = [
            piece.number
            for piece in source
            if piece.kind == "single" and self.values[piece.number - 1]["type"] != "break"
        ]
        for number in sorted({*needed, *found}):
            must_be_once = number in needed or self.values[number - 1]["type"] != "break"
            if must_be_once and found.count(number) != 1:
                raise UnknownCode(number)

    def _value(self, number: int, *, mark: bool) -> Json:
        if not 1 <= number <= len(self.values):
            raise UnknownCode(number)
        value = self.values[number - 1]
        if is_mark(value) != mark:
            raise UnknownCode(number)
        return value


def is_mark(value: Json) -> bool:
    return value["type"] not in ("break", "note", "image")


def describe(value: Json) -> str:
    """The meaning of a code, in a word or an address: for the notes that tools show next to it."""
    attrs: dict[str, Any] = value.get("attrs") or {}
    return str(attrs.get("href") or attrs.get("alt") or attrs.get("uid") or attrs.get("id") or value["type"])
