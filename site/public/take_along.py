"""What readers can take along of a campaign: posters, cards, recordings. Each app registers its source."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Protocol
from uuid import UUID

from theme.locales import direction, html_lang


@dataclass(frozen=True)
class Wanted:
    """What somebody looks for; empty is all of it."""

    campaign: UUID | None = None
    language: str = ""
    country: str = ""
    kind: str = ""


@dataclass(frozen=True)
class Item:
    """A file that the public may have. ``quiet_url``: the same under a name that says nothing; ``stored``:
    where the store has it, or ``data``: its content, where it is made of a row;
    ``thumb``: the address of a small picture, ``box`` its width and height;
    ``country``: a code, empty for all countries."""

    campaign: UUID
    kind: str
    label: str
    title: str
    language: str
    language_name: str
    url: str
    quiet_url: str
    file_name: str
    stored: str
    size: int
    ending: str
    measure: str = ""
    country: str = ""
    country_name: str = ""
    checked: date | None = None
    partners: str = ""
    thumb: str = ""
    box: tuple[int, int] = (0, 0)
    data: bytes = b""

    @property
    def html_lang(self) -> str:
        return html_lang(self.language)

    @property
    def direction(self) -> str:
        return direction(self.language)


@dataclass(frozen=True)
class Offer:
    """What there is at least one file of. ``label``: the kind in the reader's language; ``country``: a code,
    empty for all countries."""

    campaign: UUID
    language: str
    country: str
    kind: str
    label: str


class Source(Protocol):
    def offers(self) -> Iterable[Offer]: ...

    def items(self, wanted: Wanted) -> Iterable[Item]: ...


_sources: list[Source] = []


def register(source: Source) -> None:
    _sources.append(source)


def offers() -> list[Offer]:
    return [offer for source in _sources for offer in source.offers()]


def items(wanted: Wanted) -> list[Item]:
    return [item for source in _sources for item in source.items(wanted)]
