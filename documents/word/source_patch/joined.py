"""Sections of a source whose text stands in the one before by now: their blocks stay the source's own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from documents.text import SectionTree, body_text, canonical_json
from documents.word.ns import Element, w
from documents.word.source_patch.parts import Part

Json = dict[str, Any]
LEAST = 0.5
"""So many of the words of a section must stand in the one before for it to be joined to that, and not taken out."""


def adopt_joined(
    sources: dict[str, Part], tree: SectionTree, remove: Callable[[Part, Element], None]
) -> dict[str, int]:
    """Gives each section of the source that the text has no more to the one before, where its words stand in that one's text now:
    all but its heading, which ``remove`` takes out. Gives by the uid of such a section how many blocks it had itself."""
    bodies = {section.uid: section.text.body for section in tree}
    own: dict[str, int] = {}
    before = ""
    for uid, gone in list(sources.items()):
        if uid in bodies:
            before = uid
            continue
        into = sources.get(before)
        if into is None or not _stands_in(gone, into, bodies[before]) or not _whole_fields(gone.heading):
            continue
        own.setdefault(before, len(into.blocks))
        body, names = _joined(into, gone, bodies[before])
        into.section = replace(into.section, text=replace(into.section.text, body=body))
        into.notes |= {names[name]: reference for name, reference in gone.notes.items() if name in names}
        into.blocks += gone.blocks
        into.children += gone.children
        for element in gone.heading:
            remove(into, element)
        del sources[uid]
    return own


def _stands_in(gone: Part, into: Part, now: Mapping[str, Any]) -> bool:
    """Whether most words of a section have come to the text of another one, line by line."""
    words, before, there = (
        Counter(line for line in body_text(body).split("\n") if line.strip())
        for body in (gone.section.text.body, into.section.text.body, now)
    )
    common = words & (there - before)
    return bool(words) and _count(common) >= LEAST * _count(words)


def _count(lines: Counter[str]) -> int:
    return sum(len(line.split()) * times for line, times in lines.items())


def _whole_fields(elements: Sequence[Element]) -> bool:
    """Whether the fields that begin in these elements end there too: else something behind them would be in no field."""
    kinds = Counter(node.get(w("fldCharType")) for element in elements for node in element.iter(w("fldChar")))
    return kinds["begin"] == kinds["end"]


def _joined(into: Part, gone: Part, now: Mapping[str, Any]) -> tuple[Json, dict[str, str]]:
    """The text of both, with the notes of the second named as they are ``now``; and these names."""
    first, second = into.section.text.body, gone.section.text.body
    notes = dict(first.get("notes") or {})
    known: Mapping[str, Any] = now.get("notes") or {}
    names: dict[str, str] = {}
    for number, (name, words) in enumerate((second.get("notes") or {}).items()):
        same = (key for key, value in known.items() if canonical_json(value) == canonical_json(words))
        # A name that nobody has: then nothing is taken for this note with other words.
        names[name] = next((key for key in same if key not in notes), f"joined-{gone.section.uid}-{number}")
        notes[names[name]] = words

    def renamed(value: Any) -> Any:
        if isinstance(value, list):
            return [renamed(part) for part in value]
        if not isinstance(value, Mapping):
            return value
        if value.get("type") == "note":
            return {**value, "attrs": {**value["attrs"], "id": names[value["attrs"]["id"]]}}
        return {key: renamed(part) for key, part in value.items()}

    blocks = [*(first.get("blocks") or []), *renamed(second.get("blocks") or [])]
    return {**first, "blocks": blocks, "notes": notes}, names
