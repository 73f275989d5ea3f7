"""Panels of the office's first page: a registry that each app fills."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import IntEnum

from django.http import HttpRequest
from django.utils.safestring import SafeString

FIGURES = 3


class Rank(IntEnum):
    """How soon a panel, a figure or a line needs its reader; what is late is first."""

    LATE = 0
    DUE = 1
    TO_DO = 2
    NEWS = 3
    TO_READ = 4

    @property
    def css(self) -> str:
        return {Rank.LATE: "late", Rank.DUE: "due"}.get(self, "")


@dataclass(frozen=True)
class Mark:
    """A fact about a line: an icon, words, and how soon it needs somebody."""

    text: str
    icon: str = ""
    rank: Rank = Rank.TO_READ
    lang: str = ""


@dataclass(frozen=True)
class Line:
    """One thing. With a ``button`` that is its link, else its text is."""

    text: str
    url: str
    aside: str = ""
    state: str = ""  # of an edition
    lang: str = ""
    button: str = ""
    due: date | None = None
    today: date | None = None  # where the deadline counts
    marks: Sequence[Mark] = ()
    picture: SafeString | str = ""

    @property
    def late(self) -> bool:
        return any(mark.rank == Rank.LATE for mark in self.marks)


@dataclass(frozen=True)
class Figure:
    """A number that leads to what it counts: shape, number, words."""

    number: int
    text: str
    url: str
    icon: str
    rank: Rank = Rank.TO_READ


@dataclass(frozen=True)
class Panel:
    """What one app shows. ``wide``: it takes the whole width. ``tiles``: its lines are shown as tiles.
    ``head``: a picture above those of its lines. ``hint``: the rule by which its lines are there."""

    title: str
    lines: Sequence[Line] = field(default_factory=tuple)
    empty: str = ""
    more: str = ""
    more_url: str = ""
    rank: Rank = Rank.TO_READ
    figures: Sequence[Figure] = ()
    wide: bool = False
    tiles: bool = False
    head: SafeString | str = ""
    hint: str = ""


@dataclass(frozen=True)
class News:
    """Something that happened: when, what, and where to look at it."""

    at: datetime
    text: str
    url: str
    title: str = ""


Maker = Callable[[HttpRequest], Panel | None]
NewsMaker = Callable[[HttpRequest, datetime], Iterable[News]]
_makers: dict[str, tuple[int, Maker]] = {}
_news: dict[str, NewsMaker] = {}


def register(key: str, order: int, maker: Maker) -> None:
    """Puts a panel on the first page; ``maker`` gives None for whom it does not concern."""
    _makers[key] = (order, maker)


def register_news(key: str, maker: NewsMaker) -> None:
    """Registers what happened since a moment, for the signed-in person."""
    _news[key] = maker


def panels(request: HttpRequest) -> list[Panel]:
    """The panels of the user: the most urgent first, then in their order."""
    built = (maker(request) for _, maker in sorted(_makers.values(), key=lambda pair: pair[0]))
    return sorted((panel for panel in built if panel is not None), key=lambda panel: panel.rank)


def figures(shown: Iterable[Panel]) -> list[Figure]:
    """The three figures on top: of all panels, those that count something first, the urgent before others."""
    found = [figure for panel in shown for figure in panel.figures]
    return sorted(found, key=lambda figure: (not figure.number, figure.rank))[:FIGURES]


def news(request: HttpRequest, since: datetime, most: int) -> list[News]:
    """What happened since then, the newest first."""
    found = [one for maker in _news.values() for one in maker(request, since)]
    return sorted(found, key=lambda one: one.at, reverse=True)[:most]
