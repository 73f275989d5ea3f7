"""A changed paragraph, with its words deleted, inserted and unchanged; built into the new file's own
paragraph."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from itertools import accumulate

from lxml import etree
from rapidfuzz.distance import Postfix, Prefix

from documents.text.align import Interner, Match, matches
from documents.text.diff import TOKEN
from documents.word.file import ns
from documents.word.file.markup import e
from documents.word.file.ns import VAL, Element, child, w
from documents.word.redline.bring.part_importer import PartImporter
from documents.word.redline.compared.comparand import Comparand
from documents.word.redline.compared.flat import NOTES, Alphabet, Flat, Piece
from documents.word.redline.revision_marks import DEL, INS, RevisionMarks, new_element, place_in

OUTSIDE = frozenset({w("rPr"), w("sectPr"), w("pPrChange")})
"""What of a paragraph's properties is no part of a change of them."""
SPACE = f"{{{ns.XML}}}space"


class Paragraphs:
    """Compares paragraphs of one part of the old and one part of the new file."""

    def __init__(self, old: Comparand, new: Comparand, importer: PartImporter, marks: RevisionMarks) -> None:
        self.old, self.new = old, new
        self.importer, self.marks = importer, marks
        self.things = Alphabet()
        self.words = Interner()
        self.notes: list[tuple[str, str, str]] = []
        """Notes that are in both: their kind, the id in the old file, the id in the new one."""

    def compare(self, before: Element, after: Element, old_part: str, new_part: str) -> None:
        """Writes what changed into ``after``, its words only; the mark and properties are the caller's."""
        a = Flat(before, self.old, old_part, self.things)
        b = Flat(after, self.new, new_part, self.things)
        writer = _Writer(self, after, old_part, new_part)
        for node in list(after):
            if node.tag != w("pPr"):
                after.remove(node)
        head, tail = _common_ends(a.text, b.text)
        tokens_a = TOKEN.findall(a.text, head, len(a.text) - tail)
        tokens_b = TOKEN.findall(b.text, head, len(b.text) - tail)
        writer.keep(a, b, 0, 0, head)
        at_a = at_b = head
        word_a = word_b = 0
        ends_a, ends_b = _ends(tokens_a, head), _ends(tokens_b, head)
        for i, j, n in [*self._matches(tokens_a, tokens_b), (len(tokens_a), len(tokens_b), 0)]:
            if i > word_a:
                writer.delete(a, at_a, ends_a[i])
            if j > word_b:
                writer.insert(b, at_b, ends_b[j])
            at_a, at_b = ends_a[i], ends_b[j]
            if n:
                writer.keep(a, b, at_a, at_b, ends_a[i + n] - at_a)
                at_a, at_b = ends_a[i + n], ends_b[j + n]
            word_a, word_b = i + n, j + n
        writer.keep(a, b, at_a, at_b, tail)
        writer.markers(b.rest)

    def _matches(self, old: list[str], new: list[str]) -> list[Match]:
        found = matches(self.words.string(old), self.words.string(new))
        result: list[Match] = []
        done_a = done_b = 0
        for index, (i, j, n) in enumerate(found):
            following = found[index + 1] if index + 1 < len(found) else (len(old), len(new), 0)
            left = i > done_a and j > done_b
            right = following[0] > i + n and following[1] > j + n
            # A blank or a comma alone between two changes is changed with them.
            if left and right and not any(t[0].isalnum() or t[0] >= "\U000f0000" for t in old[i : i + n]):
                continue
            result.append((i, j, n))
            done_a, done_b = i + n, j + n
        return result

    def properties(
        self, old: Element | None, new: Element | None, old_part: str, new_part: str
    ) -> Element | None:
        """The change of properties from one paragraph to another; None where they are the same."""
        if self.same_properties(old, new, old_part, new_part):
            return None
        change = self.marks.mark("pPrChange")
        change.append(e("pPr"))
        if old is not None:
            change[0].extend(self.importer.copy(n, old_part, new_part) for n in old if n.tag not in OUTSIDE)
        return change

    def same_properties(self, old: Element | None, new: Element | None, old_part: str, new_part: str) -> bool:
        """Whether two paragraphs have the same properties."""
        return self._properties_key(self.old, old, old_part) == self._properties_key(self.new, new, new_part)

    def _properties_key(self, side: Comparand, properties: Element | None, part: str) -> bytes:
        if properties is None:
            return b""
        return b"".join(sorted(side.property(node, part) for node in properties if node.tag not in OUTSIDE))


