"""Read the lines of a body, and draw citations into it as marks. Offsets are those of
:func:`documents.text.body_text` with the heading and the notes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from typing import Any, Final

from documents.text.inline_schema import CITATION
from documents.text.replace_words import FIXED, lines_of
from documents.text.types import Json

_LEADING: Final = frozenset({"link", "xref"})
_INSTEAD: Final = "instead"


@dataclass(frozen=True, slots=True)
class Link:
    """Where the words from ``start`` to ``end`` lead; ``note``: what must be known of the target."""

    start: int
    end: int
    href: str
    note: str = ""


def lines(body: Json) -> Iterator[tuple[int, str]]:
    """Every line of a text but its heading, with the place where it begins."""
    heading = bool(body.get("heading"))
    for number, (start, pieces) in enumerate(lines_of(body)):
        if not (heading and number == 0):
            yield start, "".join("\n" if member == FIXED else holder[member] for _, holder, member in pieces)


def cross_references(body: Json) -> Iterator[tuple[int, str, str]]:
    """The references that the editor of a text set: where each begins, its words, the section."""
    for _, pieces in lines_of(body):
        for start, holder, member in pieces:
            for mark in holder.get("marks") or ():
                if mark["type"] == "xref" and member == "text":
                    yield start, holder["text"], mark["attrs"]["uid"]


def with_links(body: Json, links: Iterable[Link]) -> Json:
    """The body with the links drawn in. What is a link already stays one."""
    ordered = sorted(links, key=lambda link: link.start)
    if not ordered:
        return body
    made = deepcopy(body)
    for _, pieces in lines_of(made):
        for start, holder, member in pieces:
            if member != "text" or _LEADING & {mark["type"] for mark in holder.get("marks") or ()}:
                continue
            nodes = list(_cut(start, holder, ordered))
            if len(nodes) > 1 or nodes[0] != holder:
                holder[_INSTEAD] = nodes
    return _spread(made)


def _cut(start: int, node: Any, links: Iterable[Link]) -> Iterator[Json]:
    text: str = node["text"]
    place = 0
    marks = list(node.get("marks") or [])
    for link in links:
        first, last = max(link.start - start, place), min(link.end - start, len(text))
        if first >= last:
            continue
        if first > place:
            yield _text(text[place:first], marks)
        attrs = {"href": link.href, "note": link.note if link.end - start == last else ""}
        yield _text(text[first:last], [*marks, {"type": CITATION, "attrs": attrs}])
        place = last
    if place < len(text):
        yield _text(text[place:], marks)


def _text(text: str, marks: list[Json]) -> Json:
    return {"type": "text", "text": text} | ({"marks": marks} if marks else {})


def _spread(value: Any) -> Any:
    if isinstance(value, list):
        made: list[Any] = []
        for one in value:
            made += one[_INSTEAD] if isinstance(one, dict) and _INSTEAD in one else [_spread(one)]
        return made
    if isinstance(value, dict):
        return {key: _spread(one) for key, one in value.items()}
    return value
