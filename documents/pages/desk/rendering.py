"""Texts and comparisons as the desk shows them, with links that stay on the desk."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from documents.comparison import compare
from documents.comparison.model import SectionChange
from documents.comparison.render.blocks import heading_html, inline_html
from documents.comparison.render.inlines import Numbering
from documents.display.labels import labels
from documents.display.links import file_url
from documents.models import Edition
from documents.pages.compare.labels import strings, summary_html
from documents.pages.edition.files import files_of
from documents.text import Section, SectionText, SectionTree, normalise_body
from documents.text.extraction import image_hashes
from documents.text.html import Context, render_body, render_heading

Json = Mapping[str, Any]
NOWHERE = "00000000-0000-0000-0000-000000000000"


def section_change(old: Json | None, new: Json | None, language: str) -> SectionChange | None:
    """What changed between two texts of one section; None where they read the same."""
    empty: dict[str, Any] = {"heading": [], "blocks": [], "notes": {}}

    def tree(body: Json | None) -> SectionTree:
        text = SectionText("", dict(body or empty))
        return SectionTree(language, "", (Section(NOWHERE, 1, "section", text),))

    comparison = compare(tree(old), tree(new))
    change = comparison.sections[0]
    return change if change.heading or change.blocks or change.notes else None


def drawn_change(change: SectionChange, old_name: str, new_name: str, prefix: str = "ch") -> dict[str, str]:
    """A changed section as HTML, its heading and its text, and a sentence that sums it up."""
    labels_of_change = strings(old_name, new_name, image_url=lambda sha256: file_url(sha256, "picture"))
    numbering = Numbering(prefix)  # several comparisons stand on one page
    return {
        "heading": mark_safe(heading_html(change, strings=labels_of_change, numbering=numbering)),  # noqa: S308 - escaped by the drawing
        "text": mark_safe(inline_html(change, labels_of_change, numbering)),  # noqa: S308 - escaped by the drawing
        "say": summary_html(change),
    }


def drawn_text(edition: Edition, body: Json | None, language: str, prefix: str) -> dict[str, SafeString]:
    """A section's text as HTML, to be read next to the editor."""
    context = text_context(edition, body, language, prefix)
    return {
        "heading": mark_safe(render_heading(body, context)),  # noqa: S308 - escaped by the rendering
        "text": mark_safe(render_body(body, context)),  # noqa: S308 - escaped by the rendering
    }


def drawn_blocks(
    edition: Edition, body: Json, blocks: tuple[Json, ...], language: str, prefix: str
) -> SafeString:
    """Some blocks of a body as HTML."""
    # Only the notes that these blocks refer to.
    part = normalise_body({"heading": [], "blocks": list(blocks), "notes": body["notes"]})
    html = render_body(part, text_context(edition, part, language, prefix))
    return mark_safe(html)  # noqa: S308 - escaped by the rendering


def drawn_inline(edition: Edition, content: tuple[Json, ...], language: str) -> SafeString:
    """Inline content (a heading) as HTML."""
    body = {"heading": list(content), "blocks": [], "notes": {}}
    html = render_heading(body, text_context(edition, body, language, "h-"))
    return mark_safe(html)  # noqa: S308 - escaped by the rendering


def text_context(edition: Edition, body: Json | None, language: str, prefix: str) -> Context:
    """How a text of the draft is rendered: references lead to that section's page on the desk."""
    return Context(
        words=labels(),
        section_url=lambda uid: reverse("desk:section", args=[edition.pk, uid, language]),
        files=files_of(edition, image_hashes(body)),
        prefix=prefix,
    )
