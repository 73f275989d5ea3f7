"""Writes a paragraph of a source anew, and keeps what belongs to it beside its words."""

from __future__ import annotations

import copy
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from documents.word import ns
from documents.word.looks.letters import ALTERNATE, DRAWINGS, PPR, REFERENCES, RPR, P, R, T, has_any
from documents.word.looks.properties import apply_look, paragraph_look, run_look
from documents.word.markup import e
from documents.word.ns import Element, w
from documents.word.source_patch.lines import Line
from documents.word.source_patch.notes import Notes, note_names
from documents.word.source_patch.sections import SourceSection
from documents.word.write.inlines import Sink, write_inlines

Json = Mapping[str, Any]
BOX = w("txbxContent")
RANGES = ("bookmark", "commentRange", "perm", "moveFromRange", "moveToRange")
STARTS = frozenset(w(name + "Start") for name in RANGES)
ENDS = frozenset(w(name + "End") for name in RANGES)
DELETED = frozenset({w("del"), w("moveFrom")})
FALLBACK = f"{{{ns.MC}}}Fallback"
WORD_ART = f"{{{ns.V}}}textpath"


@dataclass
class Remains:
    """What stays of a paragraph whose words go: ranges, comments, page breaks, text boxes, drawings that are
    no picture of the text; and what the text may take up again: references of notes, pictures."""

    front: list[Element] = field(default_factory=list)
    back: list[Element] = field(default_factory=list)
    references: list[Element] = field(default_factory=list)
    pictures: list[Element] = field(default_factory=list)
    label: list[Element] = field(default_factory=list)
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
            elif node.tag == R:
                self._run(node)
            elif node.tag not in DELETED and node.tag != PPR and isinstance(node.tag, str):
                self._walk(node)

    def _run(self, run: Element) -> None:
        if is_label(run):
            self.label.append(run)
            return
        for node in list(run):
            alone = e("r", *map(copy.deepcopy, run.findall(RPR)))
            if node.tag == T:
                self.letters = True
            elif node.tag in REFERENCES:
                self.references.append(_in_run(alone, node))
            elif node.tag == w("fldChar"):
                self._field(_in_run(alone, node), node.get(w("fldCharType")) or "")
            elif node.tag == w("commentReference"):
                self.back.append(_in_run(alone, node))
            elif node.tag in DRAWINGS:
                (self.pictures if _is_picture(node) else self.front).append(_in_run(alone, node))
                _drop_word_art(node)
            elif node.tag == w("br") and node.get(w("type")) in ("page", "column"):
                (self.back if self.letters else self.front).append(_in_run(alone, node))

    def _field(self, run: Element, kind: str) -> None:
        """The end of a field that began in a paragraph before stays."""
        self.fields += (kind == "begin") - (kind == "end")
        if self.fields < 0:
            self.fields = 0
            self.front.append(run)


def _drop_word_art(drawing: Element) -> None:
    """Letters drawn as a shape are words of the paragraph."""
    for shape in [art.getparent() for art in drawing.iter(WORD_ART)]:
        parent = shape.getparent() if shape is not None else None
        if shape is not None and parent is not None and not has_any(shape, [BOX]):
            parent.remove(shape)


def is_label(run: Element) -> bool:
    """Whether a run is a typed label of ours."""
    return ns.val(run.find(RPR), "rStyle") == "KodeksLabel"


def relabel(paragraph: Element, label: str) -> bool:
    """Types another label where one is typed; whether it did."""
    for node in (node for run in paragraph.iter(R) if is_label(run) for node in run.iter(T)):
        if label and node.text != label:
            node.text = label
            return True
    return False


def _in_run(run: Element, node: Element) -> Element:
    run.append(node)
    return run


def _is_picture(node: Element) -> bool:
    """Whether a drawing is one picture and nothing else that the text has."""
    if next(node.iter(BOX), None) is not None or node.tag == ALTERNATE:
        return False
    return sum(1 for _ in node.iter(f"{{{ns.A}}}blip", f"{{{ns.V}}}imagedata")) == 1


