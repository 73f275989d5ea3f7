"""The body of a source shared out among the sections that stand in it."""

from __future__ import annotations

import copy
from collections import deque
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace

from documents.text import Section, SectionText, SectionTree
from documents.word.align import with_uids
from documents.word.markup import e
from documents.word.ns import Element, w
from documents.word.read.context import Trace

HOLDERS = frozenset({w("sdt"), w("sdtContent"), w("customXml"), w("ins"), w("moveTo"), w("smartTag")})


@dataclass(eq=False)
class Part:
    """A section of the source: its text as it was, and where its heading and blocks stand."""

    section: Section
    heading: list[Element]
    blocks: list[list[Element]]
    children: list[Element]
    """The children of the body from its first to the next section's."""
    notes: dict[str, Element] = field(default_factory=dict)
    """By the name of each of its notes, the reference to it."""


def top_of(body: Element, element: Element) -> Element | None:
    """The child of the body in which an element stands."""
    node: Element | None = element
    while node is not None and node.getparent() is not body:
        node = node.getparent()
    return node


def named_parts(read: SectionTree, trace: Trace, uids: Sequence[str], tree: SectionTree) -> dict[str, Part]:
    """The source's sections by the uids of the text."""
    names = list(uids[-len(read) :]) if len(read) and len(uids) >= len(read) else []
    if not names:
        known = {section.uid for section in tree}
        if any(section.uid in known for section in read):
            names = [section.uid for section in read]
        else:
            names = [section.uid for section in tree][: len(read)]
            names += [""] * (len(read) - len(names))
    queues = {sha256: deque(found) for sha256, found in trace.blocks.items()}
    found: dict[str, Part] = {}
    # The blocks refer to sections by the uids of this reading, and those of the text by its own.
    renamed = {section.uid: name for section, name in zip(read, names, strict=True) if name}
    for index, section in enumerate(read):
        blocks = []
        for block in section.text.body["blocks"]:
            queue = queues.get((block.get("attrs") or {}).get("ooxml", ""))
            blocks.append(list(queue.popleft()) if queue else [])
        name = names[index] if names[index] and names[index] not in found else section.uid
        section = _as_taken_in(section, tree.by_uid.get(name), trace.taken_off.get(section.uid, ""))
        section = replace(section, text=replace(section.text, body=with_uids(section.text.body, renamed)))
        part = Part(section, trace.headings[index], blocks, [], trace.notes[index])
        found[name] = part
    return found


def _as_taken_in(section: Section, now: Section | None, taken_off: str) -> Section:
    """A section with its number among its words, where the text was taken in before such a number was told from them."""
    heading = section.text.body["heading"]
    if not taken_off or now is None or not now.text.heading.startswith(taken_off.strip()):
        return section
    first, *rest = heading or [{"type": "text", "text": ""}]
    if first["type"] == "text":
        words = (taken_off.lstrip() + first["text"]).rstrip("" if heading else None)
        heading = [{**first, "text": words}, *rest]
    else:
        heading = [{"type": "text", "text": taken_off.lstrip()}, first, *rest]
    text = SectionText("", {**section.text.body, "heading": heading})
    return replace(section, text=text)


def _anchor(body: Element, part: Part) -> Element | None:
    first = part.heading[:1] or next((block[:1] for block in part.blocks if block), [])
    return top_of(body, first[0]) if first else None


def open_holders(body: Element, parts: Collection[Part]) -> None:
    """Takes down what holds several sections in one piece of the body, so that they can be moved one by one."""
    while True:
        tops = [_anchor(body, part) for part in parts]
        shared = next(
            (top for top in tops if top is not None and top.tag in HOLDERS and tops.count(top) > 1), None
        )
        if shared is None:
            return
        inner = shared.find(w("sdtContent")) if shared.tag == w("sdt") else shared
        for child in list(inner) if inner is not None else []:
            shared.addprevious(child)
        body.remove(shared)


def share_out(body: Element, parts: Collection[Part]) -> tuple[list[Element], list[Element]]:
    """Gives every section the children of the body that are its own; what stands before the first
    and what stands behind the last (the page's settings) are given back."""
    children = list(body)
    last = children.pop() if children and children[-1].tag == w("sectPr") else None
    tail = [last] if last is not None else []
    starts: dict[Element, Part] = {}
    for part in parts:
        top = _anchor(body, part)
        if top is not None:
            starts.setdefault(top, part)
    front: list[Element] = []
    current: list[Element] = front
    waiting: list[Element] = []
    for child in children:
        if child in starts:
            current = starts[child].children
            current += waiting
            waiting = []
        elif child.tag == w("bookmarkStart"):
            # It belongs to what follows it.
            waiting.append(child)
            continue
        current += waiting
        waiting = []
        current.append(child)
    current += waiting
    return front, tail


def take_out(part: Part, element: Element) -> None:
    """Takes an element out of a section; the page settings that end in it stay."""
    held = page_marks(element)
    if element in part.children:
        at = part.children.index(element)
        part.children[at : at + 1] = held
        return
    parent = element.getparent()
    if parent is None:
        return
    for node in held:
        element.addprevious(node)
    if parent.tag in (w("tc"), w("txbxContent")) and sum(1 for child in parent if child.tag == w("p")) < 2:
        element.addprevious(e("p"))
    parent.remove(element)


def page_marks(element: Element) -> list[Element]:
    """Empty paragraphs with the page settings that end in an element that is taken out."""
    made = []
    for found in element.iter(w("sectPr")):
        if getattr(found.getparent(), "tag", "") == w("pPr"):
            made.append(e("p", e("pPr", copy.deepcopy(found))))
    return made


def paired(pieces: list[Element]) -> list[Element]:
    """Without marks of bookmarks and comments whose other end is gone."""
    for kind in ("bookmark", "commentRange", "moveFromRange", "moveToRange"):
        start, end = w(kind + "Start"), w(kind + "End")
        starts = {node.get(w("id")) for piece in pieces for node in piece.iter(start)}
        ends = {node.get(w("id")) for piece in pieces for node in piece.iter(end)}
        lonely = starts ^ ends
        if not lonely:
            continue
        pieces = [p for p in pieces if not (p.tag in (start, end) and p.get(w("id")) in lonely)]
    return pieces
