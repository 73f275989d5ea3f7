"""Compares the blocks of a body, a cell, a note, a header. The result is written into the new file's own
place."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from documents.text.align import Pair
from documents.word.file.markup import e
from documents.word.file.ns import Element, child, val, w
from documents.word.redline.breaks import Breaks, Placed
from documents.word.redline.compared.matching import pair_blocks, section_of
from documents.word.redline.compared.moves import moved_paragraphs
from documents.word.redline.paragraphs import Paragraphs, set_properties
from documents.word.redline.revision_marks import (
    DEL,
    INS,
    MOVE_FROM,
    MOVE_TO,
    RevisionMarks,
    blocks_of,
    cells_of,
    rows_of,
)
from documents.word.redline.split_merge import SplitsAndMerges

P, TBL = w("p"), w("tbl")


class Containers:
    """Compares what holds blocks, in one part of each file."""

    def __init__(self, paragraphs: Paragraphs, old_part: str, new_part: str) -> None:
        self.paragraphs = paragraphs
        self.marks: RevisionMarks = paragraphs.marks
        self.old_part, self.new_part = old_part, new_part

    def compare(self, before: Element, after: Element) -> None:
        """Writes the changes of all blocks of ``before`` into ``after``."""
        old, new = blocks_of(before), blocks_of(after)
        old_keys, new_keys = self._keys_of_blocks(old, new)
        notes = any(b"note>" in (key[0] if isinstance(key, tuple) else key) for key in old_keys)
        alphabet = self.paragraphs.things
        a, b = alphabet.string(old_keys), alphabet.string(new_keys)
        if a == b and not notes:
            return
        pairs = pair_blocks(old, new, a, b, self.paragraphs.words)
        writer = SplitsAndMerges(self.paragraphs, self.old_part, self.new_part)
        seams = writer.find(old, new, pairs)
        whole = [pair for n, pair in enumerate(pairs) if n not in seams and n - 1 not in seams]
        moves = self._moves(old, new, whole)
        placed: list[Placed] = []
        last: Element | None = None
        for number, (i, j) in enumerate(pairs):
            if number in seams:
                placed += writer.write(seams[number])
                last = placed[-1].node
                continue
            if number - 1 in seams:
                continue
            if j is None:
                assert i is not None  # noqa: S101
                last = self._deleted(old[i], moves.get(("old", i), ""), after, last, placed)
            elif i is None:
                last = self._inserted(new[j], moves.get(("new", j), ""), placed)
            else:
                last = new[j]
                placed.append(Placed(last, "", child(old[i], "pPr"), deepcopy(child(last, "pPr"))))
                self._changed(old[i], last, equal=a[i] == b[j])
        Breaks(self.paragraphs, self.old_part, self.new_part).settle(placed)

    def _deleted(
        self, block: Element, move: str, after: Element, last: Element | None, placed: list[Placed]
    ) -> Element | None:
        """Puts a block of the old text behind the last one, deleted or moved from there; what is last now."""
        made = self._flat(self.paragraphs.importer.copy(block, self.old_part, self.new_part))
        mark = MOVE_FROM if move else DEL
        for was, one in zip(self._flat(block), made, strict=True):
            _after(after, last, one)
            last = one
            self._mark(one, mark)
            placed.append(Placed(one, mark, old=child(was, "pPr") if one.tag == P else None))
        return self._range(MOVE_FROM, move, made) if move else last

    def _inserted(self, node: Element, move: str, placed: list[Placed]) -> Element:
        """Marks a block of the new text as inserted, or as moved there; what is last now."""
        mark = MOVE_TO if move else INS
        placed.append(Placed(node, mark, new=deepcopy(child(node, "pPr"))))
        self._mark(node, mark)
        return self._range(MOVE_TO, move, [node]) if move else node

    def _keys_of_blocks(self, old: list[Element], new: list[Element]) -> tuple[list[Any], list[Any]]:
        """The content of the blocks of both texts. In one document, equal headings are of one section only
        where their bookmarks agree."""
        keys = (
            self._keys(old, self.paragraphs.old, self.old_part),
            self._keys(new, self.paragraphs.new, self.new_part),
        )
        uids = [[section_of(block) for block in blocks] for blocks in (old, new)]
        if not {uid for uid in uids[0] if uid} & set(uids[1]):
            return keys
        old_keys, new_keys = (
            [(key, uid) if uid else key for key, uid in zip(each, of, strict=True)]
            for each, of in zip(keys, uids, strict=True)
        )
        return old_keys, new_keys

    def _keys(self, blocks: list[Element], side: object, part: str) -> list[Any]:
        return [side.key(block, part) for block in blocks]  # type: ignore[attr-defined]

    def _flat(self, block: Element) -> list[Element]:
        """A deleted block without the content control around it: the paragraphs and tables in it."""
        if block.tag in (P, TBL):
            return [block]
        return [one for inner in blocks_of(block) for one in self._flat(inner)]

    def _mark(self, node: Element, mark: str) -> None:
        """Marks all in a block; where a paragraph ends is marked later."""
        if node.tag == P:
            self.marks.wrap(node, mark)
        else:
            self.marks.mark_block(node, DEL if mark in (DEL, MOVE_FROM) else INS)

    def _changed(self, before: Element, after: Element, *, equal: bool) -> None:
        if equal:
            self._same(before, after)
        elif after.tag == P:
            self.paragraphs.compare(before, after, self.old_part, self.new_part)
            change = self.paragraphs.properties(
                child(before, "pPr"), child(after, "pPr"), self.old_part, self.new_part
            )
            if change is not None:
                set_properties(after, child(after, "pPr"), change)
        elif after.tag == TBL:
            self._tables(before, after)
        else:
            holder = child(after, "sdtContent") if after.tag == w("sdt") else after
            inner = child(before, "sdtContent") if before.tag == w("sdt") else before
            if holder is not None and inner is not None:
                self.compare(inner, holder)

    def _same(self, before: Element, after: Element) -> None:
        """Blocks with the same content: their notes are compared."""
        for kind in ("footnote", "endnote"):
            olds = [n.get(w("id")) or "" for n in before.iter(w(kind + "Reference"))]
            news = [n.get(w("id")) or "" for n in after.iter(w(kind + "Reference"))]
            self.paragraphs.notes += [(kind, a, b) for a, b in zip(olds, news, strict=False)]

    def _tables(self, before: Element, after: Element) -> None:
        old, new = rows_of(before), rows_of(after)
        a = self.paragraphs.things.string(self._keys(old, self.paragraphs.old, self.old_part))
        b = self.paragraphs.things.string(self._keys(new, self.paragraphs.new, self.new_part))
        pairs = pair_blocks(old, new, a, b, self.paragraphs.words)
        last: Element | None = None
        for i, j in pairs:
            if i is not None and j is not None and (a[i] == b[j] or _shape(old[i]) == _shape(new[j])):
                last = new[j]
                if a[i] == b[j]:
                    self._same(old[i], new[j])
                    continue
                for cell_old, cell_new in zip(cells_of(old[i]), cells_of(new[j]), strict=True):
                    self.compare(cell_old, cell_new)
                continue
            if i is not None:
                row = self.paragraphs.importer.copy(old[i], self.old_part, self.new_part)
                if last is not None:
                    last.addnext(row)
                elif new:
                    new[0].addprevious(row)
                else:
                    after.append(row)
                self.marks.mark_row(row, DEL)
                last = row
            if j is not None:
                self.marks.mark_row(new[j], INS)
                last = new[j]

    def _moves(self, old: list[Element], new: list[Element], pairs: list[Pair]) -> dict[tuple[str, int], str]:
        """A name for each paragraph that moved, which its two places share: by the side and the place
        there."""
        found: dict[tuple[str, int], str] = {}
        for i, j in moved_paragraphs(old, new, pairs):
            self.marks.number += 1
            found[("old", i)] = found[("new", j)] = f"move{self.marks.number}"
        return found

    def _range(self, mark: str, name: str, nodes: list[Element]) -> Element:
        """The beginning and the end of what was moved; the end."""
        start = self.marks.mark(f"{mark}RangeStart")
        start.set(w("name"), name)
        end = e(f"{mark}RangeEnd", id=start.get(w("id")) or "0")
        nodes[0].addprevious(start)
        nodes[-1].addnext(end)
        return end


def _after(holder: Element, last: Element | None, node: Element) -> None:
    """Puts a block after the last one, or as the first one of a place."""
    if last is not None:
        last.addnext(node)
        return
    content = child(holder, "sdtContent") if holder.tag == w("sdt") else holder
    assert content is not None  # noqa: S101
    at = 1 if len(content) and content[0].tag in (w("tcPr"), w("customXmlPr")) else 0
    content.insert(at, node)


def _shape(row: Element) -> list[tuple[str, bool]]:
    return [
        (val(child(cell, "tcPr"), "gridSpan") or "1", child(child(cell, "tcPr"), "vMerge") is not None)
        for cell in cells_of(row)
    ]
