"""Looks that a table's style gives and that another editor also wrote at the words themselves.

LibreOffice writes what the style of a table says of its first row, its first column and so on (ISO/IEC 29500-1, 17.7.6) to each
paragraph and run there. Nobody made these words bold: a file that was only opened and saved would say so of every table.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from documents.text import canonical_json
from documents.word.editors.restored import restore
from documents.word.file.package import Package
from documents.word.ns import VAL, Element, child, val, w
from documents.word.read.definitions.styles import LOOKS, NO_LOOK, RunLook, read_look
from documents.word.read.definitions.table_styles import Parts, place_of, read_parts
from documents.word.read.result import ReadResult

Json = dict[str, Any]

SEEN = ("bold", "italic", "underline", "strike", "vertical")
"""What of a look a text keeps as marks."""
CENTRED = "center"


def without_looks(
    packages: Iterable[Package], read: Callable[[Package], ReadResult], known: Iterable[ReadResult]
) -> dict[str, Json]:
    """By the hash of what Word has of it, each table without the looks that its style gives, of a file whose styles give any that
    stand at the words too. ``packages``: the same as was read as ``known``, opened anew; they are changed."""
    found: dict[str, Json] = {}
    for package, as_it_is in zip(packages, known, strict=False):
        restore(package)
        if not drop_looks_of_tables(package):
            break
        found |= _tables(as_it_is, read(package))
    return found


def drop_looks_of_tables(package: Package) -> bool:
    """Takes out of the cells of the parsed text what the styles of their tables say as well; gives whether there was any."""
    styles = package.needed_xml(package.main, "styles")
    if styles is None:
        return False
    raw = {style.get(w("styleId")) or "": style for style in styles.iterchildren(w("style"))}
    found = False
    for table in package.xml(package.main).iter(w("tbl")):
        parts = read_parts(raw, val(child(table, "tblPr"), "tblStyle") or "")
        says = {part: _said(holders) for part, holders in parts.said.items()} if parts else {}
        if parts is None or not any(says.values()):
            continue
        for cell in table.iter(w("tc")):
            if next(cell.iterancestors(w("tbl"))) is table:
                found = _drop(cell, table, parts, says) or found
    return found


def _tables(as_it_is: ReadResult, plain: ReadResult) -> Iterator[tuple[str, Json]]:
    if len(as_it_is.tree.sections) != len(plain.tree.sections):
        return
    for section, other in zip(as_it_is.tree, plain.tree, strict=True):
        blocks, others = section.text.body["blocks"], other.text.body["blocks"]
        for block, without in zip(blocks, others, strict=False):
            key = (block.get("attrs") or {}).get("ooxml")
            # Sections that a table names may get another uid.
            if block["type"] == without["type"] == "table" and key and b'"xref"' not in canonical_json(block):
                yield key, without


Says = tuple[RunLook, bool | None]


def _said(holders: list[Element]) -> Says | None:
    """What a part of a table says of its words and whether it centres them; None where it says nothing."""
    look, centred = NO_LOOK, None
    for holder in holders:
        look = look.over(read_look(child(holder, "rPr")))
        said = val(child(holder, "pPr"), "jc")
        centred = said == CENTRED if centred is None and said else centred
    return (look, centred) if centred is not None or any(getattr(look, key) for key in SEEN) else None


def _drop(cell: Element, table: Element, parts: Parts, says: dict[str, Says | None]) -> bool:
    row = next(cell.iterancestors(w("tr")))
    look, centred = NO_LOOK, None
    for part in parts.at(table, row, place_of(cell, row, table)):
        said = says.get(part)
        if said is not None:
            look, centred = said[0].over(look), centred if said[1] is None else said[1]
    found = False
    for paragraph in cell.iter(w("p")):
        if next(paragraph.iterancestors(w("tc"))) is not cell:
            continue
        place = child(child(paragraph, "pPr"), "jc")
        if centred and place is not None and place.get(VAL) == CENTRED:
            found = _remove(place)
        for run in paragraph.iter(w("r")):
            properties = child(run, "rPr")
            own = read_look(properties)
            for node in list(properties) if properties is not None else ():
                key = LOOKS.get(node.tag, "")
                if key in SEEN and getattr(look, key) and getattr(own, key) == getattr(look, key):
                    found = _remove(node)
    return found


def _remove(node: Element) -> bool:
    parent: Element | None = node.getparent()
    if parent is not None:
        parent.remove(node)
    return True
