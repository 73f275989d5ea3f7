"""Headers and footers of the two files: which belong together, and those of one file alone.

A section shows its own headers, and where it names none those of the section before. Both texts are marked in
the new file's part. It gets one where it has none there, or shares one with a section with other words.
"""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass, field

from lxml import etree

from documents.text.align import matches
from documents.word.file import ns
from documents.word.file.markup import e
from documents.word.file.ns import Element, w
from documents.word.file.refusal import Refused
from documents.word.redline.bring.part_importer import DRAWN
from documents.word.redline.bring.relationships import Relationships
from documents.word.redline.compared.comparand import Comparand
from documents.word.redline.revision_marks import SHOWN

Key = tuple[str, str]
"""Header or footer, and its pages."""
KINDS = {w("headerReference"): "header", w("footerReference"): "footer"}
ROOTS = {"header": "hdr", "footer": "ftr"}
HEADERS = frozenset(w(name) for name in ROOTS.values())
SEEN = (*SHOWN, w("instrText"), w("fldSimple"), f"{{{ns.M}}}oMath")
OWN_NAMES = (w("bookmarkStart"), w("bookmarkEnd"), w("commentRangeStart"), w("commentRangeEnd"))


@dataclass
class Headers:
    """Pair the headers and footers of both files. Runs before the texts are compared, on the new file as
    read."""

    old: Comparand
    new: Comparand
    parts: Relationships
    pairs: list[tuple[Element, str, str]] = field(default_factory=list)
    """What was there in the old file, the old part (empty where there was none), the new one."""
    lost: list[str] = field(default_factory=list)
    """The words of those of the old file that no section of the new one has a place for."""
    _done: dict[str, bytes] = field(default_factory=dict)
    _known: dict[tuple[int, str], bytes] = field(default_factory=dict)
    _drawn: int = 800_000_000

    def find(self) -> list[tuple[Element, str, str]]:
        olds = [_references(self.old, section) for section in _sections(self.old)]
        shown_old = _shown(olds)
        sections = _sections(self.new)
        if not sections and any(shown_old):
            body = next(self.new.file.root(self.new.file.package.main).iter(w("body")))
            sections = [etree.SubElement(body, w("sectPr"))]
        news = [_references(self.new, section) for section in sections]
        shown_new = _shown(news)
        before: dict[Key, bytes] | None = {}
        seen: set[bytes] = set()
        for at, (place, stays) in enumerate(_counterparts(_sections(self.old), sections)):
            wanted = shown_old[place] if shown_old else {}
            contents = {key: self._content(self.old, name) for key, name in wanted.items()}
            seen.update(contents.values())
            for key in dict.fromkeys([*news[at], *shown_new[at], *wanted]):
                content = contents.get(key, b"")
                if key in news[at] or before is None or before.get(key, b"") != content:
                    own = news[at].get(key)
                    name = self._place(key, own, shown_new[at].get(key), content)
                    self._settle(sections[at], key, own, name, wanted.get(key))
            before = contents if stays else None
        self._by_name()
        self._find_lost(olds, seen)
        return self.pairs

    def _settle(
        self, section: Element, key: Key, own: str | None, name: str | None, old_name: str | None
    ) -> None:
        """Lets a section name the part in which its old header is marked, and pairs the two."""
        if name is None:
            return
        if name != own:
            self._name(section, key, name)
        if name not in self._done:
            self._pair(key, old_name, name, self._content(self.old, old_name))

    def _find_lost(self, olds: list[dict[Key, str]], seen: set[bytes]) -> None:
        """Notes the old headers that no section of the new file has a place for."""
        compared = {old_name for _, old_name, _ in self.pairs}
        for name in dict.fromkeys(name for own in olds for name in own.values()):
            content = self._content(self.old, name)
            if content and content not in seen and name not in compared:
                self.lost.append(ns.words(self.old.file.root(name))[:80])

    def _place(self, key: Key, own: str | None, shown: str | None, content: bytes) -> str | None:
        """The new file's part in which the old header is marked; None where both have nothing to show."""
        if own is not None and self._done.get(own, content) == content:
            return own
        if shown is not None:
            return self._copy(key, shown)
        return self.parts.more(KINDS[key[0]], e(ROOTS[KINDS[key[0]]], e("p"))) if content else None

    def _copy(self, key: Key, name: str) -> str:
        """A second copy of a part of the new file. It has new names for what may be in a file only once."""
        made = deepcopy(_root(self.new, name))
        assert made is not None  # noqa: S101
        for node in list(made.iter(*OWN_NAMES, w("id"))):
            parent = node.getparent()
            if parent is not None and (node.tag != w("id") or parent.tag == w("sdtPr")):
                parent.remove(node)
        for node in made.iter():
            for attribute in ("paraId", "textId"):
                node.attrib.pop(f"{{{ns.W14}}}{attribute}", "")
            if node.tag == DRAWN:
                self._drawn += 1
                node.set("id", str(self._drawn))
        copied = self.parts.more(KINDS[key[0]], made)
        package = self.new.file.package
        relations = self.new.file.relations(name)
        if package.has(relations):
            self.new.file.put(self.new.file.relations(copied), package.read(relations))
            package.rels(copied).update(package.rels(name))
        return copied

    def _name(self, section: Element, key: Key, name: str) -> None:
        """Lets a section name a part."""
        for node in list(section.iterchildren(key[0])):
            if (node.get(w("type")) or "default") == key[1]:
                section.remove(node)
        made = section.makeelement(key[0], {})
        made.set(w("type"), key[1])
        made.set(f"{{{ns.R}}}id", self.parts.relate(KINDS[key[0]], name))
        section.insert(0, made)

    def _pair(self, key: Key, old_name: str | None, name: str, content: bytes) -> None:
        self._done[name] = content
        if content == self._content(self.new, name):
            return
        found = None if old_name is None else _root(self.old, old_name)
        if found is None:
            found = e(ROOTS[KINDS[key[0]]], e("p"))
        self.pairs.append((found, old_name or "", name))

    def _by_name(self) -> None:
        """What no section names is compared by its name, so that nothing of it goes unseen."""
        olds = set(self.old.file.stories())
        for name in self.new.file.stories()[1:]:
            if name in self._done or name not in olds:
                continue
            before, after = _root(self.old, name), _root(self.new, name)
            if before is not None and after is not None and before.tag == after.tag and after.tag in HEADERS:
                self.pairs.append((before, name, name))

    def _content(self, side: Comparand, name: str | None) -> bytes:
        """The content of a part; empty where there is no part, or it shows nothing."""
        root = None if name is None else _root(side, name)
        if name is None or root is None or next(root.iter(*SEEN), None) is None:
            return b""
        known = (id(side), name)
        if known not in self._known:
            self._known[known] = b"".join(side.key(node, name) for node in root)
        return self._known[known]


