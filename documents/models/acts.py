"""Adoption acts."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from documents.choices import ActKind
from documents.models.editions import Edition
from documents.models.files import Blob


class ActFields(models.Model):
    """What is known of an act, with its signed file."""

    body = models.CharField(_("adopted by"), max_length=300)
    kind = models.CharField(_("kind of act"), max_length=30, choices=ActKind.choices)
    number = models.CharField(_("number"), max_length=100)
    date = models.DateField(_("date"))
    protocol = models.CharField(_("protocol number"), max_length=100, blank=True)
    session = models.CharField(_("number of the session"), max_length=100, blank=True)
    gazette = models.CharField(_("gazette"), max_length=200, blank=True)
    gazette_number = models.CharField(_("number of the gazette"), max_length=60, blank=True)
    gazette_year = models.PositiveSmallIntegerField(_("year of the gazette"), null=True, blank=True)
    published = models.DateField(_("published on"), null=True, blank=True)
    signed_file = models.ForeignKey(Blob, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        abstract = True


class AdoptionAct(ActFields):
    """What made an edition law or policy; a joint order has several. Never changed, never removed."""

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="acts")
    edition_sha256 = models.CharField(max_length=64)
    covers = models.JSONField(
        default=dict,
        blank=True,
        help_text=_("The authentic language versions that it adopted, with their hashes."),
    )
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    recorded = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["edition", "date", "id"]
        verbose_name = _("adoption act")
        verbose_name_plural = _("adoption acts")

    def __str__(self) -> str:
        return f"{self.body}, {self.number}, {self.date}"
