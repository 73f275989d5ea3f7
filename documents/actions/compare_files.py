"""Compare two Word files for the person who uploaded them; the result is stored for some hours."""

from __future__ import annotations

import logging
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile, File
from django.db import transaction
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from documents.actions import FILE_QUEUE
from documents.actions.import_word import stored_refusal
from documents.actions.manage_uploads import drop_file, forget_comparison, short_name
from documents.comparison import Comparison
from documents.comparison.files import compare_files
from documents.comparison.serialization import from_bytes, to_bytes
from documents.models import FileComparison
from documents.passing import Passing, is_passing
from documents.stored_messages import in_message_ids
from documents.word import Limits, Refused
from documents.word.redline.files import redline_files
from people.access import memberships
from people.models import User
from people.roles import Role

log = logging.getLogger("kodeks.uploads")

State = FileComparison.State
COMPARING = frozenset({Role.DRAFTER, Role.TRANSLATOR, Role.REVIEWER, Role.COORDINATOR})
AUTHOR = "Kodeks"
MOST = 50
"""How many comparisons one person has at a time; with one more the oldest goes, as the page says."""


def may_compare(user: Any) -> bool:
    """Everybody who drafts, translates, reviews or coordinates anywhere."""
    return any(m.role in COMPARING for m in memberships(user))


def receive_two(
    by: User, old: File[bytes], new: File[bytes], *, one_text: bool, page_language: str
) -> FileComparison:
    """Puts two files aside and has them compared. Http404 for who may not."""
    if not may_compare(by):
        raise Http404
    for one in FileComparison.objects.filter(by=by)[MOST - 1 :]:
        forget_comparison(one)
    created = FileComparison(by=by, one_text=one_text, page_language=page_language)
    created.old_name, created.new_name = short_name(old), short_name(new)
    created.old_file.save("old.docx", old, save=False)
    created.new_file.save("new.docx", new, save=False)
    with transaction.atomic():
        created.save()
        compare_two.enqueue(created.pk)
    return created


@task(queue_name=FILE_QUEUE)
def compare_two(pk: int) -> None:
    """Compares two files that wait."""
    row = FileComparison.objects.filter(pk=pk).first()
    moved = FileComparison.objects.filter(pk=pk, state=State.WAITING).update(
        state=State.COMPARING, changed=timezone.now()
    )
    if row is None or not moved:
        return
    with in_message_ids():
        try:
            values = _stored(row, *_compared(row))
        except Refused as refused:
            values = {"state": State.REFUSED, "problem": _reason(row, refused)}
        except Exception as problem:
            if is_passing(problem):
                raise Passing from problem
            reason = _("These files could not be processed. The operator can see the reason.")
            values = {"state": State.REFUSED, "problem": reason}
            log.exception("comparison %s", pk)
        stored = FileComparison.objects.filter(pk=pk).update(changed=timezone.now(), **values)
    for field in ("old_file", "new_file"):
        drop_file(row, field)
    if not stored:  # thrown away meanwhile
        for field in ("result", "redline"):
            drop_file(row, field)


def _compared(row: FileComparison) -> tuple[Comparison, bytes, str]:
    """The comparison, the redline, and why there is none."""
    limits = replace(Limits(), file_bytes=settings.KODEKS_UPLOAD_LIMIT)
    with tempfile.TemporaryDirectory(prefix="kodeks-compare-") as folder:
        paths = []
        for name, file in (("old.docx", row.old_file), ("new.docx", row.new_file)):
            with file.open("rb") as stream:
                (Path(folder) / name).write_bytes(stream.read())
            paths.append(Path(folder) / name)
        comparison = compare_files(paths[0], paths[1], limits, one_text=row.one_text)
        try:
            redline = redline_files(paths[0], paths[1], limits, author=AUTHOR, date=timezone.now())
            return comparison, redline, ""
        except Refused as refused:
            return comparison, b"", stored_refusal(refused)


def _stored(row: FileComparison, comparison: Comparison, redline: bytes, problem: str) -> dict[str, Any]:
    """What the row says of a comparison whose files are stored."""
    row.result.save("result", ContentFile(to_bytes(comparison)), save=False)
    values = {"state": State.DONE, "result": row.result.name, "redline_problem": problem}
    if redline:
        row.redline.save("redline.docx", ContentFile(redline), save=False)
        values["redline"] = row.redline.name
    return values


def _reason(row: FileComparison, refused: Refused) -> str:
    name = {"old": row.old_name, "new": row.new_name}.get(str(refused.details.get("file", "")), "")
    return stored_refusal(refused, name)


def load(row: FileComparison) -> Comparison:
    """The comparison as it was made."""
    with row.result.open("rb") as stream:
        return from_bytes(stream.read())
