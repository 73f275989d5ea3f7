"""The ranges of tracked changes: moves, and content controls and custom XML that were added around a text or
removed."""

from __future__ import annotations

from documents.word.file import ns
from documents.word.file.ns import Element, remove, w

WRAPPED_LATER = ("customXmlInsRange", "customXmlMoveToRange")
WRAPPED_BEFORE = ("customXmlDelRange", "customXmlMoveFromRange")
MOVES = ("moveFromRange", "moveToRange")
WRAPPERS = frozenset({w("sdt"), w("customXml"), w("smartTag")})


def unwrap_controls(root: Element, *, accept: bool) -> bool:
    """Unwrap content controls and custom XML that only the other side has."""
    names = WRAPPED_BEFORE if accept else WRAPPED_LATER
    starts = [w(name + "Start") for name in names]
    if next(root.iter(*starts), None) is None:
        return False
    ends = {w(name + "End") for name in names}
    open_ranges: set[str | None] = set()
    wrappers: list[Element] = []
    for node in root.iter():
        if node.tag in starts:
            open_ranges.add(node.get(w("id")))
        elif node.tag in ends:
            open_ranges.discard(node.get(w("id")))
        elif open_ranges and node.tag in WRAPPERS:
            wrappers.append(node)
    for node in wrappers:
        content = ns.child(node, "sdtContent") if node.tag == w("sdt") else node
        inner = () if content is None else content
        ns.unwrap(node, [one for one in inner if one.tag not in (w("customXmlPr"), w("smartTagPr"))])
    return True


def drop_ranges(root: Element) -> bool:
    """Takes out the beginnings and ends of moved and wrapped ranges; whether there were any."""
    tags = [w(name + end) for name in (*MOVES, *WRAPPED_LATER, *WRAPPED_BEFORE) for end in ("Start", "End")]
    w14 = ("customXmlConflictInsRange", "customXmlConflictDelRange")
    tags += [f"{{{ns.W14}}}{name}{end}" for name in w14 for end in ("Start", "End")]
    found = list(root.iter(*tags))
    for node in found:
        remove(node)
    return bool(found)
