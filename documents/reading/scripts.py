"""Which script a Serbian text is read in, and the text in it. What is kept and hashed is the script that it came in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import get_language

from documents.languages.scripts import CYRILLIC, LATIN, script_of, to_cyrillic, to_latin

TWO_SCRIPTS = frozenset({"sr"})
"""Content languages that are read in either script."""

Convert = Callable[[str], str]


def unchanged(text: str) -> str:
    """The text as it stands."""
    return text


@dataclass(frozen=True, slots=True)
class Script:
    """The script of a text as it came, the one that it is read in, and the way from the one to the other."""

    own: str
    shown: str
    convert: Convert = unchanged


def choose(language: str, wanted: str, sample: str) -> Script:
    """How to read a text in ``language``: in the script ``wanted`` (``Cyrl``, ``Latn``, or empty: as it came).

    ``sample`` is enough of the text to see which script it came in. A text in Cyrillic is never sent through the way to
    Cyrillic, which would take the foreign names in it for Serbian words.
    """
    if language not in TWO_SCRIPTS:
        return Script("", "")
    own = script_of(sample) or CYRILLIC
    if not wanted or wanted == own:
        return Script(own, own)
    return Script(own, wanted, to_latin if wanted == LATIN else to_cyrillic)


def tag(language: str, shown: str) -> str:
    """The language tag of a text as it is shown: ``sr-latn``, ``mk``."""
    return f"{language}-{shown.lower()}" if shown else language


def wanted_by(language_tag: str) -> str:
    """The script that a tag asks for: ``Latn`` for ``sr-latn``; empty where it names none."""
    return {"cyrl": CYRILLIC, "latn": LATIN}.get(language_tag.lower().partition("-")[2], "")


def spoken(name: str) -> str:
    """A name out of the database (a country's, an institution's), in Latin letters on a page in Serbian Latin."""
    return to_latin(name) if get_language() == "sr-latn" else name
