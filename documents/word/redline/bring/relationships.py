"""Parts of the old file imported into the new one, such as pictures, and the relationships that name them."""

from __future__ import annotations

import posixpath

from lxml import etree

from documents.word.file.markup import RELATION, WORD_TYPE
from documents.word.file.ns import Element
from documents.word.file.package import Relationship
from documents.word.redline.compared.comparand import Comparand


class Relationships:
    """Brings each part and each relationship once, however often it is named."""

    def __init__(self, old: Comparand, new: Comparand) -> None:
        self.old, self.into = old, new
        self._relations: dict[tuple[str, str, str], str] = {}
        self._parts: dict[str, str] = {}

    def relation(self, rel_id: str, old_part: str, new_part: str) -> str:
        """The id, in a part of the new file, for the target of an id in the old one. Empty where it has
        none."""
        known = (old_part, rel_id, new_part)
        if known not in self._relations:
            relation = self.old.relation(old_part, rel_id)
            self._relations[known] = "" if relation is None else self._relate(new_part, relation, old_part)
        return self._relations[known]

    def _relate(self, new_part: str, relation: Relationship, old_part: str) -> str:
        """A relationship of a part of the new file to the same target; its id."""
        if relation.external or not self.old.file.has(relation.target):
            target, outside = relation.target, relation.external
        else:
            target, outside = "/" + self._same(relation.target), False
        kind = _type_of(self.old, old_part, relation.id)
        return self.into.file.relate(new_part, kind, target, external=outside)

    def _same(self, name: str) -> str:
        """A part of the old file, such as a picture, in the new one. It is the same one where the new one has
        it."""
        if name in self._parts:
            return self._parts[name]
        data = self.old.file.package.read(name)
        file = self.into.file
        if file.package.has(name) and file.package.read(name) == data:
            self._parts[name] = name
            return name
        stem, extension = posixpath.splitext(posixpath.basename(name))
        number = 1
        while file.has(made := f"{posixpath.dirname(name)}/old{number}_{stem[:60]}{extension}".lstrip("/")):
            number += 1
        self._parts[name] = made
        file.put(made, data)
        file.name_type(made, self.old.file.package.content_type(name))
        for relation in self.old.file.package.rels(name).values():
            target = relation.target
            if not relation.external and self.old.file.has(target):
                target = "/" + self._same(target)
            kind = _type_of(self.old, name, relation.id)
            file.relate(made, kind, target, external=relation.external, rel_id=relation.id)
        return made

    def more(self, kind: str, root: Element) -> str:
        """Adds another part of a kind to the package; its name. Nothing names it yet."""
        folder, number = posixpath.dirname(self.into.file.package.main), 1
        while self.into.file.has(name := posixpath.join(folder, f"{kind}Old{number}.xml")):
            number += 1
        return self._put(name, kind, root)

    def new(self, kind: str, root: Element) -> str:
        """Adds a part that the new file lacks to the package, which refers to it; its name."""
        main = self.into.file.package.main
        name = posixpath.join(posixpath.dirname(main), f"{kind}.xml")
        if self.into.file.has(name):
            name = posixpath.join(posixpath.dirname(main), f"{kind}Old.xml")
        self._put(name, kind, root)
        rel_id = self.relate(kind, name)
        self.into.file.package.rels(main)[rel_id] = Relationship(rel_id, kind, name, False)
        return name

    def _put(self, name: str, kind: str, root: Element) -> str:
        data = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
        self.into.file.put(name, data)
        self.into.file.name_type(name, f"{WORD_TYPE}{kind}+xml")
        return name

    def relate(self, kind: str, name: str) -> str:
        """A relationship of the text to a part of the new file; its id."""
        return self.into.file.relate(self.into.file.package.main, RELATION + kind, "/" + name)


def _type_of(side: Comparand, part: str, rel_id: str) -> str:
    """The whole type of a relationship; what Word's strict form calls otherwise, by its usual name."""
    for node in side.file.root(side.file.relations(part)):
        if node.get("Id") == rel_id:
            return node.get("Type") or ""
    return ""
