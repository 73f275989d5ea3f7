"""Names of countries, institutions and people in the script of the page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

Convert = Callable[[str], str]


def _unchanged(text: str) -> str:
    return text


_to_latin: Convert = _unchanged
_to_cyrillic: Convert = _unchanged


def register(to_latin: Convert, to_cyrillic: Convert) -> None:
    """Hands in the two ways from script to script; done once, when the rooms are opened."""
    global _to_latin, _to_cyrillic
    _to_latin, _to_cyrillic = to_latin, to_cyrillic


def localized_name(name: object) -> str:
    """``name`` in the script of the page: a text, or what has a name or title in each language.

    Any Cyrillic is read in Latin on a Latin page; into Cyrillic goes only what is known to be Serbian.
    """
    text = str(name)
    page = (get_language() or "").lower()
    if page == "sr-latn":
        latin = _to_latin(text)
        # Of a name in Macedonian some letters would stay: then it is better read as it is.
        return text if _has_cyrillic(latin) else latin
    if page == "sr-cyrl" and text in (getattr(name, "name_sr", None), getattr(name, "title_sr", None)):
        return text if _has_cyrillic(text) else _to_cyrillic(text)
    return text


def with_country(institution: Any) -> str:
    """An institution with its country: ministries of several countries have one name. A mere name is given
    back as it is."""
    country = getattr(institution, "country", None)
    return (
        f"{localized_name(institution)} ({localized_name(country)})"
        if country
        else localized_name(institution)
    )


def _has_cyrillic(text: str) -> bool:
    return any("\u0400" <= letter <= "\u04ff" for letter in text)


def then_and_today(then: str, today: str) -> str:
    """The name under which somebody signed, and what they are called today where that is another name."""
    return then if then == today else _("%(name)s (today: %(today)s)") % {"name": then, "today": today}
