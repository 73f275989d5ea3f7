"""Make what was ordered: the worker takes up some materials at a time, and everything else has its turn."""

from __future__ import annotations

import hashlib
import io
import logging

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone
from PIL import Image

from materials.models import Material
from materials.sheet import Logo, job_of
from materials.typesetting import Drawn, draw
from public.models import Picture

log = logging.getLogger("kodeks.materials")

AT_ONCE = 48
LOGO_PIXELS = 600
State = Material.State


def make_waiting() -> int:
    """Makes the next materials; how many. The trail has the order."""
    rows = _take_up()
    if rows:
        logos = _logos({key for row in rows for key in row.logos})
        jobs = [job_of(row.shown, row.size, row.code, row.code_word, row.checked) for row in rows]
        for row, drawn in zip(rows, draw(jobs, logos), strict=True):
            _finish(row, drawn)
    return len(rows)


def _take_up() -> list[Material]:
    with transaction.atomic():
        rows = list(Material.objects.to_make().order_by("pk").select_for_update(skip_locked=True)[:AT_ONCE])
        Material.objects.filter(pk__in=[row.pk for row in rows]).update(
            state=State.MAKING, changed=timezone.now()
        )
    return rows


def _finish(row: Material, drawn: Drawn) -> None:
    values: dict[str, object] = {"changed": timezone.now()}
    if drawn.problem:
        log.warning("a material can't be drawn", extra={"material": row.code})
        values |= {"state": State.FAILED, "problem": drawn.problem[:500]}
    else:
        values |= {
            "state": State.MADE,
            "made_at": timezone.now(),
            "file": _store(drawn.file, row.format.ending),
            "thumb": _store(drawn.thumb, "webp"),
            "bytes": len(drawn.file),
            "left_out": list(drawn.left_out),
            "accessible": drawn.accessible,
        }
    Material.objects.filter(pk=row.pk, state__in=(State.WAITING, State.MAKING)).update(**values)


def _store(data: bytes, ending: str) -> str:
    """Under the hash of its bytes, once."""
    name = hashlib.sha256(data).hexdigest()
    path = f"materials/{name[:2]}/{name}.{ending}"
    if not default_storage.exists(path):
        default_storage.save(path, ContentFile(data))
    return path


def _logos(keys: set[int]) -> dict[str, bytes]:
    """Drawn anew, so that nothing but the picture gets into the file."""
    found = {}
    for picture in Picture.objects.filter(pk__in=keys):
        with picture.file.open("rb") as stream, Image.open(stream) as image:
            image.thumbnail((LOGO_PIXELS, LOGO_PIXELS))
            made = io.BytesIO()
            drawn = image.convert("RGBA")
            drawn.info = {}
            drawn.save(made, "PNG")
            found[Logo(picture.pk, picture.title).path] = made.getvalue()
    return found
