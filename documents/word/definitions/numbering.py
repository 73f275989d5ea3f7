"""Numbers of paragraphs just as Word shows them.

A paragraph names a *num*; a num names an *abstract* definition of nine levels and may override some of them.
Several nums on one abstract definition share its counters, unless an override restarts them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from documents.word.definitions.number_format import format_number
from documents.word.definitions.styles import Style, Styles, read_indent
from documents.word.definitions.symbols import bullet
from documents.word.file import ns
from documents.word.file.ns import Element, child, flag, number, val

MAX_LABEL = 200
MAX_LINKS = 10
LEVELS = 9
PLACEHOLDER = re.compile(r"%([1-9])")


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: how it counts and what its label looks like."""

    start: int = 0
    fmt: str = "decimal"
    custom: str = ""
    text: str = ""
    restart: int | None = None
    legal: bool = False
    suffix: str = "tab"
    style: str | None = None
    font: str = ""
    hidden: bool = False
    picture: bool = False
    indent: int | None = None
    hanging: int | None = None


NO_LEVEL = Level(fmt="none")


class Label(NamedTuple):
    """A paragraph's number: the text that Word shows, whether it counts (or is a bullet), its place in the
    list.

    ``run``: paragraphs with the same one are of one list, though they may name different nums. LibreOffice
    gives the first item of a list a num that restarts the counting. The others have one that continues it.
    """

    text: str
    ordered: bool
    run: str
    ilvl: int
    indent: int | None
    hanging: int | None
    known: bool = True
    fmt: str = ""
    """How the file counts (``w:numFmt``)."""


@dataclass(frozen=True, slots=True)
class Num:
    abstract: str
    starts: dict[int, int] = field(default_factory=dict)
    levels: dict[int, Level] = field(default_factory=dict)


@dataclass
class Numbering:
    """The definitions of a document and the state of its counters while it is read in order."""

    abstracts: dict[str, Element] = field(default_factory=dict)
    """Abstract definitions, each read when a paragraph first counts by it: Word keeps dozens that no
    paragraph uses."""
    links: dict[str, str] = field(default_factory=dict)
    nums: dict[str, Num] = field(default_factory=dict)
    styles: Styles = field(default_factory=Styles)
    _counters: dict[str, list[int | None]] = field(default_factory=dict)
    _restarted: set[tuple[str, int]] = field(default_factory=set)
    _runs: dict[tuple[str, int], str] = field(default_factory=dict)
    _owners: dict[str, str | None] = field(default_factory=dict)
    _cache: dict[str, dict[int, Level]] = field(default_factory=dict)
    _abstract_levels: dict[str, dict[int, Level]] = field(default_factory=dict)

    def place(self, num_id: str | None, ilvl: int | None, style: Style) -> tuple[str, int] | None:
        """Which num and level a paragraph is on: what it says itself first, then its style."""
        from_style = num_id is None
        chosen = style.num_id if from_style else num_id
        if chosen is None or chosen == "0" or chosen not in self.nums:
            return None
        if ilvl is not None:
            return chosen, min(max(ilvl, 0), LEVELS - 1)
        levels = self._levels(chosen)
        for ancestor in style.chain:
            for index, level in levels.items():
                if level.style == ancestor:
                    return chosen, index
        return chosen, (style.ilvl or 0) if from_style else 0

    def count(self, num_id: str, ilvl: int) -> Label:
        """Counts one paragraph and gives its label."""
        levels = self._levels(num_id)
        owner = self.owner(num_id) or num_id
        counters = self._counters.setdefault(owner, [None] * LEVELS)
        level = levels.get(ilvl, NO_LEVEL)
        if ilvl in self.nums[num_id].starts and (num_id, ilvl) not in self._restarted:
            self._restarted.add((num_id, ilvl))
            counters[ilvl] = None
            self._runs[(owner, ilvl)] = num_id
        current = counters[ilvl]
        counters[ilvl] = level.start if current is None else min(current + 1, 2**31)
        for deeper in range(ilvl + 1, LEVELS):
            if counters[deeper] is None:
                continue
            below = levels.get(deeper, NO_LEVEL)
            if below.restart is None or ilvl < below.restart:
                counters[deeper] = None
        text, known = self._text(level, levels, counters, ilvl)
        ordered = _ordered(level)
        own = ilvl in self.nums[num_id].levels
        run = f"num {num_id}" if own else f"{owner} {self._runs.get((owner, ilvl), '')}"
        return Label(text, ordered, run, ilvl, level.indent, level.hanging, known, level.fmt)

    def counts(self, num_id: str, ilvl: int) -> bool:
        """Whether what is there shows a number, and no bullet."""
        level = self._levels(num_id).get(ilvl, NO_LEVEL)
        return _ordered(level) and not level.hidden

    def level(self, num_id: str, ilvl: int) -> Level:
        """What a level of a list is."""
        return self._levels(num_id).get(ilvl, NO_LEVEL)

    def _text(
        self, level: Level, levels: dict[int, Level], counters: list[int | None], ilvl: int
    ) -> tuple[str, bool]:
        if level.hidden:
            return "", True
        if level.picture and level.fmt == "bullet":
            return "•", True
        if level.fmt == "bullet":
            return bullet(level.text, level.font).strip()[:MAX_LABEL], True
        known = True

        def shown(match: re.Match[str]) -> str:
            nonlocal known
            index = int(match.group(1)) - 1
            if index > ilvl:
                return ""
            named = levels.get(index, NO_LEVEL)
            value = counters[index]
            value = named.start if value is None else value
            fmt = (
                "decimal" if level.legal and named.fmt not in ("none", "bullet", "decimalZero") else named.fmt
            )
            text, recognised = format_number(value, fmt, named.custom)
            known = known and recognised
            return text

        text = PLACEHOLDER.sub(shown, level.text)
        if "\uf000" <= max(text, default="") <= "\uf0ff":
            text = bullet(text, level.font)
        return text.strip()[:MAX_LABEL], known

    def owner(self, num_id: str) -> str | None:
        """The abstract definition that a num comes to through styles that link to other nums."""
        if num_id not in self._owners:
            step, owner = num_id, None
            for _ in range(MAX_LINKS):
                num = self.nums.get(step)
                if num is None:
                    break
                owner = num.abstract
                link = self.links.get(owner)
                next_num = self.styles.numbering_styles.get(link) if link else None
                if next_num is None or next_num == step:
                    break
                step = next_num
            self._owners[num_id] = owner
        return self._owners[num_id]

    def _levels(self, num_id: str) -> dict[int, Level]:
        """The levels of a num: those of its abstract definition, with its own overrides."""
        found = self._cache.get(num_id)
        if found is None:
            found = dict(self._defined(self.owner(num_id) or ""))
            found.update(self.nums[num_id].levels)
            for ilvl, start in self.nums[num_id].starts.items():
                found[ilvl] = replace(found.get(ilvl, NO_LEVEL), start=start)
            self._cache[num_id] = found
        return found

    def _defined(self, abstract_id: str) -> dict[int, Level]:
        """The levels of an abstract definition."""
        found = self._abstract_levels.get(abstract_id)
        if found is None:
            node = self.abstracts.get(abstract_id)
            levels = node.iterchildren(ns.w("lvl")) if node is not None else ()
            found = self._abstract_levels[abstract_id] = dict(_level(level) for level in levels)
        return found


