"""A page as what a translator works on: its title, its lead and each block, with the texts of each."""

from __future__ import annotations

import copy
import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import rfc8785
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import Block, CharBlock, ListBlock, RichTextBlock, StructBlock, TextBlock
from wagtail.rich_text import RichText

from public.blocks import BODY

TEXT_BLOCKS = (CharBlock, TextBlock, RichTextBlock)
TOP = {
    "title": (_("Title"), CharBlock(max_length=255)),
    "lead": (_("One sentence"), TextBlock(max_length=400)),
    "search_description": (_("Description for search engines"), TextBlock(required=False)),
}
"""What a page has above its blocks, by the names of its fields."""


@dataclass(frozen=True)
class Text:
    """One field. ``path``: names of fields and ids of list items, joined by dots."""

    path: str
    label: str
    block: Block
    text: str


@dataclass(frozen=True)
class Part:
    """``key``: the name of a field of the page, or the id of a block, which copies of the page keep."""

    key: str
    kind: str
    label: Any
    texts: tuple[Text, ...]

    @property
    def filled(self) -> dict[str, str]:
        return {one.path: one.text for one in self.texts if one.text.strip()}

    @property
    def hash(self) -> str:
        """Of the texts in their order, and of nothing that has no words."""
        value = {"kind": self.kind, "texts": list(self.filled.values())}
        return hashlib.sha256(rfc8785.dumps(value)).hexdigest()


Content = Mapping[str, Any]
"""The fields of TOP, and ``body`` as the list that the database holds."""


def content_of(page: Any) -> dict[str, Any]:
    return {name: getattr(page, name) for name in TOP} | {"body": page.body.get_prep_value()}


def content_of_revision(stored: Mapping[str, Any]) -> dict[str, Any]:
    return {name: stored.get(name) or "" for name in TOP} | {"body": json.loads(stored.get("body") or "[]")}


def parts_of(content: Content) -> dict[str, Part]:
    """In the order of the page."""
    found = [
        Part(name, name, label, (Text("", str(label), block, content[name] or ""),))
        for name, (label, block) in TOP.items()
    ]
    for raw in content["body"]:
        block = BODY.child_blocks.get(raw["type"])
        if block is not None:
            found.append(Part(raw["id"], raw["type"], block.label, tuple(_texts(block, raw["value"]))))
    return {part.key: part for part in found}


def _texts(block: Block, raw: Any, path: tuple[str, ...] = (), label: str = "") -> Iterator[Text]:
    if isinstance(block, StructBlock):
        for name, child in block.child_blocks.items():
            names = f"{label} · {child.label}" if label else str(child.label)
            yield from _texts(child, (raw or {}).get(name), (*path, name), names)
    elif isinstance(block, ListBlock):
        for number, item in enumerate(raw or ()):
            key, value = (item["id"], item["value"]) if _is_item(item) else (str(number), item)
            yield from _texts(block.child_block, value, (*path, key), f"{label} {number + 1}")
    elif isinstance(block, TEXT_BLOCKS):
        yield Text(".".join(path), label, block, _plain(raw))


def _is_item(item: Any) -> bool:
    return isinstance(item, dict) and {"id", "type", "value"} <= item.keys()


def _plain(raw: Any) -> str:
    return raw.source if isinstance(raw, RichText) else str(raw or "")


Write = Callable[[str, str], str]
"""Gives the text at a path in place of the one that stands there."""


def rewrite(kind: str, raw: Any, write: Write, other: Any = None) -> Any:
    """The value of a block with other texts. ``other``: a value of the same kind; what is no text, such as a
    number or a file, is taken from it where it has it."""
    return _rewrite(BODY.child_blocks[kind], copy.deepcopy(raw), write, other, ())


def _rewrite(block: Block, raw: Any, write: Write, other: Any, path: tuple[str, ...]) -> Any:
    if isinstance(block, StructBlock):
        theirs = other or {}
        return {
            name: _rewrite(child, (raw or {}).get(name), write, theirs.get(name), (*path, name))
            for name, child in block.child_blocks.items()
        }
    if isinstance(block, ListBlock):
        theirs = {item["id"]: item["value"] for item in other or () if _is_item(item)}
        return [
            item
            | {
                "value": _rewrite(
                    block.child_block, item["value"], write, theirs.get(item["id"]), (*path, item["id"])
                )
            }
            if _is_item(item)
            else _rewrite(block.child_block, item, write, None, (*path, str(number)))
            for number, item in enumerate(raw or ())
        ]
    if isinstance(block, TEXT_BLOCKS):
        return write(".".join(path), _plain(raw))
    return raw if other is None else other


def with_texts(source: Content, own: Content, texts: Mapping[str, Mapping[str, str]]) -> dict[str, Any]:
    """``own`` with these texts, by part and path. A block that only the source has is added where it stands
    there, once it has a text. What stands above the blocks is never emptied."""
    body, after = list(own["body"]), -1
    for raw in source["body"]:
        given = texts.get(raw["id"], {})
        at = next((number for number, one in enumerate(body) if one["id"] == raw["id"]), None)
        if at is not None:
            after = at
            if given:
                body[at] = body[at] | {"value": _translated(raw, given, body[at])}
        elif any(given.values()):
            after += 1
            body.insert(after, raw | {"value": _translated(raw, given, None)})
    return {name: texts.get(name, {}).get("") or own[name] for name in TOP} | {"body": body}


def _translated(raw: Mapping[str, Any], given: Mapping[str, str], own: Mapping[str, Any] | None) -> Any:
    """The value of a block of the source with the texts of a translation."""
    block, mine = BODY.child_blocks[raw["type"]], own["value"] if own else None
    stored = {one.path: one.text for one in _texts(block, mine)}
    return rewrite(raw["type"], raw["value"], lambda path, _text: given.get(path, stored.get(path, "")), mine)
