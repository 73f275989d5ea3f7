"""A change that somebody proposed and a second person decides."""

from __future__ import annotations

from typing import Self, TypeVar

from django.db import models
from django.utils import timezone

from people.models import User

C = TypeVar("C", bound="Change")


class ChangeQuerySet(models.QuerySet[C]):
    def waiting(self) -> Self:
        return self.filter(decided=None)


class Change(models.Model):
    """``values``: what the thing is to become, as plain JSON."""

    values = models.JSONField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    decided = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    confirmed = models.BooleanField(default=False)

    class Meta:
        abstract = True
