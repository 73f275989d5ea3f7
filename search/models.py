"""What search keeps in the database: which editions the index has yet to hear of."""

from __future__ import annotations

from django.db import models
from django.utils import timezone


class OutboxRow(models.Model):
    """An edition, or one section of it, that the index does not hold as the database does.

    Written in the transaction of the change itself, and removed when the index has caught up: whoever dies between, at
    whatever moment, leaves the row behind, and the work is done again. ``edition`` is no foreign key, because the index
    also has to hear of an edition that is gone.
    """

    edition = models.BigIntegerField()
    uid = models.UUIDField(null=True, help_text="One section; empty for the whole edition.")
    deny = models.BooleanField(
        default=False,
        help_text="Somebody may no longer read it: no query finds the edition until the index has caught up.",
    )
    drained = models.BooleanField(
        default=False, help_text="In the index in use, but perhaps not in the one that is being built."
    )
    tries = models.PositiveSmallIntegerField(default=0)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]
        verbose_name = "change for the search index"
        verbose_name_plural = "changes for the search index"
        indexes = [
            models.Index(fields=["drained", "tries", "id"], name="outbox_waiting"),
            models.Index(
                fields=["edition"], name="outbox_denied", condition=models.Q(deny=True, drained=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.edition}/{self.uid or 'all'}"
