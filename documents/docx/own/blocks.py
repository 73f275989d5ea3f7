"""Changes the blocks of one section of an own file: keeps, changes in place, takes out, writes new ones."""

from __future__ import annotations

import copy
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any

from lxml import etree

from documents.docx import ns
from documents.docx.markup import e, text_element
from documents.docx.ns import Element, w
from documents.docx.own.additions import Additions
from documents.docx.own.atoms import RPR, Paragraph, R, scan
from documents.docx.own.cells import Cell, flatten
from documents.docx.own.leaves import Leaf, P, leaves, seat, shape
from documents.docx.own.patch import CannotPatch, Patcher, plain_look, rewrite, wear
from documents.docx.own.patching import inlines, pairs
from documents.tree import Section, SectionText, canonical_json

Json = Mapping[str, Any]
PPR = w("pPr")


@dataclass
class Outcome:
    """What became of the blocks of one section. ``inserted``: an element and the one that it comes after (None: the
    heading)."""

    kept: int = 0
    changed: int = 0
    written: int = 0
    inserted: list[tuple[Element, Element | None]] = field(default_factory=list)
    removed: list[Element] = field(default_factory=list)
    first: list[tuple[Element, Element]] = field(default_factory=list)
    """An element and the one that it comes before."""


class BlockChanger:
    """Works on all sections of one file, one after the other."""

    def __init__(
        self, additions: Additions, touch: Callable[[Element], None], blocks: Iterable[Sequence[Element]]
    ) -> None:
        self.additions = additions
        self.touch = touch
        self.made: list[Element] = []
        """Runs and paragraphs that were put into what was there."""
        self.sample = _sample([block[0] for block in blocks if block and block[0].tag == P])
        self.by_hash: dict[str, list[Element]] = {}

    def heading(
        self, elements: Sequence[Element], before: SectionText, after: SectionText, again: bool
    ) -> None:
        """Changes the words of a heading, and its number where that was typed."""
        old, new = flatten(before.body["heading"]), flatten(after.body.get("heading") or [])
        line = scan(elements)
        shown = "".join(atom.text for atom in line.atoms)
        typed = bool(before.label) and shown.lstrip().startswith(before.label)
        start = _tail(line, old)
        for element in elements:
            self.touch(element)
        if start is not None and not again:
            lead = [Cell(atom.text, "") for atom in line.atoms[:start]]
            new_lead = list(lead)
            if typed and after.label != before.label:
                blank = len(shown) - len(shown.lstrip())
                new_lead = [Cell(x, "") for x in after.label] + lead[blank + len(before.label) :]
            try:
                Patcher(line.atoms[: start + len(old)], [*lead, *old], self._runs).apply([*new_lead, *new])
            except CannotPatch:
                pass
            else:
                return
        runs = self._runs(new)
        if typed:
            runs.insert(0, e("r", text_element(after.label + " ")))
        rewrite(list(elements), runs)
        self.made += runs

    def new_heading(self, sample: Element | None, sample_label: str, section: Section) -> Element:
        """A heading paragraph in the look of another one."""
        made = e("p")
        look = None
        typed = True
        if sample is not None:
            ppr = sample.find(PPR)
            if ppr is not None:
                made.append(_clean(ppr, numbered=True))
            look = next((r.find(RPR) for r in sample.iter(R) if r.find(RPR) is not None), None)
            shown = "".join(atom.text for atom in scan([sample]).atoms).lstrip()
            typed = not sample_label or shown.startswith(sample_label)
        runs = self._runs(flatten(section.text.body.get("heading") or []))
        if section.text.label and typed:
            runs.insert(0, e("r", text_element(section.text.label + " ")))
        for run in runs:
            for inner in [run] if run.tag == R else list(run.iter(R)):
                if look is not None:
                    wear(inner, look, (), ())
            made.append(run)
        return made

    def blocks(
        self, old_body: Json, elements: Sequence[list[Element]], new_body: Json, anew: set[int]
    ) -> Outcome:
        """Makes the blocks of a section those of ``new_body``. ``anew``: new blocks whose lines are written run by run."""
        outcome = Outcome()
        old, new = list(old_body.get("blocks") or []), list(new_body.get("blocks") or [])
        keys_old = [_key(block, old_body) for block in old]
        keys_new = [_key(block, new_body) for block in new]
        cursor: Element | None = None

        def move(found: Sequence[Element]) -> None:
            nonlocal cursor
            if found:
                cursor = found[-1]

        def put(block: Json, like: Sequence[Element]) -> None:
            nonlocal cursor
            for element in self.new_block(block, like):
                outcome.inserted.append((element, cursor))
                cursor = element
            outcome.written += 1

        for op, a, b, c, d in SequenceMatcher(None, keys_old, keys_new, autojunk=False).get_opcodes():
            if op == "equal":
                outcome.kept += b - a
                for found in elements[a:b]:
                    move(found)
                continue
            for i, j in pairs(old[a:b], new[c:d]):
                if i is None and j is not None:
                    put(new[c + j], ())
                elif j is None and i is not None:
                    outcome.removed += elements[a + i]
                elif i is not None and j is not None:
                    found = elements[a + i]
                    if found and self._change(old[a + i], found, new[c + j], c + j in anew, outcome):
                        outcome.changed += 1
                        move(found)
                    else:
                        put(new[c + j], found)
                        outcome.removed += list(found)
        return outcome

    def new_block(self, block: Json, like: Sequence[Element] | None) -> list[Element]:
        """A block written anew, in the look of the text around it."""
        made = self.additions.writer.write([dict(block)])
        sample = next((x for x in like or () if x.tag == P), None)
        if block["type"] == "paragraph" and not (block.get("attrs") or {}).get("style"):
            sample = sample if sample is not None else self.sample
            if sample is not None and made and made[0].tag == P:
                own = made[0].find(PPR)
                if own is not None:
                    made[0].remove(own)
                ppr = sample.find(PPR)
                if ppr is not None:
                    made[0].insert(0, _clean(ppr, numbered=False))
        look = self._look(sample if sample is not None else self.sample)
        if look is not None:
            for element in made:
                for run in element.iter(R):
                    own = run.find(RPR)
                    if own is None:
                        run.insert(0, copy.deepcopy(look))
                    elif own.find(w("rStyle")) is None:
                        wear(run, look, (), _kinds_of(own))
        return made

    def notes(self, old_body: Json, elements: Sequence[Element], new_body: Json) -> None:
        """Changes the words of notes whose reference stays."""
        old, new = old_body.get("notes") or {}, new_body.get("notes") or {}
        changed = {key for key in old if key in new and canonical_json(old[key]) != canonical_json(new[key])}
        if not changed:
            return
        references = [
            node
            for element in elements
            for node in element.iter(w("footnoteReference"), w("endnoteReference"))
        ]
        order = [node["attrs"]["id"] for node in _all(old_body) if node.get("type") == "note"]
        if len(references) < len(order):
            return
        for key, reference in zip(order, references, strict=False):
            if key not in changed:
                continue
            role = "footnotes" if reference.tag == w("footnoteReference") else "endnotes"
            part = self.additions.package.related(self.additions.package.main, role)
            if part is None:
                continue
            number = reference.get(w("id"))
            note = next((n for n in self.additions.package.xml(part) if n.get(w("id")) == number), None)
            if note is None:
                continue
            old_lines = [line for block in old[key] for line in leaves(block)]
            new_lines = [line for block in new[key] for line in leaves(block)]
            seats = seat(old_lines, [note])
            if seats is None or len(old_lines) != len(new_lines):
                continue
            self.additions.dirty.add(part)
            for line, line_new, place in zip(old_lines, new_lines, seats, strict=True):
                self._line(line.cells, line_new.cells, place, note=True)

    def _change(self, old: Json, found: Sequence[Element], new: Json, again: bool, outcome: Outcome) -> bool:
        """Changes a block in place; False where it must be written anew."""
        old_lines, new_lines = list(leaves(old)), list(leaves(new))
        if shape(old) == shape(new) and len(old_lines) == len(new_lines):
            seats = seat(old_lines, found)
            if seats is None:
                return False
            for line, line_new, place in zip(old_lines, new_lines, seats, strict=True):
                if canonical_json(list(line.content)) != canonical_json(list(line_new.content)):
                    self._line(line.cells, line_new.cells, place, again=again)
            return True
        if old["type"] == new["type"] == "list" and _plain_list(old) and _plain_list(new):
            seats = seat(old_lines, found)
            if seats is not None and all(len(place.elements) == 1 for place in seats):
                self._items(old_lines, new_lines, seats, again, outcome)
                return True
        return False

    def _items(
        self,
        old: Sequence[Leaf],
        new: Sequence[Leaf],
        seats: Sequence[Paragraph],
        again: bool,
        outcome: Outcome,
    ) -> None:
        """Changes, adds and takes out lines of a list."""
        cursor: Element | None = None
        keys_old = [(line.place, canonical_json(list(line.content))) for line in old]
        keys_new = [(line.place, canonical_json(list(line.content))) for line in new]
        for op, a, b, c, d in SequenceMatcher(None, keys_old, keys_new, autojunk=False).get_opcodes():
            pairs = min(b - a, d - c) if op == "replace" else b - a if op == "equal" else 0
            for i in range(a, a + pairs):
                cursor = seats[i].elements[0]
                if op == "replace":
                    self._line(old[i].cells, new[c + i - a].cells, seats[i], again=again)
            for j in range(c + pairs, d):
                sample = next(
                    (seats[i].elements[0] for i in _near(a, len(old)) if old[i].place == new[j].place),
                    seats[min(a, len(seats) - 1)].elements[0],
                )
                made = self._item(sample, new[j])
                if cursor is None:
                    outcome.first.append((made, seats[0].elements[0]))
                else:
                    outcome.inserted.append((made, cursor))
                cursor = made
            outcome.removed += [seats[i].elements[0] for i in range(a + pairs, b)]

    def _item(self, sample: Element, line: Leaf) -> Element:
        made = e("p")
        ppr = sample.find(PPR)
        if ppr is not None:
            made.append(_clean(ppr, numbered=True))
        look = self._look(sample)
        for run in self._runs(line.cells):
            for inner in [run] if run.tag == R else list(run.iter(R)):
                own = inner.find(RPR)
                if look is not None:
                    wear(inner, look, (), _kinds_of(own))
            made.append(run)
        self.made.append(made)
        return made

    def _line(
        self,
        old: Sequence[Cell],
        new: Sequence[Cell],
        place: Paragraph,
        *,
        again: bool = False,
        note: bool = False,
    ) -> None:
        write = self._note_runs if note else self._runs
        if not place.elements:
            return
        for element in place.elements:
            self.touch(element)
        if not again:
            try:
                Patcher(place.atoms, old, write).apply(new)
            except CannotPatch:
                pass
            else:
                return
        runs = write(new)
        if note:
            return
        rewrite(place.elements, runs)
        self.made += runs

    def _runs(self, cells: Sequence[Cell]) -> list[Element]:
        runs = self.additions.runs(inlines(cells))
        self.made += runs
        return runs

    def _note_runs(self, cells: Sequence[Cell]) -> list[Element]:
        return self.additions.note_runs(inlines(cells))

    def _look(self, sample: Element | None) -> Element | None:
        return None if sample is None else plain_look(sample)


