"""Where the text before a removed paragraph mark continues. One rule, for resolving tracked changes and for
reading a file as if they were accepted.

It continues in the next paragraph of the same place, through content controls and insertions. It never leaves
its cell, note or text box, and never enters or passes a table. There it stays a paragraph of its own. What
goes itself is passed over, so that the rule says the same before the changes are resolved and afterwards.
"""

from __future__ import annotations

from documents.word.file import ns
from documents.word.file.ns import Element, child, w

P, TBL, SDT, ROW, CELL = w("p"), w("tbl"), w("sdt"), w("tr"), w("tc")
DELETED = frozenset({w("del"), w("moveFrom"), f"{{{ns.W14}}}conflictDel"})
INSERTED = frozenset({w("ins"), w("moveTo"), f"{{{ns.W14}}}conflictIns"})
SHELLS = INSERTED | {w("sdtContent"), w("customXml"), w("smartTag"), SDT}
"""What may be around paragraphs without being a place of its own, as a cell or a note is one."""
WRAPPED = ("customXmlInsRange", "customXmlDelRange", "customXmlMoveFromRange", "customXmlMoveToRange")
MARKERS = frozenset(
    w(name)
    for name in (
        *("bookmarkStart", "bookmarkEnd", "commentRangeStart", "commentRangeEnd", "permStart", "permEnd",
        "proofErr"),
        *("moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart", "moveToRangeEnd"),
        *(name + end for name in WRAPPED for end in ("Start", "End")),
    )
)  # fmt: skip


def mark_goes(properties: Element | None) -> bool:
    """Whether the mark of a paragraph with these properties (``w:pPr``) goes when changes are accepted."""
    mark = child(properties, "rPr")
    return mark is not None and any(node.tag in DELETED for node in mark)


def next_paragraph(paragraph: Element) -> tuple[Element | None, bool]:
    """The paragraph that follows, and whether something else (a table) is before it; None at the end of a
    place."""
    node = paragraph
    while True:
        for sibling in node.itersiblings():
            found = _first(sibling)
            if found is not None:
                return (found, False) if found.tag == P else (None, True)
        parent = node.getparent()
        if parent is None or parent.tag not in SHELLS:
            return None, False
        node = parent


def stands_behind_paragraph(paragraph: Element) -> bool:
    """Whether the block just before, where there is one in the same place, is a paragraph."""
    node = paragraph
    while True:
        for sibling in node.itersiblings(preceding=True):
            found = _first(sibling, last=True)
            if found is not None:
                return bool(found.tag == P)
        parent = node.getparent()
        if parent is None or parent.tag not in SHELLS:
            return False
        node = parent


def _first(node: Element, *, last: bool = False) -> Element | None:
    """The first (or last) paragraph, table or the like among the neighbours; None where there is neither."""
    if node.tag in (P, w("altChunk")):
        return node
    if node.tag == TBL:
        return None if _table_goes(node) else node
    if node.tag in DELETED or node.tag in MARKERS or not isinstance(node.tag, str):
        return None
    if node.tag in SHELLS:
        for inner in node.iterchildren(reversed=last):
            found = _first(inner, last=last)
            if found is not None:
                return found
        return None
    # Alternate contents, or what we do not know: with paragraphs in it it is a place of its own.
    return node if next(node.iter(P), None) is not None else None


def _table_goes(table: Element) -> bool:
    """Whether all rows of a table are marked as deleted, or all cells in them."""
    rows = list(table.iter(ROW))
    return bool(rows) and not any(_row_stays(row, table) for row in rows)


def _row_stays(row: Element, table: Element) -> bool:
    if any(node.tag == ROW and child(child(node, "trPr"), "del") is not None for node in _up_to(row, table)):
        return False
    return any(
        all(node.tag != CELL or child(child(node, "tcPr"), "cellDel") is None for node in _up_to(cell, table))
        for cell in row.iter(CELL)
    )


def _up_to(node: Element, end: Element) -> list[Element]:
    found = [node]
    for above in node.iterancestors():
        if above is end:
            break
        found.append(above)
    return found


def is_bare(paragraph: Element) -> bool:
    """Whether a paragraph without its deleted parts has only marks of ranges, and links whose words are all
    deleted."""
    return all(
        node.tag in MARKERS
        or node.tag == w("pPr")
        or _vanishes(node)
        or (node.tag == w("hyperlink") and all(map(_vanishes, node)))
        for node in paragraph
    )


def _vanishes(node: Element) -> bool:
    return node.tag in DELETED or (node.tag in INSERTED and all(map(_vanishes, node)))
