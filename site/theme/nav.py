"""The registry of what is in the bar and the foot of a page.

The theme is below every other room, so it can't name their pages: each room registers its own in
`AppConfig.ready()`:

    nav.register("library", _("Library"), "library", 10)
    nav.register("review", _("Reviews"), "review-list", 20, visible=signed_in)
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise

Label = str | Promise | Callable[[HttpRequest], str]
SEARCH = "search"  # this key also gives the bar its search field, which sends `q` by GET


class Place(StrEnum):
    """Where an item is: in the bar of the office, behind its menu, at its end, in the foot. Or on the public
    host: in head or foot, or as a feed for programs. The menu is for those who run Kodeks and use it less
    often."""

    MAIN = "main"
    RUN = "run"
    ACCOUNT = "account"
    FOOT = "foot"
    PUBLIC = "public"
    PUBLIC_TOP = "public-top"
    FEED = "feed"


@dataclass(frozen=True)
class NavItem:
    """What a room registered. `post` makes it a button in a form (sign out)."""

    key: str
    label: Label
    url_name: str
    order: int
    visible: Callable[[HttpRequest], bool]
    place: Place
    post: bool
    icon: str


@dataclass(frozen=True)
class NavEntry:
    """An item as one request sees it. `current` is the value of `aria-current`, or empty."""

    key: str
    label: str
    url: str
    current: str
    post: bool
    icon: str


_items: dict[str, NavItem] = {}


def _always(request: HttpRequest) -> bool:
    return True


def register(
    key: str,
    label: Label,
    url_name: str,
    order: int,
    visible: Callable[[HttpRequest], bool] = _always,
    *,
    place: Place = Place.MAIN,
    post: bool = False,
    icon: str = "",
) -> None:
    """Put an item in its place; `label` may be a callable for what depends on who asks (a person's name).

    Raises ImproperlyConfigured when two rooms take one key.
    """
    taken = _items.get(key)
    if taken and taken.url_name != url_name:
        raise ImproperlyConfigured(f"The navigation key {key!r} is already taken by {taken.url_name!r}.")
    _items[key] = NavItem(key, label, url_name, order, visible, place, post, icon)


def url_of(key: str, request: HttpRequest) -> str:
    """The address of a registered page; empty if there is none for this reader."""
    item = _items.get(key)
    if item is None or not item.visible(request):
        return ""
    return _url(item)


def entries(request: HttpRequest, place: Place) -> list[NavEntry]:
    """The items of one place that this request may see, in order, with the one it is on marked."""
    items = sorted((item for item in _items.values() if item.place == place), key=lambda item: item.order)
    found = [(item, _url(item)) for item in items if item.visible(request)]
    urls = [url for item, url in found if url and not item.post and request.path.startswith(url)]
    here = max(urls, key=len, default="")
    return [
        NavEntry(item.key, _label(item, request), url, _current(url, here, request), item.post, item.icon)
        for item, url in found
        if url
    ]


def _current(url: str, here: str, request: HttpRequest) -> str:
    if not here or url != here:
        return ""
    return "page" if request.path == url else "true"


def _label(item: NavItem, request: HttpRequest) -> str:
    return str(item.label(request) if callable(item.label) else item.label)


def _url(item: NavItem) -> str:
    # The public host mounts fewer pages than the office: what isn't mounted isn't shown.
    try:
        return reverse(item.url_name)
    except NoReverseMatch:
        return ""