def _tail(line: Paragraph, wanted: Sequence[Cell]) -> int | None:
    """Where the words of a heading begin in what its paragraphs show; None where they are not its end."""
    for start in range(len(line.atoms) - len(wanted) + 1):
        here = Paragraph(line.elements, line.atoms[start:], 0).fit(wanted)
        if here is not None and here.before == 0:
            return start
    return None


def _near(at: int, count: int) -> list[int]:
    return sorted(range(count), key=lambda index: abs(index - at))


def _plain_list(block: Json) -> bool:
    """Whether there are only lines in the list, and in the lists in it."""
    kind = block["type"]
    if kind == "paragraph":
        return bool(block.get("content"))
    return kind in ("list", "item") and all(_plain_list(child) for child in block.get("content") or [])


def _key(block: Json, body: Json) -> bytes:
    attrs = {key: value for key, value in (block.get("attrs") or {}).items() if key != "ooxml"}
    return canonical_json({**block, "attrs": attrs})


def _all(body: Json) -> list[Json]:
    found: list[Json] = []

    def walk(nodes: Iterable[Any]) -> None:
        for node in nodes:
            found.append(node)
            walk(node.get("content") or [])

    walk(body.get("heading") or [])
    walk(body.get("blocks") or [])
    return found


def _kinds_of(rpr: Element | None) -> set[str]:
    if rpr is None:
        return set()
    found = {
        name
        for name, tag in (("bold", "b"), ("italic", "i"), ("strike", "strike"), ("underline", "u"))
        if rpr.find(w(tag)) is not None
    }
    align = ns.val(rpr, "vertAlign")
    return found | ({align} if align in ("superscript", "subscript") else set())


def _clean(ppr: Element, *, numbered: bool) -> Element:
    """A copy of a paragraph's properties without what is of that paragraph alone."""
    made = copy.deepcopy(ppr)
    for name in (
        "sectPr",
        "pPrChange",
        "framePr",
        "pageBreakBefore",
        *(() if numbered else ("numPr", "outlineLvl")),
    ):
        for node in made.findall(w(name)):
            made.remove(node)
    mark = made.find(RPR)
    if mark is not None:
        for name in ("ins", "del", "moveFrom", "moveTo", "rPrChange"):
            for node in mark.findall(w(name)):
                mark.remove(node)
    return made


def _sample(paragraphs: Sequence[Element]) -> Element | None:
    """A paragraph that looks as most of the text does."""
    looks: Counter[bytes] = Counter()
    first: dict[bytes, Element] = {}
    for paragraph in paragraphs:
        ppr = paragraph.find(PPR)
        if ppr is not None and (ppr.find(w("numPr")) is not None or ppr.find(w("outlineLvl")) is not None):
            continue
        key = b"" if ppr is None else etree.tostring(_clean(ppr, numbered=False), method="c14n")
        looks[key] += 1
        first.setdefault(key, paragraph)
    return first[looks.most_common(1)[0][0]] if looks else None
