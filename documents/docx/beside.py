"""Tracked changes that stand in no section of a Word file: before the first one, in its headers and footers."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from documents.docx.file.package import Package
from documents.docx.file.refusal import Refused
from documents.docx.ns import Element, w

COVER, HEADER, FOOTER = "cover", "header", "footer"
LONGEST = 2_000
INSERTED, DELETED = (w("ins"), w("moveTo")), (w("del"), w("moveFrom"))
CONTENTS = re.compile(r"(?i)toc|contents")
LISTED = re.compile(r"\s*(TOC|PAGEREF)\b")


@dataclass(frozen=True, slots=True)
class ChangeBeside:
    """A paragraph with tracked changes: who made the last of them and when, its words before and after. ``where`` is cover
    (all before the first section), header or footer."""

    where: str
    author: str
    date: str
    old: str
    new: str


def changes_beside(package: Package, uids: Mapping[Element, str]) -> Iterator[ChangeBeside]:
    """In the order of the file. Tables of contents, which Word makes anew, are left out. ``uids``: the elements that sections
    were read from."""
    for element in package.xml(package.main).iter(w("p"), w("tbl")):
        if element in uids:
            break
        if element.tag == w("p"):
            yield from _changed(element, COVER)
    seen: set[str] = set()
    for link in package.rels(package.main).values():
        where = next((kind for kind in (HEADER, FOOTER) if link.kind == kind), "")
        if where and not link.external and link.target not in seen and package.has(link.target):
            seen.add(link.target)
            with contextlib.suppress(Refused):  # A text can do without its header.
                for paragraph in package.xml(link.target).iter(w("p")):
                    yield from _changed(paragraph, where)


def _changed(paragraph: Element, where: str) -> Iterator[ChangeBeside]:
    marks = [mark for mark in paragraph.iter(*INSERTED, *DELETED) if mark.get(w("author")) is not None]
    style = paragraph.find(f"{w('pPr')}/{w('pStyle')}")
    if not marks or (style is not None and CONTENTS.match(style.get(w("val")) or "")):
        return
    if any(LISTED.match(node.text or "") for node in paragraph.iter(w("instrText"))):
        return
    old, new = [], []
    for node in paragraph.iter(w("t"), w("delText"), w("tab"), w("br")):
        over = {ancestor.tag for ancestor in node.iterancestors()}
        said = (node.text or "") if node.tag in (w("t"), w("delText")) else " "
        if not over.intersection(INSERTED):
            old.append(said)
        if not over.intersection(DELETED):
            new.append(said)
    before, after = "".join(old).strip(), "".join(new).strip()
    if before != after:
        author, date = ((marks[-1].get(w(name)) or "")[:120] for name in ("author", "date"))
        yield ChangeBeside(where, author, date, before[:LONGEST], after[:LONGEST])
