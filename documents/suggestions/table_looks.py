"""Looks at the words of a table that its style gives anyway are nobody's change. Pure, knows no Django."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from documents.suggestions.blocks import block_key
from documents.text import Section, SectionTree

Json = dict[str, Any]


def without_given_looks(read: SectionTree, sent: SectionTree, tables: Mapping[str, Json]) -> SectionTree:
    """A text of a file that came back, in which the cells that were ``sent`` out without the looks of their table's style have
    none of them either. ``tables``: by the hash of what Word has of it, each table without these looks."""
    if not tables:
        return read
    known = {
        block_key(cell, section.text.body)
        for section in sent
        for block in section.text.body["blocks"]
        if block["type"] == "table"
        for row in block["content"]
        for cell in row["content"]
    }
    return replace(read, sections=tuple(_section(section, known, tables) for section in read))


def _section(section: Section, known: set[bytes], tables: Mapping[str, Json]) -> Section:
    body = section.text.body
    blocks = []
    for block in body["blocks"]:
        plain = tables.get((block.get("attrs") or {}).get("ooxml", ""))
        blocks.append(_table(block, plain, body, known) if plain is not None else block)
    return replace(section, text=replace(section.text, body=body | {"blocks": blocks}))


def _table(table: Json, plain: Json, body: Json, known: set[bytes]) -> Json:
    cells = [(cell, i, j) for i, row in enumerate(table["content"]) for j, cell in enumerate(row["content"])]
    without = [[dict(cell) for cell in row["content"]] for row in plain["content"]]
    if [len(row["content"]) for row in table["content"]] != [len(row) for row in without]:
        return table
    as_they_are = {(i, j) for cell, i, j in cells if block_key(cell, body) in known}
    told = [
        (i, j)
        for cell, i, j in cells
        if (i, j) not in as_they_are and block_key(without[i][j], body) in known
    ]
    if not told:
        return table
    # Of a cell whose words were changed as well, the others of its table tell who wrote the look.
    rows = [
        row
        | {
            "content": [
                cell if (i, j) in as_they_are else without[i][j] for j, cell in enumerate(row["content"])
            ]
        }
        for i, row in enumerate(table["content"])
    ]
    return table | {"content": rows}
