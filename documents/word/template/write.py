"""Writes an edition on a ministry's template."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from lxml import etree

from documents.word.definitions.styles import read_styles
from documents.word.file import ns
from documents.word.file.markup import WORD_TYPE, Relations, e, xml_bytes
from documents.word.file.ns import Element, w
from documents.word.template.clean import clean, clean_bookmarks
from documents.word.template.cover import Cover
from documents.word.template.frame import FrameParts
from documents.word.template.looks import letters_of
from documents.word.template.media import Media
from documents.word.template.read import Template
from documents.word.template.style_parts import StyleMap
from documents.word.write.document_file import DocumentFile
from documents.word.write.frame import add_properties, add_settings
from documents.word.write.inlines import text_run
from documents.word.write.sides import turn
from documents.word.write.write import Writer, styled

EMU_PER_TWIP = 635
SWITCHES = frozenset(
    w(name) for name in ("mirrorMargins", "defaultTabStop", "autoHyphenation", "evenAndOddHeaders")
)
MAIN = ("styles", "settings", "numbering", "footnotes")


@dataclass(frozen=True)
class OnTemplate:
    """What an edition adds to a template. ``values`` are for its places. ``lines`` must be in the file, by
    the place that would do for each. ``every_page`` is likewise for every page."""

    values: Mapping[str, str] = field(default_factory=dict)
    lines: Mapping[str, str] = field(default_factory=dict)
    every_page: Mapping[str, str] = field(default_factory=dict)


def write_on_template(
    document: DocumentFile, template: Template, styles: Mapping[str, str], brought: OnTemplate
) -> bytes:
    """The bytes of the Word file. ``styles``: for each of our styles the template's, by id; those not in it
    are added, in the template's font. Raises Refused where a part of the template is broken."""
    return TemplateWriter(document, template, styles, brought).write()


