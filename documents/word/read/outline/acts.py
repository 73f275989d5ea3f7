"""Articles, chapters and annexes of other acts, of which a heading speaks ("Члан 4 Европске конвенције", "Neni 3 i Ligjit për azilin",
"Article 8 (2) CPC"), told by their words. Where such a number goes on by the headings beside it, it is the heading's own whatever
stands behind it (:mod:`documents.word.read.outline.runs`): these words may therefore be read widely.
"""

from __future__ import annotations

import re
from enum import IntEnum


class Cited(IntEnum):
    """Whether words name another act. What looks like a short name ("ЦСР") may be that of anything."""

    NOT = 0
    SEEMINGLY = 1
    PLAINLY = 2


MASCULINE = (
    r"(?:zakon(?:ik)?a|ustava|protokola|sporazuma|pravilnika|statuta|kodeksa|člana|članka"
    r"|закон(?:ик)?а|устава|протокола|споразума|правилника|статута|кодекса|члана|чланка)(?!\w)"
)
FEMININE = (
    r"(?:konvencije|direktive|strategije|agende|uredbe|odluke|povelje|deklaracije|rezolucije"
    r"|конвенције|директиве|стратегије|агенде|уредбе|одлуке|повеље|декларације|резолуције)(?!\w)"
)
OF_AN_ACT = re.compile(rf"{MASCULINE}|{FEMININE}", re.IGNORECASE)
"""Of what a point or goal is one: "Stav 1 Zakona", "Cilj 5 Agende 2030"."""

HIS = r"(?:\w+(?:[oe]g|[ое]г)\s+){0,3}"
"""Genitives of adjectives: "Кривичног законика", but not "Примена закона"."""
HER = (
    r"(?:(?!(?:izmj?ene|primj?ene|измј?ене|примј?ене)(?!\w))\w+(?:[nvt]e|[sšcč]ke|[нвт]е|[сшцч]ке)\s+)"
    r"{%s,3}"
)
WHOSE = (
    r"(?:o|о|protiv|против|savj?eta|vijeća|савј?ета|вијећа|ujedinjenih|уједињених|un|oun|eu|ун|оун|еу|\d+)"
)
ENGLISH, MACEDONIAN, ALBANIAN = (
    # A capital begins the heading's own words: "Article 7 Under the law", "Neni 5 E drejta sipas ligjit".
    rf"(?-i:{words})\s+"
    for words in ("of|to|under", "од|на|из|iz", "i|e|të|nga")
)
BEHIND = re.compile(
    rf"{HIS}{MASCULINE}|{HER % 1}{FEMININE}"
    # "Стратегије" alone may be a title, as several of them are called so too.
    rf"|{FEMININE}\s+{WHOSE}(?!\w)"
    rf"|{ENGLISH}(?:[\w-]+\s+){{0,6}}?(?:convention|protocol|directive|regulation|law|act|code|constitution|treaty|charter"
    r"|agreement|covenant|statute|decree|declaration|by-?law)(?!\w)"
    rf"|{MACEDONIAN}(?:\w+\s+){{0,4}}?(?:закон|законик|конвенција|протокол|директива|устав|кодекс|спогодба|договор|уредба"
    r"|правилник|повелба)(?:от|иот|та|ик|икот)?(?!\w)"
    rf"|{MACEDONIAN}{HIS}{MASCULINE}"
    rf"|{ALBANIAN}(?:\w+\s+){{0,3}}?(?:ligji|ligjit|kodi|kodit|kushtetutës|konventës|protokollit|direktivës|marrëveshjes"
    r"|rregullores|kartës|traktatit)(?!\w)",
    re.IGNORECASE,
)

