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
# What a number is called, in every form that stands before days and hours, alone or in one of several words ("njëzet e pesë").
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
    11: "eleven njëmbëdhjetë jedanaest једанаест единаесет",
    12: "twelve dymbëdhjetë dvanaest дванаест дванаесет",
    13: "thirteen trembëdhjetë trinaest тринаест тринаесет",
    14: "fourteen katërmbëdhjetë četrnaest четрнаест четиринаесет",
    15: "fifteen pesëmbëdhjetë petnaest петнаест петнаесет",
    16: "sixteen gjashtëmbëdhjetë šesnaest шеснаест шеснаесет",
    17: "seventeen shtatëmbëdhjetë sedamnaest седамнаест седумнаесет",
    18: "eighteen tetëmbëdhjetë osamnaest осамнаест осумнаесет",
    19: "nineteen nëntëmbëdhjetë devetnaest деветнаест деветнаесет",
    20: "twenty njëzet dvadeset двадесет дваесет",
    30: "thirty tridhjetë trideset тридесет триесет",
    40: "forty dyzet četrdeset четрдесет четириесет",
    50: "fifty pesëdhjetë pedeset педесет",
    60: "sixty gjashtëdhjetë šezdeset шездесет шеесет",
    70: "seventy shtatëdhjetë sedamdeset седамдесет седумдесет",
    80: "eighty tetëdhjetë osamdeset осамдесет осумдесет",
    90: "ninety nëntëdhjetë devedeset деведесет",
    100: "hundred njëqind sto stotinu stotina stotine сто стотину стотина стотине",
    200: "dyqind dvesta dvjesta dvesto dvjesto двеста двјеста двесто двјесто двесте",
    300: "treqind trista tristo триста тристо",
    400: "katërqind četiristo четиристо четиристотини",
    500: "pesëqind petsto петсто петстотини",
    600: "gjashtëqind šeststo шестсто шестстотини",
    700: "shtatëqind sedamsto седамсто седумстотини",
    800: "tetëqind osamsto осамсто осумстотини",
    900: "nëntëqind devetsto деветсто деветстотини",
    1000: "thousand mijë hiljada hiljadu hiljade tisuća tisuću tisuće хиљада хиљаду хиљаде илјада илјади",
}
_NUMBERS = {word: number for number, words in _CALLED.items() for word in words.split()}
_NUMBER = "(?:" + "|".join(sorted(_NUMBERS, key=len, reverse=True)) + r")(?!\w)"
_IN_WORDS = rf"{_NUMBER}(?:(?:\s+(?:and|e|dhe|i|и))?[\s-]+{_NUMBER})*"
_WORD = r"[^\W\d_]+"
_BRACKETED = rf"(?P<again>\d+|{_WORD}(?:[\s-]+{_WORD}){{0,3}})"
_FIXED = "\u00a0\u202f"
_SPAN = (
    rf"(?:(?P<said>\d{{1,3}}(?:[.,{_FIXED}]\d{{3}})+(?!\d)|\d+(?:[.,]\d+)?|{_IN_WORDS})(?:\s*\({_BRACKETED}\))?|\((?P<alone>\d+)\))\s+"
    rf"(?:(?:radn\w+|работн\w+|радн\w+|pune|working|calendar|kalendarsk\w+|календарск\w+)\s+)?"
    rf"(?P<unit>{_WORD})(?:\s+pune)?"
)
_THOUSANDS = re.compile(rf"(?<=\d)[.,{_FIXED}](?=\d{{3}}(?:\D|$))")
"""A sign before three figures parts thousands: no text counts days to the thousandth."""
_DURATION = re.compile(rf"\s*{_SPAN}\s*\.?\Z", re.IGNORECASE)
_DURATION_HERE = re.compile(rf"{_SPAN}(?![\w-])", re.IGNORECASE)
_WORKING = re.compile(r"\b(?:radn|работн|радн|pune\b|working)", re.IGNORECASE)
_CALENDAR = re.compile(rf"(?:{_UNITS[-2][1]}|{_UNITS[-1][1]})\Z", re.IGNORECASE)
NEARLY = 0.08
"""By so much the months of a year differ in their length: one month is neither longer nor shorter than 30 days."""
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
_FIGURES_BEFORE = re.compile(r"\d\s\Z")
_BEGIN = re.compile(rf"(?<![^\s(\[«„“\"'])(?:\d+(?=[\d.,\s(])|\(\d+\)|{_WORD})")
"""What a span may begin with, at the start of a word."""
_COMPILED = tuple((hours, re.compile(f"(?:{pattern})\\Z", re.IGNORECASE)) for hours, pattern in _UNITS)


