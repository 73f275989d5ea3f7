"""Headings of documents that mark none."""

from __future__ import annotations

import pytest

from documents.translation.languages import guess_language, language_of_tag
from documents.word import FindingCode
from tests.support.documents.word.build import heading, outline, p, read, word_file

BOLD, CENTRE = "<w:b/>", '<w:jc w:val="center"/>'
TEXT = p(
    "Оваа одредба важи за сите институции што работат со лица во мешани миграциски движења, секој во својот "
    "делокруг."
)


def test_articles_under_chapters_with_their_words_below_or_above() -> None:
    body = (
        p("ПРАВИЛНИК", CENTRE, BOLD)
        + p("Глава I", CENTRE, BOLD) + TEXT
        + p("Предмет", CENTRE, BOLD) + p("Член 1", CENTRE) + TEXT + TEXT
        + p("Член 2", CENTRE) + p("Поим", CENTRE, BOLD) + TEXT + TEXT
    )  # fmt: skip
    result = read(word_file(body, styles=""))
    assert outline(result.tree) == [
        (1, "chapter", "Глава I", ""),
        (2, "article", "Член 1", "Предмет"),
        (2, "article", "Член 2", "Поим"),
    ]
    assert result.tree.title == "ПРАВИЛНИК"
    assert result.report.count(FindingCode.HEADINGS_INFERRED) == 3


def test_numbers_in_bold() -> None:
    body = "".join(p(f"{n} Наслов {n}", rpr=BOLD) + TEXT * 2 for n in ("1.", "1.1.", "1.1.1", "2."))
    tree = read(word_file(body, styles="")).tree
    assert [(level, label) for level, _, label, _ in outline(tree)] == [
        (1, "1."),
        (2, "1.1."),
        (3, "1.1.1"),
        (1, "2."),
    ]


def test_looks_alone() -> None:
    big = '<w:b/><w:sz w:val="32"/>'
    body = p("ИЗВЕШТАЈ", CENTRE, '<w:b/><w:sz w:val="48"/>') + TEXT
    body += (
        p("Прва тема", rpr=big)
        + TEXT * 2
        + p("Подтема", rpr=BOLD)
        + TEXT * 2
        + p("Втора тема", rpr=big)
        + TEXT
    )
    tree = read(word_file(body, styles="")).tree
    assert tree.title == "ИЗВЕШТАЈ"
    assert [(level, words) for level, _, _, words in outline(tree)] == [
        (1, ""), (1, "Прва тема"), (2, "Подтема"), (1, "Втора тема")
    ]  # fmt: skip


def test_plain_text_has_no_headings() -> None:
    body = TEXT + p("Член 5 од овој закон пропишува дека рокот тече од денот на известувањето.") + TEXT
    result = read(word_file(body, styles=""))
    assert len(result.tree) == 1
    assert result.report.count(FindingCode.NO_HEADINGS) == 1


def test_plain_articles_under_marked_chapters() -> None:
    style = '<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/></w:style>'
    body = heading("Основни одредби") + p("Члан 1", CENTRE) + TEXT + p("Члан 2", CENTRE) + TEXT
    result = read(word_file(body, styles=style))
    assert [(level, label) for level, _, label, _ in outline(result.tree)] == [
        (1, ""),
        (2, "Члан 1"),
        (2, "Члан 2"),
    ]
    assert result.report.count(FindingCode.HEADINGS_INFERRED) == 2


@pytest.mark.parametrize(
    ("words", "language"),
    [
        ("Најдобриот интерес на детето и на жртвата е прв услов за одлуката, ќе се почитува.", "mk"),
        (
            "Интереси детета су на првом месту и биће поштовани у свакој одлуци која се доноси, ћирилица.",
            "sr",
        ),
        ("Interesi i fëmijës është kushti i parë për çdo vendim dhe në çdo rast që merret.", "sq"),
        ("The best interests of the child are the first consideration in every decision.", "en"),
    ],
)
def test_the_language_of_a_text(words: str, language: str) -> None:
    assert guess_language(words) == language


def test_the_language_of_a_tag() -> None:
    assert [language_of_tag(tag) for tag in ("sr-Latn-ME", "mk-MK", "hr-HR", "fr-FR")] == [
        "cnr",
        "mk",
        "hr",
        "",
    ]
