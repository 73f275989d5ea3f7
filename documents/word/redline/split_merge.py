"""Paragraphs that were split or joined: only the end of a paragraph was inserted or deleted there.

Written as words deleted here and inserted there, nobody would see that the text is the same.
"""

from __future__ import annotations

import re
from copy import deepcopy
from dataclasses import dataclass

from documents.text.align import Pair, matches
from documents.text.diff import TOKEN
from documents.word.file.markup import e
from documents.word.file.ns import Element, child, w
from documents.word.redline.breaks import Placed
from documents.word.redline.compared.flat import SPACE, Flat
from documents.word.redline.compared.matching import words_of
from documents.word.redline.paragraphs import Paragraphs, set_properties
from documents.word.redline.revision_marks import DEL, INS

SIGN = re.compile(r"\S")
MOSTLY = 0.75
"""So many of the words of the one paragraph must be those of the two."""


@dataclass(frozen=True, slots=True)
class Split:
    """One paragraph of one text and the two of the other that are its parts. ``parted``: the one is the old
    one. ``at``: where in its text the second one begins."""

    parted: bool
    one: Element
    first: Element
    second: Element
    at: int


class SplitsAndMerges:
    """Finds and writes what was parted and joined in one place."""

    def __init__(self, paragraphs: Paragraphs, old_part: str, new_part: str) -> None:
        self.paragraphs = paragraphs
        self.old_part, self.new_part = old_part, new_part

    def find(self, old: list[Element], new: list[Element], pairs: list[Pair]) -> dict[int, Split]:
        """By the place in ``pairs`` of the first of the two pairs that are one seam."""
        found: dict[int, Split] = {}
        for place in range(len(pairs) - 1):
            if place - 1 in found:
                continue
            two = pairs[place], pairs[place + 1]
            of_old = [old[i] for i, _ in two if i is not None]
            of_new = [new[j] for _, j in two if j is not None]
            if (len(of_old), len(of_new)) == (1, 2):
                seam = self._seam(*of_old, *of_new, parted=True)
            elif (len(of_old), len(of_new)) == (2, 1):
                seam = self._seam(*of_new, *of_old, parted=False)
            else:
                continue
            if seam is not None:
                found[place] = seam
        return found

    def _seam(self, one: Element, first: Element, second: Element, *, parted: bool) -> Split | None:
        three = (one, first, second)
        if any(node.tag != w("p") or child(child(node, "pPr"), "sectPr") is not None for node in three):
            return None
        whole, begun, ended = (len(words_of(node)) for node in three)
        if not begun or not ended or not MOSTLY * (begun + ended) <= whole <= (begun + ended) / MOSTLY:
            return None
        flats = [self._flat(node, old=parted == (node is one)) for node in three]
        at = place_of_cut(*flats)
        return None if at is None else Split(parted, *three, at)

    def _flat(self, node: Element, *, old: bool) -> Flat:
        side = self.paragraphs.old if old else self.paragraphs.new
        return Flat(node, side, self.old_part if old else self.new_part, self.paragraphs.things)

    def write(self, seam: Split) -> list[Placed]:
        """Writes the words of both halves. The two paragraphs are in the new file and get their
        properties."""
        parts = (self.old_part, self.new_part)
        looks = {node: child(node, "pPr") for node in (seam.one, seam.first, seam.second)}
        if seam.parted:
            tail = deepcopy(seam.one)
            head = cut(tail, self._flat(tail, old=True), seam.at)
            self.paragraphs.compare(head, seam.first, *parts)
            self.paragraphs.compare(tail, seam.second, *parts)
            halves = (seam.first, seam.second)
            placed = Placed(halves[0], INS, new=deepcopy(looks[seam.first]), fixed=True)
            before, now = looks[seam.one], looks[seam.second]
        else:
            head = cut(seam.one, self._flat(seam.one, old=False), seam.at)
            seam.one.addprevious(head)
            halves = (head, seam.one)
            look = looks[seam.first]
            if look is not None:
                head.insert(0, self.paragraphs.importer.copy(look, *parts))
            self.paragraphs.compare(seam.first, head, *parts)
            self.paragraphs.compare(seam.second, seam.one, *parts)
            placed = Placed(head, DEL, old=look, fixed=True)
            before, now = looks[seam.second], looks[seam.one]
        rest = Placed(halves[1], "", before, deepcopy(now))
        change = self.paragraphs.properties(before, now, *parts)
        if change is not None:
            set_properties(halves[1], now, change)
        return [placed, rest]


def place_of_cut(one: Flat, first: Flat, second: Flat) -> int | None:
    """The place in one paragraph where the second part begins; None where the two are not its parts."""
    signs = [found.start() for found in SIGN.finditer(one.text)]
    begun, ended = ("".join(flat.text.split()) for flat in (first, second))
    if "".join(one.text.split()) == begun + ended:
        return signs[len(begun)]
    spans, whole = _words(one)
    begun_words, ended_words = _words(first)[1], _words(second)[1]
    size = len(begun_words)
    matched = matches(whole, begun_words + ended_words)
    if sum(n for _, _, n in matched) < MOSTLY * max(len(whole), size + len(ended_words)):
        return None
    for i, j, n in matched:
        if j <= size <= j + n:
            at = i + size - j
            head = sum(max(0, min(x + m, at) - x) for x, _, m in matched)
            tail = sum(m for _, _, m in matched) - head
            # Each of the two must have a part in it that says so.
            if 0 < at < len(whole) and 2 * head >= size and 2 * tail >= len(ended_words):
                return spans[at]
    return None


def _words(flat: Flat) -> tuple[list[int], list[str]]:
    """The words and signs of a paragraph, and where each begins."""
    found = [match for match in TOKEN.finditer(flat.text) if not match[0].isspace()]
    return [match.start() for match in found], [match[0] for match in found]


def cut(paragraph: Element, flat: Flat, at: int) -> Element:
    """Takes what is before a place out of a paragraph; a paragraph with it, without properties."""
    piece = flat.at(at)
    offset = at - piece.start
    if piece.whole:
        border = piece.whole[0]
    else:
        assert piece.run is not None and piece.inner is not None  # noqa: S101
        border = piece.run
        before = piece.run.index(piece.inner)
        look = child(border, "rPr")
        inner = list(border)
        if offset or any(node is not look for node in inner[:before]):
            head = deepcopy(border)
            for node in list(head)[before + bool(offset) :]:
                head.remove(node)
            for node in inner[:before]:
                if node is not look:
                    border.remove(node)
            if offset:
                # As it is shown: where blanks at the ends don't count, the text of a piece is without them.
                text = flat.text[piece.start : piece.end]
                for node, part in ((head[-1], text[:offset]), (piece.inner, text[offset:])):
                    node.text = part
                    node.set(SPACE, "preserve")
            border.addprevious(head)
    made = e("p")
    made.extend([node for node in border.itersiblings(preceding=True) if node.tag != w("pPr")][::-1])
    return made
