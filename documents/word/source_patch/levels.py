"""How a heading of each level looks in an own file: what a new heading, or one whose section has another level now, takes over."""

from __future__ import annotations

import copy
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from documents.text import SectionTree
from documents.word import ns
from documents.word.file.package import Package
from documents.word.markup import e
from documents.word.ns import Element, w
from documents.word.read.definitions.styles import HEADING_NAME, NO_OUTLINE, Styles, read_styles
from documents.word.source_patch.atoms import RPR, R, T, scan
from documents.word.source_patch.looks import PPR, cleaned, put
from documents.word.source_patch.parts import Part

OF_A_LEVEL = ("rFonts", "b", "bCs", "caps", "smallCaps", "color", "spacing", "kern", "sz", "szCs", "u")
"""Of the look of a heading's letters what its level says, by Word's names; the rest (a language, a mark) is of the words."""
OF_WORDS = frozenset({"b", "bCs", "u"})
"""Is of the words too, where only some of a heading have it."""
MARKS = ("ins", "del", "moveFrom", "moveTo")


@dataclass(frozen=True, eq=False)
class HeadingLook:
    """How one heading of the source looks. ``outline``: its level by its look, 0 where it looks like text. ``typed``: whether its number
    is typed, None where it shows none."""

    ppr: Element | None
    rpr: Element | None
    level: int
    outline: int
    kind: str
    typed: bool | None


class Levels:
    """The looks of a source's headings as they were read, by level. ``outlines``: by uid, the level by the look."""

    def __init__(
        self, package: Package, tree: SectionTree, sources: Mapping[str, Part], outlines: Mapping[str, int]
    ) -> None:
        self.looks = {
            uid: _look(part, outlines.get(part.section.uid, 0))
            for uid, part in sources.items()
            if part.heading
        }
        self.order = {section.uid: number for number, section in enumerate(tree)}
        self.levels = [section.level for section in tree]
        self.kinds = [section.kind for section in tree]
        shifts = Counter(look.outline - look.level for look in self.looks.values() if look.outline)
        self.shift = shifts.most_common(1)[0][0] if shifts else 0
        root = package.optional_xml(package.main, "styles")
        self.styles = read_styles(root)

    def look(self, uid: str, numbered: bool) -> HeadingLook | None:
        """How the heading of a section of the text should look, by others of its level in the source, with a number or without one as
        it has it; None where the source has no headings."""
        look = self._look(uid, numbered)
        if look is None or numbered or look.typed is not False:
            return look
        ppr = copy.deepcopy(look.ppr) if look.ppr is not None else e("pPr")
        silence(ppr)
        return replace(look, ppr=ppr, typed=None)

    def _look(self, uid: str, numbered: bool) -> HeadingLook | None:
        at = self.order[uid]
        level = self.levels[at]
        same = [known for known, look in self.looks.items() if look.level == level]
        if same:
            return self.looks[self._nearest(same, at, numbered)]
        if not self.looks:
            return None
        near = min(abs(look.level - level) for look in self.looks.values())
        like = [known for known, look in self.looks.items() if abs(look.level - level) == near]
        own = self.looks.get(uid)
        sample = own or self.looks[self._nearest(like, at, numbered)]
        return at_level(self.styles, sample, level, max(1, min(level + self.shift, 9)))

    def _nearest(self, uids: Iterable[str], at: int, numbered: bool) -> str:
        """Of some headings the one whose look fits best: of the same kind, with a number where it is to have one, with a look of its
        own, beside it in the text."""
        parent = self._parent(at)

        def rank(uid: str) -> tuple[bool, bool, bool, bool, int]:
            look, place = self.looks[uid], self.order.get(uid)
            plain = {look.kind, self.kinds[at]} <= {"chapter", "section"}
            beside = place is not None and self._parent(place) == parent
            return (
                look.kind != self.kinds[at] and not plain,
                numbered != (look.typed is not None),
                not look.outline,
                not beside,
                abs(place - at) if place is not None else len(self.levels),
            )

        return min(uids, key=rank)

    def _parent(self, at: int) -> int:
        level = self.levels[at]
        return next((n for n in range(at - 1, -1, -1) if self.levels[n] < level), -1)


def at_level(styles: Styles, look: HeadingLook, level: int, wanted: int) -> HeadingLook:
    """The look for a level that no heading of the source has: by the style of the outline level ``wanted``, its number one of the
    same list."""
    ppr = cleaned(look.ppr, numbered=True) if look.ppr is not None else e("pPr")
    style = styles.paragraph(ns.val(ppr, "pStyle"))
    place = _direct_number(ppr) or (
        (style.num_id, _level_in_list(style.ilvl, look.outline)) if style.num_id else None
    )
    numbered = place
    if look.outline and style.outline < NO_OUTLINE:
        name = _style_of(styles, wanted)
        for node in ppr.findall(w("pStyle")):
            ppr.remove(node)
        ppr.insert(0, e("pStyle", val=name))
        if _direct_number(ppr) is None and name in styles.raw and styles.paragraph(name).num_id:
            numbered = None
    said = ppr.find(w("outlineLvl"))
    if said is not None:
        said.set(ns.VAL, str(wanted - 1))
    if numbered is not None and numbered[0] != "0":
        ilvl = max(0, min(numbered[1] + level - look.level, 8))
        for name in ("numPr", "ind"):
            for node in ppr.findall(w(name)):
                ppr.remove(node)
        put_number(ppr, e("numPr", e("ilvl", val=ilvl), e("numId", val=numbered[0])))
    return HeadingLook(ppr, look.rpr, level, wanted if look.outline else 0, look.kind, look.typed)


