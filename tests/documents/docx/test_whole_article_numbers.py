"""The number of an article is read whole: with the letter of one that was put in ("Članak 5.a"), and never cut in its middle."""

from __future__ import annotations

import pytest

from documents.comparison import compare
from documents.word.read.outline.headings import starts_as
from tests.documents.docx.build import outline, p, read, word_file
from tests.documents.docx.test_cited_articles import made, own, shown

LETTERED = [
    "Članak 57.a|",
    "Članak 5.b.|",
    "Članak 5. a|",
    "Članak 5.a|Posebni rokovi",
    "Članak 5.a|posebni rokovi",
    "Članak 5.a|i rokovi",
    "Član 5.a|stav 2",
    "Čl. 12.c|Rok",
    "ČLANAK 5.A|POSEBNI ROKOVI",
    "Члан 5.а|Посебни рокови",
    "Член 5.б.|Тајност",
]


@pytest.mark.parametrize("row", LETTERED)
def test_the_letter_behind_a_full_stop_belongs_to_the_number(row: str) -> None:
    source = made(row.strip("|").replace("|", " "))
    tree = read(source).tree
    assert shown(tree) == [row]
    assert tree.sections[0].kind == "article"
    assert shown(own(source, tree, tree)) == [row]


@pytest.mark.parametrize(
    ("words", "label"),
    [
        ("Članak 5. Rok", "Članak 5."),
        ("Članak 5. A ako netko odbije", "Članak 5."),
        ("Članak 5. a ako netko odbije", "Članak 5."),
        ("Članak 5.Rok", "Članak 5"),
        ("Члан 5.О роковима", "Члан 5"),
        ("Član 5.u skladu sa zakonom", "Član 5"),
        ("Članak 5.1.a Rok", "Članak 5.1.a"),
        ("Člának 5", ""),
        ("Член 5 а) прва точка", "Член 5"),
        ("Член 5а) прва точка", "Член 5а)"),
        ("Член 5) прва точка", "Член 5)"),
        ("Article 12(a) Special cases", "Article 12"),
        ("Article 5 – 10 days", "Article 5"),
        ("Article 5 – 2026", "Article 5"),
    ],
)
def test_what_is_of_the_words_does_not(words: str, label: str) -> None:
    assert starts_as(words)[1] == label


@pytest.mark.parametrize(
    "words",
    [
        "Članak 5.–8.", "Članak 5. – 8.", "Članak 5.-8.", "Članak 5. do 8.", "Članak 5.a–5.c", "Članak 5. i 6.", "Članak 5.i 6.",
        "Članak 5.a i 6.", "Članak 5., 6. i 7.", "Članak 5./6.", "Члан 5. и 6.", "Члан 5.а и 5.б", "Article 5 – 8", "Neni 5. dhe 6.",
        "Article 6-a(2) CPC", "Article 6/a(2) CPC", "Članak 6.a(2) ZKP-a", "Članak 6.(2)", "Член 6-а и 6-б", "Article 6a.(2)", "Član 5 a i 6",
    ],
)  # fmt: skip
def test_several_articles_and_parts_of_one_are_words(words: str) -> None:
    assert shown(read(made(words, "Мере")).tree) == [f"|{words}", "|Мере"]


def test_plain_lines_with_such_letters_are_articles() -> None:
    text = p(
        "Ova odredba vrijedi za sve ustanove koje rade s osobama u mješovitim migracijama, svaka u svojem djelokrugu."
    )
    body = "".join(
        p(f"Članak {n}", '<w:jc w:val="center"/>') + text * 2 for n in ("57.", "57.a", "57.b", "58.")
    )
    assert [row[1:3] for row in outline(read(word_file(body, styles=""), "hr").tree)] == [
        ("article", f"Članak {n}") for n in ("57.", "57.a", "57.b", "58.")
    ]


def test_another_letter_is_another_number_and_no_other_title() -> None:
    old, new = (
        read(made("Članak 5. Rokovi", f"Članak 5.{letter} Posebni rokovi", "Članak 6. Kraj"), "hr").tree
        for letter in "ab"
    )
    found = compare(old, new).sections
    assert [change.retitled for change in found] == [False] * 3
