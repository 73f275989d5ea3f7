"""Blocks in the terms of the PDF's template, with every field. Consecutive steps are in one list, tables have
the widths of their columns, and long words have places to break."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from documents.exports.pdf_columns import (
    POINT,
    breaking,
    broken_content,
    is_bold,
    look_of,
    marker_room,
    printed,
)
from documents.text.direction import side_of
from documents.text.table_grid import lay_out
from documents.word.write.columns import Letters

Json = Mapping[str, Any]

WIDTH = 453.5
"""Points: how wide the text is on a page."""
SIZE = 11.0
IN_TABLES = 9.0
"""The largest letters of a table."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where blocks are: the points that they have in width, the size of the letters, whether they are
    bold."""

    room: float = WIDTH
    size: float = SIZE
    bold: bool = False
    in_table: bool = False

    def within(self, block: Json) -> Place:
        """The place of a block's text."""
        return replace(self, room=max(self.room - marker_room(block, self.size), 1.0))

    @property
    def letters(self) -> Letters:
        return printed(self.size)


PAGE = Place()


def as_blocks(blocks: Sequence[Json], place: Place = PAGE) -> Iterator[dict[str, Any]]:
    """The blocks as the template shows them at a place."""
    run: list[dict[str, Any]] = []
    count = 0
    for block in blocks:
        if block["type"] == "step":
            run.append(_step(block, place))
            continue
        if run:
            yield {"type": "steps", "start": count + 1, "steps": run}
            count += len(run)
            run = []
        yield _block(block, place)
    if run:
        yield {"type": "steps", "start": count + 1, "steps": run}


def from_the_right(content: Sequence[Json]) -> bool:
    """Whether a paragraph or a heading is set from right to left."""
    return side_of(content) == "rtl"


def _step(block: Json, place: Place) -> dict[str, Any]:
    attrs = block.get("attrs") or {}
    inner = place.within(block)
    return {
        **{key: attrs.get(key) or "" for key in ("title", "who", "limit")},
        "blocks": list(as_blocks(block.get("content") or [], inner)),
    }


def _block(block: Json, place: Place) -> dict[str, Any]:
    kind = block["type"]
    attrs = block.get("attrs") or {}
    content = block.get("content") or []
    if kind == "paragraph":
        style = attrs.get("style") or ""
        return {
            "type": kind,
            "style": style,
            "rtl": from_the_right(content),
            "content": _whole(content, place),
        }
    if kind == "list":
        inner = place.within(block)
        items = [
            {
                "label": (item.get("attrs") or {}).get("label") or "",
                "blocks": list(as_blocks(item.get("content") or [], inner)),
            }
            for item in content
        ]
        # The side on which the labels stand is that of the first item's first words.
        first: Json = next(iter(content[0].get("content") or []), {}) if content else {}
        rtl = first.get("type") == "paragraph" and from_the_right(first.get("content") or [])
        return {"type": kind, "ordered": bool(attrs.get("ordered")), "rtl": rtl, "items": items}
    if kind == "table":
        return _table(content, place)
    if kind == "figure":
        return {
            "type": kind,
            "sha256": attrs["sha256"],
            "alt": attrs.get("alt") or "",
            "room": place.room,
            "content": _whole(content, place),
        }
    if kind == "callout":
        inner = place.within(block)
        return {"type": kind, "warn": attrs.get("tone") == "warn", "blocks": list(as_blocks(content, inner))}
    text = attrs.get("text") or ""
    return {"type": "opaque", "text": breaking(text, _twips(place.within(block)), place.letters, False)}


def _table(rows: Sequence[Json], place: Place) -> dict[str, Any]:
    grid = lay_out(rows)
    look = look_of(grid, place.room, place.size if place.in_table else IN_TABLES)
    cells = [
        {
            "x": cell.x,
            "y": cell.y,
            "colspan": cell.colspan,
            "rowspan": cell.rowspan,
            "header": cell.header,
            "blocks": list(
                as_blocks(
                    cell.blocks,
                    Place(look.room(cell.x, cell.colspan), look.size, cell.header or place.bold, True),
                )
            ),
        }
        for cell in grid.cells
    ]
    return {
        "type": "table",
        "columns": look.widths,
        "size": look.size,
        "inset": look.inset,
        "rows": grid.rows,
        "head": grid.head,
        "cells": cells,
    }


def _whole(content: Sequence[Json], place: Place) -> list[Json]:
    """Inline content with places to break in words that are wider than what they have."""
    if not place.in_table and all(len(node.get("text", "")) < 40 for node in content):
        return list(content)
    return broken_content(content, _twips(place), place.letters, place.bold or is_bold(content))


def _twips(place: Place) -> float:
    return place.room * POINT
