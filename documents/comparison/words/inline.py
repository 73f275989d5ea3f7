"""Inline content as one flat string, so that words can be compared by position and marks kept.

Notes and images stand in the string as one private character each, chosen by the caller so that equal objects get equal
characters.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from typing import Any

Json = dict[str, Any]


PARTING: Json = {"type": "parting"}
"""Stands between the contents of two paragraphs that are compared as one; never in a text."""
SIGNS = {"break": "\n", "parting": "\u2029"}


class Flat:
    """Inline content with its text: ``runs`` are (start, end, node) and cover the text without gaps."""

    __slots__ = ("plain", "runs", "starts", "text")

    def __init__(self, content: Iterable[Json], character_of: Callable[[Json], str]) -> None:
        runs: list[tuple[int, int, Json]] = []
        parts: list[str] = []
        position = 0
        self.plain = True
        for node in content:
            kind = node["type"]
            if kind == "text":
                piece = node["text"]
                if "marks" in node:
                    self.plain = False
            else:
                piece = SIGNS.get(kind) or character_of(node)
                self.plain = False
            parts.append(piece)
            runs.append((position, position + len(piece), node))
            position += len(piece)
        self.text = "".join(parts)
        self.runs = runs
        self.starts = [run[0] for run in runs]
        if len(runs) > 1:
            self.plain = False

    def cut(self, start: int, end: int) -> tuple[Json, ...]:
        """The inline nodes between two places in the text."""
        if start >= end:
            return ()
        if self.plain:
            return ({"type": "text", "text": self.text[start:end]},)
        found = []
        for begin, finish, node in self.runs[bisect_right(self.starts, start) - 1 :]:
            if begin >= end:
                break
            if node["type"] != "text" or (begin >= start and finish <= end):
                found.append(node)
            else:
                found.append({**node, "text": node["text"][max(start - begin, 0) : end - begin]})
        return tuple(found)

    def run_at(self, position: int) -> tuple[int, int, Json]:
        return self.runs[bisect_right(self.starts, position) - 1]


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


def text_of(nodes: Sequence[Json]) -> str:
    """What a reader reads of inline nodes; breaks are newlines, notes and images nothing."""
    if len(nodes) == 1 and nodes[0]["type"] == "text":
        return str(nodes[0]["text"])
    return "".join(
        [
            node["text"] if node["type"] == "text" else "\n" if node["type"] == "break" else ""
            for node in nodes
        ]
    )
