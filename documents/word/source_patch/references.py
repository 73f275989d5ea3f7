"""References of an own file: fields and links that lead to a place by the name of its bookmark.

They stay what they are. A field that shows the words of another place does so again whenever a program makes its fields anew:
where the draft has other words in the field it becomes a link, and where the place is no more, or has other words than it had, a
link to its section, or plain words.
"""

from __future__ import annotations

import copy
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from documents.word.marks import uid_name
from documents.word.markup import e
from documents.word.ns import Element, w
from documents.word.read.fields import REFERENCES, field_words
from documents.word.source_patch.atoms import LETTERS, RPR, T
from documents.word.source_patch.parts import Part
from documents.word.source_patch.places import NOTE, Places

P, LINK, SIMPLE, CHAR, SAID = w("p"), w("hyperlink"), w("fldSimple"), w("fldChar"), w("instrText")
BOOKMARK = w("bookmarkStart")
AROUND = (LINK, SIMPLE)
NUMBERS = ("\\n", "\\r", "\\w", "\\p")
"""What an instruction says that shows the number of a place, or where it is, instead of its words."""


@dataclass(eq=False)
class Field:
    """A field of a paragraph. ``marks``: its begin, instruction, separator and end, or the one element that it is."""

    marks: list[Element]
    instruction: str = ""
    shown: bool = False
    text: str = ""
    words: list[str] = field(default_factory=list)

    @property
    def kind(self) -> str:
        return self.words[0].upper() if self.words else ""

    @property
    def shows(self) -> str:
        """The name of the bookmark whose words or number it shows, again whenever fields are made anew."""
        return self.words[1] if self.kind in REFERENCES and len(self.words) > 1 else ""

    @property
    def repeats(self) -> bool:
        """Whether it shows the words in its bookmark, or a note's sign: no number of its place."""
        said = "".join(self.words[2:]).lower()
        return bool(self.shows) and self.kind != "PAGEREF" and not any(one in said for one in NUMBERS)

    @property
    def leads(self) -> str:
        """The name of the bookmark to which it leads."""
        link = self.kind == "HYPERLINK" and len(self.words) > 2 and self.words[1].lower() == "\\l"
        return self.words[2] if link else self.shows


def fields_of(paragraph: Element) -> list[Field]:
    """The fields that begin and end in a paragraph."""
    found: list[Field] = []
    opened: list[Field] = []
    for node in paragraph.iter(SIMPLE, CHAR, SAID, T, *LETTERS):
        kind = node.get(w("fldCharType")) if node.tag == CHAR else ""
        if node.tag == SIMPLE:
            said = node.get(w("instr")) or ""
            found.append(Field([node], said, True, "".join(t.text or "" for t in node.iter(T))))
        elif kind == "begin":
            opened.append(Field([node]))
        elif not opened:
            continue
        elif kind:
            opened[-1].marks.append(node)
            opened[-1].shown = True
            if kind == "end":
                found.append(opened.pop())
        elif node.tag == SAID:
            if not opened[-1].shown:
                opened[-1].instruction += node.text or ""
                opened[-1].marks.append(node)
        else:
            for one in opened:
                one.text += (node.text or "" if node.tag == T else LETTERS[node.tag]) if one.shown else ""
    for one in found:
        one.words = field_words(one.instruction)
    return found


class Watched:
    """The fields around some runs, before these are changed."""

    def __init__(self, runs: Iterable[Element]) -> None:
        self.paragraphs = dict.fromkeys(next(run.iterancestors(P), None) for run in dict.fromkeys(runs))
        self.texts = {one.marks[0]: one.text for one in self._fields()}

    def _fields(self) -> Iterator[Field]:
        for paragraph in self.paragraphs:
            if paragraph is not None:
                yield from fields_of(paragraph)

    def settle(self) -> None:
        """Lets go of those whose words went, and of references whose words are others now."""
        for one in self._fields():
            if self.texts.get(one.marks[0]) == one.text:
                continue
            if one.shows or not (one.text or one.kind.startswith("FORM")):
                let_go(one, one.shows if one.text else "")


def let_go(one: Field, anchor: str) -> None:
    """Leaves of a field the words that it shows, in a link to ``anchor`` where that is said and can be."""
    if one.marks[0].tag == SIMPLE:
        inner, (around,) = list(one.marks[0]), one.marks
        for node in inner:
            around.addprevious(node)
        _remove(around)
    else:
        inner = _between(*map(_alone, one.marks[-2:]))
        for mark in one.marks:
            run = mark.getparent()
            if run is not None:
                run.remove(mark)
                if all(child.tag == RPR for child in run):
                    _remove(run)
    linked = [node for top in inner for node in (*top.iterancestors(LINK), *top.iter(LINK))]
    if anchor and inner and not linked:
        link = e("hyperlink", anchor=anchor)
        inner[0].addprevious(link)
        link.extend(inner)


