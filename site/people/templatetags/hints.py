"""`{% hint %}`: the first-use hint of the page, where the reader has not closed it."""

from __future__ import annotations

from typing import Any

from django import template
from django.template import RequestContext

from people.hints import hint_for

register = template.Library()


@register.inclusion_tag("people/hint.html", takes_context=True)
def hint(context: RequestContext) -> dict[str, Any]:
    request = context.get("request")
    match = getattr(request, "resolver_match", None)
    if request is None or match is None or getattr(request, "public", False):
        return {"hint": None}
    found = hint_for(getattr(request, "user", None), match.view_name)
    return {
        "hint": found,
        "view_name": match.view_name,
        "request": request,
        "csrf_token": context.get("csrf_token"),
    }
