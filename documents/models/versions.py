"""Language versions after the adoption: their checks, and the texts of earlier numbers."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from documents.models.editions import LanguageVersion
from people.models import Institution


class VersionCheckQuerySet(models.QuerySet["VersionCheck"]):
    def standing(self) -> VersionCheckQuerySet:
        """Those by which a second person agreed to the submitted text since its last submission. A returned
        one is checked again, even unchanged."""
        return self.filter(agrees=True, sha256=F("version__sha256"), at__gte=F("version__submitted")).exclude(
            person=F("version__submitted_by")
        )


class VersionCheck(models.Model):
    """A second person's decision on a later language version, bound to its hash. Never changed."""

    version = models.ForeignKey(LanguageVersion, models.PROTECT, related_name="checks")
    sha256 = models.CharField(max_length=64)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    agrees = models.BooleanField()
    remarks = models.TextField(_("remarks"), blank=True)
    at = models.DateTimeField(default=timezone.now)

    objects = VersionCheckQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        verbose_name = _("check of a translation")
        verbose_name_plural = _("checks of translations")

    def __str__(self) -> str:
        return f"{self.version}: {self.agrees}"


class VersionText(models.Model):
    """A section's text in a language version that a later number replaced, or is about to. Never changed."""

    version = models.ForeignKey(LanguageVersion, models.PROTECT, related_name="texts")
    uid = models.UUIDField()
    label = models.CharField(max_length=120, default="", blank=True)
    body = models.JSONField(null=True)
    text_hash = models.CharField(max_length=64, default="", blank=True)
    source_hash = models.CharField(max_length=64, default="", blank=True)

    class Meta:
        ordering = ["version", "id"]
        constraints = [models.UniqueConstraint(fields=["version", "uid"], name="version_text")]

    def __str__(self) -> str:
        return f"{self.version_id}/{self.uid}"
