"""Articles, chapters and annexes of other acts, of which a heading speaks ("Члан 4 Европске конвенције", "Neni 3 i Ligjit për azilin"),
told from numbers of its own ("Члан 4 Мере"): such a heading is words, for its number may not change with the outline.
"""

from __future__ import annotations

import re

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
BEHIND = re.compile(
    rf"{HIS}{MASCULINE}|{HER % 1}{FEMININE}"
    # "Стратегије" alone may be a title, as several of them are called so too.
    rf"|{FEMININE}\s+{WHOSE}(?!\w)"
    r"|(?:of|to|under)\s+(?:[\w-]+\s+){0,6}?(?:convention|protocol|directive|regulation|law|act|code|constitution|treaty|charter"
    r"|agreement|covenant)(?!\w)"
    r"|(?:од|на)\s+(?:\w+\s+){0,4}?(?:закон|конвенција|протокол|директива|устав|кодекс|спогодба|договор|уредба|правилник|повелба)"
    r"(?:от|иот|та|ик|икот)?(?!\w)"
    r"|(?:i|e|të|nga)\s+(?:\w+\s+){0,3}?(?:ligjit|kodit|kushtetutës|konventës|protokollit|direktivës|marrëveshjes|rregullores|kartës"
    r"|traktatit)(?!\w)",
    re.IGNORECASE,
)


PARAGRAPH = re.compile(
    r"(?:(?:став(?:ак)?|stav(?:ak)?|paragraph|paragrafi|тачка|точка|tačka|točka|alineja|алинеја)\s*\(?\d{1,2}\)?\.?,?\s*)+",
    re.IGNORECASE,
)
"""Part of an article, which a heading of its own does not name: "Члан 4 став 1 Закона о странцима"."""
SHORT_NAME = re.compile(
    r"[AEIOUАЕИОУ]?[BCČĆDĐFGHJKLMNPQRSŠTVWXZŽБВГЃДЂЖЗЅЈКЌЛЉМНЊПРСТЋФХЦЧЏШ]{2,5}(?:\s(?:BiH|FBiH|БиХ|ФБиХ|RS|РС|RH|РХ|CG|ЦГ))?\Z"
)
"""Of an act, alone behind the number of an article: "Члан 6 ЕКЉП", "Član 186 KZ BiH". What has a vowel within is a word: "Члан 6 ЦИЉ"."""
LINK = re.compile(r"\s[ie]\Z")
"""Of Albanian, taken for the letter of an article ("Neni 3 a") that has none."""
LETTER = re.compile(r"(?:/\w+)?\s*")


def of_another_act(label: str, behind: str, *, article: bool) -> bool:
    """Whether what stands behind an article's number says of which other act it is. A sign between the two ("Члан 4 – Закон")
    says that it is the heading's own."""
    link = LINK.search(label)
    said = LETTER.sub("", (link[0] if link else "") + behind, count=1)
    part = PARAGRAPH.match(said)
    said = said[part.end() :] if part else said
    return bool(BEHIND.match(said) or (article and not label.isupper() and SHORT_NAME.match(said.rstrip())))
