"""Which sections stand elsewhere in a text than before, and after which they stand now. Pure, knows no Django."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from documents.comparison.sections.matching import moves
from documents.text import SectionTree


@dataclass(frozen=True, slots=True)
class Moved:
    """A section that was moved with all that stands in it. ``after`` is the section that it follows now in reading order,
    empty at the very beginning; ``deeper`` by how many levels it went down (up, where negative)."""

    uid: str
    after: str
    deeper: int


def moved_sections(old: SectionTree, new: SectionTree, known: SectionTree) -> Iterator[Moved]:
    """What must be moved in ``old`` so that its sections stand as in ``new``, in the order in which to do it.

    Sections are known by uid. Told are those of ``known`` (the draft), and of them those that follow one of it.
    """
    places = {section.uid: place for place, section in enumerate(new.sections)}
    pairs = {i: places[section.uid] for i, section in enumerate(old.sections) if section.uid in places}
    weights = [len(section.text.plain.split()) + 1 for section in new.sections]
    moved, _along = moves(old, new, pairs, weights)
    levels = {section.uid: section.level for section in old.sections}
    before = ""
    for place, section in enumerate(new.sections):
        if section.uid not in known.by_uid:
            continue
        if place in moved:
            yield Moved(section.uid, before, section.level - levels[section.uid])
        before = section.uid