def hours(text: str) -> float | None:
    """How many hours a text such as "24 hours", "три дена" or "thirty (30) days" says, or None where it is no span of time."""
    found = _DURATION.match(text)
    number = _number(found) if found else None
    if found is None or number is None:
        return None
    for length, unit in _COMPILED:
        if unit.match(found["unit"]):
            return None if length == YEAR and YEARS[0] <= number <= YEARS[1] else number * length
    return None


def _number(found: re.Match[str]) -> float | None:
    """Of one that is written twice the figures count: the words may be any."""
    for said in (found["alone"], found["said"], found["again"]):
        if said and said[0].isdigit():
            return float(_THOUSANDS.sub("", said).replace(",", "."))
    return _said_in_words(found["said"]) if found["said"] else None


def _said_in_words(said: str) -> float | None:
    """What a number in words is: "twenty-five", "njëzet e pesë", "сто дваесет", "one hundred and twenty". None where the words are
    several numbers ("two and five")."""
    thousands = rest = 0
    for word in re.findall(_WORD, said.lower()):
        number = _NUMBERS.get(word)
        if number is None:
            continue  # "and"
        if number == 1000 and not thousands:
            thousands, rest = max(rest, 1) * 1000, 0
        elif number == 100 and rest < 10:
            rest = max(rest, 1) * 100
        elif (
            rest == 0
            or (number < 100 and rest % 100 == 0)
            or (number < 10 and rest % 10 == 0 < rest % 100 - 10)
        ):
            rest += number
        else:
            return None
    return float(thousands + rest)


def spans_in(text: str) -> list[tuple[int, int]]:
    """Where in a text spans of time stand: in "at least 90 days" it is "90 days"."""
    found: list[tuple[int, int]] = []
    end = 0
    for word in _BEGIN.finditer(text):
        if word.start() < end or not _may_begin(text, word):
            continue
        span = _DURATION_HERE.match(text, word.start())
        if span and hours(span.group()) is not None:
            end = span.end()
            found.append(span.span())
    return found


def _may_begin(text: str, word: re.Match[str]) -> bool:
    """Whether a word may be the number of a span. One in brackets alone is the words before it in figures ("twenty-one (21) days");
    at the start of a text it is that of a paragraph."""
    if word.group().startswith("("):
        return text[max(word.start() - 2, 0) : word.start()].rstrip()[-1:].isalpha()
    if word.group()[0].isdigit():
        # "1 500 days" and "step 1, 500 days" look the same: of neither it is said how long it is.
        return not (len(word.group()) == 3 and _FIGURES_BEFORE.search(text, 0, word.start()))
    return word.group().lower() in _NUMBERS


def measured_alike(one: str, other: str) -> bool:
    """Whether it can't be told which of two spans is longer: "30 days" and "one month"."""
    lengths = sorted((hours(one) or 0.0, hours(other) or 0.0))
    by_calendar = {
        bool(found and _CALENDAR.match(found["unit"])) for found in map(_DURATION.match, (one, other))
    }
    return len(by_calendar) > 1 and lengths[1] - lengths[0] <= NEARLY * lengths[1]


def of_working_days(text: str) -> bool:
    """Whether a span counts working days, which no other span can be measured against."""
    return bool(_WORKING.search(text))


def is_date(text: str) -> bool:
    """Whether a text is a date and nothing else: a day or a year must be in it."""
    return len(text) < 60 and bool(_DATE.match(text))
