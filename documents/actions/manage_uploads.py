"""Word files on their way to a draft: received, read by a background task, thrown away or forgotten.

Each step is done once: the first to take it changes the row's state under its condition.
"""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.files.base import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_noop
from django_tasks import task

from documents.actions import FILE_QUEUE
from documents.actions.errors import ActionError
from documents.actions.import_word import FileRefused, base_of, read_word
from documents.actions.store_signed_file import forget_papers
from documents.editions.text_storage import load_tree
from documents.models import Edition, FileComparison, FileTask, ReturnedFile, Upload, UploadBatch
from documents.passing import Passing, is_passing
from documents.stored_messages import in_message_ids
from documents.text import SectionTree
from documents.translation.alignment import Pair, in_order, propose
from documents.word.languages.align import Aligned, align
from documents.word.read.outline.decisions import (
    Decision,
    Decisions,
    Line,
    decisions_as_json,
    decisions_from_json,
    lines_as_json,
)
from documents.word.read.outline.outline import decide, outline_of, renumbered, renumbers
from people.models import User

log = logging.getLogger("kodeks.uploads")

State = Upload.State
LONGEST_TO_ALIGN = 2500
"""Sections: of longer texts the pairs are proposed by order alone."""
UNKNOWN = gettext_noop("This file could not be processed. The operator can see the reason.")


def receive(
    by: User,
    file: File[bytes],
    *,
    edition: Edition | None = None,
    language: str = "",
    page_language: str,
    batch: UploadBatch | None = None,
) -> Upload:
    """Puts a file aside and has it read. ``language`` empty: it is recognised."""
    name = short_name(file)
    upload = Upload(by=by, edition=edition, batch=batch, language=language, page_language=page_language)
    upload.name, upload.size = name, file.size or 0
    upload.file.save(name, file, save=False)
    with transaction.atomic():
        upload.save()
        read_upload.enqueue(upload.pk)
    return upload


def short_name(file: File[bytes]) -> str:
    """A brought file's name without folders."""
    return str(file.name or "").replace("\\", "/").rsplit("/", 1)[-1][-200:] or "text.docx"


def move(upload: Upload, before: str, after: str, **values: Any) -> bool:
    """Brings an upload from one state to the next; False where somebody else did already."""
    values |= {"state": after, "changed": timezone.now()}
    moved = Upload.objects.filter(pk=upload.pk, state=before).update(**values)
    if moved:
        for key, value in values.items():
            setattr(upload, key, value)
    return bool(moved)


def read_again(upload: Upload, before: str = "", **values: Any) -> None:
    """Has a file read once more: for another language, or because its worker is gone."""
    with transaction.atomic():
        if move(upload, before or upload.state, State.WAITING, problem="", **values):
            read_upload.enqueue(upload.pk)


@task(queue_name=FILE_QUEUE)
def read_upload(pk: int) -> None:
    """Reads a file that waits, for its person to decide about. What can't be read is refused, with a reason
    that each reader sees in their own language."""
    upload = Upload.objects.filter(pk=pk).select_related("edition__instrument", "by").first()
    if upload is None or not move(upload, State.WAITING, State.READING):
        return
    with in_message_ids():
        try:
            values = _read(upload)
        except Exception as problem:
            if is_passing(problem):
                raise Passing from problem
            expected = isinstance(problem, ActionError)
            reason = problem.stored if expected else UNKNOWN
            move(upload, State.READING, State.REFUSED, problem=reason)
            drop_file(upload)
            if not expected:
                log.exception("upload %s", pk)
        else:
            move(upload, State.READING, State.READ, **values)


