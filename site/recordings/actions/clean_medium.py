"""A medium that was uploaded is cleaned by the worker. Until then nobody hears or sees it."""

from __future__ import annotations

import hashlib
import logging
import secrets

from django.core.files.base import ContentFile
from django.db import transaction
from django_tasks import task

import audit
from documents.actions import FILE_QUEUE
from documents.passing import Passing, is_passing
from recordings.clean import NotTaken, Problem, clean
from recordings.models import Medium

log = logging.getLogger("kodeks.uploads")


@task(queue_name=FILE_QUEUE)
def clean_medium(pk: int, name: str) -> None:
    """Puts the clean file in place of the uploaded one, ``name``; or why not, into ``problem``. Raises
    Passing where the store is away: it is done again."""
    medium = Medium.objects.filter(pk=pk, file=name, sha256="").first()
    if medium is None:
        return
    try:
        values = _cleaned(medium)
    except NotTaken as refused:
        values = {"problem": refused.problem.value}
    except Exception as problem:
        if is_passing(problem):
            raise Passing from problem
        log.exception("medium %s", pk)
        values = {"problem": Problem.BROKEN.value}
    with transaction.atomic():
        is_taken = bool(Medium.objects.filter(pk=pk, file=name, sha256="").update(**values))
        if is_taken and "sha256" in values:
            audit.record("clean_medium", medium, None, sha256=values["sha256"], country=medium.country_id)
    if "file" in values:
        # What was uploaded, or what nobody wants any more: somebody has put another file there meanwhile.
        medium.file.storage.delete(name if is_taken else str(values["file"]))


def _cleaned(medium: Medium) -> dict[str, object]:
    """Stores the clean file; gives the columns that tell of it. Raises NotTaken."""
    with medium.file.open("rb") as stream:
        data = stream.read()
    made = clean(data, video=medium.type == "video")
    medium.file.save(f"{secrets.token_hex(8)}.{made.ending}", ContentFile(made.data), save=False)
    return {
        "file": medium.file.name,
        "sha256": hashlib.sha256(made.data).hexdigest(),
        "size": len(made.data),
        "duration": made.seconds,
        "width": made.width or None,
        "height": made.height or None,
    }
