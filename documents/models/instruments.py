"""Instruments: a strategy, an SOP, a referral mechanism as a whole, through all its editions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from documents.choices import Classification, Kind, Level
from documents.models.access_table import OPENED_TO, Standing
from people.access import GREEN, keys
from people.models import Country, Institution


class Instrument(models.Model):
    """A policy instrument as a whole. Its address is set once; a renaming keeps the old one."""

    country = models.ForeignKey(
        Country, models.PROTECT, related_name="instruments", verbose_name=_("country")
    )
    slug = models.CharField(
        _("address"),
        max_length=60,
        validators=[
            RegexValidator(
                r"^[a-z0-9]+(-[a-z0-9]+)*$", _("Use only lower-case Latin letters, digits and hyphens.")
            )
        ],
        help_text=_("Lower-case Latin letters, digits and hyphens. You cannot change it later."),
    )
    kind = models.CharField(_("kind"), max_length=30, choices=Kind.choices)
    level = models.CharField(_("level"), max_length=20, choices=Level.choices, default=Level.NATIONAL)
    owner = models.ForeignKey(
        Institution, models.PROTECT, related_name="instruments", verbose_name=_("responsible institution")
    )
    topics = models.JSONField(_("topics"), default=list, blank=True)
    title = models.CharField(_("title"), max_length=400)
    short_titles = models.JSONField(_("short titles"), default=dict, blank=True)
    """By language, what the document is called in short: "SOP", "НУМ"."""
    languages = models.JSONField(_("languages"), default=list, help_text=_("All languages of the document."))
    source_language = models.CharField(_("drafting language"), max_length=5)
    authentic_languages = models.JSONField(_("authentic languages"), default=list)
    classification = models.CharField(
        _("classification"),
        max_length=20,
        choices=Classification.choices,
        default=Classification.TLP_AMBER_STRICT,
    )
    shared_with = models.ManyToManyField(
        Institution, blank=True, related_name="+", verbose_name=_("shared with")
    )
    named_readers = models.ManyToManyField(
        settings.AUTH_USER_MODEL, blank=True, related_name="+", verbose_name=_("named readers")
    )
    redacts = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, editable=False, related_name="redacted"
    )
    """The document of which this one has the redacted editions, for everybody to read."""
    demonstration = models.BooleanField(default=False, editable=False)
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["country", "slug"]
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        constraints = [models.UniqueConstraint(fields=["country", "slug"], name="instrument_address")]

    def __str__(self) -> str:
        return self.title or self.title_in(self.source_language)

    @property
    def path(self) -> str:
        """Country and slug, the instrument's name in hashes and addresses."""
        return f"{self.country_id}/{self.slug}"

    @property
    def source_first(self) -> list[str]:
        """The languages, that of the source before the others."""
        return sorted(self.languages, key=lambda language: language != self.source_language)

    @property
    def may_be_file(self) -> bool:
        """TLP:RED is read on the page and goes into no file."""
        return self.classification != Classification.TLP_RED

    def title_in(self, language: str) -> str:
        """The title in one language, or in the source's where there is none."""
        return (
            getattr(self, f"title_{language}", None)
            or getattr(self, f"title_{self.source_language}")
            or self.slug
        )


class OldSlug(models.Model):
    """An address that an instrument had before it was renamed."""

    country = models.ForeignKey(Country, models.PROTECT, related_name="+")
    slug = models.CharField(max_length=60)
    instrument = models.ForeignKey(Instrument, models.CASCADE, related_name="old_slugs")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["country", "slug"], name="old_slug_address")]

    def __str__(self) -> str:
        return f"{self.country_id}/{self.slug}"


OPEN_TO_ALL = tuple(kind for kind, opened in OPENED_TO.items() if Standing.ANYONE in opened)


def let_in(user: Any, instrument: Instrument) -> bool:
    """Whether the classification, as it is in the database, lets a person read what is in force."""
    as_it_stands = Instrument.objects.filter(pk=instrument.pk)
    if as_it_stands.filter(classification__in=OPEN_TO_ALL).exists():
        return True  # whoever asks: their rights need not be looked up
    return as_it_stands.filter(open_by_classification(keys(user), user.pk)).exists()


def open_by_classification(reader_keys: frozenset[str], user_id: int | None, prefix: str = "") -> Q:
    """The instruments whose classification lets a reader with these keys read what is in force. ``prefix``
    leads from the queryset's model to the instrument."""
    allowed = Q()
    for standing, reached in _reached(reader_keys, user_id, prefix):
        kinds = [kind for kind, opened in OPENED_TO.items() if standing in opened]
        allowed |= Q(**{f"{prefix}classification__in": kinds}) & reached
    return allowed


def _reached(reader_keys: frozenset[str], user_id: int | None, prefix: str) -> Iterator[tuple[Standing, Q]]:
    """How a reader with these keys stands to instruments, and to which of them."""
    countries = [key.split(":")[1] for key in reader_keys if key.startswith("c:")]
    institutions = [int(key[5:]) for key in reader_keys if key.startswith("inst:")]
    yield Standing.ANYONE, Q()
    if countries:
        yield Standing.COUNTRY, Q(**{f"{prefix}country__in": countries})
    if GREEN in reader_keys:
        yield Standing.MEMBER, Q()
    if institutions:
        shared = Instrument.shared_with.through.objects.filter(institution__in=institutions)
        yield Standing.OWNER, Q(**{f"{prefix}owner__in": institutions})
        yield Standing.SHARED, Q(**{f"{prefix}pk__in": shared.values("instrument")})
    if user_id is not None and f"u:{user_id}" in reader_keys:
        named = Instrument.named_readers.through.objects.filter(user=user_id)
        yield Standing.NAMED, Q(**{f"{prefix}pk__in": named.values("instrument")})


class Contact(models.Model):
    """A line of the call box of a section, in every edition. It names who answers, when, the number, and its
    last check. ``names`` and ``hours`` are texts by content language."""

    instrument = models.ForeignKey(
        Instrument, models.CASCADE, related_name="contacts", verbose_name=_("document")
    )
    uid = models.UUIDField(_("section"))
    position = models.PositiveSmallIntegerField(default=0)
    names = models.JSONField(_("names"), default=dict)
    hours = models.JSONField(_("when and for whom"), default=dict, blank=True)
    number = models.CharField(_("number as shown"), max_length=40)
    tel = models.CharField(_("number to dial"), max_length=40)
    checked = models.DateField(_("last checked"))

    class Meta:
        ordering = ["instrument", "uid", "position", "id"]
        indexes = [models.Index(fields=["instrument", "uid"])]
        verbose_name = _("number to call")
        verbose_name_plural = _("numbers to call")

    def __str__(self) -> str:
        return f"{self.number} ({self.instrument_id}/{self.uid})"


class ContactChange(models.Model):
    """A number to call that one coordinator proposed and another confirms. The row goes once it is decided:
    the audit trail tells of it. ``values`` are the columns of the contact; empty where it is removed."""

    instrument = models.ForeignKey(Instrument, models.CASCADE, related_name="contact_changes")
    uid = models.UUIDField()
    contact = models.OneToOneField(Contact, models.CASCADE, null=True, related_name="change")
    values = models.JSONField(default=dict)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    proposed = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.instrument_id}/{self.uid}, {self.pk}"
