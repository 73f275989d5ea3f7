"""What an own file needs beyond its source: relationships, pictures, notes, numbers and styles for what was written anew."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from lxml import etree

from documents.docx import ns
from documents.docx.file.package import Package
from documents.docx.markup import RELATION, WORD_TYPE, Parts, e
from documents.docx.ns import Element, w
from documents.docx.own.numbers import Fix, restarting
from documents.docx.reader.result import Blob
from documents.docx.writer.blocks import BlockWriter
from documents.docx.writer.document_file import Words
from documents.docx.writer.inlines import Sink, text_run, write_inlines
from documents.docx.writer.lists import ListNumbers
from documents.docx.writer.styles import base_styles

Json = Mapping[str, Any]
STYLED = (w("pStyle"), w("rStyle"), w("tblStyle"))


@dataclass
class Additions:
    """Gathers them while blocks are written; :meth:`changed` gives the parts that are no longer the source's."""

    package: Package
    blobs: dict[str, Blob]
    known: frozenset[str]
    words: Words
    parts: Parts = field(default_factory=Parts)
    notes: Mapping[str, Sequence[Json]] = field(default_factory=dict)
    """The notes of the section that is being written."""

    def __post_init__(self) -> None:
        main = self.package.main
        self.rels = OpenRelations(self.package, main)
        self.note_part = self.package.related(main, "footnotes")
        self.note_rels = OpenRelations(self.package, self.note_part or "word/footnotes.xml")
        self.sink = Sink(self.parts, self.rels, self.blobs, self.known, self._note)  # type: ignore[arg-type]
        self.sink.counter = [9000]
        self.note_sink = replace(self.sink, relations=self.note_rels, note=None)  # type: ignore[arg-type]
        self.numbering_part = self.package.related(main, "numbering")
        taken = [0]
        if self.numbering_part:
            for node in self.package.xml(self.numbering_part):
                for key in ("numId", "abstractNumId"):
                    taken.append(ns.number(node.get(w(key)), 0, 0, 2**30))
        self.numbers = ListNumbers(first_num=max(taken) + 1)
        self.writer = BlockWriter(self.sink, self.numbers, self.words)
        self.restarts: list[Element] = []
        """Number definitions by which headings count from another number on."""
        self.new_notes: list[Element] = []
        self.dirty: set[str] = set()
        """Parts of notes in which something was changed."""
        self._next_note = 0

    def restart(self, fixes: Mapping[str, Fix]) -> dict[str, str]:
        """By uid the list by which a heading counts (documents/docx/own/numbers.py); before anything else gets a number of a list."""
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

    def note_runs(self, content: Iterable[dict[str, Any]]) -> list[Element]:
        """The runs of inline content in a note."""
        return write_inlines(self.note_sink, content)

    def _note(self, note_id: str) -> int:
        if not self._next_note:
            numbers = [0]
            if self.note_part:
                numbers += [ns.number(n.get(w("id")), 0, -1, 2**30) for n in self.package.xml(self.note_part)]
            self._next_note = max(numbers) + 1
        number, self._next_note = self._next_note, self._next_note + 1
        blocks = list(self.notes.get(note_id, []))
        writer = BlockWriter(self.note_sink, self.numbers, self.words, style="FootnoteText")
        first = blocks.pop(0) if blocks and blocks[0]["type"] == "paragraph" else {"content": []}
        sign = e("r", e("rPr", e("rStyle", val="FootnoteReference")), e("footnoteRef"))
        runs = self.note_runs(first.get("content") or [])
        note = e("footnote", writer.paragraph([sign, text_run(" "), *runs]), id=number)
        for element in writer.cell([dict(block) for block in blocks]) if blocks else []:
            note.append(element)
        self.new_notes.append(note)
        return number

    def changed(self, written: Iterable[Element]) -> dict[str, bytes]:
        """Parts to put in place of the source's, or beside them. ``written``: all that was written into the text."""
        made: dict[str, bytes] = dict(self.parts.content)
        overrides: dict[str, str] = {}
        main = self.package.main
        for part in self.dirty:
            made[part] = serialise(self.package.xml(part))
        if self.new_notes:
            name = self.note_part or "word/footnotes.xml"
            if self.note_part:
                root = self.package.xml(self.note_part)
            else:
                lines = (("separator", -1), ("continuationSeparator", 0))
                root = e(
                    "footnotes",
                    *(e("footnote", e("p", e("r", e(k))), type=k, id=number) for k, number in lines),
                )
                overrides[name] = WORD_TYPE + "footnotes+xml"
                self.rels.add("footnotes", "footnotes.xml")
            root.extend(self.new_notes)
            made[name] = serialise(root)
        if self.numbers.nums or self.restarts:
            made |= self._numbering(overrides)
        styles = self._styles([*written, *self.new_notes])
        made |= styles
        made |= self.rels.changed(main)
        if self.note_rels.added:
            made |= self.note_rels.changed(self.note_part or "word/footnotes.xml")
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


class OpenRelations:
    """The relationships of a part of the source, with room for more."""

    def __init__(self, package: Package, part: str) -> None:
        self.package = package
        self.part = part
        self.known = {} if not part else package.rels(part)
        self.added: dict[str, tuple[str, str, bool]] = {}

    def add(self, kind: str, target: str, *, external: bool = False) -> str:
        """The id for a target, the same for the same target."""
        for rel in self.known.values():
            if rel.kind == kind and rel.external == external and rel.target == target and external:
                return rel.id
        if not external and not self.part.startswith("word/"):
            target = f"/word/{target}"
        entry = (RELATION + kind, target, external)
        for key, value in self.added.items():
            if value == entry:
                return key
        number = 1
        while f"rKodeks{number}" in self.known or f"rKodeks{number}" in self.added:
            number += 1
        self.added[f"rKodeks{number}"] = entry
        return f"rKodeks{number}"

    def changed(self, part: str) -> dict[str, bytes]:
        """The part of relationships with what was added."""
        if not self.added:
            return {}
        folder, _, base = part.rpartition("/")
        path = self.package.names.of(f"{folder}/_rels/{base}.rels" if folder else f"_rels/{base}.rels")
        if self.package.has(path):
            root = ns.parse(self.package.read(path), path)
        else:
            root = etree.Element(f"{{{ns.PACKAGE_RELS}}}Relationships", nsmap={None: ns.PACKAGE_RELS})  # type: ignore[dict-item]
        for rel_id, (kind, target, external) in self.added.items():
            node = etree.SubElement(root, f"{{{ns.PACKAGE_RELS}}}Relationship")
            node.set("Id", rel_id)
            node.set("Type", kind)
            node.set("Target", target)
            if external:
                node.set("TargetMode", "External")
        return {path: serialise(root)}


def serialise(root: Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
