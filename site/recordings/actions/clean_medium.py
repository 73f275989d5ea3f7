"""A medium that was uploaded is cleaned by the worker. Until then nobody hears or sees it."""

from __future__ import annotations

import hashlib
import secrets

from django.core.files.base import ContentFile
from django.db import transaction
from django_tasks import task

import audit
from documents.actions import FILE_QUEUE
from recordings.clean import NotTaken, clean
from recordings.models import Medium


@task(queue_name=FILE_QUEUE)
def clean_medium(pk: int, name: str) -> None:
    """Puts the clean file in place of the uploaded one, ``name``; or why not, into ``problem``."""
    medium = Medium.objects.filter(pk=pk, file=name, sha256="").first()
    if medium is None:
        return
    with medium.file.open("rb") as stream:
        data = stream.read()
    values: dict[str, object]
    try:
        made = clean(data, video=medium.type == "video")
    except NotTaken as refused:
        values = {"problem": refused.problem.value}
    else:
        medium.file.save(f"{secrets.token_hex(8)}.{made.ending}", ContentFile(made.data), save=False)
        values = {
            "file": medium.file.name,
            "sha256": hashlib.sha256(made.data).hexdigest(),
            "size": len(made.data),
            "duration": made.seconds,
            "width": made.width or None,
            "height": made.height or None,
        }
    with transaction.atomic():
        if not Medium.objects.filter(pk=pk, file=name, sha256="").update(**values):
            return
        if "sha256" in values:
            audit.record("clean_medium", medium, None, sha256=values["sha256"], country=medium.country_id)
    if "file" in values:
        medium.file.storage.delete(name)
