"""Names of countries on public pages. A footnote travels with the name of its country (Kosovo*)."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext, gettext_noop

from documents.translation.scripts import to_latin
from people.models import Country
from theme.locales import cldr_locale

KOSOVO = gettext_noop(
    "* This designation is without prejudice to positions on status, and is in line with UNSCR 1244/1999 "
    "and the ICJ Opinion on the Kosovo declaration of independence."
)
"""The footnote as the region has agreed on it. Texts of countries are kept in the languages of instruments;
in those that only the public site speaks, this one is known word for word."""


@dataclass(frozen=True)
class Named:
    """A country's name for one page: the name, and its footnote with the language that this one is in."""

    code: str
    name: str
    footnote: str = ""
    footnote_language: str = ""


def named(country: Country, tag: str) -> Named:
    """The name in the language of the page, from our own words or else from the Unicode locale data."""
    name = _own(country, "name", tag) or _from_locale_data(country, tag)
    footnote, language = _own(country, "footnote", tag), tag
    if not footnote:
        footnote, language = _own(country, "footnote", "en"), "en"
        if footnote == KOSOVO and (known := gettext(footnote)) != footnote:
            footnote, language = known, tag
    if footnote and "*" not in name:
        name += "*"
    return Named(country.pk, name, footnote, language)


def footnotes(countries: list[Named]) -> list[Named]:
    """The countries of a page whose names carry a footnote."""
    return [country for country in countries if country.footnote]


def _own(country: Country, field: str, tag: str) -> str:
    language = tag.partition("-")[0]
    if language not in settings.MODELTRANSLATION_LANGUAGES:
        return ""
    text = getattr(country, f"{field}_{language}") or ""
    return to_latin(text) if tag == "sr-latn" else text


def _from_locale_data(country: Country, tag: str) -> str:
    names = cldr_locale(tag).territories
    return str(names.get(country.pk.upper(), "")) or _own(country, "name", "en") or country.pk.upper()
