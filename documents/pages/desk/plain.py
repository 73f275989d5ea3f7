"""A section as a plain form, for browsers without JavaScript: one field a paragraph or item of a list.

Only what is nothing but words can be written so. A paragraph with bold, a link or a note, a table, a step, what only Word
knows: these are shown in their place and stay as they are. What comes back unchanged is kept as the very block that it was,
so that its hash stays too. A line break is a line break; an empty line begins a new paragraph or item; an emptied field takes its
paragraph away.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]
HEADING = "heading"
NEW = "new"
"""The field for a paragraph at the end."""


@dataclass(frozen=True, slots=True)
class Field:
    """A piece of a section in its place: words that can be written (``name`` is its field), or a ``locked`` block."""

    name: str
    words: str
    is_item: bool
    locked: Json | None = None
    picture: bool = False
    """A picture: its description and caption can be written, and it can be taken out."""
    alt: str = ""

    @property
    def typed(self) -> str:
        """What its field holds: a browser drops the line break at the beginning, and would drop the words' own one."""
        return f"\n{self.words}"

    @property
    def rows(self) -> int:
        """How high its field is drawn."""
        return min(12, max(2, len(self.words) // 70 + self.words.count("\n") + 1))


def fields(body: Json) -> list[Field]:
    """The pieces of a body in order, the heading left out."""
    found: list[Field] = []
    for index, block in enumerate(body.get("blocks") or []):
        if block["type"] == "list":
            for place, item in enumerate(block["content"]):
                found.append(_field(f"b{index}-{place}", _only(item), True, {**block, "content": [item]}))
        elif block["type"] == "figure" and (caption := caption_of(block)) is not None:
            found.append(Field(f"b{index}", caption, False, block, True, block["attrs"].get("alt", "")))
        else:
            found.append(_field(f"b{index}", block, False, block))
    return found


def put_together(body: Json, given: Mapping[str, str]) -> Json:
    """The body with what a form brought; a field that was not sent leaves its piece as it is."""
    blocks: list[Json] = []
    for index, block in enumerate(body.get("blocks") or []):
        if block["type"] == "list":
            items = [
                made
                for place, item in enumerate(block["content"])
                for made in _items(item, given.get(f"b{index}-{place}"))
            ]
            if items == block["content"]:
                blocks.append(block)
            elif items:
                blocks.append({**block, "content": items})
        elif block["type"] == "figure":
            blocks += _figure(block, given, f"b{index}")
        else:
            blocks += _paragraphs(block, given.get(f"b{index}"))
    blocks += [_paragraph({}, part) for part in _parts(given.get(NEW) or "")]
    return body | {"blocks": blocks}


def caption_of(block: Json) -> str | None:
    """A picture's caption where it is nothing but words."""
    return words_of({"type": "paragraph", "content": block.get("content") or []})


def _figure(block: Json, given: Mapping[str, str], name: str) -> list[Json]:
    if given.get(f"{name}-gone"):
        return []
    attrs = dict(block["attrs"])
    alt, caption = given.get(f"{name}-alt"), given.get(name)
    if alt is not None and alt.strip() != attrs.get("alt", ""):
        attrs["alt"] = " ".join(alt.split())
    made = {**block, "attrs": attrs}
    now = caption_of(block)
    if caption is not None and now is not None and _lines(caption) != _lines(now):
        made["content"] = _paragraph({}, " ".join(caption.split()))["content"]
    return [made]


def _field(name: str, paragraph: Json | None, is_item: bool, whole: Json) -> Field:
    words = None if paragraph is None else words_of(paragraph)
    return Field(name, "", is_item, whole) if words is None else Field(name, words, is_item)


def _only(item: Json) -> Json | None:
    content = item.get("content") or []
    return content[0] if len(content) == 1 else None


def words_of(block: Json) -> str | None:
    """A paragraph's words where it is nothing but words; None for any other block."""
    if block["type"] != "paragraph":
        return None
    content = block.get("content") or []
    if any(node["type"] not in ("text", "break") or node.get("marks") for node in content):
        return None
    return "".join(node.get("text", "\n") for node in content)


def _paragraphs(block: Json, text: str | None) -> list[Json]:
    words = words_of(block)
    if text is None or words is None or _lines(text) == _lines(words):
        return [block]
    return [_paragraph(block.get("attrs") or {}, part) for part in _parts(text)]


def _items(item: Json, text: str | None) -> list[Json]:
    paragraph = _only(item)
    if paragraph is None:
        return [item]
    made = _paragraphs(paragraph, text)
    if made == [paragraph]:
        return [item]
    if not made:
        return []
    first, *others = [{**item, "content": [one]} for one in made]
    # A label of Word's own ("б)") belongs to the item that had it; where labels count, the others get theirs when it is saved.
    plain = [{key: value for key, value in other.items() if key != "attrs"} for other in others]
    return [first, *plain]


def _paragraph(attrs: Json, part: str) -> Json:
    content: list[Json] = []
    for number, line in enumerate(part.split("\n")):
        content += [{"type": "break"}] if number else []
        content += [{"type": "text", "text": line}] if line else []
    return {"type": "paragraph", "content": content} | ({"attrs": attrs} if attrs else {})


def _lines(text: str) -> str:
    """As a browser sends it and as it is kept, in one form."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _parts(text: str) -> list[str]:
    return [part.strip() for part in re.split(r"\n[ \t]*\n", _lines(text)) if part.strip()]
