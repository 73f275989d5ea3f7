"""Delegates: who answers for whom, for a period."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.models import Institution


class DelegateQuerySet(models.QuerySet["Delegate"]):
    def active(self, on: date | None = None) -> DelegateQuerySet:
        day = on or timezone.localdate()
        return self.filter(ended__isnull=True, starts__lte=day, until__gte=day)


class Delegate(models.Model):
    """A reviewer who answers for a colleague from one day to another, both included. Ended ones stay."""

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    asked = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="delegates")
    to = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="delegated")
    starts = models.DateField(_("from"))
    until = models.DateField(_("until"))
    reason = models.CharField(_("reason"), max_length=400)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    by_coordinator = models.BooleanField(default=False)
    given = models.DateTimeField(default=timezone.now)
    ended = models.DateTimeField(null=True, blank=True)

    objects = DelegateQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        verbose_name = _("delegate")
        verbose_name_plural = _("delegates")
        constraints = [
            models.CheckConstraint(
                name="delegate_to_another",
                condition=~Q(asked=F("to")) & Q(until__gte=F("starts")),
            )
        ]

    def __str__(self) -> str:
        return f"{self.asked} → {self.to}"

    @property
    def open(self) -> bool:
        return self.ended is None and self.until >= timezone.localdate()
