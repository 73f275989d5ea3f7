"""What of a template's own text stays: its cover before the text of the edition, and what is behind it."""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence

from documents.word.body.bookmarks import BEGIN, END
from documents.word.file import ns
from documents.word.file.markup import e
from documents.word.file.ns import Element, w
from documents.word.template.clean import clean, clean_bookmarks, without_contents
from documents.word.template.fields import fill, slot
from documents.word.template.read import Template, example
from documents.word.write.frame import section_properties
from documents.word.write.tables import PAGE_WIDTH


class Cover:
    """The template's body, filled and cleaned, with a mark where the text goes and one where the contents go.

    The text is put at the template's place ("{{text}}"). Else at the end, in place of an example: all from
    the first heading on.
    """

    def __init__(self, template: Template, values: Mapping[str, str]) -> None:
        body = self.body = copy.deepcopy(template.body)
        self._text = e("p")
        self._contents: Element | None = without_contents(body)
        place = _top(body, slot(body, "text"))
        if place is not None:
            place.addprevious(self._text)
            _take_out(place)
        else:
            self._without_example(template)
        named = _top(body, slot(body, "contents"))
        if named is not None:
            if self._contents is None:
                self._contents = e("p")
                named.addprevious(self._contents)
            _take_out(named)
        last = body.find(w("sectPr"))
        if last is None:
            body.append(section_properties(()))
        if self._text.getparent() is None:
            body.insert(len(body) - 1, self._text)
        self.filled = fill(body, values)
        clean(body)
        clean_bookmarks(body)
        numbers = [ns.number(node.get(w("id")), 0, 0, 2**30) for node in body.iter(w("bookmarkStart"))]
        self.bookmarks = max(numbers, default=-1) + 1

    @property
    def room(self) -> int:
        """How wide the text is, in twentieths of a point: by the first page layout at or after it."""
        behind = [node for top in self._text.itersiblings() for node in top.iter(w("sectPr"))]
        return text_width(behind[0]) if behind else PAGE_WIDTH

    def around(self, made: Sequence[Element], contents: Sequence[Element]) -> Element:
        """The full body. Bookmarks say where the text begins and ends."""
        begin = _mark(BEGIN, self.bookmarks)
        there = (
            self._contents if self._contents is not None and self._contents.getparent() is self.body else None
        )
        if there is not None:
            for element in (*self._front(made), *contents):
                there.addprevious(element)
            self.body.remove(there)
            made = [*begin, *self._rest(made)]
        else:
            made = [*self._front(made), *contents, *begin, *self._rest(made)]
        behind = [node for node in self._text.itersiblings() if node.tag != w("sectPr")]
        for element in (*made, *(_mark(END, self.bookmarks + 1) if behind else ())):
            self._text.addprevious(element)
        self.body.remove(self._text)
        return self.body

    @staticmethod
    def _front(made: Sequence[Element]) -> list[Element]:
        """What is before the first section: all up to the first bookmark."""
        front: list[Element] = []
        for element in made:
            if element.tag == w("bookmarkStart") or element.find(w("bookmarkStart")) is not None:
                break
            front.append(element)
        return front

    def _rest(self, made: Sequence[Element]) -> Sequence[Element]:
        return made[len(self._front(made)) :]

    def _without_example(self, template: Template) -> None:
        start = example(self.body, template.styles)
        if start is None:
            return
        start.addprevious(self._text)
        for node in list(self._text.itersiblings()):
            if node.tag != w("sectPr"):
                _take_out(node)


def _mark(name: str, number: int) -> list[Element]:
    return [e("bookmarkStart", id=number, name=name), e("bookmarkEnd", id=number)]


def _take_out(node: Element) -> None:
    """Takes an element away; a page layout that depends on a paragraph stays, on an empty one."""
    parent = node.getparent()
    if parent is None:
        return
    if node.tag == w("p") and node.find(f"{w('pPr')}/{w('sectPr')}") is not None:
        for child in list(node):
            if child.tag != w("pPr"):
                node.remove(child)
        return
    parent.remove(node)


def _top(body: Element, node: Element | None) -> Element | None:
    """The child of the body that a node is in."""
    while node is not None and node.getparent() is not body:
        node = node.getparent()
    return node


def text_width(layout: Element, *, columns: bool = True) -> int:
    """The width of a page's text, or of one of its columns, by a ``w:sectPr``, in twentieths of a point."""
    size, margins = layout.find(w("pgSz")), layout.find(w("pgMar"))
    if size is None or margins is None:
        return PAGE_WIDTH
    width = ns.number(size.get(w("w")), 11906, 2000, 31680)
    sides = sum(
        ns.number(margins.get(w(name)), usual, 0, 8000)
        for name, usual in (("left", 1134), ("right", 1134), ("gutter", 0))
    )
    columns_node = layout.find(w("cols")) if columns else None
    count = ns.number(columns_node.get(w("num")), 1, 1, 12) if columns_node is not None else 1
    return max((width - sides) // max(count, 1), 2000)
