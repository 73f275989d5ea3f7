"""Posters, cards and pictures, each made for one campaign, language, country and size."""

from __future__ import annotations

from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from materials.choices import FORMATS, Format, Size
from people.models import Country, User
from public.languages import native_name

GIVEN_UP_AFTER = timedelta(minutes=5)
"""A material that a worker took up so long ago is taken up again: the worker is gone."""


class MaterialQuerySet(models.QuerySet["Material"]):
    def made(self) -> MaterialQuerySet:
        return self.filter(state=Material.State.MADE)

    def offered(self) -> MaterialQuerySet:
        """What the public may see: published and true today."""
        return self.made().filter(stale_since=None).exclude(published_at=None)

    def out_of_date(self) -> MaterialQuerySet:
        """What was published and is no longer true."""
        return self.made().exclude(stale_since=None).exclude(published_at=None)

    def to_recall(self) -> MaterialQuerySet:
        """What was handed out and is no longer true."""
        return self.out_of_date().filter(recalled_at=None)

    def to_make(self) -> MaterialQuerySet:
        lost = Q(state=Material.State.MAKING, changed__lt=timezone.now() - GIVEN_UP_AFTER)
        return self.filter(Q(state=Material.State.WAITING) | lost)


class Material(models.Model):
    """A file, its texts as they were when it was ordered (``shown``), and the hash of all it was made from.

    A changed number or sentence makes another material, with a code and a word of its own: the word that a
    caller heard tells which one it was.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        MAKING = "making", _("being made")
        MADE = "made", _("made")
        FAILED = "failed", _("could not be made")

    campaign = models.UUIDField(_("campaign"))
    language = models.CharField(_("language"), max_length=10)
    country = models.ForeignKey(Country, models.PROTECT, related_name="+", verbose_name=_("country"))
    size = models.CharField(_("size"), max_length=12, choices=Size.choices)
    inputs = models.CharField(max_length=64)
    shown = models.JSONField()
    title = models.CharField(max_length=255)
    country_name = models.CharField(max_length=120)
    partners = models.CharField(max_length=500, blank=True)
    logos = models.JSONField(default=list)
    checked = models.DateField()
    code = models.CharField(max_length=6, unique=True)
    code_word = models.CharField(_("code word"), max_length=40)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    changed = models.DateTimeField(default=timezone.now)
    problem = models.CharField(max_length=500, blank=True)
    left_out = models.JSONField(default=list)
    file = models.CharField(max_length=100, blank=True)
    thumb = models.CharField(max_length=100, blank=True)
    bytes = models.PositiveIntegerField(default=0)
    accessible = models.BooleanField(default=False)
    by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    stale_since = models.DateTimeField(null=True, blank=True)
    recalled_at = models.DateTimeField(null=True, blank=True)

    objects = MaterialQuerySet.as_manager()

    class Meta:
        ordering = ["campaign", "country", "language", "size", "-id"]
        verbose_name = _("material")
        verbose_name_plural = _("materials")
        constraints = [
            models.UniqueConstraint(fields=["country", "code_word"], name="material_code_word_once"),
            models.UniqueConstraint(
                fields=["campaign", "language", "country", "size", "inputs"], name="material_made_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    @property
    def format(self) -> Format:
        return FORMATS[self.size]

    @property
    def language_name(self) -> str:
        return native_name(self.language)

    @property
    def public_path(self) -> str:
        """Printed on the file and in its QR code; it leads to the page of the campaign."""
        return f"/m/{self.code}/"

    @property
    def file_path(self) -> str:
        """A name that speaks, also in the folder of somebody who has many."""
        return f"/f/{self.code}/{self.file_name}"

    @property
    def quiet_path(self) -> str:
        """A name that says nothing, for discreet pages."""
        return f"/f/{self.code}/notes.{self.format.ending}"

    @property
    def thumb_path(self) -> str:
        return f"/f/{self.code}/small.webp"

    @property
    def file_name(self) -> str:
        return (
            f"kodeks-{self.size}-{self.language}-{self.country_id}-{self.code}.{self.format.ending}".lower()
        )
