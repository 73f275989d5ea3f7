"""Reads the cells of an Excel sheet in a confined process."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from typing import Any

from openpyxl import load_workbook

from documents.word.file import confined
from documents.word.file.guard import DEFAULT_LIMITS
from documents.word.file.refusal import RefusalCode, Refused

MOST_ROWS, MOST_COLUMNS = 5_000, 40
LIMITS = replace(DEFAULT_LIMITS, seconds=5, memory_bytes=512 * 1024 * 1024)


def read_cells(data: bytes) -> list[list[str]]:
    """The cells of the first sheet as text, row by row. Raises Refused: TOO_LONG, TOO_SLOW or
    TOO_MUCH_MEMORY for a table that is too big, BROKEN for any other file."""
    return confined.run(LIMITS, _read, data)


def _read(data: bytes) -> list[list[str]]:
    try:
        return list(_rows(data))
    except (MemoryError, Refused):
        raise
    except Exception as problem:  # whatever a broken or hostile file makes the reader raise
        raise Refused(RefusalCode.BROKEN) from problem


def _rows(data: bytes) -> Iterator[list[str]]:
    # A formula is taken as the words that it was typed as: nothing is computed here.
    book = load_workbook(BytesIO(data), read_only=True, data_only=False, keep_links=False)
    sheet: Any = book.active
    for number, cells in enumerate(sheet.iter_rows(values_only=True, max_col=MOST_COLUMNS), 1):
        if number > MOST_ROWS:
            raise Refused(RefusalCode.TOO_LONG, limit=MOST_ROWS)
        yield ["" if value is None else str(value) for value in cells]
