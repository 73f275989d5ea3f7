"""A paragraph of Word as one string. Words stay. Everything else (a tab, a picture, a note, a field, a link)
is one character, equal for equal objects."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain, repeat

from documents.word.file import ns
from documents.word.file.ns import Element, child, w
from documents.word.redline.compared.comparand import Comparand
from documents.word.redline.revision_marks import LEFT

SPACE, BLANKS = f"{{{ns.XML}}}space", " \t\r\n"
PRIVATE = 0xF0000
LAST = 0x10FFFD
RESERVED = re.compile("[\U000f0000-\U0010ffff]")
NOTES = frozenset({w("footnoteReference"), w("endnoteReference")})
SKIPPED = frozenset({w("rPr"), w("lastRenderedPageBreak")})


class Alphabet(defaultdict[object, str]):
    """One private character for each key. What comes after the last one is never equal to words."""

    def __init__(self) -> None:
        super().__init__(map(chr, chain(range(PRIVATE, LAST), repeat(LAST))).__next__)

    def string(self, keys: Iterable[object]) -> str:
        return "".join(map(self.__getitem__, keys))


@dataclass(slots=True)
class Piece:
    """A stretch of a paragraph: text of a run, an object in a run (``inner``), or elements (link, field)."""

    start: int
    end: int
    run: Element | None
    look: bytes
    inner: Element | None = None
    whole: tuple[Element, ...] = ()
    markers: tuple[Element, ...] = ()
    """Beginnings and ends of bookmarks and comments that are just before."""


class Flat:
    """A paragraph's content: ``text`` and the ``pieces`` that cover it without gaps; ``rest`` are markers at
    the end."""

    def __init__(self, paragraph: Element, side: Comparand, part: str, alphabet: Alphabet) -> None:
        self.pieces: list[Piece] = []
        self.side, self.part, self.alphabet = side, part, alphabet
        self._texts: list[str] = []
        self._at = 0
        self._markers: list[Element] = []
        children = [node for node in paragraph if node.tag != w("pPr")]
        index = 0
        while index < len(children):
            index += self._take(children, index)
        self.rest = tuple(self._markers)
        self.text = "".join(self._texts)
        self.starts = [piece.start for piece in self.pieces]

    def at(self, position: int) -> Piece:
        return self.pieces[bisect_right(self.starts, position) - 1]

    def _add(self, text: str, piece: Piece) -> None:
        piece.start, piece.end, piece.markers = self._at, self._at + len(text), tuple(self._markers)
        self._texts.append(text)
        self.pieces.append(piece)
        self._at, self._markers = piece.end, []

    def _take(self, children: list[Element], index: int) -> int:
        """Takes in one of the children, or a field of several; gives how many these were."""
        node = children[index]
        if node.tag in LEFT:
            self._markers.append(node)
            return 1
        count = _field(children, index) if node.tag == w("r") else 1
        if not count:
            self._run(node)
            return 1
        nodes = children[index : index + count]
        whole = tuple(one for one in nodes if one.tag not in LEFT)
        key = self.alphabet[b"".join(self.side.key(one, self.part) for one in whole)]
        self._add(key, Piece(0, 0, None, b"", whole=whole))
        self._markers += [one for one in nodes if one.tag in LEFT]
        return count

    def _run(self, run: Element) -> None:
        look = self.side.look(child(run, "rPr"))
        for inner in run:
            if inner.tag == w("commentReference"):
                self._markers.append(run)
            elif inner.tag not in SKIPPED and (text := self._sign_of(inner)):
                self._add(text, Piece(0, 0, run, look, inner))

    def _sign_of(self, inner: Element) -> str:
        """The text of a run, or the character for another thing in it."""
        if inner.tag != w("t"):
            note = inner.tag in NOTES
            return self.alphabet[b"note" + inner.tag.encode() if note else self.side.key(inner, self.part)]
        text = inner.text or ""
        if inner.get(SPACE) is None:
            # Word shows no blanks there, and marked words are written so that it shows them.
            text = text.strip(BLANKS)
        return self.alphabet[text] if RESERVED.search(text) else text


def _field(children: list[Element], index: int) -> int:
    """How many children a long field has that begins in this run and ends in the same paragraph. 0 where
    there is none."""
    if child(children[index], "fldChar") is None:
        return 0
    depth = 0
    for place in range(index, len(children)):
        for mark in children[place].iterchildren(w("fldChar")) if children[place].tag == w("r") else ():
            depth += {"begin": 1, "end": -1}.get(mark.get(w("fldCharType")) or "", 0)
            if depth < 0:
                return 0
        if not depth:
            return place - index + 1
    return 0
