"""The search in the bar of the office, and in the foot of the public host."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from theme import nav


def _for_reader(request: HttpRequest) -> bool:
    return bool(request.public or request.user.is_authenticated)


def register() -> None:
    """Called once, when the room is ready."""
    nav.register(nav.SEARCH, _("Search"), "search:page", 5, visible=_for_reader)
    nav.register("public_search", _("Search the library"), "search:page", 31, place=nav.Place.PUBLIC)
