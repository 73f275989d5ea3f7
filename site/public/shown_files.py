"""Pictures, audio, video and files of a page. A second person confirms them with the page that shows them."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from django.db import models
from wagtail.documents.models import AbstractDocument
from wagtail.models import Page, ReferenceIndex


def hash_of_files(page: Any) -> str:
    """Of every file that a version of a page shows; its model tells by ``seen`` what a reader gets of it."""
    used = {
        (model, int(pk))
        for model, pk, *_path in page._meta.get_field("body").extract_references(page.body)
        if hasattr(model, "seen") or issubclass(model, AbstractDocument)
    }
    rows = [row for model in {model for model, _pk in used} for row in _rows(model, used)]
    if page.picture_id and page.picture is not None:
        rows.append(page.picture)
    found = sorted((row._meta.model_name, row.pk, seen_of(row)) for row in {*rows})
    return digest(found)


def seen_of(row: Any) -> list[Any]:
    """What a reader gets of a picture, a medium or one of Wagtail's documents."""
    return [row.file.name, row.file_hash, row.title] if isinstance(row, AbstractDocument) else row.seen


def digest(seen: Any) -> str:
    return hashlib.sha256(json.dumps(seen, ensure_ascii=False).encode()).hexdigest()


def _rows(model: type[models.Model], used: set[tuple[Any, int]]) -> list[Any]:
    return list(model._default_manager.filter(pk__in=[pk for one, pk in used if one is model]))


def is_shown(row: Any) -> bool:
    """Whether readers see it on a page: itself, or as the picture of a video there."""
    if row.pk is None:
        return False
    for reference in ReferenceIndex.get_references_to(row).select_related("base_content_type"):
        model = reference.base_content_type.model_class()
        holder = model._default_manager.filter(pk=reference.object_id).first() if model else None
        if holder is not None and (holder.live if isinstance(holder, Page) else _is_shown_in(holder)):
            return True
    return False


def _is_shown_in(holder: Any) -> bool:
    return hasattr(holder, "seen") and is_shown(holder)
