"""Light rules for the languages of the public site: spelling, and the commonest endings.

Larkey's light10 for Arabic, Savoy's minimal stemmer for French, and the first five letters for Turkish. The
regular endings of nouns for Persian, Dari, Urdu and Pashto. A token need not be a word.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

ARABIC: Final = "ar"
PERSIAN: Final = "fa"
URDU: Final = "ur"
PASHTO: Final = "ps"
TURKISH: Final = "tr"
FRENCH: Final = "fr"

#: Raised when the rules here change: indexes made before are made anew.
RULES_VERSION: Final = 2

_MARKS: Final = dict.fromkeys((*range(0x064B, 0x0660), 0x0670, 0x0640, *range(0x06D6, 0x06EE)), "")
_DIGITS: Final = {0x0660 + n: str(n) for n in range(10)} | {0x06F0 + n: str(n) for n in range(10)}
# One letter for what keyboards and countries write in several ways.
_ARABIC: Final = str.maketrans("أإآٱىیۍېئؤةکگ", "اااايييييوهكك") | _MARKS | _DIGITS
_PERSIAN: Final = (
    str.maketrans("أإآٱيىۍېئؤةكۀہۂۃەۓ", "اااایییییوهکه" + "ه" * 4 + "ے") | _MARKS | _DIGITS | {0x0654: ""}
)

_ARABIC_BEGINNINGS: Final = ("وبال", "وكال", "وال", "ولل", "بال", "كال", "فال", "فلل", "لل", "ال", "و")
_ARABIC_ENDINGS: Final = ("ها", "ان", "ات", "ون", "ين", "يه", "ه", "ي")
_PERSIAN_ENDINGS: Final = ("هایشان", "هایش", "هایی", "های", "ها", "ترین", "تر", "گان", "ات", "ان", "ی")
_URDU_ENDINGS: Final = ("یاں", "یوں", "ات", "وں", "یں", "ے", "ی", "ا", "ه")
_PASHTO_ENDINGS: Final = ("ونو", "ونه", "یانو", "انو", "ګان", "یان", "ان", "یو", "و", "ه", "ی")
_TURKISH_PLURAL: Final = re.compile(r"(.{2,}?)l[ae]r(?:[iu]?.{0,7})$")
_TURKISH_LONGEST: Final = 5
_TURKISH_SOFT: Final = str.maketrans("gbd", "kpt")


def normal(family: str, word: str) -> str:
    """A small-lettered word in one spelling."""
    if word.isascii():
        return word
    if family == ARABIC:
        return word.translate(_ARABIC)
    if family in (PERSIAN, URDU, PASHTO):
        return word.translate(_PERSIAN)
    return word


def stem(family: str, word: str) -> str:
    """A word in one spelling without its endings."""
    cut = _STEMMERS.get(family)
    return word if cut is None or word.isdigit() else cut(word)


def _without(word: str, endings: tuple[str, ...], shortest: int = 3) -> str:
    for ending in endings:
        if word.endswith(ending) and len(word) - len(ending) >= shortest:
            return word[: -len(ending)]
    return word


def _arabic(word: str) -> str:
    for beginning in _ARABIC_BEGINNINGS:
        least = 3 if beginning == "و" else 2
        if word.startswith(beginning) and len(word) - len(beginning) >= least:
            word = word[len(beginning) :]
            break
    for ending in _ARABIC_ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 2:
            word = word[: -len(ending)]
    return word


def _persian(word: str) -> str:
    # "نمی‌شود" and "می‌شود" are "شود" with what makes them lasting and denied.
    for beginning in ("نمی", "می"):
        if word.startswith(beginning) and len(word) - len(beginning) >= 3:
            word = word[len(beginning) :]
            break
    return _without(_without(word, _PERSIAN_ENDINGS), ("ی", "ه"))


def _urdu(word: str) -> str:
    return _without(word, _URDU_ENDINGS, 2)


def _pashto(word: str) -> str:
    return _without(word, _PASHTO_ENDINGS, 2)


def _turkish(word: str) -> str:
    """The letters before the plural, and of those the first five. Can and others found that as good as a
    dictionary. What softens before a vowel (çocuk, çocuğu) is hard. The word has no diacritics."""
    if found := _TURKISH_PLURAL.match(word):
        word = found[1]
    word = word[:_TURKISH_LONGEST]
    return word[:-1] + word[-1].translate(_TURKISH_SOFT) if len(word) > 3 else word


def _french(word: str) -> str:
    """Savoy's minimal stemmer: plural, feminine, infinitive."""
    if len(word) < 6:
        return word.removesuffix("s") if len(word) > 3 else word
    if word.endswith("x"):
        return word[:-2] + "l" if word.endswith("aux") else word[:-1]
    for ending in ("s", "r", "e"):
        word = word.removesuffix(ending)
    return word[:-1] if word[-1] == word[-2] else word


_STEMMERS: Final[dict[str, Callable[[str], str]]] = {
    ARABIC: _arabic,
    PERSIAN: _persian,
    URDU: _urdu,
    PASHTO: _pashto,
    TURKISH: _turkish,
    FRENCH: _french,
}
LIGHT: Final = tuple(_STEMMERS)
