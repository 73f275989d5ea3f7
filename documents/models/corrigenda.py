"""Corrigenda: slips in adopted text, corrected outside of it. The adopted bytes stay."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from documents.models.acts import ActFields
from documents.models.editions import Edition
from documents.text.correction import Correction


class CorrigendumQuerySet(models.QuerySet["Corrigendum"]):
    def recorded(self) -> CorrigendumQuerySet:
        """Those that hold, oldest first."""
        return self.filter(recorded__isnull=False).order_by("number")

    def waiting(self) -> CorrigendumQuerySet:
        """Those that were proposed, and that nobody has recorded or taken back."""
        return self.filter(recorded__isnull=True, withdrawn__isnull=True).order_by("pk")


class Corrigendum(models.Model):
    """A slip in one section of an adopted text, in one language: the exact words and those that are instead.

    One person proposes it, another records it with its act; until then it may be taken back. ``sha256``
    covers the words and the section's hashes before and after. ``number`` counts the recorded ones of an
    edition.
    """

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="corrigenda", verbose_name=_("edition"))
    number = models.PositiveSmallIntegerField(_("number"), null=True, blank=True)
    uid = models.UUIDField()
    language = models.CharField(_("language"), max_length=5)
    prefix = models.CharField(max_length=200, blank=True)
    exact = models.TextField(_("wrong words"))
    suffix = models.CharField(max_length=200, blank=True)
    words = models.TextField(_("correct words"), blank=True)
    reason = models.TextField(_("reason"))
    before_sha256 = models.CharField(max_length=64)
    after_sha256 = models.CharField(max_length=64)
    sha256 = models.CharField(max_length=64)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    proposed = models.DateTimeField(default=timezone.now)
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    withdrawn = models.DateTimeField(null=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    recorded = models.DateTimeField(null=True)
    valid_from = models.DateField(_("effective from"), null=True)

    objects = CorrigendumQuerySet.as_manager()

    class Meta:
        ordering = ["edition", "number", "id"]
        verbose_name = _("corrigendum")
        verbose_name_plural = _("corrigenda")
        constraints = [
            models.UniqueConstraint(fields=["edition", "number"], name="corrigendum_number"),
            models.CheckConstraint(
                condition=Q(recorded_by__isnull=True) | ~Q(recorded_by=F("proposed_by")),
                name="corrigendum_two_people",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.edition}, {self.number or '–'}"

    @property
    def waiting(self) -> bool:
        return self.recorded is None and self.withdrawn is None

    @property
    def correction(self) -> Correction:
        return Correction(
            uid=str(self.uid),
            language=self.language,
            prefix=self.prefix,
            exact=self.exact,
            suffix=self.suffix,
            words=self.words,
            before=self.before_sha256,
            after=self.after_sha256,
            number=self.number or 0,
        )


class CorrigendumAct(ActFields):
    """What adopted a corrigendum; several bodies have several. Never changed, never removed."""

    corrigendum = models.ForeignKey(Corrigendum, models.PROTECT, related_name="acts")
    corrigendum_sha256 = models.CharField(max_length=64)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["corrigendum", "date", "id"]
        verbose_name = _("act of a corrigendum")
        verbose_name_plural = _("acts of corrigenda")

    def __str__(self) -> str:
        return f"{self.body}, {self.number}, {self.date}"
