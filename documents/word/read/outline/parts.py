"""Names of parts with their number ("Стратешка цел 1:", "Objektivi strategjik 3", "Корак 2"), told from words in which one is spoken of
("Budžet za cilj 1 i rokovi", "Step 2 of the process"); and initials of people ("C.N. v. the UK"). In doubt they are words: what is
taken for a number by mistake gets another one when the outline changes.
"""

from __future__ import annotations

import re

from documents.word.read.outline.acts import OF_AN_ACT
from documents.word.read.outline.headings import NUMBERED_WORDS

ADJECTIVES = (
    r"(?:(?:strate[šs]k|op[šs]t|op[ćc]|tematsk|programsk|zajedni[čc]k|стратешк|општ|опћ|тематск|програмск|заједничк|заедничк)[iaoeиаое]"
    r"|општ|(?:general|poseb|specifi[čc]|operativ|prioritet|glav|klju[čc]|osnov|nacional|razvoj|dugoro[čc]|srednjoro[čc]|kratkoro[čc]"
    r"|pojedina[čc]|standard|minimal|dodat|horizontal|генерал|посеб|специфич|оператив|приоритет|глав|кључ|клуч|основ|национал|развој"
    r"|дугороч|средњороч|краткороч|долгороч|среднороч|поединач|поединеч|стандард|минимал|додат|дополнител|хоризонтал)"
    r"(?:n[iaoe]|an|н[иаое]|[ае]н)"
    r"|strategic|specific|general|operational|operative|priority|key|main|overall|core|national|thematic|additional|common|minimum"
    r"|standard|horizontal|overarching)"
)
"""One of them may stand before the word. No others: "Primena mera 1" and "Budžet cilj 1" are no names of parts."""
BEHIND_WORD = (
    r"(?:strategjike?|specifike?|operative?|operacionale?|prioritare?|kryesore?|kyçe?|kombëtare?|tematike?|themelore?|përbashkët"
    r"|broj|број|number|numër|numri)"
)
NUMBERED = re.compile(
    rf"((?i:(?:{ADJECTIVES}\s+)?(?P<word>{NUMBERED_WORDS})|{NUMBERED_WORDS}\s+(?:{ADJECTIVES}|{BEHIND_WORD}))\s+"
    r"(?:\d{1,2}(?:\.\d{1,2})*|[IVXLC]{1,7})[.)]?)(?=(?P<sign>\s*[:–—-]?)\s+(?P<behind>\S+))"
)
ROMAN_OR_DIGIT = re.compile(r"\d|[IVXLC]+\b")
LETTER = r"[^\W\d_]"
CASE = re.compile(
    rf"(?P<initials>(?:{LETTER}{{1,4}}\.\s*)+)(?:(?:and|&|i|и|dhe)\s+(?:{LETTER}{{1,20}}\.?\s*){{1,3}})?"
    r"(?P<versus>vs?\.|protiv|против|kundër|kunder)(?!\w)"
)
LETTERS = re.compile(rf"{LETTER}+(?:\.{LETTER}+)+[.)]?")


def part_number(text: str) -> str:
    """The name of a part and its number with which a heading begins, a sign, a capital letter or both behind it; otherwise nothing."""
    match = NUMBERED.match(text)
    if match is None:
        return ""
    sign, behind = match["sign"].strip(), match["behind"]
    if sign == ":":
        return match[1]
    if sign:
        # "Faza 1 – 3", "Faza 1 – Faza 2" speak of several.
        again = match["word"] and behind.casefold() == match["word"].casefold()
        return "" if again or ROMAN_OR_DIGIT.match(behind) else match[1]
    # Behind a point or bracket too: "Stav 1. člana 5".
    return match[1] if behind[0].isupper() and not OF_AN_ACT.match(behind) else ""


def names_a_case(text: str) -> bool:
    """Whether a heading begins with initials of one who stands against another in court."""
    match = CASE.match(text)
    if match is None:
        return False
    # "I. protiv trgovine ljudima" may be a first chapter.
    several = match["initials"].count(".") > 1 or match["versus"].startswith("v")
    return several or text[match.end() :].lstrip()[:1].isupper()


def like_initials(label: str) -> bool:
    """Whether a number is of letters with points between them alone ("C.N.", "A.I."), as initials are."""
    return bool(LETTERS.fullmatch(label))
