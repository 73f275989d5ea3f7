"""Writes a draft into the Word file of its import."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from documents.text import SectionTree
from documents.word.body.note_order import notes_in_order
from documents.word.file.guard import DEFAULT_LIMITS, Limits, open_package
from documents.word.file.markup import Parts
from documents.word.file.ns import Element
from documents.word.file.rewrite import Rewritten
from documents.word.formatting.properties import P, has_any
from documents.word.read.context import Trace
from documents.word.read.outline.decisions import Decisions
from documents.word.read.outline.restyle import restyled
from documents.word.read.read import read_package
from documents.word.read.result import Blob
from documents.word.source_patch.blocks import SourceBlocks
from documents.word.source_patch.body import Body, page_settings
from documents.word.source_patch.bookmarks import Bookmarks
from documents.word.source_patch.headings import HeadingFormats, HeadingWriter
from documents.word.source_patch.notes import Notes
from documents.word.source_patch.paragraphs import BOX, ParagraphWriter
from documents.word.source_patch.source.fields import end_before_text
from documents.word.source_patch.source.matching import match_blocks
from documents.word.source_patch.source.parts import (
    AddedRelationships,
    add_numbers,
    add_styles,
    add_types,
    next_number,
)
from documents.word.source_patch.source.sections import SourceSection, find_sections, open_holders, share_out
from documents.word.write.blocks import BlockWriter
from documents.word.write.document_file import Words
from documents.word.write.inlines import Sink
from documents.word.write.lists import ListNumbers

FIRST_PICTURE = 9000
"""Pictures are numbered from here on, out of the way of the source's."""


def write_own_file(
    source: bytes,
    tree: SectionTree,
    uids: Sequence[str] = (),
    *,
    blobs: Mapping[str, Blob] | None = None,
    words: Words | None = None,
    limits: Limits = DEFAULT_LIMITS,
    decisions: Decisions | None = None,
) -> bytes:
    """The bytes of ``source`` with the text of ``tree``.

    ``uids``: the sections of the tree in their order in the source (of more, the last ones count). Without it
    they are those of the source's bookmarks, or the tree's in order. ``blobs``: the pictures that new text
    names. ``decisions``: those with which the source was imported. Raises Refused where the source can't be
    read.
    """
    return _Writer(source, tree, uids, dict(blobs or {}), words or Words(), limits, decisions or {}).write()


class _Writer:
    """One draft written into its source."""

    def __init__(
        self,
        source: bytes,
        tree: SectionTree,
        uids: Sequence[str],
        blobs: dict[str, Blob],
        words: Words,
        limits: Limits,
        decisions: Decisions,
    ) -> None:
        self.tree = tree
        self.package = package = open_package(source, limits)
        self.file = Rewritten(package)
        self.trace = trace = Trace()
        read = read_package(package, language=tree.language, limits=limits, trace=trace, decisions=decisions)
        self.body = Body(package.xml(package.main), package.read(package.main))
        self.decided = _paragraphs_of(self.body, decisions)
        self.bookmarks = Bookmarks(self.body)
        self.sources = find_sections(read.tree, trace, uids, tree)
        if list(self.sources) != [section.uid for section in tree]:
            open_holders(self.body.body, self.sources.values())
            for paragraph in end_before_text(self.body.body):
                self.body.touch(paragraph)
        self.front, self.tail = share_out(self.body.body, self.sources.values())
        self.matches, self.removed = match_blocks(self.sources, tree, self._movable())
        self.body.staying = {x for source in self.sources.values() for block in source.blocks for x in block}
        for block in self.removed:
            self.body.staying.difference_update(block.elements)
        self.parts, self.relations = Parts(), AddedRelationships(self.file, package.main)
        known = frozenset(tree.by_uid)
        sink = Sink(self.parts, self.relations, blobs | dict(read.blobs), known, lambda x: self.notes.new(x))
        sink.counter = [FIRST_PICTURE]
        self.numbers = ListNumbers(first_num=next_number(self.file))
        writer = BlockWriter(sink, self.numbers, words)
        self.notes = Notes(self.file, writer, self.relations)
        paragraphs = ParagraphWriter(sink, self.notes)
        self.blocks = SourceBlocks(self.body, writer, paragraphs, self.sources.values())
        formats = HeadingFormats(package, tree, self.sources)
        self.headings = HeadingWriter(self.body, paragraphs, formats, self.blocks.new)

    def write(self) -> bytes:
        written: list[SourceSection] = []
        for number, section in enumerate(self.tree):
            source = self.sources.get(section.uid) or SourceSection(section)
            written.append(source)
            self.notes.texts = section.text.body.get("notes") or {}
            outline = self.headings.write(source, section)
            matches = self.matches[section.uid]
            self.blocks.write(source, matches)
            blocks = [x for match in matches if match.source is not None for x in match.source.elements]
            self.bookmarks.mark_section(source, section, number, outline, [*blocks, *self.blocks.new])
        for block in self.removed:
            self.blocks.remove(block)
        removed = [source for uid, source in self.sources.items() if uid not in self.tree.by_uid]
        settings = [node for source in removed for child in source.children for node in page_settings(child)]
        self._mark_decided()
        self.bookmarks.mark_titles(self.trace.titles)
        children = [child for source in written for child in source.children]
        pieces = [*self.front, *children, *settings, *self.tail]
        self.file.put(self.package.main, self.body.to_bytes(pieces))
        self._finish()
        return self.file.to_bytes()

    def _mark_decided(self) -> None:
        """Marks what decisions made text; what they made headings is written anew."""
        texts = [paragraph for paragraph, level in self.decided if not level]
        for number, paragraph in enumerate(texts, len(self.tree)):
            self.bookmarks.mark_text(paragraph, number)
        for paragraph, level in self.decided:
            if level:
                self.body.touch(paragraph)

    def _movable(self) -> set[Element]:
        """What may be in another place: a whole child of the body, without text boxes and page settings."""
        children = (child for source in self.sources.values() for child in source.children)
        return {child for child in children if not page_settings(child) and not has_any(child, [BOX])}

    def _finish(self) -> None:
        """The other parts."""
        add_numbers(self.file, self.numbers, self.relations, self.notes.types)
        add_styles(self.file, [*self.blocks.new, *self.notes.written])
        for name, data in self.parts.content.items():
            self.file.put(name, data)
        extensions = {x: kind for x, kind in self.parts.extensions.items() if x not in ("rels", "xml")}
        add_types(self.file, self.notes.types, extensions)
        main = self.package.main
        names = filter(None, (main, self.file.related("footnotes"), self.file.related("endnotes")))
        for name, data in notes_in_order(
            self.package, {name: self.file.bytes_of(name) for name in names}
        ).items():
            self.file.put(name, data)


def _paragraphs_of(body: Body, decisions: Decisions) -> list[tuple[Element, int]]:
    """The paragraphs that decisions changed, or made text, with their level."""
    paragraphs = list(body.root.iter(P)) if decisions else []
    styled = restyled(decisions)
    return [
        (paragraphs[at], decision.level)
        for at, decision in decisions.items()
        if at < len(paragraphs) and (at in styled or not decision.level)
    ]
