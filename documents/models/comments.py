"""Comments on a text, anchored by section, language and the words that they speak of."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from documents.choices import CommentOutcome
from documents.models.editions import Edition
from documents.suggestions.suggestion import has_ends
from people.models import Institution


class Comment(models.Model):
    """What somebody says of a section, of words in it (``quote``), or in answer to another comment.

    The anchor is the quote with a little of the text around it, so that it is found again when the text moves; where the
    words are gone, the comment says so.

    ``to_institution`` or ``to_person`` is whom it mentions. ``outcome`` and ``outcome_text`` are what the coordinator answers;
    ``applied`` when its suggested words were put into the draft. Whoever put them there counts as an author of the text,
    whoever suggested them does not.
    """

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="comments")
    uid = models.UUIDField()
    language = models.CharField(max_length=5)
    parent = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="replies")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    author_name = models.CharField(
        max_length=120, blank=True, help_text=_("As a Word file names the author.")
    )
    institution = models.ForeignKey(Institution, models.PROTECT, null=True, blank=True, related_name="+")
    quote = models.TextField(blank=True)
    prefix = models.CharField(max_length=60, blank=True)
    suffix = models.CharField(max_length=60, blank=True)
    text = models.TextField(_("comment"))
    suggestion = models.TextField(_("suggested words"), blank=True)
    written = models.DateTimeField(default=timezone.now)
    resolved = models.DateTimeField(null=True, blank=True)
    resolved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    to_institution = models.ForeignKey(Institution, models.PROTECT, null=True, blank=True, related_name="+")
    to_person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    outcome = models.CharField(_("outcome"), max_length=10, choices=CommentOutcome.choices, blank=True)
    outcome_text = models.TextField(_("answer"), blank=True)
    decided = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    applied = models.DateTimeField(null=True, blank=True)
    applied_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["edition", "uid"])]

    def __str__(self) -> str:
        return self.text[:80]

    @property
    def version(self) -> str:
        """Changes with every answer of the coordinator, and when it is opened again: the precondition of the next answer."""
        return f"{self.decided.isoformat()}{'+' if self.reopened else ''}" if self.decided else ""

    @property
    def reopened(self) -> bool:
        """Whether it was answered and is open again, so that it waits for another answer: an answer settles it."""
        return bool(self.outcome) and self.resolved is None


class ReturnedFile(models.Model):
    """A Word file that came back from review: who brought it, when, and what was found in it."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="returned_files")
    language = models.CharField(max_length=5)
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    counts = models.JSONField(default=dict)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.name


class Suggestion(models.Model):
    """A change that somebody made in Word, to be taken into the draft or left.

    ``before`` and ``after`` are the piece of the text that it speaks of, as small bodies; ``old`` and ``new`` its words.
    ``uid`` is the section's; of a new section, that of the one that it follows, or stands before; its ``place`` is what :mod:`documents.suggestions.new_section` says. A section that was moved has in ``place`` its
    level and the uid of the section that it now follows, if any, with the headings of both in ``new`` and ``old``. One that was joined to the section before has the same of that one, without a level, and " text" behind its uid where the
    heading became a paragraph; one that was set deeper or higher its new level. ``tracked``: Word recorded it, with author and date; else it was found by comparison with the text that was sent out.
    """

    class Kind(models.TextChoices):
        CHANGED = "changed", _("Changed")
        ADDED = "added", _("Added")
        REMOVED = "removed", _("Removed")
        HEADING = "heading", _("Heading")
        NEW_SECTION = "new", _("New section")
        GONE = "gone", _("Section taken out")
        MOVED = "moved", _("Section moved")
        JOINED = "joined", _("Section joined")
        LEVEL = "level", _("Level")
        SHIFTED = "shifted", _("Moved within the section")

    class State(models.TextChoices):
        OPEN = "open", _("open")
        ACCEPTED = "accepted", _("accepted")
        REFUSED = "refused", _("refused")

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="suggestions")
    returned = models.ForeignKey(ReturnedFile, models.CASCADE, related_name="suggestions")
    uid = models.UUIDField()
    language = models.CharField(max_length=5)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    tracked = models.BooleanField(default=True)
    author_name = models.CharField(max_length=240, blank=True)
    written = models.DateTimeField(null=True)
    before = models.JSONField()
    after = models.JSONField()
    old = models.TextField(blank=True)
    new = models.TextField(blank=True)
    place = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    decided = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["edition", "language", "state"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.new[:60] or self.old[:60]}"

    @property
    def into_or_out_of_list(self) -> bool:
        """Whether it moves a paragraph into a list or out of one: both stand in it (documents.suggestions.suggestion)."""
        several = len(self.before["blocks"] + self.after["blocks"]) > 2
        return self.kind == self.Kind.SHIFTED and several and not has_ends(self.before, self.after)

    @property
    def moved(self) -> dict[str, Any]:
        """Of what is moved within its section, the paragraph or other block that moves."""
        if not self.into_or_out_of_list:
            return dict(self.after)
        body, at = (self.before, 0) if len(self.before["blocks"]) == 2 else (self.after, 1)
        return {**body, "blocks": [body["blocks"][at]]}
