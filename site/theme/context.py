"""What every template needs to know: the language, the host, the navigation."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Protocol
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language

from theme import locales, nav
from theme.nav import NavEntry
from theme.nav import Place as NavPlace

_LEAVE_URL = "https://www.wikipedia.org/"

LONGEST = 1000
"""Characters of an address that a page repeats in its links to other languages."""


def leave_url() -> str:
    """Where the leave button of the public host goes: somewhere harmless, the installation's choice."""
    return getattr(settings, "KODEKS_LEAVE_URL", "") or _LEAVE_URL


@dataclass(frozen=True)
class Contact:
    """Whom people of the office ask: the installation's KODEKS_CONTACT_* settings."""

    name: str
    mail: str
    phone: str

    @property
    def dial(self) -> str:
        return "".join(letter for letter in self.phone if letter.isdigit() or letter == "+")


def contact() -> Contact | None:
    """None where the installation names nobody."""
    parts = [getattr(settings, f"KODEKS_CONTACT_{part}", "") for part in ("NAME", "MAIL", "PHONE")]
    return Contact(*parts) if any(parts) else None


@dataclass(frozen=True)
class Language:
    """A language of the interface: its tag in addresses, its name in itself, this page in it."""

    tag: str
    name: str
    url: str
    html_lang: str
    html_dir: str
    current: bool


class ReaderPlace(Protocol):
    """What a view of the public host may set as ``request.place``: where its links lead (public.places)."""

    discreet: bool

    def address(self, path: str) -> str: ...
    def twin(self, path: str) -> str: ...


class Kodeks:
    """`kodeks` in every template. Lazy: a page that shows no navigation asks nothing of the database."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request
        self.tag: str = (get_language() or settings.LANGUAGE_CODE).lower()
        self.html_lang: str = locales.html_lang(self.tag)
        self.html_dir: str = locales.direction(self.tag)
        self.script: str = locales.script(self.tag)
        self.demo: bool = bool(getattr(settings, "KODEKS_DEMO", False))
        self.is_public: bool = bool(getattr(request, "public", False))
        self.base: str = "base_public.html" if self.is_public else "base.html"
        self._place: ReaderPlace | None = getattr(request, "place", None)
        self.discreet: bool = bool(self._place and self._place.discreet)
        self.reader: str = self._reader()
        """The language of head and foot: the reader's own, where a document is shown in English instead."""
        self.home_url: str = self._address(f"/{self.reader}/")
        self.leave_url: str = leave_url()

    def _reader(self) -> str:
        came_from = self._request.GET.get("from", "") if self.is_public else ""
        is_other = came_from in dict(settings.LANGUAGES) and came_from not in settings.KODEKS_OFFICE_LANGUAGES
        return came_from if is_other else self.tag

    @cached_property
    def contact(self) -> Contact | None:
        """For the office alone: the public site has its own."""
        return None if self.is_public else contact()

    @cached_property
    def languages(self) -> list[Language]:
        """The languages of this host's interface, each with the address of this same page in it."""
        only = None if self.is_public else getattr(settings, "KODEKS_OFFICE_LANGUAGES", None)
        tags = [tag for tag, _ in settings.LANGUAGES if only is None or tag in only]
        return [
            Language(
                tag=tag,
                name=locales.native_name(tag),
                url=self._same_page(tag),
                html_lang=locales.html_lang(tag),
                html_dir=locales.direction(tag),
                current=tag.lower() == self.tag,
            )
            for tag in tags
        ]

    @cached_property
    def language_name(self) -> str:
        """The name of the language of this page, in itself."""
        return locales.native_name(self.tag)

    @cached_property
    def nav(self) -> list[NavEntry]:
        """The bar's pages; the search has its own field there."""
        return [entry for entry in nav.entries(self._request, nav.Place.MAIN) if entry.key != nav.SEARCH]

    @cached_property
    def run(self) -> list[NavEntry]:
        """What those who run Kodeks find behind the menu of the bar; empty for everybody else."""
        return nav.entries(self._request, nav.Place.RUN)

    @cached_property
    def account(self) -> list[NavEntry]:
        """The end of the bar: sign in, or one's own page and sign out."""
        return nav.entries(self._request, nav.Place.ACCOUNT)

    @cached_property
    def foot(self) -> list[NavEntry]:
        """The foot of an office page."""
        return nav.entries(self._request, nav.Place.FOOT)

    @cached_property
    def public_top(self) -> list[NavEntry]:
        """The head of a public page."""
        return self._addressed(nav.Place.PUBLIC_TOP)

    @cached_property
    def public_nav(self) -> list[NavEntry]:
        """The foot of a public page."""
        return self._addressed(nav.Place.PUBLIC)

    @cached_property
    def feeds(self) -> list[NavEntry]:
        """The feeds that programs find by a public page; none by a discreet one."""
        shown = self.is_public and not self.discreet
        return nav.entries(self._request, nav.Place.FEED) if shown else []

    @cached_property
    def quiet_url(self) -> str:
        """The discreet twin of a public page; empty where this is one, or has none."""
        return "" if self._place is None or self.discreet else self._place.twin(self._request.path)

    def _address(self, path: str) -> str:
        return self._place.address(path) if self._place else path

    def _addressed(self, place: NavPlace) -> list[NavEntry]:
        """In a discreet page only what has a twin."""
        entries = nav.entries(self._request, place)
        if self.discreet and self._place:
            entries = [entry for entry in entries if self._place.twin(entry.url)]
        return [replace(entry, url=self._address(entry.url)) for entry in entries]

    @cached_property
    def search_url(self) -> str:
        """Where the search field sends `q`, or an empty text while there is no search."""
        return nav.url_of(nav.SEARCH, self._request)

    def _same_page(self, tag: str) -> str:
        first, _, rest = self._request.path.lstrip("/").partition("/")
        known = {code.lower() for code, _ in settings.LANGUAGES}
        if first.lower() not in known:
            return f"/{tag}/"
        query = self._request.META.get("QUERY_STRING", "")
        if rest.startswith("sign-in/"):
            # The page after signing in is in the language that somebody chose here.
            wanted = self._request.GET.get("next", "").removeprefix(f"/{first}/")
            query = urlencode({"next": wanted if wanted.startswith("/") else f"/{tag}/{wanted}"})
        page = f"/{tag}/{rest}" + (f"?{query}" if query else "")
        # It stands on the page once for each language.
        return page if len(page) <= LONGEST else f"/{tag}/"


def kodeks(request: HttpRequest) -> dict[str, Any]:
    """The context processor; one object for one request, under the name `kodeks`."""
    return {"kodeks": Kodeks(request)}
