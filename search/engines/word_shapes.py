"""Cache of the terms of each word: words of laws come again and again, and each is analysed once."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from threading import Lock
from typing import Final, NamedTuple
from weakref import WeakKeyDictionary

from search.analysis import Analyser
from search.analysis.tokenise import spelled_in_piece
from search.engines.plan import tag
from search.engines.vocabulary import entry_of

_REMEMBERED: Final = 1 << 16
_AROUND: Final = ".,;:!?()[]\"'\u2013\u2014\u2018\u2019\u201c\u201d\u201e\u00ab\u00bb"
"""Signs that mostly are next to a word, and part of none."""
_LONGEST: Final = 40
"""What is between two blanks and has more letters is seldom seen twice."""


class Shape(NamedTuple):
    """A word in the index: tagged lemma and prefix, and its value in the word fields (or empty)."""

    lemma: str
    prefix: str
    entry: str


class Shapes(dict[str, Shape]):
    """The shapes of the words of one family, made when they are first asked for."""

    def __init__(self, analyser: Analyser, family: str) -> None:
        super().__init__()
        self._analyser = analyser
        self._family = family
        self._pieces = _Pieces(self)

    def __missing__(self, word: str) -> Shape:
        if len(self) >= _REMEMBERED:
            self.clear()
        [token] = self._analyser.tokens(word, self._family)
        family = self._family
        shape = Shape(tag(family, token.lemma), tag(family, token.prefix), entry_of(token.text, family))
        self[word] = shape
        return shape

    def of(self, text: str) -> list[Shape]:
        """The shapes of the words of a text, in order. No word contains a blank: a part between two is
        looked up as it is, with its commas. Its words are found only once."""
        return list(chain.from_iterable(map(self._pieces.__getitem__, text.split())))


class _Pieces(dict[str, tuple[Shape, ...]]):
    """By what is between two blanks, the shapes of its words: mostly one."""

    def __init__(self, shapes: Shapes) -> None:
        super().__init__()
        self._shapes = shapes

    def __missing__(self, piece: str) -> tuple[Shape, ...]:
        word = piece.strip(_AROUND)
        found: tuple[Shape, ...]
        if word.isalnum():
            found = (self._shapes[word],)
        else:
            found = tuple(map(self._shapes.__getitem__, spelled_in_piece(piece)))
        if len(piece) <= _LONGEST:
            if len(self) >= _REMEMBERED:
                self.clear()
            self[piece] = found
        return found


_known: WeakKeyDictionary[Analyser, dict[str, Shapes]] = WeakKeyDictionary()
_lock = Lock()


def shapes_of(analyser: Analyser, family: str) -> Shapes:
    """The shapes of a family that this analyser gives."""
    families = _known.get(analyser)
    if families is None:
        with _lock:
            families = _known.setdefault(analyser, {})
    shapes = families.get(family)
    return shapes if shapes is not None else families.setdefault(family, Shapes(analyser, family))


def entries(shapes: Iterable[Shape]) -> list[str]:
    """The values that are in the fields of words for these words, each once."""
    found = {shape.entry for shape in shapes}
    found.discard("")
    return sorted(found)
