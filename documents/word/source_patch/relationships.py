"""The relationships of a part of the source, with new ones."""

from __future__ import annotations

from lxml import etree

from documents.word import ns
from documents.word.file.rewrite import Rewritten
from documents.word.markup import RELATION, Relations


class NewRelationships(Relations):
    """Those that were added to the ones that a part has."""

    def __init__(self, file: Rewritten, part: str) -> None:
        super().__init__()
        self.file, self.part = file, part
        self.known = file.package.rels(part) if file.package.has(part) else {}
        self.ids: dict[tuple[str, str, bool], str] = {}

    def add(self, kind: str, target: str, *, external: bool = False) -> str:
        """The id for a target, the same for the same target."""
        for rel in self.known.values():
            if external and (rel.kind, rel.external, rel.target) == (kind, True, target):
                return rel.id
        if not external and not self.part.startswith("word/"):
            target = f"/word/{target}"
        entry = (RELATION + kind, target, external)
        if entry not in self.ids:
            number = len(self.ids) + 1
            while f"rKodeks{number}" in (*self.known, *self.ids.values()):
                number += 1
            self.ids[entry] = f"rKodeks{number}"
        return self.ids[entry]

    def save(self) -> None:
        """Writes those that were added into the file."""
        if not self.ids:
            return
        name = self.file.relations(self.part)
        if not self.file.has(name):
            empty = etree.Element(f"{{{ns.PACKAGE_RELS}}}Relationships", nsmap={None: ns.PACKAGE_RELS})  # type: ignore[dict-item]
            self.file.put(
                name, etree.tostring(empty, xml_declaration=True, encoding="UTF-8", standalone=True)
            )
        root = self.file.root(name)
        for (kind, target, external), rel_id in self.ids.items():
            node = etree.SubElement(root, f"{{{ns.PACKAGE_RELS}}}Relationship")
            node.attrib.update({"Id": rel_id, "Type": kind, "Target": target})
            if external:
                node.set("TargetMode", "External")
        self.file.touch(name)
