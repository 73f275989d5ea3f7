"""Sign-offs: what an institution said, bound to the text that it said it of."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from documents.models import Manifest
from workflows.choices import AGREEING, Choice
from workflows.models.reviews import Seat


class SignOff(models.Model):
    """Never changed and never removed; it can only be voided, once, with the reason.

    ``covers`` names the language versions that it speaks of, by language, each with its SHA-256.
    ``instead_of`` is the person who was asked, where a delegate answered.
    """

    seat = models.ForeignKey(Seat, models.PROTECT, related_name="sign_offs")
    choice = models.CharField(_("answer"), max_length=20, choices=Choice.choices)
    reason = models.TextField(_("reason"), blank=True)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="sign_offs")
    instead_of = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    manifest = models.ForeignKey(Manifest, models.PROTECT, related_name="sign_offs")
    manifest_sha256 = models.CharField(max_length=64)
    covers = models.JSONField()
    at = models.DateTimeField(default=timezone.now)
    voided_at = models.DateTimeField(null=True, blank=True)
    void_reason = models.TextField(blank=True)

    class Meta:
        ordering = ["id"]
        verbose_name = _("sign-off")
        verbose_name_plural = _("sign-offs")
        constraints = [
            models.UniqueConstraint(
                fields=["seat"], condition=Q(voided_at__isnull=True), name="one_sign_off_a_seat"
            )
        ]

    def __str__(self) -> str:
        return f"{self.seat}: {self.choice}"

    @property
    def agrees(self) -> bool:
        return self.choice in AGREEING

    @property
    def counts(self) -> bool:
        return self.voided_at is None
