"""The lines of a block (a paragraph, a caption, a line of an item or a cell) and their paragraphs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from documents.text import canonical_json, inline_text
from documents.word.file import ns
from documents.word.file.ns import Element, w
from documents.word.formatting.properties import P, has_any, letters, shown_text

Json = Mapping[str, Any]
DRAWINGS = frozenset({w("drawing"), w("pict"), w("object"), f"{{{ns.MC}}}AlternateContent"})
REFERENCES = frozenset({w("footnoteReference"), w("endnoteReference")})


@dataclass(frozen=True, slots=True)
class Line:
    """Inline content, and where in its block it is (equal places in equal shapes). ``key`` is equal where
    place, content and the texts of the notes are; ``label`` is that of its item."""

    place: tuple[str, ...]
    content: Sequence[Json]
    label: str
    key: tuple[tuple[str, ...], bytes]


def lines_of(block: Json, notes: Json, place: tuple[str, ...] = (), label: str = "") -> Iterator[Line]:
    """The lines of a block in reading order, empty ones left out. ``notes``: the texts of the section's
    notes."""
    kind, attrs = block["type"], block.get("attrs") or {}
    if kind in ("paragraph", "figure"):
        if block.get("content"):
            style = attrs.get("style", "") if kind == "paragraph" else attrs.get("sha256", "")
            place = (*place, kind, style)
            yield Line(
                place, block["content"], label, (place, block_key({"content": block["content"]}, notes))
            )
        return
    own = "ordered" if attrs.get("ordered") else attrs.get("title", "")
    label = attrs.get("label", "") if kind == "item" else ""
    for index, child in enumerate(block.get("content") or []):
        number = "" if kind == "list" else str(min(index, 1)) if kind == "item" else str(index)
        yield from lines_of(child, notes, (*place, kind, own, number), "" if index else label)


def has_only_lines(block: Json) -> bool:
    """Whether a block is paragraphs with text and lists of these, so that a line can be added anywhere."""
    if block["type"] == "paragraph":
        return bool(block.get("content"))
    return block["type"] in ("list", "item") and all(map(has_only_lines, block.get("content") or []))


def find_paragraphs(lines: Sequence[Line], elements: Iterable[Element]) -> list[Element] | None:
    """For each line the paragraph that shows it; None where one is not found, or shows more."""
    waiting = (node for element in elements for node in element.iter(P))
    found = []
    for line in lines:
        wanted = letters(inline_text(line.content))
        paragraph = next((one for one in waiting if _shows(one, wanted)), None)
        if paragraph is None:
            return None
        found.append(paragraph)
    return found


def _shows(paragraph: Element, wanted: str) -> bool:
    shown = letters(shown_text([paragraph]))
    return shown == wanted and (bool(wanted) or has_any(paragraph, REFERENCES | DRAWINGS))


def block_key(block: Json, notes: Json) -> bytes:
    """What is equal in equal blocks; with the texts of their notes in place of these notes' names."""
    return canonical_json(_resolved(block, notes))


def content_key(content: Sequence[Json]) -> bytes:
    """What is equal in equal content, whatever its notes say."""
    return block_key({"content": content}, {})


def _resolved(value: Any, notes: Json) -> Any:
    if isinstance(value, (list, tuple)):
        return [_resolved(one, notes) for one in value]
    if not isinstance(value, Mapping):
        return value
    if value.get("type") == "note":
        return {"type": "note", "content": _resolved(notes.get(value["attrs"]["id"], []), {})}
    return {key: _resolved(one, notes) for key, one in value.items() if key != "ooxml"}
