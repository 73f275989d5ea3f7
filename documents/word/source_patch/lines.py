"""Changes the lines of an own file: the words of headings and paragraphs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from documents.text import Section, SectionText
from documents.word.markup import e, text_element
from documents.word.ns import Element
from documents.word.source_patch.additions import Additions
from documents.word.source_patch.atoms import Paragraph, R, scan
from documents.word.source_patch.cells import Cell, flatten
from documents.word.source_patch.levels import HeadingLook
from documents.word.source_patch.looks import cleaned, wear
from documents.word.source_patch.patch import CannotPatch, Patcher, rewrite
from documents.word.source_patch.patching import inlines

Json = Mapping[str, Any]


class LineChanger:
    """Works on all lines of one file. ``touch`` is told of each element before something in it changes."""

    def __init__(self, additions: Additions, touch: Callable[[Element], None]) -> None:
        self.additions = additions
        self.touch = touch
        self.made: list[Element] = []
        """Runs and paragraphs that were put into what was there."""

    def heading(
        self,
        elements: Sequence[Element],
        before: SectionText,
        after: SectionText,
        again: bool,
        counted: bool | None = None,
    ) -> None:
        """Changes the words of a heading, and its number where that was typed. ``counted``: whether Word counts its number from now
        on; None for no change of that."""
        old, new = flatten(before.body["heading"]), flatten(after.body.get("heading") or [])
        line = scan(elements)
        line.atoms = line.among(old)
        shown = "".join(atom.text for atom in line.atoms)
        typed = bool(before.label) and shown.lstrip().startswith(before.label)
        start = _tail(line, old)
        for element in elements:
            self.touch(element)
        if start is not None and not again:
            lead = [Cell(atom.text, "") for atom in line.atoms[:start]]
            new_lead = list(lead)
            if typed and (counted or not after.label):
                new_lead = []
            elif typed and after.label != before.label:
                blank = len(shown) - len(shown.lstrip())
                new_lead = [Cell(x, "") for x in after.label] + lead[blank + len(before.label) :]
            elif counted is False and not typed and after.label:
                new_lead = [Cell(x, "") for x in f"{after.label} "] + lead
            try:
                Patcher(line.atoms[: start + len(old)], [*lead, *old], self.runs).apply([*new_lead, *new])
            except CannotPatch:
                pass
            else:
                return
        runs = self.runs(new)
        if after.label and (typed if counted is None else not counted):
            runs.insert(0, e("r", text_element(after.label + " ")))
        rewrite(list(elements), runs)
        self.made += runs

    def new_heading(self, look: HeadingLook | None, section: Section) -> Element:
        """A heading paragraph with that look."""
        made = e("p")
        if look is not None and look.ppr is not None:
            made.append(cleaned(look.ppr, numbered=True))
        runs = self.runs(flatten(section.text.body.get("heading") or []))
        if section.text.label and (look is None or look.typed is not False):
            runs.insert(0, e("r", text_element(section.text.label + " ")))
        for run in runs:
            for inner in [run] if run.tag == R else list(run.iter(R)):
                if look is not None and look.rpr is not None:
                    wear(inner, look.rpr, (), ())
            made.append(run)
        return made

    def change(
        self,
        old: Sequence[Cell],
        new: Sequence[Cell],
        place: Paragraph,
        *,
        again: bool = False,
    ) -> None:
        """Makes the cells of a line others, piece by piece where that can be; ``again``: run by run."""
        if not place.elements:
            return
        for element in place.elements:
            self.touch(element)
        if not again:
            try:
                Patcher(place.atoms, old, self.runs).apply(new)
            except CannotPatch:
                pass
            else:
                return
        runs = self.runs(new)
        rewrite(place.elements, runs)
        self.made += runs

    def runs(self, cells: Sequence[Cell]) -> list[Element]:
        """Runs that hold the cells."""
        runs = self.additions.runs(inlines(cells))
        self.made += runs
        return runs


def _tail(line: Paragraph, wanted: Sequence[Cell]) -> int | None:
    """Where the words of a heading begin in what its paragraphs show; None where they are not its end."""
    for start in range(len(line.atoms) - len(wanted) + 1):
        here = Paragraph(line.elements, line.atoms[start:], 0).fit(wanted)
        if here is not None and here.before == 0:
            return start
    return None
