"""Links of public pages: `{% load places %}`."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.translation import get_language

from public.models.lines import numbers

register = template.Library()


@register.simple_tag(takes_context=True)
def keep(context: dict[str, Any], path: str) -> str:
    """`{% keep path %}`: with the chosen country, and in a discreet page to the twin."""
    place = getattr(context.get("request"), "place", None)
    return place.address(path) if place else path


@register.inclusion_tag("public/emergency.html")
def emergency(country: str) -> dict[str, Any]:
    """`{% emergency country.code %}`: police and ambulance of a country."""
    own = next((one for one in numbers(get_language() or "en") if one.country.code == country), None)
    return {"country": own.country, "emergency": own.emergency} if own else {}