class TemplateWriter(Writer):
    """Writes the text with our writer, between the template's cover and its last pages."""

    def __init__(
        self, document: DocumentFile, template: Template, styles: Mapping[str, str], brought: OnTemplate
    ) -> None:
        super().__init__(document)
        self.template, self.brought = template, brought
        self.style_map = StyleMap(styles, template.styles, self.numbers.silent)
        self.package = template.package
        self.media = Media(self.package, self.parts)
        self.counting = self.package.needed_xml(self.package.main, "numbering")
        self.numbers.first_num = 1 + _highest(self.counting)
        self.cover = Cover(template, brought.values)
        self.frame = FrameParts(self)
        self.bookmarks = self.cover.bookmarks + 2
        self.room = self.cover.room
        known = read_styles(self.package.needed_xml(self.package.main, "styles"))
        letters = letters_of(known, styles.get("KodeksText"), styles.get("TableGrid", ""))
        self.blocks = replace(self.blocks, width=self.room, letters=letters)
        self.sink.widest = self.note_sink.widest = self.room * EMU_PER_TWIP
        self.contents: list[Element] = []

    def write(self) -> bytes:
        document, relations, cover = self.document, self.relations, self.cover
        for kind in MAIN:
            relations.add(kind, f"{kind}.xml")
        self._looks()
        self._notes_of_cover()
        self.take_relations(cover.body, self.package.main, relations)
        self.frame.take(list(cover.body.iter(w("sectPr"))))
        made = self.front()
        for section in document.tree:
            self.section = section
            made += self.section_elements(section)
        for elements in (made, self.contents, self.footnotes):
            turn(elements)
            self.style_map.apply(elements)
        body = cover.around(made, self.contents)
        parts = self.parts
        parts.add("word/document.xml", xml_bytes(e("document", body)), WORD_TYPE + "document.main+xml")
        parts.add("word/styles.xml", xml_bytes(self.styles()), WORD_TYPE + "styles+xml")
        parts.add("word/numbering.xml", xml_bytes(self.numbering()), WORD_TYPE + "numbering+xml")
        parts.add("word/footnotes.xml", xml_bytes(self._footnotes()), WORD_TYPE + "footnotes+xml")
        parts.add("word/_rels/document.xml.rels", relations.xml())
        if self.note_relations.found:
            parts.add("word/_rels/footnotes.xml.rels", self.note_relations.xml())
        add_settings(parts, document.tag, self.switches())
        add_properties(parts, document.shown_title, document.tag)
        return parts.to_bytes()

    def front(self) -> list[Element]:
        """The title, where the template has no place for it, and the lines that it has no place for. The
        contents are where the template has its own."""
        document, filled = self.document, self.cover.filled | self.frame.filled
        made: list[Element] = []
        if "title" not in filled and document.shown_title:
            made.append(styled("Title", text_run(document.shown_title)))
        for key, line in self.brought.lines.items():
            if line and not filled & {key, f"{key} line"}:
                made.append(styled("KodeksMeta", text_run(line)))
        self.contents = self._contents()
        return made

    def styles(self) -> Element:
        found = self.package.needed_xml(self.package.main, "styles")
        root = copy.deepcopy(found) if found is not None else e("styles")
        clean(root)
        return self.style_map.complete(root, self.document.tag)

    def numbering(self) -> Element:
        if self.counting is None:
            return self.numbers.xml()
        root = copy.deepcopy(self.counting)
        clean(root)
        relations = Relations()
        self.take_relations(root, self.package.related(self.package.main, "numbering") or "", relations)
        if relations.found:
            self.parts.add("word/_rels/numbering.xml.rels", relations.xml())
        own = [node for node in root if node.tag in (w("numPicBullet"), w("abstractNum"))]
        return self.numbers.xml(own, [node for node in root if node.tag == w("num")])

    def take_relations(self, root: Element, part: str, relations: Relations) -> None:
        """Takes along what an element of a part of the template refers to; its drawings get numbers of their
        own."""
        self.media.take(root, part, relations)
        for drawing in root.iter(f"{{{ns.WP}}}docPr"):
            drawing.set("id", str(self.sink.next_id()))

    def switches(self) -> list[Element]:
        """The template's settings that its layout depends on."""
        root = self.package.optional_xml(self.package.main, "settings")
        return [copy.deepcopy(node) for node in root if node.tag in SWITCHES] if root is not None else []

    def _looks(self) -> None:
        """Theme and list of fonts as the template has them, with the fonts that it brings."""
        for kind, name, content in (
            ("theme", "theme/theme1.xml", "application/vnd.openxmlformats-officedocument.theme+xml"),
            ("fontTable", "fontTable.xml", WORD_TYPE + "fontTable+xml"),
        ):
            part = self.package.related(self.package.main, kind)
            if part is None:
                continue
            root = copy.deepcopy(self.package.xml(part))
            relations = Relations()
            self.take_relations(root, part, relations)
            data = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
            self.parts.add(f"word/{name}", data, content)
            if relations.found:
                folder, _slash, base = f"word/{name}".rpartition("/")
                self.parts.add(f"{folder}/_rels/{base}.rels", relations.xml())
            self.relations.add(kind, name)

    def _notes_of_cover(self) -> None:
        """The footnotes that the cover refers to, numbered before those of the text."""
        root = self.package.optional_xml(self.package.main, "footnotes")
        notes = {node.get(w("id")): node for node in root} if root is not None else {}
        for reference in list(self.cover.body.iter(w("footnoteReference"))):
            note = notes.get(reference.get(w("id")))
            parent = reference.getparent()
            if note is None:
                if parent is not None:
                    parent.remove(reference)
                continue
            made = copy.deepcopy(note)
            clean(made)
            clean_bookmarks(made)
            self.take_relations(
                made, self.package.related(self.package.main, "footnotes") or "", self.note_relations
            )
            self.footnotes.append(made)
            for node in (made, reference):
                node.set(w("id"), str(len(self.footnotes)))


def _highest(root: Element | None) -> int:
    found = [0]
    for node in root if root is not None else ():
        for name in ("abstractNumId", "numId"):
            found.append(ns.number(node.get(w(name)), 0, 0, 2**30))
    return max(found)
