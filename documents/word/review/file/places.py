"""In which section of a Word file its paragraphs, changes and comments are."""

from __future__ import annotations

from collections import deque
from collections.abc import Container, Iterable, Iterator

from documents.text import SectionTree
from documents.word.body.bookmarks import uid_of
from documents.word.file.ns import Element, w
from documents.word.file.package import Package
from documents.word.read.context import Trace
from documents.word.review.file.tracked import KINDS

BLOCKS = (w("p"), w("tbl"), w("sdt"))
COMMENTED = (w("commentRangeStart"), w("commentRangeEnd"), w("commentReference"), w("t"))
NOTES = {w("footnoteReference"): ("footnotes", "footnote"), w("endnoteReference"): ("endnotes", "endnote")}


def uids_of(tree: SectionTree, trace: Trace) -> dict[Element, str]:
    """The section of every element that a heading or a block was read from."""
    queues = {sha256: deque(found) for sha256, found in trace.blocks.items()}
    found: dict[Element, str] = {}
    for index, section in enumerate(tree):
        for element in trace.headings[index]:
            found[element] = section.uid
        for block in section.text.body["blocks"]:
            queue = queues.get((block.get("attrs") or {}).get("ooxml", ""))
            for element in queue.popleft() if queue else ():
                found[element] = section.uid
    return found


def walk(package: Package, uids: dict[Element, str]) -> Iterator[tuple[Element, str]]:
    """The blocks of the text and the marks of changes and comments, with the uid of their section. Those of a
    note follow its reference."""
    notes = _notes(package)
    tags = (*BLOCKS, *KINDS, *NOTES)
    if package.related(package.main, "comments") is not None:
        tags += COMMENTED
    uid = next(iter(uids.values()), "")
    known, deleted = frozenset(uids.values()), ""
    for element in package.xml(package.main).iter(*tags):
        if element.tag == w("p"):
            deleted = _deleted_section(element, known, deleted)
        uid = deleted or uids.get(element, uid)
        yield element, uid
        if element.tag in NOTES:
            note = notes.pop((element.tag, element.get(w("id")) or ""), None)
            for inner in note.iter(*tags) if note is not None else ():
                yield inner, uid


def _deleted_section(paragraph: Element, known: Container[str], deleted: str) -> str:
    """The uid of a deleted paragraph's section, where the full section is deleted."""
    names: Iterable[str] = (node.get(w("name")) or "" for node in paragraph.iter(w("bookmarkStart")))
    uid = uid_of(names)
    if uid:
        return "" if uid in known else uid
    return deleted if deleted and goes(paragraph) else ""


def goes(paragraph: Element | None) -> bool:
    """Whether all words of a paragraph are marked as moved away or deleted."""
    if paragraph is None or paragraph.tag != w("p"):
        return False
    going = {w("moveFrom"), w("del")}
    runs = list(paragraph.iter(w("r")))
    return bool(runs) and all(any(above.tag in going for above in run.iterancestors()) for run in runs)


def _notes(package: Package) -> dict[tuple[str, str], Element]:
    found = {}
    for reference, (role, tag) in NOTES.items():
        root = package.optional_xml(package.main, role)
        for note in root.iterchildren(w(tag)) if root is not None else ():
            found[(reference, note.get(w("id")) or "")] = note
    return found
