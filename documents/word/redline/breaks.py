"""Where inserted and deleted paragraphs end, marked so that Word and LibreOffice read the same."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from itertools import pairwise

from documents.word.markup import e
from documents.word.ns import Element, child, w
from documents.word.redline.paragraphs import OUTSIDE, Paragraphs, set_properties
from documents.word.redline.revision_marks import (
    DEL,
    INS,
    MOVE_FROM,
    MOVE_TO,
    begins_inserted,
    end_deleted,
    ends_field,
    ends_inserted,
    wordless,
)

P = w("p")
INSERTED, DELETED, MOVED = (INS, MOVE_TO), (DEL, MOVE_FROM), (MOVE_FROM, MOVE_TO)
UNJOINED = (w("hyperlink"), w("fldChar"), w("fldSimple"), w("br"))


@dataclass(slots=True)
class Placed:
    """A block in the new file: unchanged, inserted or deleted (``mark``), and both sides' properties."""

    node: Element
    mark: str
    old: Element | None = None
    new: Element | None = None
    fixed: bool = False
    """Whether it is the end of this paragraph, and no other, that was inserted or deleted."""


class Breaks:
    """Marks the ends of the paragraphs of one place."""

    def __init__(self, paragraphs: Paragraphs, old_part: str, new_part: str) -> None:
        self.paragraphs, self.marks = paragraphs, paragraphs.marks
        self.old_part, self.new_part = old_part, new_part

    def settle(self, placed: list[Placed]) -> None:
        """Marks where inserted and deleted paragraphs end.

        Before a table and at the end of a place there is no paragraph to continue in. There the mark is the
        break before each such paragraph that was inserted or deleted, as in Word. The properties move with
        the breaks. So it is where LibreOffice would else read something different (see ``_shifts``).
        """
        run: list[Placed] = []
        for one in [*placed, None]:
            if one is not None and one.node.tag == P:
                run.append(one)
                continue
            self._settle(run)
            self._leave_unnumbered(run, "" if one is None else one.mark)
            run = []

    def _settle(self, run: list[Placed]) -> None:
        if not run:
            return
        groups = _groups(run)
        for group, following in zip(groups, [*groups[1:], None], strict=True):
            shifted = 0
            if self._shifts(group, None if following is None else following[0]):
                shifted = len(group)
            elif following is not None:
                shifted = self._shifted_to_note(group)
            if shifted:
                self._shift(group[:shifted])
                one_way = len({one.mark in DELETED for one in group[1:shifted]}) == 1
                if shifted > 2 and one_way and wordless(group[0].node) and not self._numbered(group[0].new):
                    # Behind a paragraph without words LibreOffice would keep the look of what goes, in its
                    # place.
                    self._unnumber(group[1])
            # Of several that moved together LibreOffice wants all ends marked alike, else the next one loses
            # its number.
            together = sum(one.mark in MOVED for one in group) > 1
            for one in group[shifted:]:
                if one.mark:
                    moved = together or joins(one.node)
                    self.marks.mark_break(one.node, one.mark if moved else _not_moved(one.mark))
        _part_insertions(run)

    def _leave_unnumbered(self, run: list[Placed], table: str) -> None:
        """Removes the numbers from the first and the last of paragraphs between tables that are all inserted
        or all deleted. It is a change of their look. Also where others are before them, if the following
        table has the same change. LibreOffice leaves one of them behind, empty, with the look of either, and
        its number would count."""
        if not run or any(not one.mark or one.fixed for one in run):
            return
        marks = INSERTED if run[-1].mark in INSERTED else DELETED
        others = [place for place, one in enumerate(run) if one.mark not in marks]
        if others and table not in marks:
            return
        tail = run[others[-1] + 1 :] if others else run
        for one in {id(one): one for one in (tail[0], tail[-1])}.values():
            self._unnumber(one)

    def _numbered(self, look: Element | None) -> bool:
        numbers = self.paragraphs.new.numbering(look)
        return bool(numbers.by_style[0]) if not numbers.listed else numbers.listed != "0"

    def _unnumber(self, one: Placed) -> None:
        """Not where LibreOffice, refusing, would not give the level in its list back."""
        deleted = one.mark in DELETED
        side, look = (self.paragraphs.old, one.old) if deleted else (self.paragraphs.new, one.new)
        numbers = side.numbering(look)
        known = numbers.level == "0" or one.mark in INSERTED
        numbered = numbers.by_style[0] if not numbers.listed else numbers.listed != "0" and known
        present = child(one.node, "pPr")
        if not numbered or present is None or child(present, "sectPr") is not None:
            return
        change = self.marks.mark("pPrChange")
        change.append(e("pPr"))
        if deleted:
            change[0].extend([node for node in present if node.tag not in OUTSIDE])
        set_properties(one.node, present, change)

    def _shifted_to_note(self, group: list[Placed]) -> int:
        """How many paragraphs of a group have the break before them marked instead of their own. Up to the
        one with the first note of the document, whose mark LibreOffice loses. 0 where there is none or no
        paragraph before it that stays."""
        if group[0].mark or any(child(child(one.node, "pPr"), "sectPr") is not None for one in group):
            return 0
        for place in range(len(group) - 1, 0, -1):
            if _has_first_note(group[place].node):
                return place + 1
        return 0

    def _shifts(self, group: list[Placed], following: Placed | None) -> bool:
        """Whether the break before is marked in a group of paragraphs of which the first one stays.

        Where nothing follows it must be. LibreOffice merges insertions at the end of one paragraph and at the
        start of the next. The break between the two is in it, so there the break has to be a part of it.
        Where the table of contents ends at the start of the next paragraph, it joins nothing over that end.
        And a paragraph without words that follows would keep the look (the bullet) of the last one that goes.
        """
        first = group[0]
        if first.mark or len(group) == 1:
            return False
        if any(child(p, "sectPr") is not None for one in group for p in (one.old, one.new) if p is not None):
            return False
        if following is None or (group[1].mark == INS and ends_inserted(first.node)):
            return True
        if ends_field(following.node):
            return True
        if not wordless(following.node) or wordless(first.node):
            return False
        old = next(one.old for one in reversed(group) if one.mark in ("", DEL, MOVE_FROM))
        new = next(one.new for one in reversed(group) if one.mark in ("", INS, MOVE_TO))
        return self.paragraphs.same_properties(old, new, self.old_part, self.new_part)

    def _shift(self, tail: list[Placed]) -> None:
        """Marks, instead of the end of each inserted or deleted paragraph, the end of the one before it."""
        marks = [one.mark for one in tail[1:]] + [""]
        old = new = None
        looks = [(one.old, one.new, one.mark) for one in tail]
        for one, (before, after, state), mark in zip(tail, looks, marks, strict=True):
            if state in ("", DEL, MOVE_FROM):
                old = before
            if state in ("", INS, MOVE_TO):
                new = after
            deleted = mark in (DEL, MOVE_FROM)
            if deleted:
                properties = (
                    None if old is None else self.paragraphs.importer.copy(old, self.old_part, self.new_part)
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
                self.marks.mark_break(one.node, _not_moved(mark))


def _groups(run: list[Placed]) -> list[list[Placed]]:
    """Each paragraph that stays, with those behind it that come or go."""
    groups: list[list[Placed]] = []
    for one in run:
        if one.mark and groups and not one.fixed:
            groups[-1].append(one)
        else:
            groups.append([one])
    return groups


def _part_insertions(run: list[Placed]) -> None:
    """LibreOffice would merge an insertion at the end of a paragraph and one at the beginning of the next.
    The break between them would be in it."""
    for before, after in pairwise(run):
        if ends_inserted(before.node) and not _end_comes(before.node) and begins_inserted(after.node):
            end_deleted(before.node)


def joins(paragraph: Element) -> bool:
    """Whether LibreOffice joins what is before and behind a paragraph that moved from there."""
    return next(paragraph.iter(*UNJOINED), None) is None


def _not_moved(mark: str) -> str:
    """The mark for the end of a paragraph whose words moved, where LibreOffice would leave an empty
    paragraph. That is with a link, a field or a break in it. And where it is the end of the one before."""
    return INS if mark in (INS, MOVE_TO) else DEL


def _end_comes(paragraph: Element) -> bool:
    """Whether the end of a paragraph was inserted."""
    return child(child(child(paragraph, "pPr"), "rPr"), INS) is not None


def _has_first_note(paragraph: Element) -> bool:
    """Whether the first footnote or the first endnote of all depends on a paragraph."""
    for kind in (w("footnoteReference"), w("endnoteReference")):
        own = next(paragraph.iter(kind), None)
        if own is not None and next(paragraph.getroottree().getroot().iter(kind), None) is own:
            return True
    return False


def after_insert(placed: list[Placed]) -> bool:
    """Whether the end of the paragraph before stays, right behind something that was inserted."""
    for one in reversed(placed):
        if one.node.tag != P or one.mark not in ("", INS) or one.fixed:
            break
        if not one.mark:
            return ends_inserted(one.node)
    return False
