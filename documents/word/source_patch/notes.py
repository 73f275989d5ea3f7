"""The notes of an own file: new ones, and those whose words were changed."""

from __future__ import annotations

import copy
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from documents.text import canonical_json
from documents.word import ns
from documents.word.file.package import Package
from documents.word.markup import WORD_TYPE, e
from documents.word.ns import Element, w
from documents.word.source_patch.atoms import RPR, R
from documents.word.source_patch.boxes import drop_fallbacks
from documents.word.source_patch.cells import Cell
from documents.word.source_patch.leaves import P, leaves, seat, shape
from documents.word.source_patch.looks import PPR, kinds_of, plain_look, wear
from documents.word.source_patch.patch import CannotPatch, Patcher
from documents.word.source_patch.patching import inlines
from documents.word.source_patch.references import References
from documents.word.source_patch.relations import OpenRelations, serialise
from documents.word.write.blocks import BlockWriter
from documents.word.write.document_file import Words
from documents.word.write.inlines import Sink, text_run, write_inlines
from documents.word.write.lists import ListNumbers

Json = Mapping[str, Any]
KINDS = {w("footnoteReference"): "footnote", w("endnoteReference"): "endnote"}
SIGNS = (w("footnoteRef"), w("endnoteRef"))


def named(value: Any) -> set[str]:
    """The notes to which some content refers."""
    if isinstance(value, list):
        return set().union(*map(named, value))
    if value.get("type") == "note":
        return {value["attrs"]["id"]}
    return named(value.get("content") or [])


