"""One spelling for a word, however it was written: script, diacritics, regional variant."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from documents.translation.scripts import to_latin

_INVISIBLE: Final = str.maketrans("", "", "\u00ad\u200b\u200c\u200d\ufeff")
_HYPHENS: Final = str.maketrans("", "", "-\u2010\u2011")

# What Unicode does not take apart into a letter and a mark.
_WHOLE: Final = {
    "đ": "dj", "ð": "dj", "ł": "l", "ø": "o", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "ǆ": "dz",
    "ǉ": "lj", "ǌ": "nj"
}  # fmt: skip


def _plain_table() -> dict[int, str]:
    """Every Latin, Greek or Cyrillic small letter with a mark to the letter without; marks to nothing."""
    table = dict.fromkeys(range(768, 880), "")
    for code in (*range(0xC0, 0x250), *range(0x386, 0x460), *range(0x1E00, 0x2000)):
        bare = unicodedata.normalize("NFD", chr(code))
        if len(bare) > 1 and chr(code) not in "йЙ":
            table[code] = "".join(c for c in bare if not unicodedata.combining(c))
    return table | {ord(letter): typed for letter, typed in _WHOLE.items()}


_PLAIN_ALL: Final = _plain_table()

_MACEDONIAN_PLAIN: Final = str.maketrans({"ѐ": "е", "ѝ": "и"})

_CYRILLIC: Final = re.compile("[\u0400-\u04ff]")

# Macedonian as people type it on a keyboard without Cyrillic.
_MACEDONIAN_LATIN: Final = str.maketrans(
    { "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "ѓ": "gj", "е": "e", "ж": "z", "з": "z", "ѕ": "dz",
    "и": "i", "ј": "j", "к": "k", "л": "l", "љ": "lj", "м": "m", "н": "n", "њ": "nj", "о": "o", "п": "p",
    "р": "r", "с": "s", "т": "t", "ќ": "kj", "у": "u", "ф": "f", "х": "h", "ц": "c", "ч": "c", "џ": "dz",
    "ш": "s", "ѐ": "e", "ѝ": "i", }
)  # fmt: skip


def lower(word: str) -> str:
    """The word in small letters, composed, without invisible characters."""
    if word.isascii():
        return word.lower()
    word = word.translate(_INVISIBLE).lower()
    if not unicodedata.is_normalized("NFC", word):
        word = unicodedata.normalize("NFC", word)
    return word.replace("i\u0307", "i")  # what İ becomes


def unparted(word: str) -> str:
    """A word of `tokenise.word_matches` without the hyphen that may be in it."""
    return word.translate(_HYPHENS)


def plain(word: str) -> str:
    """A small-lettered word without diacritics; đ becomes dj, as it is typed without."""
    if word.isascii():
        return word
    return word.translate(_PLAIN_ALL)


def bcms(word: str) -> str:
    """A small-lettered word of Bosnian, Croatian, Montenegrin or Serbian in Latin letters."""
    return word if word.isascii() or not _CYRILLIC.search(word) else to_latin(word)


def macedonian(word: str) -> str:
    """A small-lettered Macedonian word; ѐ and ѝ are е and и."""
    return word.translate(_MACEDONIAN_PLAIN)


def macedonian_in_latin(word: str) -> str:
    """A Macedonian word as typed without Cyrillic and without diacritics."""
    return word.translate(_MACEDONIAN_LATIN)


# Words in which the rule below would not give the ekavian one.
_EKAVIAN: Final = {
    "dio": "deo", "udio": "udeo", "bijel": "beo", "cijel": "ceo", "smio": "smeo", "htio": "hteo",
    "dijel": "deo", "sjesti": "sesti", "nijesam": "nisam", "ocijeniti": "oceniti", "grijeh": "greh",
    "sjutra": "sutra",
}  # fmt: skip
_NOT_IJEKAVIAN: Final = re.compile(
    r"^(?:hijen|klijent|pacijent|orijent|varijet|higijen|hijerarh|dijet(?:a|al|eti[ck])|ambijent|obijest|premijer|karijer|"
    r"barijer|serij|kolegij|milijar|prijem|prijet|nijet)"
)
_YAT_LONG: Final = re.compile(r"(?<=[bcdfghklmnprstvz])ije(?=.)")
_YAT_SHORT: Final = re.compile(r"(?<=[bcdfgmprstvz])je(?=.)|(?<=[ln])je(?=.{2})")
_YAT_END: Final = re.compile(r"^(gd|ovd|ond|pr|posl|dv|obj)i?je$")


# What else the four standards spell in two ways.
_VARIANTS: Final = (
    ("europ", "evrop"), ("opcin", "opstin"), ("opc", "opst"), ("uopce", "uopste"), ("toca", "taca"),
    ("tock", "tack"), ("kemij", "hemij"), ("svecen", "svesten"), ("histori", "istori"), ("jucer", "juce"),
    ("kirur", "hirur"), ("krscan", "hriscan"), ("prijetnj", "pretnj"),
    ("prijetit", "pretit"), ("zaprijetit", "zapretit"),
)  # fmt: skip
_SPELT_ALIKE: Final = dict(_VARIANTS)
_VARIANT: Final = re.compile("^(" + "|".join(one for one, _ in _VARIANTS) + ")")


def ekavian(lemma: str) -> str:
    """The ekavian of an ijekavian lemma without diacritics (rijec: rec). Applied to every lemma of the four
    languages: other words may change too, but all their forms alike."""
    if _VARIANT.match(lemma):
        lemma = _VARIANT.sub(lambda found: _SPELT_ALIKE[found[1]], lemma)
    if "je" not in lemma and "io" not in lemma:
        return lemma
    known = _EKAVIAN.get(lemma)
    if known is not None:
        return known
    if _NOT_IJEKAVIAN.match(lemma):
        return lemma
    lemma = _YAT_END.sub(r"\1e", lemma)
    return _YAT_SHORT.sub("e", _YAT_LONG.sub("e", lemma))
