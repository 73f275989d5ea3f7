"""The numbers that headings begin with: "Член 5", "Neni 5", "Глава II", "1.2.3", "Прилог А", "Корак 2: …",
"а)".

A number is recognised by its own look; other headings are no evidence. In doubt it stays among the words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from documents.text.division_names import words_of
from documents.text.types import Inline
from documents.word.body.bookmarks import NONE_TYPED, TYPED, OwnMark
from documents.word.read.outline.headings import cut

CAPITAL = "[A-ZА-ЯЃЌЅЈЉЊЏЂЋČĆŽŠĐËÇ]"
NUMERAL = rf"(?:\d{{1,4}}(?:\.\d{{1,3}})*|[IVXLC]{{1,7}}|{CAPITAL}(?!\w))"
ORDINAL = (
    r"(?:прва|втора|трета|четврта|петта|шеста|друга|трећа|пета|први|други|трећи|прв|втор|трет"
    r"|prva|druga|treća|četvrta|peta|šesta|prvi|drugi|treći|(?:i|e) parë|(?:i|e) dytë|(?:i|e) "
    r"tretë|one|two|three|four|five|first|second)"
)
ARTICLE_WORDS, CHAPTER_WORDS, ANNEX_WORDS = words_of("article"), words_of("chapter"), words_of("annex")
NUMBERED_WORDS = words_of("numbered")
"""What else is numbered in the region's documents."""
JOINING = r"(?:and|or|to|и|или|до|i|ili|do|dhe|ose|&)"
SMALL = "[a-zčćšđžëçа-шѓќѕјљњџђћ]"
# "Neni 25/1": the first that was put in behind article 25. A year is none ("Neni 25/2011").
SUFFIX = (
    rf"(?:(?<=\d)/\d{{1,2}}(?!\w)|(?:\s?[-/])?{SMALL}(?!\w)"
    # "Članak 5.a", also in capitals; but "Члан 5.О роковима" and "Član 5.u skladu" lack a blank.
    rf"|(?<=\d)\.(?!{JOINING}\s+\d|(?:[ouskоуск]|(?-i:{CAPITAL}))\s+(?-i:{SMALL})){SMALL}(?!\w)"
    rf"|(?<=\d)\.\s(?-i:{SMALL})(?=\.?\s*\Z)"
    # A letter may be a word too: "Neni 4 i KEDNJ", "Члан 388 у вези са"; or one of an item: "Член 5 а)".
    rf"|\s(?![iеeи]\s+\S){SMALL}(?!\w|\))(?!\s+(?:\d|(?-i:{SMALL}))))?"
)
SEVERAL = (
    rf"\.?(?:\(\d|[-–—/]\d|\s+[-–—]\s+\d{{1,3}}\.?\s*\Z|,\s*\d|(?:\s+(?:{SMALL}\s+)?|(?<=\.)){JOINING}\s+\d)"
)
"""After a number: it is of more than one article, or continues ("Article 8(2)"), and is not cut within.
"""

ARTICLE = re.compile(
    # Nothing of it is given back: "Article 6-a(2)" and "Članak 5.–8." are not article 6 and article 5.
    rf"({ARTICLE_WORDS}(?:\s+|(?<=\.)|(?=\d))(?>{NUMERAL}{SUFFIX})(?>(?:\.(?!\w)|\))?))(?!\w|\.\d|{SEVERAL})",
    re.IGNORECASE,
)
CHAPTER = re.compile(rf"({CHAPTER_WORDS}\s+(?:{NUMERAL}|{ORDINAL})\.?)(?!\w)", re.IGNORECASE)
ANNEX = re.compile(rf"({ANNEX_WORDS}(?:\s+(?:(?:бр|br|nr|no)\.?\s*)?{NUMERAL}\.?)?)(?!\w)", re.IGNORECASE)
DECIMAL = re.compile(
    r"(\d{1,3}(?:\.\d{1,3}){0,6}[.)]|\d{1,3}(?:\.\d{1,3}){1,6}|\d{1,2}(?=\s+[^\W\d_]))(?=\s|\Z)"
)
ROMAN = re.compile(r"([IVXLC]{1,7}[.)]|[IVX]{1,5}(?=\s+[-–—]\s))(?=\s|\Z)")
LETTER = re.compile(r"([A-ZА-ЯЃЌЅЈЉЊЏЂЋČĆŽŠĐ][.)])(?=\s)")
GAP = re.compile(r"\s*(?:[.:–—-]\s*)?")

_BY_WORD = (
    ("article", ARTICLE),
    ("chapter", CHAPTER),
    ("annex", ANNEX),
    ("roman", ROMAN),
    ("letter", LETTER),
)
_BY_NUMBER = (("decimal", DECIMAL),)
WORDED = ("article", "chapter", "annex")

