"""The numbers, dates and time limits of a text and of its translation."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from babel import Locale

from documents.translation.languages import FAMILIES
from documents.translation.scripts import to_latin

_THOUSANDS = re.compile(r"(?<=\d)[.,'’ \u00a0\u202f](?=\d{3}(?!\d))")
_NUMBER = re.compile(r"\d+")
_AFTER_DAY = re.compile(r"(?<!\d)\d{1,2}\.? ([^\W\d_]{3,})")
_WORD = re.compile(r"[^\W\d_]+")
_CLDR = {"sr": "sr_Latn", "cnr": "sr_Latn_ME", "bs": "bs_Latn"}
_MONTHS = {"mk": "januari fevruari mart april maj juni juli avgust septemvri oktomvri noemvri dekemvri"}
_NUMERALS = {
    "en": "one two three four five six seven eight nine ten eleven twelve",
    "sq": "një dy tre,tri katër pesë gjashtë shtatë tetë nëntë dhjetë njëmbëdhjetë dymbëdhjetë",
    "hbs": "jed dv,obe,oba tri,tr četiri pet šest sedam osam,osmi devet deset jedanaest dvanaest",
    "mk": "ed dv tri četiri pet šest sedum osum devet deset edinaeset dvanaeset",
}
"""One to twelve, as words begin; Macedonian and Serbian in Latin letters."""
_UNITS = {
    "en": "minute=minute hour=hour day=day week=week month=month year=year",
    "sq": "minute=minut hour=or day=dit week=jav month=muaj year=vit,vjet,vjeç",
    "hbs": "minute=minut hour=sat,čas day=dan week=nedelj,nedjelj,sedmic,tjed month=mesec,mjesec year=godin",
    "mk": "minute=minut hour=čas,sat day=den week=nedel,sedmic month=mesec year=godin",
}
"""The units of time limits, as words begin."""


def differing_figures(source: str, source_language: str, target: str, target_language: str) -> list[str]:
    """The numbers and time limits of a text that its translation does not have. There a number may be written
    as a word, and a month as its name."""
    one, other = _Figures(source, source_language), _Figures(target, target_language)
    return [str(number) for number in one.without(other)] or one.other_limits(other)


class _Figures:
    def __init__(self, text: str, language: str) -> None:
        self.text = _THOUSANDS.sub("", to_latin(text)).lower()
        self.family = FAMILIES.get(language, "")
        self.words = _WORD.findall(self.text)
        self.months = _months(language)
        self.numbers = Counter(int(number) for number in _NUMBER.findall(self.text))
        self.numbers.update(self._named_months())

    def _named_months(self) -> Iterator[int]:
        """The months of dates such as "3 December", by their numbers."""
        for word in _AFTER_DAY.findall(self.text):
            yield from (at for at, start in enumerate(self.months, 1) if word.startswith(start))

    def without(self, other: _Figures) -> list[int]:
        """The numbers that the other text has less often, neither as digits nor in words."""
        missing = self.numbers - other.numbers
        return [number for number in missing if not other.writes(number)]

    def writes(self, number: int) -> bool:
        """Whether a word says the number, or names the month of it."""
        if not 1 <= number <= 12:
            return False
        starts = [*self.months[number - 1 : number]]
        starts += _NUMERALS.get(self.family, ",".join(" " * 12)).split()[number - 1 : number]
        return any(word.startswith(tuple(",".join(starts).split(","))) for word in self.words if starts)

    def limits(self) -> set[tuple[int, str]]:
        """The numbers with the unit of time after them."""
        found = set()
        for unit, start in _units(self.family):
            for match in re.finditer(rf"(\d+)\W{{1,3}}(?:[^\W\d_]+ )?{start}", self.text):
                found.add((int(match[1]), unit))
        return found

    def other_limits(self, other: _Figures) -> list[str]:
        """The time limits whose number has another unit in the other text alone."""
        here, there = self.limits(), other.limits()
        theirs = dict(there)
        return [
            str(number)
            for number, unit in sorted(here - there)
            if number in theirs and (number, theirs[number]) not in here
        ]


@lru_cache(maxsize=16)
def _months(language: str) -> tuple[str, ...]:
    """The months by their first letters, in Latin; none where the language is not known."""
    if language not in FAMILIES:
        return ()
    if language in _MONTHS:
        names = _MONTHS[language].split()
    else:
        names = [*Locale.parse(_CLDR.get(language, language)).months["format"]["wide"].values()]
    return tuple(to_latin(name).lower()[:3] for name in names)


@lru_cache(maxsize=8)
def _units(family: str) -> tuple[tuple[str, str], ...]:
    pairs = [pair.split("=") for pair in _UNITS.get(family, "").split()]
    return tuple((unit, start) for unit, starts in pairs for start in starts.split(","))
