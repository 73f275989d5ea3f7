"""Store a picture that a drafter puts into a text: checked, and without hidden data."""

from __future__ import annotations

import io
from contextlib import suppress
from datetime import timedelta
from functools import partial

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from PIL import Image

import audit
from documents.access.rights import Text
from documents.actions.errors import ActionError, Locked
from documents.actions.locking import hold_draft
from documents.choices import State
from documents.editions import blobs
from documents.models import Blob, BlobUse, Edition
from documents.word.pictures import MOST_POINTS, clean_picture
from people.access import require
from people.models import User
from people.roles import Verb

FORMATS = ("PNG", "JPEG", "GIF")
"""What Word, PDF and every browser show. An SVG is a program as well as a picture."""
MOST_BYTES = 10 * 1024 * 1024


def store_picture(by: User, edition: Edition, uid: str, language: str, data: bytes) -> str:
    """Stores a picture and gives its SHA-256. Until a saved text shows it, only writers of the draft may
    fetch it. Raises ActionError; Locked where it is no draft: later languages have the pictures of the
    original."""
    require(by, Verb.DRAFT, Text(edition, language, uid))
    if len(data) > MOST_BYTES:
        limit = MOST_BYTES // (1024 * 1024)
        raise ActionError(_("The file is too large. The limit is %(limit)s MB.") % {"limit": limit})
    _check_picture(data)
    try:
        clean, kind = clean_picture(data)
    except ValueError:
        raise ActionError(_("Choose a PNG, JPEG or GIF picture.")) from None
    with transaction.atomic():
        locked = hold_draft(edition, alone=False)
        blob = blobs.put(clean, Blob.Kind.IMAGE, kind)
        stored = {"kept": timezone.now().isoformat()}
        blobs.link(locked, blob, blob.sha256[:12], language, drafters_only=True, reading=stored)
        audit.record("store_picture", locked, by, uid=uid, language=language, sha256=blob.sha256)
    return blob.sha256


def forget_pictures() -> int:
    """Forgets pictures that were put into drafts and never saved with a text; gives how many. What an edition
    had when it was submitted stays with it."""
    before = timezone.now() - timedelta(days=settings.KODEKS_UPLOAD_DAYS)
    uses = BlobUse.objects.filter(
        drafters_only=True, blob__kind=Blob.Kind.IMAGE, edition__state=State.DRAFT
    ).select_related("blob", "edition")
    forgotten = 0
    for use in uses:
        stored = parse_datetime(str(use.reading.get("kept", "")))
        if stored is not None and stored <= before:
            with suppress(Locked):  # submitted since it was looked up
                forgotten += _forget(use)
    return forgotten


def _forget(use: BlobUse) -> int:
    with transaction.atomic():
        hold_draft(use.edition)
        # Saved at this very moment: then it is open, and stays.
        forgotten: int = BlobUse.objects.filter(pk=use.pk, drafters_only=True).delete()[0]
        if not BlobUse.objects.filter(blob=use.blob_id).exists():
            path, storage = str(use.blob.file.name), use.blob.file.storage
            use.blob.delete()
            transaction.on_commit(partial(storage.delete, path))
    return forgotten


def _check_picture(data: bytes) -> None:
    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as image:
            across, down = image.size
            if not 0 < across * down <= MOST_POINTS:
                raise ActionError(_("The picture has too many pixels. Make it smaller and try again."))
            image.verify()
    except ActionError:
        raise
    except Exception:  # Pillow raises many kinds for a broken file; each means the same here
        raise ActionError(_("Choose a PNG, JPEG or GIF picture.")) from None
