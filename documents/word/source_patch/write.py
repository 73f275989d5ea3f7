"""Writes a draft into the Word file that it came from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from documents.text import Section, SectionTree, canonical_json
from documents.text.extraction import body_lines, inline_text
from documents.word.file.guard import DEFAULT_LIMITS, Limits, open_package
from documents.word.file.rewrite import Rewritten
from documents.word.looks.decisions import restyled
from documents.word.looks.headings import level_properties, silence, wear_properties
from documents.word.looks.letters import PPR, P, shown_text
from documents.word.markup import Parts, e
from documents.word.note_order import notes_in_order
from documents.word.ns import Element
from documents.word.read.context import Trace
from documents.word.read.outline.decisions import Decisions
from documents.word.read.read import read_package
from documents.word.read.result import Blob
from documents.word.source_patch.blocks import SourceBlocks
from documents.word.source_patch.body import Body, page_settings
from documents.word.source_patch.bookmarks import Bookmarks
from documents.word.source_patch.definitions import add_numbers, add_styles, add_types, next_number
from documents.word.source_patch.headings import HeadingLooks
from documents.word.source_patch.matching import match_blocks
from documents.word.source_patch.notes import Notes
from documents.word.source_patch.paragraphs import BOX, Json, ParagraphWriter, relabel
from documents.word.source_patch.references import References
from documents.word.source_patch.relationships import NewRelationships
from documents.word.source_patch.sections import SourceSection, find_sections, open_holders, share_out, top_of
from documents.word.write.blocks import BlockWriter
from documents.word.write.document_file import Words
from documents.word.write.inlines import Sink
from documents.word.write.lists import ListNumbers

FIRST_PICTURE = 9000
"""Pictures are numbered from here on, out of the way of the source's."""


@dataclass(frozen=True)
class OwnFile:
    """The file. ``differing``: sections in which it reads otherwise than the draft, in their numbers or in
    their text."""

    data: bytes = field(repr=False)
    differing: tuple[str, ...] = ()


def write_own_file(
    source: bytes,
    tree: SectionTree,
    uids: Sequence[str] = (),
    *,
    blobs: Mapping[str, Blob] | None = None,
    words: Words | None = None,
    limits: Limits = DEFAULT_LIMITS,
    decisions: Decisions | None = None,
) -> OwnFile:
    """The bytes of ``source`` with the text of ``tree``.

    ``uids``: the sections of the tree in the order in which they are read from the source (of more, the last
    ones count); without it they are known by the bookmarks in the source, or are the tree's in order.
    ``blobs``: the pictures that new text names. ``decisions``: those with which the source was taken in.
    Raises Refused where the source can't be read.
    """
    writer = _Writer(source, tree, uids, dict(blobs or {}), words or Words(), limits, decisions or {})
    data = writer.write()
    again = read_package(open_package(data, limits), language=tree.language, limits=limits).tree.by_uid
    differing = (one.uid for one in tree if one.uid not in again or _differs(one, again[one.uid]))
    return OwnFile(data, tuple(differing))


def _differs(section: Section, again: Section) -> bool:
    """Whether words or numbers are others; a list without labels is counted by whoever shows it."""
    labels, read = (list(_labels(one.text.body)) for one in (section, again))
    same = len(labels) == len(read) and all(a in ("", b) for a, b in zip(labels, read, strict=True))
    return not same or _letters(section) != _letters(again)


def _letters(section: Section) -> str:
    lines = body_lines(section.text.body, heading=True)
    return "".join("".join([section.text.label, *lines]).split())


