"""Which languages the public site itself speaks, and which language stands in where a text is missing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from babel import Locale, UnknownLocaleError
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext, gettext_noop

from theme import locales

FOOTER = (gettext_noop("Library"), gettext_noop("Search the library"), gettext_noop("Glossary"))
"""Messages of other apps in the footer of public pages, listed here so that the Arabic catalogue has them."""

SPOKEN = frozenset(settings.KODEKS_PUBLIC_LANGUAGES)
"""Languages with a catalogue. Pages in others have buttons in the text's language, or English."""

NEAREST: dict[str, tuple[str, ...]] = {
    "sr-latn": ("sr-cyrl", "cnr", "bs", "hr"),
    "sr-cyrl": ("sr-latn", "cnr", "bs", "hr"),
    "cnr": ("sr-latn", "bs", "hr", "sr-cyrl"),
    "bs": ("cnr", "sr-latn", "hr", "sr-cyrl"),
    "hr": ("bs", "cnr", "sr-latn", "sr-cyrl"),
    "fa": ("prs",),
    "prs": ("fa",),
}
"""Languages that a reader of another most likely understands, before English."""

MISSING = {
    "fa": "این صفحه هنوز به فارسی نیست.",
    "prs": "این صفحه هنوز به دری نیست.",
    "ps": "دا پاڼه لا په پښتو نه ده.",
    "ur": "یہ صفحہ ابھی اردو میں نہیں ہے۔",
    "tr": "Bu sayfa henüz Türkçe değil.",
    "fr": "Cette page n’existe pas encore en français.",
}
"""What is said in languages that have no catalogue: this page is not in … yet."""


def stand_in(wanted: str, available: Iterable[str]) -> str | None:
    """The best available language for a reader: itself, a near one, English, any; None of none."""
    there = list(available)
    for tag in (wanted, *NEAREST.get(wanted, ()), "en"):
        if tag in there:
            return tag
    return there[0] if there else None


def chrome(wanted: str, shown: str = "en") -> str:
    """The language of buttons: the one asked for, else the text's, else English."""
    return next((tag for tag in (wanted, shown) if tag in SPOKEN), "en")


def not_translated(wanted: str) -> str:
    """That a page is not in the language asked for yet, in that language."""
    if wanted in MISSING:
        return MISSING[wanted]
    with translation.override(wanted):
        return gettext("This page is not available in this language yet.")


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
    return None if wanted == shown else Notice(not_translated(wanted), wanted, shown)
