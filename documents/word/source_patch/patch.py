"""Changes the words of a paragraph in the runs that they stand in."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

from documents.word import ns
from documents.word.markup import e, text_element
from documents.word.ns import Element, w
from documents.word.source_patch.atoms import RPR, SPACE, Atom, R, T
from documents.word.source_patch.boxes import empty
from documents.word.source_patch.cells import Cell, Edit, edits
from documents.word.source_patch.looks import LOOKS, kinds_of, plain_look, wear
from documents.word.source_patch.references import Watched, edge

Write = Callable[[Sequence[Cell]], list[Element]]
"""Gives the runs for cells of equal marks; links stand around their runs."""
LINKS = frozenset({"link", "xref"})


class CannotPatch(Exception):
    """The change does not fit into the runs that are there: the line is written anew."""


class Patcher:
    """Changes one line. ``write`` makes the runs of what has no run to stand in."""

    def __init__(self, atoms: Sequence[Atom], old: Sequence[Cell], write: Write) -> None:
        self.atoms = atoms
        self.old = old
        self.write = write
        self.pieces: list[list[str | Element | None]] = [
            [atom.text if atom.text and atom.node.tag == T else None] for atom in atoms
        ]
        """What stands at each atom: letters, new runs; None is the object or sign that is there already."""
        self.changed: set[Element] = set()
        self.outside: list[tuple[Element, bool, list[Element]]] = []
        """Runs that come beside a link: what they stand at, whether behind it."""

    def apply(self, new: Sequence[Cell]) -> None:
        """Makes the line show ``new``. Raises CannotPatch, having changed nothing."""
        for edit in edits(self.old, new):
            self._edit(edit)
        watched = Watched(atom.run for atom in self.atoms)
        for place, behind, runs in self.outside:
            for run in runs if not behind else reversed(runs):
                place.addnext(run) if behind else place.addprevious(run)
        for run in list(self.changed):
            self._rebuild(run)
        watched.settle()

    def _edit(self, edit: Edit) -> None:
        for index in range(edit.start, edit.end):
            self.pieces[index] = []
            self.changed.add(self.atoms[index].run)
        if not edit.cells:
            return
        if not self.atoms:
            raise CannotPatch
        at, after = self._beside(edit)
        if self._goes_outside(edit, at, after):
            return
        self.changed.add(self.atoms[at].run)
        made: list[str | Element | None] = []
        for _, group in groupby(edit.cells, lambda cell: (cell.marks, cell.key, cell.text in "\t\n")):
            made.extend(self._written(list(group), at))
        if after:
            self.pieces[at].extend(made)
        else:
            self.pieces[at][:0] = made

    def _beside(self, edit: Edit) -> tuple[int, bool]:
        """The atom at which new words go in, and whether after it: what is replaced, else whatever looks like the new."""
        if edit.start < edit.end:
            letters = [i for i in range(edit.start, edit.end) if self.old[i].text]
            return (letters[0] if letters else edit.start), True
        marks = edit.cells[0].marks
        around = [(edit.start - 1, True), (edit.start, False)]
        around = [(at, after) for at, after in around if 0 <= at < len(self.atoms)]
        alike = [(at, after) for at, after in around if self.old[at].marks == marks and self.old[at].text]
        unlinked = [(at, after) for at, after in around if _links(self.old[at]) == _links(edit.cells[0])]
        return (alike or unlinked or around)[0]

    def _goes_outside(self, edit: Edit, at: int, after: bool) -> bool:
        """Puts words that are no part of the link beside which they come where it ends or begins."""
        links = _links(self.old[at])
        other = at + 1 if after else at - 1
        inside = 0 <= other < len(self.old) and _links(self.old[other]) == links
        if edit.start < edit.end or not links or inside or any(_links(cell) for cell in edit.cells):
            return False
        place = edge(self.atoms[at].run, behind=after)
        if place is None:
            return False
        paragraph = next(place.iterancestors(w("p")), None)
        look = None if paragraph is None else plain_look(paragraph)
        runs = self.write(edit.cells)
        for run in runs:
            if not any(True for _ in run.iter(w("footnoteReference"))):
                wear(run, look, (), kinds_of(run.find(RPR)))
        self.outside.append((place, after, runs))
        return True

    def _written(self, cells: Sequence[Cell], at: int) -> Iterator[str | Element | None]:
        beside, first = self.old[at], cells[0]
        node = self.atoms[at].node
        plain = first.text and not first.key and first.text not in "\t\n"
        if plain and node.tag == T and beside.text and first.marks == beside.marks:
            yield "".join(cell.text for cell in cells)
            return
        linked = _links(first)
        inside = _links(beside)
        if first.key.startswith(("note:", "image:")):
            linked = inside if not inside else linked
        if linked != inside and inside:
            raise CannotPatch
        runs = self.write([_unlinked(cell) for cell in cells] if linked == inside else cells)
        look = self.atoms[at].run.find(RPR)
        for made in runs:
            for run in [made] if made.tag == R else list(made.iter(R)):
                if not first.key.startswith("note:"):
                    wear(run, look, _kinds(beside), _kinds(first))
            yield made

    def _rebuild(self, run: Element) -> None:
        """The run again, cut where new runs stand between its letters."""
        parent = run.getparent()
        if parent is None:
            raise CannotPatch
        mine = [(atom, self.pieces[index]) for index, atom in enumerate(self.atoms) if atom.run is run]
        by_node: dict[Element, list[list[str | Element | None]]] = {}
        for atom, pieces in mine:
            by_node.setdefault(atom.node, []).append(pieces)
        rpr = run.find(RPR)
        made: list[Element] = []
        current = _empty(run, rpr)

        def close() -> None:
            nonlocal current
            if any(child.tag != RPR for child in current):
                made.append(current)
            current = _empty(run, rpr)

        for node in list(run):
            if node.tag == RPR:
                continue
            if node not in by_node:
                current.append(node)
                continue
            letters = ""
            tail = list(by_node[node])
            for piece in (piece for pieces in tail for piece in pieces):
                if isinstance(piece, str):
                    letters += piece
                    continue
                if letters:
                    current.append(text_element(letters))
                    letters = ""
                if piece is None:
                    current.append(node)
                else:
                    close()
                    made.append(piece)
            if letters:
                if node.tag == T and node.getparent() is run and len(tail) and _whole(node, letters):
                    current.append(node)
                else:
                    current.append(text_element(letters))
        close()
        for new in made:
            run.addprevious(new)
        parent.remove(run)
        while parent is not None and parent.tag == w("hyperlink") and not len(parent):
            empty, parent = parent, parent.getparent()
            if parent is not None:
                parent.remove(empty)


def _whole(node: Element, letters: str) -> bool:
    return node.text == letters and (node.get(SPACE) == "preserve" or letters.strip() == letters)


def _empty(run: Element, rpr: Element | None) -> Element:
    made = e("r")
    for key, value in run.attrib.items():
        made.set(key, value)
    if rpr is not None:
        made.append(copy.deepcopy(rpr))
    return made


def _kinds(cell: Cell) -> frozenset[str]:
    return frozenset(mark["type"] for mark in cell.node or ()) if cell.text else frozenset()


def _links(cell: Cell) -> list[object]:
    return [mark for mark in cell.node or () if mark["type"] in LINKS] if cell.text else []


def _unlinked(cell: Cell) -> Cell:
    if not cell.text:
        return cell
    return Cell(
        cell.text, cell.key, cell.marks, [mark for mark in cell.node or () if mark["type"] not in LINKS]
    )


def rewrite(elements: Sequence[Element], runs: Sequence[Element]) -> None:
    """Writes the content of a paragraph anew: its properties, bookmarks, marks of comments and text boxes stay."""
    first = elements[0]
    plain = plain_look(first)
    for element in elements:
        empty(element)
    ends = [child for child in first if child.tag in (w("bookmarkEnd"), w("commentRangeEnd"))]
    for run in runs:
        for inner in [run] if run.tag == R else list(run.iter(R)):
            own = inner.find(RPR)
            if plain is not None and next(inner.iter(w("footnoteReference")), None) is None:
                kinds = {
                    mark
                    for mark, (name, _, _) in LOOKS.items()
                    if own is not None and own.find(w(name)) is not None
                }
                if own is not None and ns.val(own, "vertAlign") == "subscript":
                    kinds.discard("superscript")
                elif own is not None and ns.val(own, "vertAlign") == "superscript":
                    kinds.discard("subscript")
                wear(inner, plain, (), kinds)
        if ends:
            ends[0].addprevious(run)
        else:
            first.append(run)
