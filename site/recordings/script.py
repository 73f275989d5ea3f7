"""What is read aloud, and the hash that binds a recording to it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any

from django.utils.html import strip_tags
from wagtail import blocks

from documents.translation.scripts import to_latin

UNREAD = frozenset({"hotline", "materials", "audio", "video", "related"})
"""Blocks that lead to numbers, files and pages. The text of a number has a recording of its own."""
LETTERS_A_SECOND = 13
"""Of slow, clear speech: for the estimate alone."""


def spoken(tag: str) -> str:
    """The language that is heard: Serbian is one, in whichever letters it stands."""
    return "sr" if tag.startswith("sr-") else tag


@dataclass(frozen=True)
class Script:
    """``language`` is a spoken one."""

    language: str
    paragraphs: tuple[str, ...]

    @classmethod
    def of(cls, tag: str, paragraphs: Iterable[str]) -> Script:
        return cls(spoken(tag), tuple(line for text in paragraphs if (line := " ".join(text.split()))))

    @property
    def text(self) -> str:
        return "\n".join(self.paragraphs)

    @property
    def sha256(self) -> str:
        heard = [to_latin(one) for one in self.paragraphs] if self.language == "sr" else self.paragraphs
        data = json.dumps([self.language, *heard], ensure_ascii=False)
        return hashlib.sha256(data.encode()).hexdigest()

    @property
    def short(self) -> str:
        """The hash for the eye, on paper."""
        return short_form(self.sha256)

    @property
    def seconds(self) -> int:
        """About how long it takes to read."""
        return max(5, round(len(self.text) / LETTERS_A_SECOND / 5) * 5)


def short_form(sha256: str) -> str:
    return f"{sha256[:4]} {sha256[4:8]}".upper()


def of_block(tag: str, child: Any) -> Script | None:
    """The text of a block of a page; None where it has nothing but a heading."""
    if child.block_type in UNREAD:
        return None
    script = Script.of(tag, _texts(child.block, child.value))
    return script if len(script.paragraphs) > 1 else None


def _texts(block: blocks.Block, value: Any) -> Iterator[str]:
    """In reading order; pictures, numbers and files that were chosen are no text."""
    if not value:
        return
    if isinstance(block, blocks.StructBlock):
        for name, child in block.child_blocks.items():
            yield from _texts(child, value.get(name))
    elif isinstance(block, blocks.ListBlock):
        for one in value:
            yield from _texts(block.child_block, one)
    elif isinstance(block, blocks.RichTextBlock):
        yield from _plain(value.source)
    elif isinstance(block, blocks.CharBlock | blocks.TextBlock):
        yield from str(value).splitlines()


def _plain(html: str) -> list[str]:
    for end in ("</p>", "</li>", "<br/>", "<br>"):
        html = html.replace(end, f"{end}\n")
    return unescape(strip_tags(html)).splitlines()
