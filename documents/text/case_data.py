"""Traces of a real person in a text: no case data is ever stored (docs/publishing-steps.md).

The numbers are those that states give to people. JMBG (Serbia, Bosnia and Herzegovina, Montenegro, North
Macedonia) and IBAN have check digits. Albania's has a date in it. Of the others a word before them says what
they are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from stdnum import iban
from stdnum.si import emso


class Kind(StrEnum):
    PERSON_NUMBER = "person_number"
    PASSPORT = "passport"
    BANK_ACCOUNT = "bank_account"
    PERSON = "person"


@dataclass(frozen=True)
class Trace:
    """``quote``: what was found, as it stands in the text."""

    kind: Kind
    quote: str


JMBG = re.compile(r"(?<!\d)\d{13}(?!\d)")
ALBANIAN = re.compile(r"(?<!\w)[A-T]\d(?:0[1-9]|1[0-2]|5[1-9]|6[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[A-W](?!\w)")
KOSOVAN = re.compile(
    r"(?:num(?:ri|rin)? personal|li[čc]n[io] broj|лични број|personal n(?:umber|o)\.?|матичен број)\D{0,12}"
    r"(?<!\d)(\d{10})(?!\d)",
    re.IGNORECASE,
)
PASSPORT = re.compile(
    r"(?:passport|pasaport\w*|paso[šs]\w*|putovnic\w*|пасош\w*|identity card|letërnjoftim\w*|"
    r"osobn\w+ iskaznic\w*|li[čc]n\w+ kart\w*|личн\w+ карт\w*)"
    r"\W{1,3}(?:\w{1,6}\W{1,3}){0,2}(?<!\w)([^\W\d_]{0,2}\d{6,9})(?!\w)",
    re.IGNORECASE,
)
IBAN = re.compile(r"(?<!\w)[A-Z]{2}\d{2}(?:[ ]?[A-Z0-9]{4}){2,7}(?:[ ]?[A-Z0-9]{1,4})?(?!\w)")
DATE = re.compile(
    r"(?<!\d)(?:0?[1-9]|[12]\d|3[01])[./-] ?(?:0?[1-9]|1[0-2])[./-] ?(?:19[3-9]|20[0-2])\d(?!\d)"
)
PHONE = re.compile(r"(?<![\w.])(?:\+|00)\d[\d /()-]{7,16}\d|(?<![\w./])0\d{2}[ /-]?\d{3}[ /-]?\d{3,4}(?!\d)")
NAME = re.compile(r"\b[^\W\d_a-zа-яђјљњћџѓѕќ][^\W\d_A-ZА-Я]{2,} [^\W\d_a-zа-яђјљњћџѓѕќ][^\W\d_A-ZА-Я]{2,}")


def traces(text: str) -> list[Trace]:
    """What points to a real person, in the order of the kinds. A person warns and decides: it may be none."""
    found = [
        *_found(Kind.PERSON_NUMBER, JMBG, text, emso.is_valid),
        *_found(Kind.PERSON_NUMBER, ALBANIAN, text),
        *_found(Kind.PERSON_NUMBER, KOSOVAN, text),
        *_found(Kind.PASSPORT, PASSPORT, text),
        *_found(Kind.BANK_ACCOUNT, IBAN, text, iban.is_valid),
        *_persons(text),
    ]
    return list(dict.fromkeys(found))


def _found(
    kind: Kind, pattern: re.Pattern[str], text: str, valid: Callable[[str], bool] = bool
) -> Iterator[Trace]:
    for hit in pattern.finditer(text):
        quote = hit[hit.lastindex or 0]
        if valid(quote):
            yield Trace(kind, quote)


def _persons(text: str) -> Iterator[Trace]:
    """A name, a date of birth and a number to call in one paragraph."""
    for paragraph in text.split("\n"):
        date, phone, name = DATE.search(paragraph), PHONE.search(paragraph), NAME.search(paragraph)
        if date and phone and name:
            yield Trace(Kind.PERSON, f"{name[0]}, {date[0]}, {phone[0]}")
