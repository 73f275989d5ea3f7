"""A section on its way from the stream of a document's items."""

from __future__ import annotations

from dataclasses import dataclass, field

from documents.text.types import Block, Inline
from documents.word.ns import Element
from documents.word.read.context import Item


@dataclass(slots=True)
class Draft:
    """A section that is being gathered."""

    level: int
    kind: str = ""
    label: str = ""
    heading: list[Inline] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    images: list[Inline] = field(default_factory=list)
    uid: str = ""
    bookmarks: list[str] = field(default_factory=list)
    elements: list[Element] = field(default_factory=list)
    """The XML of the heading."""
    at: int = -1
    """The number of the paragraph that it begins with, where decisions are followed or lines asked for."""
    guessed: bool = False
    """Its heading is none that the document marks."""
    counted: bool = False
    """Whether Word counts the number of its heading."""
    look: int | None = None
    """The level that its heading has by its look, 0 as text."""
    blocks: list[Block] = field(default_factory=list)

    @property
    def place(self) -> str:
        words = "".join(node["text"] for node in self.heading if node["type"] == "text")
        return f"{self.label} {words}".strip()
