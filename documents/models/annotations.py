"""Comments on a text, anchored by section, language and the words that they speak of."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from documents.models.editions import Edition
from people.models import Institution


class Comment(models.Model):
    """What somebody says of a section, of words in it (``quote``), or in answer to another comment.

    The anchor is the quote with a little of the text around it, so that it is found again when the text moves; where the
    words are gone, the comment says so.
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

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["edition", "uid"])]

    def __str__(self) -> str:
        return self.text[:80]