PART_WORD = (
    r"(?:став(?:ак|ови)?|stav(?:ak|ovi)?|ст|st|тачка|точка|тач|т|tačka|točka|tač|toč|t|алинеја|alineja|ал|al"
    r"|(?:sub)?paragraphs?|paras?|par|points?|items?|indents?|lit|paragrafi|paragrafët|pika|pikat|shkronja)"
)
PARTS = re.compile(
    rf"(?:,?\s*(?:{PART_WORD}\.?\s*\(?\d{{1,2}}[a-zа-ш]?\)?|\(\w{{1,3}}\))(?:\s*(?:[,–-]|(?:and|и|i|dhe)\s)\s*\(?\d{{1,2}}\)?)*\.?)+,?\s*",
    re.IGNORECASE,
)
"""Parts of an article, which a heading of its own does not name: "Члан 4 став 1 Закона о странцима", "Article 8 (2) CPC"."""
CAPITAL = r"[A-ZČĆDĐŠŽËÇА-ЯЂЈЉЊЋЏЃЅЌ]"
NO_VOWEL = r"[AEIOUАЕИОУ]?[BCČĆDĐFGHJKLMNPQRSŠTVWXZŽБВГЃДЂЖЗЅЈКЌЛЉМНЊПРСТЋФХЦЧЏШ]{2,5}"
"""What has one within is a word: "Члан 6 ЦИЉ"."""
KNOWN = r"(?:KEDNJ|CEDAW|TFEU|ECHR|ЕКЉП|EKLJP|ЕКЧП|KZ|КЗ|ZKP|ЗКП|KPP?|CPC|CC)"
"""Short names that nothing else has in a heading, also with a vowel within."""
ENDING = (
    r"(?:\s?(?:BiH|FBiH|БиХ|ФБиХ|RS|РС|RH|РХ|CG|ЦГ)(?!\w))?"
    r"(?:[’']s|['’‑–-]?(?:a|u|om|së|es|it|т|а|у|ом|от))?(?!\w)"
)
"""Of an act's short name: "KZ BiH", "ЗКП-а"."""
OF_ONE = re.compile(
    rf"(?:(?:of|to|under)\s+(?:the\s+)?|(?:од|на|из|iz)\s+|(?:i|e|të|nga)\s+){CAPITAL}{{2,8}}{ENDING}"
)
BEHIND_NAME = r"(?=\s*(?:\Z|[:;,.(–-])|\s+(?:and|in|и|i|у|u|о|o|во|dhe|në)\s+[a-zčćšđžëçа-шѓќѕјљњџђћ])"
ONE_ALONE = re.compile(rf"{NO_VOWEL}{ENDING}{BEHIND_NAME}")
KNOWN_ALONE = re.compile(rf"{KNOWN}{ENDING}{BEHIND_NAME}")
ONE_BEHIND_PART = re.compile(rf"{CAPITAL}{{2,8}}{ENDING}{BEHIND_NAME}")
ARTICLE = r"(?:article|art\.|члан\w*|član\w*|чл\.|čl\.|член\w*|neni\w*)"
ANOTHER_TOO = re.compile(
    rf"(?:and|&|и|i|dhe|(?:у вези|u vezi|u svezi|во врска|in conjunction|in relation|read together|lidhur|në lidhje)\s(?:\S+\s)?)"
    rf"\s*(?i:{ARTICLE})\s*\d"
)
"""One that speaks of several: "Члан 388 у вези са чланом 390 КЗ"."""


def of_another_act(label: str, behind: str, *, article: bool) -> Cited:
    """Whether what stands behind an article's number says of which other act it is. A sign between the two ("Члан 4 – Закон")
    says that it is the heading's own."""
    parts = PARTS.match(behind)
    said = behind[parts.end() :] if parts else behind.lstrip()
    if label.isupper():
        # In capitals alone, all words look like short names.
        return Cited.PLAINLY if BEHIND.match(said.lower()) else Cited.NOT
    if BEHIND.match(said) or (parts and OF_AN_ACT.match(said)):
        return Cited.PLAINLY
    if not article:
        return Cited.NOT
    if OF_ONE.match(said) or ANOTHER_TOO.match(said) or KNOWN_ALONE.match(said):
        return Cited.PLAINLY
    if parts and ONE_BEHIND_PART.match(said):
        return Cited.PLAINLY
    return Cited.SEEMINGLY if ONE_ALONE.match(said) else Cited.NOT
