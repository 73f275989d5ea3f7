"""Tiles of a practitioner's first page: where to start in a situation."""

from __future__ import annotations

import hashlib
import json

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from documents.models.instruments import Instrument
from people.models import Country


class StartTile(models.Model):
    """A short way to a document, one of its sections, or a search, for the people of a country."""

    country = models.ForeignKey(Country, models.CASCADE, related_name="+", verbose_name=_("country"))
    title = models.CharField(_("title"), max_length=80)
    instrument = models.ForeignKey(
        Instrument, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("document")
    )
    uid = models.UUIDField(_("section"), null=True, blank=True)
    query = models.CharField(_("search"), max_length=200, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        ordering = ["country", "position", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(instrument__isnull=False, query="")
                | (Q(instrument__isnull=True, uid__isnull=True) & ~Q(query="")),
                name="start_tile_leads_somewhere",
            )
        ]

    def __str__(self) -> str:
        return self.title_in("en")

    def title_in(self, language: str) -> str:
        """The title in a language, else in one of the country's, else in any."""
        wanted = [language, *self.country.languages, *settings.MODELTRANSLATION_LANGUAGES]
        titles = (getattr(self, f"title_{code}", "") for code in wanted)
        return next((title for title in titles if title), "")

    @property
    def version(self) -> str:
        """What a form was filled from: another value means that somebody has changed the tile."""
        titles = [getattr(self, f"title_{code}") for code in settings.MODELTRANSLATION_LANGUAGES]
        values = [*titles, self.instrument_id, str(self.uid), self.query, self.position]
        return hashlib.sha256(json.dumps(values).encode()).hexdigest()[:16]
