"""Counts of a week, and the sums of a comprehension sheet. No row is about a person (docs/results.md)."""

from __future__ import annotations

from datetime import date, timedelta

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from materials.models import Material
from people.models import Country

FLOOR = 5
"""Below it a count may show a person, and is not kept."""
MOST_PEOPLE = 10_000


def week_of(day: date) -> date:
    """The Monday that names a week."""
    return day - timedelta(days=day.weekday())


class Kind(models.TextChoices):
    OPENED = "opened", _("opened by its code")
    HEARD = "heard", _("heard on the telephone")


class Count(models.Model):
    kind = models.CharField(max_length=8, choices=Kind.choices)
    material = models.ForeignKey(Material, models.PROTECT, related_name="+")
    week = models.DateField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.week} {self.kind} {self.material_id}"


class RunningCount(Count):
    """Of a week that is not over: sealed, and there for every material, so that no row says that something
    was counted."""

    sealed = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "material", "week"], name="running_count_once")
        ]


class WeekCount(Count):
    """Of a week that is over."""

    number = models.PositiveIntegerField()

    class Meta:
        ordering = ["-week", "material", "kind"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "material", "week"], name="week_count_once"),
            models.CheckConstraint(condition=Q(number__gte=FLOOR), name="week_count_above_floor"),
        ]


class Sheet(models.Model):
    """What a mobile team counted with its three questions: sums of five people or more."""

    campaign = models.UUIDField(_("campaign"))
    language = models.CharField(_("language"), max_length=10)
    country = models.ForeignKey(Country, models.PROTECT, related_name="+", verbose_name=_("country"))
    week = models.DateField(_("week"))
    people = models.PositiveIntegerField(
        _("how many people answered"), validators=[MinValueValidator(FLOOR), MaxValueValidator(MOST_PEOPLE)]
    )
    first = models.PositiveIntegerField(_("question 1: right answers"))
    second = models.PositiveIntegerField(_("question 2: right answers"))
    third = models.PositiveIntegerField(_("question 3: right answers"))

    class Meta:
        ordering = ["-week", "id"]
        verbose_name = _("comprehension sheet")
        verbose_name_plural = _("comprehension sheets")
        constraints = [
            models.CheckConstraint(condition=Q(people__gte=FLOOR), name="sheet_above_floor"),
            models.CheckConstraint(
                condition=Q(first__lte=F("people"), second__lte=F("people"), third__lte=F("people")),
                name="sheet_right_answers",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.week} {self.language}"
