"""Tags of the reading pages: ``{% load kodeks_reading %}``."""

from __future__ import annotations

from django import template

from theme.dates import one_dot
from theme.localized_names import localized_name

register = template.Library()
register.filter("localized_name", localized_name)


@register.filter(name="one_dot")
def one_dot_filter(value: object) -> str:
    """A sentence that ends in a date: ``{% filter one_dot %}{% blocktranslate … %}``."""
    return one_dot(str(value))
