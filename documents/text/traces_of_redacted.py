"""Take out what could still say the words that a redacted text has lost. Pure, knows no Django."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, cast
from urllib.parse import unquote

from documents.text.types import Json


@dataclass(frozen=True, slots=True)
class Traces:
    """What a reader doesn't see and a file would carry along: Word's own XML, addresses of links,
    descriptions of pictures, labels of list items."""

    wanted: Sequence[str]
    """What was taken out, as it could stand in an address."""
    pictures: Collection[str]
    """Pictures whose description says it in a language: they lose it in all of them."""

    @classmethod
    def of(cls, bodies: Mapping[str, Mapping[str, Json]], words: Sequence[str]) -> Traces:
        traces = cls([one for word in words if len(one := _squeezed(word)) > 2], ())
        described = [
            node["attrs"] for of in bodies.values() for node in _nodes(list(of.values())) if "attrs" in node
        ]
        return replace(
            traces, pictures={one.get("sha256") for one in described if traces.says(one.get("alt"))}
        )

    def says(self, text: object) -> bool:
        return isinstance(text, str) and any(one in _squeezed(text) for one in self.wanted)

    def removed(self, body: Json, *, all_of_them: bool) -> Json:
        """A section's body without them; with ``all_of_them`` whatever they say: another spelling of what was
        taken out can't be found."""

        def walk(value: Any) -> Any:
            if isinstance(value, list):
                return [walk(one) for one in value]
            if not isinstance(value, dict):
                return value
            if value.get("type") == "opaque":
                attrs = value.get("attrs") or {}
                return {
                    "type": "paragraph",
                    "content": [{"type": "text", "text": attrs["text"]}] if attrs.get("text") else [],
                }
            node = {key: walk(one) for key, one in value.items()}
            if attrs := node.get("attrs"):
                hidden = all_of_them or attrs.get("sha256") in self.pictures
                node["attrs"] = {key: one for key, one in attrs.items() if self._stays(key, one, hidden)}
            if marks := node.get("marks"):
                node["marks"] = [one for one in marks if not self._leads(one, all_of_them)]
            return node

        return cast(Json, walk(body))

    def _stays(self, key: str, value: Any, hidden: bool) -> bool:
        if key not in ("alt", "label"):
            return key != "ooxml"
        is_number = key == "label" and NUMBERING.fullmatch(value) is not None
        return not self.says(value) and (is_number or not hidden)

    def _leads(self, mark: Mapping[str, Any], all_of_them: bool) -> bool:
        href = (mark.get("attrs") or {}).get("href")
        return bool(href) and (all_of_them or self.says(href))


NUMBERING = re.compile(r"\W*\w{1,3}(\.\w{1,3})*\W*")
"""Labels of list items that stay: 12., (iv), a)."""


def _nodes(value: Any) -> Iterator[Json]:
    if isinstance(value, dict):
        yield value
    for one in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _nodes(one)


def _squeezed(text: str) -> str:
    """Letters and digits alone, without accents: as words stand in an address, percent-encoded or not."""
    plain = unicodedata.normalize("NFKD", unquote(text).casefold())
    return "".join(one for one in plain if one.isalnum())
