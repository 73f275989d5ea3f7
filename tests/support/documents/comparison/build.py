"""Small texts for these tests, written short."""

from __future__ import annotations

import uuid
from dataclasses import replace
from typing import Any

from documents.text import Section, SectionText, SectionTree, normalise_body

Json = dict[str, Any]

LONG = "The social worker meets the person in a quiet room and explains every right in plain words. "


def uid(name: str) -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_URL, name))


def text(words: str, *marks: str, href: str = "") -> Json:
    listed: list[Json] = [{"type": mark} for mark in marks]
    if href:
        listed.append({"type": "link", "attrs": {"href": href}})
    return {"type": "text", "text": words, "marks": listed}


def note(key: str) -> Json:
    return {"type": "note", "attrs": {"id": key}}


def paragraph(*content: str | Json) -> Json:
    return {"type": "paragraph", "content": [text(c) if isinstance(c, str) else c for c in content if c]}


def bullets(*items: str) -> Json:
    return {"type": "list", "content": [{"type": "item", "content": [paragraph(item)]} for item in items]}


def table(*rows: tuple[str, ...]) -> Json:
    return {
        "type": "table",
        "content": [
            {"type": "row", "content": [{"type": "cell", "content": [paragraph(cell)]} for cell in row]}
            for row in rows
        ],
    }


def step(title: str, who: str = "", limit: str = "", *blocks: str | Json) -> Json:
    content = [paragraph(block) if isinstance(block, str) else block for block in blocks]
    return {"type": "step", "attrs": {"title": title, "who": who, "limit": limit}, "content": content}


def section(
    name: str,
    *blocks: str | Json,
    heading: str | None = None,
    label: str = "",
    level: int = 1,
    notes: dict[str, list[Json]] | None = None,
    origins: tuple[str, ...] = (),
) -> Section:
    """A section whose uid comes of its name, with the name as heading unless another is given."""
    body = normalise_body(
        {
            "heading": [text(name if heading is None else heading)],
            "blocks": [paragraph(block) if isinstance(block, str) else block for block in blocks],
            "notes": notes or {},
        }
    )
    return Section(uid(name), level, "section", SectionText(label, body), origins=origins)


def tree(*sections: Section, language: str = "en", title: str = "Procedures") -> SectionTree:
    return SectionTree(language, title, tuple(sections))


def foreign(text_tree: SectionTree) -> SectionTree:
    """The same text with uids that nobody knows."""
    return replace(text_tree, sections=tuple(replace(s, uid=str(uuid.uuid4())) for s in text_tree))
