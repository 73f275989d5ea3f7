"""Whether the cover, a header or a footer of a returned file differs from those of the draft's file. They are
no part of the text, so a change there is not shown but reported."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator

from documents.word.file import ns
from documents.word.file.ns import Element, w
from documents.word.file.package import Package
from documents.word.formatting.properties import letters

P, T, CHAR = w("p"), w("t"), w("fldChar")
HIDDEN = frozenset({w("del"), w("moveFrom"), w("fldSimple"), f"{{{ns.MC}}}Fallback"})


def frame_differs(package: Package, source: Package, text: Container[Element]) -> bool:
    """``text``: the elements of the returned file that its sections were read from."""
    cover = list(_lines(_before(package.xml(package.main), text)))
    lines = _lines(source.xml(source.main).iter(P))
    same = all(line == next(lines, "") for line in cover)
    return not same or _frames(package) != _frames(source)


def _before(root: Element, text: Container[Element]) -> Iterator[Element]:
    """The paragraphs before the first section."""
    for element in root.iter(P, w("tbl"), w("sdt")):
        if element in text:
            return
        if element.tag == P:
            yield element


def _frames(package: Package) -> set[str]:
    """The lines of the headers and footers, wherever they are: editors write them once or several times."""
    links = package.rels(package.main).values()
    names = {one.target for one in links if one.kind in ("header", "footer") and not one.external}
    return {line for name in names if package.has(name) for line in _lines(package.xml(name).iter(P))}


def _lines(paragraphs: Iterable[Element]) -> Iterator[str]:
    """The letters that each paragraph shows with its tracked changes. Without the results of fields (tables
    of contents, page numbers), which Word remakes."""
    fields = 0
    for paragraph in paragraphs:
        shown = ""
        for node in paragraph.iter(T, CHAR):
            if node.tag == CHAR:
                fields += {"begin": 1, "end": -1}.get(node.get(w("fldCharType")) or "", 0)
            elif fields <= 0 and HIDDEN.isdisjoint(one.tag for one in node.iterancestors()):
                shown += node.text or ""
        if line := letters(shown):
            yield line
