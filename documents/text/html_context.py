"""What a rendering of a text needs to know besides the text."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

SHOWN_IMAGES = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp", "image/avif"})
"""What a browser draws; Word's own drawings (EMF, WMF) are offered as files."""


@dataclass(frozen=True, slots=True)
class Labels:
    """The words that the page adds to a text, in the language of the interface."""

    who: str = "Who"
    limit: str = "Time limit"
    note: str = "note"
    back: str = "back to the text"
    notes: str = "Notes"
    table: str = "Table"
    picture: str = "Picture"
    opaque: str = "Unchanged from the Word file"
    no_words: str = "(cannot be shown as text)"
    corrigendum: str = "Corrigendum"
    corrigendum_short: str = "corr."


@dataclass(frozen=True, slots=True)
class File:
    """Where a picture of the text is fetched, and what it is."""

    url: str
    content_type: str


def no_section(uid: str) -> str:
    """No section has an address."""
    return ""


def no_corrigendum(number: int) -> str:
    """No corrigendum has an address."""
    return ""


@dataclass(frozen=True)
class Context:
    """What a rendering needs to know besides the text."""

    words: Labels = Labels()
    section_url: Callable[[str], str] = no_section
    """The address of a section by its uid. Empty where there is none: the words then have no link."""
    files: Mapping[str, File] = field(default_factory=dict)
    convert: Callable[[str], str] = str
    prefix: str = ""
    """Put before every ``id``, so that several sections can be on one page."""
    corrigendum_url: Callable[[int], str] = no_corrigendum
    """Where a corrigendum is read, by its number; empty: its mark is without a link."""
    lazy: bool = True
    """Whether pictures are fetched as the reader comes to them: not in a file that holds them."""
    mark: Callable[[str], Sequence[tuple[int, int]]] | None = None
    """Where the words are that the reader searched for: their beginnings and ends, in order."""

    def with_prefix(self, prefix: str) -> Context:
        """The same for another section of the page."""
        return replace(self, prefix=prefix)
