"""What rooms above put beside a text that is read: the state of its review, a link to the desk."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest

from documents.models import Edition

Panel = Callable[[HttpRequest, Edition, str, str], str]

_panels: list[Panel] = []


def panel(function: Panel) -> Panel:
    """Registers a function that gives safe HTML for the column beside the text (an ``<h2>`` and more), or an
    empty text, for the request, edition, section's uid (or ""), and language; not on the public host."""
    _panels.append(function)
    return function


def panels(request: HttpRequest, edition: Edition, uid: str, language: str) -> list[str]:
    """What every room says of this page."""
    if request.public:
        return []
    drawn = (function(request, edition, uid, language) for function in _panels)
    return [html for html in drawn if html]
