"""A section on its way from the stream of a document's items."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from documents.text.types import Block, Inline
from documents.word.body.bookmarks import look_of
from documents.word.file.ns import Element
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


def level_new_headings(drafts: Sequence[Draft]) -> None:
    """Gives headings without a bookmark of ours the level of similar ones. That is the last one before them,
    else the next. Where none looks like them, they are as far above or below the last one as their look does.
    (A heading of ours has the level of its bookmark, which need not be that of its look.)"""
    known = [(at, look, draft.level) for at, draft in enumerate(drafts) if (look := _look(draft))]
    for at, draft in enumerate(drafts) if known else ():
        if draft.uid or not draft.look or draft.level != draft.look:
            continue
        alike = [(place, look, level) for place, look, level in known if look == draft.look]
        behind = [one for one in alike or known if one[0] < at]
        _place, look, level = behind[-1] if behind else (alike or known)[0]
        draft.level = max(1, level + draft.look - look)


def _look(draft: Draft) -> int:
    """The level that a heading had by its look when the file was written. 0 where it had none, or is not
    ours."""
    return (look_of(draft.bookmarks) or 0) if draft.uid else 0
