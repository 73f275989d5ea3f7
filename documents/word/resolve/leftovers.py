"""What loses its counterpart when tracked changes are resolved: notes, comments and the ends of bookmarks."""

from __future__ import annotations

from collections.abc import Iterable

from documents.word.file import ns
from documents.word.file.ns import Element, remove, w
from documents.word.file.rewrite import Rewritten

REFERENCES = {
    "footnoteReference": ("footnotes", "footnote"),
    "endnoteReference": ("endnotes", "endnote"),
    "commentReference": ("comments", "comment"),
}
PAIRS = (("bookmarkStart", "bookmarkEnd"), ("commentRangeStart", "commentRangeEnd"), ("permStart", "permEnd"))


class Leftovers:
    """Look at each part before it is resolved, and afterwards clear what is no longer whole."""

    def __init__(self, file: Rewritten) -> None:
        self.file = file
        self.looked: list[str] = []
        self.references: dict[str, set[str]] = {name: set() for name in REFERENCES}
        self.pairs: dict[tuple[str, str], set[str]] = {}

    def look(self, name: str) -> None:
        root = self.file.root(name)
        self.looked.append(name)
        for reference in REFERENCES:
            self.references[reference] |= _ids(root, reference)
        for start, end in PAIRS:
            self.pairs[(name, start)] = _ids(root, start) & _ids(root, end)

    def clear(self) -> None:
        missing: dict[str, set[str]] = {}
        for reference, before in self.references.items():
            left: set[str] = set()
            for name in self.looked:
                left |= _ids(self.file.root(name), reference)
            missing[reference] = before - left
            self._clear_texts(reference, missing[reference])
        for name in self.looked:
            root = self.file.root(name)
            for start, end in PAIRS:
                starts, ends = _ids(root, start), _ids(root, end)
                orphans = self.pairs[(name, start)] & (starts ^ ends)
                if start == "commentRangeStart":
                    orphans |= missing["commentReference"]
                _drop(root, (start, end), orphans)

    def _clear_texts(self, reference: str, ids: set[str]) -> None:
        """Takes out the notes and comments whose place in the text has gone."""
        kind, element = REFERENCES[reference]
        name = self.file.related(kind)
        if not ids or name is None:
            return
        root = self.file.root(name)
        paragraphs = {
            node.get(f"{{{ns.W14}}}paraId")
            for text in root.iter(w(element))
            if text.get(w("id")) in ids
            for node in text.iter(w("p"))
        } - {None}
        if _drop(root, (element,), ids):
            self.file.touch(name)
        if reference == "commentReference" and paragraphs:
            self._clear_threads(paragraphs)

    def _clear_threads(self, paragraphs: set[str | None]) -> None:
        """Who answered whom in comments is in a part of its own, by the ids of paragraphs."""
        name = self.file.related("commentsExtended")
        if name is None:
            return
        root = self.file.root(name)
        for node in list(root):
            if any(
                str(key).endswith("}paraId") and value in paragraphs for key, value in node.attrib.items()
            ):
                root.remove(node)
                self.file.touch(name)


def _ids(root: Element, name: str) -> set[str]:
    return {found for node in root.iter(w(name)) if (found := node.get(w("id"))) is not None}


def _drop(root: Element, names: Iterable[str], ids: set[str]) -> bool:
    if not ids:
        return False
    found = [node for node in root.iter(*(w(name) for name in names)) if node.get(w("id")) in ids]
    for node in found:
        remove(node)
    return bool(found)
