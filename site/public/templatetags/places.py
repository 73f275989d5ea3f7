"""Links of public pages: `{% load places %}`."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django import template
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language

from public.models.lines import Line, numbers
from public.places import COUNTRY
from public.take_along import Wanted, items

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


@register.filter
def lacks_112(emergency: list[Line]) -> bool:
    """`{% if emergency|lacks_112 %}`: whether police and ambulance have numbers of their own alone."""
    return all(line.hotline.tel != "112" for line in emergency)


MOST_FILES = 6


@register.inclusion_tag("public/take_along_of.html", takes_context=True)
def take_along_of(context: dict[str, Any], page: Any) -> dict[str, Any]:
    """`{% take_along_of page %}`: posters, cards and pictures of a campaign, in its language and the chosen
    country. None in a discreet page, whose addresses say nothing."""
    kodeks, here = context.get("kodeks"), context.get("here")
    if kodeks is None or kodeks.discreet:
        return {}
    chosen = here.chosen.country.code if here and here.chosen else page.country_id or ""
    found = items(Wanted(page.translation_key, page.tag, chosen)) if page.pk else []
    try:
        path = reverse("materials:index")
    except NoReverseMatch:
        return {}
    query = {"campaign": str(page.pk), "language": page.tag} | ({COUNTRY: chosen} if chosen else {})
    return {"items": found[:MOST_FILES], "kodeks": kodeks, "more_url": f"{path}?{urlencode(query)}"}
