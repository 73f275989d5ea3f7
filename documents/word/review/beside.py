"""What stands in no section of a Word file: before the first one, in its headers and footers; and what was changed there,
with tracking or without."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from documents.word.file.package import Package
from documents.word.file.refusal import Refused
from documents.word.ns import Element, R, w

COVER, HEADER, FOOTER = "cover", "header", "footer"
LONGEST = 2_000
INSERTED, DELETED = (w("ins"), w("moveTo")), (w("del"), w("moveFrom"))
CONTENTS = re.compile(r"(?i)(?:kodeks)?(?:toc|contents)")
SAID = (w("t"), w("delText"), w("tab"), w("ptab"), w("br"))
SYMBOLS = re.compile("[\ue000-\uf8ff]")
"""Signs of fonts of signs. Word says them apart from the words, LibreOffice among them."""
LISTED = re.compile(r"\s*(TOC|PAGEREF)\b")


@dataclass(frozen=True, slots=True)
class ChangeBeside:
    """A paragraph with tracked changes: who made the last of them and when, its words before and after. ``where`` is cover
    (all before the first section), header or footer. Without tracking it may be several paragraphs, and nobody is named."""

    where: str
    author: str
    date: str
    old: str
    new: str
    tracked: bool = True


@dataclass(frozen=True, slots=True)
class LinesBeside:
    """What was said beside the sections before the file's tracked changes, line by line, without what fields and tables of
    contents show; and every line of the file, wherever it stands, before and after its changes."""

    cover: tuple[str, ...] = ()
    header: tuple[str, ...] = ()
    footer: tuple[str, ...] = ()
    everywhere: frozenset[str] = frozenset()
    texts: tuple[str, ...] = ()
    """Lines that look like headings, and of which a person said that they are text."""
    comments: frozenset[str] = frozenset()
    """The comments of a file that was sent out, as :func:`documents.word.comments.comment_key` names them."""
    values: frozenset[str] = frozenset()
    """What its fields show that programs count out (documents/word/editors/made_anew.py)."""

    def as_json(self) -> list[list[str]]:
        lists = (
            self.cover,
            self.header,
            self.footer,
            sorted(self.everywhere),
            self.texts,
            sorted(self.comments),
            sorted(self.values),
        )
        return [list(each) for each in lists]

    @classmethod
    def from_json(cls, data: Sequence[Sequence[str]]) -> LinesBeside:
        cover, header, footer, everywhere, texts, comments, values = data
        frames = tuple(cover), tuple(header), tuple(footer)
        return cls(*frames, frozenset(everywhere), tuple(texts), frozenset(comments), frozenset(values))


def changes_beside(
    package: Package, uids: Mapping[Element, str], titles: Collection[Element]
) -> Iterator[ChangeBeside]:
    """In the order of the file. Tables of contents, which Word makes anew, are left out. ``uids``: the elements that sections
    were read from; ``titles``: the lines of the title, which may stand behind the first of these."""
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
    """Whether the end between two paragraphs was taken out or put in, and words stand on both sides of it."""
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


def lines_beside(package: Package, uids: Mapping[Element, str], titles: Collection[Element]) -> LinesBeside:
    """``uids``: the elements that sections were read from; where there are none, all of the text stands before them, and so do
    the lines of the title, ``titles``."""
    root = package.xml(package.main)
    found: dict[str, list[str]] = {COVER: [], HEADER: [], FOOTER: []}
    before = set(titles)
    for element in root.iter(w("p"), w("tbl")):
        if element in uids:
            break
        before.add(element)
    everywhere = set(_lines(root, DELETED).values())
    for paragraph, line in _lines(root, INSERTED).items():
        everywhere.add(line)
        if paragraph in before and not _lists_contents(paragraph):
            found[COVER].append(line)
    shown = {
        rel.target
        for reference in root.iter(w("headerReference"), w("footerReference"))
        if (rel := package.rels(package.main).get(reference.get(f"{{{R}}}id") or "")) is not None
    }
    for where, name, part in _frames(package):
        if name not in shown:
            continue
        found[where] += _lines(part, INSERTED).values()
        everywhere.update(found[where], _lines(part, DELETED).values())
    cover, header, footer = (tuple(found[where]) for where in (COVER, HEADER, FOOTER))
    return LinesBeside(cover, header, footer, frozenset(everywhere))


def _lines(root: Element, without: tuple[str, ...]) -> dict[Element, str]:
    """Each paragraph's own words, where it has any. ``without``: the tracked changes that do not count."""
    words: dict[Element, list[str]] = {}
    opened = 0
    for node in root.iter(*SAID, w("p"), w("fldChar")):
        if node.tag == w("p"):
            words[node] = []
        elif node.tag == w("fldChar"):
            kind = node.get(w("fldCharType"))
            opened = opened + 1 if kind == "begin" else max(0, opened - 1) if kind == "end" else opened
        elif not opened:
            above, paragraph = _above(node)
            if paragraph is not None and not {w("fldSimple"), *without}.intersection(above):
                words[paragraph].append((node.text or "") if node.tag in (w("t"), w("delText")) else " ")
    made = {}
    for paragraph, said in words.items():
        line = " ".join(SYMBOLS.sub("", "".join(said)).split())
        if line:
            made[paragraph] = line
    return made


def _above(node: Element) -> tuple[set[str], Element | None]:
    """What stands around a piece of text within its paragraph, and the paragraph."""
    tags: set[str] = set()
    for one in node.iterancestors():
        if one.tag == w("p"):
            return tags, one
        tags.add(one.tag)
    return tags, None


def silent_changes(sent: Sequence[LinesBeside], back: LinesBeside) -> Iterator[ChangeBeside]:
    """What was changed without tracking. ``sent``: what the file that was sent out may have said, of which the likest counts;
    ``back``: the file that came back, as it was before its tracked changes. A line that stands anywhere in the other file was
    neither put in nor taken out."""
    if not sent:
        return
    was = max(sent, key=lambda one: len(one.everywhere & back.everywhere))
    known = frozenset().union(*(one.everywhere for one in sent))
    for where in (COVER, HEADER, FOOTER):
        old, new = _once(getattr(was, where)), _once(getattr(back, where))
        for op, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
            gone = [line for line in old[a:b] if op != "equal" and line not in back.everywhere]
            come = [line for line in new[c:d] if op != "equal" and line not in known]
            if gone or come:
                before, after = "\n".join(gone)[:LONGEST], "\n".join(come)[:LONGEST]
                yield ChangeBeside(where, "", "", before, after, tracked=False)


def _once(lines: Iterable[str]) -> list[str]:
    """Each line once: drawings stand twice in a file, for older programs and newer ones."""
    return list(dict.fromkeys(lines))


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
