"""Makes the numbers of an own file's headings those of the text, where Word would count others: after what was written is read again,
a heading counts at the level of the list that its number is of, from another number on, or has its number typed."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from documents.text import Section, SectionTree
from documents.word import ns
from documents.word.file.package import Package
from documents.word.markup import e
from documents.word.ns import Element, w
from documents.word.read.context import Trace
from documents.word.read.definitions.number_format import format_number
from documents.word.read.definitions.numbering import PLACEHOLDER, Level, Numbering, read_numbering
from documents.word.read.definitions.styles import Styles, read_styles
from documents.word.source_patch.levels import put_number, silence, standing
from documents.word.source_patch.looks import PPR

MOST = 1000
"""So far a value is looked for by what it looks like."""
Place = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Fix:
    """How a heading gets its number: from a level of a list of the source, counted from ``start`` on where that is not 0; typed, or
    none, without a list."""

    num_id: str = ""
    ilvl: int = 0
    start: int = 0


class Counts:
    """Which headings of a file count on which level of which list."""

    def __init__(self, package: Package) -> None:
        self.styles: Styles = read_styles(package.styles())
        self.numbering: Numbering = read_numbering(
            package.optional_xml(package.main, "numbering"), self.styles
        )

    def place(self, heading: Collection[Element]) -> Place | None:
        ppr = standing(heading).find(PPR) if heading else None
        said = ppr.find(w("numPr")) if ppr is not None else None
        level = ns.val(said, "ilvl")
        ilvl = None if level is None else ns.number(level, 0, 0, 8)
        style = self.styles.paragraph(ns.val(ppr, "pStyle"))
        found = self.numbering.place(ns.val(said, "numId"), ilvl, style)
        return found if found is not None and self.numbering.counts(*found) else None

    def list_of(self, place: Place) -> tuple[str, int]:
        """What counts together with it."""
        return self.numbering.nums[place[0]].abstract, place[1]

    def value(self, place: Place, label: str) -> int:
        """The value at which that level of a list shows a label; 0 where it can't."""
        level = self.numbering.level(*place)
        pattern = _pattern(level, place[1])
        match = re.fullmatch(pattern, label) if pattern else None
        return next((n for n in range(1, MOST) if match and _shown(level, n) == match["own"]), 0)


def _pattern(level: Level, ilvl: int) -> str:
    text, own = level.text.strip(), f"%{ilvl + 1}"
    if text.count(own) != 1:
        return ""
    pieces = [
        "(?P<own>.+)" if piece == own else ".+?" if PLACEHOLDER.fullmatch(piece) else re.escape(piece)
        for piece in re.split(r"(%[1-9])", text)
    ]
    return "".join(pieces)


def _shown(level: Level, value: int) -> str:
    return format_number(value, level.fmt, level.custom)[0]


def fixes(
    tree: SectionTree, read: SectionTree, trace: Trace, package: Package, had: Mapping[str, Fix]
) -> dict[str, Fix]:
    """What is to be done so that the headings of a file that was written (``read``) show the numbers of the text (``tree``), with
    what was done so far (``had``); the same where there is nothing more."""
    pairs = [(section, trace.headings[at]) for at, section in enumerate(read) if section.uid in tree.by_uid]
    wrong = {section.uid for section, _ in pairs if not alike(section, tree.by_uid[section.uid])}
    if not wrong:
        return dict(had)
    counts = Counts(package)
    places = [(counts.place(heading), section) for section, heading in pairs]
    elsewhere: dict[str, Fix] = {}
    onwards: dict[str, Fix] = {}
    ahead: dict[tuple[str, int], int] = {}
    """By list, how far the numbers before were off."""
    for at, (place, section) in enumerate(places):
        uid, wanted = section.uid, tree.by_uid[section.uid].text.label
        if uid not in wrong:
            if place:
                ahead[counts.list_of(place)] = 0
            continue
        value = counts.value(place, wanted) if place and wanted else 0
        if not wanted or (uid in had and had[uid].start) or (had.get(uid) == Fix()):
            elsewhere[uid] = Fix()
        elif place and value:
            off = value - counts.value(place, section.text.label)
            known = had.get(uid)
            if ahead.get(counts.list_of(place), 0) != off:
                onwards[uid] = Fix(known.num_id if known else place[0], place[1], value)
            ahead[counts.list_of(place)] = off
        elif uid not in had and (like := _like(counts, places, at, wanted)):
            elsewhere[uid] = Fix(*like)
        else:
            elsewhere[uid] = Fix()
    # Where one counts elsewhere, those behind it may count right by themselves.
    found = {**had, **elsewhere}
    return found if found != had else {**had, **onwards}


def _like(counts: Counts, places: Sequence[tuple[Place | None, object]], at: int, label: str) -> Place | None:
    """The level of a list by which another heading counts that could show the label: that of the nearest one."""
    near = sorted(range(len(places)), key=lambda other: abs(other - at))
    found = (places[other][0] for other in near)
    return next((place for place in dict.fromkeys(found) if place and counts.value(place, label)), None)


def alike(section: Section, wanted: Section) -> bool:
    """Whether a heading shows the number of the text, be it told from its words or not."""
    one, other = section.text, wanted.text
    return one.label == other.label or _squeezed(one.label + one.heading) == _squeezed(
        other.label + other.heading
    )


def _squeezed(text: str) -> str:
    return "".join(text.split())


def wear_number(heading: Sequence[Element], fix: Fix, num_id: str) -> None:
    """Lets a heading's paragraph count as the fix says, by the list ``num_id``."""
    paragraph = standing(heading)
    ppr = paragraph.find(PPR)
    if ppr is None:
        paragraph.insert(0, ppr := e("pPr"))
    silence(ppr)
    if fix.num_id:
        for node in ppr.findall(w("numPr")):
            ppr.remove(node)
        put_number(ppr, e("numPr", e("ilvl", val=fix.ilvl), e("numId", val=num_id)))


def restarting(package: Package, fix: Fix, number: int) -> Element | None:
    """The ``w:num`` that counts in the same list from another number on."""
    part = package.related(package.main, "numbering")
    root = package.xml(part) if part else None
    nums = root.findall(w("num")) if root is not None else []
    source = next((node for node in nums if node.get(w("numId")) == fix.num_id), None)
    if source is None:
        return None
    abstract = ns.val(source, "abstractNumId") or ""
    start = e("lvlOverride", e("startOverride", val=fix.start), ilvl=fix.ilvl)
    return e("num", e("abstractNumId", val=abstract), start, numId=number)
