"""Languages of audio and video in templates: `{% load recordings %}`."""

from __future__ import annotations

from django import template

from public.languages import native_name
from theme import locales

register = template.Library()
register.filter("own_name", native_name)
register.filter("html_lang", locales.html_lang)
