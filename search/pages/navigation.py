"""The search in the bar of the office, and in the foot of the public host."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from people.access import has_role
from people.roles import Role
from theme import nav


def _for_reader(request: HttpRequest) -> bool:
    return bool(request.public or request.user.is_authenticated)


def _signed_in(request: HttpRequest) -> bool:
    return not request.public and request.user.is_authenticated


def _operator(request: HttpRequest) -> bool:
    return not request.public and has_role(request.user, Role.OPERATOR)


def _public(request: HttpRequest) -> bool:
    return bool(request.public)


def register() -> None:
    """Called once, when the room is ready."""
    nav.register(nav.SEARCH, _("Search"), "search:page", 5, visible=_for_reader)
    nav.register("glossary", _("Glossary"), "glossary:page", 40, visible=_signed_in, place=nav.Place.FOOT)
    nav.register(
        "saved_searches", _("Saved searches"), "saved:list", 41, visible=_signed_in, place=nav.Place.FOOT
    )
    nav.register(
        "unanswered",
        _("Searches without results"),
        "saved:unanswered",
        42,
        visible=_operator,
        place=nav.Place.FOOT,
    )
    nav.register(
        "public_glossary", _("Glossary"), "glossary:page", 32, visible=_public, place=nav.Place.PUBLIC
    )
    nav.register("public_search", _("Search the library"), "search:page", 31, place=nav.Place.PUBLIC)
