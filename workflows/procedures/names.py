"""The names of procedures and their stages in every language: the shipped ones from the catalogues, a
country's own as it gives them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import get_language, gettext

from theme.localized_names import localized_name

MOST = 120
"""As many characters as a name has at most."""


class _Serbian(str):
    """A name that is known to be Serbian: it is shown in either script."""

    @property
    def name_sr(self) -> str:
        return str(self)


def words(name: str, names: Mapping[str, str] | None = None) -> str:
    """What a procedure or a stage is called on this page.

    ``names`` are a country's own, by language; a reader of another language reads ``name``, which the
    catalogues translate where it is a shipped one, and which stays as it was typed otherwise.
    """
    language = (get_language() or "en").partition("-")[0]
    own = (names or {}).get(language)
    if own:
        return localized_name(_Serbian(own) if language == "sr" else own)
    return gettext(name) if name else ""


def kept(typed: Mapping[str, str], shipped: Iterable[str]) -> tuple[str, dict[str, str]]:
    """The name and the names to keep of what was typed in each language.

    One of the ``shipped`` names, where all are as the catalogues have it, is kept as that alone: a better
    translation reaches it later. Else the English one, or the first that there is, is what readers of other
    languages see.
    """
    given = {language: name for language, name in typed.items() if name}
    for name in shipped:
        if given and given == in_each(name, {}, typed):
            return name, {}
    if not given or (len(set(given.values())) == 1 and len(given) == len(typed)):
        return next(iter(given.values()), ""), {}
    return given.get("en") or next(iter(given.values())), given


def in_each(name: str, names: Mapping[str, str], languages: Iterable[str]) -> dict[str, str]:
    """The name in each of these languages; Serbian as it is kept, or in Cyrillic."""
    found = {}
    for language in languages:
        with translation.override("sr-cyrl" if language == "sr" else language):
            found[language] = names.get(language) or (gettext(name) if name else "")
    return found


def is_names(value: Any) -> bool:
    """Whether this can be kept as names: a text of up to MOST characters for each language."""
    return isinstance(value, dict) and all(
        language in settings.MODELTRANSLATION_LANGUAGES
        and isinstance(name, str)
        and name
        and len(name) <= MOST
        for language, name in value.items()
    )