def _sections(side: Comparand) -> list[Element]:
    return list(side.file.root(side.file.package.main).iter(w("sectPr")))


def _shown(sections: list[dict[Key, str]]) -> list[dict[Key, str]]:
    """What each section shows: its own, and those of the section before."""
    found: list[dict[Key, str]] = []
    for own in sections:
        found.append((found[-1] if found else {}) | own)
    return found


def _counterparts(olds: list[Element], news: list[Element]) -> list[tuple[int, bool]]:
    """The counterpart in the old file of each section of the new one. And whether its break stays when all
    changes are refused.

    Breaks behind the same words belong together, and the last sections. Of those between them the last ones
    have one. One before these (a cover) disappears, and the text before it shows what follows shows."""
    old_keys, new_keys = [_words_before(one) for one in olds[:-1]], [_words_before(one) for one in news[:-1]]
    found: dict[int, tuple[int, bool]] = {}
    i = j = 0
    for a, b, n in [*matches(old_keys, new_keys), (len(old_keys), len(new_keys), 0)]:
        for back in range(1, b - j + 1):
            found[b - back] = max(a - back, i), False
        found |= {b + step: (a + step, True) for step in range(n)}
        i, j = a + n, b + n
    found[len(news) - 1] = max(len(olds) - 1, 0), True
    return [found[at] for at in range(len(news))]


def _words_before(section: Element) -> str:
    """The words of the paragraph that ends a section, or of the one before it that has some."""
    paragraph = next(section.iterancestors(w("p")), None)
    while paragraph is not None:
        if words := ns.words(paragraph):
            return words
        paragraph = paragraph.getprevious()
    return ""


def _root(side: Comparand, name: str) -> Element | None:
    try:
        return side.file.root(name)
    except Refused:
        return None


def _references(side: Comparand, section: Element) -> dict[Key, str]:
    found: dict[Key, str] = {}
    for node in section.iter(*KINDS):
        for name, value in node.attrib.items():
            if str(name).endswith("}id"):
                relation = side.relation(side.file.package.main, str(value))
                if relation is None or relation.external or not side.file.has(relation.target):
                    continue
                if _root(side, relation.target) is not None:
                    found[(str(node.tag), node.get(w("type")) or "default")] = relation.target
    return found
