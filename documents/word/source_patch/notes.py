"""The notes of an own file: new ones, and those whose words were edited."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from documents.text import canonical_json
from documents.word.file import ns
from documents.word.file.markup import WORD_TYPE, e, xml_bytes
from documents.word.file.ns import Element, w
from documents.word.file.rewrite import Rewritten
from documents.word.formatting.properties import PPR, P, apply_format, run_format
from documents.word.source_patch.source.parts import AddedRelationships
from documents.word.source_patch.source.sections import SourceSection
from documents.word.write.blocks import BlockWriter
from documents.word.write.inlines import text_run, write_inlines

Json = Mapping[str, Any]
KINDS = {w("footnoteReference"): "footnote", w("endnoteReference"): "endnote"}
SIGNS = (w("footnoteRef"), w("endnoteRef"))


def note_names(value: Any) -> Iterator[str]:
    """The notes to which some content refers, in reading order."""
    if isinstance(value, Mapping) and value.get("type") == "note":
        yield value["attrs"]["id"]
    for one in value if isinstance(value, (list, tuple)) else value.get("content") or []:
        yield from note_names(one)


class Notes:
    """Writes the notes of one file. ``texts``: those of the section that is being written."""

    def __init__(self, file: Rewritten, writer: BlockWriter, text_relations: AddedRelationships) -> None:
        self.file, self.text_relations = file, text_relations
        self.texts: Mapping[str, Sequence[Json]] = {}
        self.written: list[Element] = []
        self.types: dict[str, str] = {}
        self.relations: dict[str, AddedRelationships] = {}
        self._writers: dict[str, BlockWriter] = {}
        main = file.package.xml(file.package.main)
        referring = [(KINDS[node.tag], node.get(w("id"))) for node in main.iter(*KINDS)]
        self._last: dict[str, int] = {}
        for kind in KINDS.values():
            part = self._part(kind)
            self.relations[kind] = AddedRelationships(file, part)
            sink = replace(writer.sink, relations=self.relations[kind], note=None)
            self._writers[kind] = replace(writer, sink=sink, style=f"{kind.capitalize()}Text")
            numbers = [node.get(w("id")) for node in file.root(part)] if file.has(part) else []
            numbers += [number for of, number in referring if of == kind]
            self._last[kind] = max((ns.number(number, 0, 0, 2**30) for number in numbers), default=0)

    def new(self, name: str) -> int:
        """Writes a note of the section as a footnote; gives its number in the file."""
        sign = e("r", e("rPr", e("rStyle", val="FootnoteReference")), e("footnoteRef"))
        self._last["footnote"] += 1
        number = self._last["footnote"]
        note = e("footnote", *self._content("footnote", self.texts.get(name, []), sign), id=number)
        part = self._part("footnote")
        if not self.file.has(part):
            self._start(part)
        self.file.root(part).append(note)
        self.file.touch(part)
        self.written.append(note)
        return number

    def edit(self, source: SourceSection, old: str, new: str) -> None:
        """Rewrites a note whose text differs in the draft."""
        before, after = (source.section.text.body.get("notes") or {}).get(old), self.texts.get(new)
        reference = source.notes.get(old)
        if (
            reference is None
            or before is None
            or after is None
            or canonical_json(before) == canonical_json(after)
        ):
            return
        kind = KINDS[reference.tag]
        part = self._part(kind)
        notes = self.file.root(part) if self.file.has(part) else ()
        # Of several with one number the last one is read.
        found = [note for note in notes if note.get(w("id")) == reference.get(w("id"))]
        if found:
            self._rewrite(found[-1], kind, after)
            self.file.touch(part)

    def _part(self, kind: str) -> str:
        return self.file.related(f"{kind}s") or f"word/{kind}s.xml"

    def _start(self, part: str) -> None:
        """A part for footnotes where the source has none."""
        lines = (("separator", -1), ("continuationSeparator", 0))
        root = e(
            "footnotes",
            *(e("footnote", e("p", e("r", e(kind))), type=kind, id=number) for kind, number in lines),
        )
        self.file.put(part, xml_bytes(root))
        self.types[part] = WORD_TYPE + "footnotes+xml"
        self.text_relations.add("footnotes", "footnotes.xml")

    def _content(self, kind: str, blocks: Sequence[Json], sign: Element | None) -> list[Element]:
        """The paragraphs and tables of a note, behind its sign."""
        writer = self._writers[kind]
        rest: list[Any] = [dict(block) for block in blocks]
        first = rest.pop(0) if rest and rest[0]["type"] == "paragraph" else {"content": []}
        lead = [] if sign is None else [sign, text_run(" ")]
        runs = write_inlines(writer.sink, first.get("content") or [])
        return [writer.paragraph([*lead, *runs]), *(writer.cell(rest) if rest else [])]

    def _rewrite(self, note: Element, kind: str, blocks: Sequence[Json]) -> None:
        """Rewrites a note, in its own look and after its sign."""
        properties = run_format([note])
        first = next(note.iter(P), None)
        ppr = first.find(PPR) if first is not None else None
        sign = next((node.getparent() for node in note.iter(*SIGNS)), None)
        content = self._content(kind, blocks, None)
        apply_format(content, properties)
        if ppr is not None:
            for own in content[0].findall(PPR):
                content[0].remove(own)
            content[0].insert(0, copy.deepcopy(ppr))
        if sign is not None:
            at = 1 if content[0].find(PPR) is not None else 0
            content[0][at:at] = [copy.deepcopy(sign), text_run(" ")]
        for child in list(note):
            note.remove(child)
        note.extend(content)
        self.written.append(note)
