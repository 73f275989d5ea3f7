"""Removes the sign without width that LibreOffice puts into rows with a tracked change.

It attaches the change of a row to a joiner (U+200D). In an inserted row it is in the first cell, where later
typed text is before or after it. In an empty row that was deleted it is alone. A joiner that a person typed,
in Persian at the end of an abbreviation, stays.
"""

from __future__ import annotations

from documents.word.file.libreoffice import by_libreoffice
from documents.word.file.package import Package
from documents.word.ns import Element, child, w

JOINER = "\u200d"
JOINED = range(0x0600, 0x0900)
"""Letters that a joiner gives another shape: Arabic, Syriac and their like."""


def drop_row_signs(package: Package, root: Element) -> None:
    """Takes them out of a parsed part of the file."""
    for row in root.iter(w("tr")):
        properties = child(row, "trPr")
        if child(properties, "ins") is None and child(properties, "del") is None:
            continue
        texts = [node for node in row.iter(w("t"), w("delText")) if node.text]
        if texts and all(node.text == JOINER for node in texts):
            for node in texts:
                node.text = ""
        elif child(properties, "ins") is not None:
            cell = next(row.iter(w("tc")), None)
            _drop_one([node for node in texts if cell is not None and _within(node, cell)], package)


def _drop_one(texts: list[Element], package: Package) -> None:
    """Removes the sign from the end or the start of a cell's words. Only one: a sign typed by a person
    stays."""
    if not texts:
        return
    first, last = texts[0], texts[-1]
    words = "".join(node.text or "" for node in texts)
    if words.endswith(JOINER) and _foreign(words[-2:-1], package):
        last.text = (last.text or "")[:-1]
    elif words.startswith(JOINER) and _foreign(words[1:2], package):
        first.text = (first.text or "")[1:]


def _foreign(neighbour: str, package: Package) -> bool:
    """Whether a joiner next to this letter is LibreOffice's: another program's file has those that a language
    needs."""
    return not neighbour or ord(neighbour) not in JOINED or by_libreoffice(package)


def _within(node: Element, cell: Element) -> bool:
    return next((above for above in node.iterancestors(w("tc"))), None) is cell
