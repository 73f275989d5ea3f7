"""Traces of a real person in a text: no case data is ever stored (docs/case-data.md).

Numbers with check digits are found anywhere. Of the others a word before them says what they are. A name is a
trace only next to a date of birth and a number to call. Helplines, numbers of laws and accounts of a state's
treasury are none.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import Any

from stdnum import iban
from stdnum.si import emso

from documents.text.extraction import block_lines, inline_text, unseen_texts


class Kind(StrEnum):
    PERSON_NUMBER = "person_number"
    PASSPORT = "passport"
    BANK_ACCOUNT = "bank_account"
    PERSON = "person"


@dataclass(frozen=True)
class Trace:
    """``quote``: what was found, as it stands in the text. It goes into no log, mail or trail."""

    kind: Kind
    quote: str


@dataclass(frozen=True)
class Place:
    """Where in a text something was found: ``block`` counts from 1; 0 is the heading, -1 a footnote."""

    block: int
    kinds: tuple[Kind, ...]
    start: str
    """The words with which the paragraph begins, for who may read the text; without what was found."""


BETWEEN = r"[ \n.,:;/_()\[\]-]"
DIGITS = re.compile(rf"\d(?:{BETWEEN}{{0,2}}\d){{5}}")
"""No trace has fewer digits than six in a row: most texts are looked through once."""
JMBG = re.compile(
    r"(?<!\d)(?<!\d[.,/_-])"
    rf"(?=(\d(?:{BETWEEN}?\d){{6}} {{0,3}}{BETWEEN}? {{0,3}}\d(?:{BETWEEN}?\d){{5}})(?!\d|/\d))"
)
"""Between the date and the rest also up to three spaces."""
ALBANIAN = re.compile(
    r"(?<!\w)[A-T][ -]?\d[ -]?(?:0[1-9]|1[0-2]|5[1-9]|6[0-2])[ -]?(?:0[1-9]|[12]\d|3[01])[ -]?\d{3}"
    r"[ -]?[A-W](?!\w)",
    re.IGNORECASE,
)
KOSOVAN = re.compile(
    r"(?:num(?:ri|rin|ër|ëri)? personal|nr\. ?personal|li[čc]n[io] broj|лични број|личен број|"
    r"personal (?:id )?n(?:umber|o)\.?|матич(?:ен|ни) број|"
    r"mati[čc]n[io] broj|id број|id broj|\bnp\b|jmbg|јмбг|ембг|embg)"
    r"\D{0,12}(?<!\d)(\d(?:[ .-]?\d){9})(?!\d)",
    re.IGNORECASE,
)
PASSPORT = re.compile(
    r"(?:passport|pasaport\w*|paso[šs]\w*|putovnic\w*|пасош\w*|патн\w+ исправ\w*|identity card|id card|"
    r"let[ëe]rnjoftim\w*|osobn\w+ iskaznic\w*|li[čc]n\w+ kart\w*|личн\w+ карт\w*)"
    r"\W{1,3}(?:[^\W\d]{1,8}\W{1,3}){0,3}"
    r"(?<!\w)([^\W\d_]{0,2} ?(?:\d{6,9}|\d{3}([ .-])\d{3}\2\d{3}))(?![\w/]|\.\d)",
    re.IGNORECASE,
)
IBAN = re.compile(r"(?<!\w)[A-Z]{2}\d{2}(?:[ -]?[A-Z0-9]){11,30}", re.IGNORECASE)
ACCOUNT = re.compile(
    r"(?<![\d.,/-])(?:\d{3}-\d{1,13}-\d{2}|\d{4}-\d{10}-\d{2}|\d{3}-\d{3}-\d{8}-\d{2}|\d{15,16}|\d{18})(?![\d/-])"
)
"""Accounts of RS and ME (18 digits), BA and XK (16), MK (15). Albania's are written as IBAN alone."""
ACCOUNT_WORD = re.compile(r"ra[čc]un|konto|рачун|сметк|llogari|account|iban|uplat|уплат", re.IGNORECASE)
TREASURY = ("840", "832", "100")
"""Banks of budgets: the treasuries of Serbia and Montenegro, the National Bank of North Macedonia."""
DATE = re.compile(
    r"(?<!\d)(?:(?:0?[1-9]|[12]\d|3[01])[./-] ?(?:0?[1-9]|1[0-2])[./-] ?(?:19[3-9]|20[0-2])\d"
    r"|(?:19[3-9]|20[0-2])\d[./-](?:0?[1-9]|1[0-2])[./-](?:0?[1-9]|[12]\d|3[01]))(?!\d)"
)
NAMED_DATE = re.compile(r"(?<!\d)(?:0?[1-9]|[12]\d|3[01])\.? [^\s\d.,;]{3,14}\.? (?:19[3-9]|20[0-2])\d(?!\d)")
BORN = re.compile(
    r"\bborn\b|birth|\bd\.?o\.?b\b|ro[đd]en|ro[đd]\.|рођ|роден|lindur|lindj|datëlindj|dat\w* lind|"
    r"\bnée? |naissance|doğum|doğdu|مواليد|ميلاد|وُ?لدت?\b|متولد|تولد|زېږېد|پیدائش|پیدا ہو|জন্ম",
    re.IGNORECASE,
)
OFFICIAL = re.compile(
    r"\d{1,4}/(?:19|20)\d\d|gazet|glasnik|гласник|службен весник|fletor|zyrtare|"
    r"zakon|закон|\bligj|\blaw\b|decision|odluk|одлук|vendim",
    re.IGNORECASE,
)
SHORT_DATE = re.compile(r"(?<![\d./])(?:0?[1-9]|[12]\d|3[01])([./])(?:0?[1-9]|1[0-2])\1\d\d(?![\d/]|\.\d)")
PHONE = re.compile(
    r"(?<![\w.])(?:\+|00)\d[\d /().-]{7,18}\d"
    rf"|(?<![\w./])(?!{DATE.pattern})0(?:[ /.()-]{{0,2}}\d){{8,9}}(?!\d)"
)
"""From abroad, or nine or ten digits that begin with a zero and with no date."""
WORD = re.compile(r"[^\W\d_]+")
PLAIN = {"Zs": " ", "Zl": "\n", "Pd": "-", "Cf": "", "\N{MINUS SIGN}": "-"}
"""In place of a character, or of one of this category."""


