"""Uploaded pictures, drawn anew: where, when, by whom and with what they were made is not kept."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.forms import ValidationError

from documents.word.pictures import clean_picture

ENDINGS = {"image/jpeg": (".jpg", ".jpeg"), "image/png": (".png",)}


def drawn_anew(file: Any, problem: str) -> Any:
    """The file itself where it says nothing but what it shows. What is no JPEG becomes a PNG, of several
    frames the first. Raises ValidationError with ``problem`` for a broken or an enormous picture."""
    data = file.read()
    file.seek(0)
    try:
        clean, kind = clean_picture(data)
    except ValueError as error:
        raise ValidationError(problem, code="invalid_image") from error
    return file if clean == data else SimpleUploadedFile(named(str(file.name), kind), clean, kind)


def named(name: str, kind: str) -> str:
    """The name with an ending that fits what the picture became."""
    ending = PurePath(name).suffix.lower()
    return name if ending in ENDINGS[kind] else str(PurePath(name).with_suffix(ENDINGS[kind][0]))
