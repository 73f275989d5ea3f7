"""A file that the worker reads and takes, while its person waits on a page: a translator's file, a table of
answers, a template, a trusted list, a recording.

Each kind has two steps. ``read`` looks into the file, in a confined process and outside of any transaction;
``take`` stores what was read, in one transaction with the state of the row.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.files.base import File
from django.db import IntegrityError, transaction
from django.utils import timezone, translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django_tasks import task

from documents.actions import FILE_QUEUE
from documents.actions.errors import ActionError
from documents.actions.manage_uploads import UNKNOWN, drop_file, short_name
from documents.models import FileTask
from documents.passing import Passing, is_passing
from documents.text.types import Json
from people.models import User

log = logging.getLogger("kodeks.uploads")
State = FileTask.State


@dataclass(frozen=True)
class Kind:
    """Both steps get the row and the bytes; ``take`` also what ``read`` gave. They raise ActionError."""

    read: Callable[[FileTask, bytes], Any]
    take: Callable[[FileTask, bytes, Any], Json]


_kinds: dict[str, Kind] = {}


def register(name: str, read: Callable[[FileTask, bytes], Any], take: Callable[..., Json]) -> None:
    _kinds[name] = Kind(read, take)


def start(by: User, kind: str, file: File[bytes] | None, back: str, **given: Any) -> FileTask:
    """Puts a file aside and has it read. Raises ActionError while another file of this person is read."""
    row = FileTask(by=by, kind=kind, given=given, back=back, page_language=get_language() or "en")
    if file is not None:
        row.name = short_name(file)
        row.file.save(row.name, file, save=False)
    try:
        with transaction.atomic():
            row.save()
            do_file_task.enqueue(row.pk)
    except IntegrityError:
        row.file.delete(save=False)
        raise ActionError(_("Another file of yours is being read. Wait until that is done.")) from None
    return row


def finished(by: Any, kind: str, key: str, **given: Any) -> FileTask | None:
    """The file that a person's page names by its key, once it was read; None for any other."""
    if not key.replace("-", "").isalnum() or len(key) != 36:
        return None
    found = FileTask.objects.filter(by=by, kind=kind, key=key, state__in=[State.DONE, State.REFUSED])
    return next((row for row in found if given.items() <= row.given.items()), None)


@task(queue_name=FILE_QUEUE)
def do_file_task(pk: int) -> None:
    """Reads a file that waits, and does what it is for. Why not, stands in the row in its person's words."""
    row = FileTask.objects.filter(pk=pk).select_related("by").first()
    waiting = FileTask.objects.filter(pk=pk, state=State.WAITING)
    if row is None or not waiting.update(state=State.READING, changed=timezone.now()):
        return
    with translation.override(row.page_language):
        try:
            _do(row, _kinds[row.kind])
        except ActionError as problem:
            _refuse(row, problem)
        except Exception as problem:
            if is_passing(problem):
                raise Passing from problem
            _end(row, State.REFUSED, problem=UNKNOWN)
            log.exception("file task %s", pk)
    drop_file(row)


def _do(row: FileTask, kind: Kind) -> None:
    data = b""
    if row.file:
        with row.file.open("rb") as stream:
            data = stream.read()
    found = kind.read(row, data)
    with transaction.atomic():
        try:
            result = kind.take(row, data, found)
        except ActionError as problem:  # the trail has the refusal, so it is committed
            _refuse(row, problem)
        else:
            _end(row, State.DONE, result=result)


def _refuse(row: FileTask, problem: ActionError) -> None:
    _end(row, State.REFUSED, problem=problem.message, result={"code": problem.code})


def _end(row: FileTask, state: str, **values: Any) -> None:
    FileTask.objects.filter(pk=row.pk).update(state=state, changed=timezone.now(), **values)
