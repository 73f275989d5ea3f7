"""A short document with one of everything, to see how a template looks."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from documents.exports.own_file import frame_words
from documents.exports.word import WORD_TAGS
from documents.text import Section, SectionText, SectionTree, normalise_body
from documents.text.types import Json
from documents.word.template import OnTemplate
from documents.word.write.document_file import DocumentFile
from theme.localized_names import localized_name


def template_example(tag: str, owner: Any) -> tuple[DocumentFile, OnTemplate]:
    """The example in the language of the page, and what it says in a template's places."""
    language = tag.partition("-")[0]
    title = _("Example on this template")
    tree = SectionTree(language, title, tuple(_sections()))
    document = DocumentFile(tree, title, language, WORD_TAGS.get(tag, ""), words=frame_words())
    values = {
        "title": title,
        "institution": str(localized_name(owner)),
        "edition": _("Edition %(number)s") % {"number": 1},
        "number": "1",
        "kind": "",
        "state": "",
    }
    return document, OnTemplate(values)


def _sections() -> list[Section]:
    text = _("This is how a document looks on this template.")

    def inline(words: str) -> list[Json]:
        return [{"type": "text", "text": words}]

    def para(words: str, **attrs: str) -> Json:
        return {"type": "paragraph", "content": inline(words), "attrs": attrs}

    def cell(words: str, **attrs: bool) -> Json:
        return {"type": "cell", "attrs": attrs, "content": [para(words)]}

    blocks: list[Json] = [
        {"type": "paragraph", "content": [*inline(text), {"type": "note", "attrs": {"id": "n1"}}]},
        {
            "type": "list",
            "attrs": {"ordered": True},
            "content": [
                {"type": "item", "attrs": {"label": f"{n})"}, "content": [para(_("List item"))]}
                for n in (1, 2)
            ],
        },
        {
            "type": "step",
            "attrs": {"title": _("Step"), "who": _("Drafter"), "limit": "24 h"},
            "content": [para(text)],
        },
        {
            "type": "table",
            "content": [
                {"type": "row", "content": [cell(_("Table"), header=True), cell(_("Text"), header=True)]},
                {"type": "row", "content": [cell("1"), cell(text)]},
            ],
        },
        para(text, style="quote"),
        {"type": "callout", "attrs": {"tone": "warn"}, "content": [para(text)]},
    ]
    found = []
    for number, (level, label) in enumerate(((1, "1"), (2, "1.1"), (3, "1.1.1"), (1, "2")), 1):
        body = {
            "heading": inline(_("Heading of level %(n)s") % {"n": level}),
            "blocks": blocks if number == 1 else [para(text)],
            "notes": {"n1": [para(_("Footnote"))]} if number == 1 else {},
        }
        uid = str(UUID(int=number, version=4))
        found.append(Section(uid, level, "section", SectionText(label, normalise_body(body))))
    return found
