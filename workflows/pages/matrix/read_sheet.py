"""Reads the cells of an Excel sheet in a process of its own, within the limits of
:mod:`documents.word.file.child`."""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from documents.word.file.child import confined, run_confined
from documents.word.file.guard import DEFAULT_LIMITS
from documents.word.file.refusal import RefusalCode, Refused

MOST_ROWS, MOST_COLUMNS = 5_000, 40
LIMITS = replace(DEFAULT_LIMITS, seconds=5, memory_bytes=512 * 1024 * 1024)


def read_cells(data: bytes) -> list[list[str]]:
    """The cells of the first sheet as text, row by row. Raises Refused: TOO_LONG, TOO_SLOW or
    TOO_MUCH_MEMORY for a table that is too big, BROKEN for any other file."""
    with tempfile.NamedTemporaryFile(prefix="kodeks-sheet-", suffix=".xlsx") as file:
        file.write(data)
        file.flush()
        rows: list[list[str]] = json.loads(run_confined(__name__, [file.name], LIMITS))
        return rows


def main(arguments: list[str]) -> int:
    """The child's side."""
    path = Path(arguments[0])

    def work() -> bytes:
        try:
            return json.dumps(list(_rows(path))).encode()
        except (MemoryError, Refused):
            raise
        except Exception as problem:  # whatever a broken or hostile file makes the reader raise
            raise Refused(RefusalCode.BROKEN) from problem

    return confined(LIMITS, work)


def _rows(path: Path) -> Iterator[list[str]]:
    # A formula is taken as the words that it was typed as: nothing is computed here.
    book = load_workbook(path, read_only=True, data_only=False, keep_links=False)
    sheet: Any = book.active
    for number, cells in enumerate(sheet.iter_rows(values_only=True, max_col=MOST_COLUMNS), 1):
        if number > MOST_ROWS:
            raise Refused(RefusalCode.TOO_LONG, limit=MOST_ROWS)
        yield ["" if value is None else str(value) for value in cells]


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
