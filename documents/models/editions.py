"""Editions: one version of an instrument, in all its languages, from draft to superseded."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from documents.choices import ADOPTED, PUBLISHED, State
from documents.models.instruments import Instrument, open_by_classification
from people.access import keys


class EditionQuerySet(models.QuerySet["Edition"]):
    def visible_to(self, user: Any) -> EditionQuerySet:
        """The editions that ``user`` may read now: published ones by their classification, drafts by who
        works on them within it. :func:`documents.access.rights.access_keys` says the same for the search
        index."""
        return self.readable_with(keys(user), getattr(user, "pk", None))

    def readable_with(self, reader_keys: frozenset[str], user_id: int | None = None) -> EditionQuerySet:
        allowed = open_by_classification(reader_keys, user_id, "instrument__")
        owners = [int(key[5:]) for key in reader_keys if key.startswith("work:")]
        granted = [int(key[3:]) for key in reader_keys if key.startswith("ed:") and key[3:].isdecimal()]
        # Of a redacted document nobody reads more than what is published.
        at_work = (Q(instrument__owner__in=owners) | Q(pk__in=granted)) & Q(instrument__redacts=None)
        # The owner's drafters and coordinators are its members, so that every classification but RED lets
        # them read.
        return self.filter(allowed & (Q(state__in=PUBLISHED) | at_work))

    def in_force(self, on: date | None = None) -> EditionQuerySet:
        """In force on a day: by state for today, by dates of validity for any other day."""
        if on is None:
            return self.filter(state=State.IN_FORCE)
        return self.filter(
            Q(state__in=PUBLISHED), Q(valid_from__lte=on), Q(valid_until__isnull=True) | Q(valid_until__gt=on)
        )


class Edition(models.Model):
    """One version of an instrument, which never changes once it is adopted."""

    instrument = models.ForeignKey(
        Instrument, models.PROTECT, related_name="editions", verbose_name=_("document")
    )
    number = models.PositiveIntegerField(_("edition"))
    state = models.CharField(_("state"), max_length=20, choices=State.choices, default=State.DRAFT)
    title = models.CharField(_("title"), max_length=400)
    valid_from = models.DateField(_("in force from"), null=True, blank=True)
    valid_until = models.DateField(
        _("until"), null=True, blank=True, help_text=_("The first day on which it is no longer in force.")
    )
    supersedes = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="superseded_by"
    )
    sha256 = models.CharField(max_length=64, blank=True, editable=False)
    recorded = models.BooleanField(_("adopted before Kodeks"), default=False, editable=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    created = models.DateTimeField(default=timezone.now, editable=False)
    submitted = models.DateTimeField(null=True, blank=True, editable=False)

    objects = EditionQuerySet.as_manager()

    class Meta:
        ordering = ["instrument", "-number"]
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        constraints = [
            models.UniqueConstraint(
                # A withdrawn redacted edition leaves its number to the next one of the same edition.
                fields=["instrument", "number"],
                condition=~Q(state="withdrawn"),
                name="edition_number",
            ),
            models.UniqueConstraint(
                fields=["instrument"], condition=Q(state="in_force"), name="one_edition_in_force"
            ),
            models.UniqueConstraint(
                fields=["instrument"],
                condition=Q(state__in=["draft", "in_review"]),
                name="one_edition_at_work",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title_in(self.instrument.source_language)} ({self.number})"

    @property
    def adopted(self) -> bool:
        return self.state in ADOPTED

    @property
    def published(self) -> bool:
        return self.state in PUBLISHED

    def title_in(self, language: str) -> str:
        """The title in one language, or in the source's where there is none."""
        source = self.instrument.source_language
        return (
            getattr(self, f"title_{language}", None)
            or getattr(self, f"title_{source}")
            or self.instrument.slug
        )


class LanguageVersion(models.Model):
    """An edition in one language: authentic (adopted as law says) or a courtesy translation.

    ``sha256`` is filled at submission. ``later``: the first act did not cover it. ``unfinished``: after the
    adoption it is still written, or waits for its check or act. Readers see the number before it, or none.
    ``submitted``: it waits for its check.
    """

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="versions")
    language = models.CharField(_("language"), max_length=5)
    authentic = models.BooleanField(_("authentic"), default=False)
    number = models.PositiveSmallIntegerField(default=1)
    sha256 = models.CharField(max_length=64, blank=True)
    later = models.BooleanField(default=False)
    unfinished = models.BooleanField(default=False)
    submitted = models.DateTimeField(null=True, blank=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    finished = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["edition", "-authentic", "language", "number"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "language", "number"], name="version_number")
        ]

    def __str__(self) -> str:
        return f"{self.edition}: {self.language}"


class Manifest(models.Model):
    """The hashes of everything that was submitted. Never changed, never removed."""

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="manifests")
    round = models.PositiveSmallIntegerField(default=1)
    sha256 = models.CharField(
        max_length=64, help_text=_("The edition's hash over all its language versions.")
    )
    versions = models.JSONField(help_text=_("Hash of each language version, by language."))
    texts = models.JSONField(help_text=_("Hash of each section's text, by section and language."))
    made = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["edition", "round"]
        constraints = [models.UniqueConstraint(fields=["edition", "round"], name="manifest_round")]

    def __str__(self) -> str:
        return f"{self.edition}, {self.round}: {self.sha256[:12]}"
