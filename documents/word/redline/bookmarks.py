"""Bookmarks that only the old text has. They are imported with it, so that references of the old text find
their place when the changes are refused."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from documents.word import ns
from documents.word.file.refusal import Refused
from documents.word.marks import AT, OWN
from documents.word.marks import BEGIN as TEXT_BEGIN
from documents.word.marks import END as TEXT_END
from documents.word.ns import Element, w
from documents.word.redline.comparand import Comparand
from documents.word.redline.revision_marks import RevisionMarks

START, END, P, ID, NAME = w("bookmarkStart"), w("bookmarkEnd"), w("p"), w("id"), w("name")
OURS = "kodeks_"
WORD = re.compile(r"\w+")


class Bookmarks:
    """The bookmarks of the old file with free names in the new one, under numbers that nothing in it has."""

    def __init__(self, old: Comparand, new: Comparand, marks: RevisionMarks) -> None:
        self.marks, self.new = marks, new
        self._taken = {_key(node) for root in _stories(new) for node in root.iter(START)}
        self._free: set[str] = set()
        self._called: set[str] = set()
        self._out: set[tuple[str, str]] = set()
        roots = list(_stories(old))
        called = _called(roots)
        for root in roots:
            self._find(root, called)

    def _find(self, root: Element, called: set[str]) -> None:
        begun: dict[str, Element] = {}
        pairs: list[tuple[Element, Element]] = []
        nodes = list(root.iter(START, END))
        for node in nodes:
            number = node.get(ID) or ""
            if node.tag == START:
                begun.setdefault(number, node)
            elif (start := begun.pop(number, None)) is not None:
                pairs.append((start, node))
        for node in nodes:
            node.set(ID, "")
        for start, end in pairs:
            name = start.get(NAME) or ""
            if _key(start) in self._taken or AT.match(name) or OWN.match(name):
                continue
            self._taken.add(_key(start))
            self.marks.number += 1
            number = str(self.marks.number)
            self._free.add(number)
            for node in (start, end):
                node.set(ID, number)
            if _key(start) in called and not name.startswith(OURS):
                self._called.add(number)
        if self._called:
            self._into_paragraphs(root)

    def _into_paragraphs(self, root: Element) -> None:
        """Puts what is between paragraphs at the start of the next one, and at the end of the one before."""
        waiting: list[Element] = []
        places: list[tuple[Element, Element]] = []
        before: Element | None = None
        for node in root.iter(P, START, END):
            if node.tag == P:
                places += [(start, node) for start in waiting]
                waiting = []
                before = node
            elif node.get(ID) not in self._called or next(node.iterancestors(P), None) is not None:
                continue
            elif node.tag == START:
                waiting.append(node)
            elif before is not None:
                places.append((node, before))
        for node, paragraph in places:
            if node.tag == END:
                paragraph.append(node)
            else:
                paragraph.insert(0 if ns.child(paragraph, "pPr") is None else 1, node)

    def bring(self, made: Element) -> None:
        """Leaves in a copy of something of the old file those bookmarks that come along, each once."""
        for node in list(made.iter(START, END)):
            parent = node.getparent()
            if parent is not None and not self._goes_out(node, self._free):
                parent.remove(node)

    def called(self, nodes: Iterable[Element]) -> list[Element]:
        """Of the beginnings and ends in a paragraph that stays, new ones of those to which the old text
        refers."""
        if not self._called:
            return []
        found = (node for node in nodes if node.tag in (START, END) and self._goes_out(node, self._called))
        return [_copy(node) for node in found]

    def stand_in(self, block: Element) -> bool:
        """Whether one to which the old text refers begins or ends in a block."""
        return bool(self._called) and any(node.get(ID) in self._called for node in block.iter(START, END))

    def _goes_out(self, node: Element, wanted: set[str]) -> bool:
        number = node.get(ID) or ""
        if number not in wanted or (node.tag, number) in self._out:
            return False
        self._out.add((str(node.tag), number))
        return True

    def settle(self) -> None:
        """Removes those that begin or end where nothing was imported."""
        for root in _stories(self.new):
            found: dict[str, list[Element]] = {}
            for node in root.iter(START, END):
                if node.get(ID) in self._free:
                    found.setdefault(node.get(ID) or "", []).append(node)
            for nodes in found.values():
                if [node.tag for node in nodes] != [START, END]:
                    for node in nodes:
                        if (parent := node.getparent()) is not None:
                            parent.remove(node)


def _stories(side: Comparand) -> Iterator[Element]:
    """The roots of the parts with text that are whole."""
    for name in side.file.stories():
        try:
            yield side.file.root(name)
        except Refused:
            continue


def _called(roots: list[Element]) -> set[str]:
    """All words in the codes of fields and in the anchors of links."""
    texts: list[str] = []
    for root in roots:
        for paragraph in root.iter(P):
            codes = [node.text or "" for node in paragraph.iter(w("instrText"))]
            if codes:
                texts.append("".join(codes))
        texts += [node.get(w("instr")) or "" for node in root.iter(w("fldSimple"))]
        texts += [node.get(w("anchor")) or "" for node in root.iter(w("hyperlink"))]
    return {word.casefold() for text in texts for word in WORD.findall(text)}


def _key(start: Element) -> str:
    """The name as Word takes it: capitals don't count."""
    return (start.get(NAME) or "").casefold()


def _copy(node: Element) -> Element:
    made = node.makeelement(node.tag, {})
    for key, value in node.attrib.items():
        made.set(key, value)
    return made


def settle_text_bounds(old: Element, new: Element) -> None:
    """Moves marks of the ``new`` body that the ``old`` one lacks into later paragraphs. These disappear when
    the changes are refused. Only where there is such a one before any that stays. Else, refused, all of the
    old text before the mark of a file on a template would be its cover."""
    there = {node.get(w("name")) for node in old.iter(w("bookmarkStart"))}
    for name in {TEXT_BEGIN, TEXT_END} - there:
        start = next((n for n in new.iterchildren(w("bookmarkStart")) if n.get(w("name")) == name), None)
        if start is None:
            continue
        ends = [n for n in new.iterchildren(w("bookmarkEnd")) if n.get(w("id")) == start.get(w("id"))]
        for paragraph in start.itersiblings(w("p")):
            marks = paragraph.find(f"{w('pPr')}/{w('rPr')}")
            if marks is not None and marks.find(w("ins")) is not None:
                for number, node in enumerate((start, *ends), 1):
                    paragraph.insert(number, node)
                break
            if marks is None or marks.find(w("del")) is None:
                break
