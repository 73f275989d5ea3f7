"""Styles: what a paragraph or run is by its style and by those that the style is based on."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple

from documents.text.types import Mark
from documents.word.definitions.table_styles import Hiding, read_hiding
from documents.word.file import ns
from documents.word.file.ns import Element, child, children, number, val

MAX_CHAIN = 40
NO_OUTLINE = 9
TOC_NAME = re.compile(r"(toc|table of figures|contents)\s*(heading|\d)?\Z", re.IGNORECASE)
HEADING_NAME = re.compile(r"heading ([1-9])\Z", re.IGNORECASE)


class RunLook(NamedTuple):
    """The marks of a run; None where the property is not set."""

    bold: bool | None = None
    italic: bool | None = None
    underline: bool | None = None
    strike: bool | None = None
    vertical: str | None = None
    hidden: bool | None = None
    caps: bool | None = None
    size: int | None = None
    font: str | None = None

    def laid_over(self, below: RunLook) -> RunLook:
        """This look laid over another: properties set here win."""
        if self is NO_LOOK:
            return below
        if below is NO_LOOK:
            return self
        return _laid_over(self, below)


@lru_cache(maxsize=4096)
def _laid_over(above: RunLook, below: RunLook) -> RunLook:
    """Cached, because a text has few looks and many runs."""
    return RunLook._make(under if over is None else over for over, under in zip(above, below, strict=True))


NO_LOOK = RunLook()
HIDDEN = RunLook(hidden=True)
LOOKS = {
    ns.w("b"): "bold",
    ns.w("i"): "italic",
    ns.w("u"): "underline",
    ns.w("strike"): "strike",
    ns.w("dstrike"): "double",
    ns.w("vertAlign"): "vertical",
    ns.w("vanish"): "hidden",
    ns.w("caps"): "caps",
    ns.w("sz"): "size",
    ns.w("rFonts"): "font",
}
ASCII, H_ANSI = ns.w("ascii"), ns.w("hAnsi")
STYLE_ID, TYPE = ns.w("styleId"), ns.w("type")
LEFT, START, HANGING, FIRST_LINE = (ns.w(name) for name in ("left", "start", "hanging", "firstLine"))
UNITS = {"pt": 20.0, "in": 1440.0, "cm": 1440 / 2.54, "mm": 144 / 2.54, "pc": 240.0, "pi": 240.0}


def read_look(rpr: Element | None, others: dict[str, Element] | None = None) -> RunLook:
    """The look that a ``w:rPr`` sets itself. Its other elements go into ``others`` by name."""
    if rpr is None or not len(rpr):
        return NO_LOOK
    values: dict[str, Any] = {}
    for node in children(rpr):
        key = LOOKS.get(node.tag)
        if key == "double":
            values.setdefault("strike", _is_on(node))
        elif key is not None:
            values[key] = VALUES.get(key, _is_on)(node)
        elif others is not None:
            others[node.tag] = node
    return RunLook(**values) if values else NO_LOOK


def _is_on(node: Element) -> bool:
    return (node.get(ns.VAL) or "1").lower() not in ns.OFF


VALUES: dict[str, Callable[[Element], Any]] = {
    "underline": lambda node: (node.get(ns.VAL) or "single") != "none",
    "vertical": lambda node: node.get(ns.VAL),
    "size": lambda node: number(node.get(ns.VAL), 0, 0, 4000) or None,
    "font": lambda node: node.get(ASCII) or node.get(H_ANSI),
}


def plain_marks(look: RunLook, *, linked: bool = False) -> list[Mark]:
    """The marks that a run says; a link's underline is the look of links, not a mark."""
    marks: list[Mark] = []
    if look is NO_LOOK:
        return marks
    if look.bold:
        marks.append({"type": "bold"})
    if look.italic:
        marks.append({"type": "italic"})
    if look.underline and not linked:
        marks.append({"type": "underline"})
    if look.strike:
        marks.append({"type": "strike"})
    if look.vertical == "superscript":
        marks.append({"type": "superscript"})
    elif look.vertical == "subscript":
        marks.append({"type": "subscript"})
    return marks


@dataclass(frozen=True, slots=True)
class Style:
    """One style, with what it says itself and what it inherits."""

    id: str
    name: str
    kind: str
    chain: tuple[str, ...]
    """Its own id and those it is based on, nearest first."""
    look: RunLook = NO_LOOK
    outline: int = NO_OUTLINE
    """0 for the outermost heading level to 8; 9 for text."""
    num_id: str | None = None
    ilvl: int | None = None
    indent: int | None = None
    hanging: int | None = None
    align: str | None = None
    toc: bool = False
    """Whether it is the style of a line of a table of contents."""


NO_STYLE = Style("", "", "paragraph", ())


class _Resolved(dict[str, Style]):
    """Styles by id, each resolved on first use. A text uses few of the styles of its file."""

    def __init__(self, raw: dict[str, Element]) -> None:
        super().__init__()
        self.raw, self.looks = raw, dict[str, RunLook]()

    def __missing__(self, style_id: str) -> Style:
        if style_id not in self.raw:
            raise KeyError(style_id)
        style = self[style_id] = _resolve(style_id, self.raw, self.looks)
        return style