def _alone(mark: Element) -> Element | None:
    """The run of a mark, with what else stood in it in runs beside it."""
    run = mark.getparent()
    if run is None:
        return None
    before = [node for node in mark.itersiblings(preceding=True) if node.tag != RPR]
    behind = list(mark.itersiblings())
    for nodes, put in ((before[::-1], run.addprevious), (behind, run.addnext)):
        if nodes:
            made = e("r", *map(copy.deepcopy, run.findall(RPR)), *nodes)
            put(made)
    return run


def _between(first: Element | None, last: Element | None) -> list[Element]:
    """What stands between two runs beside one another."""
    if first is None or last is None or first.getparent() is not last.getparent():
        return []
    found = []
    node = first.getnext()
    while node is not None and node is not last:
        found.append(node)
        node = node.getnext()
    return found if node is last else []


def _remove(node: Element) -> None:
    parent = node.getparent()
    if parent is not None:
        parent.remove(node)


def edge(run: Element, *, behind: bool) -> Element | None:
    """What new words stand behind, or before, that come beside a linked run and are no part of the link; None where
    that has no run of its own."""
    node = _outermost(run)
    paragraph = next(run.iterancestors(P), None)
    order = {} if paragraph is None else {one: at for at, one in enumerate(paragraph.iter())}
    for one in () if paragraph is None else fields_of(paragraph):
        begin, end = one.marks[0], one.marks[-1]
        if begin is not end and order[begin] < order[node] < order[end]:
            bound = (end if behind else begin).getparent()
            if bound is None or next(bound.iter(T), None) is not None:
                return None
            node = _outermost(bound)
    return node


def _outermost(run: Element) -> Element:
    return next((node for node in reversed(list(run.iterancestors(*AROUND)))), run)


class References:
    """Lets what refers to a place that is no more, or has other words than a field shows, lead to the section in which it stood."""

    def __init__(self, body: Element, sources: Mapping[str, Part], front: Collection[Element]) -> None:
        """Made before anything changes. ``sources``: the sections of the body; ``front``: what is no text of it, where fields show
        what the text says from now on."""
        self._was = self._now = Places(body)
        self._sections = {
            name: uid
            for uid, part in sources.items()
            for child in part.children
            for mark in child.iter(BOOKMARK)
            if (name := mark.get(w("name")))
        }
        self._front = frozenset(front)
        self._known: Collection[str] = ()

    def written(self, pieces: Sequence[Element], known: Collection[str]) -> None:
        """Says what the body consists of from now on, and which sections there are."""
        self._now, self._known = Places(pieces), known

    def settle(self, pieces: Iterable[Element]) -> set[Element]:
        """Changes those in some pieces of the text or of its notes, or leaves the words of a field whose section is gone too; gives
        the pieces that were changed."""
        changed: set[Element] = set()
        for piece in pieces:
            for link in piece.iter(LINK):
                name = link.get(w("anchor")) or ""
                if self._gone(name) and (anchor := self._section(name)):
                    link.set(w("anchor"), anchor)
                    changed.add(piece)
            for paragraph in list(piece.iter(P)):
                for one in fields_of(paragraph):
                    anchor = self._section(one.leads)
                    otherwise = piece not in self._front and self._otherwise(one)
                    if (anchor or one.shows) and (otherwise or self._gone(one.leads)):
                        let_go(one, anchor)
                        changed.add(piece)
        return changed

    def _gone(self, name: str) -> bool:
        """Whether a bookmark that there was is no longer there, from its beginning to its end."""
        was, now = self._was, self._now
        stays = name in now.whole or (name in now.begun and name not in was.whole)
        return name in was.begun and not stays

    def _otherwise(self, one: Field) -> bool:
        """Whether a field would show other words than the text has there, where it would not before."""
        now = self._now.words(one.leads)
        if not one.repeats or now == self._was.words(one.leads):
            return False
        return now != one.text and not (one.kind == "NOTEREF" and NOTE in (now or ""))

    def _section(self, name: str) -> str:
        uid = self._sections.get(name, "")
        return uid_name(uid) if uid in self._known else ""
