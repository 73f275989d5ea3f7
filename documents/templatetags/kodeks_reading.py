"""Tags of the reading pages: ``{% load kodeks_reading %}``."""

from __future__ import annotations

from django import template

from documents.reading.library import spoken

register = template.Library()


@register.filter(name="spoken")
def spoken_filter(value: object) -> str:
    """A name that the database keeps (``{{ country|spoken }}``), in the script of the page."""
    return spoken(str(value))
