"""Read the bilingual dictionaries of Apertium as Debian installs them: compiled by lttoolbox, version 3.6
or newer without weights. A file is an alphabet of characters, tags and pairs of them, and one graph or
several. Each path of a graph spells a word and its translation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

_FILE: Final = b"LTTB"
_GRAPH: Final = b"LTTD"
_FEATURES: Final = 8
#: Names are left out: *Gazprom* translates nothing.
_NAME: Final = "np"
_LONGEST: Final = 60


class FormatError(Exception):
    """The file is no dictionary that this can read."""


@dataclass(frozen=True, slots=True)
class _Way:
    """A way through the graph as far as it was gone: both words until their first tag, and the states."""

    state: int
    word: str = ""
    other: str = ""
    word_done: bool = False
    other_done: bool = False
    name: bool = False
    seen: tuple[int, ...] = ()


class _Bytes:
    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def number(self) -> int:
        """A number of one to four bytes; the first two bits say how many follow."""
        first = self._data[self._at]
        length = 1 + (first >> 6)
        value = int.from_bytes(self._data[self._at : self._at + length], "big")
        self._at += length
        return value & ~(0b11 << (8 * length - 2))

    def numbers(self) -> list[int]:
        return [self.number() for _ in range(self.number())]

    def text(self) -> str:
        return "".join(map(chr, self.numbers()))

    def head(self, magic: bytes, *, needed: bool = False) -> None:
        """Pass over a head; `FormatError` where it asks for what is not known here."""
        if self._data[self._at : self._at + 4] != magic:
            if needed:
                raise FormatError("no compiled dictionary")
            return
        features = self._data[self._at + 4 : self._at + 4 + _FEATURES]
        if any(features):
            raise FormatError("a dictionary with weights or other features")
        self._at += 4 + _FEATURES


def read_pairs(data: bytes) -> Iterator[tuple[str, str]]:
    """Each word with each of its translations, in the order of the file. `FormatError` where it is none."""
    try:
        yield from _read(_Bytes(data))
    except (IndexError, ValueError, OverflowError) as error:
        raise FormatError("the dictionary is broken off") from error


def _read(file: _Bytes) -> Iterator[tuple[str, str]]:
    file.head(_FILE, needed=True)
    file.numbers()
    tags = [file.text() for _ in range(file.number())]
    pairs = [(file.number() - len(tags), file.number() - len(tags)) for _ in range(file.number())]
    for _ in range(file.number()):
        file.text()
        file.head(_GRAPH)
        start = file.number()
        file.numbers()
        size = file.number()
        graph = [_steps(file, state, size) for state in range(size)]
        yield from _words(_Way(start), graph, pairs, tags)


def _steps(file: _Bytes, state: int, size: int) -> list[tuple[int, int]]:
    """A state's steps: number of the pair, and the state that it leads to."""
    steps = []
    pair = 0
    for _ in range(file.number()):
        pair += file.number()
        steps.append((pair, (state + file.number()) % size))
    return steps


def _words(
    start: _Way, graph: Sequence[Sequence[tuple[int, int]]], pairs: Sequence[tuple[int, int]], tags: list[str]
) -> Iterator[tuple[str, str]]:
    """The words of all paths until both have reached a tag. Paths with a circle or with numbers end."""
    ways = [start]
    while ways:
        way = ways.pop()
        for number, state in graph[way.state]:
            one, other = pairs[number]
            name = way.name or (one < 0 and not way.word_done and tags[-one - 1] == _NAME)
            word, word_done = _spelled(way.word, one, done=way.word_done)
            translation, other_done = _spelled(way.other, other, done=way.other_done)
            if word_done and other_done:
                if word and translation and not name:
                    yield word, translation
            elif state not in (seen := (*way.seen, way.state)) and len(seen) < _LONGEST:
                if word and not word[-1].isalpha():
                    continue
                ways.append(_Way(state, word, translation, word_done, other_done, name, seen))


def _spelled(word: str, symbol: int, *, done: bool) -> tuple[str, bool]:
    """The word with one symbol more: a character, a tag (below nought), or nothing."""
    if symbol > 0 and not done:
        return word + chr(symbol), False
    return word, done or symbol < 0
