"""The sections of a source: where each is in the body of the file."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace

from documents.text import Section, SectionTree
from documents.word.file.ns import Element, w
from documents.word.languages.align import with_uids
from documents.word.read.context import Trace

HOLDERS = frozenset({w("sdt"), w("sdtContent"), w("customXml"), w("ins"), w("moveTo"), w("smartTag")})


@dataclass(eq=False)
class SourceSection:
    """A section of the source: its text, and where its heading and blocks are."""

    section: Section
    heading: list[Element] = field(default_factory=list)
    blocks: list[list[Element]] = field(default_factory=list)
    notes: dict[str, Element] = field(default_factory=dict)
    """By the name of each of its notes, the reference to it."""
    outline: int = 0
    """The level of its heading by its look, 0 for text."""
    children: list[Element] = field(default_factory=list)
    """The children of the body from its first to the next section's."""


def find_sections(
    read: SectionTree, trace: Trace, uids: Sequence[str], tree: SectionTree
) -> dict[str, SourceSection]:
    """The source's sections by the uids of the draft."""
    names = _names(read, uids, tree)
    queues = {sha256: deque(found) for sha256, found in trace.blocks.items()}
    # The blocks refer to sections by the uids of this reading, and those of the draft by its own.
    renamed = {section.uid: name for section, name in zip(read, names, strict=True) if name}
    found: dict[str, SourceSection] = {}
    for index, section in enumerate(read):
        ours = [
            queues.get((block.get("attrs") or {}).get("ooxml", "")) for block in section.text.body["blocks"]
        ]
        name = names[index] if names[index] and names[index] not in found else section.uid
        text = replace(section.text, body=with_uids(section.text.body, renamed))
        found[name] = SourceSection(
            replace(section, text=text),
            trace.headings[index],
            [list(queue.popleft()) if queue else [] for queue in ours],
            trace.notes[index],
            trace.looks.get(section.uid, (None, 0))[1],
        )
    return found


def _names(read: SectionTree, uids: Sequence[str], tree: SectionTree) -> list[str]:
    """The draft's uid of each section that was read, or an empty text: as given, by bookmarks, in order."""
    if len(read) and len(uids) >= len(read):
        return list(uids[-len(read) :])
    if any(section.uid in tree.by_uid for section in read):
        return [section.uid for section in read]
    names = [section.uid for section in tree][: len(read)]
    return names + [""] * (len(read) - len(names))


def top_of(body: Element, element: Element) -> Element | None:
    """The child of the body in which an element is."""
    node: Element | None = element
    while node is not None and node.getparent() is not body:
        node = node.getparent()
    return node


def _first_of(body: Element, source: SourceSection) -> Element | None:
    first = source.heading[:1] or next((block[:1] for block in source.blocks if block), [])
    return top_of(body, first[0]) if first else None


def open_holders(body: Element, sources: Collection[SourceSection]) -> None:
    """Unwraps what holds several sections in one child of the body, so that they can be moved one by one."""
    while True:
        tops = [_first_of(body, source) for source in sources]
        shared = next(
            (top for top in tops if top is not None and top.tag in HOLDERS and tops.count(top) > 1), None
        )
        if shared is None:
            return
        inner = shared.find(w("sdtContent")) if shared.tag == w("sdt") else shared
        for child in list(inner) if inner is not None else []:
            shared.addprevious(child)
        body.remove(shared)


def share_out(body: Element, sources: Collection[SourceSection]) -> tuple[list[Element], list[Element]]:
    """Gives every section its children of the body. Gives what is before the first one, and the page's
    settings after the last."""
    children = list(body)
    last = [children.pop()] if children and children[-1].tag == w("sectPr") else []
    starts: dict[Element, SourceSection] = {}
    for source in sources:
        top = _first_of(body, source)
        if top is not None:
            starts.setdefault(top, source)
    front: list[Element] = []
    current = front
    waiting: list[Element] = []  # Bookmarks that begin belong to what follows them.
    for child in children:
        waiting.append(child)
        if child.tag == w("bookmarkStart"):
            continue
        if child in starts:
            current = starts[child].children
        current += waiting
        waiting = []
    current += waiting
    return front, last
