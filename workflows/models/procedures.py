"""Procedures: through which stages a country takes a text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from people.models import Country
from workflows.choices import OF_COORDINATOR, Delegation, Silence, StageKind
from workflows.procedures import quorum, steps
from workflows.procedures.names import is_names, words

DEFAULTS: dict[str, Any] = {
    "name": "",
    "institutions": [],
    "least": 1,
    "quorum": quorum.ALL,
    "days": 10,
    "working": False,
    "silence": Silence.NOTHING.value,
    "delegate": Delegation.ASKED.value,
    "second_factor": False,
    "together": False,
}
MOST_DAYS = 365
MOST_STAGES = 12


def clean_stages(value: Any) -> list[dict[str, Any]]:
    """The stages of a procedure with every field filled in. Raises ValidationError in words.

    A stage is a ``kind`` and what differs from DEFAULTS. ``institutions`` are keys, with or without the
    country's code before them ("justice" is mk-justice in North Macedonia), of those that are proposed;
    ``least`` how many must be asked; ``quorum`` "all", "any" or how many must agree; ``days`` until its
    deadline, ``working`` whether only working days count; ``silence`` what no answer means; ``delegate`` who
    may hand the answer over; ``second_factor`` whether a second factor is asked for at the answer;
    ``together`` whether it runs at the same time as the stage before it. ``names`` are a country's own by
    language, and there only where it has some: what was kept before they were stays as it was hashed.
    """
    if not isinstance(value, list) or not value:
        raise ValidationError(_("A procedure needs at least one stage."))
    if len(value) > MOST_STAGES:
        raise ValidationError(_("A procedure has at most %(most)d stages.") % {"most": MOST_STAGES})
    stages = [_clean_stage(stage, number) for number, stage in enumerate(value, 1)]
    _check_order(stages)
    return stages


def _check_order(stages: list[dict[str, Any]]) -> None:
    kinds = [stage["kind"] for stage in stages]
    if StageKind.ADOPTION in kinds[:-1]:
        raise ValidationError(_("The adoption must be the last stage."))
    if not set(kinds) & {StageKind.SIGN_OFF, StageKind.OPINION, StageKind.TRANSLATION}:
        raise ValidationError(_("A procedure needs a stage in which institutions sign off."))
    for number, stage in enumerate(stages, 1):
        beside = stages[number - 2] if number > 1 else None
        alone = stage["kind"] in OF_COORDINATOR or (beside is not None and beside["kind"] in OF_COORDINATOR)
        if stage["together"] and (beside is None or alone):
            raise ValidationError(
                _("Stage %(number)d: only stages that ask institutions can run at the same time.")
                % {"number": number}
            )
    locked = steps.first_locked(stages)
    if StageKind.CONSULTATION in kinds[locked:]:
        raise ValidationError(
            _("A consultation must come before the first sign-off: then the text is locked.")
        )
    if 0 < locked < len(stages) and kinds[locked - 1] != StageKind.COORDINATION:
        raise ValidationError(
            _(
                "Before stage %(number)d the text is locked. Put a coordination before it, in which the "
                "comments are answered."
            )
            % {"number": locked + 1}
        )


def _rules(stage: dict[str, Any]) -> Iterator[tuple[bool, Any]]:
    """What must hold of the values of a stage, one after the other, each with what is said where it does
    not."""
    kind, name, places = stage["kind"], stage["name"], stage["institutions"]
    kinds = {"kinds": ", ".join(StageKind.values)}
    yield kind in StageKind.values, _("its kind is one of: %(kinds)s.") % kinds
    yield isinstance(name, str) and len(name) <= 120, _("its name is a text of up to 120 characters.")
    keys = isinstance(places, list) and all(isinstance(key, str) for key in places)
    yield keys, _("its institutions are a list of keys.")
    numbers = (stage["least"], stage["days"])
    whole = all(isinstance(one, int) and not isinstance(one, bool) and one >= 1 for one in numbers)
    yield whole, _("days and least are numbers from 1.")
    yield stage["days"] <= MOST_DAYS, _("a deadline is at most a year away.")
    known = stage["silence"] in Silence.values and stage["delegate"] in Delegation.values
    yield known, _("what silence means, or who may delegate, is not one of the choices.")
    flags = all(isinstance(stage[name], bool) for name in ("working", "second_factor", "together"))
    yield flags, _("working, second_factor and together are yes or no.")


def _clean_stage(stage: Any, number: int) -> dict[str, Any]:
    def wrong(what: Any) -> ValidationError:
        return ValidationError(_("Stage %(number)d: %(what)s") % {"number": number, "what": what})

    fields = {"kind", "names", *DEFAULTS}
    if not isinstance(stage, dict) or set(stage) - fields:
        raise wrong(_("only these can be said of it: %(fields)s.") % {"fields": ", ".join(sorted(fields))})
    clean = {"kind": stage.get("kind")} | DEFAULTS | stage
    clean["quorum"] = str(clean["quorum"])
    if not is_names(clean.get("names", {})):
        raise wrong(_("its name is a text of up to 120 characters."))
    if not clean.get("names", True):
        del clean["names"]
    for holds, what in _rules(clean):
        if not holds:
            raise wrong(what)
    try:
        quorum.check(str(clean["quorum"]))
    except ValueError as problem:
        raise wrong(_("its quorum is all, any, or how many must agree.")) from problem
    return clean


class ProcedureQuerySet(models.QuerySet["Procedure"]):
    def for_country(self, code: str) -> list[Procedure]:
        """Those that a country can choose: its own, and the shared ones of which it has made none of its
        own."""
        found = list(
            self.filter(active=True).filter(Q(country=None) | Q(country=code)).order_by("order", "key")
        )
        changed = set(self.filter(country=code).values_list("key", flat=True))
        return [one for one in found if one.country_id or f"{code}-{one.key}" not in changed]


class Procedure(models.Model):
    """The stages of a review, for one country or for all. A review keeps a copy of the one that it started
    with."""

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
    names = models.JSONField(_("names"), default=dict, blank=True)
    stages = models.JSONField(_("stages"), default=list, validators=[clean_stages])
    order = models.PositiveSmallIntegerField(
        _("order"), default=100, validators=[MinValueValidator(0), MaxValueValidator(1000)]
    )
    active = models.BooleanField(_("can be chosen"), default=True)

    objects = ProcedureQuerySet.as_manager()

    class Meta:
        ordering = ["order", "key"]
        verbose_name = _("procedure")
        verbose_name_plural = _("procedures")

    def __str__(self) -> str:
        return words(self.name, self.names)

    def clean(self) -> None:
        self.stages = clean_stages(self.stages)

    def copy(self) -> dict[str, Any]:
        """What a review keeps of it."""
        own = {"names": self.names} if self.names else {}
        return {"key": self.key, "name": self.name, "stages": clean_stages(self.stages)} | own
