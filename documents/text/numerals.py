"""What a section's number is made of: "Член 5", "II.", "2.1.3", "б)". Read from how it is written, and
written for another count.

The alphabet or kind of a sign may be open ("I", "C", "в"). It has several readings then, and its neighbours
decide.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from documents.text.division_names import words_of

ALPHABETS = {
    "en": "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "hr": "ABCČĆDĐEFGHIJKLMNOPRSŠTUVZŽ",
    "sq": "ABCÇDEËFGHIJKLMNOPQRSTUVXYZ",
    "sr": "АБВГДЂЕЖЗИЈКЛЉМНЊОПРСТЋУФХЦЧЏШ",
    "mk": "АБВГДЃЕЖЗЅИЈКЛЉМНЊОПРСТЌУФХЦЧЏШ",
    "ru": "АБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЫЭЮЯ",
}
"""In order of preference; ``ru``: by which Word counts Cyrillic letters."""
ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"),
    (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
MOST_REPEATS = 3
SIGN = r"(?:\d{1,4}|[^\W\d_]{1,8})"
CHAIN = rf"(?P<chain>{SIGN}(?:\.{SIGN})*)"
LETTER = r"(?:\s?[-/])?[^\W\d_]"
END = r"(?P<end>[^\w]*)\Z"
BARE = re.compile(rf"(?P<word>[^\w]*){CHAIN}(?P<tail>{LETTER})?{END}")
WITH_WORD = re.compile(
    rf"(?P<word>[^\w]*(?:[^\W\d_]+\.\s*|[^\W\d_]+\s+)+[^\w]*){CHAIN}(?P<tail>{LETTER}|(?<=\d)/\d{{1,2}})?{END}"
)
LETTERED_ARTICLE = re.compile(
    rf"(?P<word>[^\w]*{words_of('article')}\s*)(?P<chain>\d{{1,4}}(?:\.\d{{1,4}})*)(?P<tail>\.\s?[^\W\d_]){END}",
    re.IGNORECASE,
)
"""Croatia's "Članak 5.a" was inserted after article 5, whereas "Mjera 5.a" is the first in 5."""


@dataclass(frozen=True, slots=True)
class Sign:
    """One number of a label: its value, and its spelling ("1", "01", "I", "i", an alphabet's name)."""

    style: str
    value: int

    def __str__(self) -> str:
        return written(self.style, self.value) or str(self.value)


@dataclass(frozen=True, slots=True)
class Number:
    """A label in its parts. ``lead``: the numbers of the sections that contain it ("2.1." of "2.1.3").
    ``tail``: the letter of one inserted between two ("5-а", "110/a", "Članak 5.a"), or its number after a
    word ("Neni 25/1"). It counts for none."""

    word: str
    lead: tuple[Sign, ...]
    last: Sign
    tail: str
    end: str

    @property
    def chain(self) -> tuple[Sign, ...]:
        return (*self.lead, self.last)

    def __str__(self) -> str:
        return f"{self.word}{'.'.join(map(str, self.chain))}{self.tail}{self.end}"


def written(style: str, value: int) -> str:
    """A value in a style; empty where it has no such sign."""
    if value < 1:
        return str(value) if style == "1" and not value else ""
    if style in ("1", "01"):
        return str(value) if style == "1" else f"{value:02d}"
    if style in ("I", "i"):
        text = _roman(value) if value < 4000 else ""
        return text if style == "I" else text.lower()
    letters = ALPHABETS[style.lower()]
    repeats, index = divmod(value - 1, len(letters))
    text = letters[index] * (repeats + 1) if repeats < MOST_REPEATS else ""
    return text if style.isupper() else text.lower()


def in_style(sign: Sign, style: str) -> Sign:
    """The same value in another style, where it has that."""
    return Sign(style, sign.value) if written(style, sign.value) else sign


def readings(label: str, language: str) -> list[Number]:
    """What a label can be, the likeliest first; nothing where it is none that counts."""
    for pattern in (BARE, LETTERED_ARTICLE, WITH_WORD):
        match = pattern.match(label)
        if match is None:
            continue
        *lead, last = match["chain"].split(".")
        signs = [_signs(sign, language) for sign in lead]
        found = _signs(last, language)
        if found and all(signs):
            first = tuple(every[0] for every in signs)
            return [Number(match["word"], first, one, match["tail"] or "", match["end"]) for one in found]
    return []


def _signs(text: str, language: str) -> list[Sign]:
    if text.isdecimal():
        style = "1" if str(int(text)) == text else "01"
        return [Sign(style, int(text))] if written(style, int(text)) == text else []
    upper = text.isupper()
    if not upper and not text.islower():
        return []
    found: list[Sign] = []
    value = from_roman(text.upper())
    if value:
        found.append(Sign("I" if upper else "i", value))
    if len(set(text)) == 1 and len(text) <= MOST_REPEATS:
        names = sorted(ALPHABETS, key=lambda name: (name != "en", name != language))
        for name in names:
            at = ALPHABETS[name].find(text[0].upper())
            if at >= 0:
                value = at + 1 + (len(text) - 1) * len(ALPHABETS[name])
                found.append(Sign(name.upper() if upper else name, value))
    if len(text) == 1 and text.upper() in "CDLM":
        found = [*found[1:], *found[:1]]
    return found


def _roman(value: int) -> str:
    text = ""
    for worth, sign in ROMAN:
        count, value = divmod(value, worth)
        text += sign * count
    return text


def from_roman(text: str) -> int:
    """What a Roman number is; 0 where it is none, or not written as they are."""
    value, rest = 0, text
    for worth, sign in ROMAN:
        while rest.startswith(sign):
            value, rest = value + worth, rest[len(sign) :]
    return value if not rest and 0 < value < 4000 and _roman(value) == text else 0
