"""The comments in the margin of a Word file: author, text, anchor and the comment they answer."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass

from documents.word.file import ns
from documents.word.file.ns import Element, w
from documents.word.file.package import Package

W15 = "http://schemas.microsoft.com/office/word/2012/wordml"
LONGEST = 100_000


@dataclass(frozen=True, slots=True)
class WordComment:
    """A comment in the margin. ``quote``: the words that it is at; ``parent``: the id of the one it
    answers."""

    id: str
    uid: str
    author: str
    date: str
    text: str
    quote: str
    parent: str
    resolved: bool = False


def comment_key(comment: WordComment) -> str:
    """The key of a comment in another version of its file: author, text and minute."""
    return "\n".join([comment.author, comment.date[:16], *comment.text.split()])


def comment_keys(package: Package) -> Iterator[str]:
    """The keys of all comments of a file."""
    root = package.optional_xml(package.main, "comments")
    for node in root.iterchildren(w("comment")) if root is not None else ():
        text = " ".join("".join(t.text or "" for t in p.iter(w("t"))) for p in node.iter(w("p")))
        author, date = (node.get(w(name)) or "" for name in ("author", "date"))
        yield "\n".join([author, date[:16], *text.split()])


def added_since(comments: Sequence[WordComment], known: Container[str]) -> list[WordComment]:
    """The comments that are not among those ``known`` (by :func:`comment_key`) when the file was sent. A
    known one that was answered since stays, for its answer."""
    fresh = [one for one in comments if comment_key(one) not in known]
    parents = {one.parent for one in fresh}
    return [one for one in comments if comment_key(one) not in known or one.id in parents]


def comments_at(package: Package, places: list[tuple[Element, str]]) -> Iterator[WordComment]:
    root = package.optional_xml(package.main, "comments")
    if root is None:
        return
    parents, resolved = _threads(package, root)
    anchors = _Anchors(places)
    if package.related(package.main, "commentsExtended") is None:
        parents = _at_one_place(root, places, anchors.ranges)
    first = places[0][1] if places else ""
    for node in root.iterchildren(w("comment")):
        key = _id(node)
        parent = parents.get(key, "")
        uid = anchors.uids.get(key) or anchors.uids.get(parent, "") or first
        if uid:
            lines = ["".join(t.text or "" for t in p.iter(w("t"))) for p in node.iter(w("p"))]
            yield WordComment(
                key,
                uid,
                (node.get(w("author")) or "")[:120],
                (node.get(w("date")) or "")[:40],
                "\n".join(lines).strip()[:LONGEST],
                "".join(anchors.quotes.get(key, [])).strip()[:2000],
                parent,
                key in resolved,
            )


def _id(node: Element) -> str:
    return node.get(w("id")) or ""


class _Anchors:
    """Where comments are, by their ids: the section, the words, and the places of the beginning and the
    end."""

    def __init__(self, places: list[tuple[Element, str]]) -> None:
        self.uids: dict[str, str] = {}
        self.quotes: dict[str, list[str]] = {}
        self.ranges: dict[str, list[int]] = {}
        opened: set[str] = set()
        for index, (element, uid) in enumerate(places):
            tag = element.tag
            if tag in (w("t"), w("p")):
                for key in opened:
                    self.quotes[key].append("\n" if tag == w("p") else element.text or "")
                continue
            key = _id(element)
            if tag == w("commentReference"):
                self.uids.setdefault(key, uid)
            elif tag == w("commentRangeStart"):
                self.ranges.setdefault(key, []).append(index)
                self.uids[key], self.quotes[key] = uid, []
                opened.add(key)
            elif tag == w("commentRangeEnd"):
                self.ranges.setdefault(key, []).append(index)
                opened.discard(key)


def _at_one_place(
    root: Element, places: list[tuple[Element, str]], ranges: dict[str, list[int]]
) -> dict[str, str]:
    """The parent of each comment by its anchor: comments at the same words are one conversation. For files
    that name no parents, as LibreOffice writes them."""
    counts = [0]
    for element, _uid in places:
        counts.append(counts[-1] + (element.tag in (w("t"), w("p"))))
    first: dict[tuple[int, ...], str] = {}
    parents: dict[str, str] = {}
    for node in root.iterchildren(w("comment")):
        key = node.get(w("id")) or ""
        place = tuple(counts[index] for index in ranges.get(key, ()))
        if len(place) != 2 or place[0] == place[1]:
            continue
        if place in first:
            parents[key] = first[place]
        first.setdefault(place, key)
    return parents


def _threads(package: Package, root: Element) -> tuple[dict[str, str], set[str]]:
    """Of each comment that answers another one, the other's id; and the ids of those that are done with."""
    by_para = {
        p.get(f"{{{ns.W14}}}paraId"): node.get(w("id")) or ""
        for node in root.iterchildren(w("comment"))
        for p in node.iter(w("p"))
    }
    extended = package.optional_xml(package.main, "commentsExtended")
    parents: dict[str, str] = {}
    resolved: set[str] = set()
    for node in extended if extended is not None else ():
        own, parent = node.get(f"{{{W15}}}paraId"), node.get(f"{{{W15}}}paraIdParent")
        if own not in by_para:
            continue
        if parent in by_para:
            parents[by_para[own]] = by_para[parent]
        if (node.get(f"{{{W15}}}done") or "0").lower() not in ns.OFF:
            resolved.add(by_para[own])
    return parents, resolved
