"""Makes a .docx for download. It has the same text, labels and notes, in a file that a ministry can edit.

The file contains only what the reader of the page sees. It has no personal names, dates of editing, or
history. The same content gives the same bytes. A bookmark at each heading carries the section's uid, so that
a reviewed file is known again section by section. The parts are written here rather than through python-docx.
Its template has styles, dates and an author of its own and no footnotes.
"""

from __future__ import annotations

from dataclasses import replace

from documents.text import Section, text_hash
from documents.text.contents_depth import contents_depth, is_listed
from documents.word.body.bookmarks import STATE_LENGTH
from documents.word.body.bookmarks import uid_name as anchor
from documents.word.file.markup import WORD_TYPE, Parts, Relations, e, field_runs, xml_bytes
from documents.word.file.ns import Element
from documents.word.write.blocks import BlockWriter
from documents.word.write.document_file import DocumentFile
from documents.word.write.frame import add_properties, add_settings, footer, header, section_properties
from documents.word.write.inlines import Sink, label_run, text_run, write_inlines
from documents.word.write.lists import ListNumbers
from documents.word.write.sides import turn
from documents.word.write.styles import add_theme, base_styles
from documents.word.write.tables import PAGE_WIDTH


def write_docx(document: DocumentFile) -> bytes:
    """The bytes of the Word file for a document in one language. Nothing is fetched; images that
    ``document.blobs`` does not hold are shown by their description."""
    return Writer(document).write()


