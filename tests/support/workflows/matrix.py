"""The comment table as a sheet, filled in and sent back."""

from __future__ import annotations

import io
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook

from workflows.models import Review
from workflows.pages.matrix.spreadsheet import COLUMNS, FIRST_ROW


def sheet(data: bytes) -> Any:
    return load_workbook(io.BytesIO(data)).active


def filled(
    client: Client, review: Review, cells: dict[tuple[int, str], object], pk: int | None = None
) -> bytes:
    """The table as downloaded, with some of its cells filled in."""
    book = load_workbook(io.BytesIO(client.get(f"/en/review/{pk or review.pk}/comments.xlsx").content))
    for (row, column), value in cells.items():
        book.active.cell(FIRST_ROW + row, COLUMNS.index(column) + 1).value = value  # type: ignore[union-attr]
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def take(client: Client, review: Review, data: bytes) -> Any:
    """The answer once the table was read: 302 where it was taken."""
    file = SimpleUploadedFile("answers.xlsx", data)
    answer: Any = client.post(f"/en/review/{review.pk}/comments/", {"file": file})
    for _page in ("that waits", "of the table"):
        if answer.status_code == 302:
            answer = client.get(answer["Location"])
    return answer
