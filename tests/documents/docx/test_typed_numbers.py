"""Numbers that are typed at the start of headings, and words that only look like them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from documents.text import Section, SectionText, SectionTree
from documents.word import open_package
from documents.word.read.read import read_package
from documents.word.source_patch.write import write_own_file
from tests.documents.docx.build import HEADINGS, heading, p, read, word_file
from tests.documents.docx.typed_words import WORDS

Rows = list[tuple[int, str]]


def made(rows: Rows) -> bytes:
    return word_file("".join(heading(text, level) + p("Текст.") for level, text in rows), styles=HEADINGS)


def shown(tree: SectionTree) -> list[str]:
    return [f"{section.text.label}|{section.text.heading}" for section in tree]


@pytest.mark.parametrize(
    ("rows", "read_as"),
    [
        (
            [(1, "I. Увод"), (2, "I.1. Опсег"), (2, "I.2. Рок"), (1, "II. Мере"), (2, "II.1. Сама")],
            ["I.|Увод", "I.1.|Опсег", "I.2.|Рок", "II.|Мере", "II.1.|Сама"],
        ),
        (
            [(1, "А. Увод"), (2, "А.1 Опсег"), (1, "Б. Мере"), (2, "Б.1 Обука"), (2, "Б.2 Рад")],
            ["А.|Увод", "А.1|Опсег", "Б.|Мере", "Б.1|Обука", "Б.2|Рад"],
        ),
        (
            [(1, "1. Увод"), (2, "а) Опсег"), (2, "б) Рок"), (2, "а ако није"), (1, "2. Мере"), (2, "а) Сама")],
            ["1.|Увод", "а)|Опсег", "б)|Рок", "|а ако није", "2.|Мере", "а)|Сама"],
        ),
        ([(1, "(1) Увод"), (1, "(2) Мере"), (1, "(не)формално")], ["(1)|Увод", "(2)|Мере", "|(не)формално"]),
        ([(1, "§ 3 Rok"), (1, "§ 4. Mere")], ["§ 3|Rok", "§ 4.|Mere"]),
        (
            [(1, "I УВОД"), (1, "II Мере"), (1, "I dalje"), (1, "III Крај"), (1, "X Зраци")],
            ["I|УВОД", "II|Мере", "|I dalje", "III|Крај", "|X Зраци"],
        ),
        ([(1, "1 Увод"), (2, "1.1 Опсег"), (1, "24 Сата")], ["1|Увод", "1.1|Опсег", "|24 Сата"]),
        (
            [(1, "Цел 1: Заштита"), (2, "Мерка 1.1 Обука"), (2, "Мерка 1.2. Рад"), (1, "Цел 2: Крај")],
            ["Цел 1|Заштита", "Мерка 1.1|Обука", "Мерка 1.2.|Рад", "Цел 2|Крај"],
        ),
        (
            [(1, "Стратешка цел 1 Обука"), (1, "Стратешка цел 2 Рад"), (1, "Корак 5 сам")],
            ["Стратешка цел 1|Обука", "Стратешка цел 2|Рад", "|Корак 5 сам"],
        ),
        (
            [(1, "Pika 1) Qëllimi"), (1, "Pika 2) Fusha"), (1, "Tačka 2 Rok"), (1, "Tačka 3 Kraj")],
            ["Pika 1)|Qëllimi", "Pika 2)|Fusha", "Tačka 2|Rok", "Tačka 3|Kraj"],
        ),
        ([(1, "Neni 5 Fusha"), (1, "Kreu II Rok"), (1, "Art. 5 Scope")], ["Neni 5|Fusha", "Kreu II|Rok", "Art. 5|Scope"]),
        ([(1, "Точка 2. Рок"), (1, "Точка 3. Мере")], ["Точка 2.|Рок", "Точка 3.|Мере"]),
        (
            [(1, "Стратешка цел 1: заштита"), (1, "Стратешка цел 2: обука"), (2, "Посебен приоритет 2.1 – Рад")],
            ["Стратешка цел 1|заштита", "Стратешка цел 2|обука", "Посебен приоритет 2.1|Рад"],
        ),
        (
            [(1, "Strateški cilj 2. Zaštita"), (1, "Strateški cilj 3. Obuka"), (1, "Specifičan cilj 1 – obuka"), (1, "Specifičan cilj 2 – rad"),
             (1, "Strategic goal I - Care"), (1, "Strategic goal II - Rights")],
            ["Strateški cilj 2.|Zaštita", "Strateški cilj 3.|Obuka", "Specifičan cilj 1|obuka", "Specifičan cilj 2|rad",
             "Strategic goal I|Care", "Strategic goal II|Rights"],
        ),
        (
            [(1, "Objektivi strategjik 3 Mbrojtja"), (1, "Objektivi strategjik 4 Masat"), (1, "МЕРА 1 ОБУКА"), (1, "МЕРА 2 РАД"),
             (1, "Образац број 1: захтев"), (1, "Образац број 2: план"), (1, "Faza 1 – identifikacija"), (1, "Faza 2 – pomoć")],
            ["Objektivi strategjik 3|Mbrojtja", "Objektivi strategjik 4|Masat", "МЕРА 1|ОБУКА", "МЕРА 2|РАД",
             "Образац број 1|захтев", "Образац број 2|план", "Faza 1|identifikacija", "Faza 2|pomoć"],
        ),
        (
            [(1, "А. Увод"), (2, "А.а Опсег"), (2, "А.б Рок"), (1, "I. protiv trgovine"), (1, "II. protiv nasilja")],
            ["А.|Увод", "А.а|Опсег", "А.б|Рок", "I.|protiv trgovine", "II.|protiv nasilja"],
        ),
        ([(1, "I. Увод"), (1, "I.A. Опсег"), (1, "I.B. Рок")], ["I.|Увод", "I.A.|Опсег", "I.B.|Рок"]),
        ([(1, "C. Cases"), (2, "C.N. v. the UK"), (2, "C.O. v. France")], ["C.|Cases", "|C.N. v. the UK", "|C.O. v. France"]),
        ([(1, "Ђ. Рок"), (1, "Е. Мере"), (1, "ж) сам")], ["Ђ.|Рок", "Е.|Мере", "|ж) сам"]),
        (
            [(1, words) for words in ("24 сата", "Vitamin C", "A plan", "1990. godina", "18. oktobar")],
            ["|24 сата", "|Vitamin C", "|A plan", "|1990. godina", "|18. oktobar"],
        ),
        (
            [(1, words) for words in ("17. октобар", "18. октобар", "92 Policija", "93 Vatrogasci", "27 Članica", "28 Članica")],
            ["|17. октобар", "|18. октобар", "|92 Policija", "|93 Vatrogasci", "|27 Članica", "|28 Članica"],
        ),
        (
            [(1, words) for words in ("C.V. format", "г. Скопје", "U.S. policy", "a) alone", "Секција 1", "Секција 2")],
            ["|C.V. format", "|г. Скопје", "|U.S. policy", "|a) alone", "|Секција 1", "|Секција 2"],
        ),
    ],
)  # fmt: skip
def test_a_number_is_what_others_go_on_by(rows: Rows, read_as: list[str]) -> None:
    assert shown(read(made(rows)).tree) == read_as


@pytest.mark.parametrize("headings", WORDS)
def test_words_in_which_a_part_is_spoken_of_are_no_number(headings: tuple[str, ...]) -> None:
    tree = read(made([(1, "Увод"), *((2, words) for words in headings)])).tree
    assert shown(tree) == ["|Увод", *(f"|{words}" for words in headings)]


def test_an_own_file_keeps_what_was_taken_for_a_number_before() -> None:
    """Of a text taken in when words were numbers still: neither its own file nor the way back changes it."""
    data = made([(1, "Step 2 of the process"), (1, "Kraj")])
    tree = read(data).tree
    had = (with_text(tree.sections[0], "Step 2", "of the process"), tree.sections[1])
    again = written(data, replace(tree, sections=had), [section.uid for section in tree])
    assert shown(again) == ["Step 2|of the process", "|Kraj"]


def written(data: bytes, tree: SectionTree, uids: list[str]) -> SectionTree:
    return read_package(open_package(write_own_file(data, tree, uids).data)).tree


def with_text(section: Section, label: str, words: str) -> Section:
    body = section.text.body | {"heading": [{"type": "text", "text": words}]}
    return replace(section, text=SectionText(label, body))


def test_an_own_file_says_which_of_its_headings_have_a_number() -> None:
    """A number that stands alone now is still one, and words that look like a number are not."""
    data = made([(1, "1. Увод"), (2, "а) Опсег"), (2, "б) Рок"), (1, "2. Мере")])
    tree = read(data).tree
    alone = [section for section in tree if section.text.heading != "Рок"]
    alone[2] = with_text(alone[2], "", "2. октобар")
    again = written(data, replace(tree, sections=tuple(alone)), [section.uid for section in tree])
    assert shown(again) == ["1.|Увод", "а)|Опсег", "|2. октобар"]


def test_a_text_taken_in_with_its_numbers_among_the_words_keeps_them_there() -> None:
    data = made([(1, "I. Увод"), (2, "I.1. Опсег"), (2, "I.2. Рок"), (1, "Мере")])
    tree = read(data).tree
    had = [
        with_text(section, "", f"{section.text.label} {section.text.heading}")
        if section.level == 2
        else section
        for section in tree
    ]
    uids = [section.uid for section in tree]
    made_now = write_own_file(data, replace(tree, sections=tuple(had)), uids)
    assert shown(read_package(open_package(made_now.data)).tree) == [
        "I.|Увод",
        "|I.1. Опсег",
        "|I.2. Рок",
        "|Мере",
    ]
    assert not made_now.differing


def test_a_roman_number_without_a_sign_is_read_again_from_the_own_file() -> None:
    words = ("I ОПШТЕ ОДРЕДБЕ", "II МЕРЕ ЗАШТИТЕ", "III ЗАВРШНЕ ОДРЕДБЕ")
    source = made([(1, one) for one in words])
    tree = read_package(open_package(source), language="sr").tree
    assert [section.text.label for section in tree] == ["I", "II", "III"]
    again = written(source, tree, [section.uid for section in tree])
    assert shown(again) == shown(tree)
    first, second, third = tree.sections
    changed = replace(tree, sections=(first, with_text(second, "II", "МЕРЕ ПОДРШКЕ"), third))
    assert shown(written(source, changed, [section.uid for section in tree])) == shown(changed)


def test_so_is_one_before_the_name_of_a_part() -> None:
    source = made(
        [(1, one) for one in ("I Step 2 of the process", "II Мера 1 и мера 2", "III Cilj 1 i rokovi")]
    )
    tree = read_package(open_package(source), language="sr").tree
    assert shown(tree) == ["I|Step 2 of the process", "II|Мера 1 и мера 2", "III|Cilj 1 i rokovi"]
    assert shown(written(source, tree, [section.uid for section in tree])) == shown(tree)


@pytest.mark.parametrize(
    "heading",
    [
        "Члан 4 Европске конвенције о људским правима", "Члан 388 Кривичног законика", "Član 3 Zakona o azilu",
        "Članak 106. Kaznenog zakona", "Члан 7 Конвенције о правима детета", "Neni 3 i Ligjit për azilin",
        "Neni 110/a i Kodit Penal", "Член 418-а од Кривичниот законик", "Article 4 of the European Convention",
        "Annex 1 of the Convention", "Члан 6 ЕКЉП", "Član 186 KZ BiH", "Article 5 ECHR", "Члан 4 став 1 Закона о странцима",
        "Член 5 став 1 од Конвенцијата", "Član 5 stav 1. tačka 3. Zakona",
    ],
)  # fmt: skip
def test_the_article_of_another_act_is_no_number_of_its_heading(heading: str) -> None:
    assert shown(read(made([(1, "Члан 1 Мере"), (1, heading)])).tree) == ["Члан 1|Мере", f"|{heading}"]


@pytest.mark.parametrize(
    ("heading", "read_as"),
    [
        ("Члан 5 Примена закона", "Члан 5|Примена закона"),
        ("Члан 5 Измене закона", "Члан 5|Измене закона"),
        ("Član 7 Strategije i planovi", "Član 7|Strategije i planovi"),
        ("Члан 3: Закона", "Члан 3|Закона"),
        ("Члан 3 СВРХА", "Члан 3|СВРХА"),
        ("Члан 3 UVOD", "Члан 3|UVOD"),
        ("Члан 12. Закони и подзаконски акти", "Члан 12.|Закони и подзаконски акти"),
        ("Annex 1 NRM", "Annex 1|NRM"),
        ("Annex 1 to the Standard Operating Procedures", "Annex 1|to the Standard Operating Procedures"),
        ("Прилог 2 на процедурите", "Прилог 2|на процедурите"),
        ("Neni 5 Qëllimi i ligjit", "Neni 5|Qëllimi i ligjit"),
    ],
)
def test_an_article_about_acts_keeps_its_number(heading: str, read_as: str) -> None:
    assert shown(read(made([(1, "Члан 1 Мере"), (1, heading)])).tree)[1] == read_as
