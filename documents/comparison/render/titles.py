"""The title of a document, and the heading of a section, with what changed in them."""

from __future__ import annotations

from html import escape

from documents.comparison.model import Comparison, Kind, SectionChange
from documents.comparison.render.blocks import ENGLISH, Drawing
from documents.comparison.render.inlines import Numbering, View
from documents.comparison.render.strings import Strings
from documents.text import inline_text
from documents.text.direction import turned_heading


def title_html(comparison: Comparison) -> str:
    """The document's title with what changes in it marked; empty where nothing does."""
    if all(op.op == "keep" for op in comparison.title):
        return ""
    return "".join(
        f"<{op.op}>{escape(inline_text(op.new or op.old))}</{op.op}>"
        if op.op in ("ins", "del")
        else escape(inline_text(op.new))
        for op in comparison.title
    )


def heading_html(
    change: SectionChange, view: View = "both", strings: Strings = ENGLISH, numbering: Numbering | None = None
) -> str:
    """The section's heading; of a new, removed or unchanged section without marks of change."""
    drawing = Drawing(strings, numbering or Numbering(), view, change)
    if change.kind in (Kind.NEW, Kind.REMOVED) or not change.heading:
        html = drawing.inlines(change.section.text.body.get("heading") or [])
    else:
        html = drawing.words(change.heading)
    shown = change.old if view == "old" and change.old else change.section
    return turned_heading(html, shown.text.body.get("heading") or [])
