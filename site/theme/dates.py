"""Dates in the words of each language. Pure, knows no Django.

Two cases: `long_date` is the date as a label ("14. март 2026."), `of_date` the date after "since", "until",
"on" ("14. марта 2026."), where the South Slavic languages and Albanian change the words and CLDR doesn't.
"""

from __future__ import annotations

import re
from datetime import date, datetime

from babel.dates import format_date, format_skeleton, format_time

from theme.locales import cldr_locale

_DOTS = re.compile(r"\.{2,}")
_MONTHS_LATIN = [
    "januara",
    "februara",
    "marta",
    "aprila",
    "maja",
    "juna",
    "jula",
    "avgusta",
    "septembra",
    "oktobra",
    "novembra",
    "decembra",
]
_MONTHS_BS = [month.replace("avgusta", "augusta") for month in _MONTHS_LATIN]
_MONTHS_CYRL = [
    "јануара",
    "фебруара",
    "марта",
    "априла",
    "маја",
    "јуна",
    "јула",
    "августа",
    "септембра",
    "октобра",
    "новембра",
    "децембра",
]
_GENITIVE_MONTHS: dict[str, list[str]] = {
    "sr": _MONTHS_CYRL,
    "sr-cyrl": _MONTHS_CYRL,
    "sr-latn": _MONTHS_LATIN,
    "cnr": _MONTHS_LATIN,
    "bs": _MONTHS_BS,
}
# Monday first, as date.weekday() counts.
_IJEKAVIAN = ["ponedjeljka", "utorka", "srijede", "četvrtka", "petka", "subote", "nedjelje"]
_DAYS_CYRL = ["понедељка", "уторка", "среде", "четвртка", "петка", "суботе", "недеље"]
_WEEKDAYS_AFTER: dict[str, list[str]] = {
    "sr": _DAYS_CYRL,
    "sr-cyrl": _DAYS_CYRL,
    "sr-latn": ["ponedeljka", "utorka", "srede", "četvrtka", "petka", "subote", "nedelje"],
    "cnr": _IJEKAVIAN,
    "bs": _IJEKAVIAN,
    "hr": _IJEKAVIAN,
    "sq": [f"të {day}" for day in ["hënën", "martën", "mërkurën", "enjten", "premten", "shtunën", "dielën"]],
}


def _key(tag: str) -> str:
    return tag.lower().replace("_", "-")


def long_date(day: date, tag: str, *, weekday: bool = False) -> str:
    """The date as a label, with the weekday before it where asked: `петак, 4. децембар 2026.`"""
    return format_date(day, "full" if weekday else "long", locale=cldr_locale(tag))


def of_date(day: date, tag: str, *, weekday: bool = False) -> str:
    """The date as it is after "since", "until" or "on": `петка, 4. децембра 2026.`"""
    months = _GENITIVE_MONTHS.get(_key(tag))
    text = f"{day.day}. {months[day.month - 1]} {day.year}." if months else long_date(day, tag)
    if not weekday:
        return text
    days = _WEEKDAYS_AFTER.get(_key(tag))
    return f"{days[day.weekday()]}, {text}" if days else long_date(day, tag, weekday=True)


def short_date(day: date, tag: str) -> str:
    """A short date with the month as a word (`14 Mar 2026`): in figures, 03/04 is two days."""
    return format_skeleton("yMMMd", day, locale=cldr_locale(tag))


def clock(moment: datetime, tag: str) -> str:
    """Hours and minutes, 24 hours to the day as offices of the region write them."""
    return format_time(moment, "HH:mm", tzinfo=moment.tzinfo, locale=cldr_locale(tag))


def long_moment(moment: datetime, tag: str) -> str:
    """Date and clock together, joined as the language joins them."""
    glue = str(cldr_locale(tag).datetime_formats["medium"])
    return glue.replace("{1}", long_date(moment.date(), tag)).replace("{0}", clock(moment, tag))


def one_dot(sentence: str) -> str:
    """The sentence with one dot where several meet: in several languages a date ends in one already."""
    return _DOTS.sub(".", sentence)
