"""Recordings that read a text of the site aloud: a registry that another app fills.

A page asks for them as it is drawn, with the very texts that it shows: a recording of another text is none.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from public.models.lines import Line
    from public.models.pages import CampaignPage

TOP = ""
"""The key of title and lead among those of the blocks."""


@dataclass(frozen=True)
class Voice:
    url: str
    seconds: int
    size: int
    """In bytes."""
    by_machine: bool

    @property
    def length(self) -> str:
        return f"{self.seconds // 60}:{self.seconds % 60:02}"


OfPage = Callable[["CampaignPage"], Mapping[str, Voice]]
OfLines = Callable[[Sequence["Line"]], Mapping[int, Voice]]
_of_page: list[OfPage] = []
_of_lines: list[OfLines] = []


def register(of_page: OfPage, of_lines: OfLines) -> None:
    _of_page[:], _of_lines[:] = [of_page], [of_lines]


def of_page(page: CampaignPage) -> Mapping[str, Voice]:
    """By the id of the block."""
    return _of_page[0](page) if _of_page else {}


def of_lines(lines: Sequence[Line]) -> Mapping[int, Voice]:
    """By the key of the number."""
    return _of_lines[0](lines) if _of_lines and lines else {}
