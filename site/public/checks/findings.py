"""What a check finds in a campaign: data, which public.office.check_messages puts into sentences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto


class Check(Enum):
    """In the order in which the page shows them."""

    NUMBER = auto()
    TELEPHONES = auto()
    TRANSLATION = auto()
    CASE_DATA = auto()
    LINKS = auto()
    PICTURES = auto()
    READING = auto()
    SENTENCES = auto()
    RARE_WORDS = auto()
    FAULTS = auto()
    SHAME = auto()
    SOURCES = auto()
    LANGUAGES = auto()
    SPOKEN = auto()


@dataclass(frozen=True)
class Finding:
    """``must``: the campaign can't be published with it. ``block``: the id of the block, empty for the page.
    ``text``: a sentence of its own; else the check has one. ``words``: what was found."""

    check: Check
    must: bool = False
    block: str = ""
    text: str = ""
    words: Sequence[str] = ()


@dataclass(frozen=True)
class Passage:
    """What a reader reads of one block. ``html``: its rich texts as they are stored."""

    block: str
    label: str
    texts: Sequence[str]
    html: Sequence[str] = ()

    @property
    def text(self) -> str:
        return "\n".join(self.texts)
