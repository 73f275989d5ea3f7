"""Spans of time and dates as the texts write them ("24 часа", "2 orë", "седум дена", "31. јануар", "mars 2028"): to say that a
limit got shorter, or that a date is another one.

Every language of the region and English, in every form that follows a number.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from documents.comparison.duration_words import (
    HOUR,
    LENGTHS,
    MONTH,
    NUMBER,
    NUMBERS,
    ONLY_TIMES,
    YEAR,
    one_of,
)
from documents.text.division_names import words_of

_AND = r"(?:and|e|dhe|i|и)"
# No number has more words; a text of nothing but numbers is soon looked through.
_IN_WORDS = rf"{NUMBER}(?:(?:\s+{_AND})?[\s-]+{NUMBER}){{0,9}}"
_WORD = r"[^\W\d_]+"
_BRACKETED = rf"(?P<again>\d+|{_WORD}(?:[\s-]+{_WORD}){{0,3}})"
_FIXED = "\u00a0\u202f"
_SPAN = re.compile(
    rf"(?:(?P<said>\d{{1,3}}(?:[.,{_FIXED}]\d{{3}})+(?!\d)|\d+(?:[.,]\d+)?|{_IN_WORDS})(?:\s*\({_BRACKETED}\))?|\((?P<alone>\d+)\))\s+"
    rf"(?:(?:(?P<working>radn\w+|работн\w+|радн\w+|pune|working)|calendar|kalendarsk\w+|календарск\w+)\s+)?"
    rf"(?P<unit>{_WORD})(?![\w-])"
    # "jedan mesec dana" is one month.
    rf"(?:\s+(?:(?P<working_too>pune)|dana|дана)(?![\w-]))?",
    re.IGNORECASE,
)
_THOUSANDS = re.compile(rf"(?<=\d)[.,{_FIXED}](?=\d{{3}}(?:\D|$))")
"""A sign before three figures parts thousands: no text counts days to the thousandth."""
_JOINING = re.compile(_AND, re.IGNORECASE)
_GAP = r"[^\S\n]+"
_JOINT = re.compile(rf"(?P<comma>,)?(?:{_GAP}{_AND})?{_GAP}", re.IGNORECASE)
"""What stands between two units of one span: "one year and six months"."""
_PART_BEFORE = re.compile(
    rf"{one_of(map(words_of, ('article', 'chapter', 'annex', 'numbered', 'sign')))}\w{{0,2}}\Z",
    re.IGNORECASE,
)
_EACH = r"(?:each|every|per|the|this|last|next|svak\w+|свак\w+|секо\w+|çdo)(?!\w)"
"""Before a unit that is no part of a span: "every year", "svake godine"."""
_GREAT = [word for word, number in NUMBERS.items() if number > 9]
_UNREAD_NUMBER = re.compile(
    rf"(?:{one_of(word for word in _GREAT if len(word) > 3)}|(?:sto|сто)(?:tinj|тињ|[ieи]?{one_of(NUMBERS)}))[\w-]*"
    rf"|{one_of(word for word in _GREAT if len(word) <= 3)}(?:-\w+)?",
    re.IGNORECASE,
)
"""A word that is the beginning of a number ("stodvadeset i pet dana"); the shortest begin other words too ("tenant", "stoji")."""
_MORE_BEHIND = re.compile(
    rf"{_GAP}{_AND}{_GAP}(?:(?:a{_GAP})?(?:half|quarter|pola?|polovina|gjysmë|пола?|половина)(?!\w)"
    # "Two months and a half", but "30 days and on request" ("i po zahtjevu").
    rf"|(?:po|по)(?!\w)(?!{_GAP}(?!(?:{one_of(LENGTHS)}|\w{{1,3}}|nakon|pri?je|posl\w+|након|при?је|посл\w+|пред)(?!\w))\w)"
    rf"|(?!{NUMBER}|{_EACH})(?:a{_GAP})?{_WORD}{_GAP}(?P<unit>{one_of(LENGTHS)})(?!\w))",
    re.IGNORECASE,
)
"""Behind what is only the beginning of a span: "two days and a half", "three months and several days"."""
_FAR = 60
"""So many letters before a span are enough to see that."""
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


class Part(NamedTuple):
    """One unit of a span, all in minutes."""

    unit: int
    long: float
    working: bool


@dataclass(frozen=True, slots=True)
class Span:
    """Where in a text a span of time stands, and its parts: of "one year and six months" two. ``loose``: whether those may be two
    spans: a comma parts them, or of the lesser unit there is more than one of the greater."""

    start: int
    end: int
    parts: tuple[Part, ...]
    loose: bool = False


def hours(text: str) -> float | None:
    """How many hours a text such as "24 hours", "три дена" or "thirty (30) days" says, or None where it is no span of time."""
    span = span_of(text)
    return sum(part.long for part in span.parts) / HOUR if span else None


def span_of(text: str) -> Span | None:
    """The span that a text is; None where it is none, or says more than that."""
    text = text.strip(" .")
    found = spans_in(text)
    return found[0] if len(found) == 1 and (found[0].start, found[0].end) == (0, len(text)) else None


def spans_in(text: str) -> list[Span]:
    """The spans of time in a text: in "at least 90 days" it is "90 days". One of which not all can be read is none."""
    found: list[Span] = []
    end = 0
    for word in _BEGIN.finditer(text):
        if word.start() < end or not _may_begin(text, word):
            continue
        read = _SPAN.match(text, word.start())
        if read is None or read["unit"].lower() not in LENGTHS:
            continue
        end = read.end()
        part = _part(read)
        last = found[-1] if found else None
        joint = last and _JOINT.fullmatch(text, last.end, read.start())
        if part is None or _goes_on(text, end, part.unit):
            if joint:
                found.pop()
        elif last and joint and part.unit < last.parts[-1].unit:
            loose = last.loose or bool(joint["comma"]) or part.long >= last.parts[-1].unit
            found[-1] = Span(last.start, end, (*last.parts, part), loose)
        elif joint or not _ends_unread(text[max(read.start() - _FAR, 0) : read.start()]):
            found.append(Span(read.start(), end, (part,)))
    return found


def is_number(word: str) -> bool:
    return word[:1].isdigit() or word.lower() in NUMBERS


def _may_begin(text: str, word: re.Match[str]) -> bool:
    """Whether a word may be the number of a span. One in brackets alone is the words before it in figures ("twenty-one (21) days");
    at the start of a text it is that of a paragraph."""
    if word.group().startswith("("):
        return text[max(word.start() - 2, 0) : word.start()].rstrip()[-1:].isalpha()
    if word.group()[0].isdigit():
        # "1 500 days" and "step 1, 500 days" look the same: of neither it is said how long it is.
        return not (len(word.group()) == 3 and _FIGURES_BEFORE.search(text, 0, word.start()))
    return word.group().lower() in NUMBERS


def _ends_unread(before: str) -> bool:
    """Before what is no span or only the end of one: "Article 30 days", "a year and six months", "stodvadeset i pet dana"."""
    words = before.rpartition("\n")[2].split()[-3:]
    if words and _PART_BEFORE.match(words[-1]):
        return True
    joined = bool(words and (words[-1].endswith(",") or _JOINING.fullmatch(words[-1])))
    if words and _JOINING.fullmatch(words[-1]):
        words.pop()
    if words and words[-1].rstrip(",").lower() in LENGTHS:
        return joined and not re.match(_EACH, "".join(words[-2:-1]), re.IGNORECASE)
    return bool(words and _UNREAD_NUMBER.fullmatch(words[-1]))


def _goes_on(text: str, end: int, unit: int) -> bool:
    """Whether more of a span stands behind what was read of it, of a lesser unit than that: in "30 days and next year" none does."""
    more = _MORE_BEHIND.match(text, end)
    return more is not None and LENGTHS.get((more["unit"] or "").lower(), 0) < unit


def _part(read: re.Match[str]) -> Part | None:
    number = _number(read)
    unit = LENGTHS[read["unit"].lower()]
    if number is None or (unit == YEAR and YEARS[0] <= number <= YEARS[1]):
        return None
    if read["unit"].lower() == "sat" and number % 10 != 1:
        return None  # "Of the judges three sat": in Serbian it stands behind a one only.
    return Part(unit, number * unit, bool(read["working"] or read["working_too"]))


def _number(read: re.Match[str]) -> float | None:
    """Of one that is written twice the figures count: the words may be any."""
    for said in (read["alone"], read["said"], read["again"]):
        if said and said[0].isdigit():
            return float(_THOUSANDS.sub("", said).replace(",", "."))
    return _said_in_words(read["said"])


def _said_in_words(said: str) -> float | None:
    """What a number in words is: "twenty-five", "njëzet e pesë", "сто дваесет", "one hundred and twenty". None where the words are
    several numbers ("two and five"), or the first of them is missing ("thousand")."""
    thousands = rest = 0
    for word in re.findall(_WORD, said.lower()):
        number = NUMBERS.get(word)
        if number is None:
            continue  # "and"
        if word in ONLY_TIMES and not rest:
            return None
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


def longer_by(one: Span, other: Span) -> float | None:
    """By how many minutes the other span is longer than the one; None where it can't be told: "30 days" and "one month", or "10
    days" and "10 working days"."""
    if one.parts == other.parts:
        return 0
    ways = {
        before.long < now.long
        for before, now in zip(one.parts, other.parts, strict=False)
        if before.long != now.long
    }
    if len(ways) > 1:
        return None  # "Every 2 years and 30 days before the hearing" are two.
    both = [*((part, -1) for part in one.parts), *((part, 1) for part in other.parts)]
    working = sum(sign * part.long for part, sign in both if part.working)
    calendar = sum(sign * part.long for part, sign in both if not part.working and part.unit >= MONTH)
    clock = sum(sign * part.long for part, sign in both if not part.working and part.unit < MONTH)
    by_working = {part.unit for part, _ in both if part.working}
    if one.loose or other.loose or (by_working and (calendar or clock)) or len(by_working) > 1:
        return None
    longer = working + calendar + clock
    return None if calendar and abs(longer) <= NEARLY * abs(calendar) else longer


def is_date(text: str) -> bool:
    """Whether a text is a date and nothing else: a day or a year must be in it."""
    return len(text) < 60 and bool(_DATE.match(text))
