"""Heads and feet of a template's pages: filled, cleaned, and with what must be on every page."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING

from documents.text import shortened
from documents.word.definitions.styles import Styles, read_styles
from documents.word.file import ns
from documents.word.file.markup import WORD_TYPE, Relations, e, xml_bytes
from documents.word.file.ns import OFF, VAL, Element, R, w
from documents.word.template.clean import clean, clean_bookmarks
from documents.word.template.cover import text_width
from documents.word.template.fields import fill
from documents.word.template.looks import letters_of
from documents.word.write.frame import footer, watermark
from documents.word.write.inlines import text_run

if TYPE_CHECKING:
    from documents.word.template.write import TemplateWriter

REFERENCES = {w("headerReference"): "header", w("footerReference"): "footer"}
RED = "B00020"
FIXED = "\N{NO-BREAK SPACE}"
GAP = 300
"""Between the title and the numbers of a foot at least, in twentieths of a point."""


class FrameParts:
    """The heads and feet of one file that is being written."""

    def __init__(self, writer: TemplateWriter) -> None:
        self.writer = writer
        self.made: dict[str, str] = {}
        self.count = 0
        self.filled: set[str] = set()

    def take(self, sections: list[Element]) -> None:
        """Writes the parts that the pages refer to and renames them."""
        package = self.writer.package
        known = package.rels(package.main)
        for section in sections:
            for reference in [node for node in section if node.tag in REFERENCES]:
                rel = known.get(reference.get(f"{{{R}}}id") or "")
                if rel is None or rel.external or not package.has(rel.target):
                    section.remove(reference)
                    continue
                if rel.target not in self.made:
                    self.made[rel.target] = self._part(REFERENCES[reference.tag], rel.target)
                reference.set(f"{{{R}}}id", self.made[rel.target])
        if sections:
            self._complete(sections)

    def _part(self, kind: str, name: str) -> str:
        root = copy.deepcopy(self.writer.package.xml(name))
        here = fill(root, self.writer.brought.values)
        # A title at the head of every page is no title of the document.
        self.filled |= here - {"title"}
        clean(root)
        clean_bookmarks(root)
        relations = Relations()
        self.writer.take_relations(root, name, relations)
        return self._add(kind, root, here, relations)

    def _add(self, kind: str, root: Element, here: set[str], relations: Relations) -> str:
        self.count += 1
        name = f"{kind}{self.count}.xml"
        if kind == "header":
            self._say(root, here)
        if not len(root):
            root.append(e("p"))
        parts = self.writer.parts
        parts.add(f"word/{name}", xml_bytes(root), WORD_TYPE + f"{kind}+xml")
        if relations.found:
            parts.add(f"word/_rels/{name}.rels", relations.xml())
        return self.writer.relations.add(kind, name)

    def _say(self, root: Element, here: set[str]) -> None:
        """Puts what every page must say above the head, where the template has no place for it there."""
        lines = [
            (key, line) for key, line in self.writer.brought.every_page.items() if line and key not in here
        ]
        for key, line in reversed(lines):
            run = text_run(line)
            run.insert(0, e("rPr", e("b"), e("color", val=RED) if key == "notice" else None))
            root.insert(0, e("p", e("pPr", e("jc", val="center")), run))
        notice = self.writer.brought.every_page.get("notice")
        if notice:
            first = next((node for node in root if node.tag == w("p")), None)
            if first is None:
                first = e("p")
                root.insert(0, first)
            first.append(watermark(notice))

    def _complete(self, sections: list[Element]) -> None:
        """Gives the first pages a head where they have none and need one. Gives a foot with the page's number
        where the template has no foot at all."""
        first = sections[0]
        if self.writer.brought.every_page:
            kinds = ["default"]
            if any(section.find(w("titlePg")) is not None for section in sections):
                kinds.append("first")
            if self._uneven():
                kinds.append("even")
            there = {node.get(w("type")) for node in first if node.tag == w("headerReference")}
            for kind in kinds:
                if kind not in there:
                    made = self._add("header", e("hdr"), set(), Relations())
                    first.insert(0, e("headerReference", type=kind, r_id=made))
        if not any(node.tag == w("footerReference") for section in sections for node in section):
            self._feet(sections)

    def _feet(self, sections: list[Element]) -> None:
        """A foot with the page's number on all pages; a page of another width has one of its own."""
        kinds = ["default", *(["even"] if self._uneven() else [])]
        before = 0
        for section in sections:
            width = text_width(section, columns=False)
            if width == before:
                continue
            before = width
            made = self._add("footer", added_foot(self.writer, width), set(), Relations())
            heads = [node for node in section if node.tag == w("headerReference")]
            for kind in reversed(kinds):
                section.insert(len(heads), e("footerReference", type=kind, r_id=made))

    def _uneven(self) -> bool:
        return any(
            node.tag == w("evenAndOddHeaders") and (node.get(VAL) or "1") not in OFF
            for node in self.writer.switches()
        )


def added_foot(writer: TemplateWriter, width: int) -> Element:
    """A ``w:ftr`` for pages whose text is so wide. Nothing in it depends on the layout of the template's
    foot. The tab stops of its style are cleared, and a stop of our own is where the text ends. The numbers
    stay on one line."""
    styles = read_styles(writer.styles())
    foot = footer(writer.document, blank=FIXED)
    writer.style_map.apply([foot])
    properties = next(foot.iter(w("pPr")))
    style = ns.val(properties, "pStyle") or ""
    letters = letters_of(styles, style).at_widest
    words = writer.document.words
    left = width - letters.width(f"{words.page} 888 / 888") - GAP
    title = shortened(writer.document.shown_title)
    while title and letters.width(title) > left:
        title = shortened(title, len(title) - 1)
    next(foot.iter(w("t"))).text = title
    stops = [e("tab", val="clear", pos=at) for at in _stops(styles, style) if at != width]
    stops.append(e("tab", val="right", pos=width))
    stops.sort(key=lambda stop: ns.number(stop.get(w("pos"))))
    properties.append(e("tabs", *stops))
    properties.append(e("ind", left=0, right=0, firstLine=0))
    properties.append(e("jc", val="left"))
    return foot


def _stops(styles: Styles, style_id: str) -> set[int]:
    """Where the style and those that it is based on stop a tab."""
    chain = (styles.raw[name] for name in styles.paragraph(style_id).chain)
    stops = (stop for style in chain for stop in style.iterfind(f"{w('pPr')}/{w('tabs')}/{w('tab')}"))
    return {ns.number(stop.get(w("pos"))) for stop in stops if stop.get(VAL) != "clear"}
