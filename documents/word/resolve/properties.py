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
MERGED: dict[str | None, dict[str, str]] = {"rest": {w("val"): "restart"}, "cont": {}}
BEFORE_MERGE = frozenset(map(w, ("cnfStyle", "tcW", "gridSpan", "hMerge")))


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
    own_nodes = [node for node in holder if node.tag in own]
    before = [node for node in old if node.tag not in own] if old is not None else []
    if holder.tag == w("sectPr") and old is not None:
        holder.attrib.update(old.attrib)
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
    for node in (mark, *holder.iterchildren(w("vMerge"))):
        holder.remove(node)
    if state in MERGED:
        made = holder.makeelement(w("vMerge"), MERGED[state])
        # In its place among the properties.
        holder.insert(sum(1 for node in holder if node.tag in BEFORE_MERGE), made)