class Writer:
    """Writes one file. Files of another look override what they show otherwise."""

    def __init__(self, document: DocumentFile) -> None:
        self.document = document
        self.parts = Parts()
        self.relations = Relations()
        self.note_relations = Relations()
        self.numbers = ListNumbers()
        self.footnotes: list[Element] = []
        known = frozenset(section.uid for section in document.tree)
        blobs = dict(document.blobs)
        self.sink = Sink(self.parts, self.relations, blobs, known, self._note)
        self.note_sink = replace(self.sink, relations=self.note_relations, note=None)
        self.blocks = BlockWriter(self.sink, self.numbers, document.words)
        self.section: Section | None = None
        self.bookmarks = 0
        self.room = PAGE_WIDTH

    def write(self) -> bytes:
        document, relations = self.document, self.relations
        for kind, target in (
            ("styles", "styles.xml"),
            ("settings", "settings.xml"),
            ("numbering", "numbering.xml"),
            ("footnotes", "footnotes.xml"),
        ):
            relations.add(kind, target)
        add_theme(self.parts, relations)
        body = e("body", *self.front())
        for section in document.tree:
            self.section = section
            for element in self.section_elements(section):
                body.append(element)
        turn(body)
        turn(self.footnotes)
        heads = [
            (relations.add("header", "header1.xml"), "header"),
            (relations.add("footer", "footer1.xml"), "footer"),
        ]
        body.append(section_properties(heads))
        parts = self.parts
        parts.add("word/document.xml", xml_bytes(e("document", body)), WORD_TYPE + "document.main+xml")
        parts.add("word/styles.xml", xml_bytes(self.styles()), WORD_TYPE + "styles+xml")
        parts.add("word/numbering.xml", xml_bytes(self.numbering()), WORD_TYPE + "numbering+xml")
        parts.add("word/footnotes.xml", xml_bytes(self._footnotes()), WORD_TYPE + "footnotes+xml")
        parts.add("word/header1.xml", xml_bytes(header(document)), WORD_TYPE + "header+xml")
        parts.add("word/footer1.xml", xml_bytes(footer(document)), WORD_TYPE + "footer+xml")
        parts.add("word/_rels/document.xml.rels", relations.xml())
        if self.note_relations.found:
            parts.add("word/_rels/footnotes.xml.rels", self.note_relations.xml())
        add_settings(parts, document.tag)
        add_properties(parts, document.shown_title, document.tag)
        return parts.to_bytes()

    def styles(self) -> Element:
        return base_styles(self.document.tag)

    def numbering(self) -> Element:
        return self.numbers.xml()

    def front(self) -> list[Element]:
        document = self.document
        made = [styled("Title", text_run(document.shown_title))] if document.shown_title else []
        lines = [line for line in (document.classification, *document.meta) if line]
        if document.edition_hash:
            lines.append(f"{document.words.hash}: {document.edition_hash}")
        if document.address:
            lines.append(f"{document.words.address}: {document.address}")
        made += [styled("KodeksMeta", text_run(line)) for line in (*lines, *document.remarks)]
        made += self._contents()
        return made

    def _contents(self) -> list[Element]:
        """The table of contents: a real field, with its entries filled in. Its page numbers are fields too,
        which are empty until Word or LibreOffice counts them."""
        sections = self.document.tree.sections
        deepest = contents_depth(sections, [section.level for section in sections])
        entries = [section for section in sections if section.level <= deepest and is_listed(section)]
        if len(entries) < 3:
            return []
        lines = []
        for section in entries:
            words = "  ".join(filter(None, (section.text.label, section.text.heading)))
            page = field_runs(f"PAGEREF {anchor(section.uid)} \\h")
            runs = [text_run(words), e("r", e("tab")), *page]
            line = styled(f"TOC{section.level}", e("hyperlink", *runs, anchor=anchor(section.uid), history=1))
            tab = e("tab", val="right", leader="dot", pos=self.room)
            line[0].append(e("tabs", tab))
            lines.append(line)
        begin = field_runs(f'TOC \\o "1-{deepest}" \\h \\z \\u')
        first, last = lines[0], styled("Normal", begin[-1])
        for run in reversed(begin[:-1]):
            first.insert(1, run)
        head = styled("KodeksContents", text_run(self.document.words.contents))
        gallery = e("docPartObj", e("docPartGallery", val="Table of Contents"), e("docPartUnique"))
        return [e("sdt", e("sdtPr", gallery), e("sdtContent", head, *lines, last))]

    def section_elements(self, section: Section) -> list[Element]:
        marks = self.bookmarks_of(section)
        blocks = self.blocks.write(section.text.body.get("blocks") or [])
        heading = section.text.body.get("heading") or []
        if not heading and not section.text.label:
            return [*marks, *(blocks or [e("p")])]
        runs = write_inlines(self.sink, heading)
        # The label's run stands first, also where it is empty: then a number in the words is known to be
        # words.
        runs.insert(
            0, label_run(section.text.label) if section.text.label else text_run("", style="KodeksLabel")
        )
        return [styled(f"Heading{min(section.level, 9)}", marks[0], *marks[2:], *runs, marks[1]), *blocks]

    def bookmarks_of(self, section: Section) -> list[Element]:
        """Beginning and end of the bookmark with the uid, and of the one with kind, level and state."""
        made = []
        state = text_hash(section.text.body)[:STATE_LENGTH]
        at = f"kodeks_at_{section.kind}_{section.level}_{self.bookmarks}_{state}"
        for name in (anchor(section.uid), at):
            made += [e("bookmarkStart", id=self.bookmarks, name=name), e("bookmarkEnd", id=self.bookmarks)]
            self.bookmarks += 1
        return made

    def _note(self, note_id: str) -> int:
        """Writes a note of the current section; its number in the file."""
        notes = self.section.text.body.get("notes") or {} if self.section else {}
        number = len(self.footnotes) + 1
        placeholder = e("footnote", id=number)
        self.footnotes.append(placeholder)
        blocks = list(notes.get(note_id, []))
        writer = BlockWriter(self.note_sink, self.numbers, self.document.words, style="FootnoteText")
        first = blocks.pop(0) if blocks and blocks[0]["type"] == "paragraph" else {"content": []}
        sign = e("r", e("rPr", e("rStyle", val="FootnoteReference")), e("footnoteRef"))
        runs = write_inlines(self.note_sink, first.get("content") or [])
        placeholder.append(writer.paragraph([sign, text_run(" "), *runs]))
        for element in writer.cell(blocks) if blocks else []:
            placeholder.append(element)
        return number

    def _footnotes(self) -> Element:
        lines = (("separator", -1), ("continuationSeparator", 0))
        return e(
            "footnotes",
            *(e("footnote", e("p", e("r", e(kind))), type=kind, id=number) for kind, number in lines),
            *self.footnotes,
        )


def styled(style: str, *content: Element) -> Element:
    """A paragraph in a style."""
    return e("p", e("pPr", e("pStyle", val=style)) if style != "Normal" else e("pPr"), *content)
