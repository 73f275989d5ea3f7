"""Serbian and Montenegrin text in its other script.

Cyrillic to Latin is exact, letter by letter. Latin to Cyrillic has to guess. "nj" is one letter (konj) or two
(injekcija), capitals are a title or an acronym. A lone "I" is a numeral or "and". Addresses on the web and by
e-mail stay as they are in both directions. Macedonian is written in one script only and is not meant to be
given to these functions.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import Final

CYRILLIC: Final = "Cyrl"
LATIN: Final = "Latn"

_LETTERS: Final = {
    "а": "a",
    "б": "b",
    "в": "v",
    "г": "g",
    "д": "d",
    "ђ": "đ",
    "е": "e",
    "ж": "ž",
    "з": "z",
    "и": "i",
    "ј": "j",
    "к": "k",
    "л": "l",
    "м": "m",
    "н": "n",
    "о": "o",
    "п": "p",
    "р": "r",
    "с": "s",
    "т": "t",
    "ћ": "ć",
    "у": "u",
    "ф": "f",
    "х": "h",
    "ц": "c",
    "ч": "č",
    "ш": "š",
}
_DIGRAPHS: Final = {"љ": "lj", "њ": "nj", "џ": "dž"}

_TO_LATIN: Final = str.maketrans(
    _LETTERS
    | {cyr.upper(): lat.upper() for cyr, lat in _LETTERS.items()}
    | _DIGRAPHS
    | {cyr.upper(): lat.capitalize() for cyr, lat in _DIGRAPHS.items()}
)
_TO_CYRILLIC: Final = str.maketrans(
    {lat: cyr for cyr, lat in _LETTERS.items()}
    | {lat.upper(): cyr.upper() for cyr, lat in _LETTERS.items()}
    # The Icelandic letter is what some keyboards and old fonts give for Đ.
    | {"Ð": "Ђ", "ð": "ђ", "ś": "с\u0301", "Ś": "С\u0301", "ź": "з\u0301", "Ź": "З\u0301"}
    | {"ǆ": "џ", "ǅ": "Џ", "Ǆ": "Џ", "ǉ": "љ", "ǈ": "Љ", "Ǉ": "Љ", "ǌ": "њ", "ǋ": "Њ", "Ǌ": "Њ"}
)

#: What stays as it is in either direction. A dot, comma or bracket that ends the sentence is not part of it.
_ADDRESS: Final = re.compile(
    r"(?:[a-z][a-z0-9+.-]*://|www\.)[^\s<>\"»“”]*[^\s<>\"»“”.,;:!?)\]]"
    r"|[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
    r"|\b[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:com|org|net|int|info|gov|edu|eu|rs|me|ba|hr|mk|al|xk|ch|uk|срб|мкд)\b(?:/[^\s<>\"»“”]*[^\s<>\"»“”.,;:!?)\]])?",
    re.IGNORECASE,
)

# A capital digraph is LJ among capitals (ЉУБАВ, УЉ) and Lj elsewhere (Љубав).
_CAPITAL_DIGRAPH: Final = re.compile(r"[ЉЊЏ]")

# Montenegrin ś and ź in Cyrillic are two characters each.
_ACUTE: Final = re.compile("([СсЗз])\u0301")
_ACUTE_LATIN: Final = {"С": "Ś", "с": "ś", "З": "Ź", "з": "ź"}

_WORD: Final = re.compile(r"[^\W\d_]+")
_DIGRAPH_LATIN: Final = re.compile(r"[Ll][Jj]|[Nn][Jj]|[Dd][Žž]")

# Where "nj" or "dž" is two letters: a prefix meets a root, or the word came from Latin.
_TWO_LETTERS: Final = re.compile(
    r"\b(?:re|de|sa|mikro|termo|elektro|foto)?in(?=je[kc][tc])"
    r"|\b(?:de|re|dis)?kon(?=ju(?:n[kg]|g|k|ri|stu)|jek)"
    r"|(?:\bvan|\bizvan|\bjedan)(?=jezi[čk]|jedrn)"
    r"|\btan(?=jug)"
    r"|\b(?:ne)?nad(?=ži[vl]|žnje|žanj|žet|župan|žbir)"
    r"|\b(?:ne)?pod(?=žanr|župan|žeg|žiž|žar)"
    r"|\bpred(?=želu|žeteo|žetv|ženidb)"
    r"|\b(?:ne)?od(?=žal|žive|živl|živje|žvać|žvak|ždr|žder|žedn|žubor|žar)",
    re.IGNORECASE,
)

_ROMAN: Final = re.compile(r"(?=[IVXLCDM])M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})\Z")
# Words that are also valid numerals; among capitals they are taken for words.
_WORDS_LIKE_NUMERALS: Final = frozenset({"MI", "LI", "DI", "CIM", "DIM", "MIL", "VID", "MID"})

# Acronyms made of Serbian words: they are written in Cyrillic like any other word.
_DOMESTIC: Final = frozenset(
    [
        "MUP",
        "BIA",
        "EU",
        "UN",
        "SAD",
        "OEBS",
        "NVO",
        "JMBG",
        "PIB",
        "RTS",
        "RTV",
        "SPC",
        "AP",
        "KZ",
        "ZKP",
        "MSP",
        "JLS",
        "PU",
        "OJT",
        "VJT",
        "RH",
        "RS",
        "CG",
        "SRJ",
        "SFRJ",
        "VSS",
        "PDV",
        "MMF",
        "SZO",
        "NRM",
        "VMA",
        "KPZ",
        "MIP",
        "UNESKO",
    ]
)

# Latin words that stay Latin in Cyrillic text although Serbian letters would do.
_FOREIGN: Final = frozenset({"email", "mail", "online", "web", "link", "facebook", "instagram", "viber"})
_FOREIGN_LETTERS: Final = re.compile(r"[qwxy]", re.IGNORECASE)


def to_latin(text: str) -> str:
    """The text with its Serbian or Montenegrin Cyrillic in Latin; what is Latin already stays."""
    return outside_addresses(text, _latin)


def word_to_latin(word: str) -> str:
    """The same for one word between blanks, faster. Most have plain letters, and a Latin one is recognised at
    once."""
    if word.isascii():
        return word
    if word.isalpha() and word.islower():
        latin = word.translate(_TO_LATIN)
        # What has a combining accent is no plain letter, and "isalpha" is false for it.
        return latin if latin.isascii() else unicodedata.normalize("NFC", latin)
    return to_latin(word)


def to_cyrillic(text: str) -> str:
    """The text with its Serbian or Montenegrin Latin in Cyrillic.

    Addresses, Latin acronyms (GRETA, IOM), Roman numerals and words with q, w, x or y stay.
    """
    return outside_addresses(text, _cyrillic)


def script_of(text: str) -> str:
    """`CYRILLIC` or `LATIN`, whichever has more letters in the text; empty where there are none."""
    cyrillic = sum(1 for c in text if "\u0400" <= c <= "\u052f")
    latin = sum(1 for c in text if c.isalpha() and c < "\u0250")
    if not cyrillic and not latin:
        return ""
    return CYRILLIC if cyrillic >= latin else LATIN


def outside_addresses(text: str, convert: Callable[[str], str]) -> str:
    """The text with what is no address in it converted."""
    text = unicodedata.normalize("NFC", text)
    if "." not in text and "@" not in text and "://" not in text:
        return convert(text)
    pieces: list[str] = []
    done = 0
    for match in _ADDRESS.finditer(text):
        pieces += (convert(text[done : match.start()]), match.group())
        done = match.end()
    pieces.append(convert(text[done:]))
    return "".join(pieces)


def _latin(text: str) -> str:
    text = _ACUTE.sub(lambda m: _ACUTE_LATIN[m.group(1)], text)
    return _CAPITAL_DIGRAPH.sub(_latin_capital, text).translate(_TO_LATIN)


def _latin_capital(match: re.Match[str]) -> str:
    text, start, end = match.string, match.start(), match.end()
    before = text[start - 1] if start else ""
    after = text[end] if end < len(text) else ""
    digraph = _DIGRAPHS[match.group().lower()]
    among_capitals = after.isupper() or (not after.isalpha() and before.isupper())
    return digraph.upper() if among_capitals else digraph.capitalize()


def _cyrillic(text: str) -> str:
    return "".join(_cyrillic_line(line) for line in text.splitlines(keepends=True))


def _cyrillic_line(line: str) -> str:
    title = _is_title(line)
    return _WORD.sub(lambda m: m.group() if _stays_latin(m, title) else _cyrillic_word(m.group()), line)


def _is_title(line: str) -> bool:
    """Whether the line is set in capitals, so that capitals say nothing about a word in it."""
    words = [word for word in _WORD.findall(line) if len(word) > 1]
    capitals = [word for word in words if word.isupper()]
    # A word in capitals that is longer than acronyms are is a title (PREVENCIJA); a short one may be either.
    return len(capitals) * 3 >= len(words) * 2 and any(
        len(word) > 4 and word not in _INTERNATIONAL for word in capitals
    )


def _stays_latin(match: re.Match[str], title: bool) -> bool:
    word = match.group()
    if _FOREIGN_LETTERS.search(word) or word.lower() in _FOREIGN:
        return True
    if not word.isupper() or not word.isascii():
        return False
    if len(word) == 1:
        return _is_lone_numeral(match, title)
    if _ROMAN.match(word) and not (title and word in _WORDS_LIKE_NUMERALS):
        return True
    if title or len(word) > 5 or word in _DOMESTIC or _DIGRAPH_LATIN.search(word):
        return word in _INTERNATIONAL
    return True


# Known to be Latin even where a whole line is in capitals.
_INTERNATIONAL: Final = frozenset(
    [
        "GRETA",
        "IOM",
        "UNHCR",
        "UNICEF",
        "UNODC",
        "OSCE",
        "ODIHR",
        "ICMPD",
        "EUROPOL",
        "INTERPOL",
        "FRONTEX",
        "CARIM",
        "GRECO",
        "TLP",
        "SIENA",
        "PDF",
        "ISO",
    ]
)


def _is_lone_numeral(match: re.Match[str], title: bool) -> bool:
    word, line = match.group(), match.string
    if word not in {"I", "V"}:
        return False
    rest = line[match.end() :]
    if re.match(r"\.\s*[A-ZČĆŽŠĐ][a-zčćžšđ]", rest) and not re.match(r"\s*\Z", line[: match.start()]):
        return False  # an initial: "Petar V. Petrović"
    if re.match(r"\s*(?:[.):/–—-]|\Z)", rest):
        return True
    if word == "V":
        return True
    # "deo I odnosi se": a capital inside a sentence; "I pored toga" and "PLAN I PROGRAM" are "and".
    before = line[: match.start()].rstrip()
    return not title and bool(before) and (before[-1].isalnum() or before[-1] == ",")


def _cyrillic_word(word: str) -> str:
    parts = [word]
    split = _TWO_LETTERS.search(word)
    if split:
        parts = [word[: split.end()], word[split.end() :]]
    return "".join(_DIGRAPH_LATIN.sub(_cyrillic_digraph, part) for part in parts).translate(_TO_CYRILLIC)


def _cyrillic_digraph(match: re.Match[str]) -> str:
    letter = _DIGRAPH_CYRILLIC[match.group().lower()]
    return letter.upper() if match.group()[0].isupper() else letter


_DIGRAPH_CYRILLIC: Final = {lat: cyr for cyr, lat in _DIGRAPHS.items()}
