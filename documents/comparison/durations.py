"""Spans of time and dates as the texts write them ("24 часа", "2 orë", "седум дена", "31. јануар", "mars 2028"): to say that a
limit got shorter, or that a date is another one.

Every language of the region and English, in every form that follows a number.
"""

from __future__ import annotations

import re

YEAR = 8760
_UNITS: tuple[tuple[float, str], ...] = (
    (1 / 60, r"min|minut\w*|минут\w*"),
    (1, r"h|hours?|or[ëe]\w*|sati?|sata|čas(?:a|ova|ovi)?|h|час(?:а|ова|ови|от)?|сат(?:а|и)?"),
    (24, r"days?|dit[ëe]\w*|dan(?:a|i)?|дан(?:а|и)?|ден(?:а|ови|от)?"),
    (168, r"weeks?|jav[ëe]\w*|nedelj\w+|sedmic\w+|tjedan\w*|tjedn\w+|недељ\w+|недел\w+|седмиц\w+"),
    (730, r"months?|muaj\w*|mjesec\w*|mesec\w*|месец\w*|мјесец\w*"),
    (YEAR, r"years?|vit\w*|vjet\w*|godin\w*|годин\w*"),
)
UNIT = re.compile(
    "(?:"
    + "|".join(pattern for _, pattern in _UNITS)
    + r"|%|percent|përqind\w*|posto|отсто|проценти?|EUR|€|euro?|евра?|евро)\Z",
    re.IGNORECASE,
)
# What a number is called, in every form that stands before days and hours.
_CALLED = {
    1: "one një jedan jednog jedna jednu један једног једна једну еден една",
    2: "two dy dva dve dvije два две двије",
    3: "three tre tri три",
    4: "four katër četiri четири",
    5: "five pesë pet пет",
    6: "six gjashtë šest шест",
    7: "seven shtatë sedam седам седум",
    8: "eight tetë osam осам осум",
    9: "nine nëntë devet девет",
    10: "ten dhjetë deset десет",
    12: "twelve dymbëdhjetë dvanaest дванаест дванаесет",
    14: "fourteen katërmbëdhjetë četrnaest четрнаест четиринаесет",
    15: "fifteen pesëmbëdhjetë petnaest петнаест петнаесет",
    20: "twenty njëzet dvadeset двадесет дваесет",
    30: "thirty tridhjetë trideset тридесет триесет",
    60: "sixty gjashtëdhjetë šezdeset шездесет шеесет",
    90: "ninety nëntëdhjetë devedeset деведесет",
}
_NUMBERS = {word: float(number) for number, words in _CALLED.items() for word in words.split()}
_DURATION = re.compile(
    r"\s*(\d+(?:[.,]\d+)?|[^\W\d_]+)[\s\u00a0]+(?:(?:radn\w+|работн\w+|радн\w+|pune|working|calendar|kalendarsk\w+|календарск\w+)[\s\u00a0]+)?"
    r"([^\W\d_]+)(?:[\s\u00a0]+pune)?\s*\.?\Z"
)
_AFTER = re.compile(
    r"[\s\u00a0]+(?:(?:radn\w+|работн\w+|радн\w+|working|calendar|kalendarsk\w+|календарск\w+)[\s\u00a0]+)?[^\W\d_]+"
)
_WORKING = re.compile(r"\b(?:radn|работн|радн|pune\b|working)", re.IGNORECASE)
MOST_WORDS = 3
"""A number, what kind of days, days."""
YEARS = (1900, 2200)
"""A number of years between these is no span, but a year ("2029 година")."""
_MONTH = (
    r"(?:januar\w*|january|janar\w*|siječ(?:anj|nj\w)|јануар\w*|februar\w*|shkurt\w*|veljač\w|фебруар\w*|февруар\w*|mart|marta|march|mars|marsit|"
    r"ožuj(?:ak|k\w)|март|марта|april\w*|prill\w*|trav(?:anj|nj\w)|април\w*|maj|maja|majit|may|svib(?:anj|nj\w)|мај|маја|juna?|juni|june|qershor\w*|"
    r"lip(?:anj|nj\w)|јуна?|јуни|jula?|juli|july|korrik\w*|srp(?:anj|nj\w)|јула?|јули|a[uv]gust\w?|gusht\w*|kolovoz\w?|август\w?|septemb\w+|shtator\w*|"
    r"ruj(?:an|n\w)|септемб\w+|септемвр\w+|o[kc]tob\w+|tetor\w*|listopad\w?|октоб\w+|октомвр\w+|novemb\w+|nëntor\w*|studen\w{1,3}|новемб\w+|ноемвр\w+|"
    r"de[cz]emb\w+|dhjetor\w*|prosin(?:ac|c\w)|децемб\w+|декемвр\w+)"
)
_YEAR = r"(?:19|20|21)\d\d"
_OF_YEAR = r"(?:\s*(?:godin\w+|годин\w+|god\.?|год\.?|g\.|г\.))?"
_DATE = re.compile(
    rf"\s*(?:[0-3]?\d\.?\s+{_MONTH}(?:\s+{_YEAR}\.?)?|{_MONTH}\s+(?:[0-3]?\d,\s+)?{_YEAR}\.?|[0-3]?\d[./]\s?[01]?\d[./]\s?{_YEAR}\.?|{_YEAR}-[01]\d-[0-3]\d){_OF_YEAR}\s*\Z"
    rf"|\s*{_YEAR}\.?\s+(?:godin\w+|годин\w+)\s*\Z",
    re.IGNORECASE,
)
_COMPILED = tuple((hours, re.compile(f"(?:{pattern})\\Z", re.IGNORECASE)) for hours, pattern in _UNITS)


def hours(text: str) -> float | None:
    """How many hours a text such as "24 hours" or "три дена" says, or None where it is no span of time."""
    found = _DURATION.match(text)
    if not found:
        return None
    said = found.group(1)
    number = float(said.replace(",", ".")) if said[0].isdigit() else _NUMBERS.get(said.lower())
    for length, unit in _COMPILED:
        if number is not None and unit.match(found.group(2)):
            return None if length == YEAR and YEARS[0] <= number <= YEARS[1] else number * length
    return None


def spans_in(text: str) -> list[str]:
    """The spans of time in a text, as they stand there: "at least 90 days" has the one "90 days"."""
    words = text.split()
    found: list[str] = []
    start = 0
    while start < len(words) - 1:
        for end in range(min(start + MOST_WORDS, len(words)), start + 1, -1):
            piece = " ".join(words[start:end]).rstrip(".,;:")
            if hours(piece) is not None:
                found.append(piece)
                start = end
                break
        else:
            start += 1
    return found


def of_working_days(text: str) -> bool:
    """Whether a span counts working days, which no other span can be measured against."""
    return bool(_WORKING.search(text))


def unit_at(text: str) -> str:
    """What a text that follows a number begins with, if it may be a unit: " дана", " радних дана"."""
    found = _AFTER.match(text)
    return found.group() if found else ""


def is_date(text: str) -> bool:
    """Whether a text is a date and nothing else: a day or a year must be in it."""
    return len(text) < 60 and bool(_DATE.match(text))
