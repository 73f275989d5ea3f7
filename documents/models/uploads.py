"""Files that a person brought: seen by that person alone, and forgotten after some days."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from documents.models.editions import Edition
from documents.stored_messages import render_message


def upload_path(row: models.Model, filename: str) -> str:
    """Where a file is put aside: under a name that nobody can guess."""
    return f"uploads/{uuid.uuid4().hex}"


def changed_now() -> Any:
    return timezone.now()


class BroughtFile(models.Model):
    """A file that a background task works on: since when it is in its state, and its error."""

    WAITING_STATES: ClassVar[tuple[str, ...]] = ("waiting",)
    """The states in which it waits for a task; ``WORKING_STATES``: those in which one works on it."""
    WORKING_STATES: ClassVar[tuple[str, ...]]
    state: Any

    at = models.DateTimeField(default=timezone.now)
    changed = models.DateTimeField(default=changed_now)
    problem = models.TextField(blank=True)

    class Meta:
        abstract = True

    @property
    def why(self) -> str:
        """The error, in the reader's language."""
        return render_message(self.problem)

    @property
    def busy(self) -> bool:
        return self.state in (*self.WAITING_STATES, *self.WORKING_STATES)

    @property
    def stuck(self) -> bool:
        """Whether no worker has taken it up, or the one that did is gone."""
        limit = settings.KODEKS_TASK_WAIT if self.state in self.WAITING_STATES else settings.KODEKS_TASK_TIME
        return self.busy and timezone.now() - self.changed > timedelta(seconds=limit)


class OwnFile(BroughtFile):
    """One that its person alone sees."""

    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    page_language = models.CharField(max_length=12)

    class Meta:
        abstract = True


class UploadBatch(OwnFile):
    """Several Word files brought at once, or a zip. ``refused`` lists what was no Word file, and why."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        UNPACKING = "unpacking", _("being unpacked")
        READY = "ready", _("unpacked")
        REFUSED = "refused", _("rejected")

    WORKING_STATES = ("unpacking",)
    name = models.CharField(max_length=200)
    file = models.FileField(upload_to=upload_path, max_length=200, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    refused = models.JSONField(default=list)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.name

    @property
    def not_taken(self) -> list[tuple[str, str]]:
        """What was no Word file, and why, in the reader's language."""
        return [(name, render_message(reason)) for name, reason in self.refused]


class UploadQuerySet(models.QuerySet["Upload"]):
    def light(self) -> UploadQuerySet:
        """Without what was read of the file, which may be long."""
        return self.defer("lines", "report", "pairs", "decisions", "would")


class Upload(OwnFile):
    """A Word file on its way to a draft. A background task reads it, and its person decides about it.

    ``lines``, ``report``, ``hint`` and ``title`` are the results of reading. ``decisions`` are about its
    outline. ``pairs``, for a translation: {number of a section's first paragraph: [uid of the source,
    score]}. ``base`` stands for the draft as it was then, ``would`` says what the file would do to it. A file
    of a batch without ``edition`` has a ``plan`` of the draft that it shall get.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting to be read")
        READING = "reading", _("being read")
        READ = "read", _("read")
        REFUSED = "refused", _("rejected")
        TAKING = "taking", _("waiting to be imported")
        STORING = "storing", _("being imported")
        ASKS = "asks", _("waiting for your confirmation")
        TAKEN = "taken", _("imported")

    WAITING_STATES, WORKING_STATES = ("waiting", "taking"), ("reading", "storing")
    edition = models.ForeignKey(Edition, models.CASCADE, null=True, related_name="uploads")
    batch = models.ForeignKey(UploadBatch, models.CASCADE, null=True, related_name="uploads")
    language = models.CharField(max_length=5, blank=True)
    name = models.CharField(max_length=200)
    size = models.PositiveBigIntegerField(default=0)
    file = models.FileField(upload_to=upload_path, max_length=200, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    title = models.CharField(max_length=400, blank=True)
    hint = models.CharField(max_length=5, blank=True)
    lines = models.JSONField(default=list)
    report = models.JSONField(default=list)
    decisions = models.JSONField(default=dict)
    pairs = models.JSONField(null=True)
    base = models.CharField(max_length=64, blank=True)
    would = models.JSONField(null=True)
    agreed = models.CharField(max_length=64, blank=True)
    """The text that may be replaced, as somebody has agreed (``Replacement.expected``)."""
    plan = models.JSONField(default=dict)

    objects = UploadQuerySet.as_manager()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name


class FileComparison(OwnFile):
    """Two Word files that somebody compares, for that person alone. ``result`` is the comparison
    (documents.comparison.serialization), ``redline`` the newer file with tracked changes."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        COMPARING = "comparing", _("being compared")
        DONE = "done", _("compared")
        REFUSED = "refused", _("rejected")

    WORKING_STATES = ("comparing",)
    key = models.UUIDField(default=uuid.uuid4, unique=True)
    old_name = models.CharField(max_length=200)
    new_name = models.CharField(max_length=200)
    old_file = models.FileField(upload_to=upload_path, max_length=200, blank=True)
    new_file = models.FileField(upload_to=upload_path, max_length=200, blank=True)
    one_text = models.BooleanField(default=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    result = models.FileField(upload_to=upload_path, max_length=200, blank=True)
    redline = models.FileField(upload_to=upload_path, max_length=200, blank=True)
    redline_problem = models.TextField(blank=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.old_name} → {self.new_name}"

    @property
    def redline_why(self) -> str:
        return render_message(self.redline_problem)


class FileTask(OwnFile):
    """A file that its person waits for: the worker reads it, then does what ``kind`` stands for
    (documents/actions/file_tasks.py). ``given`` are the arguments, ``result`` what came of it, ``back`` the
    page on which the person chose the file and sees the result."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting to be read")
        READING = "reading", _("being read")
        DONE = "done", _("read")
        REFUSED = "refused", _("rejected")

    WORKING_STATES = ("reading",)
    key = models.UUIDField(default=uuid.uuid4, unique=True)
    kind = models.CharField(max_length=30)
    name = models.CharField(max_length=200)
    file = models.FileField(upload_to=upload_path, max_length=200, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    given = models.JSONField(default=dict)
    result = models.JSONField(default=dict)
    back = models.CharField(max_length=300)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["by"], condition=models.Q(state__in=["waiting", "reading"]), name="one_file_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return self.name
