"""Draw anew what was uploaded before pictures were cleaned. A version that shows one of them stays live; to
go back to an earlier one, a second person confirms it again."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import PurePath
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Q
from wagtail.documents import get_document_model

import audit
from documents.word.pictures import clean_picture
from public.drawn_pictures import named
from public.models import Picture
from public.shown_files import digest, seen_of

log = logging.getLogger("kodeks.public")


def redraw_pictures() -> int:
    """Gives how many; a second run finds none. A file that is missing or broken is logged and left."""
    found = [(row, clean, kind) for row in _pictures() for clean, kind in _clean(row)]
    if not found:
        return 0
    with transaction.atomic():
        for row, clean, kind in found:
            _replace(row, clean, kind)
    return len(found)


def _pictures() -> Iterator[Any]:
    yield from Picture.objects.order_by("pk")
    is_picture = Q(file__iendswith=".png") | Q(file__iendswith=".jpg")
    yield from get_document_model().objects.filter(is_picture).order_by("pk")


def _clean(row: Any) -> Iterator[tuple[bytes, str]]:
    """The bytes without what the picture says beside what it shows; nothing where it says nothing."""
    try:
        with row.file.storage.open(row.file.name) as stream:
            data = stream.read()
        clean, kind = clean_picture(data)
    except (OSError, ValueError) as problem:
        log.warning("%s %s is not drawn anew: %s", row._meta.model_name, row.pk, type(problem).__name__)
        return
    if clean != data:
        yield clean, kind


def _replace(row: Any, clean: bytes, kind: str) -> None:
    before, storage, old = digest(seen_of(row)), row.file.storage, row.file.name
    row.file = ContentFile(clean, name=named(PurePath(old).name, kind))
    row.file_size = len(clean)
    row._set_file_hash()
    row.save()
    if isinstance(row, Picture):
        row.renditions.all().delete()
    audit.record(
        "change_picture",
        f"{'campaignpicture' if isinstance(row, Picture) else row._meta.model_name}:{row.pk}",
        None,
        before_sha256=before,
        sha256=digest(seen_of(row)),
    )
    transaction.on_commit(lambda: storage.delete(old))
