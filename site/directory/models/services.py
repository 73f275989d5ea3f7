"""Organisations, their services, and the places of these: the objects of HSDS 3.0 (Human Services Data
Specification), with who may read each field."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField

from directory.choices import ENTERED_KINDS
from directory.hours import valid_hours
from directory.levels import Level
from directory.models.records import Confidential, Record, Text, level_field
from people.models import User
from public.dialling import refuse_abroad
from public.models.hotlines import DIGITS

ASK_AFTER = timedelta(days=90)
"""After how many days the keeper is asked whether a service is still right."""
SHOWN_FOR = timedelta(days=180)
"""After how many days without a confirmation no number is shown."""


def _coordinate(label: Any, least: int, most: int, *, blank: bool = True) -> Any:
    limits = [MinValueValidator(least), MaxValueValidator(most)]
    return models.DecimalField(
        label, max_digits=9, decimal_places=6, null=blank, blank=blank, validators=limits
    )


class Town(Record):
    """A town or village: a point of the map. Which services are there is said by their places."""

    PLAIN = ("is_shown", "latitude", "longitude")
    TEXTS = ("name",)

    latitude = _coordinate(_("latitude"), 38, 48, blank=False)
    longitude = _coordinate(_("longitude"), 12, 25, blank=False)

    class Meta:
        ordering = ["country", "key"]
        verbose_name = _("town")
        verbose_name_plural = _("towns")


class TownText(Text):
    record = ParentalKey(Town, on_delete=models.CASCADE, related_name="texts")
    name = models.CharField(_("name"), max_length=80)

    class Meta(Text.Meta):
        constraints = [models.UniqueConstraint(fields=["record", "language"], name="town_text_once")]


class Organisation(Record):
    """Who offers services."""

    PLAIN = ("is_shown", "website")
    TEXTS = ("name", "description")

    website = models.URLField(_("website"), blank=True)

    class Meta:
        ordering = ["country", "key"]
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")


class OrganisationText(Text):
    record = ParentalKey(Organisation, on_delete=models.CASCADE, related_name="texts")
    name = models.CharField(_("name"), max_length=160)
    description = models.TextField(_("what it does"), blank=True)

    class Meta(Text.Meta):
        constraints = [models.UniqueConstraint(fields=["record", "language"], name="organisation_text_once")]


class Place(Confidential):
    """Where services are. Of a shelter nothing is told but to the readers that are named, unless somebody
    opens it: so every level starts at the strictest one, and the form of a place asks for each."""

    LEVELS = ("seen_level", "town_level", "address_level")
    PLAIN = ("is_shown", *LEVELS, "town", "address", "latitude", "longitude")
    MANY = ("reader_institutions", "reader_people")
    TEXTS = ("name", "reach", "accessible")
    SEALED = ("address", "latitude", "longitude", "town_id", *LEVELS)

    town = models.ForeignKey(Town, models.PROTECT, related_name="places", verbose_name=_("town"))
    address = models.CharField(_("street and number"), max_length=200, blank=True)
    latitude = _coordinate(_("latitude"), 38, 48)
    longitude = _coordinate(_("longitude"), 12, 25)
    seen_level = level_field(_("who may know of this place"), Level.NAMED)
    town_level = level_field(_("who may read the town"), Level.NAMED)
    address_level = level_field(_("who may read the address and the way there"), Level.NAMED)

    class Meta:
        ordering = ["country", "key"]
        verbose_name = _("place")
        verbose_name_plural = _("places")

    def clean(self) -> None:
        if self.town_id and self.country_id and self.town.country_id != self.country_id:
            raise ValidationError({"town": _("Choose a town of the same country.")})


class PlaceText(Text):
    record = ParentalKey(Place, on_delete=models.CASCADE, related_name="texts")
    name = models.CharField(_("name"), max_length=160)
    reach = models.TextField(_("the way there"), blank=True)
    accessible = models.TextField(_("how it is accessible"), blank=True)

    class Meta(Text.Meta):
        constraints = [models.UniqueConstraint(fields=["record", "language"], name="place_text_once")]


class Service(Confidential):
    """A service of an organisation, at any number of places."""

    LEVELS = ("seen_level", "number_level", "email_level", "hours_level", "reach_level")
    PLAIN = (
        "is_shown", *LEVELS, "organisation", "kind", "for_whom", "age_from", "age_to", "languages", "free",
        "hours", "number", "tel", "sms", "email", "website", "keeper",
    )  # fmt: skip
    MANY = ("places", "reader_institutions", "reader_people")
    TEXTS = ("name", "description", "cost", "reach", "bring")
    SEALED = ("number", "tel", "sms", "email", "website", *LEVELS)

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="services", verbose_name=_("organisation")
    )
    kind = models.CharField(_("kind"), max_length=20, choices=ENTERED_KINDS)
    for_whom = models.JSONField(_("for whom"), default=list)
    age_from = models.PositiveSmallIntegerField(
        _("youngest age"), null=True, blank=True, validators=[MaxValueValidator(120)]
    )
    age_to = models.PositiveSmallIntegerField(
        _("oldest age"), null=True, blank=True, validators=[MaxValueValidator(120)]
    )
    languages = models.JSONField(_("languages spoken"), default=list)
    free = models.BooleanField(_("free of charge"), default=True)
    hours = models.CharField(
        _("opening hours"),
        max_length=200,
        blank=True,
        validators=[valid_hours],
        help_text=_("As OpenStreetMap writes them: Mo-Fr 08:00-16:00; Sa 09:00-12:00. Always open: 24/7."),
    )
    number = models.CharField(_("number as shown"), max_length=40, blank=True)
    tel = models.CharField(_("number to dial"), max_length=20, blank=True, validators=[DIGITS])
    sms = models.CharField(_("number for text messages"), max_length=20, blank=True, validators=[DIGITS])
    email = models.EmailField(_("e-mail address"), blank=True)
    website = models.URLField(_("website"), blank=True)
    places = ParentalManyToManyField(Place, blank=True, related_name="services", verbose_name=_("places"))
    seen_level = level_field(_("who may know of this service"))
    number_level = level_field(_("who may read the number"))
    email_level = level_field(_("who may read the e-mail address and website"))
    hours_level = level_field(_("who may read the hours"))
    reach_level = level_field(_("who may read how to reach it"))
    keeper = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("keeper"),
        help_text=_("The publisher who is asked every 90 days whether all of this is still right."),
    )  # fmt: skip
    confirmed = models.DateField(_("confirmed"), default=timezone.localdate, editable=False)
    confirmed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    reminded = models.DateField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ["country", "key"]
        verbose_name = _("service")
        verbose_name_plural = _("services")

    def clean(self) -> None:
        problems = {}
        if bool(self.number) != bool(self.tel):
            problems["tel"] = _("Enter the number both as it is shown and as it is dialled.")
        if self.age_from is not None and self.age_to is not None and self.age_from > self.age_to:
            problems["age_to"] = _("The oldest age cannot be below the youngest age.")
        if problems:
            raise ValidationError(problems)
        refuse_abroad(self, ("number", "tel"))

    def is_due(self, today: date) -> bool:
        """Whether somebody must confirm it again."""
        return today - self.confirmed >= ASK_AFTER

    def is_stale(self, today: date) -> bool:
        """Whether its number may be wrong by now: none is shown."""
        return today - self.confirmed >= SHOWN_FOR


class ServiceText(Text):
    record = ParentalKey(Service, on_delete=models.CASCADE, related_name="texts")
    name = models.CharField(_("name"), max_length=160)
    description = models.TextField(_("what it offers"))
    cost = models.CharField(_("what it costs"), max_length=200, blank=True)
    reach = models.TextField(_("how to reach it"), blank=True)
    bring = models.TextField(_("what to bring"), blank=True)

    class Meta(Text.Meta):
        constraints = [models.UniqueConstraint(fields=["record", "language"], name="service_text_once")]
