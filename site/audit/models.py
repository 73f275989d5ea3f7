"""The entries of the trail: written once, never changed, never removed (audit.guards)."""

from __future__ import annotations

from django.db import models


class Entry(models.Model):
    """One act that somebody did or was refused.

    ``actor`` is the opaque id of a person (people.User.actor), not their name. A name can be forgotten
    while the trail remains. Each entry carries the SHA-256 of the one before it and of itself.
    """

    at = models.DateTimeField()
    actor = models.UUIDField(null=True)
    verb = models.CharField(max_length=60)
    thing = models.CharField(max_length=120, help_text="Kind and id, e.g. edition:12")
    detail = models.JSONField(default=dict)
    refused = models.BooleanField(default=False)
    previous = models.CharField(max_length=64)
    sha256 = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(fields=["thing", "id"]),
            models.Index(fields=["actor", "id"]),
            models.Index(fields=["verb", "at"]),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.verb} {self.thing}"


class Reason(models.Model):
    """The words of a reason. Stored separately, so that a name in them can be removed."""

    entry = models.OneToOneField(Entry, on_delete=models.PROTECT)
    text = models.TextField()

    def __str__(self) -> str:
        return f"reason of entry {self.entry_id}"


class FurtherRefusals(models.Model):
    """How many more pages were refused to a person within an hour, beyond those that the trail names. They
    are counted outside the trail, which nobody may fill."""

    actor = models.UUIDField()
    hour = models.DateTimeField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-hour"]
        constraints = [models.UniqueConstraint(name="further_refusals_by_hour", fields=["actor", "hour"])]

    def __str__(self) -> str:
        return f"{self.hour:%Y-%m-%d %H:%M} {self.count}"