def traces(text: str) -> list[Trace]:
    """What points to a real person, in the order of the kinds. A person warns and decides: it may be none."""
    text = spelled(text)
    if not DIGITS.search(text):
        return []
    found = [
        *_found(Kind.PERSON_NUMBER, JMBG, text, lambda one: emso.is_valid(re.sub(r"\D", "", one))),
        *_found(Kind.PERSON_NUMBER, ALBANIAN, text),
        *_found(Kind.PERSON_NUMBER, KOSOVAN, text),
        *_found(Kind.PASSPORT, PASSPORT, text),
        *_ibans(text),
        *_accounts(text),
        *_persons(text),
    ]
    return list(dict.fromkeys(found))


def places(body: Mapping[str, Any] | None, label: str = "") -> list[Place]:
    """The paragraphs of a section with traces, and its number (``label``). A row of a table is read as one.
    Descriptions of pictures, addresses of links and labels of lists are looked through too."""
    return [
        Place(block, tuple(dict.fromkeys(one.kind for _text, hits in of for one in hits)), _start(*of[0]))
        for block, of in traces_by_block(body, label).items()
    ]


def traces_by_block(
    body: Mapping[str, Any] | None, label: str = ""
) -> dict[int, list[tuple[str, list[Trace]]]]:
    """What was found in each block, with the text in which it stands. A name, a birth that is called one and
    a number to call may stand in three paragraphs after each other: they are found in the first."""
    found: dict[int, list[tuple[str, list[Trace]]]] = {}
    passages = [(0, label), *_passages(body or {})]
    for block, text in passages:
        if hits := traces(text):
            found.setdefault(block, []).append((text, hits))
    for three in zip(passages, passages[1:], passages[2:], strict=False):
        text = spelled("\n".join(text for _block, text in three))
        is_known = any(block in found for block, _text in three)
        if not is_known and BORN.search(text) and (person := _person(text)):
            found[three[0][0]] = [(text, [person])]
    return found


def spelled(text: str) -> str:
    """With one kind of space, hyphen and digit, and without the characters that nobody sees."""
    text = text.replace("\t", " ").replace("\r\n", "\n")
    return text if text.isascii() else "".join(map(_plain, text))


def _plain(letter: str) -> str:
    kind = unicodedata.category(letter)
    if kind == "Nd":
        return str(unicodedata.decimal(letter))
    return PLAIN.get(letter, PLAIN.get(kind, letter))