def _read(upload: Upload) -> dict[str, Any]:
    """What reading the file gives, for its row."""
    data = content(upload)
    plain = read_word(data, lines=True)
    values: dict[str, Any] = {
        "report": plain.report.as_json(),
        "hint": plain.language_hint,
        "title": plain.tree.title[:400],
        "language": upload.language or plain.language_hint,
        "pairs": None,
    }
    edition = upload.edition
    decisions = decisions_from_json(upload.decisions)
    if edition is None:
        return values | {"lines": lines_as_json(numbered(data, list(plain.lines), decisions))}
    languages = edition.instrument.languages
    language = values["language"] if values["language"] in languages else edition.instrument.source_language
    values |= {"language": language, "base": base_of(edition, language)}
    if language != edition.instrument.source_language:
        tree = read_word(data, decisions).tree if decisions else plain.tree
        source = load_tree(edition, edition.instrument.source_language)
        joined, values["pairs"] = pairs_of(
            source, tree, [o.head.at for o in outline_of(plain.lines, decisions)]
        )
        decisions = decide(plain.lines, decisions, joined)
        values["decisions"] = decisions_as_json(decisions)
    return values | {"lines": lines_as_json(numbered(data, list(plain.lines), decisions))}


def numbered(data: bytes, lines: list[Line], decisions: Decisions) -> list[Line]:
    """The lines of a file numbered by what was decided; as they were where it can't be read so."""
    if not renumbers(lines, decisions):
        return lines
    try:
        read = read_word(data, decisions, lines=True)
    except FileRefused:
        return lines
    return renumbered(lines, decisions, read.lines)


def pairs_of(
    source: SectionTree, tree: SectionTree, heads: list[int]
) -> tuple[dict[int, Decision], dict[str, tuple[str, float]]]:
    """The proposed pairs. Each section of the file has the uid of the source's section (or none), and how
    sure that is. Also the sections that count as the rest of the one before."""
    if isinstance(align(source, tree), Aligned):
        proposed = [Pair((index,), (index,), 9.0) for index in range(len(source))]
    elif max(len(source), len(tree)) > LONGEST_TO_ALIGN:
        proposed = in_order(source, tree)
    else:
        proposed = propose(source, tree)
    found: dict[str, tuple[str, float]] = {}
    joined: dict[int, Decision] = {}
    for pair in proposed:
        for number, place in enumerate(pair.second):
            if number and heads[place] >= 0:
                joined[heads[place]] = Decision(0)
            else:
                one = source.sections[pair.first[0]].uid if pair.first else ""
                score = pair.score if len(pair.first) < 2 else min(pair.score, 0.0)
                found[str(heads[place])] = (one, score)
    return joined, found


def content(upload: Upload) -> bytes:
    """The file's bytes."""
    with upload.file.open("rb") as stream:
        return bytes(stream.read())


def drop_file(
    row: Upload | UploadBatch | FileComparison | FileTask | ReturnedFile, field: str = "file"
) -> None:
    """Takes a file away that is no longer needed; the row stays."""
    file = getattr(row, field)
    if file:
        file.delete(save=False)
        type(row).objects.filter(pk=row.pk).update(**{field: ""})


def discard(row: Upload | UploadBatch) -> None:
    """Discards a file that was not imported."""
    drop_file(row)
    row.delete()


def forget_uploads() -> int:
    """Forgets files that nobody took in, and what was compared; gives how many."""
    now = timezone.now()
    days = now - timedelta(days=settings.KODEKS_UPLOAD_DAYS)
    hours = now - timedelta(hours=settings.KODEKS_COMPARISON_HOURS)
    uploads = list(Upload.objects.filter(changed__lt=days))
    comparisons = list(FileComparison.objects.filter(at__lt=hours))
    for upload in uploads:
        discard(upload)
    for batch in UploadBatch.objects.filter(changed__lt=days, uploads__isnull=True):
        discard(batch)
    for comparison in comparisons:
        forget_comparison(comparison)
    for returned in ReturnedFile.objects.filter(state=ReturnedFile.State.ASKS, changed__lt=days):
        drop_file(returned)
        returned.delete()
    for read in FileTask.objects.filter(at__lt=hours):
        drop_file(read)
        read.delete()
    return len(uploads) + len(comparisons) + forget_papers()


def forget_comparison(comparison: FileComparison) -> None:
    """Deletes two compared files and their result."""
    for field in ("old_file", "new_file", "result", "redline"):
        drop_file(comparison, field)
    comparison.delete()
