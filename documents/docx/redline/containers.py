"""Blocks compared: those of a body, a cell, a note, a header; the result is written into the new file's own place."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from documents.docx.markup import e
from documents.docx.ns import Element, child, val, w
from documents.docx.redline.breaks import Breaks, Placed, after_insert
from documents.docx.redline.hand import DEL, INS, MOVE_FROM, MOVE_TO, Hand, blocks_of, cells_of, rows_of
from documents.docx.redline.matching import pair_blocks, section_of, words_of
from documents.docx.redline.paragraphs import Paragraphs, set_properties
from documents.docx.redline.seams import Seams

P, TBL = w("p"), w("tbl")
MOVED_WORDS = 4
"""A paragraph of fewer words that is gone here and new there is not called moved."""


class Containers:
    """Compares what holds blocks, in one part of each file."""

    def __init__(self, paragraphs: Paragraphs, old_part: str, new_part: str) -> None:
        self.paragraphs = paragraphs
        self.hand: Hand = paragraphs.hand
        self.old_part, self.new_part = old_part, new_part

    def compare(self, before: Element, after: Element) -> None:
        """Writes the changes of all blocks of ``before`` into ``after``."""
        old, new = blocks_of(before), blocks_of(after)
        old_keys = self._keys(old, self.paragraphs.old, self.old_part)
        new_keys = self._keys(new, self.paragraphs.new, self.new_part)
        notes = any(b"note>" in key for key in old_keys)
        uids = [[section_of(block) for block in blocks] for blocks in (old, new)]
        if {uid for uid in uids[0] if uid} & set(uids[1]):
            # Of one document: headings that say the same are of one section only where their bookmarks say so.
            old_keys, new_keys = (
                [(key, uid) if uid else key for key, uid in zip(keys, of, strict=True)]
                for keys, of in zip((old_keys, new_keys), uids, strict=True)
            )
        alphabet = self.paragraphs.things
        a, b = alphabet.string(old_keys), alphabet.string(new_keys)
        if a == b and not notes:
            return
        pairs = pair_blocks(old, new, a, b, self.paragraphs.words)
        lone = not any(i is not None and j is not None and old[i].tag == P for i, j in pairs)
        if lone and old and new and old[-1].tag == new[-1].tag == P:
            # The last paragraph of a place can't go: it is one that changed.
            pairs = [p for p in pairs if p[0] != len(old) - 1 and p[1] != len(new) - 1]
            pairs.append((len(old) - 1, len(new) - 1))
        writer = Seams(self.paragraphs, self.old_part, self.new_part)
        seams = writer.find(old, new, pairs)
        whole = [pair for n, pair in enumerate(pairs) if n not in seams and n - 1 not in seams]
        moves = self._moves(old, new, whole)
        placed: list[Placed] = []
        last: Element | None = None
        for number, (i, j) in enumerate(pairs):
            if number in seams:
                placed += writer.write(seams[number], after_insert=after_insert(placed))
                last = placed[-1].node
                continue
            if number - 1 in seams:
                continue
            if j is None:
                assert i is not None  # noqa: S101
                node = self.paragraphs.bringer.copy(old[i], self.old_part, self.new_part)
                mark = MOVE_FROM if ("old", i) in moves else DEL
                made = self._flat(node)
                for was, one in zip(self._flat(old[i]), made, strict=True):
                    _after(after, last, one)
                    last = one
                    self._mark(one, mark)
                    placed.append(Placed(one, mark, old=child(was, "pPr") if one.tag == P else None))
                if ("old", i) in moves:
                    last = self._range(MOVE_FROM, moves[("old", i)], made)
                continue
            node = new[j]
            if i is None:
                mark = MOVE_TO if ("new", j) in moves else INS
                placed.append(Placed(node, mark, new=deepcopy(child(node, "pPr"))))
                self._mark(node, mark)
                last = node
                if ("new", j) in moves:
                    last = self._range(MOVE_TO, moves[("new", j)], [node])
                continue
            last = node
            placed.append(Placed(node, "", child(old[i], "pPr"), deepcopy(child(node, "pPr"))))
            self._changed(old[i], node, equal=a[i] == b[j], after_insert=after_insert(placed[:-1]))
        Breaks(self.paragraphs, self.old_part, self.new_part).settle(placed)

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
            self.hand.wrap(node, mark)
        else:
            self.hand.mark_block(node, DEL if mark in (DEL, MOVE_FROM) else INS)

    def _changed(self, before: Element, after: Element, *, equal: bool, after_insert: bool) -> None:
        if equal:
            self._same_notes(before, after)
        elif after.tag == P:
            self.paragraphs.compare(before, after, self.old_part, self.new_part, after_insert=after_insert)
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

    def _same_notes(self, before: Element, after: Element) -> None:
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
                    self._same_notes(old[i], new[j])
                    continue
                for cell_old, cell_new in zip(cells_of(old[i]), cells_of(new[j]), strict=True):
                    self.compare(cell_old, cell_new)
                continue
            if i is not None:
                row = self.paragraphs.bringer.copy(old[i], self.old_part, self.new_part)
                if last is not None:
                    last.addnext(row)
                elif new:
                    new[0].addprevious(row)
                else:
                    after.append(row)
                self.hand.mark_row(row, DEL)
                last = row
            if j is not None:
                self.hand.mark_row(new[j], INS)
                last = new[j]

    def _moves(
        self, old: list[Element], new: list[Element], pairs: list[tuple[int | None, int | None]]
    ) -> dict[tuple[str, int], str]:
        """Paragraphs that are gone at one place and new at another: a name for each that both places share."""
        gone: dict[tuple[str, ...], list[int]] = {}
        for i, j in pairs:
            if j is None and i is not None and old[i].tag == P:
                gone.setdefault(tuple(words_of(old[i])), []).append(i)
        found: dict[tuple[str, int], str] = {}
        for i, j in pairs:
            if i is None and j is not None and new[j].tag == P:
                words = tuple(words_of(new[j]))
                places = gone.get(words)
                if len(words) >= MOVED_WORDS and places:
                    self.hand.number += 1
                    name = f"move{self.hand.number}"
                    found[("old", places.pop(0))] = found[("new", j)] = name
        return found

    def _range(self, mark: str, name: str, nodes: list[Element]) -> Element:
        """The beginning and the end of what was moved; the end."""
        start = self.hand.mark(f"{mark}RangeStart")
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


def _shape(row: Element) -> list[tuple[str | None, bool]]:
    return [
        (val(child(cell, "tcPr"), "gridSpan"), child(child(cell, "tcPr"), "vMerge") is not None)
        for cell in cells_of(row)
    ]