class ParagraphWriter:
    """Writes inline content into paragraphs of the source."""

    def __init__(self, sink: Sink, notes: Notes) -> None:
        self.sink, self.notes = sink, notes

    def edit(self, paragraphs: Sequence[Element], source: SourceSection, old: Line, new: Line) -> bool:
        """Makes one line another one; False where only its notes differ."""
        if old.key[1] == new.key[1]:
            self.notes.edit_in(source, {"content": old.content}, {"content": new.content})
            return False
        self.rewrite(paragraphs, source, old.content, new.content)
        return True

    def rewrite(
        self,
        paragraphs: Sequence[Element],
        source: SourceSection,
        old: Sequence[Json],
        new: Sequence[Json],
        lead: str | None = None,
        look: Element | None = None,
    ) -> None:
        """Writes ``new`` in place of ``old`` in a paragraph, or in the last of some that run on into it.
        ``lead`` is text before it: the number of a heading, or nothing. ``look``: the properties of its
        letters, else those that they had."""
        if look is None:
            look = run_look(paragraphs, heading=lead is not None)
        remains = Remains()
        for paragraph in paragraphs:
            remains.empty(paragraph)
        pictures = _named(old, remains)
        unread = [] if pictures else remains.pictures
        names = iter(note_names(old))
        runs = write_inlines(self.sink, [{"type": "text", "text": lead}]) if lead else []
        for node in new:
            run = None
            if node["type"] == "image" and pictures.get(node["attrs"]["sha256"]):
                run = pictures[node["attrs"]["sha256"]].pop(0)
            elif node["type"] == "note" and (name := next(names, None)) is not None:
                run = self._reference(source, name, node["attrs"]["id"], remains)
            same: Any = node
            runs += write_inlines(self.sink, [same]) if run is None else [run]
        apply_look((run for run in runs if not has_any(run, REFERENCES)), look)
        paragraphs[-1].extend([*remains.front, *unread, *remains.label, *runs, *remains.back])

    def _reference(self, source: SourceSection, old: str, new: str, remains: Remains) -> Element | None:
        """The reference of a note that the paragraph had, with the note's text as it is now."""
        reference = source.notes.get(old)
        run = reference.getparent() if reference is not None else None
        if run is None or run not in remains.references:
            return None
        self.notes.edit(source, old, new)
        return run


def _named(old: Iterable[Json], remains: Remains) -> dict[str, list[Element]]:
    """By picture of the text the runs that show it, where each run shows one of them."""
    names = [node["attrs"]["sha256"] for node in old if node["type"] == "image"]
    found: dict[str, list[Element]] = {}
    if len(names) == len(remains.pictures):
        for name, run in zip(names, remains.pictures, strict=True):
            found.setdefault(name, []).append(run)
    return found


def reduce_to_boxes(paragraph: Element, staying: Collection[Element]) -> bool:
    """Leaves of a paragraph that goes only the text boxes with text that stays; False where it has none."""
    if paragraph.tag != P or not any(node in staying for node in _in_boxes(paragraph)):
        return False
    remains = Remains()
    remains.empty(paragraph)
    boxes = [run for run in remains.front if any(node in staying for node in _in_boxes(run))]
    ppr = paragraph.find(PPR)
    if ppr is not None:
        plain = paragraph_look(ppr, numbered=False)
        for style in plain.findall(w("pStyle")):
            plain.remove(style)
        paragraph.replace(ppr, plain)
    ranges = [node for node in (*remains.front, *remains.back) if node.tag in STARTS | ENDS]
    paragraph.extend([*ranges, *boxes])
    return True


def _in_boxes(element: Element) -> Iterator[Element]:
    return (node for box in element.iter(BOX) for node in box.iter(P, w("tbl")))


def drop_fallbacks(element: Element) -> None:
    """Removes what older programs show in place of the drawings around an element."""
    inside = element
    for ancestor in element.iterancestors():
        if ancestor.tag == ALTERNATE:
            for fallback in ancestor.findall(FALLBACK):
                if fallback is not inside:
                    ancestor.remove(fallback)
        inside = ancestor
