"""Inline content as one flat string, so that words can be compared by position and marks preserved.

Notes and images are one private character each in the string. The caller chooses it so that equal objects get
equal characters.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from documents.text.align import Interner
from documents.text.diff import Change, rough_gaps

Json = dict[str, Any]

PARTING: Json = {"type": "parting"}
"""Stands between the contents of two paragraphs that are compared as one; never in a text."""
SIGNS = {"break": "\n", "parting": "\u2029"}
# An address without a path is the same as with "/" for one (RFC 3986, 6.2.3): LibreOffice writes the one for
# the other.
_NO_PATH = re.compile(r"https?://[^/?#]+\Z", re.IGNORECASE)


@dataclass(frozen=True)
class Side:
    """One of the two texts within a section: its notes by character, and its uids in the new text."""

    notes: Mapping[str, str]
    uids: Mapping[str, str]


NO_SIDE = Side({}, {})


class Inlines:
    """Inline content with its text, and its words and pieces where they are asked for."""

    __slots__ = ("_gaps", "_runs", "_starts", "_words", "content", "plain", "side", "text", "vocabulary")

    def __init__(
        self,
        content: Sequence[Json],
        side: Side,
        character_of: Callable[[Json, Side], str],
        vocabulary: Interner,
    ) -> None:
        self.content, self.side, self.vocabulary = content, side, vocabulary
        self._words: str | None = None
        self._gaps: tuple[Inlines, list[Change]] | None = None
        self._runs: list[tuple[int, int, Json]] = []
        self._starts: list[int] = []
        if len(content) == 1 and content[0]["type"] == "text" and "marks" not in content[0]:
            self.plain = True
            self.text: str = content[0]["text"]
            return
        self.plain = not content
        self.text = "".join(
            [
                node["text"]
                if node["type"] == "text"
                else SIGNS.get(node["type"]) or character_of(node, side)
                for node in content
            ]
        )

    @property
    def words(self) -> str:
        """The words, one character each."""
        if self._words is None:
            self._words = self.vocabulary.string(self.text.split())
        return self._words

    def gaps(self, new: Inlines) -> list[Change]:
        """Where this text and a new one differ, roughly; made once while it is the same new one."""
        if self._gaps is None or self._gaps[0] is not new:
            self._gaps = (new, rough_gaps(self.text, new.text))
        return self._gaps[1]

    def _cut_into_runs(self) -> None:
        """``_runs`` are (start, end, node) and cover the text without gaps."""
        position = 0
        for node in self.content:
            end = position + (len(node["text"]) if node["type"] == "text" else 1)
            self._runs.append((position, end, node))
            self._starts.append(position)
            position = end

    def cut(self, start: int, end: int) -> tuple[Json, ...]:
        """The inline nodes between two places in the text."""
        if start >= end:
            return ()
        if self.plain:
            return ({"type": "text", "text": self.text[start:end]},)
        if not self._runs:
            self._cut_into_runs()
        found = []
        for begin, finish, node in self._runs[bisect_right(self._starts, start) - 1 :]:
            if begin >= end:
                break
            if node["type"] != "text" or (begin >= start and finish <= end):
                found.append(node)
            else:
                found.append({**node, "text": node["text"][max(start - begin, 0) : end - begin]})
        return tuple(found)

    def run_at(self, position: int) -> tuple[int, int, Json]:
        if not self._runs:
            self._cut_into_runs()
        return self._runs[bisect_right(self._starts, position) - 1]


def mark_key(mark: Json, side: Side) -> tuple[str, str]:
    """What makes a mark equal to another: its type and where it leads."""
    attrs = mark.get("attrs")
    if not attrs:
        return (mark["type"], "")
    if "uid" in attrs:
        return (mark["type"], side.uids.get(attrs["uid"], attrs["uid"]))
    href = attrs["href"]
    return (mark["type"], f"{href}/" if _NO_PATH.match(href) else href)


def marks_key(node: Json, side: Side) -> tuple[tuple[str, str], ...]:
    marks = node.get("marks")
    return tuple(mark_key(mark, side) for mark in marks) if marks else ()


def join(nodes: Sequence[Json]) -> tuple[Json, ...]:
    """Inline nodes with neighbouring texts of equal marks put together again."""
    if len(nodes) < 2:
        return tuple(nodes)
    result: list[Json] = [nodes[0]]
    for node in nodes[1:]:
        last = result[-1]
        if node["type"] == last["type"] == "text" and node.get("marks") == last.get("marks"):
            result[-1] = {**last, "text": last["text"] + node["text"]}
        else:
            result.append(node)
    return tuple(result)
