"""Tracked changes that stand in no section of a Word file: before the first one, in its headers and
footers."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from documents.word.file.package import Package
from documents.word.file.refusal import Refused
from documents.word.ns import Element, w

COVER, HEADER, FOOTER = "cover", "header", "footer"
LONGEST = 2_000
INSERTED, DELETED = (w("ins"), w("moveTo")), (w("del"), w("moveFrom"))
CONTENTS = re.compile(r"(?i)(?:kodeks)?(?:toc|contents)")
SAID = (w("t"), w("delText"), w("tab"), w("ptab"), w("br"))
LISTED = re.compile(r"\s*(TOC|PAGEREF)\b")


@dataclass(frozen=True, slots=True)
class ChangeBeside:
    """A paragraph with tracked changes: who made the last of them and when, its words before and after.
    ``where`` is cover (all before the first section), header or footer."""

    where: str
    author: str
    date: str
    old: str
    new: str


def changes_beside(
    package: Package, uids: Mapping[Element, str], titles: Collection[Element]
) -> Iterator[ChangeBeside]:
    """In the order of the file. Tables of contents, which Word makes anew, are left out. ``uids``: the
    elements that sections were read from; ``titles``: the lines of the title, which may stand behind the
    first of these."""
    before, cover = True, []
    for element in package.xml(package.main).iter(w("p"), w("tbl")):
        before = before and element not in uids
        if element.tag == w("p") and (before or element in titles):
            cover.append(element)
    yield from _all_changed(cover, COVER)
    for where, _name, root in _frames(package):
        yield from _all_changed(root.iter(w("p")), where)


def _all_changed(paragraphs: Iterable[Element], where: str) -> Iterator[ChangeBeside]:
    """Paragraph by paragraph; those that were joined or were one, together."""
    together: list[Element] = []
    for paragraph in paragraphs:
        if together and not _runs_into(together[-1], paragraph):
            yield from _changed(together, where)
            together = []
        together.append(paragraph)
    if together:
        yield from _changed(together, where)


def _runs_into(first: Element, second: Element) -> bool:
    """Whether the end between two paragraphs was taken out or put in, and words stand on both sides of
    it."""
    following = first.getnext()
    while following is not None and following.tag in (w("bookmarkStart"), w("bookmarkEnd")):
        following = following.getnext()
    if following is not second:
        return False
    end = {node.tag for node in first.iterfind(f"{w('pPr')}/{w('rPr')}/*")}
    return any(
        end.intersection(marks) and all(_said(one, marks) for one in (first, second))
        for marks in (INSERTED, DELETED)
    )


def _frames(package: Package) -> Iterator[tuple[str, str, Element]]:
    """The headers and footers, each once, with the names of their parts."""
    seen: set[str] = set()
    for link in package.rels(package.main).values():
        where = next((kind for kind in (HEADER, FOOTER) if link.kind == kind), "")
        if where and not link.external and link.target not in seen and package.has(link.target):
            seen.add(link.target)
            with contextlib.suppress(Refused):  # A text can do without its header.
                yield where, link.target, package.xml(link.target)


def _lists_contents(paragraph: Element) -> bool:
    """Whether its style is that of a table of contents or its heading."""
    style = paragraph.find(f"{w('pPr')}/{w('pStyle')}")
    return style is not None and bool(CONTENTS.match(style.get(w("val")) or ""))


def _changed(paragraphs: Sequence[Element], where: str) -> Iterator[ChangeBeside]:
    marks = [
        mark
        for paragraph in paragraphs
        for mark in paragraph.iter(*INSERTED, *DELETED)
        if mark.get(w("author")) is not None
    ]
    if not marks or any(map(_lists_contents, paragraphs)):
        return
    if any(LISTED.match(node.text or "") for one in paragraphs for node in one.iter(w("instrText"))):
        return
    before, after = (_lines_of(paragraphs, without) for without in (INSERTED, DELETED))
    if before != after:
        author, date = ((marks[-1].get(w(name)) or "")[:120] for name in ("author", "date"))
        yield ChangeBeside(where, author, date, before[:LONGEST], after[:LONGEST])


def _lines_of(paragraphs: Sequence[Element], without: tuple[str, ...]) -> str:
    """What paragraphs say without some of the tracked changes, each end that stays as one of a line."""
    said = ""
    for number, paragraph in enumerate(paragraphs, 1):
        ends = {node.tag for node in paragraph.iterfind(f"{w('pPr')}/{w('rPr')}/*")}
        stays = number < len(paragraphs) and not ends.intersection(without)
        said += _said(paragraph, without) + ("\n" if stays else "")
    return said.strip()


def _said(paragraph: Element, without: tuple[str, ...]) -> str:
    return "".join(
        (node.text or "") if node.tag in (w("t"), w("delText")) else " "
        for node in paragraph.iter(*SAID)
        if not {ancestor.tag for ancestor in node.iterancestors()}.intersection(without)
    )
