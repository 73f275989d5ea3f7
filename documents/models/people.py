"""Who was asked to write or translate what."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from documents.models.editions import Edition
from documents.models.instruments import Instrument


class Assignment(models.Model):
    """A person's part of a draft: one section or all, in one language. It opens the draft for them."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="assignments")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="assignments", verbose_name=_("person")
    )
    language = models.CharField(_("language"), max_length=5)
    uid = models.UUIDField(
        _("section"), null=True, blank=True, help_text=_("Leave empty for the whole document.")
    )
    due = models.DateField(_("due"), null=True, blank=True)
    assigned_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    assigned = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["edition", "user", "language"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "user", "language", "uid"],
                condition=Q(uid__isnull=False),
                name="assignment_once",
            ),
            models.UniqueConstraint(
                fields=["edition", "user", "language"],
                condition=Q(uid__isnull=True),
                name="assignment_whole_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.edition} {self.language}"


class LastRead(models.Model):
    """The edition in force that a person read last, and the one before it until they have seen what changed.
    No more is stored."""

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
