"""Files by their content: images, signed acts, Word files as they came."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from documents.models.editions import Edition


def blob_path(blob: Blob, filename: str) -> str:
    return f"blobs/{blob.sha256[:2]}/{blob.sha256}"


class Blob(models.Model):
    """A file, stored once under the SHA-256 of its bytes."""

    class Kind(models.TextChoices):
        IMAGE = "image", _("Picture")
        SOURCE = "source", _("Original Word file")
        SIGNED = "signed", _("Signed act")
        TEMPLATE = "template", _("Word template")

    sha256 = models.CharField(primary_key=True, max_length=64)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    content_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    file = models.FileField(upload_to=blob_path, max_length=200)

    def __str__(self) -> str:
        return f"{self.kind} {self.sha256[:12]}"


class BlobUse(models.Model):
    """That an edition uses a file: who may read the edition may fetch it. ``drafters_only``: the Word file as
    uploaded, which may contain what readers must not see. Also a picture that no saved text shows yet."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="blob_uses")
    blob = models.ForeignKey(Blob, models.PROTECT, related_name="uses")
    name = models.CharField(max_length=200)
    language = models.CharField(max_length=5, blank=True)
    drafters_only = models.BooleanField(default=False)
    reading = models.JSONField(default=dict)
    """How a Word file was read. ``decisions`` are about its outline, ``uids`` are those of its sections in
    order (empty for one left out). ``letters`` is by uid, where Word counts in another alphabet. Of an unused
    picture: when it was ``kept``."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["edition", "blob", "language"], name="blob_use")]

    def __str__(self) -> str:
        return f"{self.name} in {self.edition_id}"


class Fragment(models.Model):
    """A piece of Word's own XML that a block was read from, by the SHA-256 of its bytes."""

    sha256 = models.CharField(primary_key=True, max_length=64)
    xml = models.BinaryField()

    def __str__(self) -> str:
        return self.sha256[:12]
