"""Why something that looks like case data is none, in the words of a second person."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from documents.models.editions import Edition
from documents.models.sections import UnicodeJSONEncoder


class CaseDataAnswer(models.Model):
    """A second person's reason why a section holds no case data. It is bound to the hash of the section's
    text. ``kinds`` says what was found; what was found itself is not stored. Never changed."""

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="case_data_answers")
    uid = models.UUIDField()
    language = models.CharField(max_length=5)
    text_hash = models.CharField(max_length=64)
    kinds = models.JSONField(default=list, encoder=UnicodeJSONEncoder)
    reason = models.TextField(_("reason"))
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "uid", "language", "text_hash"], name="case_data_answer"
            )
        ]

    def __str__(self) -> str:
        return f"{self.edition_id}/{self.uid} {self.language}"
