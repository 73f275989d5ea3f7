"""The grammar of citations in each family of languages: the words that they are made of, as patterns.

Serbian, Bosnian, Croatian and Montenegrin are one family, written in Latin here and read in both scripts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from documents.translation.scripts import to_cyrillic

BCMS: Final = "hbs"
_FAMILIES: Final = {"sr": BCMS, "bs": BCMS, "hr": BCMS, "cnr": BCMS, "en": "en", "mk": "mk", "sq": "sq"}


def family_of(language: str) -> str:
    """The family of a language; "" where citations are not found in it."""
    return _FAMILIES.get(language, "")


_DIVISIONS: Final = {
    "en": """
article  article art.
articles articles arts.
section  section
sections sections
chapter  chapter
annex    annex appendix
annexes  annexes appendices
point    point
part     part
step     step
form     form
""",
    "mk": """
article  член членот чл.
articles членови членовите чл.
section  оддел одделот отсек отсекот одделок
chapter  поглавје поглавјето глава главата
annex    прилог прилогот анекс анексот додаток додатокот
annexes  прилози прилозите анекси анексите
point    точка точката
part     дел делот
step     чекор чекорот
form     образец образецот
""",
    BCMS: """
article  član člana članu članom članak članka članku člankom čl.
articles članovi članova članove članovima članci članaka članke člancima čl.
section  odeljak odeljka odeljku odeljkom odjeljak odjeljka odjeljku odjeljkom odsek odsjek
chapter  poglavlje poglavlja poglavlju poglavljem glava glave glavi glavom
annex    prilog priloga prilogu prilogom aneks aneksa aneksu aneksom dodatak dodatka dodatku
annexes  prilozi priloge prilozima aneksi anekse aneksima
point    tačka tačke tački tačku točka točke točki točku
part     deo dela delu dio dijela dijelu
step     korak koraka koraku
form     obrazac obrasca obrascu obrascem
""",
    "sq": """