class Notes:
    """Writes and changes the notes of one file."""

    def __init__(self, package: Package, sink: Sink, numbers: ListNumbers, words: Words) -> None:
        """``sink``: that of the text, whose pictures and numbers the notes share."""
        self.numbers, self.words = numbers, words
        self.texts: Mapping[str, Sequence[Json]] = {}
        """The notes of the section that is being written."""
        self.written: list[Element] = []
        """Notes that are new, or written anew."""
        self._dirty: set[str] = set()
        main = package.main
        self._package = package
        self._parts = {kind: package.related(main, f"{kind}s") for kind in KINDS.values()}
        self._rels = {
            kind: OpenRelations(package, part or f"word/{kind}s.xml") for kind, part in self._parts.items()
        }
        self._sinks = {
            kind: replace(sink, relations=rels, note=None)  # type: ignore[arg-type]
            for kind, rels in self._rels.items()
        }
        self._new: list[Element] = []
        references = [(KINDS[node.tag], node.get(w("id")) or "") for node in package.xml(main).iter(*KINDS)]
        self._referring = Counter(references)
        self._last: dict[str, int] = {}

    def new(self, note_id: str) -> int:
        """Writes a note of the section as a footnote; gives its number in the file."""
        number = self._free("footnote")
        sign = e("r", e("rPr", e("rStyle", val="FootnoteReference")), e("footnoteRef"))
        note = e("footnote", *self._content("footnote", self.texts.get(note_id, []), [sign]), id=number)
        self._new.append(note)
        self.written.append(note)
        return number

    def change(
        self, old_body: Json, new_body: Json, references: Mapping[str, Element], anew: Collection[str]
    ) -> list[Element]:
        """Gives the notes of a section their words of now, each that to which its reference in the text leads. ``anew``: those that
        are written as a whole. Gives the references that lead to another note from now on."""
        old, new = old_body.get("notes") or {}, new_body.get("notes") or {}
        led: list[Element] = []
        for key, reference in references.items():
            if key not in old or key not in new or canonical_json(old[key]) == canonical_json(new[key]):
                continue
            kind, number = KINDS[reference.tag], reference.get(w("id")) or ""
            part = self._parts[kind]
            # Of several with one number the last one is read.
            found = [n for n in self._package.xml(part) if n.get(w("id")) == number] if part else []
            if not found or part is None:
                continue
            note = found[-1]
            self._dirty.add(part)
            if self._referring[kind, number] > 1:
                # Another place of the text shows this note too.
                self._referring[kind, number] -= 1
                note = copy.deepcopy(note)
                note.set(w("id"), str(self._free(kind)))
                found[-1].addnext(note)
                reference.set(w("id"), note.get(w("id")) or "")
                led.append(reference)
            if key in anew or not self._patched(note, kind, old[key], new[key]):
                self._rewrite(note, kind, new[key])
        return led

    def settle(self, references: References) -> None:
        """Lets references in notes lead elsewhere where their places are no more what they were."""
        for part in self._parts.values():
            if part and references.settle(self._package.xml(part)):
                self._dirty.add(part)

    def changed(self, rels: OpenRelations, overrides: dict[str, str]) -> dict[str, bytes]:
        """The parts of notes that are no longer the source's; ``overrides`` and ``rels`` get what names a new one."""
        name = self._parts["footnote"] or "word/footnotes.xml"
        made: dict[str, bytes] = {}
        if self._new and not self._parts["footnote"]:
            lines = (("separator", -1), ("continuationSeparator", 0))
            root = e(
                "footnotes",
                *(e("footnote", e("p", e("r", e(k))), type=k, id=number) for k, number in lines),
                *self._new,
            )
            overrides[name] = WORD_TYPE + "footnotes+xml"
            rels.add("footnotes", "footnotes.xml")
            made[name] = serialise(root)
        elif self._new:
            self._package.xml(name).extend(self._new)
            self._dirty.add(name)
        made |= {part: serialise(self._package.xml(part)) for part in self._dirty}
        for kind, own in self._rels.items():
            if own.added:
                made |= own.changed(self._parts[kind] or f"word/{kind}s.xml")
        return made

    def _free(self, kind: str) -> int:
        """A number that no note of this kind has, and no reference: one that leads to nothing must not lead to a new note."""
        if kind not in self._last:
            part = self._parts[kind]
            notes = [node.get(w("id")) for node in self._package.xml(part)] if part else []
            named = [number for of, number in self._referring if of == kind]
            self._last[kind] = max((ns.number(said, 0, -1, 2**30) for said in (*notes, *named)), default=0)
        self._last[kind] = max(self._last[kind], 0) + 1
        return self._last[kind]

    def _runs(self, kind: str, cells: Sequence[Cell]) -> list[Element]:
        return write_inlines(self._sinks[kind], inlines(cells))

    def _content(
        self, kind: str, blocks: Sequence[Json], lead: Sequence[Element], style: str = "FootnoteText"
    ) -> list[Element]:
        """The paragraphs and tables of a note, behind its sign (``lead``)."""
        writer = BlockWriter(self._sinks[kind], self.numbers, self.words, style=style)
        rest = [dict(block) for block in blocks]
        first = rest.pop(0) if rest and rest[0]["type"] == "paragraph" else {"content": []}
        runs = write_inlines(self._sinks[kind], first.get("content") or [])
        behind = [text_run(" ")] if lead else []
        return [writer.paragraph([*lead, *behind, *runs]), *(writer.cell(rest) if rest else [])]

    def _patched(self, note: Element, kind: str, old: Sequence[Json], new: Sequence[Json]) -> bool:
        """Whether the words of a note could be changed in the runs that they stand in."""
        old_lines = [line for block in old for line in leaves(block)]
        new_lines = [line for block in new for line in leaves(block)]
        seats = seat(old_lines, [note]) if shape(old) == shape(new) else None
        if seats is None or len(old_lines) != len(new_lines):
            return False
        for line, line_new, place in zip(old_lines, new_lines, seats, strict=True):
            if canonical_json(list(line.content)) == canonical_json(list(line_new.content)):
                continue
            for element in place.elements:
                drop_fallbacks(element)
            try:
                Patcher(place.atoms, line.cells, lambda cells: self._runs(kind, cells)).apply(line_new.cells)
            except CannotPatch:
                return False
        return True

    def _rewrite(self, note: Element, kind: str, blocks: Sequence[Json]) -> None:
        """Writes a note anew, in its look and behind its sign."""
        look = plain_look(note)
        first = next(note.iter(P), None)
        ppr = None if first is None else first.find(PPR)
        sign = next((node.getparent() for node in note.iter(*SIGNS)), None)
        made = self._content(
            kind, blocks, [] if sign is None else [copy.deepcopy(sign)], ns.val(ppr, "pStyle") or ""
        )
        for element in made if look is not None else ():
            for run in element.iter(R):
                own = run.find(RPR)
                if own is None or own.find(w("rStyle")) is None:
                    wear(run, look, (), kinds_of(own))
        if ppr is not None:
            for plain in made[0].findall(PPR):
                made[0].remove(plain)
            made[0].insert(0, copy.deepcopy(ppr))
        for child in list(note):
            note.remove(child)
        note.extend(made)
        self.written.append(note)
