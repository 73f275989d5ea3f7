"""A text in its other script, as data: for files, which have no page to convert them at reading."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from documents.text import SectionText, SectionTree

WORDS = frozenset({"text", "alt", "title", "who", "limit", "label"})
"""Where a body holds words for people; everything else in it (types, addresses, hashes) is left alone."""


def convert_tree(tree: SectionTree, convert: Callable[[str], str]) -> SectionTree:
    """The tree with every text, label and title sent through ``convert``."""
    return replace(
        tree,
        title=convert(tree.title),
        sections=tuple(
            replace(
                section,
                text=SectionText(convert(section.text.label), convert_body(section.text.body, convert)),
            )
            for section in tree.sections
        ),
    )


def convert_body(body: dict[str, Any], convert: Callable[[str], str]) -> dict[str, Any]:
    """The body with its words sent through ``convert``."""

    def walk(value: Any) -> Any:
        if isinstance(value, dict):
            return {
                key: convert(inner) if key in WORDS and isinstance(inner, str) else walk(inner)
                for key, inner in value.items()
            }
        return [walk(inner) for inner in value] if isinstance(value, list) else value

    converted: dict[str, Any] = walk(body)
    return converted
