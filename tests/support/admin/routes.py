"""Every address of the admin, out of the resolver, with its parameters filled in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product

from django.urls import URLPattern, URLResolver
from wagtail.admin import urls

PARAMETER = re.compile(r"<(?:[a-z_]+:)?(?P<name>\w+)>|\(\?P<(?P<group>\w+)>[^)]*\)")
APPS = {"app_label", "app_name", "content_type_app_name"}
MODELS = {"model_name", "content_type_model_name"}


def patterns(found: list[URLPattern | URLResolver] | None = None, before: str = "") -> Iterator[str]:
    """The routes as the resolver has them, below /admin/."""
    for one in urls.urlpatterns if found is None else found:
        route = before + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from patterns(one.url_patterns, route)
        else:
            yield route


def addresses(things: list[tuple[str, str, str]]) -> Iterator[str]:
    """Every route with each of the things (app, model, key); a route of Wagtail's own that takes no model
    (pages, images), with the first one's key. Each address once."""
    return iter(dict.fromkeys(_filled(things)))


def _filled(things: list[tuple[str, str, str]]) -> Iterator[str]:
    actions = ("delete", "edit", "publish", "unpublish", "move", "tags", "assign_role", "set_active_state")
    for route in patterns():
        if route == "^.*/$":
            continue
        names = {match["name"] or match["group"] for match in PARAMETER.finditer(route)}
        keys = things if names & (APPS | MODELS) or (names and route.startswith("kodeks/")) else things[:1]
        for (app, model, key), action in product(keys, actions if "action" in names else actions[:1]):

            def value(
                match: re.Match[str], app: str = app, model: str = model, key: str = key, action: str = action
            ) -> str:
                name = match["name"] or match["group"]
                if name in APPS:
                    return app
                if name in MODELS:
                    return model
                if name in ("action", "action_name"):
                    return action
                if name in ("filter_spec", "uidb64", "token"):
                    return "width-100"
                return key

            filled = PARAMETER.sub(value, route)
            yield "/admin/" + filled.replace("^", "").replace("$", "").replace("\\.", ".").replace("\\", "")
