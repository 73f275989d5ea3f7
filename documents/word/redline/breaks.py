"""Where inserted and deleted paragraphs end."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass

from documents.word.file.ns import Element, child, w
from documents.word.redline.paragraphs import Paragraphs, set_properties
from documents.word.redline.revision_marks import DEL, INS, MOVE_FROM, MOVE_TO

P = w("p")


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
        the breaks.
        """
        groups: list[list[Placed]] = []
        for one in placed:
            if one.node.tag != P:
                self._mark(groups)
                groups = []
            elif one.mark and groups and not one.fixed:
                groups[-1].append(one)
            else:
                groups.append([one])
        self._mark(groups)

    def _mark(self, groups: list[list[Placed]]) -> None:
        """Marks paragraphs between tables: each that stays with those behind it that come or go."""
        if groups and _may_shift(groups[-1]):
            self._shift(groups.pop())
        for one in (one for group in groups for one in group if one.mark):
            self.marks.mark_break(one.node, one.mark)

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
            self._end_as(one.node, mark, old, new)

    def _end_as(self, node: Element, mark: str, old: Element | None, new: Element | None) -> None:
        """Gives a paragraph the end that the old or the new text has there."""
        parts = self.old_part, self.new_part
        properties = deepcopy(new)
        if mark in (DEL, MOVE_FROM):
            properties = None if old is None else self.paragraphs.importer.copy(old, *parts)
        change = None if mark else self.paragraphs.properties(old, new, *parts)
        present = child(node, "pPr")
        if present is not None:
            node.remove(present)
        set_properties(node, properties, change)
        if mark:
            # The end of the paragraph before did not move itself.
            self.marks.mark_break(node, INS if mark in (INS, MOVE_TO) else DEL)


def _may_shift(group: list[Placed]) -> bool:
    """Whether the first one stays, and no section ends in any."""
    looks = [look for one in group for look in (one.old, one.new) if look is not None]
    return not group[0].mark and len(group) > 1 and all(child(look, "sectPr") is None for look in looks)