class _Writer:
    """Puts runs into a paragraph, joined where they are of one kind."""

    def __init__(self, owner: Paragraphs, target: Element, old_part: str, new_part: str) -> None:
        self.owner, self.target = owner, target
        self.old_part, self.new_part = old_part, new_part
        self.open: tuple[object, ...] | None = None
        self.run: Element | None = None
        self.text: Element | None = None

    def delete(self, flat: Flat, start: int, end: int) -> None:
        for piece, text in _cut(flat, start, end):
            if piece.whole:
                self._whole(DEL, [self._brought(node) for node in piece.whole])
            else:
                self._put(DEL, piece, text, None)

    def insert(self, flat: Flat, start: int, end: int) -> None:
        for piece, text in _cut(flat, start, end):
            if start <= piece.start:
                self.markers(piece.markers)
            if piece.whole:
                self._whole(INS, list(piece.whole))
            else:
                self._put(INS, piece, text, None)

    def keep(self, a: Flat, b: Flat, at_a: int, at_b: int, length: int) -> None:
        done = 0
        while done < length:
            old, new = a.at(at_a + done), b.at(at_b + done)
            size = min(old.end - at_a - done, new.end - at_b - done, length - done)
            if at_b + done == new.start:
                self.markers(new.markers)
            if new.whole:
                self._close()
                for node in new.whole:
                    self.target.append(node)
            else:
                begin = at_b + done - new.start
                if new.inner is not None and new.inner.tag in NOTES and old.inner is not None:
                    kind = "footnote" if new.inner.tag == w("footnoteReference") else "endnote"
                    self.owner.notes.append(
                        (kind, old.inner.get(w("id")) or "", new.inner.get(w("id")) or "")
                    )
                text = b.text[new.start + begin : new.start + begin + size]
                self._put("", new, text, old if old.look != new.look else None)
            done += size

    def markers(self, nodes: tuple[Element, ...]) -> None:
        if nodes:
            self._close()
            self.target.extend(nodes)

    def _close(self) -> None:
        self.open = self.run = self.text = None

    def _whole(self, name: str, nodes: list[Element]) -> None:
        self._close()
        holder = e("p", *nodes)
        self.owner.marks.wrap(holder, name)
        self.target.extend(list(holder))

    def _put(self, name: str, piece: Piece, text: str, was: Piece | None) -> None:
        """One stretch of a run into the paragraph. ``was``: the old piece where the look of unchanged words
        changed."""
        state = (name, id(piece.run), None if was is None else id(was.run))
        if state != self.open or self.run is None:
            self._open(name, piece, was)
            self.open = state
        assert self.run is not None and piece.inner is not None  # noqa: S101
        if piece.inner.tag == w("t"):
            reserved = len(text) == piece.end - piece.start and text >= "\U000f0000"
            self._type(name, piece.inner.text or "" if reserved else text)
            return
        self.text = None
        thing = self._brought(piece.inner) if name == DEL else piece.inner
        if name == DEL and thing.tag == w("instrText"):
            thing.tag = w("delInstrText")
        self.run.append(thing)

    def _type(self, name: str, text: str) -> None:
        assert self.run is not None  # noqa: S101
        if self.text is None:
            self.text = etree.SubElement(self.run, w("delText" if name == DEL else "t"))
            self.text.set(SPACE, "preserve")
        self.text.text = (self.text.text or "") + text

    def _open(self, name: str, piece: Piece, was: Piece | None) -> None:
        run, self.text = new_element("r"), None
        look = child(piece.run, "rPr")
        if look is not None:
            run.append(self._look(look) if name == DEL else deepcopy(look))
        if was is not None:
            change = self.owner.marks.mark("rPrChange")
            before = child(was.run, "rPr")
            change.append(new_element("rPr") if before is None else self._look(before))
            if len(run) == 0:
                run.append(new_element("rPr"))
            run[0].append(change)
        self._holder(name).append(run)
        self.run = run

    def _holder(self, name: str) -> Element:
        """What a run with that mark is put into: the mark before it where it is the same."""
        if not name:
            return self.target
        last = self.target[-1] if len(self.target) else None
        if last is not None and last.tag == w(name) and self.open is not None and self.open[0] == name:
            return last
        holder = self.owner.marks.mark(name)
        self.target.append(holder)
        return holder

    def _look(self, look: Element) -> Element:
        """A copy of a run's old properties, which name nothing of their file but a style."""
        made = deepcopy(look)
        made.tail = None
        if (style := child(made, "rStyle")) is not None:
            style.set(VAL, self.owner.importer.style(style.get(VAL) or ""))
        return made

    def _brought(self, node: Element) -> Element:
        return self.owner.importer.copy(node, self.old_part, self.new_part)


def _cut(flat: Flat, start: int, end: int) -> Iterator[tuple[Piece, str]]:
    """The pieces between two places and their text there."""
    while start < end:
        piece = flat.at(start)
        stop = min(piece.end, end)
        yield piece, flat.text[start:stop]
        start = stop


def _common_ends(a: str, b: str) -> tuple[int, int]:
    """How many characters both begin and end with, cut at blanks on both sides."""
    head = Prefix.similarity(a, b)
    while head and not (a[head - 1].isspace() and head < len(a) and head < len(b) and not a[head].isspace()):
        head -= 1
    tail = min(Postfix.similarity(a, b), len(a) - head, len(b) - head)
    while tail and not (
        a[-tail].isspace()
        and a[len(a) - tail - 1 : len(a) - tail].strip()
        and b[len(b) - tail - 1 : len(b) - tail].strip()
    ):
        tail -= 1
    return head, tail


def _ends(tokens: list[str], start: int) -> list[int]:
    return list(accumulate(map(len, tokens), initial=start))


def set_properties(paragraph: Element, properties: Element | None, change: Element | None) -> None:
    """Puts properties at the head of a paragraph, with what they were before."""
    present = child(paragraph, "pPr")
    if properties is None and change is None:
        if present is not None:
            paragraph.remove(present)
        return
    made = e("pPr") if properties is None else properties
    if present is not None and present is not made:
        paragraph.remove(present)
    if made.getparent() is not paragraph:
        paragraph.insert(0, made)
    if change is not None:
        place_in(made, change, ())
