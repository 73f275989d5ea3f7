"""A document's sections, in one language, in reading order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from documents.text.extraction import body_text, inline_text
from documents.text.types import empty_body


@dataclass(frozen=True, slots=True)
class SectionText:
    """A section's text in one language: the label as shown ("Član 5", "3.2.1") and its body."""

    label: str = ""
    body: Any = field(default_factory=empty_body)
    """A ``documents.text.types.Body``."""

    @property
    def heading(self) -> str:
        return inline_text(self.body.get("heading") or []).replace("\n", " ")

    @property
    def plain(self) -> str:
        """The text without heading and label."""
        return body_text(self.body)

    @property
    def empty(self) -> bool:
        return not (self.body.get("heading") or self.body.get("blocks"))


@dataclass(frozen=True, slots=True)
class Section:
    """A node of the tree. ``level`` is 1 for the outermost; ``kind`` is chapter, section, article, step or
    annex."""

    uid: str
    level: int
    kind: str
    text: SectionText
    origins: tuple[str, ...] = ()


@dataclass(frozen=True)
class SectionTree:
    """All sections of a document in one language, parents before children, in reading order.

    The tree is the order and the levels. A section's parent is the nearest one before it with a lower level.
    """

    language: str
    title: str
    sections: tuple[Section, ...]

    @cached_property
    def by_uid(self) -> dict[str, Section]:
        return {section.uid: section for section in self.sections}

    @cached_property
    def parents(self) -> dict[str, str | None]:
        """The uid of each section's parent, or None for an outermost section."""
        result: dict[str, str | None] = {}
        open_sections: list[Section] = []
        for section in self.sections:
            while open_sections and open_sections[-1].level >= section.level:
                open_sections.pop()
            result[section.uid] = open_sections[-1].uid if open_sections else None
            open_sections.append(section)
        return result

    def path(self, uid: str) -> tuple[Section, ...]:
        """The section and what it is in, outermost first."""
        chain: list[Section] = []
        step: str | None = uid
        while step is not None:
            chain.append(self.by_uid[step])
            step = self.parents[step]
        return tuple(reversed(chain))

    def __iter__(self) -> Iterator[Section]:
        return iter(self.sections)

    def __len__(self) -> int:
        return len(self.sections)
