"""Word templates of institutions and countries, on which editions are written for their readers."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from documents.models.files import Blob
from documents.text import sha256_of
from people.models import Country, Institution


class WordTemplate(models.Model):
    """A template in use, or one that was; without an ``institution`` the whole country's. ``styles`` says
    which of its styles stands for which of ours. Another file is another template."""

    country = models.ForeignKey(Country, models.PROTECT, related_name="+", verbose_name=_("country"))
    institution = models.ForeignKey(
        Institution, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("institution")
    )
    name = models.CharField(_("name"), max_length=200)
    blob = models.ForeignKey(Blob, models.PROTECT, related_name="+")
    styles = models.JSONField(default=dict)
    facts = models.JSONField(default=dict, db_default={})
    """What was found in it; empty in those of earlier releases until somebody opens their page."""
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    ended = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["institution"],
                condition=Q(ended__isnull=True, institution__isnull=False),
                name="one_template_of_an_institution",
            ),
            models.UniqueConstraint(
                fields=["country"],
                condition=Q(ended__isnull=True, institution__isnull=True),
                name="one_template_of_a_country",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def version(self) -> str:
        """Changes with the template and what its styles stand for: what a file made on it depends on."""
        return sha256_of({"blob": self.blob_id, "styles": self.styles})


def template_for(institution: Institution) -> WordTemplate | None:
    """The template that an institution's documents are written on: its own, else its country's."""
    current = WordTemplate.objects.filter(ended=None).select_related("blob")
    own = current.filter(institution=institution).first()
    return own or current.filter(institution=None, country=institution.country_id).first()