def wear_level(elements: Collection[Element], look: HeadingLook) -> None:
    """Gives a heading the look of its level: its paragraph, and its letters without the marks that are its words'."""
    paragraph = standing(elements)
    old = paragraph.find(PPR)
    new = cleaned(look.ppr, numbered=True) if look.ppr is not None else e("pPr")
    if old is not None:
        _keep_own(old, new)
        paragraph.remove(old)
    if len(new):
        paragraph.insert(0, new)
    runs = [run for run in paragraph.iter(R) if any(node.text for node in run.iter(T))]
    if look.rpr is None and not any(run.find(RPR) is not None for run in runs):
        return
    here = {name: {_says(run.find(RPR), name) for run in runs} for name in OF_WORDS}
    for run in runs:
        rpr = run.find(RPR)
        if rpr is None:
            run.insert(0, rpr := e("rPr"))
        for name in OF_A_LEVEL:
            if name in OF_WORDS and len(here[name]) > 1:
                continue
            for node in rpr.findall(w(name)):
                rpr.remove(node)
            worn = look.rpr.find(w(name)) if look.rpr is not None else None
            if worn is not None:
                put(rpr, copy.deepcopy(worn))
        if not len(rpr):
            run.remove(rpr)


def _keep_own(old: Element, new: Element) -> None:
    """What is of the paragraph alone: where a part of the document ends, and that its end was put in or taken out."""
    section = old.find(w("sectPr"))
    if section is not None:
        new.append(copy.deepcopy(section))
    said = old.find(RPR)
    marks = [node for name in MARKS for node in (said.findall(w(name)) if said is not None else ())]
    if not marks:
        return
    mark = new.find(RPR)
    if mark is None:
        mark = e("rPr")
        new.append(mark) if section is None else new[-1].addprevious(mark)
    for node in reversed(marks):
        mark.insert(0, copy.deepcopy(node))


def _look(part: Part, outline: int) -> HeadingLook:
    first = standing(part.heading)
    ppr = first.find(PPR)
    rpr = next((r.find(RPR) for r in first.iter(R) if any(node.text for node in r.iter(T))), None)
    shown = "".join(atom.text for atom in scan(part.heading).atoms).lstrip()
    label = part.section.text.label
    return HeadingLook(
        copy.deepcopy(ppr) if ppr is not None else None,
        copy.deepcopy(rpr) if rpr is not None else None,
        part.section.level,
        outline,
        part.section.kind,
        shown.startswith(label) if label else None,
    )


def standing(elements: Collection[Element]) -> Element:
    """The paragraph whose properties a heading has: the first whose end was not deleted, so that it runs on into the next."""
    found = list(elements)
    for paragraph in found:
        mark = ns.child(ns.child(paragraph, "pPr"), "rPr")
        if mark is None or not any(mark.find(w(name)) is not None for name in ("del", "moveFrom")):
            return paragraph
    return found[0]


def _says(rpr: Element | None, name: str) -> str:
    found = rpr.find(w(name)) if rpr is not None else None
    return "" if found is None else found.get(ns.VAL) or "1"


def _direct_number(ppr: Element) -> tuple[str, int] | None:
    numbering = ppr.find(w("numPr"))
    num_id = ns.val(numbering, "numId")
    return None if num_id is None else (num_id, ns.number(ns.val(numbering, "ilvl"), 0, 0, 8))


def _level_in_list(ilvl: int | None, outline: int) -> int:
    """On which level of its list a style stands, which links to it where it does not say so itself."""
    return ilvl if ilvl is not None else max(0, outline - 1)


def _style_of(styles: Styles, outline: int) -> str:
    """The id of the file's style for headings of that outline level, Word's own first; ours where it has none."""
    found = [
        name
        for name, node in styles.raw.items()
        if node.get(w("type")) == "paragraph" and styles.paragraph(name).outline == outline - 1
    ]
    named = [name for name in found if HEADING_NAME.match(styles.paragraph(name).name)]
    return next(iter(named or found), f"Heading{outline}")


def silence(ppr: Element) -> None:
    """Lets Word count nothing at a paragraph, whatever its style says."""
    for node in ppr.findall(w("numPr")):
        ppr.remove(node)
    put_number(ppr, e("numPr", e("numId", val="0")))


BEFORE_NUMBER = frozenset(
    w(name) for name in ("pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl")
)


def put_number(ppr: Element, node: Element) -> None:
    """Puts a paragraph's number where Word's schema wants it."""
    at = next((n for n, other in enumerate(ppr) if other.tag not in BEFORE_NUMBER), len(ppr))
    ppr.insert(at, node)