def _labels(value: Any) -> Iterator[str]:
    if value.get("type") == "item":
        yield (value.get("attrs") or {}).get("label", "")
    for child in value.get("blocks") or value.get("content") or []:
        yield from _labels(child)


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
        order = [section.uid for section in tree]
        if list(self.sources) != order:
            open_holders(self.body.body, self.sources.values())
        self.looks = HeadingLooks(package, tree, self.sources)
        self.front, self.tail = share_out(self.body.body, self.sources.values())
        self.references = References(list(self.body.body), self.sources, self.front)
        self.matches, self.removed = match_blocks(self.sources, tree, self._movable())
        staying = {x for source in self.sources.values() for elements in source.blocks for x in elements}
        self.body.staying = staying.difference(x for block in self.removed for x in block.elements)
        self.parts, self.relations = Parts(), NewRelationships(self.file, package.main)
        sink = Sink(self.parts, self.relations, blobs | dict(read.blobs), frozenset(order), self._note)
        sink.counter = [FIRST_PICTURE]
        self.numbers = ListNumbers(first_num=next_number(self.file))
        writer = BlockWriter(sink, self.numbers, words)
        self.notes = Notes(self.file, writer, self.relations)
        self.paragraphs = ParagraphWriter(sink, self.notes)
        self.blocks = SourceBlocks(self.body, writer, self.paragraphs, self.sources.values())

    def write(self) -> bytes:
        written: list[SourceSection] = []
        for number, section in enumerate(self.tree):
            source = self.sources.get(section.uid) or SourceSection(section, [], [])
            written.append(source)
            self._write_section(source, section, number)
        for block in self.removed:
            self.blocks.remove(block)
        gone = [source for uid, source in self.sources.items() if uid not in self.tree.by_uid]
        settings = [node for source in gone for child in source.children for node in page_settings(child)]
        texts = [paragraph for paragraph, level in self.decided if not level]
        for number, paragraph in enumerate(texts, len(self.tree)):
            self.bookmarks.mark_text(paragraph, number)
        self.bookmarks.mark_titles(self.trace.titles)
        for paragraph, level in self.decided:
            if level:
                self.body.touch(paragraph)
        pieces = [
            *self.front,
            *(child for source in written for child in source.children),
            *settings,
            *self.tail,
        ]
        self._settle(pieces)
        self.file.put(self.package.main, self.body.to_bytes(pieces))
        return self._finish()

    def _movable(self) -> set[Element]:
        """What may stand in another place: a whole child of the body, without text boxes and page
        settings."""
        children = (child for source in self.sources.values() for child in source.children)
        return {
            child for child in children if not page_settings(child) and next(child.iter(BOX), None) is None
        }

    def _note(self, name: str) -> int:
        return self.notes.new(name)

    def _write_section(self, source: SourceSection, section: Section, number: int) -> None:
        self.notes.texts = section.text.body.get("notes") or {}
        look = self._write_heading(source, section)
        matches = self.matches[section.uid]
        self.blocks.write(source, matches)
        blocks = [x for match in matches if match.source is not None for x in match.source.elements]
        self.bookmarks.mark_section(source, section, number, look, [*blocks, *self.blocks.new])

    def _write_heading(self, source: SourceSection, section: Section) -> int:
        """Writes a heading that was edited anew; gives its level by its look."""
        before, after = source.section.text, section.text
        content = after.body.get("heading") or []
        if not content and not after.label:
            for element in source.heading:
                self.body.remove(source, element)
            source.heading = []
            return 0
        restyled = source.section.level != section.level or bool(before.label) != bool(after.label)
        same = before.label == after.label and canonical_json(before.body["heading"]) == canonical_json(
            content
        )
        if source.heading and not restyled and same:
            self.notes.edit_in(source, {"content": before.body["heading"]}, {"content": content})
            return source.look
        if source.heading and not restyled:
            self._rewrite_heading(source, section)
            return source.look
        look = self.looks.look_for(section)
        if not source.heading:
            source.heading = [e("p")]
            source.children.insert(0, source.heading[0])
        lead = f"{after.label} " if after.label and look.typed is not False else ""
        letters = level_properties(look.rpr)
        self._put_heading(source, content, lead, letters if letters is not None else e("rPr"))
        wear_properties(source.heading[0], look.ppr)
        return look.outline

    def _rewrite_heading(self, source: SourceSection, section: Section) -> None:
        """In its own look, with its number typed where it was, or where Word can't count it."""
        before, after = source.section.text, section.text
        content = after.body.get("heading") or []
        *first, last = source.heading
        if first and _squeezed(shown_text(first)) == _squeezed(before.label):
            self.body.touch(last)
            self.paragraphs.rewrite([last], source, before.body["heading"], content, "")
            if before.label != after.label:
                self.paragraphs.rewrite(first, source, (), (), after.label)
            self.blocks.new += source.heading
            return
        shown = shown_text(source.heading).lstrip()
        lead = ""
        if before.label and shown.startswith(before.label):
            lead = after.label + _separator(shown[len(before.label) :], inline_text(before.body["heading"]))
        elif any(relabel(paragraph, after.label) for paragraph in source.heading):
            pass
        elif after.label != before.label and not self.looks.can_count(last.find(PPR), after.label):
            lead = f"{after.label} "
            ppr = last.find(PPR)
            if ppr is None:
                last.insert(0, ppr := e("pPr"))
            silence(ppr)
        self._put_heading(source, content, lead)

    def _put_heading(
        self, source: SourceSection, content: Sequence[Json], lead: str, look: Element | None = None
    ) -> None:
        self.body.touch(source.heading[-1])
        before = source.section.text.body["heading"]
        self.paragraphs.rewrite(source.heading, source, before, content, lead, look)
        for element in source.heading[:-1]:
            self.body.remove(source, element)
        source.heading = source.heading[-1:]
        self.blocks.new += source.heading

    def _settle(self, pieces: Sequence[Element]) -> None:
        """Fields and links that lead to what is another now."""
        new = self.blocks.new
        moved = [
            x
            for found in self.matches.values()
            for m in found
            if m.moved and m.source
            for x in m.source.elements
        ]
        tops = (top for element in new if (top := top_of(self.body.body, element)) is not None)
        changed = {*tops, *new, *moved, *(piece for piece in pieces if piece not in self.body.places)}
        self.references.find_changes(pieces, new, self.tree.by_uid)
        self.body.touched |= self.references.settle(pieces, changed)
        self.notes.settle(self.references)

    def _finish(self) -> bytes:
        add_numbers(self.file, self.numbers, self.relations, self.notes.types)
        add_styles(self.file, [*self.blocks.new, *self.notes.written])
        for name, data in self.parts.content.items():
            self.file.put(name, data)
        for relations in (self.relations, *self.notes.relations.values()):
            relations.save()
        extensions = {x: kind for x, kind in self.parts.extensions.items() if x not in ("rels", "xml")}
        add_types(self.file, self.notes.types, extensions)
        self._order_notes()
        return self.file.to_bytes()

    def _order_notes(self) -> None:
        main = self.package.main
        names = filter(None, (main, self.file.related("footnotes"), self.file.related("endnotes")))
        parts = {name: self.file.bytes_of(name) for name in names}
        for name, data in notes_in_order(self.package, parts).items():
            self.file.put(name, data)


def _paragraphs_of(body: Body, decisions: Decisions) -> list[tuple[Element, int]]:
    """The paragraphs that decisions changed, or said to be text, with their level."""
    paragraphs = list(body.root.iter(P)) if decisions else []
    styled = restyled(decisions)
    return [
        (paragraphs[at], decision.level)
        for at, decision in decisions.items()
        if at < len(paragraphs) and (at in styled or not decision.level)
    ]


def _separator(rest: str, words: str) -> str:
    """What stands between the number of a heading and its words."""
    at = rest.find(words.strip()) if words.strip() else -1
    return rest[:at] if at > 0 else " "


def _squeezed(text: str) -> str:
    return "".join(text.split())