NAMED = re.compile(
    rf"((?:[^\W\d_]+\s+){{0,2}}{NUMBERED_WORDS}(?:\s+[^\W\d_]{{4,}})?\s+"
    r"(?:\d{1,2}(?:\.\d{1,2})*|[IVXLC]{1,7})[.)]?)(?=(?P<sign>\s*[:–—-]?)\s+(?P<behind>\S))",
    re.IGNORECASE,
)
"""The name of a part with its number: "Стратешка цел 1: …", "Objektivi strategjik 3"."""
BARE = re.compile(r"(\d{1,2}|[IVXLC]{1,7})(?=\s+([^\W\d_]))")
"""No sign parts such a number from the words."""
BARE_ROMAN = re.compile(rf"([IVX]{{1,5}})(?=\s+{CAPITAL})")
SIGN = r"(?:\d{1,3}|[IVXLC]{1,7}|[ivxlc]{1,7}|[^\W\d_])"
CHAIN = rf"{SIGN}(?:\.{SIGN})*"
SIGNED = tuple(
    re.compile(pattern + r"(?=\s|\Z)")
    for pattern in (
        rf"(\({CHAIN}\))",
        rf"(§{{1,2}}\s*{CHAIN}[.)]?)",
        rf"((?=[^\s]*\d){SIGN}(?:\.{SIGN})+[.)]?)",
        r"((?:[ivxlcIVXLC]{1,7}|[^\W\d_]|\d{1,3}\s?-?[^\W\d_])\))",
    )
)
ONE_SIGN = re.compile(r"[^.]+\.")


def looks_as(text: str) -> tuple[str, str]:
    """The kind of number at a text's start (article, chapter, annex, decimal, roman, letter) and that number
    as written. Two empty strings where there is none."""
    for kind, pattern in _BY_WORD if text[:1].isalpha() else _BY_NUMBER:
        match = pattern.match(text)
        if match:
            return kind, match.group(1)
    return "", ""


def typed_number(text: str) -> str:
    """The number at the start of a heading. Empty where its look alone does not show that it is one.

    Before a small letter "17. октобар" and "Член 4 од Законот" are words.
    """
    kind, label = looks_as(text)
    small = text[len(label) :].lstrip()[:1].islower()
    if small and (kind == "article" or ONE_SIGN.fullmatch(label)):
        return ""
    if label and not (kind == "decimal" and label.isdigit()):
        return label
    if found := _with_sign(text):
        return found
    if roman := BARE_ROMAN.match(text):
        return roman[1]
    named = NAMED.match(text)
    return named[1] if named and (named["sign"].strip() or named["behind"].isupper()) else ""


def begins_with(inlines: Sequence[Inline], own: OwnMark | None) -> str:
    """The number that a heading begins with; in an own file its bookmark says whether it is one."""
    text = shown(inlines).lstrip()
    if own is None:
        return typed_number(text)
    if own.typed == NONE_TYPED:
        return ""
    return _marked_number(text) if own.typed == TYPED else looks_as(text)[1]


def _with_sign(text: str) -> str:
    return next((match[1] for pattern in SIGNED if (match := pattern.match(text))), "")


def _marked_number(text: str) -> str:
    """Whatever a heading begins with that can be a number, where a bookmark says that it is one."""
    if bare := BARE.match(text):
        return bare[1]
    if label := looks_as(text)[1] or _with_sign(text) or typed_number(text):
        return label
    named = NAMED.match(text)
    return named[1] if named else ""


def guess_kind(level: int, label: str, heading: str) -> str:
    """chapter, section, article or annex, by number, words and level."""
    kind = looks_as(label)[0] or looks_as(f"{label} {heading}".strip())[0]
    if kind in ("article", "annex"):
        return kind
    return "chapter" if level == 1 else "section"


def split_number(inlines: list[Inline], label: str, *, with_sign: bool = False) -> tuple[str, list[Inline]]:
    """A heading's number, and the heading without it and the sign between the two, which may stay with the
    number."""
    text = shown(inlines)
    start = len(text) - len(text.lstrip())
    end = start + len(label)
    gap = GAP.match(text, end)
    end = gap.end() if gap else end
    return " ".join((text[start:end] if with_sign else label).split()), cut(inlines, end)


def shown(inlines: Sequence[Inline]) -> str:
    return "".join(node["text"] if node["type"] == "text" else "\n" for node in inlines)


def sign_of(text: str, label: str) -> str:
    """The sign in an own file's bookmark for a heading with that text (``OwnMark.typed``). By it the number
    is read again. None where the heading itself shows it, or Word counts it."""
    text = text.lstrip()
    _, read = looks_as(text)
    if not label:
        return NONE_TYPED if read else ""
    number = _marked_number(text)
    return "" if read == number or " ".join(number.split()) != label else TYPED
