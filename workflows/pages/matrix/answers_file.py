"""A filled-in comment table, which the worker reads and takes (documents/actions/file_tasks.py)."""

from __future__ import annotations

from dataclasses import asdict

import audit
from documents.actions.errors import ActionError
from documents.models import FileTask
from documents.text.case_data import traces
from documents.text.types import Json
from workflows.actions.import_answers import Filled, RowsRefused, take_answers
from workflows.models import Review
from workflows.pages.matrix.spreadsheet import read_xlsx


def read_file(task: FileTask, data: bytes) -> list[Filled]:
    """The filled-in rows. Raises ActionError, which the trail has."""
    review = _review(task)
    try:
        return read_xlsx(data, review.pk)
    except ActionError:
        audit.refused("take_answers", review, task.by, why="no_table")
        raise


def take_file(task: FileTask, _data: bytes, filled: list[Filled]) -> Json:
    """How many answers were stored, and which rows may be case data; or the rows that are wrong, and then
    nothing was stored."""
    try:
        stored = take_answers(task.by, _review(task), filled)
    except RowsRefused as refusal:
        return {"problem": refusal.message, "refused": [asdict(row) for row in refusal.rows]}
    return {"stored": stored, "case_data": [row.line for row in filled if traces(row.answer)]}


def _review(task: FileTask) -> Review:
    return Review.objects.select_related("edition__instrument").get(pk=task.given["review"])
