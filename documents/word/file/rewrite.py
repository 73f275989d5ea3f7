"""A Word file with some of its parts rewritten; every other part stays byte for byte."""

from __future__ import annotations

import io
import posixpath
import zipfile

from lxml import etree

from documents.word.file import ns
from documents.word.file.ns import Element
from documents.word.file.package import Package

STORIES = ("header", "footer", "footnotes", "endnotes", "comments")
"""The relationships of the main part that lead to other parts with text in them."""
LOOKS = ("styles", "numbering")
TYPES = "[Content_Types].xml"


class Rewritten:
    """An opened file and what was changed in it.

    :meth:`root` gives a part to work on; what was worked on is named to :meth:`touch`; :meth:`to_bytes`
    makes the file.
    """

    def __init__(self, package: Package) -> None:
        self.package = package
        self._roots: dict[str, Element] = {}
        self._touched: set[str] = set()
        self._added: dict[str, bytes] = {}

    def has(self, name: str) -> bool:
        return self.package.has(name) or name in self._added

    def root(self, name: str) -> Element:
        """The root of a part, with strict names brought to transitional ones. Raises Refused where it is
        broken."""
        found = self._roots.get(name)
        if found is None:
            data = self._added[name] if name in self._added else self.package.read(name)
            found = self._roots[name] = ns.parse(data, name)
        return found

    def touch(self, name: str) -> None:
        self._touched.add(name)

    def put(self, name: str, data: bytes) -> None:
        """Puts a part in, or in the place of the one of that name."""
        self._added[name] = data
        self._roots.pop(name, None)
        self._touched.discard(name)

    def relations(self, part: str) -> str:
        """The name of the part with the relationships of a part, there or not."""
        folder, name = posixpath.split(part)
        return self.package.names.of(posixpath.join(folder, "_rels", name + ".rels"))

    def relate(self, part: str, kind: str, target: str, *, external: bool = False, rel_id: str = "") -> str:
        """The id of a relationship of a part to a target, made where there is none. ``kind``: its whole type;
        ``rel_id``: the id of a new one."""
        name = self.relations(part)
        if not self.has(name):
            self.put(name, f'<Relationships xmlns="{ns.PACKAGE_RELS}"/>'.encode())
        root = self.root(name)
        wanted = {"Type": kind, "Target": target} | ({"TargetMode": "External"} if external else {})
        ids = {node.get("Id") or "": node for node in root}
        for found, node in () if rel_id else ids.items():
            if {key: value for key, value in node.attrib.items() if key != "Id"} == wanted:
                return found
        made = rel_id or next(one for n in range(1, len(ids) + 2) if (one := f"rKodeks{n}") not in ids)
        etree.SubElement(root, f"{{{ns.PACKAGE_RELS}}}Relationship", {"Id": made} | wanted)
        self.touch(name)
        return made

    def name_type(self, name: str, kind: str) -> None:
        """Names the content type of a new part, where it is known."""
        if kind:
            part = {"PartName": "/" + name, "ContentType": kind}
            etree.SubElement(self.root(TYPES), f"{{{ns.CONTENT_TYPES}}}Override", part)
            self.touch(TYPES)

    def stories(self) -> list[str]:
        """The main part and every part with text in it that the main part leads to."""
        return [self.package.main, *self._related(STORIES)]

    def looks(self) -> list[str]:
        """The parts with styles and numbers."""
        return self._related(LOOKS)

    def related(self, kind: str) -> str | None:
        names = self._related((kind,))
        return names[0] if names else None

    def _related(self, kinds: tuple[str, ...]) -> list[str]:
        found = dict.fromkeys(
            relation.target
            for relation in self.package.rels(self.package.main).values()
            if relation.kind in kinds and not relation.external and self.has(relation.target)
        )
        found.pop(self.package.main, None)
        return list(found)

    def to_bytes(self) -> bytes:
        """The file: parts in their original order, added ones at the end."""
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
            for name, info in self.package.members.items():
                made.writestr(_entry(name, info.date_time), self.bytes_of(name))
            for name in sorted(self._added):
                if not self.package.has(name):
                    made.writestr(_entry(name, (1980, 1, 1, 0, 0, 0)), self.bytes_of(name))
        return target.getvalue()

    def bytes_of(self, name: str) -> bytes:
        """A part as it is now."""
        if name in self._touched and name in self._roots:
            return self._written(name, self._roots[name])
        return self._added[name] if name in self._added else self.package.read(name)

    def _written(self, name: str, root: Element) -> bytes:
        return written_like(root, self.package.read(name) if self.package.has(name) else b"")


def written_like(root: Element, source: bytes) -> bytes:
    """The bytes of a part that was ``source``. It has all its namespaces, as Word opens no file in which
    mc:Ignorable names an undeclared one. It has the names of the strict standard where it had them."""
    data = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    if b"http://purl.oclc.org/ooxml/" in source:
        for strict, transitional in ns.STRICT:
            data = data.replace(b'"' + transitional + b'"', b'"' + strict + b'"')
    return data


def _entry(name: str, date: tuple[int, int, int, int, int, int]) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, date if 1980 <= date[0] <= 2107 else (1980, 1, 1, 0, 0, 0))
    info.compress_type = zipfile.ZIP_DEFLATED
    return info
