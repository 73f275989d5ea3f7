"""Numbers that are typed at the start of headings, and words that only look like them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from documents.text import Section, SectionText, SectionTree
from documents.word import open_package
from documents.word.read.outline.heading_numbers import looks_as, typed_number
from documents.word.read.read import read_package
from documents.word.source_patch.write import write_own_file
from tests.support.documents.word.build import HEADINGS, heading, p, read, word_file


@pytest.mark.parametrize(
    "row",
    [
        "Член 5|", "ЧЛЕН 5-а|", "Članak 12.|", "Neni 7|Përkufizime", "Art. 5|Scope", "Член 5)|Прва", "Членови|",
        "Глава II|", "KREU I|DISPOZITA", "GLAVA PRVA|", "Прилог бр. 2|Образец", "Shtojca A|", "Annex 1|NRM",
        "1.2.3|Опсег", "4)|Рокови", "1.1|рок", "IV.|Завршни", "А.|Општо", "I.1.|Опсег", "А.1|Опсег", "а)|Опсег",
        "(1)|Увод", "§ 3|Rok", "I|УВОД", "II|Мере", "2)|рок", "Ђ.|Рок",
        "Цел 1|Заштита", "Мерка 1.1|Обука", "Стратешка цел 2|Рад", "Objektivi strategjik 3|Mbrojtja", "МЕРА 1|ОБУКА",
        "Pika 1)|Qëllimi", "Tačka 2|Rok", "Strategic goal I|Care",
        # The letter of an article that was put in between two.
        "Članak 57.a|", "Članak 5.b.|", "Članak 5.a|Posebni rokovi", "ČLANAK 5.A|POSEBNI ROKOVI", "Члан 5.а|Посебни рокови",
    ],
)  # fmt: skip
def test_a_number_is_told_by_its_look(row: str) -> None:
    label, _, words = row.partition("|")
    if label == "Членови":
        assert typed_number("Членови на комисијата") == ""
    else:
        assert typed_number(f"{label} {words}".strip()) == label


@pytest.mark.parametrize(
    ("words", "label"),
    [
        ("Цел 1: заштита", "Цел 1"),
        ("Посебен приоритет 2.1 – рад", "Посебен приоритет 2.1"),
        ("Članak 5.Rok", "Članak 5"),
        ("Članak 5.1.a Rok", "Članak 5.1.a"),
        ("Article 5 – 10 days", "Article 5"),
        ("12.5 % повеќе", "12.5"),
    ],
)
def test_a_sign_behind_it_is_none_of_its_own(words: str, label: str) -> None:
    assert typed_number(words) == label


@pytest.mark.parametrize(
    "words",
    [
        "Вовед", "2024 година", "24 сата", "24 Сата", "17. октобар", "18. oktobar", "1990. godina", "Vitamin C", "A plan", "I dalje",
        "(не)формално", "г. Скопје", "C.V. format", "U.S. policy", "C.N. v. the UK", "Корак 5 сам", "Step 2 of the process",
        "Anekset", "Člának 5", "I. protiv trgovine", "Секција 1",
        # Of several articles, or a part of one.
        "Članak 5.–8.", "Članak 5. do 8.", "Članak 5.a–5.c", "Članak 5. i 6.", "Članak 5., 6. i 7.", "Article 5 – 8", "Neni 5. dhe 6.",
        "Article 6-a(2) CPC", "Član 5 a i 6",
        # Of another act: a small letter stands behind the number.
        "Член 418-а од Кривичниот законик", "Neni 3 i Ligjit për azilin", "Article 4 of the European Convention",
    ],
)  # fmt: skip
def test_in_doubt_it_is_words(words: str) -> None:
    assert typed_number(words) == ""


@pytest.mark.parametrize(
    ("words", "kind"),
    [("Neni 7 x", "article"), ("Kreu II", "chapter"), ("Shtojca A", "annex"), ("1.2 x", "decimal"), ("IV. x", "roman"), ("А. x", "letter")],
)  # fmt: skip
def test_the_kind_of_a_number(words: str, kind: str) -> None:
    assert looks_as(words)[0] == kind


def made(*rows: tuple[int, str]) -> bytes:
    return word_file("".join(heading(text, level) + p("Текст.") for level, text in rows), styles=HEADINGS)


def shown(tree: SectionTree) -> list[str]:
    return [f"{section.text.label}|{section.text.heading}" for section in tree]


def own(data: bytes, tree: SectionTree, uids: list[str]) -> SectionTree:
    return read_package(open_package(write_own_file(data, tree, uids))).tree


def with_text(section: Section, label: str, words: str) -> Section:
    body = {**section.text.body, "heading": [{"type": "text", "text": words}]}
    return replace(section, text=SectionText(label, body))


def test_the_number_is_taken_off_the_heading() -> None:
    tree = read(made((1, "I. Увод"), (2, "Члан 5 – Рок"), (2, "17. октобар"))).tree
    assert shown(tree) == ["I.|Увод", "Члан 5|Рок", "|17. октобар"]
    assert [section.kind for section in tree] == ["chapter", "article", "section"]


@pytest.mark.parametrize(
    ("label", "words"),
    [("Step 2", "of the process"), ("", "1. Увод"), ("I", "Step 2 of the process"), ("", "2. октобар"), ("17.", "октобар")],
)  # fmt: skip
def test_an_own_file_says_whether_a_heading_has_a_number(label: str, words: str) -> None:
    """Of a text taken in when numbers were told in another way: neither its own file nor the way back changes
    it."""
    data = made((1, f"{label} {words}".strip()), (1, "Kraj"))
    tree = read(data).tree
    had = (with_text(tree.sections[0], label, words), tree.sections[1])
    again = own(data, replace(tree, sections=had), [section.uid for section in tree])
    assert shown(again) == [f"{label}|{words}", "|Kraj"]
