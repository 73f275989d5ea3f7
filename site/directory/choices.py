"""Kinds of services, and whom they are for."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Kind(models.TextChoices):
    """What a service does; the first that somebody looks for come first."""

    ADVICE = "advice", _("Advice and first contact")
    SHELTER = "shelter", _("A safe place to stay")
    LEGAL = "legal", _("Legal help")
    HEALTH = "health", _("Health care")
    PSYCHOLOGICAL = "psychological", _("Psychological support")
    CHILDREN = "children", _("Help for children and young people")
    MOBILE = "mobile", _("Help on the spot by a mobile team")
    RETURN = "return", _("Help to return home")
    WORK = "work", _("Help with work and training")
    HOTLINE = "hotline", _("Number to call")


class ForWhom(models.TextChoices):
    EVERYBODY = "everybody", _("Everybody")
    WOMEN = "women", _("Women")
    MEN = "men", _("Men")
    CHILDREN = "children", pgettext_lazy("for whom a service is", "Children")
    FAMILIES = "families", _("Families")
    MIGRANTS = "migrants", _("People on the move")
    WORKERS = "workers", _("Workers")


ENTERED_KINDS = [(kind.value, kind.label) for kind in Kind if kind != Kind.HOTLINE]
"""Hotlines are numbers to call of the public site, and are listed with the services."""
