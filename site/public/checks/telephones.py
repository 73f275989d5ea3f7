"""Telephone numbers in a text, and which of them are no service's. Which numbers are services is for the
caller to know: lists of number ranges err (they do not know the Albanian 116 006).

A long number is found anywhere. A short one is a number to call only where a word says so, or where it stands
alone: "122 people" is none.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from documents.text.case_data import PHONE, spelled
from documents.translation.scripts import to_latin
from public.dialling import CALLING_CODES

WITHOUT_PLUS = re.compile(
    rf"(?<![\w+.,/-])(?:{'|'.join(CALLING_CODES.values())})(?:[ /().-]{{0,2}}\d){{8,9}}(?!\w)"
)
SHORT = re.compile(
    r"(?<![\w+.,:/-])\d{3,4}(?:[ -]\d{2,4}){0,3}(?![\w/%٪]|[.,:]\d|-\w)|(?<![\w+.,:/-])\d{5,9}(?!\w)"
)
YEAR = re.compile(r"(?:19|20)\d\d(?: ?- ?(?:19|20)\d\d)?")
EMERGENCY_ELSEWHERE = frozenset(
    ["000", "110", "111", "113", "115", "117", "118", "119", "150", "155", "156", "158", "190", "191", "193",
     "195", "197", "911", "999"]
)  # fmt: skip
"""Numbers that people know from other countries, films and the internet."""
CALL = (
    r"\bcall|\bdial|phone|\btel\b|\bring\b|hotline|helpline|\bsms\b|whatsapp|\bviber|telegram"
    r"|pozov|\bzov|nazov|nazva|\bjav[ie]|javlj|telefon|povik|\bvikn|zvon|svrt"
    r"|thirr|telefono|kontakt"
    r"|اتصل|الاتصال|هاتف|تلفون|مكالمة|تماس|زنگ|تلفن|تلیفون|زنګ|ټلیفون|اړیکه|فون|کال"
    r"|appel|compose|joign|\bara(?:y|\b)|çevir|কল|ফোন|ডায়াল"
)
NAMES = (
    r"number|\bbroj\w*|\bnumr\w*|numéro|numara\w*|رقم|الرقم|شماره|شمېره|نمبر|নম্বর"
    r"|police|polic\w*|polis\w*|ambulan\w*|hitn\w*|urgjenc\w*|emergenc\w*|urgence\w*|\bsos\b|\blinij\w*|\blinj\w*"
    r"|شرطة|إسعاف|طوارئ|پولیس|پلیس|امبولانس|اورژانس|ایمبولینس|পুলিশ|অ্যাম্বুলেন্স"
)
CALLED = re.compile(rf"(?:{CALL})(?:(?![.!?؟۔।]\s)[^\n]){{0,40}}$", re.IGNORECASE)
NAMED = re.compile(rf"(?:(?:{CALL})\w*|(?:{NAMES}))[^\d\n]{{0,4}}$", re.IGNORECASE)
CALLED_AFTER = re.compile(
    r"(?:(?![.!?؟۔।]\s)[^\n\d]){0,20}(?:\bara(?:y|\b)|çevir|কল|ফোন|کال|فون|تماس|زنگ|زنګ|ټلیفون)",
    re.IGNORECASE,
)
"""In languages where the verb follows."""
NAMED_AFTER = re.compile(rf"\W{{1,3}}(?:{NAMES})", re.IGNORECASE)


def canonical(number: str) -> str:
    """The digits by which two ways to write a number are one: without the zeros before it."""
    return re.sub(r"\D", "", number).lstrip("0")


def ways_to_write(number: str, country: str) -> set[str]:
    """A number of a country as callers there and elsewhere dial it, both :func:`canonical`."""
    code, digits = CALLING_CODES.get(country, ""), canonical(number)
    national = digits.removeprefix(code).lstrip("0") if number.startswith(("+", "00")) else digits
    return {national, code + national} - {"", code}


def numbers_of_no_service(text: str, known: Collection[str], elsewhere: Collection[str]) -> list[str]:
    """Each once, as it stands in the text. ``known``: the numbers that may stand in it, in each way to write
    them; ``elsewhere``: short numbers of other countries."""
    every = [*_telephones(text, {*elsewhere} - {*known})]
    return list(dict.fromkeys(one for one in every if canonical(one.replace("(0)", "")) not in known))


def _telephones(text: str, elsewhere: Collection[str]) -> Iterator[str]:
    text = to_latin(spelled(text))
    for pattern in (PHONE, WITHOUT_PLUS):
        for hit in pattern.finditer(text):
            yield hit[0]
        text = pattern.sub(lambda hit: "+" * len(hit[0]), text)
    for hit in SHORT.finditer(text):
        if _is_called(hit, text, elsewhere):
            yield hit[0]


def _is_called(hit: re.Match[str], text: str, elsewhere: Collection[str]) -> bool:
    before, after = text[max(hit.start() - 60, 0) : hit.start()], text[hit.end() : hit.end() + 30]
    is_named = bool(NAMED.search(before) or NAMED_AFTER.match(after))
    is_called = is_named or bool(CALLED.search(before) or CALLED_AFTER.match(after))
    digits = re.sub(r"\D", "", hit[0])
    if len(digits) == 3:
        is_alone = not re.search(r"\w", before.rpartition("\n")[2] + after.partition("\n")[0])
        return digits in {*elsewhere, *EMERGENCY_ELSEWHERE} and (is_called or is_alone)
    if YEAR.fullmatch(hit[0]):
        return False
    return is_named or (len(digits) > 5 and is_called)
