"""A comparison as plain JSON data, for programs. docs/comparison.md describes it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from documents.comparison.inline_diff import mark_changes
from documents.comparison.model import (
    Comparison,
    FieldChange,
    NodeChange,
    NoteChange,
    Place,
    SectionChange,
    WordOp,
)
from documents.comparison.summary import summarise
from documents.text import Section

FORMAT = 1

Json = dict[str, Any]


def to_json(comparison: Comparison, *, unchanged: bool = True) -> Json:
    """Everything that a comparison says. Without ``unchanged`` the sections that are the same are left
    out."""
    sections = comparison.sections if unchanged else comparison.shown
    return {
        "format": FORMAT,
        "language": comparison.language,
        "old": {"title": comparison.old_title},
        "new": {"title": comparison.new_title},
        "counts": asdict(comparison.counts),
        "sections": [_section(change) for change in sections],
    }


def _section(change: SectionChange) -> Json:
    facts = [{key: value for key, value in asdict(fact).items() if value} for fact in summarise(change)]
    return {
        "kind": str(change.kind),
        "uid": change.uid,
        "old": _side(change.old, change.old_path),
        "new": _side(change.new, change.new_path),
        "renumbered": change.renumbered,
        "retitled": change.retitled,
        "share": round(change.share, 4),
        "words": {"length": change.length, "added": change.words_added, "removed": change.words_removed},
        "facts": facts,
        "heading": _words(change.heading),
        "blocks": [_node(node) for node in change.blocks],
        "notes": [_note(note) for note in change.notes],
    } | _elsewhere(change)


def _elsewhere(change: SectionChange) -> Json:
    """The other sections that a change has to do with, by uid."""
    found: Json = {}
    if change.moved_with:
        found["moved_with"] = change.moved_with
    if change.split_from:
        found["split_from"] = change.split_from.uid
    if change.joined_into:
        found["joined_into"] = change.joined_into.uid
    if change.split_into:
        found["split_into"] = [place.uid for place in change.split_into]
    if change.joined_from:
        found["joined_from"] = [place.uid for place in change.joined_from]
    return found


def _side(section: Section | None, path: Sequence[Place]) -> Json | None:
    if section is None:
        return None
    return {
        "uid": section.uid,
        "level": section.level,
        "kind": section.kind,
        "label": section.text.label,
        "heading": section.text.heading,
        "path": [asdict(place) for place in path],
    }


def _words(ops: Sequence[WordOp]) -> list[Json]:
    result = []
    for op in ops:
        entry: Json = {"op": op.op}
        if op.op == "keep" and op.old == op.new:
            entry["both"] = list(op.new)
        else:
            if op.old:
                entry["old"] = list(op.old)
            if op.new:
                entry["new"] = list(op.new)
        if op.op == "format":
            entry["marks"] = [asdict(change) for change in mark_changes(op)]
        result.append(entry)
    return result


def _node(node: NodeChange) -> Json:
    entry: Json = {"op": node.op, "type": node.type}
    if node.op in ("added", "moved"):
        entry["new"] = node.new
    elif node.op in ("removed", "moved_away"):
        entry["old"] = node.old
    elif node.op == "same":
        entry["new"] = node.new
    if node.other:
        entry["other"] = asdict(node.other)
    if node.fields:
        entry["fields"] = [_field(field) for field in node.fields]
    if node.words:
        entry["words"] = _words(node.words)
    if node.children:
        entry["children"] = [_node(child) for child in node.children]
    return entry


def _field(field: FieldChange) -> Json:
    entry: Json = {"name": field.name, "old": field.old, "new": field.new}
    if field.words:
        entry["words"] = _words(field.words)
    return entry


def _note(note: NoteChange) -> Json:
    return {
        "op": note.op,
        "old": note.old_number,
        "new": note.new_number,
        "blocks": [_node(node) for node in note.blocks],
    }
