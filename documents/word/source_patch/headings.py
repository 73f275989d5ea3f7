"""The looks of a source's headings by level, for new ones and those of another level in the draft."""

from __future__ import annotations

import copy
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace

from documents.text import Section, SectionTree
from documents.word.file.package import Package
from documents.word.looks.headings import HeadingLook, at_level, counted_in, look_in, own_paragraph, silence
from documents.word.looks.letters import shown_text
from documents.word.markup import e
from documents.word.ns import Element
from documents.word.read.definitions.number_format import format_number
from documents.word.read.definitions.numbering import PLACEHOLDER, read_numbering
from documents.word.read.definitions.styles import read_styles
from documents.word.source_patch.sections import SourceSection

MOST = 1000
"""So far a value is looked for by what it looks like."""


class HeadingLooks:
    """The looks of a source's headings as they were read, and whether Word can count the numbers of the
    draft."""

    def __init__(self, package: Package, tree: SectionTree, sources: Mapping[str, SourceSection]) -> None:
        self.looks = {uid: _look_of(source) for uid, source in sources.items() if source.heading}
        self.order = {section.uid: number for number, section in enumerate(tree)}
        self.sections = list(tree)
        shifts = Counter(look.outline - look.level for look in self.looks.values() if look.outline)
        self.shift = shifts.most_common(1)[0][0] if shifts else 0
        self.styles = read_styles(package.optional_xml(package.main, "styles"))
        self.numbering = read_numbering(package.optional_xml(package.main, "numbering"), self.styles)

    def look_for(self, section: Section) -> HeadingLook:
        """The look for the heading of a section: of the nearest of its level in the source, of its kind and
        numbered as it is; where Word can't count its number, with that typed."""
        label = section.text.label
        look = self._nearest_look(section.uid, bool(label))
        if look.typed is False and not self.can_count(look.ppr, label):
            ppr = copy.deepcopy(look.ppr) if look.ppr is not None else e("pPr")
            silence(ppr)
            return replace(look, ppr=ppr, typed=True if label else None)
        return look

    def can_count(self, ppr: Element | None, label: str) -> bool:
        """Whether the list in which a paragraph with these properties counts can show a label."""
        place = counted_in(ppr, self.styles, self.numbering)
        if place is None or not label:
            return False
        level, own = self.numbering.level(*place), f"%{place[1] + 1}"
        pattern = "".join(
            "(?P<own>.+)" if piece == own else ".+?" if PLACEHOLDER.fullmatch(piece) else re.escape(piece)
            for piece in re.split(r"(%[1-9])", level.text.strip())
        )
        match = re.fullmatch(pattern, label) if level.text.count(own) == 1 else None
        return match is not None and any(
            format_number(value, level.fmt, level.custom)[0] == match["own"] for value in range(1, MOST)
        )

    def _nearest_look(self, uid: str, numbered: bool) -> HeadingLook:
        at = self.order[uid]
        level = self.sections[at].level
        same = [known for known, look in self.looks.items() if look.level == level]
        if same:
            return self.looks[self._nearest(same, at, numbered)]
        if not self.looks:
            wanted = max(1, min(level, 9))
            return HeadingLook(e("pPr", e("pStyle", val=f"Heading{wanted}")), None, level, wanted)
        near = min(abs(look.level - level) for look in self.looks.values())
        like = [known for known, look in self.looks.items() if abs(look.level - level) == near]
        sample = self.looks.get(uid) or self.looks[self._nearest(like, at, numbered)]
        return at_level(self.styles, sample, level, max(1, min(level + self.shift, 9)))

    def _nearest(self, uids: Iterable[str], at: int, numbered: bool) -> str:
        kind, parent = self.sections[at].kind, self._parent(at)

        def rank(uid: str) -> tuple[bool, bool, bool, bool, int]:
            look, place = self.looks[uid], self.order.get(uid)
            plain = {look.kind, kind} <= {"chapter", "section"}
            return (
                look.kind != kind and not plain,
                numbered != (look.typed is not None),
                not look.outline,
                place is None or self._parent(place) != parent,
                abs(place - at) if place is not None else len(self.sections),
            )

        return min(uids, key=rank)

    def _parent(self, at: int) -> int:
        level = self.sections[at].level
        return next((n for n in range(at - 1, -1, -1) if self.sections[n].level < level), -1)


def _look_of(source: SourceSection) -> HeadingLook:
    paragraph = own_paragraph(source.heading)
    label = source.section.text.label
    shown = shown_text(source.heading).lstrip()
    typed = shown.startswith(label) if label else None
    look = look_in(paragraph, source.section.level, source.look)
    return replace(look, kind=source.section.kind, typed=typed)
