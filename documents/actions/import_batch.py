"""Several Word files at once: unpacked and read in the background, then made into drafts, each by itself."""

from __future__ import annotations

import io
import logging
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile, File
from django.db import transaction
from django.http import Http404
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from documents import tasks
from documents.actions import import_upload, manage_uploads
from documents.actions.create_instrument import create_instrument
from documents.actions.errors import ActionError
from documents.choices import Classification, Kind
from documents.models import Edition, Instrument, OldSlug, Upload, UploadBatch
from documents.stored_messages import in_message_ids, keep, render_message
from documents.translation.scripts import to_latin
from documents.word.file.bundle import WORDS, BundleLimits, BundleRefused, Why, read_bundle
from people.access import require
from people.models import Institution, User
from people.roles import Verb

log = logging.getLogger("kodeks.uploads")

State = UploadBatch.State


def receive_files(by: User, files: Sequence[File[bytes]], page_language: str) -> UploadBatch:
    """Takes several files, or one zip; gives the batch that lists them. Raises ActionError where they are too
    many or too big together."""
    size = sum(file.size or 0 for file in files)
    if size > settings.KODEKS_BATCH_LIMIT:
        limit = settings.KODEKS_BATCH_LIMIT // (1024 * 1024)
        raise ActionError(
            _("These files are too big together: at most %(limit)s MB are taken.") % {"limit": limit}
        )
    if sum(1 for file in files if not _not_taken(file)) > settings.KODEKS_BATCH_FILES:
        raise ActionError(render_reason(Why.TOO_MANY, settings.KODEKS_BATCH_FILES))
    if not files:
        raise ActionError(render_reason(Why.EMPTY))
    if len(files) == 1 and str(files[0].name).lower().endswith(".zip"):
        batch = UploadBatch(by=by, name=str(files[0].name)[-200:], page_language=page_language)
        batch.file.save("batch.zip", files[0], save=False)
        batch.save()
        tasks.unpack_batch.enqueue(batch.pk)
        return batch
    name = _("%(n)d files") % {"n": len(files)}
    batch = UploadBatch.objects.create(by=by, name=name, page_language=page_language, state=State.READY)
    refused = []
    for file in files:
        why = _not_taken(file)
        if why:
            refused.append([str(file.name)[-200:], why])
        else:
            manage_uploads.receive(by, file, page_language=page_language, batch=batch)
    if refused:
        UploadBatch.objects.filter(pk=batch.pk).update(refused=refused)
    return batch