def _start(text: str, found: list[Trace]) -> str:
    text = spelled(text)
    first = min((at for one in found if (at := text.find(one.quote)) >= 0), default=40)
    return text[: min(first, 40)].strip()


def _passages(body: Mapping[str, Any]) -> Iterator[tuple[int, str]]:
    if body.get("heading"):
        yield 0, inline_text(body["heading"])
        yield from ((0, text) for text in unseen_texts(body["heading"]))
    for number, block in enumerate(body.get("blocks") or [], 1):
        yield from ((number, text) for text in (*_texts(block), *unseen_texts([block])))
    for blocks in (body.get("notes") or {}).values():
        yield from ((-1, text) for block in blocks for text in (*_texts(block), *unseen_texts([block])))


def _texts(block: Mapping[str, Any]) -> Iterator[str]:
    if block["type"] in ("table", "list", "callout"):
        for part in block.get("content") or []:
            yield from _texts(part)
    elif block["type"] in ("row", "item", "step"):
        yield "; ".join(block_lines(block))
    else:
        yield from block_lines(block)


def _found(
    kind: Kind, pattern: re.Pattern[str], text: str, valid: Callable[[str], bool] = bool
) -> Iterator[Trace]:
    for hit in pattern.finditer(text):
        quote = hit[1] if pattern.groups else hit[0]
        if valid(quote):
            yield Trace(kind, quote)


def _ibans(text: str) -> Iterator[Trace]:
    """Words may follow it: it ends where the check digits and the length of its country say."""
    for hit in IBAN.finditer(text):
        ends = (end for end in range(len(hit[0]), 14, -1) if not text[hit.start() + end :][:1].isalnum())
        quote = next((hit[0][:end] for end in ends if iban.is_valid(re.sub("[ -]", "", hit[0][:end]))), "")
        if quote and not re.sub("[ -]", "", quote)[4:].startswith(TREASURY):
            yield Trace(Kind.BANK_ACCOUNT, quote)


def _accounts(text: str) -> Iterator[Trace]:
    """Two check digits hold; without hyphens, a word before it says that it is an account."""
    for hit in ACCOUNT.finditer(text):
        parts = hit[0].split("-")
        if len(parts) == 1 and not ACCOUNT_WORD.search(text[max(hit.start() - 60, 0) : hit.start()]):
            continue
        if len(parts) == 3 and len(parts[0]) == 3 and len(parts[1]) != 10:
            parts[1] = parts[1].zfill(13)
        if int("".join(parts)) % 97 == 1 and not hit[0].startswith(TREASURY):
            yield Trace(Kind.BANK_ACCOUNT, hit[0])


def _persons(text: str) -> Iterator[Trace]:
    """A name, a date of birth and a number to call in one paragraph, or in three lines of a form."""
    lines = text.split("\n")
    whole = [one for line in lines if (one := _person(line))]
    starts = () if whole else range(max(len(lines) - 2, 1))
    yield from whole or filter(None, (_person("\n".join(lines[n : n + 3])) for n in starts))


def _person(paragraph: str) -> Trace | None:
    phone = PHONE.search(paragraph)
    date = birth_date(paragraph) if phone else ""
    name = name_of_person(paragraph) if date else ""
    return Trace(Kind.PERSON, f"{name}, {date}, {phone[0]}") if phone and name else None


def birth_date(paragraph: str) -> str:
    """A date that is called one of birth; or any, unless the paragraph is about an act."""
    if OFFICIAL.search(paragraph) and not BORN.search(paragraph):
        return ""
    hits = (pattern.search(paragraph) for pattern in (DATE, NAMED_DATE, SHORT_DATE))
    return next((hit[0] for hit in hits if hit), "")


def name_of_person(paragraph: str) -> str:
    """Two words next to each other that begin with capitals, as names do. Where a birth is named, also words
    in capitals alone, and an initial."""
    is_born = bool(BORN.search(paragraph))
    for one, two in pairwise(WORD.finditer(paragraph)):
        between = paragraph[one.end() : two.start()]
        is_initial = is_born and len(one[0]) == 1 and one[0].isupper() and between in (".", ". ")
        if not _is_name(two[0], is_born):
            continue
        if is_initial or (_is_name(one[0], is_born) and between in (" ", ", ", "; ", "-")):
            return f"{one[0]} {two[0]}"
    return ""


def _is_name(word: str, is_born: bool) -> bool:
    return len(word) > 2 and word[0].isupper() and (word[1:].islower() or (is_born and word.isupper()))
