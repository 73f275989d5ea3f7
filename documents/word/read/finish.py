"""The last steps for a section's body: its notes numbered, its references resolved, its form canonical."""

from __future__ import annotations

from collections.abc import Mapping

from documents.text import InvalidText, normalise_body
from documents.text.types import Block, Body, Inline, Mark
from documents.word.file.ns import Element
from documents.word.file.refusal import RefusalCode, Refused
from documents.word.read.context import Context
from documents.word.read.inline.fields import bookmark_of
from documents.word.read.report import FindingCode


def number_notes(ctx: Context, body: Body) -> dict[str, list[Block]]:
    """Gives the notes of a body their numbers n1, n2 … in reading order, and hands over their blocks."""
    notes: dict[str, list[Block]] = {}
    references: dict[str, Element] = {}
    if ctx.trace is not None:
        ctx.trace.notes.append(references)
    if not ctx.note_texts:
        return notes
    for line in (body["heading"], *_lines(body["blocks"])):
        for node in line:
            if node["type"] == "note":
                blocks = ctx.note_texts.pop(node["attrs"]["id"], [])
                number = f"n{len(notes) + 1}"
                references[number] = ctx.note_references[node["attrs"]["id"]]
                node["attrs"] = {"id": number}
                notes[number] = blocks
    return notes


def _lines(blocks: list[Block]) -> list[list[Inline]]:
    """The inline content of all that is in blocks, in reading order."""
    found: list[list[Inline]] = []

    def walk(nodes: list[Block]) -> None:
        for node in nodes:
            content = node.get("content")
            if content:
                if node["type"] in ("paragraph", "figure"):
                    found.append(content)
                else:
                    walk(content)

    walk(blocks)
    return found


def finish_body(ctx: Context, body: Body, targets: Mapping[str, tuple[str, bool]]) -> Body:
    """The body in canonical form, with references to bookmarks made references to sections."""
    notes = [line for blocks in body["notes"].values() for line in _lines(blocks)]
    for line in (body["heading"], *_lines(body["blocks"]), *notes):
        for node in line:
            if "marks" in node:
                node["marks"] = _resolved(ctx, node, targets)
    try:
        return normalise_body(body)
    except InvalidText as problem:
        if "nested too deeply" in problem.problem:
            raise Refused(RefusalCode.TOO_DEEP) from None
        raise


def _resolved(ctx: Context, node: Inline, targets: Mapping[str, tuple[str, bool]]) -> list[Mark]:
    marks: list[Mark] = []
    for mark in node["marks"]:
        name = bookmark_of(mark)
        if name is None:
            marks.append(mark)
            continue
        found = targets.get(name)
        if found is None:
            ctx.found(FindingCode.BROKEN_REFERENCE, node["text"])
            continue
        uid, exact = found
        ctx.report.add(FindingCode.CROSS_REFERENCES)
        if not exact:
            ctx.found(FindingCode.REFERENCE_BROADER, node["text"])
        marks.append({"type": "xref", "attrs": {"uid": uid}})
    return marks
