"""Redacted editions: what is left out of an edition before everybody may read it, and why."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from documents.models.editions import Edition

SHAPING = ("unmark_redaction", "confirm_redacted_words")
"""Acts of the trail whose rows in the marks may be gone."""


class Ground(models.TextChoices):
    """Why something is left out, as laws on access to information name it."""

    PERSONAL_DATA = "personal_data", _("Personal data")
    SAFETY = "safety", _("Safety of a person")
    INVESTIGATION = "investigation", _("Criminal investigation or court proceedings")
    METHODS = "methods", _("Working methods of the police")
    SECURITY = "security", _("Public security or defence")
    INTERNATIONAL = "international", _("Relations with other states and organisations")
    BUSINESS = "business", _("Business secret")
    OTHER_LAW = "other_law", _("Another law")


class Redaction(models.Model):
    """What is left out of an edition. A second coordinator approves it, bound to both hashes.

    ``source_sha256`` is the hash of the edition's texts, ``sha256`` that of the redacted ones. Neither is
    made public with the other: who has both could try what was left out.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Being prepared")
        PROPOSED = "proposed", _("Waiting for a second person")
        PUBLISHED = "published", _("Published")
        ENDED = "ended", _("Withdrawn")

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="redactions")
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    public_edition = models.OneToOneField(
        Edition, models.PROTECT, null=True, blank=True, related_name="redaction"
    )
    source_sha256 = models.CharField(max_length=64, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created = models.DateTimeField(default=timezone.now)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    proposed = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    approved = models.DateTimeField(null=True, blank=True)
    ended = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        verbose_name = _("redacted edition")
        verbose_name_plural = _("redacted editions")
        constraints = [
            models.UniqueConstraint(
                fields=["edition"],
                condition=models.Q(state__in=["draft", "proposed"]),
                name="one_redaction_at_work",
            ),
            models.UniqueConstraint(
                fields=["edition"], condition=models.Q(state="published"), name="one_redaction_published"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.edition_id}, {self.pk}"


class RedactionMark(models.Model):
    """One place that is left out: a section, a block of it, or words. Places and no words are stored.

    ``uid`` is empty for the title. ``block`` counts from 0, the heading; notes follow the blocks. ``start``
    and ``end`` count the letters of the section's text in ``language``, whose hash is ``text_hash``. With
    both at 0 nothing is left out: ``by`` says that all words of the place are marked in this language.
    """

    redaction = models.ForeignKey(Redaction, models.CASCADE, related_name="marks")
    uid = models.UUIDField(null=True, blank=True)
    language = models.CharField(max_length=5)
    block = models.PositiveIntegerField(null=True, blank=True)
    start = models.PositiveIntegerField(null=True, blank=True)
    end = models.PositiveIntegerField(null=True, blank=True)
    text_hash = models.CharField(max_length=64, blank=True)
    ground = models.CharField(_("legal ground"), max_length=20, choices=Ground.choices)
    words = models.CharField(_("reason"), max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.redaction_id}/{self.uid} {self.ground}"

    @property
    def confirms(self) -> bool:
        return self.end == 0
