"""The lines of a block (a paragraph, a caption, a line of an item or a cell) and the paragraphs that show
them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from documents.text import canonical_json, inline_text
from documents.word.looks.letters import DRAWINGS, REFERENCES, P, has_any, shown_text
from documents.word.ns import Element

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Line:
    """Inline content, where in its block it stands (equal places in equal shapes), and the label of its
    item."""

    place: tuple[str, ...]
    content: Sequence[Json]
    label: str = ""

    @property
    def key(self) -> tuple[tuple[str, ...], bytes]:
        return self.place, block_key({"content": self.content})


def lines_of(block: Json, place: tuple[str, ...] = (), label: str = "") -> Iterator[Line]:
    """The lines of a block in reading order, empty ones left out."""
    kind = block["type"]
    if kind in ("paragraph", "figure"):
        if block.get("content"):
            style = (block.get("attrs") or {}).get("style", "") if kind == "paragraph" else ""
            yield Line((*place, kind, style), block["content"], label)
        return
    attrs = block.get("attrs") or {}
    label = attrs.get("label", "") if kind == "item" else ""
    for index, child in enumerate(block.get("content") or []):
        inner = (*place, kind, _place_in(kind, index, attrs))
        yield from lines_of(child, inner, "" if index else label)


def _place_in(kind: str, index: int, attrs: Json) -> str:
    if kind == "list":
        return "ordered" if attrs.get("ordered") else ""
    if kind == "item":
        return "further" if index else ""
    return str(index)


def shape_of(value: Any) -> Any:
    """A block without its words and labels."""
    if isinstance(value, list):
        return [shape_of(part) for part in value]
    if not isinstance(value, Mapping):
        return value
    attrs = {key: part for key, part in (value.get("attrs") or {}).items() if key not in ("ooxml", "label")}
    content = value.get("content") or []
    leaf = value.get("type") in ("paragraph", "figure")
    inner = bool(content) if leaf else [shape_of(part) for part in content]
    return {"type": value.get("type"), "attrs": attrs, "content": inner}


def find_paragraphs(lines: Sequence[Line], elements: Iterable[Element]) -> list[Element] | None:
    """For each line the paragraph that shows it; None where one is not found, or shows more."""
    waiting = [node for element in elements for node in element.iter(P)]
    found = []
    for line in lines:
        wanted = "".join(inline_text(line.content).split())
        while waiting and not _shows(waiting[0], wanted):
            waiting.pop(0)
        if not waiting:
            return None
        found.append(waiting.pop(0))
    return found


def _shows(paragraph: Element, wanted: str) -> bool:
    shown = "".join(shown_text([paragraph]).split())
    return shown == wanted and (bool(wanted) or has_any(paragraph, REFERENCES | DRAWINGS))


def block_key(block: Json) -> bytes:
    """What is equal in equal blocks, whatever their notes say."""
    return canonical_json(_without_notes(block))


def _without_notes(value: Any) -> Any:
    if isinstance(value, (list, tuple)):
        return [_without_notes(one) for one in value]
    if not isinstance(value, Mapping):
        return value
    if value.get("type") == "note":
        return {"type": "note"}
    return {key: _without_notes(one) for key, one in value.items() if key != "ooxml"}
