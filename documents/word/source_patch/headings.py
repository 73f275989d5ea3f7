"""The formats of a source's headings by level, for new ones and those of another level in the draft."""

from __future__ import annotations

import copy
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from documents.text import Section, SectionText, SectionTree, inline_text
from documents.word.definitions.number_format import format_number
from documents.word.definitions.numbering import PLACEHOLDER, read_numbering
from documents.word.definitions.styles import read_styles
from documents.word.file.markup import e
from documents.word.file.ns import Element
from documents.word.file.package import Package
from documents.word.formatting.headings import (
    HeadingFormat,
    apply_paragraph_format,
    at_level,
    counted_in,
    format_of,
    level_properties,
    main_paragraph,
    stop_counting,
)
from documents.word.formatting.properties import PPR, letters, shown_text
from documents.word.source_patch.blocks import relabel
from documents.word.source_patch.body import Body
from documents.word.source_patch.paragraphs import ParagraphWriter
from documents.word.source_patch.source.lines import block_key
from documents.word.source_patch.source.sections import SourceSection

Json = Mapping[str, Any]
MOST = 1000
"""So far a value is looked for by what it looks like."""
SPECIAL = frozenset({"article", "annex", "step"})


class HeadingFormats:
    """The formats of a source's headings as they were read."""

    def __init__(self, package: Package, tree: SectionTree, sources: Mapping[str, SourceSection]) -> None:
        self.formats = {uid: _format_of(source) for uid, source in sources.items() if source.heading}
        self.order = {section.uid: number for number, section in enumerate(tree)}
        shifts = Counter(one.outline - one.level for one in self.formats.values() if one.outline)
        self.shift = shifts.most_common(1)[0][0] if shifts else 0
        self.styles = read_styles(package.optional_xml(package.main, "styles"))
        self.numbering = read_numbering(package.optional_xml(package.main, "numbering"), self.styles)

    def format_for(self, section: Section) -> HeadingFormat:
        """The format for the heading of a section. It is that of the nearest of its level in the source, of
        its kind and with its numbering. Where Word can't count its number, with that typed."""
        label = section.text.label
        found = self._nearest_format(section)
        if found.typed is False and not self.can_count(found.ppr, label):
            ppr = copy.deepcopy(found.ppr) if found.ppr is not None else e("pPr")
            stop_counting(ppr)
            return replace(found, ppr=ppr, typed=True if label else None)
        return found

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

    def _nearest_format(self, section: Section) -> HeadingFormat:
        level, outline = section.level, max(1, min(section.level + self.shift, 9))
        if not self.formats:
            return HeadingFormat(e("pPr", e("pStyle", val=f"Heading{outline}")), None, level, outline)
        at = self.order[section.uid]

        def rank(uid: str) -> tuple[int, bool, bool, bool, int]:
            one = self.formats[uid]
            special = one.kind != section.kind and bool(SPECIAL & {one.kind, section.kind})
            numbered = bool(section.text.label) != (one.typed is not None)
            distance = abs(self.order.get(uid, at + len(self.order)) - at)
            return abs(one.level - level), special, numbered, not one.outline, distance

        nearest = self.formats[min(self.formats, key=rank)]
        if nearest.level == level:
            return nearest
        return at_level(self.styles, self.formats.get(section.uid, nearest), level, outline)


def _format_of(source: SourceSection) -> HeadingFormat:
    text = source.section.text
    label, shown = letters(text.label), letters(shown_text(source.heading))
    typed = shown.startswith(label) and len(shown) > len(letters(text.heading)) if label else None
    found = format_of(main_paragraph(source.heading), source.section.level, source.outline)
    return replace(found, kind=source.section.kind, typed=typed)


class HeadingWriter:
    """Writes the headings of a draft into its source. ``new`` gets the paragraphs that were written."""

    def __init__(
        self, body: Body, paragraphs: ParagraphWriter, formats: HeadingFormats, new: list[Element]
    ) -> None:
        self.body, self.paragraphs, self.formats, self.new = body, paragraphs, formats, new

    def write(self, source: SourceSection, section: Section) -> int:
        """Rewrites a heading that was edited; gives its level by its look."""
        before, after = source.section.text, section.text
        if not after.body.get("heading") and not after.label:
            for element in source.heading:
                self.body.remove(source, element)
            source.heading = []
            return 0
        other = source.section.level != section.level or bool(before.label) != bool(after.label)
        if source.heading and not other:
            if before.label != after.label or _key(before) != _key(after):
                self._rewrite(source, after)
            return source.outline
        if not source.heading:
            source.heading = [e("p")]
            source.children.insert(0, source.heading[0])
        found = self.formats.format_for(section)
        lead = f"{after.label} " if after.label and found.typed is not False else ""
        self._put(source, after, lead, level_properties(found.rpr))
        apply_paragraph_format(source.heading[0], found.ppr)
        return found.outline

    def _rewrite(self, source: SourceSection, after: SectionText) -> None:
        """In its own format, with its number typed where it was, or where Word can't count it."""
        before = source.section.text
        *first, last = source.heading
        label = letters(before.label)
        if first and letters(shown_text(first)) == label:  # the number in a paragraph of its own
            if before.label != after.label:
                self.paragraphs.rewrite(first, source, (), (), after.label)
            self.body.touch(last)
            content = before.body["heading"], after.body.get("heading") or []
            self.paragraphs.rewrite([last], source, *content, "")
            self.new += source.heading
            return
        lead = ""
        if _format_of(source).typed:
            lead = after.label + _separator(shown_text(source.heading), before)
        elif any(relabel(paragraph, after.label) for paragraph in source.heading):
            pass
        elif after.label != before.label and not self.formats.can_count(last.find(PPR), after.label):
            lead = f"{after.label} "
            ppr = last.find(PPR)
            if ppr is None:
                last.insert(0, ppr := e("pPr"))
            stop_counting(ppr)
        self._put(source, after, lead)

    def _put(
        self, source: SourceSection, after: SectionText, lead: str, properties: Element | None = None
    ) -> None:
        *first, last = source.heading
        self.body.touch(last)
        content = source.section.text.body["heading"], after.body.get("heading") or []
        self.paragraphs.rewrite(source.heading, source, *content, lead, properties)
        for element in first:
            self.body.remove(source, element)
        source.heading = [last]
        self.new.append(last)


def _key(text: SectionText) -> bytes:
    return block_key({"content": text.body.get("heading") or []}, text.body.get("notes") or {})


def _separator(shown: str, before: SectionText) -> str:
    """What is between the typed number of a heading and its words."""
    rest = shown.lstrip().removeprefix(before.label)
    words = inline_text(before.body["heading"]).strip()
    at = rest.find(words) if words else -1
    return rest[:at] if at > 0 else " "
