"""Text after a heading or an item that was deleted or moved with tracking. LibreOffice gives it the style of
that one.

Where a full heading is deleted with its end, LibreOffice keeps the first paragraph's style for the rest. It
writes it to the following paragraph without a mark. Read as it is, that paragraph would be a heading, and no
longer text of the section. Every heading of the exported file has a bookmark of ours. So one without is none,
unless somebody typed it. To an item, LibreOffice writes the number in addition to the style. A paragraph with
the style of one and no number got the style alone.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from documents.word.file.libreoffice import by_libreoffice
from documents.word.file.package import Package
from documents.word.marks import BOX, uid_of
from documents.word.markup import e
from documents.word.ns import Element, child, val, w
from documents.word.read.definitions.styles import NO_OUTLINE, Styles, read_styles
from documents.word.read.groups import STEP_TITLE

HOLDERS = (w("body"), w("sdtContent"))


def goes(paragraph: Element | None) -> bool:
    """Whether all words of a paragraph are marked as moved away or deleted."""
    if paragraph is None or paragraph.tag != w("p"):
        return False
    going = {w("moveFrom"), w("del")}
    runs = list(paragraph.iter(w("r")))
    return bool(runs) and all(any(above.tag in going for above in run.iterancestors()) for run in runs)


def text_behind_deleted(package: Package) -> None:
    """Make text again of paragraphs that have the style of a deleted heading of ours, or of a deleted
    item."""
    body = package.xml(package.main)
    found = list(_with_deleted_style(body))
    lists = list(_with_deleted_list(body)) if by_libreoffice(package) else []
    if not found and not lists:
        return
    styles = read_styles(package.needed_xml(package.main, "styles"))
    changed = [paragraph for paragraph, heading in found if _make_text(paragraph, heading, styles)]
    changed += [paragraph for paragraph in lists if _leave_list(paragraph, styles)]
    if changed:
        # For who reads the part's bytes too.
        package.xml_parts[package.main] = etree.tostring(body, encoding="UTF-8", xml_declaration=True)


def _with_deleted_style(body: Element) -> list[tuple[Element, Element]]:
    """The paragraphs without our bookmark that look like a deleted heading before them, with that heading."""
    found: list[tuple[Element, Element]] = []
    for holder in body.iter(*HOLDERS):
        deleted: list[Element] = []
        for block in holder:
            if block.tag == w("tbl"):
                deleted = deleted if _words_go(block) else []
            elif block.tag == w("p"):
                properties = child(block, "pPr")
                ours = bool(_uid(block))
                heading = next((one for one in deleted if _look(one) == _look(block)), None)
                tracked = child(properties, "pPrChange") is not None or _typed(block)
                if heading is not None and not ours and not tracked:
                    found.append((block, heading))
                if not goes(block) or not _end_goes(properties):
                    deleted = []
                elif ours:
                    deleted.append(block)
    return found


def _with_deleted_list(body: Element) -> Iterator[Element]:
    """The paragraphs without a number that have the style of a deleted item before them."""
    for holder in body.iter(*HOLDERS, w("tc")):
        deleted: set[str | None] = set()
        for block in holder:
            if block.tag == w("tbl"):
                deleted = set()
            elif block.tag == w("p"):
                properties = child(block, "pPr")
                style, number = val(properties, "pStyle"), child(properties, "numPr")
                going = goes(block)
                tracked = child(properties, "pPrChange") is not None or _typed(block)
                if style in deleted and number is None and not going and not tracked:
                    yield block
                if not going or not _end_goes(properties):
                    deleted = set()
                elif style and number is not None:
                    deleted.add(style)


def _leave_list(paragraph: Element, styles: Styles) -> bool:
    properties = child(paragraph, "pPr")
    style = child(properties, "pStyle")
    if properties is None or style is None or styles.paragraph(val(properties, "pStyle")).num_id is None:
        return False
    properties.remove(style)
    return True


def _make_text(paragraph: Element, heading: Element, styles: Styles) -> bool:
    properties = child(paragraph, "pPr")
    style, outline = child(properties, "pStyle"), child(properties, "outlineLvl")
    if properties is None or (
        outline is None and styles.paragraph(val(properties, "pStyle")).outline >= NO_OUTLINE
    ):
        return False
    number, was = child(properties, "numPr"), child(child(heading, "pPr"), "numPr")
    copied = number is not None and was is not None and _number(number) == _number(was)
    for node in (style, outline, number if copied else None):
        if node is not None:
            properties.remove(node)
    boxes = [
        match
        for node in paragraph.iter(w("bookmarkStart"))
        if (match := BOX.match(node.get(w("name")) or ""))
    ]
    if any(match.group(1) == "step" for match in boxes):
        properties.insert(0, e("pStyle", val=STEP_TITLE))
    return True


def _look(paragraph: Element) -> tuple[str | None, str | None]:
    properties = child(paragraph, "pPr")
    return val(properties, "pStyle"), val(properties, "outlineLvl")


def _number(numbering: Element) -> tuple[str | None, str | None]:
    return val(numbering, "numId"), val(numbering, "ilvl")


def _uid(paragraph: Element) -> str:
    return uid_of(node.get(w("name")) or "" for node in paragraph.iter(w("bookmarkStart")))


def _end_goes(properties: Element | None) -> bool:
    mark = child(properties, "rPr")
    return any(child(mark, name) is not None for name in ("del", "moveFrom"))


def _words_go(block: Element) -> bool:
    return next(block.iter(w("t")), None) is None and next(block.iter(w("delText")), None) is not None


def _typed(paragraph: Element) -> bool:
    """Whether all words were inserted: a new paragraph, whose style is its writer's."""
    putting = {w("ins"), w("moveTo")}
    words = paragraph.iter(w("t"), w("delText"))
    return all(any(above.tag in putting for above in node.iterancestors()) for node in words)