def _ordered(level: Level) -> bool:
    return level.fmt not in ("bullet", "none") and bool(PLACEHOLDER.search(level.text))


def read_numbering(root: Element | None, styles: Styles) -> Numbering:
    """The definitions of ``numbering.xml``."""
    numbering = Numbering(styles=styles)
    if root is None:
        return numbering
    for node in root.iterchildren(ns.w("abstractNum")):
        abstract_id = node.get(ns.w("abstractNumId")) or ""
        numbering.abstracts[abstract_id] = node
        link = val(node, "numStyleLink")
        if link:
            numbering.links[abstract_id] = link
    for node in root.iterchildren(ns.w("num")):
        num_id = node.get(ns.w("numId")) or ""
        num = Num(val(node, "abstractNumId") or "")
        for override in node.iterchildren(ns.w("lvlOverride")):
            ilvl = number(override.get(ns.w("ilvl")), 0, 0, LEVELS - 1)
            start = val(override, "startOverride")
            own = child(override, "lvl")
            if own is not None:
                num.levels[ilvl] = _level(own)[1]
            if start is not None:
                num.starts[ilvl] = number(start)
        numbering.nums[num_id] = num
    return numbering


def _level(node: Element) -> tuple[int, Level]:
    fmt, custom = "decimal", ""
    found = child(node, "numFmt")
    if found is None:
        found = node.find(f"{{{ns.MC}}}AlternateContent//{ns.w('numFmt')}")
    if found is not None:
        fmt, custom = found.get(ns.VAL) or "decimal", found.get(ns.w("format")) or ""
    text_node = child(node, "lvlText")
    rpr = child(node, "rPr")
    fonts = child(rpr, "rFonts")
    indent, hanging = read_indent(child(child(node, "pPr"), "ind"))
    restart = val(node, "lvlRestart")
    ilvl = number(node.get(ns.w("ilvl")), 0, 0, LEVELS - 1)
    return ilvl, Level(
        start=number(val(node, "start"), 0),
        fmt=fmt,
        custom=custom,
        text=(text_node.get(ns.VAL) or "")[:1000] if text_node is not None else "",
        restart=None if restart is None else number(restart, 0, 0, LEVELS),
        legal=bool(flag(node, "isLgl")),
        suffix=val(node, "suff") or "tab",
        style=val(node, "pStyle"),
        font="" if fonts is None else fonts.get(ns.w("ascii")) or fonts.get(ns.w("hAnsi")) or "",
        hidden=bool(flag(rpr, "vanish")),
        picture=child(node, "lvlPicBulletId") is not None,
        indent=indent,
        hanging=hanging,
    )
