"""Headings that speak of another act's article where the document's own numbers leave no room for it: with letters, gaps, and among
headings that all speak of another act."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest

from documents.word.read.outline.acts import Cited
from documents.word.read.outline.headings import cites
from documents.word.read.outline.runs import Worded, own_numbers
from tests.documents.docx.build import read
from tests.documents.docx.test_cited_articles import made, shown


def heading_rows(rows: tuple[str, ...]) -> list[str]:
    return shown(read(made(*(row.strip("|").replace("|", " ") for row in rows))).tree)


@pytest.mark.parametrize(
    "rows",
    [
        # A letter comes behind its number, not before it.
        ("Член 5|Рок", "|Член 6-а од КЗ: Трговија со луѓе", "Член 6|Тајност"),
        ("Члан 5.|Рок", "|Члан 6а КЗ", "Члан 6.|Тајност"),
        ("Neni 5|Afati", "|Neni 6/a i KP", "Neni 6|Fundi"),
        ("Article 5|Terms", "|Article 6a of the Criminal Code", "Article 6|End"),
        ("Član 5|Rok", "|Član 6a KZ", "Član 7|Kraj"),
        # What was had before does not come again.
        ("Član 12.|Rok", "Član 12a.|Hitni rok", "|Član 12. Krivičnog zakona", "Član 13.|Kraj"),
        ("Član 12.|Rok", "Član 12a.|Hitni rok", "|Član 12. ZKP-a", "Član 13.|Kraj"),
        ("Član 15.|Rok", "Član 16.|Tajnost", "|Član 15. ZKP-a", "Član 16a.|Izuzetak", "Član 17.|Kraj"),
        ("Član 12.|Rok", "Član 12b.|NRM", "|Član 12a. ZKP-a", "Član 13.|Kraj"),
        ("Члан 1|Рок", "Члан 2|Мере", "Члан 388|трговина људима", "|Члан 1 КЗ", "Члан 2а|Обука", "Члан 3|Крај"),
        # Nor what comes behind.
        ("Article 9|Terms", "|Article 10 of the Criminal Code", "Article 9a|Extra terms", "Article 10|End"),
        ("Article 9|Terms", "|Article 9b CPC", "Article 9a|Extra terms", "Article 10|End"),
        # So it is with Croatia's letters.
        ("Članak 5.|Rok", "|Članak 6.a Kaznenog zakona", "Članak 6.|Tajnost"),
        ("Članak 5.|Rok", "Članak 5.a|Hitni rok", "|Članak 5.a Kaznenog zakona", "Članak 5.b|HZSR", "Članak 6.|Tajnost"),
        ("Члан 5.|Рок", "Члан 5.а|ЦСР", "|Члан 5. КЗ", "Члан 6.|Крај"),
        ("Article 5|Terms", "|Article 6-a(2) CPC", "Article 6|Secrecy"),
        ("Neni 5|Afati", "|Neni 6/a(2) i KPP", "Neni 6|Fundi"),
        # What fits goes on.
        ("Članak 12.|Rok", "Članak 12a|HZSR", "Članak 12b|HCK", "Članak 13.|Kraj"),
        ("Член 5|Рок", "Член 6|МВР", "Член 6-а|НРМ", "Член 7|Крај"),
        ("Neni 5|Afati", "|Neni 9 KPP", "Neni 6|MKR", "|Neni 5 i KP", "Neni 7|Fundi"),
        ("Neni 25|Afati", "|Neni 26/1 i KP", "Neni 25/1|OJQ", "|Neni 25 KPP", "Neni 25/2|MKR", "|Neni 25/1 i KP", "Neni 26|Fundi"),
        # A number that stands out of the count does not hide what it goes on from.
        ("Члан 4|Рок", "Члан 388|трговина људима", "Члан 5|НРМ", "Члан 6|Крај"),
        ("Члан 4|Рок", "Члан 388|трговина људима", "|Члан 4 КЗ", "Члан 5|Крај"),
    ],
)  # fmt: skip
def test_no_number_comes_twice_or_goes_back(rows: tuple[str, ...]) -> None:
    assert heading_rows(rows) == list(rows)


@pytest.mark.parametrize(
    "rows",
    [
        ("Члан 4|Рок", "|Члан 5 КЗ", "Члан 5|ЦСР", "Члан 6|Крај"),
        ("Члан 4|Рок", "Члан 5|ЦСР", "|Члан 5 КЗ", "Члан 6|Крај"),
        ("Article 4|Terms", "|Article 5 of the Convention", "Article 5|NRM", "|Article 5 ECHR", "Article 6|End"),
        ("Neni 4|Afati", "|Neni 5 i KP", "Neni 5|OJQ", "Neni 6|MKR"),
        ("Članak 4.|Rok", "|Članak 6. KZ-a", "|Članak 5. Kaznenog zakona", "Članak 5.|HZSR", "Članak 6.|HCK", "Članak 7.|Kraj"),
    ],
)  # fmt: skip
def test_of_two_with_one_number_it_is_that_of_the_one_whose_words_leave_a_doubt(
    rows: tuple[str, ...],
) -> None:
    assert heading_rows(rows) == list(rows)


@pytest.mark.parametrize(
    "rows",
    [
        ("|Article 4 of the European Convention", "Article 5|Terms"),
        ("|Члан 4 КЗ", "Члан 5|Рок"),
        ("Neni 5|Afati", "|Neni 6 i KP"),
        ("|Član 4. Krivičnog zakona", "Član 5.|Rok", "|Član 9. ZKP-a", "Član 12.|Kraj"),
        # Words that leave a doubt, a second one that goes on, or the first of all are enough.
        ("Члан 4|ЦСР", "Члан 5|Рок"),
        ("Article 4|of the European Convention", "Article 5|NRM", "Article 6|Terms"),
        ("Член 1|од ЕКЧП", "Член 2|Рок"),
        ("|Членови", "Член 1|Рок", "Член 2|од ЕКЧП"),
    ],
)
def test_what_plainly_names_another_act_goes_on_with_more_than_one(rows: tuple[str, ...]) -> None:
    assert heading_rows(rows) == list(rows)


@pytest.mark.parametrize("words", ["Neni 14 KEDNJ", "Neni 14 KEDNJ-së", "Article 6 CEDAW", "Član 3 TFEU"])
def test_short_names_with_a_vowel_within_are_known(words: str) -> None:
    assert cites(words) is Cited.PLAINLY
    word = words.split()[0]
    tree = read(made(f"{word} 3 Rok", words, f"{word} 4 Kraj")).tree
    assert shown(tree) == [f"{word} 3|Rok", f"|{words}", f"{word} 4|Kraj"]


LAWS = {
    "Член": ("абв", "", "Рок", "НРМ", ["од Кривичниот законик", "став 2 од Законот за странци", "од ЕКЧП", "КЗ"]),
    "Члан": ("абв", ".", "Рок", "ЦСР", ["Кривичног законика", "став 2. Закона о странцима", "ЕКЉП", "ЗКП-а"]),
    "Član": ("abc", ".", "Rok", "NRM", ["Krivičnog zakona BiH", "stav (2) Zakona o strancima", "EKLJP", "KZ"]),
    "Članak": ("abc", "", "Rok", "HZSR", ["Kaznenog zakona", "stavak 2. Zakona o strancima", "EKLJP", "ZKP-a"]),
    "Neni": ("abc", "", "Afati", "OJQ", ["i Kodit Penal", "paragrafi 2 i Ligjit për të Huajt", "KEDNJ", "i KP"]),
    "Article": ("abc", "", "Terms", "NRM", ["of the Criminal Code", "ECHR", "(2) CPC", "of the CC"]),
}  # fmt: skip


@pytest.mark.parametrize("letter", ["", "-", "/", "."])
@pytest.mark.parametrize("word", LAWS)
def test_in_laws_with_letters_and_gaps_just_the_own_articles_have_their_numbers(
    word: str, letter: str
) -> None:
    """``letter``: what stands before one, as in "6-а", "6/a", "5.a". Of what another act's article may be taken for where there is room for it by chance, none stands in these."""
    letters, dot, title, doubtful, others = LAWS[word]
    dice = random.Random(word + letter)
    for _ in range(40):
        own = _numbers(dice)
        sure = [at for at, one in enumerate(own) if _by_a_gap(own, at) or dice.random() < 0.5]
        rows: list[tuple[tuple[int, int], str, bool]] = [
            (one, title if at in sure else doubtful, True) for at, one in enumerate(own)
        ]
        for _ in range(dice.randint(1, 5)):
            at = dice.randrange(1, len(own))
            number = (
                dice.choice([dice.randint(1, own[-1][0] + 2), dice.randint(100, 450)]),
                dice.choice([0, 0, 1, 2]),
            )
            if not own[at - 1] < number < own[at]:
                behind = rows.index(next(row for row in rows if row[2] and row[0] == own[at]))
                rows.insert(behind, (number, dice.choice(others), False))
        labels = [
            f"{word} {value}{letter + letters[which - 1] if which else ''}{dot}"
            for (value, which), _, _ in rows
        ]
        worded = [
            Worded(1, label, cites(f"{label} {words}"))
            for label, (_, words, _) in zip(labels, rows, strict=True)
        ]
        assert all(bool(one.cites) == (row[1] != title) for one, row in zip(worded, rows, strict=True))
        found = own_numbers(worded)
        said = [(label, words) for label, (_, words, _) in zip(labels, rows, strict=True)]
        assert [said[at] for at in sorted(found)] == [
            said[at] for at, (_, words, is_own) in enumerate(rows) if is_own and words == doubtful
        ]


def _numbers(dice: random.Random) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for value in range(1, dice.randint(6, 30)):
        if value > 2 and dice.random() < 0.1:
            continue
        found += [(value, letter) for letter in range(dice.choice([1, 1, 1, 1, 2, 3]))]
    return found


def _by_a_gap(own: list[tuple[int, int]], at: int) -> bool:
    return any(two[0] > one[0] + 1 for one, two in pairwise(own[max(0, at - 1) : at + 2]))