def _not_taken(file: File[bytes]) -> str:
    name = str(file.name).lower()
    if name.endswith(".zip"):
        return stored_reason(Why.NESTED)
    if not name.endswith(".docx"):
        return stored_reason(Why.NOT_DOCX)
    if (file.size or 0) > settings.KODEKS_UPLOAD_LIMIT:
        return stored_reason(Why.TOO_BIG, settings.KODEKS_UPLOAD_LIMIT // (1024 * 1024))
    return ""


def render_reason(why: Why, limit: int = 0) -> str:
    return render_message(stored_reason(why, limit))


def stored_reason(why: Why, limit: int = 0) -> str:
    """Why a file was not taken, as it is kept."""
    return keep(WORDS[why], {"limit": limit} if "%(" in WORDS[why] else None)


def limits() -> BundleLimits:
    return BundleLimits(files=settings.KODEKS_BATCH_FILES, file_bytes=settings.KODEKS_UPLOAD_LIMIT)


def unpack(pk: int) -> None:
    """The task: every Word file of a zip becomes an upload of its own."""
    batch = UploadBatch.objects.filter(pk=pk).select_related("by").first()
    moved = UploadBatch.objects.filter(pk=pk, state=State.WAITING).update(
        state=State.UNPACKING, changed=timezone.now()
    )
    if batch is None or not moved:
        return
    refused: list[list[str]] = []
    with in_message_ids():
        values: dict[str, Any] = {"state": State.READY}
        try:
            with batch.file.open("rb") as stream:
                data = io.BytesIO(stream.read())
            for member in read_bundle(data, limits()):
                if member.why is not None:
                    refused.append([member.name, stored_reason(member.why, member.limit)])
                else:
                    file: File[bytes] = ContentFile(member.data, name=member.name)
                    manage_uploads.receive(batch.by, file, page_language=batch.page_language, batch=batch)
        except BundleRefused as problem:
            values = {"state": State.REFUSED, "problem": stored_reason(problem.why, problem.limit)}
        except Exception:
            words = _("Something went wrong with this file. Those who run Kodeks can see why.")
            values = {"state": State.REFUSED, "problem": words}
            log.exception("batch %s", pk)
    UploadBatch.objects.filter(pk=pk).update(refused=refused, changed=timezone.now(), **values)
    manage_uploads.drop_file(batch)


def plan(
    upload: Upload,
    *,
    owner: Institution,
    title: str,
    language: str,
    kind: str = Kind.GUIDELINE,
    classification: str = Classification.TLP_AMBER_STRICT,
) -> bool:
    """Has a new document made with the file's text as its first draft. False where the file is being worked
    on already."""
    require(upload.by, Verb.CREATE, owner)
    wanted = {
        "owner": owner.pk,
        "title": title,
        "language": language,
        "kind": kind,
        "classification": classification,
    }
    moved = manage_uploads.move(upload, Upload.State.READ, Upload.State.TAKING, problem="", plan=wanted)
    if moved:
        tasks.take_upload.enqueue(upload.pk)
    return moved


def make_planned(upload: Upload) -> bool:
    """Makes what was planned of an upload in the state STORING: all of it, or nothing and the reason."""
    wanted = upload.plan
    language = upload.language
    try:
        owner = Institution.objects.get(pk=wanted["owner"])
        with transaction.atomic():
            upload.edition = create_instrument(
                upload.by,
                owner=owner,
                slug=free_slug(owner, wanted["title"]),
                kind=wanted["kind"],
                titles={wanted["language"]: wanted["title"]},
                # A second language comes by another file, often of the same zip.
                languages=list(dict.fromkeys([wanted["language"], *owner.country.languages])),
                source_language=wanted["language"],
                classification=wanted["classification"],
            )
            upload.language = wanted["language"]
            upload.save(update_fields=["edition", "language"])
            if not import_upload.take_now(upload):
                raise ActionError(upload.problem)
    except Exception as problem:
        upload.edition, upload.language, upload.state = None, language, Upload.State.STORING
        words = (
            problem.kept if isinstance(problem, ActionError) else _("This could not be made into a draft.")
        )
        manage_uploads.move(upload, Upload.State.STORING, Upload.State.READ, problem=words)
        if not isinstance(problem, ActionError | Http404):
            log.exception("upload %s", upload.pk)
        return False
    return True


def put_into(upload: Upload, edition: Edition) -> None:
    """Makes a file of a batch one for a draft that there is, in the language that the upload names: it is
    read anew, beside what stands there."""
    require(upload.by, Verb.DRAFT, edition)
    if manage_uploads.move(
        upload, Upload.State.READ, Upload.State.WAITING, edition=edition, language=upload.language, problem=""
    ):
        tasks.read_upload.enqueue(upload.pk)


def free_slug(owner: Institution, title: str) -> str:
    """An address for a new document that no other one of the country has."""
    name = slugify(to_latin(title))[:50].strip("-") or "document"
    every = Instrument.objects.filter(country=owner.country), OldSlug.objects.filter(country=owner.country)
    taken = {
        slug for rows in every for slug in rows.filter(slug__startswith=name).values_list("slug", flat=True)
    }
    number = 2
    found = name
    while found in taken:
        found = f"{name}-{number}"
        number += 1
    return found


def throw_away(batch: UploadBatch) -> None:
    """Throws a batch away with what was not made into drafts."""
    for upload in batch.uploads.all():
        manage_uploads.discard(upload)
    manage_uploads.drop_file(batch)
    batch.delete()
