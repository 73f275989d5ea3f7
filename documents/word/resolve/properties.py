"""Tracked changes of properties: of runs, paragraphs, numbers, tables, rows, cells and sections."""

from __future__ import annotations

from documents.word.file.ns import Element, child, remove, w

OWN: dict[str, tuple[str, ...]] = {
    "rPrChange": ("ins", "del", "moveFrom", "moveTo"),
    "pPrChange": ("rPr", "sectPr"),
    "sectPrChange": ("headerReference", "footerReference"),
    "tblPrChange": (),
    "tblPrExChange": (),
    "tblGridChange": (),
    "trPrChange": ("ins", "del"),
    "tcPrChange": ("cellIns", "cellDel", "cellMerge"),
}
"""The changes by name, and the properties outside of the change. These stay when the change is refused."""
FIRST = frozenset({"sectPrChange"})
"""What stays is before the old properties here, and after them elsewhere."""
MERGED = {"rest": "restart", "cont": None}


def settle_properties(root: Element, *, accept: bool) -> bool:
    """Removes the changes of properties, with the new ones kept or the old ones restored. Gives whether there
    were any."""
    changed = False
    for change in list(root.iter(*(w(name) for name in OWN))):
        holder = change.getparent()
        if holder is None:
            continue
        changed = True
        name = change.tag[len(w("")) :]
        if accept:
            holder.remove(change)
        else:
            _put_back(holder, change, name)
    for mark in list(root.iter(w("numberingChange"))):
        changed = True
        remove(mark)
    for mark in list(root.iter(w("ins"))):
        numbers = mark.getparent()
        if numbers is not None and numbers.tag == w("numPr"):
            changed = True
            remove(mark if accept else numbers)
    for mark in list(root.iter(w("cellMerge"))):
        changed = True
        _merge_cell(mark, accept=accept)
    return changed


def _put_back(holder: Element, change: Element, name: str) -> None:
    own = {w(each) for each in OWN[name]}
    old = child(change, name.removesuffix("Change"))
    if old is None and name == "tblPrExChange":
        old = child(change, "tblPrEx")
    own_nodes = [node for node in holder if node.tag in own]
    before = [] if old is None else [node for node in old if node.tag not in own]
    if holder.tag == w("sectPr") and old is not None:
        for key, value in old.attrib.items():
            holder.set(key, value)
    for node in list(holder):
        holder.remove(node)
    # The marks of inserted and deleted stand first in a run's properties, and so do the headers of a section.
    first = name in FIRST or name == "rPrChange"
    holder.extend([*own_nodes, *before] if first else [*before, *own_nodes])


def _merge_cell(mark: Element, *, accept: bool) -> None:
    """A cell that was merged with the one above, or parted from it."""
    holder = mark.getparent()
    if holder is None:
        return
    state = mark.get(w("vMerge" if accept else "vMergeOrig"))
    at = holder.index(mark)
    holder.remove(mark)
    merged = child(holder, "vMerge")
    if merged is not None:
        at = holder.index(merged)
        holder.remove(merged)
    if state in MERGED:
        made = holder.makeelement(w("vMerge"), {})
        value = MERGED[state]
        if value:
            made.set(w("val"), value)
        # In its place among the properties: after the width and the span.
        for place, node in enumerate(holder):
            if node.tag not in (w("cnfStyle"), w("tcW"), w("gridSpan"), w("hMerge")):
                at = place
                break
        else:
            at = len(holder)
        holder.insert(at, made)
