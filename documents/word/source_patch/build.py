"""One pass of writing an own file: which part of the source's body becomes what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import replace
from typing import Any

from documents.text import Section, SectionTree, canonical_json
from documents.word import ns
from documents.word.file.guard import Limits
from documents.word.file.package import Package
from documents.word.ns import Element, w
from documents.word.read.context import Trace
from documents.word.read.outline.decisions import Decisions
from documents.word.read.read import read_package
from documents.word.read.result import Blob
from documents.word.source_patch.additions import Additions
from documents.word.source_patch.blocks import BlockChanger, is_plain
from documents.word.source_patch.bookmarks import Bookmarks
from documents.word.source_patch.boxes import drop_fallbacks, hang_alone
from documents.word.source_patch.decided import worn_by
from documents.word.source_patch.fields import end_before, halves, let_go_halves
from documents.word.source_patch.joined import adopt_joined
from documents.word.source_patch.levels import Levels, wear_level
from documents.word.source_patch.lines import LineChanger
from documents.word.source_patch.notes import named
from documents.word.source_patch.numbers import Fix, wear_number
from documents.word.source_patch.parts import (
    Part,
    named_parts,
    open_holders,
    page_marks,
    paired,
    share_out,
    take_out,
    top_of,
)
from documents.word.source_patch.references import References
from documents.word.source_patch.relations import serialise
from documents.word.source_patch.slices import cut, to_strict
from documents.word.write.document_file import Words

Json = dict[str, Any]


class Build:
    """Makes the body anew. ``anew``: blocks whose lines are written run by run."""

    def __init__(
        self,
        package: Package,
        tree: SectionTree,
        uids: Sequence[str],
        blobs: dict[str, Blob],
        words: Words,
        limits: Limits,
        anew: frozenset[tuple[str, int]],
        decisions: Decisions,
        fixes: Mapping[str, Fix],
    ) -> None:
        self.package, self.tree, self.anew = package, tree, anew
        self.slices = cut(package.read(package.main))
        trace = Trace()
        read = read_package(package, language=tree.language, limits=limits, trace=trace, decisions=decisions)
        self.root = package.xml(package.main)
        body = ns.child(self.root, "body")
        assert body is not None  # noqa: S101 (the reader looked)
        self.body = body
        self.raw = {child: index for index, child in enumerate(body)}
        if self.slices is not None and len(self.slices.children) != len(self.raw):
            self.slices = None
        self.touched: set[Element] = set()
        self.titles = trace.titles
        known = frozenset(section.uid for section in tree)
        self.additions = Additions(package, blobs | dict(read.blobs), known, words)
        self.fixes, self.lists = fixes, self.additions.restart(fixes)
        self.kept = self.changed = self.written = 0
        paragraphs = list(self.root.iter(w("p"))) if decisions else []
        self.demoted = [paragraphs[at] for at, d in decisions.items() if not d.level and at < len(paragraphs)]
        self.bookmarks = Bookmarks(self.root, body, self.touch)
        self.sources = named_parts(read.tree, trace, uids, tree)
        self.staying = {x for part in self.sources.values() for block in part.blocks for x in block}
        """Where the blocks stand that are not taken out."""
        order = [section.uid for section in tree]
        if [uid for uid in self.sources if uid in known] != order or len(self.sources) != len(tree):
            open_holders(self.body, self.sources.values())
        looks = {uid: now for uid, (_, now) in trace.looks.items()}
        self.levels = Levels(package, tree, self.sources, looks)
        self.front, self.tail = share_out(self.body, self.sources.values())
        self.references = References(body, self.sources, self.front)
        self.halves = halves(list(body))
        self.touched |= end_before(self.front, self.sources, order)
        self.own = adopt_joined(self.sources, tree, self._remove)
        self.lines = LineChanger(self.additions, self.touch)
        self.lines.made += [paragraphs[at] for at in worn_by(decisions) if at < len(paragraphs)]
        for paragraph in self.lines.made:
            self.touch(paragraph)
        self.changer = BlockChanger(
            self.lines,
            [
                elements
                for part in self.sources.values()
                for block, elements in zip(part.section.text.body["blocks"], part.blocks, strict=True)
                if is_plain(block)
            ],
        )

    def parts(self) -> dict[str, bytes]:
        """The parts that are no longer the source's."""
        pieces: list[Element] = list(self.front)
        written: list[Element] = []
        taken: set[str] = set()
        for number, section in enumerate(self.tree):
            source = self.sources.get(section.uid)
            self.additions.notes.texts = section.text.body.get("notes") or {}
            if source is None:
                new = self._new_section(section, number)
                written += new
                pieces += new
                continue
            taken.add(section.uid)
            inside, new = self._section(source, section, number)
            pieces += inside
            written += new
        for uid, source in self.sources.items():
            if uid not in taken:
                pieces += [held for child in source.children for held in page_marks(child)]
        for number, paragraph in enumerate(self.demoted, len(self.tree)):
            self.bookmarks.say_text(paragraph, number)
        self.bookmarks.say_titles(self.titles)
        pieces += self.tail
        self.references.written(pieces, self.additions.known)
        self.touched |= let_go_halves(pieces, {*self.touched, *(set(pieces) - set(self.raw))}, self.halves)
        self.touched |= self.references.settle(pieces)
        self.additions.notes.settle(self.references)
        data = self._body(pieces)
        return {self.package.main: data} | self._fit(self.additions.changed(written + self.lines.made))

    def touch(self, element: Element) -> None:
        """Says that something in the element was changed. What older programs would show in place of a drawing that it stands in
        goes: it says what was there before."""
        drop_fallbacks(element)
        top = top_of(self.body, element)
        if top is not None:
            self.touched.add(top)

    def _fit(self, parts: dict[str, bytes]) -> dict[str, bytes]:
        if self.slices is None or not self.slices.strict:
            return parts
        return {name: to_strict(data) if name.endswith(".xml") else data for name, data in parts.items()}

    def _body(self, pieces: list[Element]) -> bytes:
        pieces = paired(pieces)
        if self.slices is None:
            for child in list(self.body):
                self.body.remove(child)
            self.body.extend(pieces)
            return serialise(self.root)
        children = self.slices.children
        return self.slices.join(
            [
                children[self.raw[piece]] if piece in self.raw and piece not in self.touched else piece
                for piece in pieces
            ]
        )

    def _section(self, part: Part, section: Section, number: int) -> tuple[list[Element], list[Element]]:
        """The children of the body for a section that the source has, and which of them are new."""
        before = part.section.text
        heading = section.text.body.get("heading") or []
        again = (section.uid, -1) in self.anew
        counted = None
        numbered = bool(section.text.label)
        if part.heading and (part.section.level != section.level or bool(before.label) != numbered):
            counted = self._relevel(part, section)
        if part.heading and section.uid in self.fixes:
            counted = self._count(part.heading, section)
        if part.heading and (
            again
            or counted is not None
            or canonical_json(before.body["heading"]) != canonical_json(heading)
            or before.label != section.text.label
        ):
            self.lines.heading(part.heading, before, section.text, again, counted)
        new: list[Element] = []
        anew = {index for uid, index in self.anew if uid == section.uid}
        own = self.own.get(section.uid, len(part.blocks))
        outcome = self.changer.blocks(part.section.text.body, part.blocks, section.text.body, anew, own)
        self.kept += outcome.kept
        self.changed += outcome.changed
        self.written += outcome.written
        for element, before_it in outcome.first:
            if before_it in part.children:
                part.children.insert(part.children.index(before_it), element)
            else:
                before_it.addprevious(element)
                self.touch(before_it)
            new.append(element)
        for element, after in outcome.inserted:
            self._insert(part, element, after)
            new.append(element)
        self.staying.difference_update(outcome.removed)
        for element in outcome.removed:
            self._remove(part, element)
        self._notes(part, section, set(outcome.removed))
        self.bookmarks.mark(part, section, number, new)
        return part.children, new

    def _notes(self, part: Part, section: Section, removed: Set[Element]) -> None:
        """Gives the notes whose references stay in the section their words of now."""
        tops = {key: top_of(self.body, reference) for key, reference in part.notes.items()}
        staying = {
            key: part.notes[key] for key, top in tops.items() if top is not None and top not in removed
        }
        body = section.text.body
        lines = dict(enumerate(body.get("blocks") or [])) | {-1: body.get("heading") or []}
        anew = {key for uid, at in self.anew if uid == section.uid for key in named(lines[at])}
        for reference in self.additions.notes.change(part.section.text.body, body, staying, anew):
            self.touch(reference)

    def _count(self, heading: Sequence[Element], section: Section) -> bool:
        """Lets a heading count as was found out that it must; says whether Word counts it."""
        for paragraph in heading:
            self.touch(paragraph)
        fix = self.fixes[section.uid]
        wear_number(heading, fix, self.lists[section.uid])
        return bool(fix.num_id)

    def _relevel(self, part: Part, section: Section) -> bool | None:
        """Gives a heading whose section has another level now, or a number where it had none, the look of those; says whether Word
        counts its number from now on, None where that stays as it was."""
        label = bool(section.text.label)
        look = self.levels.look(section.uid, label)
        if look is None:
            return None
        for paragraph in part.heading:
            self.touch(paragraph)
        wear_level(part.heading, look)
        self.lines.made += part.heading
        if look.typed is None:
            return False if label and not self.levels.looks[section.uid].typed else None
        return not look.typed

    def _insert(self, part: Part, element: Element, after: Element | None) -> None:
        if after is None:
            after = part.heading[-1] if part.heading else None
        top = top_of(self.body, after) if after is not None else None
        if after is not None and after.getparent() is None and after in part.children:
            top = after
        if top is not None and top in part.children:
            if (
                top is not after
                and after is not None
                and after.tag in (w("p"), w("tbl"))
                and after.getparent() is not None
            ):
                after.addnext(element)
                self.touch(after)
                return
            part.children.insert(part.children.index(top) + 1, element)
        else:
            part.children.append(element) if part.heading or not part.children else part.children.insert(
                0, element
            )

    def _remove(self, part: Part, element: Element) -> None:
        self.touch(element)
        if not hang_alone(element, self.staying):
            take_out(part, element)

    def _new_section(self, section: Section, number: int) -> list[Element]:
        """A section that the source has not, in the look of those beside it."""
        body = section.text.body
        made: list[Element] = []
        if body.get("heading") or section.text.label:
            look = self.levels.look(section.uid, bool(section.text.label))
            if section.uid in self.fixes and look is not None:
                look = replace(look, typed=not self.fixes[section.uid].num_id)
            made.append(self.lines.new_heading(look, section))
            if section.uid in self.fixes:
                self._count(made, section)
        for block in body.get("blocks") or []:
            made += self.changer.new_block(block, None)
            self.written += 1
        part = Part(section, made[:1] if body.get("heading") or section.text.label else [], [made], made)
        self.bookmarks.mark(part, section, number)
        return part.children
