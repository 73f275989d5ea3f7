"""A Word file as a set of named parts with relationships, after the guard has let it in."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote

from documents.word.file import ns
from documents.word.file.refusal import Refused

LATENT, LATENT_END = b"<w:latentStyles ", b"</w:latentStyles>"
PLAIN = re.compile(r"[A-Za-z0-9_]+(?:/[A-Za-z0-9_]+)*\.[a-z]+\Z")
"""A target that means what it says, as nearly all do."""


@dataclass(frozen=True, slots=True)
class Relationship:
    """A link from a part to another one (``target`` is its name) or to the outside (``external``)."""

    id: str
    kind: str
    """The last word of the relationship's type: ``styles``, ``image``, ``hyperlink`` …"""
    target: str
    external: bool


class Names:
    """The names of a file's parts, of which two are one without regard to capitals (ECMA-376, part 2)."""

    def __init__(self, members: Collection[str]) -> None:
        self.members = members
        self._low: dict[str, str] | None = None

    def of(self, name: str) -> str:
        """The name of that part as the file has it; the same where there is none."""
        if name in self.members:
            return name
        if self._low is None:
            self._low = {member.lower(): member for member in self.members}
        return self._low.get(name.lower(), name)


@dataclass(eq=False)
class Package:
    """An opened file. Nothing in it is fetched from outside, and each part was counted before it got
    here."""

    archive: zipfile.ZipFile
    members: Mapping[str, zipfile.ZipInfo]
    names: Names = field(repr=False)
    main: str
    """The name of the part with the text, usually ``word/document.xml``."""
    sha256: str
    types: Mapping[str, str]
    """Content type by part name (``/word/document.xml`` without the slash) or by extension (``.png``)."""
    xml_parts: dict[str, bytes] = field(default_factory=dict, repr=False)
    known_rels: dict[str, dict[str, Relationship]] = field(default_factory=dict, repr=False)
    _trees: dict[str, ns.Element] = field(default_factory=dict, repr=False)

    def has(self, name: str) -> bool:
        return name in self.members

    def read(self, name: str) -> bytes:
        """The bytes of a part. Raises KeyError where there is none."""
        found = self.xml_parts.get(name)
        return found if found is not None else self.archive.read(self.members[name])

    def xml(self, name: str) -> ns.Element:
        """The root element of a part, parsed once. Raises Refused (broken, entities, too deep) or
        KeyError."""
        root = self._trees.get(name)
        if root is None:
            root = self._trees[name] = ns.parse(self.read(name), name)
        return root

    def styles(self) -> ns.Element | None:
        """The definitions of styles, to be read and not changed. They lack Word's list of its own hundreds
        (``w:latentStyles``), which is half of the part and irrelevant for a text. Raises Refused where they
        are broken."""
        name = self.related(self.main, "styles")
        if name is None or name in self._trees:
            return None if name is None else self._trees[name]
        data = self.read(name)
        start = data.find(LATENT)
        end = data.find(LATENT_END, start)
        if start < 0 or end < 0:
            return self.xml(name)
        try:
            return ns.parse(data[:start] + data[end + len(LATENT_END) :], name)
        except Refused:  # What is cut out so may be no element, in a comment for example.
            return self.xml(name)

    def content_type(self, name: str) -> str:
        extension = "." + name.rsplit(".", 1)[-1].lower()
        return self.types.get(name) or self.types.get(extension) or ""

    def rels(self, part: str) -> dict[str, Relationship]:
        """The relationships of a part by id (of the whole package for an empty name)."""
        found = self.known_rels.get(part)
        if found is None:
            folder, name = posixpath.split(part)
            path = posixpath.join(folder, "_rels", name + ".rels")
            path = self.names.of(path)
            found = read_rels(self.read(path), folder, path, self.names) if self.has(path) else {}
            self.known_rels[part] = found
        return found

    def related(self, part: str, kind: str) -> str | None:
        """The name of the first part that ``part`` refers to in that role, if it is in the file."""
        for rel in self.rels(part).values():
            if rel.kind == kind and not rel.external and self.has(rel.target):
                return rel.target
        return None

    def optional_xml(self, part: str, kind: str) -> ns.Element | None:
        """The root of a part that a text can do without (its properties, its comments); None if broken or
        absent."""
        name = self.related(part, kind)
        if name is None:
            return None
        try:
            return self.xml(name)
        except Refused:
            return None

    def needed_xml(self, part: str, kind: str) -> ns.Element | None:
        """The root of a part without which the text would be another one (styles, numbers, notes); None if
        absent. Raises Refused where it is broken."""
        name = self.related(part, kind)
        return None if name is None else self.xml(name)


def read_rels(data: bytes, folder: str, path: str, names: Names) -> dict[str, Relationship]:
    """Relationships by id from the bytes of a ``.rels`` part."""
    found: dict[str, Relationship] = {}
    for node in ns.parse(data, path).iter(f"{{{ns.PACKAGE_RELS}}}Relationship"):
        rel_id, kind, target = node.get("Id"), node.get("Type"), node.get("Target")
        if not rel_id or not kind or target is None:
            continue
        external = (node.get("TargetMode") or "").lower() == "external"
        if not external:
            target = names.of(resolve(folder, target))
        found[rel_id] = Relationship(rel_id, kind.rstrip("/").rsplit("/", 1)[-1], target, external)
    return found


def resolve(folder: str, target: str) -> str:
    """The part name that a relationship's target means, seen from a folder."""
    if PLAIN.match(target):
        return f"{folder}/{target}" if folder else target
    target = unquote(target.replace("\\", "/").split("#", 1)[0])
    whole = target if target.startswith("/") else posixpath.join("/", folder, target)
    return posixpath.normpath(whole).lstrip("/")
