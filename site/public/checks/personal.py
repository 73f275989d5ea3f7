"""Data of a person in what everybody will read. Stricter than the screen of documents, which may name
officials, dates and courts: a campaign names nobody.

Not looked for: a name alone, a village, a photograph, a story that neighbours recognise. A person reads for
these.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from documents.text.case_data import (
    BORN,
    DATE,
    NAMED_DATE,
    OFFICIAL,
    SHORT_DATE,
    name_of_person,
    spelled,
)
from public.checks.links import is_official

MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
DATES = (DATE, NAMED_DATE, SHORT_DATE)
NEAR = 40
"""Characters between a date and the word or name that make it one of birth."""
CASE = re.compile(
    r"(?<!\w)(?:(?:case|file|predmet\w*|spis\w*|slučaj\w*|предмет\w*|случај\w*|спис\w*|çështj\w*|dosj\w*|rast\w*"
    r"|affaire|dossier|dosya\w*|dava|القضية|قضية|پرونده|دوسیه|دوسیې|مقدمہ|মামলা)\W{0,3}"
    r"(?:(?:no|nr|br|num\w*|numëri|бр|број|broj|رقم|شماره|نمبر|নম্বর|№)\W{0,3})?"
    r"|(?:K|KO|Ki|KOK|KT|Kž|К|КО|КОК|КТ|Кт)[.-]? ?(?:(?:no|nr|br|бр)\W{0,2})?)"
    r"(?:[^\W\d_]{1,4}[ .-]{0,2})?\d{1,6} ?[/-] ?(?:19|20)?\d\d(?!\w)",
    re.IGNORECASE,
)
STREET = re.compile(
    r"(?<!\w)(?:ul\.|ulica|улица|ул\.|rruga|rr\.|bulevar\w*|булевар\w*|bul\.|бул\.|rue|avenue|sokak|cadde\w*|شارع"
    r"|خیابان|کوچه|سرک|سڑک|گلی|রোড|সড়ক)[ .]{1,2}(?:(?!\d)[^\n,;]){2,40}?[ ,]{1,2}"
    r"(?:br\. ?|бр\. ?|nr\. ?|no\. ?)?\d{1,4}"
    r"|(?<!\w)\d{1,4} (?:[^\W\d_]\w+ ){1,3}(?:Street|Road|Avenue|St\.)(?!\w)"
    r"|(?<!\w)(?:[^\W\d_]\w+ ){1,3}(?:Street|Road|Avenue|Sokak|Caddesi) (?:No:? ?)?\d{1,4}",
    re.IGNORECASE,
)


def mail_addresses(text: str, known: Collection[str]) -> list[str]:
    """Those that are neither of a service nor at a government's or an organisation's host."""
    found = (one.rstrip(".").lower() for one in MAIL.findall(text))
    return [
        one for one in dict.fromkeys(found) if one not in known and not is_official(one.rpartition("@")[2])
    ]


def birth_dates(text: str) -> list[str]:
    """Dates that a word calls one of birth, and dates right after or before a name that are of no act."""
    return list(dict.fromkeys(hit[0] for hit in _dates(spelled(text)) if _is_of_birth(hit)))


def case_numbers(text: str) -> list[str]:
    return [hit[0] for hit in CASE.finditer(spelled(text))]


def home_addresses(text: str, known: Collection[str]) -> list[str]:
    """Streets with a number, not of a place in the directory, in a text that names somebody."""
    text = spelled(text)
    found = [hit[0] for hit in STREET.finditer(text)]
    rest = STREET.sub(" ", text)
    named = any(name_of_person(line) for line in rest.split("\n"))
    return [one for one in found if named and not any(one.casefold() in place.casefold() for place in known)]


def _dates(text: str) -> Iterator[re.Match[str]]:
    for pattern in DATES:
        yield from pattern.finditer(text)


def _is_of_birth(hit: re.Match[str]) -> bool:
    text = hit.string
    around = text[max(hit.start() - NEAR, 0) : hit.start()], text[hit.end() : hit.end() + NEAR]
    if any(BORN.search(one) for one in around):
        return True
    line = around[0].rpartition("\n")[2] + " | " + around[1].partition("\n")[0]
    return not OFFICIAL.search(line) and bool(name_of_person(line))
