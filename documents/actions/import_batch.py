"""Bring several Word files at once, or a zip; each file becomes an upload of its own."""

from __future__ import annotations

import io
import logging
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile, File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django_tasks import task

from documents.actions import FILE_QUEUE, manage_uploads
from documents.actions.errors import ActionError
from documents.actions.manage_uploads import UNKNOWN
from documents.models import Edition, Upload, UploadBatch
from documents.passing import Passing, is_passing
from documents.stored_messages import in_message_ids, keep, render_message
from documents.word.file.bundle import WORDS, BundleLimits, BundleRefused, Why, read_bundle
from files.checks import WORD
from files.kinds import Kind, kind_of
from people.access import require
from people.models import User
from people.roles import Verb

log = logging.getLogger("kodeks.uploads")

State = UploadBatch.State
MB = 1024 * 1024


def receive_files(by: User, files: Sequence[File[bytes]], page_language: str) -> UploadBatch:
    """Takes several files, or one zip. Raises ActionError where they are too many or too big together."""
    if sum(file.size or 0 for file in files) > settings.KODEKS_BATCH_LIMIT:
        limit = settings.KODEKS_BATCH_LIMIT // MB
        raise ActionError(
            _("Together, these files are too large. The limit is %(limit)s MB.") % {"limit": limit}
        )
    reasons = [_not_taken(file) for file in files]
    if reasons.count("") > settings.KODEKS_BATCH_FILES:
        raise ActionError(render_message(_reason(Why.TOO_MANY, settings.KODEKS_BATCH_FILES)))
    if not files:
        raise ActionError(render_message(_reason(Why.EMPTY)))
    if len(files) == 1 and str(files[0].name).lower().endswith(".zip"):
        if kind_of(files[0]) != Kind.ZIP:
            raise ActionError(render_message(_reason(Why.BROKEN)))
        batch = UploadBatch(by=by, name=str(files[0].name)[-200:], page_language=page_language)
        batch.file.save("batch.zip", files[0], save=False)
        with transaction.atomic():
            batch.save()
            unpack_batch.enqueue(batch.pk)
        return batch
    batch = UploadBatch.objects.create(
        by=by,
        name=ngettext("%(n)d file", "%(n)d files", len(files)) % {"n": len(files)},
        page_language=page_language,
        state=State.READY,
        refused=[[str(file.name)[-200:], why] for file, why in zip(files, reasons, strict=True) if why],
    )
    for file, why in zip(files, reasons, strict=True):
        if not why:
            manage_uploads.receive(by, file, page_language=page_language, batch=batch)
    return batch


def _not_taken(file: File[bytes]) -> str:
    name = str(file.name).lower()
    if name.endswith(".zip"):
        return _reason(Why.NESTED)
    if not name.endswith(".docx") or kind_of(file) not in WORD:
        return _reason(Why.NOT_DOCX)
    if (file.size or 0) > settings.KODEKS_UPLOAD_LIMIT:
        return _reason(Why.TOO_BIG, settings.KODEKS_UPLOAD_LIMIT // MB)
    return ""


def _reason(why: Why, limit: int = 0) -> str:
    """Why a file was not imported, as stored."""
    return keep(WORDS[why], {"limit": limit} if "%(" in WORDS[why] else None)


def limits() -> BundleLimits:
    return BundleLimits(files=settings.KODEKS_BATCH_FILES, file_bytes=settings.KODEKS_UPLOAD_LIMIT)


@task(queue_name=FILE_QUEUE)
def unpack_batch(pk: int) -> None:
    """Makes every Word file of a zip an upload of its own."""
    batch = UploadBatch.objects.filter(pk=pk).select_related("by").first()
    waiting = UploadBatch.objects.filter(pk=pk, state=State.WAITING)
    if batch is None or not waiting.update(state=State.UNPACKING, changed=timezone.now()):
        return
    values: dict[str, Any] = {}
    with in_message_ids():
        try:
            # A worker that dies leaves all or nothing of the zip.
            with transaction.atomic():
                _unpack(batch)
        except BundleRefused as problem:
            values = {"state": State.REFUSED, "problem": _reason(problem.why, problem.limit)}
        except Exception as problem:
            if is_passing(problem):
                raise Passing from problem
            values = {"state": State.REFUSED, "problem": UNKNOWN}
            log.exception("batch %s", pk)
    if values:
        UploadBatch.objects.filter(pk=pk).update(changed=timezone.now(), **values)
    manage_uploads.drop_file(batch)


def _unpack(batch: UploadBatch) -> None:
    refused: list[list[str]] = []
    with batch.file.open("rb") as stream:
        data = io.BytesIO(stream.read())
    for member in read_bundle(data, limits()):
        if member.why is not None:
            refused.append([member.name, _reason(member.why, member.limit)])
        else:
            file: File[bytes] = ContentFile(member.data, name=member.name)
            manage_uploads.receive(batch.by, file, page_language=batch.page_language, batch=batch)
    rows = UploadBatch.objects.filter(pk=batch.pk)
    rows.update(refused=refused, state=State.READY, changed=timezone.now())


def put_into(upload: Upload, edition: Edition) -> None:
    """Moves a file of a batch to an existing draft, in the language that it names; reads it again."""
    require(upload.by, Verb.DRAFT, edition)
    manage_uploads.read_again(upload, Upload.State.READ, edition=edition, language=upload.language)


def throw_away(batch: UploadBatch) -> None:
    """Throws a batch away with what was not made into drafts."""
    for upload in batch.uploads.all():
        manage_uploads.discard(upload)
    manage_uploads.discard(batch)
