"""Names of procedures and stages: shipped ones from the catalogues, a country's own by language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext as _

from theme.localized_names import localized_name
from workflows.choices import StageKind
from workflows.procedures.quorum import ALL, ANY

MOST = 120
"""As many characters as a name has at most."""


class _Serbian(str):
    """A name that is known to be Serbian: it is shown in either script."""

    @property
    def name_sr(self) -> str:
        return str(self)


def display_name(name: str, names: Mapping[str, str] | None = None) -> str:
    """The name on this page: a country's own in its language, else ``name``, translated where shipped."""
    language = (get_language() or "en").partition("-")[0]
    own = (names or {}).get(language)
    if own:
        return localized_name(_Serbian(own) if language == "sr" else own)
    return gettext(name) if name else ""


def names_to_store(typed: Mapping[str, str], shipped: Iterable[str]) -> tuple[str, dict[str, str]]:
    """The name and names to keep of what was typed. An unchanged one of ``shipped`` is stored as its
    message id, so that better translations reach it. Of others, readers of other languages see the English
    or the first one."""
    given = {language: name for language, name in typed.items() if name}
    for name in shipped:
        if given and given == in_each(name, {}, typed):
            return name, {}
    if not given or (len(set(given.values())) == 1 and len(given) == len(typed)):
        return next(iter(given.values()), ""), {}
    return given.get("en") or next(iter(given.values())), given


def in_each(name: str, names: Mapping[str, str], languages: Iterable[str]) -> dict[str, str]:
    """The name in each of these languages; Serbian as stored, or in Cyrillic."""
    found = {}
    for language in languages:
        with translation.override("sr-cyrl" if language == "sr" else language):
            found[language] = names.get(language) or (gettext(name) if name else "")
    return found


def is_names(value: Any) -> bool:
    """Whether this can be stored as names: a text of up to MOST characters for each language."""
    return isinstance(value, dict) and all(
        language in settings.MODELTRANSLATION_LANGUAGES
        and isinstance(name, str)
        and name
        and len(name) <= MOST
        for language, name in value.items()
    )


def title_of(stage: Mapping[str, Any]) -> str:
    """Its name, or the word for its kind."""
    return display_name(stage["name"], stage.get("names")) or str(StageKind(stage["kind"]).label)


def quorum_label(quorum: str, kind: str) -> str:
    """How many must agree, in words; in a consultation, which nobody stops, how many must answer."""
    if kind == StageKind.CONSULTATION:
        if quorum == ALL:
            return _("all must answer")
        return _("one institution must answer") if quorum == ANY else _("%(n)s must answer") % {"n": quorum}
    if quorum == ALL:
        return _("all must answer, at least one must agree")
    return _("one agreement is enough") if quorum == ANY else _("%(n)s must agree") % {"n": quorum}
