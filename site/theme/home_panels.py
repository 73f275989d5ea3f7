"""Panels of the office's first page: a registry that each app fills."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from django.http import HttpRequest


@dataclass(frozen=True)
class Line:
    """One thing: its text, where it leads, and a word on the side (a date, a number)."""

    text: str
    url: str
    aside: str = ""
    state: str = ""  # of an edition, or "late"
    lang: str = ""


@dataclass(frozen=True)
class Panel:
    """What one room shows. ``urgent`` puts a mark on it; ``more_url`` leads to all of it."""

    title: str
    lines: Sequence[Line] = field(default_factory=tuple)
    empty: str = ""
    more: str = ""
    more_url: str = ""
    urgent: bool = False


Maker = Callable[[HttpRequest], Panel | None]
_makers: dict[str, tuple[int, Maker]] = {}


def register(key: str, order: int, maker: Maker) -> None:
    """Puts a panel on the first page; ``maker`` gives None for whom it does not concern."""
    _makers[key] = (order, maker)


def panels(request: HttpRequest) -> list[Panel]:
    """The panels for whoever asks, in order."""
    built = (maker(request) for _, maker in sorted(_makers.values(), key=lambda pair: pair[0]))
    return [panel for panel in built if panel is not None]
