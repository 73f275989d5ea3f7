"""Matches the lists of the two files, and imports those that the new one lacks.

Lists that share a definition continue one another. Lists with definitions of their own don't, however
similar. So each definition of the old file belongs to at most one of the new file's. Each list that restarts
belongs to one list.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Set
from copy import deepcopy

from lxml import etree

from documents.word.definitions.numbering import Numbering, read_numbering
from documents.word.definitions.styles import Styles, read_styles
from documents.word.file import ns
from documents.word.file.markup import e
from documents.word.file.ns import VAL, Element, child, val, w
from documents.word.redline.bring.relationships import Relationships
from documents.word.redline.compared.comparand import CHANCE, Comparand
from documents.word.redline.revision_marks import place_in

Place = tuple[str, int] | None
"""A list and a level of it, on which a paragraph is; None where it has no number."""
Naming = tuple[str | None, str | None, str | None]
"""The style, the list and the level that a paragraph names."""
LINKS = frozenset({w("nsid"), w("tmpl"), w("name"), w("styleLink"), w("numStyleLink")})
"""What of a definition says nothing of how it counts and looks."""


class Lists:
    """The lists of one file, and on which of them its paragraphs are."""

    def __init__(self, side: Comparand) -> None:
        self.side = side
        self.styles: Styles = read_styles(side.part("styles"))
        root = side.part("numbering")
        self.numbering: Numbering = read_numbering(root, self.styles)
        nodes = () if root is None else root.iterchildren(w("num"))
        self.nodes = {node.get(w("numId")) or "": node for node in nodes}
        self._overrides: dict[str, tuple[bytes, bool]] = {}
        self._definitions: dict[str, bytes] = {}
        self._places: dict[Naming, Place] = {}

    def owner(self, num_id: str) -> str | None:
        """The definition by which a list counts; None where there is none."""
        owner = self.numbering.owner(num_id) if num_id in self.numbering.nums else None
        return owner if owner in self.numbering.abstracts else None

    def definition(self, owner: str) -> bytes:
        found = self._definitions.get(owner)
        if found is None:
            kind = self.numbering.abstracts[owner]
            found = b"".join(
                CHANCE.sub(b"", etree.tostring(n, with_tail=False)) for n in kind if n.tag not in LINKS
            )
            self._definitions[owner] = found
        return found

    def overrides(self, num_id: str) -> tuple[bytes, bool]:
        """The overrides of a list, and whether it restarts its numbers."""
        found = self._overrides.get(num_id)
        if found is None:
            nodes = list(self.nodes[num_id].iterchildren(w("lvlOverride")))
            overridden = b"".join(CHANCE.sub(b"", etree.tostring(node, with_tail=False)) for node in nodes)
            found = overridden, any(child(node, "startOverride") is not None for node in nodes)
            self._overrides[num_id] = found
        return found

    def key(self, num_id: str) -> bytes:
        """Equal for two lists of this file in which a paragraph would have the same number."""
        owner = self.owner(num_id)
        if owner is None:
            return b"none"
        overridden, restarts = self.overrides(num_id)
        return b"anew " + num_id.encode() if restarts else owner.encode() + b" " + overridden

    def place(self, naming: Naming) -> Place:
        if naming not in self._places:
            style, num_id, ilvl = naming
            level = None if ilvl is None else ns.number(ilvl, 0)
            found = self.numbering.place(num_id, level, self.styles.paragraph(style))
            self._places[naming] = None if found is None or self.owner(found[0]) is None else found
        return self._places[naming]


class Numbers:
    """Finds and brings the lists of the old file in the new one."""

    def __init__(self, old: Comparand, new: Comparand, parts: Relationships, styles: Set[str]) -> None:
        """``styles``: the ids of the old file's styles that were imported so far."""
        self.parts, self.styles = parts, styles
        self.old, self.new = Lists(old), Lists(new)
        self._owners: dict[str, str] = {}
        self._nums: dict[str, str] = {}
        self._match()
        new.lists = {num_id: self.new.key(num_id) for num_id in self.new.nodes}
        old.lists = {num_id: self._key(num_id) for num_id in self.old.nodes}

    def number(self, num_id: str) -> str:
        """The new file's id for a list of the old one: of its list, or of the list imported along. A list
        that the old file names and doesn't have is none, whatever the new file calls so."""
        if self.old.owner(num_id) is None:
            return "0"
        if num_id not in self._nums:
            self._bring(num_id)
        return self._nums[num_id]

    def _key(self, num_id: str) -> bytes:
        if self.old.owner(num_id) is None:
            return b"none"
        found = self._nums.get(num_id)
        return b"old " + num_id.encode() if found is None else self.new.key(found)

    def _match(self) -> None:
        """Pairs first the lists with most equal paragraphs, then those of one id, then the rest of each."""
        news: dict[str, str] = {}
        for text, num_id in _numbered(self.new):
            news.setdefault(text, num_id)
        votes = Counter((num_id, news[text]) for text, num_id in _numbered(self.old) if text in news)
        for (old, new), _ in votes.most_common():
            self._pair(old, new)
        for num_id in self.old.nodes:
            self._pair(num_id, num_id)
        wanted: dict[bytes, list[str]] = {}
        for num_id in self.new.nodes:
            if (owner := self.new.owner(num_id)) is not None:
                wanted.setdefault(self.new.definition(owner), []).append(num_id)
        for num_id in self.old.nodes:
            if (owner := self.old.owner(num_id)) is not None:
                for other in wanted.get(self.old.definition(owner), ()):
                    self._pair(num_id, other)

    def _pair(self, old: str, new: str) -> None:
        """Pair two lists that count and look the same, if neither is paired yet."""
        owners = self.old.owner(old), self.new.owner(new)
        if old in self._nums or owners[0] is None or owners[1] is None:
            return
        known = self._owners.get(owners[0])
        if known is None:
            if owners[1] in self._owners.values():
                return
            if self.old.definition(owners[0]) != self.new.definition(owners[1]):
                return
        elif known != owners[1]:
            return
        overridden, restarts = self.old.overrides(old)
        if (overridden, restarts) != self.new.overrides(new) or (restarts and new in self._nums.values()):
            return
        self._owners[owners[0]] = owners[1]
        self._nums[old] = new

    def _bring(self, num_id: str) -> None:
        owner = self.old.owner(num_id)
        assert owner is not None  # noqa: S101
        file = self.new.side.file
        name = file.related("numbering")
        if name is None:
            name = self.parts.new("numbering", e("numbering"))
        root = file.root(name)
        self._nums[num_id] = free(root, "num", "numId")
        made = e("num", e("abstractNumId"), numId=self._nums[num_id])
        made.extend(deepcopy(node) for node in self.old.nodes[num_id].iterchildren(w("lvlOverride")))
        if owner not in self._owners:
            self._owners[owner] = free(root, "abstractNum", "abstractNumId")
            kind = deepcopy(self.old.numbering.abstracts[owner])
            kind.set(w("abstractNumId"), self._owners[owner])
            for node in [node for node in kind if node.tag in LINKS]:
                kind.remove(node)
            self._settle_levels(kind)
            place_in(root, kind, ("num", "numIdMacAtCleanup"))
        made[0].set(VAL, self._owners[owner])
        self._settle_levels(made)
        place_in(root, made, ("numIdMacAtCleanup",))
        file.touch(name)

    def _settle_levels(self, kind: Element) -> None:
        """Of levels that count for a style only those of imported styles name it. A picture as a bullet is
        left to the sign beside it."""
        for node in list(kind.iter(w("pStyle"), w("lvlPicBulletId"))):
            if node.tag != w("pStyle") or node.get(VAL) not in self.styles:
                ns.remove(node)


def _naming(paragraph: Element) -> Naming:
    properties = child(paragraph, "pPr")
    if properties is None:
        return None, None, None
    numbers = child(properties, "numPr")
    if numbers is None:
        return val(properties, "pStyle"), None, None
    return val(properties, "pStyle"), val(numbers, "numId"), val(numbers, "ilvl")


def _numbered(lists: Lists) -> Iterator[tuple[str, str]]:
    """The words and the list of every paragraph with a number or a bullet."""
    file = lists.side.file
    for paragraph in file.root(file.package.main).iter(w("p")):
        place = lists.place(_naming(paragraph))
        if place is not None:
            yield "".join([node.text or "" for node in paragraph.iter(w("t"))]), place[0]


def free(root: Element, name: str, attribute: str) -> str:
    return str(max((ns.number(n.get(w(attribute)), 0) for n in root.iter(w(name))), default=0) + 1)
