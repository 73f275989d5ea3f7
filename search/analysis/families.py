"""Which languages are analysed alike. The four BCMS languages are one family, and the public site's have
light rules. Any other is reduced to small letters without diacritics."""

from __future__ import annotations

from typing import Final

ENGLISH: Final = "en"
ALBANIAN: Final = "sq"
MACEDONIAN: Final = "mk"
BCMS: Final = "hbs"
FALLBACK: Final = "und"

#: The families with a dictionary.
FAMILIES: Final = (BCMS, MACEDONIAN, ALBANIAN, ENGLISH)

_FAMILY_OF: Final = {
    "en": ENGLISH,
    "sq": ALBANIAN,
    "mk": MACEDONIAN,
    "sr": BCMS,
    "bs": BCMS,
    "hr": BCMS,
    "cnr": BCMS,
    "sh": BCMS,
    "hbs": BCMS,
    "tr": "tr",
    "fr": "fr",
    "fa": "fa",
    "prs": "fa",
    "ar": "ar",
    "ur": "ur",
    "ps": "ps",
}


def family_of(language: str) -> str:
    """The family of a language code, without script and country (sr-Latn, en-GB)."""
    return _FAMILY_OF.get(language.lower().replace("_", "-").split("-")[0], FALLBACK)
