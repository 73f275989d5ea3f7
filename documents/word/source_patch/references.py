"""Fields and links of a source that lead to a place whose words were written anew, or are gone.

A field that shows the words of its place (``REF``) would show other ones as soon as Word updates it; one that
leads nowhere, an error. Such a field becomes a link to the section of its place, with what it shows; plain
text where that section is gone.
"""

from __future__ import annotations

import copy
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from documents.word.looks.letters import RPR, P
from documents.word.marks import uid_name
from documents.word.markup import e
from documents.word.ns import Element, w
from documents.word.read.fields import GENERATED, REFERENCES, field_words
from documents.word.source_patch.sections import SourceSection

LINK, SIMPLE, CHAR, INSTRUCTION = w("hyperlink"), w("fldSimple"), w("fldChar"), w("instrText")
BOOKMARK, BOOKMARK_END, NAME, ANCHOR = w("bookmarkStart"), w("bookmarkEnd"), w("name"), w("anchor")
NUMBERS = ("\\n", "\\r", "\\w", "\\p")
"""What an instruction says that shows the number of a place, or where it is, instead of its words."""


@dataclass(eq=False)
class Field:
    """A field: its marks (begin, instruction, separator, end, or the one element that it is), each with the
    number of the piece of the text that it stands in."""

    marks: list[tuple[int, Element]]
    instruction: str = ""
    shown: bool = False

    @property
    def whole(self) -> bool:
        first, last = self.marks[0][1], self.marks[-1][1]
        return first.tag == SIMPLE or (_kind(first) == "begin" and _kind(last) == "end")

    @property
    def pieces(self) -> range:
        return range(self.marks[0][0], self.marks[-1][0] + 1)

    def target(self) -> tuple[str, bool]:
        """The bookmark to which it leads, and whether it shows the words there."""
        words = field_words(self.instruction)
        kind = words[0].upper() if words else ""
        if kind in REFERENCES and len(words) > 1:
            switches = "".join(words[2:]).lower()
            return words[1], kind == "REF" and not any(one in switches for one in NUMBERS)
        if kind == "HYPERLINK" and len(words) > 2 and words[1].lower() == "\\l":
            return words[2], False
        return "", False

    @property
    def lists(self) -> bool:
        """Whether it is a list of the text, such as the contents, that Word makes again."""
        words = field_words(self.instruction)
        return bool(words) and words[0].upper() in GENERATED

    def unwrap(self, anchor: str = "") -> None:
        """Leaves what it shows, in a link where that can be."""
        first = self.marks[0][1]
        if first.tag == SIMPLE:
            shown = list(first)
            for node in shown:
                first.addprevious(node)
            _remove(first)
        else:
            ends = [_isolate(mark) for _, mark in self.marks if _kind(mark) in ("separate", "end")]
            shown = _between(*ends) if len(ends) == 2 else []
            for _, mark in self.marks:
                self._drop(mark)
        around = shown[0].iterancestors(LINK) if shown else ()
        if anchor and shown and not any((*around, *(link for node in shown for link in node.iter(LINK)))):
            link = e("hyperlink", anchor=anchor)
            shown[0].addprevious(link)
            link.extend(shown)

    def _drop(self, mark: Element) -> None:
        run = mark.getparent()
        _remove(mark)
        if run is not None and all(child.tag == RPR for child in run):
            _remove(run)

    def end_in(self, paragraph: Element) -> None:
        """Ends the field in another paragraph."""
        if self.whole:
            self._drop(self.marks[-1][1])
        paragraph.append(e("r", e("fldChar", fldCharType="end")))


def find_fields(pieces: Iterable[Element]) -> list[Field]:
    """The fields of some pieces of the text, halves of fields too."""
    found: list[Field] = []
    opened: list[Field] = []
    for at, piece in enumerate(pieces):
        for node in piece.iter(SIMPLE, CHAR, INSTRUCTION):
            kind = _kind(node)
            if node.tag == SIMPLE:
                found.append(Field([(at, node)], node.get(w("instr")) or ""))
            elif kind == "begin":
                opened.append(Field([(at, node)]))
            elif not opened:
                if kind:
                    found.append(Field([(at, node)]))
            elif kind or not opened[-1].shown:
                opened[-1].marks.append((at, node))
                opened[-1].instruction += "" if kind else node.text or ""
                opened[-1].shown |= bool(kind)
                if kind == "end":
                    found.append(opened.pop())
    return found + opened


def _kind(node: Element) -> str:
    return node.get(w("fldCharType")) or ""


