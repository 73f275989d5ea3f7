"""The bookmarks of an own file (:mod:`documents.word.body.bookmarks`): which section is where, as what."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from documents.text import Section, text_hash
from documents.word.body.bookmarks import OwnMark, is_ours, line_name, own_name, title_name, uid_name
from documents.word.file import ns
from documents.word.file.markup import e
from documents.word.file.ns import Element, w
from documents.word.formatting.properties import PPR, P, shown_text
from documents.word.read.outline.heading_numbers import sign_of
from documents.word.source_patch.body import Body
from documents.word.source_patch.source.sections import SourceSection, top_of

START, END = w("bookmarkStart"), w("bookmarkEnd")


class Bookmarks:
    """Takes those out that an earlier file of ours had, and sets them again."""

    def __init__(self, body: Body) -> None:
        self.body = body
        for start in [node for node in body.root.iter(START) if is_ours(node.get(w("name")) or "")]:
            number = start.get(w("id"))
            ends = [node for node in body.root.iter(END) if node.get(w("id")) == number][:1]
            for node in (start, *ends):
                body.touch(node)
                ns.remove(node)
        ids = (node.get(w("id")) for node in body.root.iter(START))
        self.last = max((ns.number(one, 0, 0, 2**30) for one in ids), default=0)

    def mark_section(
        self, source: SourceSection, section: Section, number: int, outline: int, blocks: Collection[Element]
    ) -> None:
        """``outline``: the level of the heading by its look; ``blocks``: where the section's blocks are."""
        state, level = text_hash(section.text.body), min(section.level, 9)
        names = [*([] if number else [title_name()]), uid_name(section.uid)]
        heading = source.heading
        if not heading:
            pairs = self._pairs([*names, own_name(OwnMark(section.kind, level, "n", state), number)])
            tops = (top_of(self.body.body, element) for element in blocks)
            known = {*tops, *blocks}
            at = next((n for n, child in enumerate(source.children) if child in known), 0)
            source.children[at:at] = pairs
            if len(source.children) == len(pairs):
                source.children.append(e("p"))
            return
        typed = sign_of(shown_text(heading), section.text.label)
        mark = OwnMark(section.kind, level, "h", state, typed)
        self._set(heading[0], [*names, own_name(mark, number, outline)])
        if len(heading) > 1 and heading[-1].getparent() is heading[0].getparent():
            self._set(heading[-1], [own_name(OwnMark(section.kind, level, "w", state), number)])

    def mark_text(self, paragraph: Element, number: int) -> None:
        """What looks like a heading, and is none by a person's decision."""
        if top_of(self.body.body, paragraph) is not None:
            self._set(paragraph, [own_name(OwnMark("section", 1, "t", ""), number)])

    def mark_titles(self, paragraphs: Sequence[Element]) -> None:
        """The lines of the title, so that they stay the title whatever their look. And those next to them, so
        that these stay text."""
        titles = [one for one in paragraphs if top_of(self.body.body, one) is not None]
        neighbours = (near for one in titles for near in (one.getprevious(), one.getnext()))
        lines = [one for one in neighbours if one is not None and one.tag == P and one not in titles]
        for number, paragraph in enumerate(titles):
            self._set(paragraph, [title_name(number)])
        for number, paragraph in enumerate(dict.fromkeys(lines)):
            self._set(paragraph, [line_name(number)])

    def _pairs(self, names: Sequence[str]) -> list[Element]:
        marks = []
        for name in names:
            self.last += 1
            marks += [e("bookmarkStart", id=self.last, name=name), e("bookmarkEnd", id=self.last)]
        return marks

    def _set(self, paragraph: Element, names: Sequence[str]) -> None:
        marks = self._pairs(names)
        ppr = paragraph.find(PPR)
        at = 0 if ppr is None else paragraph.index(ppr) + 1
        paragraph[at:at] = marks[0::2]
        paragraph.extend(marks[1::2])
        self.body.touch(paragraph)
