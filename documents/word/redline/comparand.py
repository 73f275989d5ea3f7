"""One of two compared files: the meaning of its pieces of XML, without differences by chance."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

from lxml import etree

from documents.word.file.package import Relationship
from documents.word.file.refusal import Refused
from documents.word.file.rewrite import Rewritten
from documents.word.ns import XML, Element, child, val, w

CHANCE = re.compile(
    rb' xmlns(?::[\w.-]+)?="[^"]*"'
    rb'| w:(?:rsid\w*|history)="[^"]*"'
    rb'| w14:(?:paraId|textId)="[^"]*"'
    rb'| wp14:(?:anchorId|editId)="[^"]*"'
    rb"|<w:(?:proofErr|lastRenderedPageBreak|bookmarkStart|bookmarkEnd|permStart|permEnd)\b[^>]*/>"
    rb"|<w:comment(?:RangeStart|RangeEnd|Reference)\b[^>]*/>"
)
"""Elements that Word changes at every save, and elements that are no part of the text."""
RELATION = re.compile(rb' r:(\w+)="([^"]*)"')
NOTE = re.compile(rb"<w:(foot|end)noteReference [^>]*/>")
NUMBER = re.compile(rb'<w:numId w:val="([^"]*)"/>')
DRAWING = re.compile(rb'<(wp:docPr|pic:cNvPr) id="[^"]*"')
SPACE = f"{{{XML}}}space"
SPLIT = re.compile(rb' xml:space="preserve"|</w:t></w:r><w:r><w:t>')


@dataclass(frozen=True, slots=True)
class Numbering:
    """The list and the level of a paragraph, empty where it names none ("0" is none of its own). And those of
    its style."""

    style: str
    listed: str
    level: str
    by_style: tuple[str, str]


class Comparand:
    """A file with its tracked changes accepted."""

    def __init__(self, file: Rewritten) -> None:
        self.file = file
        self._targets: dict[tuple[str, str], bytes] = {}
        self.lists: dict[str, bytes] = {}
        """What each list is, equal for lists of the two files that are one (see
        :mod:`documents.word.redline.numbers`)."""
        self._numbered: dict[str, tuple[str, str]] | None = None
        self._looks: dict[bytes, bytes] = {}

    def key(self, node: Element, part: str) -> bytes:
        """What a piece of a part says. Equal for two pieces that look and read the same."""
        data = CHANCE.sub(b"", etree.tostring(node, with_tail=False))
        if b" r:" in data:
            data = RELATION.sub(lambda m: b" r:" + m[1] + b"=" + self._target(part, m[2].decode()), data)
        if b"noteReference" in data:
            data = NOTE.sub(rb"<\1note>", data)
        if b"numId" in data:
            data = NUMBER.sub(lambda m: b"<num " + self.number(m[1].decode()) + b">", data)
        if b"docPr" in data or b"cNvPr" in data:
            data = DRAWING.sub(rb"<\1", data)
        return SPLIT.sub(b"", data)

    def look(self, properties: Element | None) -> bytes:
        """What the properties of words say, in whatever order; nothing where there are none."""
        if properties is None or not len(properties):
            return b""
        data = etree.tostring(properties, with_tail=False)
        found = self._looks.get(data)
        if found is None:
            found = self._looks[data] = b"".join(sorted(self.property(node, "") for node in properties))
        return found

    def property(self, node: Element, part: str) -> bytes:
        """The value of one property, whatever the order of its attributes."""
        if len(node):
            return self.key(node, part)
        attributes = sorted(
            (str(name), str(value)) for name, value in node.attrib.items() if "rsid" not in str(name)
        )
        return f"{node.tag}{attributes}".encode()

    def relation(self, part: str, rel_id: str) -> Relationship | None:
        return self.file.package.rels(part).get(rel_id)

    def _target(self, part: str, rel_id: str) -> bytes:
        found = self._targets.get((part, rel_id))
        if found is None:
            relation = self.relation(part, rel_id)
            if relation is None:
                found = b"?"
            elif relation.external or not self.file.has(relation.target):
                found = relation.target.encode()
            else:
                found = hashlib.sha256(self.file.package.read(relation.target)).hexdigest().encode()
            self._targets[(part, rel_id)] = found
        return found

    def number(self, num_id: str) -> bytes:
        """Which list an id names."""
        return self.lists.get(num_id, b"none")

    def numbering(self, properties: Element | None) -> Numbering:
        """What gives a paragraph with these properties its number or bullet."""
        if self._numbered is None:
            root = self.part("styles")
            styles = {} if root is None else {n.get(w("styleId")) or "": n for n in root.iter(w("style"))}
            self._numbered = {name: _of_style(styles, name) for name in styles}
        own = child(properties, "numPr")
        style = val(properties, "pStyle") or ""
        listed = "" if own is None else val(own, "numId") or ""
        return Numbering(
            style, listed, val(own, "ilvl") or "0" if listed else "", self._numbered.get(style, ("", ""))
        )

    def part(self, kind: str) -> Element | None:
        """The root of a part that the main one leads to; None where there is none or it is broken."""
        name = self.file.related(kind)
        if name is None:
            return None
        try:
            return self.file.root(name)
        except Refused:
            return None


def lost_number(sides: tuple[Comparand, Comparand], before: Element, after: Element) -> str:
    """Whether LibreOffice, refusing a change of a paragraph's properties, would lose its number. ``other``
    where the number itself changes, ``same`` where something else does, else an empty text. It loses the
    level in a list that a paragraph names. And the number of a style that another one, or none, replaces."""
    old, new = (side.numbering(child(node, "pPr")) for side, node in zip(sides, (before, after), strict=True))
    if old.listed:
        if old.listed == "0" or (old.level == "0" and not old.by_style[0]):
            return ""
        same = old.style == new.style and old.level == new.level
        return "same" if same and sides[0].number(old.listed) == sides[1].number(new.listed) else "other"
    of_other = bool(new.by_style[0]) and new.by_style[1] != old.by_style[1]
    return "other" if old.by_style[0] and (new.listed == "0" or of_other) else ""


def _of_style(styles: dict[str, Element], name: str) -> tuple[str, str]:
    """The list and the level of a style's number or bullet, its own or from its base styles. Two empty texts
    where it has none."""
    seen: set[str] = set()
    listed = level = ""
    while name in styles and name not in seen and not listed:
        seen.add(name)
        number = child(child(styles[name], "pPr"), "numPr")
        listed, level = val(number, "numId") or "", level or val(number, "ilvl") or ""
        name = val(styles[name], "basedOn") or ""
    return ("", "") if listed in ("", "0") else (listed, level or "0")


def drop_unseen_blanks(side: Comparand) -> None:
    """Removes blanks at the ends of words without the attribute that preserves them. Word shows none there
    (ECMA-376-1, 17.3.3.31), and rewritten words have the attribute."""
    for root in (side.file.root(side.file.package.main), side.part("footnotes"), side.part("endnotes")):
        preserved = root is not None and root.get(SPACE) == "preserve"
        for node in () if root is None else root.iter(w("t"), w("delText")):
            space = node.get(SPACE)
            if node.text and space != "preserve" and not (preserved and space is None):
                node.text = node.text.strip(" \t\r\n")
