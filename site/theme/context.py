"""What every template needs to know: the language, the host, the navigation."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language

from theme import locales, nav
from theme.nav import NavEntry

_LEAVE_URL = "https://www.wikipedia.org/"


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
        self.home_url: str = f"/{self.tag}/"
        self.leave_url: str = leave_url()

    @cached_property
    def contact(self) -> Contact | None:
        """For the office alone: the public site has its own."""
        return None if self.is_public else contact()

    @cached_property
    def languages(self) -> list[Language]:
        """The languages of this host's interface, each with the address of this same page in it."""
        host = "KODEKS_PUBLIC_LANGUAGES" if self.is_public else "KODEKS_OFFICE_LANGUAGES"
        only = getattr(settings, host, None)
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
    def public_nav(self) -> list[NavEntry]:
        """The foot of a public page."""
        return nav.entries(self._request, nav.Place.PUBLIC)

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
        return f"/{tag}/{rest}" + (f"?{query}" if query else "")


def kodeks(request: HttpRequest) -> dict[str, Any]:
    """The context processor; one object for one request, under the name `kodeks`."""
    return {"kodeks": Kodeks(request)}
