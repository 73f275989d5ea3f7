"""Language tags: as they are in addresses, in HTML and in CLDR. Pure, knows no Django."""

from __future__ import annotations

from functools import lru_cache

from babel import Locale

# A language in its own words: a reader looks for the name that they know, not for ours.
NATIVE_NAMES: dict[str, str] = {
    "sq": "Shqip",
    "sr": "Српски",
    "sr-cyrl": "Српски",
    "sr-latn": "Srpski",
    "bs": "Bosanski",
    "hr": "Hrvatski",
    "cnr": "Crnogorski",
    "mk": "Македонски",
    "en": "English",
    "ar": "العربية",
    "fa": "فارسی",
    "prs": "دری",
    "ps": "پښتو",
    "ur": "اردو",
    "bn": "বাংলা",
    "tr": "Türkçe",
    "fr": "Français",
    "so": "Soomaali",
    "ti": "ትግርኛ",
    "am": "አማርኛ",
    "ku": "Kurdî",
    "ckb": "کوردیی ناوەندی",
    "ne": "नेपाली",
    "hi": "हिन्दी",
    "ru": "Русский",
    "uk": "Українська",
    "es": "Español",
    "de": "Deutsch",
    "it": "Italiano",
    "rom": "Romani",
}

NEAREST: dict[str, tuple[str, ...]] = {
    "sr": ("cnr", "bs", "hr"),
    "sr-latn": ("sr-cyrl", "cnr", "bs", "hr"),
    "sr-cyrl": ("sr-latn", "cnr", "bs", "hr"),
    "cnr": ("sr-latn", "bs", "hr", "sr-cyrl"),
    "bs": ("cnr", "sr-latn", "hr", "sr-cyrl"),
    "hr": ("bs", "cnr", "sr-latn", "sr-cyrl"),
    "fa": ("prs",),
    "prs": ("fa",),
}
"""Languages that a reader of another most likely understands, before English."""

# Wider than Django's LANGUAGES_BIDI, which leaves out Pashto and Dari.
_RIGHT_TO_LEFT = frozenset({"ar", "fa", "prs", "ps", "ur", "ckb", "he", "yi", "dv", "ug", "sd"})
_RTL_SCRIPTS = frozenset({"arab", "hebr"})
_CYRILLIC = frozenset({"sr", "mk", "ru", "uk", "bg", "be"})

# CLDR has no Montenegrin or Dari of its own: the nearest ones with the right words.
_CLDR: dict[str, str] = {
    "sr": "sr_Cyrl",
    "sr-cyrl": "sr_Cyrl",
    "sr-latn": "sr_Latn",
    "cnr": "sr_Latn_ME",
    "bs": "bs_Latn",
    "prs": "fa_AF",
    "en": "en_GB",
}


def html_lang(tag: str) -> str:
    """The tag as BCP 47 writes it: `sr-cyrl` gives `sr-Cyrl`, `pt_br` gives `pt-BR`."""
    first, *rest = tag.replace("_", "-").split("-")
    parts = [first.lower()]
    for part in rest:
        if len(part) == 4 and part.isalpha():
            parts.append(part.title())
        elif len(part) == 2 and part.isalpha():
            parts.append(part.upper())
        else:
            parts.append(part.lower())
    return "-".join(parts)


def is_right_to_left(tag: str) -> bool:
    """Whether text in this language runs from right to left; a script in the tag decides first."""
    parts = tag.lower().replace("_", "-").split("-")
    scripts = [part for part in parts[1:] if len(part) == 4 and part.isalpha()]
    if scripts:
        return scripts[0] in _RTL_SCRIPTS
    return parts[0] in _RIGHT_TO_LEFT


def direction(tag: str) -> str:
    """`rtl` or `ltr`, for the `dir` attribute."""
    return "rtl" if is_right_to_left(tag) else "ltr"


def script(tag: str) -> str:
    """`cyrillic`, `latin` or `other`: which slices of the fonts a page in this language needs first."""
    parts = tag.lower().replace("_", "-").split("-")
    if "latn" in parts:
        return "latin"
    if "cyrl" in parts or parts[0] in _CYRILLIC:
        return "cyrillic"
    if is_right_to_left(tag) or parts[0] in {"bn", "ne", "hi", "ti", "am"}:
        return "other"
    return "latin"


def native_name(tag: str) -> str:
    """The language's name in itself, or the tag where we don't know it."""
    key = tag.lower().replace("_", "-")
    return NATIVE_NAMES.get(key) or NATIVE_NAMES.get(key.split("-")[0]) or html_lang(tag)


@lru_cache(maxsize=64)
def cldr_locale(tag: str) -> Locale:
    """The CLDR locale of a page's months and weekdays; English where there is none."""
    key = tag.lower().replace("_", "-")
    for candidate in (_CLDR.get(key), key.replace("-", "_"), _CLDR.get(key.split("-")[0]), key.split("-")[0]):
        if candidate and Locale.negotiate([candidate], [candidate]):
            return Locale.parse(candidate)
    return Locale.parse("en_GB")
