"""Two texts compared: ``compare(old, new)`` gives one value, a :class:`Comparison`, that every way to draw it
starts from."""

from documents.comparison.compare import compare
from documents.comparison.model import (
    Comparison,
    Counts,
    Entry,
    FieldChange,
    Kind,
    MarkChange,
    NodeChange,
    NoteChange,
    Place,
    SectionChange,
    WordOp,
)

__all__ = [
    "Comparison",
    "Counts",
    "Entry",
    "FieldChange",
    "Kind",
    "MarkChange",
    "NodeChange",
    "NoteChange",
    "Place",
    "SectionChange",
    "WordOp",
    "compare",
]
