"""Pages of the comment table on screen, and its parts as files that can come back filled in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from django.core.paginator import Page, Paginator

from workflows.pages.matrix.rows import Row
from workflows.pages.matrix.spreadsheet import values

ON_SCREEN = 100
PART_ROWS, PART_BYTES = 2_000, 8 * 1024 * 1024
"""So much is exported in one file. It can be imported also where every row has an answer of the greatest
length."""


@dataclass(frozen=True)
class Part:
    """One file of several: which of the rows, and their numbers in the table."""

    number: int
    rows: Sequence[Row]

    @property
    def first(self) -> int:
        return self.rows[0].number

    @property
    def last(self) -> int:
        return self.rows[-1].number


def parts_of(rows: Sequence[Row]) -> list[Part]:
    """The rows, file by file; one part where they are few, none where there is none."""
    found: list[Part] = []
    part: list[Row] = []
    weight = 0
    for row in rows:
        own = sum(len(escape(str(value)).encode()) for value in values(row))
        if part and (len(part) == PART_ROWS or weight + own > PART_BYTES):
            found.append(Part(len(found) + 1, part))
            part, weight = [], 0
        part.append(row)
        weight += own
    return [*found, Part(len(found) + 1, part)] if part else found


def page_of(rows: Sequence[Row], query: Mapping[str, str], comment: int = 0) -> Page[Row]:
    """The page of the table that is asked for ("page"), or the one on which ``comment`` is."""
    place = next((place for place, row in enumerate(rows) if row.pk == comment), None)
    return Paginator(rows, ON_SCREEN).get_page(
        query.get("page", "") if place is None else place // ON_SCREEN + 1
    )
