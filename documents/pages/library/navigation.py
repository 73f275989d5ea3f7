"""The library in the bar of the office and in the foot of the public host."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from theme import nav


def _signed_in(request: HttpRequest) -> bool:
    return request.user.is_authenticated


def register() -> None:
    """Called once, when the room is ready."""
    nav.register("library", _("Library"), "documents:library", 10, visible=_signed_in)
    nav.register("public_library", _("Library"), "documents:library", 30, place=nav.Place.PUBLIC)
