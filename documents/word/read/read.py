"""Reads a Word document into a section tree."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from documents.text import Section, SectionTree
from documents.text.extraction import body_text, image_hashes
from documents.text.inline_schema import OVERRIDE
from documents.translation.languages import guess_language
from documents.word.definitions.numbering import read_numbering
from documents.word.definitions.styles import read_styles
from documents.word.file import ns
from documents.word.file.guard import DEFAULT_LIMITS, Limits
from documents.word.file.package import Package
from documents.word.file.refusal import RefusalCode, Refused
from documents.word.read.blocks.body import READERS, TBL, read_items
from documents.word.read.blocks.notes import NOTES, find_notes, read_reference
from documents.word.read.blocks.tables import read_table_in_line, read_table_item
from documents.word.read.context import Context, Extras, Trace
from documents.word.read.frames import read_frames
from documents.word.read.inline.fields import look_for_lone
from documents.word.read.inline.nodes import HANDLERS
from documents.word.read.outline.decisions import Decisions
from documents.word.read.outline.restyle import apply_decisions
from documents.word.read.outline.sections import assemble
from documents.word.read.report import FindingCode
from documents.word.read.result import Blob, ReadResult

# Tables and notes hold bodies, which hold them.
READERS[TBL] = read_table_item
HANDLERS |= {TBL: read_table_in_line, **dict.fromkeys(NOTES, read_reference)}


def read_package(
    package: Package,
    *,
    language: str = "",
    limits: Limits = DEFAULT_LIMITS,
    trace: Trace | None = None,
    extras: Extras | None = None,
    decisions: Decisions | None = None,
    lines: bool = False,
) -> ReadResult:
    """The text of an opened Word document with the report of what became of everything in it.

    ``language`` is the content language of the text; the reader's own guess replaces an empty one. ``trace``
    records the places of everything in the XML. ``extras`` receives what is no part of the text, such as
    headers. With it the file is read completely. Cover and tables of contents stay as text, else they are
    left out and reported. ``decisions`` are those of a person about the outline; with ``lines`` the result
    has the lines to decide about. Raises :class:`Refused` for what cannot be read within the limits. Nothing
    is written or fetched.
    """
    main = package.main
    root = package.xml(main)
    body = ns.child(root, "body")
    if body is None:
        raise Refused(RefusalCode.BROKEN, part=main)
    styles = read_styles(package.styles())
    numbering = read_numbering(package.needed_xml(main, "numbering"), styles)
    ctx = Context(package, styles, numbering, limits, part=main, trace=trace, extras=extras)
    ctx.preserve = root.get(f"{{{ns.XML}}}space") == "preserve"
    ctx.processed = ns.processed(root)
    if decisions or lines:
        apply_decisions(root, decisions or {}, styles, numbering)
        ctx.decisions = decisions or {}
        ctx.numbers = {node: number for number, node in enumerate(root.iter(ns.w("p")))}
        ctx.lines = [] if lines else None
    find_notes(ctx)
    look_for_lone(ctx, body)
    title, sections = _read_body(ctx, root, body)
    title = OVERRIDE.sub("", title)  # of the file's properties too, of which no text is made
    _count_extras(ctx)
    text = "\n".join(body_text(section.text.body, heading=True) for section in sections)
    hint = guess_language(text, styles.language)
    report = ctx.report.finish()
    bodies: list[Mapping[str, Any]] = [section.text.body for section in sections]
    if extras is not None:
        extras.frames = read_frames(ctx, root)
        bodies.append({"blocks": [block for frame in extras.frames for block in frame.blocks]})
    tree = SectionTree(language or hint, title, sections)
    return ReadResult(tree, _named_blobs(ctx, bodies), report, hint, tuple(ctx.lines or ()))


def _read_body(ctx: Context, root: ns.Element, body: ns.Element) -> tuple[str, tuple[Section, ...]]:
    try:
        found = assemble(ctx, read_items(ctx, body))
        ctx.report_unread(root)
    except RecursionError:
        raise Refused(RefusalCode.TOO_DEEP, limit=ctx.limits.depth) from None
    return found


def _named_blobs(ctx: Context, bodies: Iterable[Mapping[str, Any]]) -> dict[str, Blob]:
    """The blobs that texts name."""
    named: set[str] = set().union(*map(image_hashes, bodies))
    return {sha256: blob for sha256, blob in ctx.blobs.items() if sha256 in named}


def _count_extras(ctx: Context) -> None:
    """Comments, headers and footers: not part of the text, so counted as left out."""
    package = ctx.package
    comments = package.optional_xml(package.main, "comments")
    if comments is not None:
        ctx.report.add(FindingCode.COMMENTS, count=sum(1 for _ in comments.iterchildren(ns.w("comment"))))
    seen: set[str] = set()
    for rel in package.rels(package.main).values():
        if rel.kind not in ("header", "footer") or rel.external or rel.target in seen:
            continue
        seen.add(rel.target)
        try:
            words = ns.words(package.xml(rel.target)) if package.has(rel.target) else ""
        except Refused:
            continue
        if words:
            ctx.report.add(FindingCode.HEADERS_FOOTERS, words)
