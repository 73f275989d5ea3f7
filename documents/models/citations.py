"""What texts cite: derived from the texts, rebuilt by ``manage.py find_citations``."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from documents.models.editions import Edition
from documents.models.instruments import Instrument


class Broken(models.TextChoices):
    """Why a citation leads to nothing that holds."""

    REPEALED = "repealed", _("repealed")
    WITHDRAWN = "withdrawn", _("withdrawn")
    GONE = "gone", _("no longer in force")


class Citation(models.Model):
    """A citation in a section's text, from ``start`` to ``end`` of the text with this hash.

    ``instrument`` and ``target_uid`` are its target; no instrument: the act is not in Kodeks. ``act``: its
    name in the text. Empty where the document cites itself or only a title shows that it is one.
    ``cross_reference``: the editor of the text set it.
    """

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="citations")
    uid = models.UUIDField()
    language = models.CharField(max_length=5)
    text_hash = models.CharField(max_length=64)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    quote = models.TextField()
    act = models.TextField(blank=True)
    instrument = models.ForeignKey(Instrument, models.CASCADE, null=True, related_name="cited_in")
    target_uid = models.UUIDField(null=True)
    broken = models.CharField(max_length=10, choices=Broken.choices, blank=True)
    cross_reference = models.BooleanField(default=False)

    class Meta:
        ordering = ["edition", "language", "id"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "language", "uid", "start"], name="citation_place")
        ]
        indexes = [models.Index(fields=["instrument", "target_uid"], name="citation_target")]

    def __str__(self) -> str:
        return f"{self.edition_id}/{self.uid} {self.language}: {self.quote}"


class CitationDue(models.Model):
    """An edition whose citations are to be found again; no edition: all of them. Written in the transaction
    of the change, only added, removed by the worker."""

    edition = models.BigIntegerField(null=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.edition or "all")
