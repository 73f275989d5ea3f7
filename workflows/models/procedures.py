"""Procedures: through which stages a country takes a text."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from people.models import Country
from workflows import quorum
from workflows.choices import StageKind

FIELDS = {"kind", "name", "institutions", "least", "quorum", "days"}
MOST_DAYS = 365


def words(name: str) -> str:
    """A name as it is shown: the shipped ones are in the catalogues, one's own stays as it was typed."""
    return gettext(name) if name else ""


def clean_stages(value: Any) -> list[dict[str, Any]]:
    """The stages of a procedure with every field filled in. Raises ValidationError in words.

    A stage is ``{"kind", "name", "institutions", "least", "quorum", "days"}``: ``institutions`` are keys, with or without
    the country's code before them ("justice" is mk-justice in North Macedonia), of those that are proposed; ``least``
    how many must be asked; ``quorum`` "all", "any" or how many must agree; ``days`` until its deadline.
    """
    if not isinstance(value, list) or not value:
        raise ValidationError(_("A procedure needs at least one stage."))
    stages = [_clean_stage(stage, number) for number, stage in enumerate(value, 1)]
    kinds = [stage["kind"] for stage in stages]
    if StageKind.ADOPTION in kinds[:-1]:
        raise ValidationError(_("The adoption must be the last stage."))
    if not set(kinds) & {StageKind.SIGN_OFF, StageKind.OPINION}:
        raise ValidationError(_("A procedure needs a stage in which institutions sign off."))
    return stages


def _clean_stage(stage: Any, number: int) -> dict[str, Any]:
    def wrong(what: Any) -> ValidationError:
        return ValidationError(_("Stage %(number)d: %(what)s") % {"number": number, "what": what})

    if not isinstance(stage, dict) or set(stage) - FIELDS:
        raise wrong(_("only kind, name, institutions, least, quorum and days can be said of it."))
    kind = stage.get("kind")
    if kind not in StageKind.values:
        raise wrong(_("its kind is one of: %(kinds)s.") % {"kinds": ", ".join(StageKind.values)})
    name, institutions = stage.get("name", ""), stage.get("institutions", [])
    least, needed, days = stage.get("least", 1), str(stage.get("quorum", quorum.ALL)), stage.get("days", 10)
    if not isinstance(name, str) or len(name) > 120:
        raise wrong(_("its name is a text of up to 120 characters."))
    if not isinstance(institutions, list) or not all(isinstance(key, str) for key in institutions):
        raise wrong(_("its institutions are a list of keys."))
    for number_given in (least, days):
        if isinstance(number_given, bool) or not isinstance(number_given, int) or number_given < 1:
            raise wrong(_("days and least are numbers from 1."))
    if days > MOST_DAYS:
        raise wrong(_("a deadline is at most a year away."))
    try:
        quorum.check(needed)
    except ValueError as problem:
        raise wrong(_("its quorum is all, any, or how many must agree.")) from problem
    return {
        "kind": kind,
        "name": name,
        "institutions": institutions,
        "least": least,
        "quorum": needed,
        "days": days,
    }


class Procedure(models.Model):
    """The stages of a review, for one country or for all. A review keeps a copy of the one that it started with."""

    key = models.SlugField(_("key"), max_length=60, unique=True)
    country = models.ForeignKey(
        Country,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="procedures",
        verbose_name=_("country"),
        help_text=_("Empty: every country can use it."),
    )
    name = models.CharField(_("name"), max_length=120)
    stages = models.JSONField(_("stages"), default=list, validators=[clean_stages])
    order = models.PositiveSmallIntegerField(
        _("order"), default=100, validators=[MinValueValidator(0), MaxValueValidator(1000)]
    )
    active = models.BooleanField(_("can be chosen"), default=True)

    class Meta:
        ordering = ["order", "key"]
        verbose_name = _("procedure")
        verbose_name_plural = _("procedures")

    def __str__(self) -> str:
        return words(self.name)

    def clean(self) -> None:
        self.stages = clean_stages(self.stages)

    def copy(self) -> dict[str, Any]:
        """What a review keeps of it."""
        return {"key": self.key, "name": self.name, "stages": clean_stages(self.stages)}
