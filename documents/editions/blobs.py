"""Files by their content: stored once, linked to the editions that use them."""

from __future__ import annotations

import hashlib
from typing import Any, BinaryIO, cast

from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from django.db import transaction

from documents.models import Blob, BlobUse, Edition
from documents.models.files import blob_path

NAME_LIMIT = 200


def put(data: bytes, kind: str, content_type: str) -> Blob:
    """Stores the bytes under their SHA-256 and gives their row. Stored bytes are not written twice, and keep
    their kind."""
    sha256 = hashlib.sha256(data).hexdigest()
    known = Blob.objects.filter(pk=sha256).first()
    if known:
        return known
    blob = Blob(sha256=sha256, kind=kind, content_type=content_type[:100], size=len(data))
    storage: Storage = blob.file.storage
    path = blob_path(blob, "")
    # What a write left behind that was broken off (a row rolled back, a full disk) is taken only if it is
    # whole.
    if storage.exists(path) and not _holds(storage, path, sha256):
        storage.delete(path)
    if not storage.exists(path):
        path = storage.save(path, ContentFile(data))
    blob.file.name = path
    with transaction.atomic():
        stored, _ = Blob.objects.get_or_create(
            pk=sha256,
            defaults={
                "kind": kind,
                "content_type": blob.content_type,
                "size": blob.size,
                "file": path,
            },
        )
    return stored


def link(
    edition: Edition,
    blob: Blob,
    name: str,
    language: str = "",
    drafters_only: bool = False,
    reading: dict[str, Any] | None = None,
) -> BlobUse:
    """Says that an edition uses a file: who may read it may fetch the file, or only its writers
    (``drafters_only``). A file once linked for all readers stays open to them. ``reading`` is how a Word file
    was read."""
    use, created = BlobUse.objects.get_or_create(
        edition=edition,
        blob=blob,
        language=language,
        defaults={"name": name[:NAME_LIMIT], "drafters_only": drafters_only, "reading": reading or {}},
    )
    if not created and use.drafters_only and not drafters_only:
        use.drafters_only = False
        use.save(update_fields=["drafters_only"])
    return use


def open_to_readers(edition: Edition, pictures: set[str]) -> None:
    """Opens pictures to the readers of an edition, now that its text shows them. Those that it does not use
    are left alone: knowing a picture's SHA-256 gives access to it by no text."""
    if pictures:
        BlobUse.objects.filter(
            edition=edition, blob__in=pictures, blob__kind=Blob.Kind.IMAGE, drafters_only=True
        ).update(drafters_only=False)


def open(blob: Blob) -> BinaryIO:
    """The file's bytes as a stream, to be closed by the caller."""
    return cast(BinaryIO, blob.file.storage.open(str(blob.file.name), "rb"))


def read(blob: Blob) -> bytes:
    """All of the file's bytes."""
    with open(blob) as stream:
        return stream.read()


def _holds(storage: Storage, path: str, sha256: str) -> bool:
    digest = hashlib.sha256()
    with storage.open(path, "rb") as stream:
        for chunk in stream.chunks():
            digest.update(chunk)
    return digest.hexdigest() == sha256
