"""Pieces of the old file imported into the new one, with their pictures, links, styles, numbers and notes."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy

from lxml import etree

from documents.word.body.bookmarks import AT, OWN
from documents.word.file import ns
from documents.word.file.markup import e
from documents.word.file.ns import VAL, Element, w
from documents.word.file.refusal import Refused
from documents.word.redline.bring.numbers import Numbers, free
from documents.word.redline.bring.relationships import Relationships
from documents.word.redline.compared.comparand import Comparand
from documents.word.redline.revision_marks import RevisionMarks

STYLED = (w("pStyle"), w("rStyle"), w("tblStyle"))
NOTES = {w("footnoteReference"): "footnote", w("endnoteReference"): "endnote"}
DROPPED = (
    *("commentRangeStart", "commentRangeEnd", "commentReference", "sectPr", "proofErr"),
    *("lastRenderedPageBreak", "permStart", "permEnd", "altChunk"),
)  # fmt: skip
DRAWN = f"{{{ns.WP}}}docPr"
START, END, ID = w("bookmarkStart"), w("bookmarkEnd"), w("id")
CHOICE = f"{{{ns.MC}}}Choice"


class PartImporter:
    """Brings copies of the old file's elements into the new file."""

    def __init__(self, old: Comparand, new: Comparand, marks: RevisionMarks) -> None:
        self.old, self.new = old, new
        self.marks = marks
        self._taken = {_name(node) for root in _stories(new) for node in root.iter(START)}
        self.parts = Relationships(old, new)
        self.imported: set[str] = set()
        """The ids of the imported styles of the old file."""
        self._styles: dict[str, str] | None = None
        self._notes: dict[tuple[str, str], str] = {}
        self._texts: dict[str, dict[str, Element]] = {}
        self._last: dict[str, int] = {}
        self._drawn = 0
        self.numbers = Numbers(old, new, self.parts, self.imported)

    def copy(self, node: Element, old_part: str, new_part: str) -> Element:
        """A copy of an element of ``old_part`` that can be in ``new_part``."""
        made = deepcopy(node)
        made.tail = None
        for was, choice in zip(list(node.iter(CHOICE)), list(made.iter(CHOICE)), strict=True):
            _name_required(was, choice)
        for element in list(made.iter(*(w(name) for name in DROPPED))):
            ns.remove(element)
        self._bookmarks(made)
        for inner in made.iter():
            self._name_anew(inner, old_part, new_part)
        return made

    def _name_anew(self, node: Element, old_part: str, new_part: str) -> None:
        """Lets an element name what the new file has, or gets, for what it names in the old one."""
        for key, value in list(node.attrib.items()):
            name = str(key)
            if name.startswith(f"{{{ns.R}}}"):
                node.set(name, self.parts.relation(str(value), old_part, new_part))
            elif name in (f"{{{ns.W14}}}paraId", f"{{{ns.W14}}}textId"):
                del node.attrib[key]
        if node.tag in STYLED:
            node.set(VAL, self.style(node.get(VAL) or ""))
        elif node.tag == w("numId"):
            node.set(VAL, self.numbers.number(node.get(VAL) or "0"))
        elif node.tag in NOTES:
            node.set(w("id"), self._note(NOTES[node.tag], node.get(w("id")) or ""))
        elif node.tag == DRAWN:
            self._drawn += 1
            node.set("id", str(900_000_000 + self._drawn))

    def _bookmarks(self, made: Element) -> None:
        """Leaves the bookmarks whose names the new file lacks, with ids of their own. The others go, and
        those that begin or end elsewhere."""
        ends = {node.get(ID): node for node in made.iter(END)}
        stay: set[Element] = set()
        for start in made.iter(START):
            name, end = start.get(w("name")) or "", ends.get(start.get(ID))
            if end is None or _name(start) in self._taken or AT.match(name) or OWN.match(name):
                continue
            self._taken.add(_name(start))
            self.marks.number += 1
            stay |= {start, end}
            for node in (start, end):
                node.set(ID, str(self.marks.number))
        for node in [node for node in made.iter(START, END) if node not in stay]:
            ns.remove(node)

    def style(self, style_id: str) -> str:
        """The new file's id for a style of the old one. By id, by name, or the style itself with its base
        styles."""
        root = self.new.part("styles")
        if root is None:
            return style_id
        if self._styles is None:
            ids = [node.get(w("styleId")) or "" for node in root.iter(w("style"))]
            self._styles = dict(zip(ids, ids, strict=True))
        if style_id not in self._styles:
            self._styles[style_id] = style_id
            old_root = self.old.part("styles")
            styles = () if old_root is None else old_root.iter(w("style"))
            found = next((node for node in styles if node.get(w("styleId")) == style_id), None)
            if found is not None:
                self._import_style(style_id, found, root)
        return self._styles[style_id]

    def _import_style(self, style_id: str, found: Element, root: Element) -> None:
        """Finds a style of the old file by its name among those of the new one, or imports it."""
        assert self._styles is not None  # noqa: S101 - its caller filled it
        name = ns.val(found, "name")
        for node in root.iter(w("style")):
            if ns.val(node, "name") == name and node.get(w("type")) == found.get(w("type")):
                self._styles[style_id] = node.get(w("styleId")) or style_id
                return
        self.imported.add(style_id)
        made = deepcopy(found)
        if w("default") in made.attrib:
            del made.attrib[w("default")]
        root.append(made)
        for inner in made.iter(w("basedOn"), w("link"), w("next")):
            inner.set(VAL, self.style(inner.get(VAL) or ""))
        for inner in made.iter(w("numId")):
            inner.set(VAL, self.numbers.number(inner.get(VAL) or "0"))
        for kind in ("styles", "stylesWithEffects"):
            # Word 2010 wrote its styles twice.
            name_of, twin = self.new.file.related(kind), self.new.part(kind)
            if name_of and twin is not None:
                if twin is not root:
                    twin.append(deepcopy(made))
                self.new.file.touch(name_of)

    def _note(self, kind: str, note_id: str) -> str:
        """A note of the old file in the new one; its id there."""
        known = (kind, note_id)
        if known in self._notes:
            return self._notes[known]
        old_name = self.old.file.related(kind + "s")
        if kind not in self._texts:
            old_root = self.old.part(kind + "s")
            nodes = [] if old_root is None else list(old_root.iter(w(kind)))
            self._texts[kind] = {node.get(w("id")) or "": node for node in nodes}
        found = self._texts[kind].get(note_id)
        name = self.new.file.related(kind + "s")
        if name is None:
            lines = (("separator", -1), ("continuationSeparator", 0))
            root = e(kind + "s", *(e(kind, e("p", e("r", e(line))), type=line, id=n) for line, n in lines))
            name = self.parts.new(kind + "s", root)
        root = self.new.file.root(name)
        if kind not in self._last:
            # No reference may have it either: one that leads to nothing would lead to this note.
            text = self.new.file.root(self.new.file.package.main)
            taken = int(free(root, kind, "id")), int(free(text, f"{kind}Reference", "id"))
            self._last[kind] = max(taken) - 1
        self._last[kind] += 1
        made_id = str(self._last[kind])
        self._notes[known] = made_id
        holder = e(kind, e("p"), id=made_id)
        root.append(holder)
        if found is not None and old_name is not None:
            made = self.copy(found, old_name, name)
            made.set(w("id"), made_id)
            root.replace(holder, made)
        self.new.file.touch(name)
        return made_id


def _stories(side: Comparand) -> Iterator[Element]:
    """The roots of the parts with text that are whole."""
    for name in side.file.stories():
        try:
            yield side.file.root(name)
        except Refused:
            continue


def _name(start: Element) -> str:
    """The name of a bookmark as Word takes it: capitals don't count."""
    return (start.get(w("name")) or "").casefold()


def _name_required(was: Element, made: Element) -> None:
    """Lets a choice declare its required namespaces, which the new file may lack. Word opens no file with an
    undeclared prefix."""
    wanted = {
        prefix: was.nsmap[prefix] for prefix in (was.get("Requires") or "").split() if prefix in was.nsmap
    }
    parent = made.getparent()
    if parent is not None and wanted:
        choice = etree.Element(
            CHOICE, {str(name): str(value) for name, value in made.attrib.items()}, nsmap=wanted
        )
        choice.extend(list(made))
        parent.replace(made, choice)
