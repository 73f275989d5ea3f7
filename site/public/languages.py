"""Which language stands in where a text is missing, and how that is said."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from babel import Locale, UnknownLocaleError
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext, gettext_noop

from theme import locales
from theme.locales import NEAREST

NAVIGATION = (
    gettext_noop("Get help"),
    gettext_noop("Know the signs"),
    gettext_noop("Before you go"),
    gettext_noop("Services"),
    gettext_noop("Documents"),
    gettext_noop("Search"),
    gettext_noop("Numbers to call"),
    gettext_noop("Delete the traces on your phone"),
    gettext_noop("Who runs this site"),
    gettext_noop("Accessibility"),
    gettext_noop("For researchers and programs"),
    gettext_noop("What is new on this site"),
    gettext_noop("Campaigns"),
    gettext_noop("Privacy: we store nothing about you"),
    gettext_noop("Library"),
    gettext_noop("Search the library"),
    gettext_noop("Glossary"),
)
"""Labels of the head and the foot, which apps register: listed here for the catalogues of readers."""

PUBLIC = tuple(tag for tag, _ in settings.LANGUAGES)
"""Every language of the public site has words of its own (config.catalogues)."""

CYRILLIC, LATIN = "sr-cyrl", "sr-latn"


def stand_in(wanted: str, available: Iterable[str]) -> str | None:
    """The best available language for a reader: itself, a near one, English, any; None of none."""
    there = list(available)
    for tag in (wanted, *NEAREST.get(wanted, ()), "en"):
        if tag in there:
            return tag
    return there[0] if there else None


def native_name(tag: str) -> str:
    """A language's name in itself, also of languages that are only spoken on the telephone."""
    name = locales.native_name(tag)
    if name != locales.html_lang(tag):
        return name
    try:
        own = Locale.parse(tag.replace("-", "_")).get_display_name()
    except (UnknownLocaleError, ValueError):
        return name
    return str(own or name).capitalize()


@dataclass(frozen=True)
class Notice:
    """A sentence in the language that was asked for, and the language that is shown instead."""

    words: str
    asked: str
    shown: str

    @property
    def html_lang(self) -> str:
        return locales.html_lang(self.asked)

    @property
    def direction(self) -> str:
        return locales.direction(self.asked)

    @property
    def shown_name(self) -> str:
        return native_name(self.shown)

    @property
    def shown_html_lang(self) -> str:
        return locales.html_lang(self.shown)

    @property
    def shown_direction(self) -> str:
        return locales.direction(self.shown)


def notice(wanted: str, shown: str) -> Notice | None:
    """None where the page is in the language that was asked for."""
    if wanted == shown:
        return None
    with translation.override(wanted):
        return Notice(gettext("This page is not available in this language yet."), wanted, shown)
