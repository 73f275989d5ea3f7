"""The words of a search, marked in a text (``?q=``). The search registers itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from documents.text import body_text

Spans = Sequence[tuple[int, int]]
Mark = Callable[[str], Spans]
"""Where in a piece of text the marks are: start and end, in order, without overlaps."""


@dataclass(frozen=True, slots=True)
class Searched:
    """The words that a reader searched for. ``across``: their translations into the language of the text.
    ``home``: the preferred country."""

    words: str
    across: bool = False
    home: str = ""

    def __bool__(self) -> bool:
        return bool(self.words)


Marker = Callable[[Searched, str, str], Mark]

LONGEST = 300

_markers: list[Marker] = []


def register(marker: Marker) -> None:
    """Registers a function that finds the marks in any piece of a text. It receives the searched words, the
    text's language and all its words."""
    if marker not in _markers:
        _markers.append(marker)


def searched(request: HttpRequest) -> Searched:
    """What the reader searched for before coming to this page, or nothing."""
    return Searched(
        request.GET.get("q", "")[:LONGEST].strip(),
        across=request.GET.get("across") == "1",
        home=request.GET.get("home", "")[:2],
    )


def mark_for(request: HttpRequest, language: str, body: Mapping[str, Any] | None) -> Mark | None:
    """How to mark a body in this language for this request; None where there is nothing to mark."""
    wanted = searched(request)
    if not wanted or not _markers or not body:
        return None
    marks = [marker(wanted, language, body_text(body, heading=True)) for marker in _markers]
    return lambda text: sorted({span for mark in marks for span in mark(text)})
