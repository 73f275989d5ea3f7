"""What the parts of the region's documents are called, in every language: "Article" and "Neni", "Chapter" and
"Глава". These words identify a number at the start of a heading
(:mod:`documents.word.read.outline.headings`). They also translate a label
(:mod:`documents.text.label_translation`)."""

from __future__ import annotations

import re

LANGUAGES = ("en", "sq", "mk", "sr", "sr-latn", "bs", "hr", "cnr")

_ROWS = """
article  article,art.|neni              |член,чл.  |члан,чл.  |član,čl.   |član,čl.   |članak,čl.|član,čl.
chapter  chapter     |kreu              |глава     |глава     |glava      |glava      |glava     |glava
chapter  chapter     |kapitulli         |поглавје  |поглавље  |poglavlje  |poglavlje  |poglavlje |poglavlje
chapter  part        |pjesa             |дел       |део       |deo        |dio        |dio       |dio
chapter  -section    |seksioni          |оддел     |одељак    |odeljak    |odjeljak   |odjeljak  |odjeljak
chapter  -subsection |-nënseksioni      |отсек     |-одсек    |odsek      |odsjek     |odsjek    |odsjek
chapter  -title      |titulli           |-наслов   |-наслов   |-naslov    |-naslov    |-naslov   |-naslov
chapter  -section    |-seksioni         |раздел    |-одељак   |-odeljak   |-odjeljak  |-odjeljak |-odjeljak
annex    annex       |shtojca,shtojcë   |прилог    |прилог    |prilog     |prilog     |prilog    |prilog
annex    annex       |aneksi,aneks      |анекс     |анекс     |aneks      |aneks      |aneks     |aneks
annex    appendix    |shtojca           |додаток   |додатак   |dodatak    |dodatak    |dodatak   |dodatak
numbered section     |-seksioni         |секција   |секција   |sekcija    |sekcija    |sekcija   |sekcija
numbered point       |pika,pikë         |точка     |тачка     |tačka,tacka|tačka,tacka|točka     |tačka,tacka
numbered paragraph   |paragrafi         |став      |став      |stav       |stav       |stavak    |stav
numbered paragraph   |paragrafi,paragraf|параграф  |параграф  |paragraf   |paragraf   |paragraf  |paragraf
numbered -indent     |alineja           |алинеја   |алинеја   |alineja    |alineja    |alineja   |alineja
numbered phase       |faza              |фаза      |фаза      |faza       |faza       |faza      |faza
numbered step        |hapi              |чекор     |корак     |korak      |korak      |korak     |korak
numbered measure     |masa              |мерка     |мера,мјера|mera,mjera |mjera      |mjera     |mjera
numbered goal        |qëllimi           |цел       |циљ       |cilj       |cilj       |cilj      |cilj
numbered objective   |objektivi         |цел       |циљ       |cilj       |cilj       |cilj      |cilj
numbered activity    |aktiviteti        |активност |активност |aktivnost  |aktivnost  |aktivnost |aktivnost
numbered priority    |prioriteti        |приоритет |приоритет |prioritet  |prioritet  |prioritet |prioritet
numbered area        |fusha             |област    |област    |oblast     |oblast     |-područje |oblast
numbered module      |moduli            |модул     |модул     |modul      |modul      |modul     |modul
numbered -topic      |tema              |тема      |тема      |tema       |tema       |tema      |tema
numbered outcome     |-përfundimi       |исход     |исход     |ishod      |ishod      |ishod     |ishod
numbered result      |rezultati         |резултат  |резултат  |rezultat   |rezultat   |rezultat  |rezultat
numbered pillar      |shtylla           |столб     |стуб      |stub       |stub       |-stup     |stub
numbered component   |komponenti        |компонента|компонента|komponenta |komponenta |komponenta|komponenta
numbered task        |detyra            |задача    |задатак   |zadatak    |zadatak    |zadatak   |zadatak
numbered standard    |standardi         |стандард  |стандард  |standard   |standard   |standard  |standard
numbered principle   |parimi            |начело    |начело    |načelo     |načelo     |načelo    |načelo
numbered procedure   |procedura         |постапка  |поступак  |postupak   |postupak   |postupak  |postupak
numbered procedure   |procedura         |процедура |процедура |procedura  |procedura  |procedura |procedura
numbered form        |formulari         |образец   |образац   |obrazac    |obrazac    |obrazac   |obrazac
numbered form        |formulari         |формулар  |формулар  |formular   |formular   |formular  |formular
sign     no.         |nr.               |бр.       |бр.       |br.        |br.        |br.       |br.
"""
"""A name a line: its sort, then its words in the order of ``LANGUAGES``. The first is written, the others are
only read. Behind a minus is what is written, but alone tells no number: "Title 5 holds" is a sentence. Where
a word has several lines, the first of them gives its translation."""


def _names() -> tuple[tuple[str, dict[str, tuple[str, ...]]], ...]:
    rows = []
    for line in _ROWS.strip().splitlines():
        sort, _, words = line.partition(" ")
        cells = (tuple(word.strip() for word in cell.split(",")) for cell in words.split("|"))
        rows.append((sort, dict(zip(LANGUAGES, cells, strict=True))))
    return tuple(rows)


_NAMES = _names()


def words_of(sort: str) -> str:
    """A pattern for the names of one sort of division at the start of a heading, in any language."""
    found = {
        word
        for of, names in _NAMES
        if of == sort
        for words in names.values()
        for word in words
        if not word.startswith("-")
    }
    return rf"(?:{'|'.join(re.escape(word) for word in sorted(found, key=lambda word: (-len(word), word)))})"


def written_in(sort: str) -> dict[str, str]:
    """How the first name of a sort is written in each language ("Neni", "Члан")."""
    names = next(names for of, names in _NAMES if of == sort)
    return {language: words[0].capitalize() for language, words in names.items()}


def name_in(word: str, source: str, target: str) -> str:
    """The word for the same part in another language, in small letters. Empty where the word is unknown, or
    has no equivalent there. A word that the source's own language does not have is looked for in all."""
    wanted = word.casefold().rstrip(".")
    rows = [
        (language, names)
        for _, names in _NAMES
        for language, words in names.items()
        if wanted in (one.lstrip("-").rstrip(".") for one in words)
    ]
    own = [names for language, names in rows if language.partition("-")[0] == source]
    for names in own or [names for _, names in rows]:
        if target in names:
            return names[target][0].lstrip("-")
    return ""
