"""The texts of a campaign's blocks, whatever these are made of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any

from django.utils.text import capfirst
from wagtail import blocks
from wagtail.blocks.field_block import BaseChoiceBlock
from wagtail.rich_text import RichText

from public.checks.findings import Passage

LINE_END = re.compile(r"</(?:p|li|h\d|blockquote)>|<br\s*/?>", re.IGNORECASE)
TAG = re.compile(r"<[^>]+>")


@dataclass(frozen=True)
class Leaf:
    """``prose``: a reader reads it as text; else it is a choice, a number or another row."""

    text: str
    prose: bool = True
    html: str = ""


def plain(html: str) -> str:
    return unescape(TAG.sub("", LINE_END.sub("\n", html))).strip()


def leaves(block: Any, value: Any) -> Iterator[Leaf]:
    """Everything that is written or chosen in a block, in order."""
    if value is None or value == "":
        return
    if isinstance(block, blocks.BaseStructBlock):
        for name, child in block.child_blocks.items():
            yield from leaves(child, value.get(name))
    elif isinstance(block, blocks.ListBlock):
        for item in value:
            yield from leaves(block.child_block, item)
    elif isinstance(block, blocks.BaseStreamBlock):
        for item in value:
            yield from leaves(item.block, item.value)
    elif isinstance(value, RichText):
        yield Leaf(plain(value.source), html=value.source)
    elif isinstance(block, BaseChoiceBlock):
        yield Leaf(str(dict(block.field.choices).get(value, value)), prose=False)
    else:
        yield Leaf(str(value), prose=isinstance(block, blocks.CharBlock | blocks.TextBlock))


def passages(body: Any) -> list[Passage]:
    """One of each block, in the order of the page."""
    found = []
    for child in body:
        every = list(leaves(child.block, child.value))
        texts = [leaf.text for leaf in every if leaf.prose]
        html = [leaf.html for leaf in every if leaf.html]
        found.append(Passage(str(child.id or ""), str(capfirst(child.block.label)), texts, html))
    return found


def lines_of(child: Any) -> list[str]:
    """A block as lines to compare with another version of it: choices and rows, too."""
    found = (leaf.text for leaf in leaves(child.block, child.value))
    lines = (line.strip() for text in found for line in text.splitlines())
    return [line for line in lines if line]
