"""Footnotes and endnotes: found once, read when a text refers to them."""

from __future__ import annotations

from documents.text.types import Block
from documents.word.file import ns
from documents.word.file.ns import Element, w
from documents.word.read.blocks.body import read_items, to_blocks
from documents.word.read.context import Context
from documents.word.read.inline.fields import look_for_lone
from documents.word.read.inline.reader import InlineReader, T
from documents.word.read.report import FindingCode

NOTES = (w("footnoteReference"), w("endnoteReference"))
ROLES = (("footnotes", "footnote"), ("endnotes", "endnote"))


def find_notes(ctx: Context) -> None:
    """Lists the notes of the file by kind and number; separators are no notes."""
    for role, tag in ROLES:
        root = ctx.package.needed_xml(ctx.package.main, role)
        if root is None:
            continue
        look_for_lone(ctx, root)
        ctx.note_parts[role] = ctx.package.related(ctx.package.main, role) or ""
        for node in root.iterchildren(w(tag)):
            if node.get(w("type"), "normal") == "normal":
                key = (role, node.get(w("id")) or "")
                if key in ctx.notes:
                    ctx.found(FindingCode.MISPLACED, ns.words(ctx.notes[key]))
                ctx.notes[key] = node


def read_note(ctx: Context, key: tuple[str, str]) -> list[Block]:
    """The blocks of a note, without the number at its start."""
    node = ctx.notes[key]
    with ctx.deeper(), ctx.in_part(ctx.note_parts[key[0]]):
        ctx.in_note = True
        try:
            ctx.preserve = node.getroottree().getroot().get(f"{{{ns.XML}}}space") == "preserve"
            blocks = to_blocks(ctx, read_items(ctx, node), keep_xml=False)
            ctx.report_unread(node)
        finally:
            ctx.in_note = False
    _trim_start(blocks)
    return blocks


def _trim_start(blocks: list[Block]) -> None:
    """Takes off the blank or tab that Word puts between a note's number and its text."""
    if not blocks or blocks[0]["type"] != "paragraph":
        return
    content = blocks[0].get("content") or []
    while content and content[0]["type"] == "text":
        content[0]["text"] = content[0]["text"].lstrip(" \t")
        if content[0]["text"]:
            return
        content.pop(0)


def read_reference(reader: InlineReader, node: Element) -> None:
    """A reference in a paragraph, with its note."""
    ctx = reader.ctx
    kind = "footnotes" if node.tag == w("footnoteReference") else "endnotes"
    key = (kind, node.get(w("id")) or "")
    if not reader.shown or reader.look.hidden:
        return
    if key not in ctx.notes:
        ctx.found(FindingCode.MISSING_NOTE)
        return
    if ctx.in_note:
        ctx.found(FindingCode.NOTE_IN_NOTE)
        reader.out.append({"type": "text", "text": f" ({_seen(reader, ctx.notes[key])})"})
        return
    note_id = f"t{len(ctx.note_texts)}"
    ctx.note_texts[note_id] = read_note(ctx, key)
    ctx.note_references[note_id] = node
    ctx.found(FindingCode.NOTES)
    reader.out.append({"type": "note", "attrs": {"id": note_id}})
    reader.note_mark = node.get(w("customMarkFollows"), "0").lower() not in ns.OFF


def _seen(reader: InlineReader, note: Element) -> str:
    """The words of a note that are shown, in one line."""
    found = []
    for paragraph in note.iter(w("p")):
        style = reader.ctx.styles.paragraph(ns.val(ns.child(paragraph, "pPr"), "pStyle"))
        base = reader.ctx.styles.base(style)
        for run in paragraph.iter(w("r")):
            if not reader.hides(run, base):
                found += [t.text or "" for t in run.iter(T)]
    return " ".join(" ".join(found).split())
