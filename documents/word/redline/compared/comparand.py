"""One of two compared files: the meaning of its pieces of XML, without differences by chance."""

from __future__ import annotations

import hashlib
import re

from lxml import etree

from documents.word.file.ns import XML, Element, w
from documents.word.file.package import Relationship
from documents.word.file.refusal import Refused
from documents.word.file.rewrite import Rewritten

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


class Comparand:
    """A file with its tracked changes accepted."""

    def __init__(self, file: Rewritten) -> None:
        self.file = file
        self._targets: dict[tuple[str, str], bytes] = {}
        self.lists: dict[str, bytes] = {}
        """What each list is, equal for lists of the two files that are one (see
        :mod:`documents.word.redline.bring.numbers`)."""
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

    def part(self, kind: str) -> Element | None:
        """The root of a part that the main one leads to; None where there is none or it is broken."""
        name = self.file.related(kind)
        if name is None:
            return None
        try:
            return self.file.root(name)
        except Refused:
            return None


def drop_unseen_blanks(side: Comparand) -> None:
    """Removes blanks at the ends of words without the attribute that preserves them. Word shows none there
    (ECMA-376-1, 17.3.3.31), and rewritten words have the attribute."""
    for root in (side.file.root(side.file.package.main), side.part("footnotes"), side.part("endnotes")):
        preserved = root is not None and root.get(SPACE) == "preserve"
        for node in () if root is None else root.iter(w("t"), w("delText")):
            space = node.get(SPACE)
            if node.text and space != "preserve" and not (preserved and space is None):
                node.text = node.text.strip(" \t\r\n")
