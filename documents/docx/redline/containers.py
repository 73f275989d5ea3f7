"""Blocks compared: those of a body, a cell, a note, a header; the result is written into the new file's own place."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass

from documents.docx.markup import e
from documents.docx.ns import Element, child, val, w
from documents.docx.redline.hand import (
    DEL,
    INS,
    MOVE_FROM,
    MOVE_TO,
    Hand,
    blocks_of,
    cells_of,
    ends_inserted,
    rows_of,
    wordless,
)
from documents.docx.redline.matching import pair_blocks, words_of
from documents.docx.redline.paragraphs import Paragraphs, set_properties

P, TBL = w("p"), w("tbl")
MOVED_WORDS = 4
"""A paragraph of fewer words that is gone here and new there is not called moved."""


@dataclass(slots=True)
class Placed:
    """A block in the new file: kept, or one that was inserted or deleted (``mark``), and both sides' properties."""

    node: Element
    mark: str
    old: Element | None = None
    new: Element | None = None


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
        alphabet = self.paragraphs.things
        a, b = alphabet.string(old_keys), alphabet.string(new_keys)
        if a == b and not any(b"note>" in key for key in old_keys):  # type: ignore[operator]
            return
        pairs = pair_blocks(old, new, a, b, self.paragraphs.words)
        lone = not any(i is not None and j is not None and old[i].tag == P for i, j in pairs)
        if lone and old and new and old[-1].tag == new[-1].tag == P:
            # The last paragraph of a place can't go: it is one that changed.
            pairs = [p for p in pairs if p[0] != len(old) - 1 and p[1] != len(new) - 1]
            pairs.append((len(old) - 1, len(new) - 1))
        moves = self._moves(old, new, pairs)
        placed: list[Placed] = []
        last: Element | None = None
        for i, j in pairs:
            if j is None:
                assert i is not None  # noqa: S101
                node = self.paragraphs.bringer.copy(old[i], self.old_part, self.new_part)
                mark = MOVE_FROM if ("old", i) in moves else DEL
                made = self._flat(node)
                for one in made:
                    _after(after, last, one)
                    last = one
                    self._mark(one, mark)
                    placed.append(Placed(one, mark, old=child(old[i], "pPr") if one.tag == P else None))
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
            self._changed(old[i], node, equal=a[i] == b[j], after_insert=_after_insert(placed[:-1]))
        self._settle_breaks(placed)

    def _keys(self, blocks: list[Element], side: object, part: str) -> list[str]:
        return [side.key(block, part) for block in blocks]  # type: ignore[attr-defined]

    def _flat(self, block: Element) -> list[Element]:
        """A deleted block without the content control around it."""
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

    def _settle_breaks(self, placed: list[Placed]) -> None:
        """Marks where inserted and deleted paragraphs end.

        Before a table and at the end of a place there is no paragraph to run on into: there it is the break before each
        such paragraph that was inserted or deleted, as Word has it too, and the properties go with the breaks. So it is
        where LibreOffice would else read something different (see ``_shifts``).
        """
        run: list[Placed] = []
        for one in [*placed, None]:
            if one is not None and one.node.tag == P:
                run.append(one)
                continue
            self._settle(run)
            run = []

    def _settle(self, run: list[Placed]) -> None:
        if not run:
            return
        groups: list[list[Placed]] = []
        for one in run:
            if one.mark and groups:
                groups[-1].append(one)
            else:
                groups.append([one])
        for group, following in zip(groups, [*groups[1:], None], strict=True):
            if self._shifts(group, None if following is None else following[0]):
                self._shift(group)
                continue
            for one in group:
                if one.mark:
                    self.hand.mark_break(one.node, one.mark)

    def _shifts(self, group: list[Placed], following: Placed | None) -> bool:
        """Whether the break before is marked in a group of paragraphs of which the first one stays.

        Where nothing follows it must be. LibreOffice takes what was inserted at the end of one paragraph and at the start of
        the next for one insertion, with the break between the two in it, so there the break has to be a part of it. And a
        paragraph without words that follows would keep the look (the bullet) of the last one that goes.
        """
        first = group[0]
        if first.mark or len(group) == 1:
            return False
        if any(child(p, "sectPr") is not None for one in group for p in (one.old, one.new) if p is not None):
            return False
        if following is None or (group[1].mark == INS and ends_inserted(first.node)):
            return True
        if not wordless(following.node) or wordless(first.node):
            return False
        old = next(one.old for one in reversed(group) if one.mark in ("", DEL, MOVE_FROM))
        new = next(one.new for one in reversed(group) if one.mark in ("", INS, MOVE_TO))
        return self.paragraphs.same_properties(old, new, self.old_part, self.new_part)

    def _shift(self, tail: list[Placed]) -> None:
        """Marks, in the place of the end of each paragraph that was inserted or deleted, the end of the one before it."""
        marks = [one.mark for one in tail[1:]] + [""]
        old = new = None
        looks = [(one.old, one.new, one.mark) for one in tail]
        for one, (before, after, state), mark in zip(tail, looks, marks, strict=True):
            if state in ("", DEL, MOVE_FROM):
                old = before
            if state in ("", INS, MOVE_TO):
                new = after
            gone = mark in (DEL, MOVE_FROM)
            if gone:
                properties = (
                    None if old is None else self.paragraphs.bringer.copy(old, self.old_part, self.new_part)
                )
            else:
                properties = deepcopy(new)
            change = None
            if not mark:
                change = self.paragraphs.properties(old, new, self.old_part, self.new_part)
            present = child(one.node, "pPr")
            if present is not None:
                one.node.remove(present)
            set_properties(one.node, properties, change)
            if mark:
                self.hand.mark_break(one.node, mark)


def _after_insert(placed: list[Placed]) -> bool:
    """Whether the end of the paragraph before stays, right behind something that was inserted."""
    for one in reversed(placed):
        if one.node.tag != P or one.mark not in ("", INS):
            break
        if not one.mark:
            return ends_inserted(one.node)
    return False


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
