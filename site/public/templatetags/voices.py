"""The player of a recording: `{% load voices %}`."""

from __future__ import annotations

from typing import Any

from django import template

from public.voices import TOP

register = template.Library()


@register.inclusion_tag("public/listen.html", takes_context=True)
def listen(context: dict[str, Any], key: Any = None) -> dict[str, Any]:
    """`{% listen %}` in the template of a block; `{% listen "" %}` for title and lead; `{% listen pk %}` for
    a number. Draws nothing where no recording reads the text that is shown."""
    if key is None:
        key = getattr(context.get("block"), "id", TOP)
    voice = (context.get("voices") or {}).get(key)
    return {"voice": voice, "kodeks": context.get("kodeks")}
