"""What people have in the editor now: their unsaved text, and that they have a section open."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone

from documents.models.editions import Edition
from documents.models.sections import UnicodeJSONEncoder

PRESENT_FOR = timedelta(seconds=75)
"""The editor reports every 25 seconds. Who missed that three times has closed it."""


class InEditor(models.Model):
    """A person and the section that they edit, in one language."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="+")
    uid = models.UUIDField()
    language = models.CharField(max_length=5)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        abstract = True
        constraints = [
            models.UniqueConstraint(fields=["edition", "uid", "language", "user"], name="%(class)s_once")
        ]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.edition_id}/{self.uid} {self.language}"


class WorkingCopy(InEditor):
    """A text that its author has not saved. Nobody else reads it; the draft and its history don't have it.

    ``window`` names the browser window that stored it last. ``base_hash`` is the hash of the text that it was
    made from, ``source_hash`` that of the original shown.
    """

    body = models.JSONField(encoder=UnicodeJSONEncoder)
    window = models.CharField(max_length=40, default="", blank=True)
    base_hash = models.CharField(max_length=64, blank=True)
    source_hash = models.CharField(max_length=64, blank=True)


class Presence(InEditor):
    """A person who has a section open. Rows are overwritten and removed: no history of who worked when."""
