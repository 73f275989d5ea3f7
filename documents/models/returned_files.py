"""Returned Word files and their suggestions."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from documents.models.editions import Edition
from documents.models.uploads import BroughtFile, upload_path
from documents.stored_messages import render_message
from documents.text import body_text

OLD_FORM = gettext_noop(
    "An older version of Kodeks saved this suggestion. Import the file again to decide on it."
)
"""Why a suggestion is closed that was open in a form of columns which is gone."""


class ReturnedFile(BroughtFile):
    """A returned Word file, and a background task's result.

    ``blocks`` are, by section, the hashes of the exported blocks. ``outline`` has the sections of the file in
    their order, with their levels. ``file`` is stored until it is read. One that was imported before is read
    once its person says so.
    """

    class State(models.TextChoices):
        ASKS = "asks", _("waiting for your confirmation")
        WAITING = "waiting", _("waiting to be read")
        READING = "reading", _("being read")
        READY = "ready", _("read")
        REFUSED = "refused", _("rejected")

    WORKING_STATES = ("reading",)
    edition = models.ForeignKey(Edition, models.CASCADE, related_name="returned_files")
    language = models.CharField(max_length=5)
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    counts = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State.choices, default=State.READY)
    file = models.FileField(upload_to=upload_path, max_length=200, blank=True)
    blocks = models.JSONField(default=dict)
    outline = models.JSONField(default=list)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.name


class Suggestion(models.Model):
    """A card of a returned file: one difference from the exported text, to be accepted or rejected.

    ``uid`` is the section's. ``position`` is the number of the block among the exported ones. Of an added one
    it is that of the next block, of a heading -1. ``target`` is where a moved one goes, ``block_hash`` the
    hash of the exported block. ``before`` and ``after`` are small bodies. ``changes`` are those within the
    block (documents.word.review.changes.Change). Once it is accepted, ``result`` are its blocks in the draft
    and ``replaced`` those before. ``batch`` marks what was decided at once. An older Kodeks stored
    suggestions in another form: these are closed, with the reason in ``note``.
    """

    class Kind(models.TextChoices):
        CHANGED = "changed", _("Changed")
        LOOKS = "looks", _("Formatting only")
        ADDED = "added", _("Added")
        REMOVED = "removed", _("Removed")
        MOVED = "moved", _("Moved within the section")
        HEADING = "heading", _("Heading")
        SECTION_ADDED = "section_added", _("New section")
        SECTION_REMOVED = "section_removed", _("Section removed")
        SECTION_MOVED = "section_moved", _("Section moved")

    class State(models.TextChoices):
        OPEN = "open", _("open")
        ACCEPTED = "accepted", _("accepted")
        REFUSED = "refused", _("rejected")
        PRESENT = "present", _("already in the draft")
        CLOSED = "closed", _("closed")

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="suggestions")
    returned = models.ForeignKey(ReturnedFile, models.CASCADE, related_name="suggestions")
    uid = models.UUIDField()
    language = models.CharField(max_length=5)
    kind = models.CharField(max_length=16, choices=Kind.choices)
    block_hash = models.CharField(max_length=64, blank=True)
    position = models.IntegerField(default=0)
    target = models.IntegerField(null=True)
    level = models.PositiveSmallIntegerField(null=True)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    changes = models.JSONField(default=list)
    tracked = models.BooleanField(default=True)
    author_name = models.CharField(max_length=240, blank=True)
    written = models.DateTimeField(null=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    note = models.TextField(blank=True)
    decided = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    batch = models.UUIDField(null=True)
    result = models.JSONField(null=True)
    replaced = models.JSONField(null=True)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["edition", "language", "state"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.words[:60]}"

    @property
    def words(self) -> str:
        """What it says, or takes out."""
        return body_text(self.after, heading=True) or body_text(self.before, heading=True)

    @property
    def why_closed(self) -> str:
        """Why it can't be decided any more, in the reader's language."""
        return render_message(self.note)