article  neni nenit nenin
articles nenet neneve
section  seksioni seksionit seksionin
chapter  kreu kreut kreun kapitulli kapitullit kapitullin
annex    shtojca shtojcës shtojcën shtojcë aneksi aneksit aneksin
annexes  shtojcat shtojcave anekset anekseve
point    pika pikës pikën pikë
part     pjesa pjesës pjesën
step     hapi hapit hapin
form     formulari formularit formularin
""",
}
BARE: Final = frozenset({"article", "section", "chapter", "annex", "form"})
"""Sorts whose number is a citation by itself. A point counts only with a dot in its number, others with an
act."""

_SUBDIVISIONS: Final = {
    "en": "paragraph paragraphs para. paras. para item items point points letter",
    "mk": "став ставот ставови ставовите ст. точка точката точки точките т. алинеја",
    BCMS: "stav stava stavu stavom stavovi stavova stavovima stavak stavka stavku st. tačka tačke tački točka"
    " točke točki t. alineja",
    "sq": "paragrafi paragrafit paragrafët paragrafeve pika pikës shkronja shkronjës",
}
_LINKS: Final = {
    "en": r"of\s+(?:the\s+)?",
    "mk": r"од\s+",
    BCMS: r"(?:iz\s+|из\s+)?",
    "sq": r"(?:i|të|e|së)\s+",
}
_OTHERS: Final = {
    "en": r"\s+of\s",
    "mk": r"\s+од\s",
    BCMS: r"\s+(?!И\s|I\s)(?-i:[A-ZČĆŠĐŽА-ШЉЊЏЋЂ])",
    "sq": r"\s+(?:i|të|e|së)\s",
}
"""What follows the number where it is that of another act, though its name is not read."""
_LISTS: Final = {"en": "and or to", "mk": "и или до", BCMS: "i ili do", "sq": "dhe ose deri"}
_OWN: Final = {
    "en": (
        "this these the_present",
        "law act procedure guid instruction protocol document strateg plan rulebook mechanism agreement"
        " standard",
    ),
    "mk": (
        "овој оваа ова овие",
        "закон постапк процедур упатств насок протокол документ стратеги план правилник механизам договор"
        " стандардни",
    ),
    BCMS: (
        "ovaj ovog ovoga ovom ovome ovim ova ove ovoj ovu ovi ovih ovima ovo",
        "zakon procedur postupk smernic smjernic uputstv uputa naput protokol dokument strategij plan"
        " pravilnik mehaniz sporazum vodič standardn akt",
    ),
    "sq": (
        "këtij kësaj këtyre ky kjo këto",
        "ligj procedur udhëz protokoll dokument strategji plan rregullor mekaniz marrëveshj standarde",
    ),
}
_UNITS: Final = {
    "en": "hour day week month year minute person child people metre percent",
    "mk": "час ден дена недел месец годин минут лица лице дете деца метр",
    BCMS: "sat dan nedelj nedjelj sedmic mesec mjesec godin minut lica lice osob dete djet metar policaj",
    "sq": "orë ditë jav muaj vit vjet minut vet person fëmij metra",
}
_GAZETTES: Final = {
    "en": r"Official\s+(?:Gazette|Journal)",
    "mk": r"Службен(?:иот)?\s+весник",
    BCMS: r"Služben(?:i|og|om|im)\s+(?:glasnik|list|novin)\w*|Narodn(?:e|im|ih)\s+novin\w*"
    r"|Службен(?:и|ог|ом|им)\s+(?:гласник|лист)\w*|Sl\.\s*(?:glasnik|list)|Сл\.\s*(?:гласник|лист)",
    "sq": r"(?:Fletor(?:ja|es|en|e|ja)\s+Zyrtar[eë]s?|Gazet(?:a|ës|ën)\s+Zyrtare)",
}
_NUMBER_SIGN: Final = r"(?:No\.?|Nos\.?|nr\.?|број|број|бр\.|broj|br\.)"

NUMBER: Final = r"\d{1,4}(?:\.\d{1,3})*(?:/\d{1,2}(?!\d)|[-/]?[a-zа-џѓќѕç](?!\w))?"
ROMAN: Final = r"[IVXLC]{1,7}(?!\w)"
LETTER: Final = r"[A-ZА-Ш](?:-\d{1,2})?(?!\w)"
ABBREVIATION: Final = re.compile(r"\s*((?:[A-ZČĆŠĐŽА-ШЃЌЅЏ]{2,6})(?:\s(?:RS|BiH|RH|CG|FBiH|РС|РСМ))?)(?!\w)")


def _either_script(words: Iterable[str]) -> list[str]:
    found = list(words)
    return [*found, *(to_cyrillic(word) for word in found)]


def _written(words: str, family: str) -> list[str]:
    split = [word.replace("_", " ") for word in words.split()]
    return _either_script(split) if family == BCMS else split


def _any_of(words: Iterable[str]) -> str:
    return "|".join(sorted((re.escape(word) for word in set(words)), key=lambda word: (-len(word), word)))


@dataclass(frozen=True)
class Grammar:
    """How a family of languages cites."""

    division: re.Pattern[str]
    """A word for a part of a text and its number, then a paragraph or point."""
    sorts: dict[str, tuple[str, bool]]
    """By word: the sort of the part, and whether it names several."""
    joint: re.Pattern[str]
    """What is between two of a list."""
    more: re.Pattern[str]
    """A further number of a list."""
    link: re.Pattern[str]
    other: re.Pattern[str]
    own: re.Pattern[str]
    unit: re.Pattern[str]
    gazette: re.Pattern[str]


def _grammar(family: str) -> Grammar:
    sorts: dict[str, tuple[str, bool]] = {}
    for line in _DIVISIONS[family].strip().splitlines():
        sort, *words = line.split()
        several = sort in ("articles", "sections", "annexes")
        single = {"articles": "article", "sections": "section", "annexes": "annex"}.get(sort, sort)
        # Where one abbreviation stands for both, a list may follow it.
        sorts |= dict.fromkeys(_written(" ".join(words), family), (single, several))
    number = rf"(?:{NUMBER}|{ROMAN}|{LETTER})"
    below = _any_of(_written(_SUBDIVISIONS[family], family))
    this, nouns = _OWN[family]
    joined = _any_of(_written(_LISTS[family], family))
    joint = rf"\s*(?:,|–|-|(?<=\s)(?i:{joined})(?=\s))\s*"
    mark = r"\(?(?:\d{1,3}[a-zа-џ]?|[a-zа-џ](?!\w))\)?\.?"
    tail = rf"(?:\s?\(\d{{1,2}}\)|,?\s+(?i:{below})\s*{mark}(?:{joint}{mark}(?!\w))*)*"
    return Grammar(
        division=re.compile(
            rf"(?<![\w.-])(?P<word>(?i:{_any_of(sorts)}))\s*(?P<number>{number})\.?(?P<tail>{tail})"
        ),
        sorts=sorts,
        joint=re.compile(rf"\.?{joint}"),
        more=re.compile(rf"{joint}(?P<number>{NUMBER})(?!\w)\.?"),
        link=re.compile(rf"(?i:\s*{_LINKS[family]})"),
        other=re.compile(rf"(?i:\.?{_OTHERS[family]})"),
        own=re.compile(
            rf"(?i:{_any_of(_written(this, family))})\s+(?i:{_any_of(_written(nouns, family))})\w*"
        ),
        unit=re.compile(rf"\s*(?:%|(?i:{_any_of(_written(_UNITS[family], family))}))"),
        gazette=re.compile(
            rf"(?i:{_GAZETTES[family]})[^\d.;()\n]{{0,60}}?{_NUMBER_SIGN}\s*"
            rf"(?P<number>\d{{1,4}}(?:[/-]\d{{2,4}})?(?:(?:,| i| и| and)?\s\d{{1,4}}/\d{{2,4}})*)"
        ),
    )


GRAMMARS: Final = {family: _grammar(family) for family in ("en", "mk", BCMS, "sq")}