@dataclass
class Styles:
    """All styles of a document by id."""

    by_id: Mapping[str, Style] = field(default_factory=lambda: _Resolved({}))
    numbering_styles: dict[str, str] = field(default_factory=dict)
    """For styles of kind ``numbering``: the number definition that each names."""
    default_paragraph: Style = NO_STYLE
    default_look: RunLook = NO_LOOK
    default_table: str = ""
    language: str = ""
    raw: Mapping[str, Element] = field(default_factory=dict)
    _hiding: dict[str, Hiding | None] = field(default_factory=dict)

    def hiding(self, style_id: str | None) -> Hiding | None:
        """What a table's style hides, None for nothing. Of a table without an existing style, the
        default's."""
        name = style_id if style_id in self.raw else self.default_table
        if not name:
            return None
        if name not in self._hiding:
            self._hiding[name] = read_hiding(self.raw, name)
        return self._hiding[name]

    def paragraph(self, style_id: str | None) -> Style:
        if style_id is None:
            return self.default_paragraph
        try:
            return self.by_id[style_id]
        except KeyError:
            return self.default_paragraph

    def base(self, style: Style, hidden: bool = False) -> RunLook:
        """The look of a paragraph's runs that say nothing themselves. ``hidden``: the style of its table
        hides them."""
        return style.look.laid_over(HIDDEN.laid_over(self.default_look) if hidden else self.default_look)

    def character(self, style_id: str | None) -> Style:
        try:
            return self.by_id[style_id] if style_id else NO_STYLE
        except KeyError:
            return NO_STYLE


def read_styles(root: Element | None) -> Styles:
    """The styles of ``styles.xml``; loops among them end where they close."""
    raw: dict[str, Element] = {}
    styles = Styles(_Resolved(raw), raw=raw)
    if root is None:
        return styles
    defaults: dict[str, str] = {}
    for node in root.iterchildren(ns.w("style")):
        style_id = node.get(STYLE_ID)
        if not style_id:
            continue
        raw.setdefault(style_id, node)
        kind = node.get(TYPE) or ""
        if kind == "numbering" and raw[style_id] is node:
            if num_id := val(child(child(node, "pPr"), "numPr"), "numId"):
                styles.numbering_styles[style_id] = num_id
        elif _is_default(node):
            defaults.setdefault(kind, style_id)
    rpr = child(child(child(root, "docDefaults"), "rPrDefault"), "rPr")
    styles.default_look = read_look(rpr)
    lang = child(rpr, "lang")
    styles.language = (lang.get(ns.VAL) or "") if lang is not None else ""
    styles.default_table = defaults.get("table", "")
    if "paragraph" in defaults:
        styles.default_paragraph = styles.by_id[defaults["paragraph"]]
    return styles


def _is_default(style: Element) -> bool:
    return (style.get(ns.w("default")) or "0").lower() not in ns.OFF


def _resolve(style_id: str, raw: dict[str, Element], looks: dict[str, RunLook]) -> Style:
    chain: list[str] = []
    step: str | None = style_id
    while step and step in raw and step not in chain and len(chain) < MAX_CHAIN:
        chain.append(step)
        step = val(raw[step], "basedOn")
    own = raw[style_id]
    name = val(own, "name") or style_id
    look = NO_LOOK
    values: dict[str, Any] = {}
    for ancestor in chain:
        node = raw[ancestor]
        if ancestor not in looks:
            looks[ancestor] = read_look(child(node, "rPr"))
        look = look.laid_over(looks[ancestor])
        for key, value in _paragraph_look(node).items():
            if value is not None:
                values.setdefault(key, value)
    return Style(
        style_id,
        name,
        own.get(ns.w("type")) or "paragraph",
        tuple(chain),
        look,
        toc=bool(TOC_NAME.match(name)),
        **values,
    )


def _paragraph_look(style: Element) -> dict[str, Any]:
    """What a style itself says of paragraphs, None where it says nothing."""
    ppr = child(style, "pPr")
    if ppr is None:
        return {"outline": _outline(style, None)}
    numbering = child(ppr, "numPr")
    level = val(numbering, "ilvl")
    indent, hanging = read_indent(child(ppr, "ind"))
    return {
        "outline": _outline(style, ppr),
        "num_id": val(numbering, "numId"),
        "ilvl": None if level is None else number(level, 0, 0, 8),
        "indent": indent,
        "hanging": hanging,
        "align": val(ppr, "jc"),
    }


def _outline(style: Element, ppr: Element | None) -> int | None:
    """The outline level that a style says; Word's own headings have one by their name too."""
    level = val(ppr, "outlineLvl")
    if level is not None:
        return number(level, NO_OUTLINE, 0, NO_OUTLINE)
    if style.get(ns.w("type")) == "paragraph" and (match := HEADING_NAME.match(val(style, "name") or "")):
        return int(match.group(1)) - 1
    return None


def read_indent(node: Element | None) -> tuple[int | None, int | None]:
    """Left indent and hanging (negative first line) of a ``w:ind``, in twentieths of a point; None where not
    set."""
    if node is None:
        return None, None
    left = node.get(LEFT) or node.get(START)
    hanging = node.get(HANGING)
    first = node.get(FIRST_LINE)
    return (
        None if left is None else twips(left, -30000),
        twips(hanging, 0) if hanging is not None else (0 if first is not None else None),
    )


def twips(text: str, low: int) -> int:
    """A measure in twentieths of a point; Word's strict form writes "36pt"."""
    unit = UNITS.get(text[-2:])
    if unit is None:
        return number(text, 0, low, 30000)
    try:
        return max(low, min(30000, round(float(text[:-2]) * unit)))
    except (ValueError, OverflowError):
        return 0
