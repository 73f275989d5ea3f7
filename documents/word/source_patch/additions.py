"""What an own file needs beyond its source: relationships, pictures, notes, numbers and styles for what was written anew."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from documents.word import ns
from documents.word.file.package import Package
from documents.word.markup import WORD_TYPE, Parts
from documents.word.ns import Element, w
from documents.word.read.result import Blob
from documents.word.source_patch.notes import Notes
from documents.word.source_patch.numbers import Fix, restarting
from documents.word.source_patch.relations import OpenRelations, serialise
from documents.word.write.blocks import BlockWriter
from documents.word.write.document_file import Words
from documents.word.write.inlines import Sink, write_inlines
from documents.word.write.lists import ListNumbers
from documents.word.write.styles import base_styles

STYLED = (w("pStyle"), w("rStyle"), w("tblStyle"))


@dataclass
class Additions:
    """Gathers them while blocks are written; :meth:`changed` gives the parts that are no longer the source's."""

    package: Package
    blobs: dict[str, Blob]
    known: frozenset[str]
    words: Words
    parts: Parts = field(default_factory=Parts)

    def __post_init__(self) -> None:
        main = self.package.main
        self.rels = OpenRelations(self.package, main)
        self.sink = Sink(self.parts, self.rels, self.blobs, self.known, self._note)  # type: ignore[arg-type]
        self.sink.counter = [9000]
        self.numbering_part = self.package.related(main, "numbering")
        taken = [0]
        if self.numbering_part:
            for node in self.package.xml(self.numbering_part):
                for key in ("numId", "abstractNumId"):
                    taken.append(ns.number(node.get(w(key)), 0, 0, 2**30))
        self.numbers = ListNumbers(first_num=max(taken) + 1)
        self.writer = BlockWriter(self.sink, self.numbers, self.words)
        self.notes = Notes(self.package, self.sink, self.numbers, self.words)
        self.restarts: list[Element] = []
        """Number definitions by which headings count from another number on."""

    def restart(self, fixes: Mapping[str, Fix]) -> dict[str, str]:
        """By uid the list by which a heading counts (documents/word/source_patch/numbers.py); before anything else gets a number of a list."""
        found = {}
        for uid, fix in fixes.items():
            found[uid] = fix.num_id
            if fix.start and (made := restarting(self.package, fix, self.numbers.first_num)) is not None:
                found[uid] = str(self.numbers.first_num)
                self.restarts.append(made)
                self.numbers.first_num += 1
        return found

    def runs(self, content: Iterable[dict[str, Any]]) -> list[Element]:
        """The runs of inline content in the text."""
        return write_inlines(self.sink, content)

    def _note(self, note_id: str) -> int:
        return self.notes.new(note_id)

    def changed(self, written: Iterable[Element]) -> dict[str, bytes]:
        """Parts to put in place of the source's, or beside them. ``written``: all that was written into the text."""
        made: dict[str, bytes] = dict(self.parts.content)
        overrides: dict[str, str] = {}
        main = self.package.main
        made |= self.notes.changed(self.rels, overrides)
        if self.numbers.nums or self.restarts:
            made |= self._numbering(overrides)
        styles = self._styles([*written, *self.notes.written])
        made |= styles
        made |= self.rels.changed(main)
        extensions = {x: t for x, t in self.parts.extensions.items() if x not in ("rels", "xml")}
        if overrides or extensions:
            made |= self._types(overrides, extensions)
        return made

    def _numbering(self, overrides: dict[str, str]) -> dict[str, bytes]:
        made = self.numbers.xml(own_nums=self.restarts)
        if not self.numbering_part:
            overrides["word/numbering.xml"] = WORD_TYPE + "numbering+xml"
            self.rels.add("numbering", "numbering.xml")
            return {"word/numbering.xml": serialise(made)}
        root = self.package.xml(self.numbering_part)
        abstracts = [node for node in made if node.tag == w("abstractNum")]
        nums = [node for node in made if node.tag == w("num")]
        first = next((node for node in root if node.tag == w("num")), None)
        last = [node for node in root if node.tag in (w("num"), w("abstractNum"), w("numPicBullet"))]
        for node in abstracts:
            if first is not None:
                first.addprevious(node)
            elif last:
                last[-1].addnext(node)
                last.append(node)
            else:
                root.insert(0, node)
                last.append(node)
        anchor_node = [node for node in root if node.tag in (w("num"), w("abstractNum"))][-1]
        for node in reversed(nums):
            anchor_node.addnext(node)
        return {self.numbering_part: serialise(root)}

    def _styles(self, written: Iterable[Element]) -> dict[str, bytes]:
        """Puts our styles that were used and that the source has not among its own."""
        used = {node.get(ns.VAL) or "" for element in written for node in element.iter(*STYLED)}
        part = self.package.related(self.package.main, "styles")
        root = self.package.xml(part) if part else None
        here = {node.get(w("styleId")) for node in root.iter(w("style"))} if root is not None else set()
        missing = used - here
        if not missing or root is None or part is None:
            return {}
        ours = {node.get(w("styleId")) or "": node for node in base_styles("").iter(w("style"))}
        default = next(
            (
                node.get(w("styleId"))
                for node in root.iter(w("style"))
                if node.get(w("type")) == "paragraph" and node.get(w("default")) in ("1", "true")
            ),
            None,
        )
        changed = {part: root}
        effects = self.package.related(self.package.main, "stylesWithEffects")
        if effects:
            changed[effects] = self.package.xml(effects)
        for name in sorted(missing & set(ours)):
            style = copy.deepcopy(ours[name])
            for tag in ("basedOn", "next", "link"):
                node = style.find(w(tag))
                if node is None or node.get(ns.VAL) in here:
                    continue
                if tag == "basedOn" and default and style.get(w("type")) == "paragraph":
                    node.set(ns.VAL, default)
                else:
                    style.remove(node)
            for each in changed.values():
                each.append(copy.deepcopy(style))
        return {name: serialise(each) for name, each in changed.items()}

    def _types(self, overrides: Mapping[str, str], extensions: Mapping[str, str]) -> dict[str, bytes]:
        name = "[Content_Types].xml"
        root = ns.parse(self.package.read(name), name)
        tags = {f"{{{ns.CONTENT_TYPES}}}{kind}" for kind in ("Default", "Override")}
        here = {(n.get("Extension") or n.get("PartName") or "").lower() for n in root if n.tag in tags}
        for extension, kind in extensions.items():
            if extension.lower() not in here:
                node = etree.Element(f"{{{ns.CONTENT_TYPES}}}Default")
                node.set("Extension", extension)
                node.set("ContentType", kind)
                root.insert(0, node)
        for part, kind in overrides.items():
            if f"/{part}".lower() not in here:
                node = etree.SubElement(root, f"{{{ns.CONTENT_TYPES}}}Override")
                node.set("PartName", f"/{part}")
                node.set("ContentType", kind)
        return {name: serialise(root)}
