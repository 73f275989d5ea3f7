"""The bookmarks of an own file: which section stands where, and as what."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from documents.text import Section, text_hash
from documents.word import ns
from documents.word.marks import OwnMark, is_ours, line_name, own_name, title_name, uid_name
from documents.word.markup import e
from documents.word.ns import Element, w
from documents.word.read.outline.typed import sign_of
from documents.word.source_patch.atoms import shown_in
from documents.word.source_patch.parts import Part, top_of


class Bookmarks:
    """Takes those out that an earlier file of ours had, and sets them anew. ``touch`` is told of what changes."""

    def __init__(self, root: Element, body: Element, touch: Callable[[Element], None]) -> None:
        self.body, self.touch = body, touch
        self._drop_ours(root)
        self.last = max(
            (ns.number(node.get(w("id")), 0, 0, 2**30) for node in root.iter(w("bookmarkStart"))), default=0
        )

    def _drop_ours(self, root: Element) -> None:
        """Takes out the bookmarks that an earlier file of ours had; they are set anew."""
        for start in [node for node in root.iter(w("bookmarkStart")) if is_ours(node.get(w("name")) or "")]:
            number = start.get(w("id"))
            ends = [node for node in root.iter(w("bookmarkEnd")) if node.get(w("id")) == number][:1]
            for node in (start, *ends):
                parent = node.getparent()
                if parent is None:
                    continue
                self.touch(node)
                parent.remove(node)

    def mark(self, part: Part, section: Section, number: int, new: Sequence[Element] = ()) -> None:
        """Sets the bookmarks of a section."""
        state = text_hash(section.text.body)
        level = min(section.level, 9)
        told = [] if number else [title_name()]
        if part.heading:
            for index, paragraph in enumerate(part.heading):
                if index and paragraph.getparent() is not part.heading[0].getparent():
                    continue
                place = "w" if index and index == len(part.heading) - 1 else "h"
                if index and place == "h":
                    continue
                typed = sign_of(shown_in(part.heading), section.text.label) if place == "h" else ""
                names = [own_name(OwnMark(section.kind, level, place, state, typed), number)]
                if (not index and len(part.heading) == 1) or not index:
                    names[:0] = [*told, uid_name(section.uid)]
                self._set(paragraph, names)
                self.touch(paragraph)
            return
        names = [*told, uid_name(section.uid), own_name(OwnMark(section.kind, level, "n", state), number)]
        marks = self._pair(names)
        if not part.children:
            part.children += [*marks, e("p")]
            return
        tops = [top_of(self.body, element) for block in part.blocks for element in block[:1]]
        places = [part.children.index(x) for x in (*tops, *new) if x is not None and x in part.children]
        at = min(places, default=0)
        part.children[at:at] = marks

    def say_text(self, paragraph: Element, number: int) -> None:
        """Marks what looks like a heading, and was said to be none."""
        if top_of(self.body, paragraph) is not None:
            self._set(paragraph, [own_name(OwnMark("section", 1, "t", ""), number)])
            self.touch(paragraph)

    def say_titles(self, paragraphs: Sequence[Element]) -> None:
        """Marks the lines of the title, so that they stay the title whatever becomes of their look, and those beside them, so that these
        stay text."""
        titles = [one for one in paragraphs if top_of(self.body, one) is not None]
        beside = (near for one in titles for near in (one.getprevious(), one.getnext()))
        lines = [one for one in beside if one is not None and one.tag == w("p") and one not in titles]
        for number, paragraph in enumerate(titles):
            self._set(paragraph, [title_name(number)])
        for number, paragraph in enumerate(dict.fromkeys(lines)):
            self._set(paragraph, [line_name(number)])
        for paragraph in (*titles, *lines):
            self.touch(paragraph)

    def _pair(self, names: Sequence[str]) -> list[Element]:
        made = []
        for name in names:
            self.last += 1
            made += [e("bookmarkStart", id=self.last, name=name), e("bookmarkEnd", id=self.last)]
        return made

    def _set(self, paragraph: Element, names: Sequence[str]) -> None:
        marks = self._pair(names)
        ppr = paragraph.find(w("pPr"))
        at = 0 if ppr is None else paragraph.index(ppr) + 1
        for mark in reversed(marks[0::2]):
            paragraph.insert(at, mark)
        paragraph.extend(marks[1::2])
