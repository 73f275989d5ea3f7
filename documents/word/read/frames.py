"""The headers and footers of a file, for a full view of the file."""

from __future__ import annotations

from documents.text.types import Block, Body
from documents.word.file import ns
from documents.word.file.ns import Element, w
from documents.word.file.refusal import Refused
from documents.word.read.blocks.body import read_items, to_blocks
from documents.word.read.context import Context, Frame
from documents.word.read.finish import finish_body
from documents.word.read.inline.fields import look_for_lone
from documents.word.read.report import ReportBuilder

KINDS = {w("headerReference"): "header", w("footerReference"): "footer"}


def read_frames(ctx: Context, root: Element) -> list[Frame]:
    """Each header and footer once, in the order in which the text asks for them. What is found in them is no
    part of the report, which is about the text."""
    references: dict[tuple[str, str, str], list[int]] = {}
    for number, section in enumerate(root.iter(w("sectPr")), 1):
        for reference in section.iterchildren(*KINDS):
            rel = ctx.package.rels(ctx.package.main).get(reference.get(f"{{{ns.R}}}id") or "")
            if rel is None or rel.external or not ctx.package.has(rel.target):
                continue
            key = (KINDS[reference.tag], reference.get(w("type")) or "default", rel.target)
            references.setdefault(key, []).append(number)
    report, ctx.report = ctx.report, ReportBuilder()
    found = []
    try:
        for (kind, pages, part), parts in references.items():
            try:
                blocks = _blocks(ctx, part)
            except Refused:
                continue
            if blocks:
                found.append(Frame(kind, pages, tuple(parts), tuple(blocks)))
    finally:
        ctx.report = report
    return found


def _blocks(ctx: Context, part: str) -> list[Block]:
    with ctx.in_part(part):
        root = ctx.package.xml(part)
        look_for_lone(ctx, root)
        ctx.preserve = root.get(f"{{{ns.XML}}}space") == "preserve"
        body: Body = {
            "heading": [],
            "blocks": to_blocks(ctx, read_items(ctx, root), keep_xml=False),
            "notes": {},
        }
    return finish_body(ctx, body, {})["blocks"]