def _isolate(mark: Element) -> Element | None:
    """The run of a mark, with what else stood in it in runs beside it."""
    run = mark.getparent()
    if run is None:
        return None
    before = [node for node in mark.itersiblings(preceding=True) if node.tag != RPR]
    behind = list(mark.itersiblings())
    for nodes, put in ((before[::-1], run.addprevious), (behind, run.addnext)):
        if nodes:
            put(e("r", *map(copy.deepcopy, run.findall(RPR)), *nodes))
    return run


def _between(first: Element | None, last: Element | None) -> list[Element]:
    """What stands between two runs beside one another."""
    if first is None or last is None or first.getparent() is not last.getparent():
        return []
    behind = list(first.itersiblings())
    return behind[: behind.index(last)] if last in behind else []


def _remove(node: Element) -> None:
    parent = node.getparent()
    if parent is not None:
        parent.remove(node)


class References:
    """Made before anything changes: which bookmark stands in which section, and which fields have no other
    half."""

    def __init__(
        self, pieces: Sequence[Element], sources: Mapping[str, SourceSection], front: Collection[Element]
    ) -> None:
        self.front = list(front)
        self.places = dict.fromkeys(_whole(pieces), "")
        for uid, source in sources.items():
            names = (name for child in source.children for name in _bookmarks(child))
            self.places |= {name: uid for name in names if name in self.places}
        fields = find_fields(pieces)
        self.halves = {one.marks[0][1] for one in fields if not one.whole}
        self.spans = {
            one.marks[0][1]: [pieces[at] for at in one.pieces] for one in fields if len(one.pieces) > 1
        }
        self.gone: set[str] = set()
        self.rewritten: set[str] = set()
        self.known: Collection[str] = ()

    def find_changes(
        self, pieces: Sequence[Element], written: Iterable[Element], known: Collection[str]
    ) -> None:
        """Finds the bookmarks that are gone, and those of which the words were ``written`` anew. ``known``:
        the sections of the draft."""
        self.gone = set(self.places) - _whole(pieces)
        self.rewritten = {name for element in written for name in _bookmarks(element)}
        self.known = known

    def settle(self, pieces: Sequence[Element], changed: Collection[Element] = ()) -> set[Element]:
        """Unwraps the fields, and leads the links elsewhere, that need it. ``changed``: pieces that are new,
        moved or written anew. Gives the pieces in which something is another now."""
        touched: set[Element] = set()
        for piece in pieces:
            for link in piece.iter(LINK):
                anchor = self._section_of(link.get(ANCHOR) or "")
                if link.get(ANCHOR) in self.gone and anchor:
                    link.set(ANCHOR, anchor)
                    touched.add(piece)
        for one in find_fields(pieces):
            begin, around = one.marks[0][1], [pieces[at] for at in one.pieces]
            if begin in self.halves:
                continue
            if begin in self.spans:
                touched |= self._cut(one, pieces, changed)
            elif not one.whole:
                one.unwrap()
                touched.update(around)
            elif self._is_stale(one, around[0]):
                one.unwrap(self._section_of(one.target()[0]))
                touched.update(around)
        return touched

    def _is_stale(self, one: Field, piece: Element) -> bool:
        name, repeats = one.target()
        return name in self.gone or (repeats and name in self.rewritten and piece not in self.front)

    def _cut(self, one: Field, pieces: Sequence[Element], changed: Collection[Element]) -> set[Element]:
        """Ends a field over several pieces before the first that is not as it was, or unwraps it."""
        span, start = self.spans[one.marks[0][1]], one.pieces.start
        pairs = zip(span, pieces[start : start + len(span)], strict=False)
        intact = next(
            (at for at, (was, now) in enumerate(pairs) if was is not now or now in changed), len(span)
        )
        if intact == len(span):
            return set()
        around = {pieces[at] for at in one.pieces}
        if intact and span[intact - 1].tag == P and one.lists:
            one.end_in(span[intact - 1])
        else:
            one.unwrap()
        return around | {span[intact - 1]}

    def _section_of(self, name: str) -> str:
        uid = self.places.get(name, "")
        return uid_name(uid) if uid in self.known else ""


def _bookmarks(element: Element) -> list[str]:
    return [name for node in element.iter(BOOKMARK) if (name := node.get(NAME))]


def _whole(pieces: Sequence[Element]) -> set[str]:
    """The bookmarks that begin and end in some pieces."""
    ends = {node.get(w("id")) for piece in pieces for node in piece.iter(BOOKMARK_END)}
    starts = (node for piece in pieces for node in piece.iter(BOOKMARK) if node.get(w("id")) in ends)
    return {name for node in starts if (name := node.get(NAME))}
