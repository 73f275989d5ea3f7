"""Find the names of acts in a line, by how acts are called in each family of languages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from documents.citations.grammars import BCMS, GRAMMARS
from documents.translation.scripts import to_cyrillic

MOST_WORDS: Final = 9
"""A name that is longer is taken for a sentence."""

_LAWS: Final = Path(__file__).parent / "laws.txt"
_CAPITAL: Final = r"(?!(?:The|This|That|Under|In|As|By|See|Article|Section|Chapter|And|Of)\b)[A-Z][\w-]+"
_TITLE: Final = r"[A-Z][\w-]+(?:(?:,?\s+(?:and|of|the|in|for|to|against|from|on|with))*\s+[A-Z][\w-]+)*"
_ENGLISH: Final = re.compile(
    r"(?<!\w)(?:"
    rf"Law\s+(?:No\.?\s*\d+/\d+\s+)?on\s+(?:the\s+)?{_TITLE}"
    r"|(?:Council\s+of\s+Europe\s+|United\s+Nations\s+|UN\s+|[A-Z]\w+\s+)?"
    rf"(?:Convention|Protocol|Recommendation)\s+(?:on|to|for|against)\s+(?:the\s+)?{_TITLE}"
    rf"|Code\s+of\s+{_TITLE}"
    rf"|{_CAPITAL}(?:\s+{_CAPITAL}){{0,3}}\s+(?:Code|Act|Convention|Protocol)(?!\s+(?:on|of|to)\b)"
    r"|(?:EU\s+)?Directive\s+(?:\(EU\)\s+)?\d{2,4}/\d+(?:/\w+)?"
    r"|Regulation\s+\((?:EU|EC)\)\s+(?:No\s+)?\d+/\d+"
    r")"
)

_HEADS: Final = {
    "mk": (
        "закон законот уредба уредбата правилник правилникот конвенција конвенцијата законик законикот",
        "за",
    ),
    BCMS: (
        "zakon zakona zakonu zakonom zakonik zakonika zakoniku zakonikom uredba uredbe uredbi uredbu uredbom"
        " pravilnik pravilnika pravilniku pravilnikom konvencija konvencije konvenciji konvenciju"
        " konvencijom",
        "o",
    ),
    "sq": ("ligji ligjit ligjin ligj ligjet konventa konventës konventën", "për"),
}
_STOPS: Final = {
    "mk": "е се сe го ја ги му ѝ им не ќе да што кој која кое кои кого ако кога дека но а или согласно според"
    " предвидува пропишува уредува утврдува казнува бара дава има важи може мора треба лицето",
    BCMS: "je su se nije nisu koji koja koje kojim kojom kojima kojeg kojih ako kad kada da te ali a ili ni"
    " mora može treba propisuje predviđa uređuje utvrđuje kažnjava traži daje važi ima primenjuje primjenjuje"
    " prema po između kao što gde gdje",
    "sq": "është janë që cili cila cilat ku kur nëse po nuk u dhe_ligjit parashikon përcakton rregullon dënon"
    " kërkon jep ka mund duhet sipas zbatohet",
}
_JOINING: Final = {
    "mk": "и од во на за со при без",
    BCMS: "i od u na za sa s pri bez prilikom и од у на за са с при без приликом",
    "sq": "dhe nga në me të e i së për",
}
_CODES: Final = {
    "mk": r"(?:Кривич|Казнен|Прекршоч)\w+\s+закон(?:ик)?(?:от)?",
    BCMS: r"(?:Krivič|Kazne|Porodič|Obitelj|Прекршај|Кривич|Казне|Породич)\w+\s+(?:zakon|закон)\w*"
    r"(?:\s+(?:Federacije\s+(?:BiH|Bosne\s+i\s+Hercegovine)|Bosne\s+i\s+Hercegovine|Crne\s+Gore|Republike\s+"
    r"(?:Srpske|Srbije|Hrvatske)|Brčko\s+distrikta(?:\s+BiH)?|BiH|RS|RH|CG|Републике\s+(?:Српске|Србије)|РС)(?!\w))?",
    "sq": r"Kod(?:i|it|in)\s+(?:(?:i|të|e)\s+)?[A-ZÇË]\w+(?:\s+[A-ZÇË]\w+){0,3}",
}
_QUOTED: Final = r"[\"“„”«][^\"“„”«»\n]{3,120}[\"“”»]"
_WORD: Final = re.compile(r"\s+([^\W\d_]+(?:-[^\W\d_]+)*)")


def _both_scripts(words: Iterable[str], family: str) -> list[str]:
    found = list(words)
    return [*found, *map(to_cyrillic, found)] if family == BCMS else found


def _known(family: str) -> re.Pattern[str]:
    """The laws listed in laws.txt, the longest first."""
    rows = (line.partition(" ") for line in _LAWS.read_text("utf-8").splitlines())
    names = _both_scripts((name for of, _, name in rows if of == family), family)
    longest_first = sorted(names, key=len, reverse=True)
    return re.compile(rf"\s+(?i:{'|'.join(map(re.escape, longest_first))})(?!\w)")


def _head(family: str) -> re.Pattern[str]:
    words, link = _HEADS[family]
    heads = sorted(_both_scripts(words.split(), family), key=len, reverse=True)
    links = "|".join(_both_scripts([link], family))
    number = r"(?:\s+(?:nr|br|бр)\.?\s*\d+/\d+)?"
    return re.compile(
        rf"(?<![\w-])(?i:{'|'.join(heads)}){number}(?:\s+(?P<link>(?i:{links}))(?=\s)"
        rf"|,?\s+(?P<quoted>{_QUOTED})|(?P<plain>(?<=\d)))"
    )


_HEAD: Final = {family: _head(family) for family in _HEADS}
_CODE: Final = {family: re.compile(rf"(?<![\w-]){pattern}") for family, pattern in _CODES.items()}
_KNOWN: Final = {family: _known(family) for family in _HEADS}
_JOINS: Final = {family: frozenset(words.split()) for family, words in _JOINING.items()}
_STOP: Final = {
    family: frozenset(_both_scripts(words.split(), family)) | frozenset(GRAMMARS[family].sorts)
    for family, words in _STOPS.items()
}


def find_acts(text: str, family: str) -> Iterator[tuple[int, int]]:
    """Where names of acts are: beginning and end, in order, without overlaps."""
    if family == "en":
        yield from (match.span() for match in _ENGLISH.finditer(text))
        return
    found = [match.span() for match in _CODE[family].finditer(text)]
    for match in _HEAD[family].finditer(text):
        end = match.end()
        if match["link"]:
            end = _end_of_name(text, match.end(), family, capitals=match[0].isupper())
            if end == match.end():
                continue
        found.append((match.start(), end))
    done = 0
    for start, end in sorted(found):
        if start >= done:
            yield start, end
            done = end


def _end_of_name(text: str, start: int, family: str, capitals: bool) -> int:
    """Where a name ends that continues in small letters. It ends at a sign, a verb, another act, or a capital
    where not all are ``capitals``."""
    known = _KNOWN[family].match(text, start)
    if known:
        return known.end()
    end = place = start
    for count in range(MOST_WORDS + 1):
        match = _WORD.match(text, place)
        if match is None or match[1].casefold() in _STOP[family]:
            return end
        if count and match[1][0].isupper() and not capitals:
            return end
        if _HEAD[family].match(text, match.start(1)):
            return end
        place = match.end()
        if match[1].casefold() not in _JOINS[family]:
            end = place
    return start
