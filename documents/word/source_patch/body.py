"""The body of a source while its draft is written into it."""

from __future__ import annotations

import copy
from collections.abc import Iterable

from documents.word.file import ns
from documents.word.file.markup import e
from documents.word.file.ns import Element, child, w
from documents.word.file.rewrite import written_like
from documents.word.formatting.properties import P
from documents.word.source_patch.paragraphs import BOX, take_words
from documents.word.source_patch.source.fields import lone_marks
from documents.word.source_patch.source.sections import SourceSection, top_of
from documents.word.source_patch.source.slices import cut

RANGES = ("bookmark", "commentRange", "moveFromRange", "moveToRange")
ALTERNATE, FALLBACK = f"{{{ns.MC}}}AlternateContent", f"{{{ns.MC}}}Fallback"


class Body:
    """What is changed is named to :meth:`touch`; the other children of the body come out byte for byte."""

    def __init__(self, root: Element, data: bytes) -> None:
        self.root, self.data = root, data
        body = child(root, "body")
        assert body is not None  # noqa: S101 (the reader looked)
        self.body = body
        self.places = {element: index for index, element in enumerate(body)}
        self.lone = lone_marks(body)
        slices = cut(data)
        self.slices = slices if slices is not None and len(slices.children) == len(self.places) else None
        self.touched: set[Element] = set()
        self.staying: set[Element] = set()
        """The places of the blocks that are not removed."""

    def touch(self, element: Element) -> None:
        """Notes that something in an element is changed; what older programs show in its place goes."""
        for node in element.iterancestors(ALTERNATE):
            for fallback in node.findall(FALLBACK):
                node.remove(fallback)
        top = top_of(self.body, element)
        if top is not None:
            self.touched.add(top)

    def insert(self, source: SourceSection, element: Element, after: Element | None) -> None:
        """Puts a new element behind one of a section, or behind its heading."""
        if after is None and source.heading:
            after = source.heading[-1]
        if after in source.children:
            source.children.insert(source.children.index(after) + 1, element)
        elif after is None:
            source.children.insert(0, element)
        elif after.tag in (P, w("tbl")) and after.getparent() is not None:
            self.touch(after)
            after.addnext(element)
        else:
            source.children.append(element)

    def insert_before(self, source: SourceSection, element: Element, before: Element) -> None:
        if before in source.children:
            source.children.insert(source.children.index(before), element)
        else:
            self.touch(before)
            before.addprevious(element)

    def remove(self, source: SourceSection, element: Element) -> None:
        """Takes an element out; text boxes on it whose text stays, and page settings that end in it, stay."""
        self.touch(element)
        self.staying.discard(element)
        if any(node in self.staying for box in element.iter(BOX) for node in box.iter(P, w("tbl"))):
            take_words(element)
            return
        settings = page_settings(element)
        if element in source.children:
            at = source.children.index(element)
            source.children[at : at + 1] = settings
            return
        parent = element.getparent()
        if parent is None:
            return
        for node in settings:
            element.addprevious(node)
        if parent.tag in (w("tc"), w("txbxContent")) and sum(1 for node in parent if node.tag == P) < 2:
            element.addprevious(e("p"))
        parent.remove(element)

    def to_bytes(self, pieces: Iterable[Element]) -> bytes:
        """The part with these children of the body."""
        pieces = self._in_pairs(list(pieces))
        if self.slices is None:
            for node in list(self.body):
                self.body.remove(node)
            self.body.extend(pieces)
            return written_like(self.root, self.data)
        raw = self.slices.children
        return self.slices.join(
            [
                raw[self.places[piece]] if piece in self.places and piece not in self.touched else piece
                for piece in pieces
            ]
        )

    def _in_pairs(self, pieces: list[Element]) -> list[Element]:
        """Without ends of ranges between paragraphs, and marks of fields, whose other end is gone."""
        for mark in lone_marks(pieces) - self.lone:
            self.touch(mark)
            ns.remove(mark)
        for kind in RANGES:
            start, end = w(kind + "Start"), w(kind + "End")
            starts = {node.get(w("id")) for piece in pieces for node in piece.iter(start)}
            lonely = starts ^ {node.get(w("id")) for piece in pieces for node in piece.iter(end)}
            if lonely:
                pieces = [p for p in pieces if not (p.tag in (start, end) and p.get(w("id")) in lonely)]
        return pieces


def page_settings(element: Element) -> list[Element]:
    """Empty paragraphs with the page settings that end in an element."""
    return [
        e("p", e("pPr", copy.deepcopy(found)))
        for found in element.iter(w("sectPr"))
        if getattr(found.getparent(), "tag", "") == w("pPr")
    ]
