"""Comments on a text, anchored by section, language and the words that they speak of."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from documents.choices import CommentOutcome
from documents.models.editions import Edition
from people.models import Institution


class Comment(models.Model):
    """A comment on a section, on words in it, or in answer to another comment.

    The anchor is the ``quote`` with a little text around it. ``to_institution`` or ``to_person`` is
    mentioned. ``outcome`` and ``outcome_text`` are the coordinator's answer; ``applied`` when its words were
    put into the draft. Those who put them there are authors of the text, and so are those who suggested them
    (documents.access.authorship).
    """

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="comments")
    uid = models.UUIDField()
    language = models.CharField(max_length=5)
    parent = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="replies")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    author_name = models.CharField(
        max_length=120, blank=True, help_text=_("The name of the author in the Word file.")
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
        """The precondition of the next answer: changes with every answer, and when it is opened again."""
        return f"{self.decided.isoformat()}{'+' if self.reopened else ''}" if self.decided else ""

    @property
    def reopened(self) -> bool:
        """Whether it was answered and waits for another answer."""
        return bool(self.outcome) and self.resolved is None
