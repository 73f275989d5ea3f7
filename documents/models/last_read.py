"""Which edition of a document somebody read last, so that they can be told what changed since."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from documents.models.editions import Edition
from documents.models.instruments import Instrument


class LastRead(models.Model):
    """The edition in force that a person read last, and the one before it until they have seen what changed.

    No more is kept: not which sections, not how often.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    instrument = models.ForeignKey(Instrument, models.CASCADE, related_name="+")
    edition = models.ForeignKey(Edition, models.CASCADE, related_name="+")
    former = models.ForeignKey(Edition, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateField(default=timezone.localdate)
    former_at = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "instrument"], name="last_read_once")]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.edition_id}"
