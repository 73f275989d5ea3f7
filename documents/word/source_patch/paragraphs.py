"""Rewrites a paragraph of a source, and keeps its content outside of the text."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from documents.word.file import ns
from documents.word.file.markup import e
from documents.word.file.ns import Element, w
from documents.word.formatting.properties import (
    PPR,
    RPR,
    UNSEEN,
    R,
    T,
    apply_format,
    has_any,
    is_label,
    run_format,
)
from documents.word.source_patch.notes import Notes, note_names
from documents.word.source_patch.source.lines import DRAWINGS, REFERENCES, content_key
from documents.word.source_patch.source.sections import SourceSection
from documents.word.write.inlines import Sink, text_run, write_inlines

Json = Mapping[str, Any]
BOX = w("txbxContent")
RANGES = ("bookmark", "commentRange", "perm", "moveFromRange", "moveToRange")
STARTS = frozenset(w(name + "Start") for name in RANGES)
ENDS = frozenset(w(name + "End") for name in RANGES)
PICTURE = (f"{{{ns.A}}}blip", f"{{{ns.V}}}imagedata")


@dataclass
class Remains:
    """What remains of a paragraph whose text is removed. Ranges, comments, page breaks, drawings that are no
    picture of the text, and ends of fields stay. References of notes and pictures may be used in the new
    text."""

    front: list[Element] = field(default_factory=list)
    back: list[Element] = field(default_factory=list)
    references: list[Element] = field(default_factory=list)
    pictures: list[Element] = field(default_factory=list)
    labels: list[Element] = field(default_factory=list)
    """Runs with a typed label of ours."""
    letters: bool = False
    fields: int = 0

    def empty(self, paragraph: Element) -> None:
        """Takes everything but its properties out of a paragraph."""
        self._walk(paragraph)
        for child in list(paragraph):
            if child.tag != PPR:
                paragraph.remove(child)

    def _walk(self, parent: Element) -> None:
        for node in list(parent):
            if node.tag in STARTS:
                self.front.append(node)
            elif node.tag in ENDS:
                self.back.append(node)
            elif node.tag == R and is_label(node):
                self.labels.append(node)
            elif node.tag == R:
                self._run(node)
            elif node.tag not in UNSEEN and node.tag != PPR and isinstance(node.tag, str):
                self._walk(node)

    def _run(self, run: Element) -> None:
        for node in list(run):
            self.letters |= node.tag == T
            place = self._place(node)
            if place is not None:
                alone = e("r", *map(copy.deepcopy, run.findall(RPR)))
                alone.append(node)
                place.append(alone)

    def _place(self, node: Element) -> list[Element] | None:
        if node.tag in REFERENCES:
            return self.references
        if node.tag in DRAWINGS:
            one = not has_any(node, [BOX]) and sum(1 for _ in node.iter(*PICTURE)) == 1
            return self.pictures if one else self.front
        if node.tag == w("commentReference"):
            return self.back
        if node.tag == w("br") and node.get(w("type")) in ("page", "column"):
            return self.back if self.letters else self.front
        if node.tag == w("fldChar"):
            kind = node.get(w("fldCharType"))
            self.fields += (kind == "begin") - (kind == "end")
            if self.fields < 0:  # It began in a paragraph before.
                self.fields = 0
                return self.front
        return None


def take_words(paragraph: Element) -> None:
    """Leaves of a paragraph only its content outside of the text."""
    remains = Remains()
    remains.empty(paragraph)
    for ppr in paragraph.findall(PPR):
        paragraph.replace(ppr, e("pPr", *ppr.findall(w("sectPr"))))
    paragraph.extend([*remains.front, *remains.back])


class ParagraphWriter:
    """Writes inline content into paragraphs of the source."""

    def __init__(self, sink: Sink, notes: Notes) -> None:
        self.sink, self.notes = sink, notes

    def rewrite(
        self,
        paragraphs: Sequence[Element],
        source: SourceSection,
        old: Sequence[Json],
        new: Sequence[Json],
        lead: str | None = None,
        properties: Element | None = None,
    ) -> bool:
        """Writes ``new`` in place of ``old`` in a paragraph, or in the last of some that continue in it.
        False where only notes differ. ``lead`` is text before it: the number of a heading, or nothing.
        ``properties``: those of its letters, else those that they had."""
        if lead is None and content_key(old) == content_key(new):
            self._edit_notes(source, old, new)
            return False
        if properties is None:
            properties = run_format(paragraphs, heading=lead is not None)
        remains = Remains()
        for paragraph in paragraphs:
            remains.empty(paragraph)
        pictures = _pictures(old, remains)
        names = iter(note_names(old))
        runs = [text_run(lead)] if lead else []
        for node in new:
            run = None
            if node["type"] == "image" and pictures.get(node["attrs"]["sha256"]):
                run = pictures[node["attrs"]["sha256"]].pop(0)
            elif node["type"] == "note":
                run = self._reference(source, next(names, ""), node["attrs"]["id"], remains)
            same: Any = node
            runs += write_inlines(self.sink, [same]) if run is None else [run]
        apply_format((run for run in runs if not has_any(run, REFERENCES)), properties)
        unread = [] if pictures else remains.pictures
        paragraphs[-1].extend([*remains.front, *unread, *remains.labels, *runs, *remains.back])
        return True

    def _edit_notes(self, source: SourceSection, old: Sequence[Json], new: Sequence[Json]) -> None:
        for name, name_new in zip(note_names(old), note_names(new), strict=False):
            self.notes.edit(source, name, name_new)

    def _reference(self, source: SourceSection, old: str, new: str, remains: Remains) -> Element | None:
        """The reference of a note that the paragraph had, with the note's text as it is now."""
        reference = source.notes.get(old)
        run = reference.getparent() if reference is not None else None
        if run is None or run not in remains.references:
            return None
        self.notes.edit(source, old, new)
        return run


def _pictures(old: Iterable[Json], remains: Remains) -> dict[str, list[Element]]:
    """By picture of the text the runs that show it, where each run shows one of them."""
    names = [node["attrs"]["sha256"] for node in old if node["type"] == "image"]
    found: dict[str, list[Element]] = {}
    if len(names) == len(remains.pictures):
        for name, run in zip(names, remains.pictures, strict=True):
            found.setdefault(name, []).append(run)
    return found
