"""Files whose task was left in the middle: they wait again, or are rejected after many attempts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from documents.actions.compare_files import compare_two
from documents.actions.file_tasks import do_file_task
from documents.actions.import_batch import unpack_batch
from documents.actions.import_returned_file import read_returned_file
from documents.actions.import_upload import take_upload
from documents.actions.manage_uploads import UNKNOWN, read_upload
from documents.models import FileComparison, FileTask, ReturnedFile, Upload, UploadBatch


@dataclass(frozen=True)
class _Step:
    """What a task works on, and its states: before, during, and after giving up."""

    model: type[Any]
    waiting: str
    working: str
    given_up: str


STEPS = {
    read_upload.module_path: _Step(Upload, "waiting", "reading", "refused"),
    take_upload.module_path: _Step(Upload, "taking", "storing", "read"),
    unpack_batch.module_path: _Step(UploadBatch, "waiting", "unpacking", "refused"),
    compare_two.module_path: _Step(FileComparison, "waiting", "comparing", "refused"),
    do_file_task.module_path: _Step(FileTask, "waiting", "reading", "refused"),
    read_returned_file.module_path: _Step(ReturnedFile, "waiting", "reading", "refused"),
}


def put_back(task_path: str, pk: int) -> None:
    """Lets the file of a task wait again."""
    _move(task_path, pk, "waiting")


def give_up(task_path: str, pk: int) -> None:
    """Says of the file of a task that it could not be processed."""
    _move(task_path, pk, "given_up", problem=UNKNOWN)


def _move(task_path: str, pk: int, to: str, **values: str) -> None:
    if step := STEPS.get(task_path):
        rows = step.model.objects.filter(pk=pk, state=step.working)
        rows.update(state=getattr(step, to), changed=timezone.now(), **values)
