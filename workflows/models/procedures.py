"""Procedures: through which stages a country takes a text."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from people.models import Country
from theme.dates import of_date, one_dot
from workflows.choices import OF_COORDINATOR, Delegation, Silence, StageKind
from workflows.procedures import quorum, steps
from workflows.procedures.deadlines import too_long
from workflows.procedures.names import display_name, is_names

DEFAULTS: dict[str, Any] = {
    "name": "",
    "institutions": [],
    "least": 1,
    "quorum": quorum.ALL,
    "days": 10,
    "working": False,
    "silence": Silence.NOTHING.value,
    "delegate": Delegation.ASSIGNED.value,
    "second_factor": False,
    "together": False,
}
MOST_DAYS = 365
MOST_STAGES = 12


def clean_stages(value: Any) -> list[dict[str, Any]]:
    """The stages with every field filled in. Raises ValidationError.

    A stage is a ``kind`` and what differs from DEFAULTS. ``institutions`` are proposed keys, with or
    without the country's code. ``least`` is how many must be asked, ``quorum`` "all", "any" or a number.
    ``names`` are a country's own by language, absent where there are none: a stored copy keeps its hash.
    """
    if not isinstance(value, list) or not value:
        raise ValidationError(_("A procedure must have at least one stage."))
    if len(value) > MOST_STAGES:
        raise ValidationError(_("A procedure can have at most %(most)d stages.") % {"most": MOST_STAGES})
    stages = [_clean_stage(stage, number) for number, stage in enumerate(value, 1)]
    _check_order(stages)
    return stages


def _check_order(stages: list[dict[str, Any]]) -> None:
    kinds = [stage["kind"] for stage in stages]
    if StageKind.ADOPTION in kinds[:-1]:
        raise ValidationError(_("The adoption must be the last stage."))
    if not set(kinds) & {StageKind.SIGN_OFF, StageKind.OPINION, StageKind.TRANSLATION}:
        raise ValidationError(_("A procedure must have a stage in which institutions sign off."))
    for number, stage in enumerate(stages, 1):
        others = stages[number - 2] if number > 1 else None
        alone = stage["kind"] in OF_COORDINATOR or (others is not None and others["kind"] in OF_COORDINATOR)
        if stage["together"] and (others is None or alone):
            raise ValidationError(
                _("Stage %(number)d: only stages with institutions can run at the same time.")
                % {"number": number}
            )
    locked = steps.first_locked(stages)
    if StageKind.CONSULTATION in kinds[locked:]:
        raise ValidationError(
            _("A consultation must come before the first sign-off, because the text is then locked.")
        )
    if 0 < locked < len(stages) and kinds[locked - 1] != StageKind.COORDINATION:
        raise ValidationError(
            _(
                "The text is locked from stage %(number)d. Add a coordination stage before it to "
                "answer the comments."
            )
            % {"number": locked + 1}
        )


def _rules(stage: dict[str, Any]) -> Iterator[tuple[bool, Any]]:
    """What must hold of the values of a stage, each with the message where it does not."""
    kind, name, places = stage["kind"], stage["name"], stage["institutions"]
    kinds = {"kinds": ", ".join(StageKind.values)}
    yield kind in StageKind.values, _("kind must be one of: %(kinds)s.") % kinds
    yield isinstance(name, str) and len(name) <= 120, _("name must be text of up to 120 characters.")
    keys = isinstance(places, list) and all(isinstance(key, str) for key in places)
    yield keys, _("institutions must be a list of keys.")
    numbers = (stage["least"], stage["days"])
    whole = all(isinstance(one, int) and not isinstance(one, bool) and one >= 1 for one in numbers)
    yield whole, _("days and least must be numbers from 1.")
    yield stage["days"] <= MOST_DAYS, _("the deadline can be at most one year away.")
    known = stage["silence"] in Silence.values and stage["delegate"] in Delegation.values
    yield known, _("silence or delegate has an unknown value.")
    flags = all(isinstance(stage[name], bool) for name in ("working", "second_factor", "together"))
    yield flags, _("working, second_factor and together must be yes or no.")


def _clean_stage(stage: Any, number: int) -> dict[str, Any]:
    def wrong(what: Any) -> ValidationError:
        return ValidationError(_("Stage %(number)d: %(what)s") % {"number": number, "what": what})

    fields = {"kind", "names", *DEFAULTS}
    if not isinstance(stage, dict) or set(stage) - fields:
        raise wrong(_("only these fields are allowed: %(fields)s.") % {"fields": ", ".join(sorted(fields))})
    clean = {"kind": stage.get("kind")} | DEFAULTS | stage
    clean["quorum"] = str(clean["quorum"])
    if not is_names(clean.get("names", {})):
        raise wrong(_("name must be text of up to 120 characters."))
    if not clean.get("names", True):
        del clean["names"]
    for holds, what in _rules(clean):
        if not holds:
            raise wrong(what)
    try:
        quorum.check(str(clean["quorum"]))
    except ValueError as problem:
        raise wrong(_("quorum must be all, any or the number that must agree.")) from problem
    return clean


class ProcedureQuerySet(models.QuerySet["Procedure"]):
    def for_country(self, code: str) -> list[Procedure]:
        """Its own procedures, and the shared ones of which it has none of its own."""
        found = list(
            self.filter(active=True).filter(Q(country=None) | Q(country=code)).order_by("order", "key")
        )
        changed = set(self.filter(country=code).values_list("key", flat=True))
        return [one for one in found if one.country_id or f"{code}-{one.key}" not in changed]


class Procedure(models.Model):
    """The stages of a review, for one country or for all. A review keeps a copy."""

    key = models.SlugField(_("key"), max_length=60, unique=True)
    country = models.ForeignKey(
        Country,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="procedures",
        verbose_name=_("country"),
        help_text=_("Leave empty to make it available to all countries."),
    )
    name = models.CharField(_("name"), max_length=120)
    names = models.JSONField(_("names"), default=dict, blank=True)
    stages = models.JSONField(_("stages"), default=list, validators=[clean_stages])
    order = models.PositiveSmallIntegerField(
        _("order"), default=100, validators=[MinValueValidator(0), MaxValueValidator(1000)]
    )
    active = models.BooleanField(_("available"), default=True)

    objects = ProcedureQuerySet.as_manager()

    class Meta:
        ordering = ["order", "key"]
        verbose_name = _("procedure")
        verbose_name_plural = _("procedures")

    def __str__(self) -> str:
        return display_name(self.name, self.names)

    def clean(self) -> None:
        self.stages = clean_stages(self.stages)

    def copy(self) -> dict[str, Any]:
        """What a review keeps of it."""
        own = {"names": self.names} if self.names else {}
        return {"key": self.key, "name": self.name, "stages": clean_stages(self.stages)} | own


def too_late(days: int, country: str, day: date, *, working: bool) -> str:
    """Why a stage that opens on ``day`` can't have so many days, in words; empty where it can."""
    end = too_long(day, days, country, working=working, most=MOST_DAYS)
    if end is None:
        return ""
    message = gettext(
        "%(days)d working days end on %(day)s. A deadline can be at most one year away. Enter fewer days."
    )
    return one_dot(message % {"days": days, "day": of_date(end, get_language() or "en")})
