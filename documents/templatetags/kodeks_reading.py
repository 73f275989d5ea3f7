"""Tags of the reading pages: ``{% load kodeks_reading %}``."""

from __future__ import annotations

from django import template

from documents.pages.edition.banner import one_dot
from theme.localized_names import spoken

register = template.Library()
register.filter("spoken", spoken)


@register.filter(name="one_dot")
def one_dot_filter(value: object) -> str:
    """A sentence that ends in a date: ``{% filter one_dot %}{% blocktranslate … %}``."""
    return one_dot(str(value))
