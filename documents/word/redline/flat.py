"""A paragraph of Word as one string. Words stay. Everything else (a tab, a picture, a note, a field, a link)
is one character, equal for equal objects."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain, repeat

from documents.word import ns
from documents.word.ns import Element, child, w
from documents.word.redline.comparand import Comparand
from documents.word.redline.revision_marks import LEFT

SPACE, BLANKS = f"{{{ns.XML}}}space", " \t\r\n"
PRIVATE = 0xF0000
LAST = 0x10FFFD
RESERVED = re.compile("[\U000f0000-\U0010ffff]")
NOTES = frozenset({w("footnoteReference"), w("endnoteReference")})
SKIPPED = frozenset({w("rPr"), w("lastRenderedPageBreak"), w("commentReference")})


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

    __slots__ = ("pieces", "rest", "starts", "text")

    def __init__(self, paragraph: Element, side: Comparand, part: str, alphabet: Alphabet) -> None:
        self.pieces: list[Piece] = []
        parts: list[str] = []
        at = 0
        markers: list[Element] = []

        def add(
            text: str,
            run: Element | None,
            look: bytes,
            inner: Element | None = None,
            whole: tuple[Element, ...] = (),
        ) -> None:
            nonlocal at, markers
            parts.append(text)
            self.pieces.append(Piece(at, at + len(text), run, look, inner, whole, tuple(markers)))
            at += len(text)
            markers = []

        children = [node for node in paragraph if node.tag != w("pPr")]
        index = 0
        while index < len(children):
            node = children[index]
            if node.tag in LEFT:
                markers.append(node)
                index += 1
                continue
            count = _field(children, index) if node.tag == w("r") else 1
            if count > 1 or node.tag != w("r"):
                whole = tuple(n for n in children[index : index + max(count, 1)] if n.tag not in LEFT)
                left = [n for n in children[index : index + max(count, 1)] if n.tag in LEFT]
                add(alphabet[b"".join(side.key(n, part) for n in whole)], None, b"", None, whole)
                markers += left
                index += max(count, 1)
                continue
            properties = child(node, "rPr")
            look = side.look(properties)
            for inner in node:
                if inner.tag == w("t"):
                    text = inner.text or ""
                    if inner.get(SPACE) is None:
                        # Word shows no blanks there, and marked words are written so that it shows them.
                        text = text.strip(BLANKS)
                    if text and not RESERVED.search(text):
                        add(text, node, look, inner)
                    elif text:
                        add(alphabet[text], node, look, inner)
                elif inner.tag in SKIPPED:
                    if inner.tag == w("commentReference"):
                        markers.append(node)
                else:
                    key = b"note" + inner.tag.encode() if inner.tag in NOTES else side.key(inner, part)
                    add(alphabet[key], node, look, inner)
            index += 1
        self.rest = tuple(markers)
        self.text = "".join(parts)
        self.starts = [piece.start for piece in self.pieces]

    def at(self, position: int) -> Piece:
        return self.pieces[bisect_right(self.starts, position) - 1]


def _field(children: list[Element], index: int) -> int:
    """How many children a long field has that begins in this run and ends in the same paragraph. 0 where
    there is none."""
    depth = 0
    for place in range(index, len(children)):
        node = children[place]
        if node.tag == w("r"):
            for mark in node.iterchildren(w("fldChar")):
                kind = mark.get(w("fldCharType"))
                depth += 1 if kind == "begin" else -1 if kind == "end" else 0
                if depth < 0:
                    return 0
        if place == index and depth == 0 and child(node, "fldChar") is None:
            return 0
        if depth == 0:
            return place - index + 1 if place > index or child(node, "fldChar") is not None else 0
    return 0
