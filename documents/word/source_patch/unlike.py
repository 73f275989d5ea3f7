"""In which sections a file that was written shows other numbers than the text, or says something else: a person is told."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from documents.text import SectionTree, body_text
from documents.text.extraction import picture_uses
from documents.word.list_numbers import labels_in
from documents.word.source_patch.numbers import alike

Json = Mapping[str, Any]


def numbered_otherwise(tree: SectionTree, again: SectionTree) -> tuple[str, ...]:
    """The sections in which a number of the text reads otherwise; a list without labels is counted by whoever shows it."""
    found = []
    for section in tree:
        other = again.by_uid.get(section.uid)
        if other is None:
            continue
        ours, read = labels_in(section.text.body), labels_in(other.text.body)
        same = alike(section, other) and len(ours) == len(read)
        if not same or any(label not in ("", shown) for label, shown in zip(ours, read, strict=True)):
            found.append(section.uid)
    return tuple(found)


def worded_otherwise(tree: SectionTree, again: SectionTree) -> tuple[str, ...]:
    """The sections whose words, notes or pictures are not all there, or not where the text has them."""
    read = {section.uid: _said(section.text.body) for section in again}
    return tuple(
        section.uid for section in tree if _said(section.text.body) != read.get(section.uid, ([], 0))
    )


def _said(body: Json) -> tuple[list[str], int]:
    """The lines of a text with the words of each note where it is referred to; and how many pictures it shows."""
    lines = body_text(_with_notes(body, body.get("notes") or {}), heading=True, notes=False).split("\n")
    said = [" ".join(line.split()) for line in lines]
    return [line for line in said if line], sum(1 for _ in picture_uses(body))


def _with_notes(value: Any, notes: Json) -> Any:
    if isinstance(value, list):
        return [_with_notes(part, notes) for part in value]
    if not isinstance(value, Mapping):
        return value
    if value.get("type") == "note":
        blocks = notes.get(value["attrs"]["id"]) or []
        return {"type": "text", "text": f" ({body_text({'blocks': blocks})}) "}
    return {key: _with_notes(part, notes) for key, part in value.items() if key != "notes"}
