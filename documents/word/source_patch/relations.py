"""The relationships of a source's parts, with room for more; and parts as bytes."""

from __future__ import annotations

from lxml import etree

from documents.word import ns
from documents.word.file.package import Package
from documents.word.markup import RELATION
from documents.word.ns import Element


class OpenRelations:
    """The relationships of a part of the source, with room for more."""

    def __init__(self, package: Package, part: str) -> None:
        self.package = package
        self.part = part
        self.known = {} if not part else package.rels(part)
        self.added: dict[str, tuple[str, str, bool]] = {}

    def add(self, kind: str, target: str, *, external: bool = False) -> str:
        """The id for a target, the same for the same target."""
        for rel in self.known.values():
            if rel.kind == kind and rel.external == external and rel.target == target and external:
                return rel.id
        if not external and not self.part.startswith("word/"):
            target = f"/word/{target}"
        entry = (RELATION + kind, target, external)
        for key, value in self.added.items():
            if value == entry:
                return key
        number = 1
        while f"rKodeks{number}" in self.known or f"rKodeks{number}" in self.added:
            number += 1
        self.added[f"rKodeks{number}"] = entry
        return f"rKodeks{number}"

    def changed(self, part: str) -> dict[str, bytes]:
        """The part of relationships with what was added."""
        if not self.added:
            return {}
        folder, _, base = part.rpartition("/")
        path = self.package.names.of(f"{folder}/_rels/{base}.rels" if folder else f"_rels/{base}.rels")
        if self.package.has(path):
            root = ns.parse(self.package.read(path), path)
        else:
            root = etree.Element(f"{{{ns.PACKAGE_RELS}}}Relationships", nsmap={None: ns.PACKAGE_RELS})  # type: ignore[dict-item]
        for rel_id, (kind, target, external) in self.added.items():
            node = etree.SubElement(root, f"{{{ns.PACKAGE_RELS}}}Relationship")
            node.set("Id", rel_id)
            node.set("Type", kind)
            node.set("Target", target)
            if external:
                node.set("TargetMode", "External")
        return {path: serialise(root)}


def serialise(root: Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
