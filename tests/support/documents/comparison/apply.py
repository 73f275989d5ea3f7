"""A comparison carried out: the old text with every operation done to it is the new text.

This is what proves a comparison complete, and how a redline is accepted. Word's own XML is no part of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from documents.comparison.blocks.lists import NUMBERS, label_of
from documents.comparison.inlines import join
from documents.comparison.model import Comparison, FieldChange, Kind, NodeChange, SectionChange, WordOp
from documents.text import Section, SectionText, SectionTree

Json = dict[str, Any]


def apply(comparison: Comparison, old: SectionTree) -> SectionTree:
    """The new text, made from the old one and the operations of the comparison."""
    by_uid = old.by_uid
    sections = []
    for change in comparison.sections:
        if change.kind is Kind.REMOVED or change.new is None:
            continue
        if change.old is None:
            body = change.new.text.body
        else:
            body = _apply_section(change, by_uid[change.old.uid].text.body)
        new = change.new
        sections.append(
            Section(new.uid, new.level, new.kind, SectionText(new.text.label, body), origins=new.origins)
        )
    return SectionTree(comparison.language, comparison.new_title, tuple(sections))


def _apply_section(change: SectionChange, body: Json) -> Json:
    if not change.heading and not change.blocks and not change.notes:
        return body
    return {
        "heading": list(new_words(change.heading)),
        "blocks": _apply_nodes(change.blocks),
        "notes": {note.new_id: _apply_nodes(note.blocks) for note in change.notes if note.new_id},
    }


def new_words(ops: Sequence[WordOp]) -> tuple[Json, ...]:
    """The inline content after the operations."""
    return join([node for op in ops for node in op.new])


def old_words(ops: Sequence[WordOp]) -> tuple[Json, ...]:
    """The inline content before the operations."""
    return join([node for op in ops for node in op.old])


def _apply_nodes(nodes: Sequence[NodeChange]) -> list[Json]:
    result: list[Json] = []
    for node in nodes:
        if node.op == "parted":
            result += map(_apply_node, node.children)
        elif node.op == "joined":
            result.append(_joined(node))
        elif node.op not in ("removed", "moved_away"):
            result.append(_apply_node(node))
    return result


def _joined(node: NodeChange) -> Json:
    if node.type == "item":
        paragraphs = [child.children[0] for child in node.children]
        inner = NodeChange(
            "joined", "paragraph", None, (node.new or {})["content"][0], children=tuple(paragraphs)
        )
        return {**(node.new or {}), "content": [_joined(inner)]}
    words = [op for child in node.children for op in child.words]
    return {**(node.new or {}), "content": list(new_words(words))}


def _apply_node(node: NodeChange) -> Json:
    if node.op == "added":
        return node.new or {}
    if node.op in ("same", "moved"):
        # As it was; only that a note may have another number, and so another id.
        return node.new or {}
    result: Json = {"type": node.type}
    attrs = dict((node.old or {}).get("attrs") or {})
    attrs.pop("ooxml", None)
    for field in node.fields:
        if field.name != NUMBERS:
            _apply_field(attrs, field)
    if node.type == "item":
        # Renumbered is told of the list, or goes without saying.
        _apply_field(attrs, FieldChange("label", None, label_of(node.new or {}) or None))
    if node.type == "opaque":
        text = "".join(piece["text"] for piece in new_words(node.words))
        attrs.pop("text", None)
        if text:
            attrs["text"] = text
    else:
        content = list(new_words(node.words)) if node.words else _apply_nodes(node.children)
        if content or "content" in (node.new or {}):
            result["content"] = content
    if attrs:
        result["attrs"] = attrs
    return result


def _apply_field(attrs: Json, field: FieldChange) -> None:
    if field.new is None:
        attrs.pop(field.name, None)
    else:
        attrs[field.name] = field.new
