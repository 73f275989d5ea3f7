"""Items that took the level of the one before them, when the two were joined with tracking in LibreOffice.

Where the end of a paragraph is deleted and not all of its words, LibreOffice keeps its look for what is left of the two, and writes
it to the second without saying so: an item of an inner list stands in the outer one then, and stays there where the change is
refused. How deep the paragraph stood, the text says that was sent out. That somebody set it to just that level before the two
were joined, nothing can tell; joined, it has the level of the first one anyway.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from lxml import etree

from documents.text import SectionTree, inline_text
from documents.word.editors.libreoffice import by_libreoffice
from documents.word.editors.restored import goes
from documents.word.editors.typed_behind import HOLDERS
from documents.word.file.package import Package
from documents.word.ns import VAL, Element, child, number, val, w

Json = dict[str, Any]
DEEPEST = 8


def depths(tree: SectionTree) -> dict[str, int]:
    """In how many lists each paragraph of a text stands, by its words; without those that stand at several depths."""
    found: dict[str, set[int]] = {}

    def walk(block: Json, deep: int) -> None:
        if block["type"] == "paragraph":
            found.setdefault(_key(inline_text(block["content"])), set()).add(deep)
        elif block["type"] in ("list", "item"):
            for inner in block["content"]:
                walk(inner, deep + (block["type"] == "list"))

    for section in tree:
        for block in section.text.body["blocks"]:
            walk(block, 0)
    return {said: min(places) for said, places in found.items() if said and len(places) == 1}


def put_back_levels(package: Package, known: Mapping[str, int]) -> None:
    """For a file whose changes will be refused: gives such paragraphs of the parsed text their levels again; those that stood in no
    list leave it."""
    if not known or not by_libreoffice(package):
        return
    body = package.xml(package.main)
    changed = [_put_back(first, second, known) for first, second in list(_took_looks(body))]
    if any(changed):
        # For who reads the part's bytes too.
        package.kept[package.main] = etree.tostring(body, encoding="UTF-8", xml_declaration=True)


def _put_back(first: Element, second: Element, known: Mapping[str, int]) -> bool:
    before, now = known.get(_said(first)), known.get(_said(second))
    properties = child(second, "pPr")
    numbering = child(properties, "numPr")
    level = child(numbering, "ilvl")
    if properties is None or numbering is None or level is None or not before or now in (None, before):
        return False
    if now:
        deep = number(level.get(VAL), 0, 0, DEEPEST) + now - before
        level.set(VAL, str(max(0, min(deep, DEEPEST))))
    else:
        properties.remove(numbering)
        style = child(properties, "pStyle")
        if style is not None:
            properties.remove(style)
    return True


def _took_looks(body: Element) -> Iterator[tuple[Element, Element]]:
    """Paragraphs with the look of one that is joined to them, each behind that."""
    for holder in body.iter(*HOLDERS):
        first: Element | None = None
        for block in holder:
            if block.tag == w("tbl"):
                first = None
            elif block.tag == w("p"):
                tracked = child(child(block, "pPr"), "pPrChange") is not None
                if first is not None and not tracked and _look(first) == _look(block):
                    yield first, block
                if not _end_goes(block):
                    first = None
                elif first is None and not goes(block):
                    first = block


def _look(paragraph: Element) -> tuple[str | None, ...]:
    properties = child(paragraph, "pPr")
    numbering = child(properties, "numPr")
    return val(properties, "pStyle"), val(numbering, "numId"), val(numbering, "ilvl")


def _end_goes(paragraph: Element) -> bool:
    return child(child(child(paragraph, "pPr"), "rPr"), "del") is not None


def _key(said: str) -> str:
    return " ".join(said.split())


def _said(paragraph: Element) -> str:
    return _key("".join(node.text or "" for node in paragraph.iter(w("t"), w("delText"))))
