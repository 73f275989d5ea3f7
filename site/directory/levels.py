"""Who may read a field of the directory."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Level(models.TextChoices):
    """Who may read a field, from everybody to those named; see directory.access."""

    PUBLIC = "public", _("Everybody")
    REGION = "region", _("Members of institutions in every country")
    COUNTRY = "country", _("Members of institutions of the country")
    NAMED = "named", _("Only the readers named here")
