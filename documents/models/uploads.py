"""Files that somebody brought and that are nobody's text yet: seen by that person alone, and forgotten after
some days."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

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


class UploadBatch(models.Model):
    """Several Word files brought at once, or a zip of them. ``refused`` lists what in a zip was no Word file,
    and why."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        UNPACKING = "unpacking", _("being unpacked")
        READY = "ready", _("unpacked")
        REFUSED = "refused", _("refused")

    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    changed = models.DateTimeField(default=changed_now)
    page_language = models.CharField(max_length=12)
    name = models.CharField(max_length=200)
    file = models.FileField(upload_to=upload_path, max_length=200, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    problem = models.TextField(blank=True)
    refused = models.JSONField(default=list)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.name

    @property
    def why(self) -> str:
        """What went wrong, in the reader's language."""
        return render_message(self.problem)

    @property
    def not_taken(self) -> list[tuple[str, str]]:
        """What was no Word file, and why, in the reader's language."""
        return [(name, render_message(reason)) for name, reason in self.refused]


class UploadQuerySet(models.QuerySet["Upload"]):
    def light(self) -> UploadQuerySet:
        """Without what was read of the file, which may be long: for lists, and for whoever only asks how far
        it has got."""
        return self.defer("lines", "report", "pairs", "decisions", "would")


class Upload(models.Model):
    """A Word file on its way to a draft: read by a background task, decided about by the person who brought
    it, taken in.

    ``lines``, ``report``, ``hint`` and ``title`` are what reading it gave; ``decisions`` what was decided of
    its outline (documents.word.read.outline.decisions); ``pairs``, for a second language, to which section of
    the source each of its sections belongs: {number of its first paragraph: [uid, score]}. ``base`` stands
    for the draft's text as it was when the file was read, ``would`` says what it would do to a text that is
    there. ``edition`` is empty for a file of a batch that has no draft yet; ``plan`` then says which one it
    shall get.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting to be read")
        READING = "reading", _("being read")
        READ = "read", _("read")
        REFUSED = "refused", _("refused")
        TAKING = "taking", _("waiting to be taken in")
        STORING = "storing", _("being taken in")
        ASKS = "asks", _("waits for your yes")
        TAKEN = "taken", _("taken in")

    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    changed = models.DateTimeField(default=changed_now)
    page_language = models.CharField(max_length=12)
    edition = models.ForeignKey(Edition, models.CASCADE, null=True, related_name="uploads")
    batch = models.ForeignKey(UploadBatch, models.CASCADE, null=True, related_name="uploads")
    language = models.CharField(max_length=5, blank=True)
    name = models.CharField(max_length=200)
    size = models.PositiveBigIntegerField(default=0)
    file = models.FileField(upload_to=upload_path, max_length=200, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    problem = models.TextField(blank=True)
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

    @property
    def why(self) -> str:
        """What went wrong, in the reader's language."""
        return render_message(self.problem)

    @property
    def busy(self) -> bool:
        """Whether a task has to do, or does, something with it."""
        state = self.State
        return self.state in (state.WAITING, state.READING, state.TAKING, state.STORING)

    @property
    def stuck(self) -> bool:
        """Whether nothing seems to come: no worker has taken it up, or the one that did is gone."""
        waits = self.state in (self.State.WAITING, self.State.TAKING)
        limit = settings.KODEKS_TASK_WAIT if waits else settings.KODEKS_TASK_TIME
        return self.busy and timezone.now() - self.changed > timedelta(seconds=limit)


class FileComparison(models.Model):
    """Two Word files that somebody compares: the person's alone, and forgotten after some hours.

    ``result`` is the comparison as documents.comparison.serialization writes it, ``redline`` the newer
    file with tracked changes.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        COMPARING = "comparing", _("being compared")
        DONE = "done", _("compared")
        REFUSED = "refused", _("refused")

    key = models.UUIDField(default=uuid.uuid4, unique=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    changed = models.DateTimeField(default=changed_now)
    page_language = models.CharField(max_length=12)
    old_name = models.CharField(max_length=200)
    new_name = models.CharField(max_length=200)
    old_file = models.FileField(upload_to=upload_path, max_length=200, blank=True)
    new_file = models.FileField(upload_to=upload_path, max_length=200, blank=True)
    one_text = models.BooleanField(default=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    problem = models.TextField(blank=True)
    result = models.FileField(upload_to=upload_path, max_length=200, blank=True)
    redline = models.FileField(upload_to=upload_path, max_length=200, blank=True)
    redline_problem = models.TextField(blank=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.old_name} → {self.new_name}"

    @property
    def why(self) -> str:
        """What went wrong, in the reader's language."""
        return render_message(self.problem)

    @property
    def redline_why(self) -> str:
        return render_message(self.redline_problem)

    @property
    def busy(self) -> bool:
        return self.state in (self.State.WAITING, self.State.COMPARING)

    @property
    def stuck(self) -> bool:
        waits = self.state == self.State.WAITING
        limit = settings.KODEKS_TASK_WAIT if waits else settings.KODEKS_TASK_TIME
        return self.busy and timezone.now() - self.changed > timedelta(seconds=limit)
