"""Headings that speak of another act's article, and a document's own articles whose words look like the name of an act."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from documents.text import SectionTree
from documents.word import open_package
from documents.word.read.outline.acts import Cited
from documents.word.read.outline.runs import Worded, own_numbers
from documents.word.read.read import read_package
from documents.word.source_patch.write import write_own_file
from tests.documents.docx.build import (
    HEADINGS,
    abstract,
    archive,
    heading,
    level,
    num,
    outline,
    p,
    parts_of,
    read,
    word_file,
)

BOLD = "<w:b/>"
TEXT = p(
    "Оваа одредба важи за сите институции што работат со лица во мешани миграциски движења во делокругот."
)

CITED = [
    "Article 4 of ECHR", "Article 4 of the ECHR", "Article 8 (2) CPC", "Article 8(2) ECHR", "Article 8 para. 2 of the ECHR",
    "Article 8, paragraph 2, of the Convention", "Article 4 ECHR: prohibition of slavery", "Article 110/a of the Criminal Code",
    "Article 4 and 5 of the Law", "Articles 4 and 5 of the Convention", "Article 14 in conjunction with Article 4 ECHR",
    "ARTICLE 4 OF THE CONVENTION", "Annex 2 to the Protocol",
    "Члан 8 ст. 2 ЗКП", "Члан 8. став 2. ЗКП и положај жртве", "Члан 103. ЗКП-а", "Члан 4 ЕКЉП – забрана ропства",
    "Члан 4 ЕКЉП и пракса суда", "Члан 388 у вези са чланом 390 КЗ", "Члан 4-6 Закона", "Члан 12 ст. 2 ЗОСПД",
    "Član 103. ZKP-a", "Član 8 st. 2 ZKP", "Član 4 i 5 Zakona", "Član 3 i član 5 KZ", "Član 388 u vezi sa članom 390 KZ",
    "Član 186 KZBiH", "Čl. 4 i 5 KZ RH", "Članak 105. st. 2. KZ-a", "Članak 8. stavak 2. točka 1. Konvencije",
    "Член 4 од ЕКЧП", "Член 5, став 2, точка 3 од Законот", "Член 418-а на КЗ", "Член 4 и 5 од Законот",
    "Neni 110/a i KP", "Neni 4 i KEDNJ", "Neni 3 i këtij ligji", "Neni 8, pika 2, e ligjit", "Neni 8 pika 2 e KPP-së",
    "Neni 4 dhe 5 i Ligjit", "Neni 25/1 i Ligjit për azilin", "Član 25/1 Krivičnog zakona",
]  # fmt: skip


def made(*headings: tuple[int, str] | str) -> bytes:
    rows = [(1, one) if isinstance(one, str) else one for one in headings]
    return word_file("".join(heading(text, at) + p("Текст.") for at, text in rows), styles=HEADINGS)


def shown(tree: SectionTree) -> list[str]:
    return [f"{section.text.label}|{section.text.heading}" for section in tree]


@pytest.mark.parametrize("words", CITED)
def test_where_no_other_goes_on_by_it_it_is_words(words: str) -> None:
    assert shown(read(made("Мере", words)).tree) == ["|Мере", f"|{words}"]


@pytest.mark.parametrize("words", CITED)
def test_so_it_is_between_two_articles_that_follow_one_another(words: str) -> None:
    for word in ("Article", "Члан", "Član", "Članak", "Член", "Neni"):
        own = [f"{word} {number} Рок" for number in range(1, 10)]
        tree = read(made(*own[:5], words, *own[5:])).tree
        assert shown(tree)[5] == f"|{words}"
        assert [section.text.label for section in tree if section.text.heading == "Рок"] == [
            f"{word} {number}" for number in range(1, 10)
        ]


@pytest.mark.parametrize(
    "rows",
    [
        ("Члан 3.|Полиција", "Члан 4.|Тужилаштво", "Члан 5.|ЦСР", "Члан 6.|НРМ", "Члан 7.|Остали органи"),
        ("Члан 1.|Предмет", "Члан 2.|Закона о раду примена", "Члан 3.|Рокови"),
        ("Član 1.|NRM", "Član 2.|KZ BiH", "Član 3.|Zakona primjena", "Član 4.|Kraj"),
        ("Članak 1.|Pojmovi", "Članak 2.|MUP i HZSR", "Članak 3.|HCK"),
        ("Član 1|Predmet", "Član 2|Državne strategije", "Član 2a|KZ", "Član 2b|ZKP", "Član 3|Rok"),
        ("Член 1|Предмет", "Член 2|од НРМ", "Член 3|НРМ", "Член 4|Рок"),
        ("Член 5|Предмет", "Член 5-а|МВР", "Член 6|Рок"),
        ("Neni 3|Policia", "Neni 4|Prokuroria", "Neni 5|OJQ", "Neni 6|MKR", "Neni 7|Të tjera"),
        ("Neni 1|E drejta", "Neni 2|I mituri", "Neni 3|Të drejtat sipas ligjit", "Neni 3/a|KPP", "Neni 4|Kreu"),
        ("Article 1|Purpose", "Article 2|NRM", "Article 3|of the Convention", "Article 4|Terms"),
        ("Article 1|Purpose", "Article 2|Under the law", "Article 3|CPC"),
        ("Annex 1|Form", "Annex 2|to the Protocol", "Annex 3|Plan"),
    ],
)  # fmt: skip
def test_what_goes_on_by_those_beside_it_is_the_headings_own(rows: tuple[str, ...]) -> None:
    tree = read(made(*(row.replace("|", " ") for row in rows))).tree
    assert shown(tree) == list(rows)
    kind = "annex" if rows[0].startswith("Annex") else "article"
    assert {section.kind for section in tree} == {kind}


@pytest.mark.parametrize(
    ("rows", "read_as"),
    [
        # Of those that go on by one another alone, none is the document's.
        (("Члан 388 КЗ", "Члан 389 КЗ", "Члан 390 КЗ"), ["|Члан 388 КЗ", "|Члан 389 КЗ", "|Члан 390 КЗ"]),
        (("Члан 1 Рок", "Члан 388 КЗ", "Члан 389 КЗ", "Члан 2 Мере"), ["Члан 1|Рок", "|Члан 388 КЗ", "|Члан 389 КЗ", "Члан 2|Мере"]),
        # At another level, or beside another word, nothing goes on.
        (("Član 3 Rok", (2, "Član 4 EKLJP"), "Član 4 Mjere"), ["Član 3|Rok", "|Član 4 EKLJP", "Član 4|Mjere"]),
        (("Article 3 Term", "Art. 4 ECHR", "Article 4 Care"), ["Article 3|Term", "|Art. 4 ECHR", "Article 4|Care"]),
        # Articles that begin anew in each chapter, and go on through them.
        ((("Глава I"), (2, "Член 1 НРМ"), (2, "Член 2 Рок"), "Глава II", (2, "Член 1 МВР"), (2, "Член 2 Рок")),
         ["Глава I|", "Член 1|НРМ", "Член 2|Рок", "Глава II|", "Член 1|МВР", "Член 2|Рок"]),
        ((("Kreu I"), (2, "Neni 1 Fusha"), (2, "Neni 2 OJQ"), "Kreu II", (2, "Neni 3 MKR"), (2, "Neni 4 Rok")),
         ["Kreu I|", "Neni 1|Fusha", "Neni 2|OJQ", "Kreu II|", "Neni 3|MKR", "Neni 4|Rok"]),
        # Of two that would go on, one does.
        (("Члан 4 Рок", "Члан 5 ЦСР", "Члан 5 КЗ", "Члан 6 Рок"), ["Члан 4|Рок", "Члан 5|ЦСР", "|Члан 5 КЗ", "Члан 6|Рок"]),
    ],
)  # fmt: skip
def test_what_is_a_run(rows: tuple[tuple[int, str] | str, ...], read_as: list[str]) -> None:
    assert shown(read(made(*rows)).tree) == read_as


@pytest.mark.parametrize(
    ("words", "read_as"),
    [
        ("Neni 110/a Përkufizime", "Neni 110/a|Përkufizime"),
        ("Neni 25/1 Përkufizime", "Neni 25/1|Përkufizime"),
        ("NENI 52/2.", "NENI 52/2.|"),
        ("Neni 25/11", "Neni 25/11|"),
        ("Član 25/1 Rok", "Član 25/1|Rok"),
        ("Članak 25/1 – Rok", "Članak 25/1|Rok"),
        ("Члан 25/1 Рок", "Члан 25/1|Рок"),
        ("Член 25/1: Рок", "Член 25/1|Рок"),
        ("Article 25/1 Scope", "Article 25/1|Scope"),
        ("Neni 25/2011 Azili", "|Neni 25/2011 Azili"),
        ("Neni 25/1/2 Azili", "|Neni 25/1/2 Azili"),
        ("Neni 25/1 dhe 25/2", "|Neni 25/1 dhe 25/2"),
        ("Neni 25/1, 25/2", "|Neni 25/1, 25/2"),
        ("25/1 Azili", "|25/1 Azili"),
        ("1/2 e buxhetit", "|1/2 e buxhetit"),
        ("Члан 5-а Рок", "Члан 5-а|Рок"),
        ("Члан 5 о заштити", "Члан 5|о заштити"),
        ("Članak 5 u hitnim slučajevima", "Članak 5|u hitnim slučajevima"),
        ("Neni 9 I mituri", "Neni 9|I mituri"),
        ("Article 8(2) Scope", "|Article 8(2) Scope"),
        ("Члан 4–6 (брисани)", "|Члан 4–6 (брисани)"),
        ("Article 4, 5 and 6", "|Article 4, 5 and 6"),
        ("Articles", "|Articles"),
        ("Article 7 – 24-hour helpline", "Article 7|24-hour helpline"),
        ("Article 5 GRETA and its work", "Article 5|GRETA and its work"),
        ("Neni 11 Të drejtat sipas ligjit", "Neni 11|Të drejtat sipas ligjit"),
    ],
)
def test_no_number_is_cut_in_its_middle(words: str, read_as: str) -> None:
    assert shown(read(made("Мере", words)).tree)[1] == read_as


def test_numbers_that_word_counts_go_on_too() -> None:
    counted = '<w:pStyle w:val="Heading1"/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    body = p("Предмет", counted) + TEXT + heading("Члан 2 НРМ") + TEXT + heading("Члан 8 ЗКП") + TEXT
    numbering = abstract(0, level(0, "decimal", "Члан %1")) + num(1, 0)
    tree = read(word_file(body, styles=HEADINGS, numbering=numbering)).tree
    assert shown(tree) == ["Члан 1|Предмет", "Члан 2|НРМ", "|Члан 8 ЗКП"]


def test_so_do_articles_of_a_document_that_marks_no_headings() -> None:
    rows = ("Член 1 Предмет", "Член 2 НРМ", "Член 3 од ЕКЧП", "Член 4 Рок", "Член 186 КЗ")
    body = p("ПРАВИЛНИК", '<w:jc w:val="center"/>', BOLD) + TEXT
    body += "".join(p(row, rpr=BOLD) + TEXT * 2 for row in rows)
    tree = read(word_file(body, styles="")).tree
    assert outline(tree)[1:] == [
        (1, "article", "Член 1", "Предмет"),
        (1, "article", "Член 2", "НРМ"),
        (1, "article", "Член 3", "од ЕКЧП"),
        (1, "article", "Член 4", "Рок"),
        (2, "section", "", "Член 186 КЗ"),
    ]


def test_no_article_is_taken_for_the_title_of_a_document_that_marks_none() -> None:
    rows = ("Член 1 Предмет", "Член 2 НРМ", "Член 3 од ЕКЧП", "Член 4 Рок")
    tree = read(word_file("".join(p(row, rpr=BOLD) + TEXT for row in rows), styles="")).tree
    assert tree.title not in rows[1:]
    assert [section.text.label for section in tree] == ["Член 1", "Член 2", "Член 3", "Член 4"]


def test_an_own_file_says_what_its_words_do_not() -> None:
    """Also where the others by which a number went on are gone, or have come since."""
    source = made("Члан 4. Тужилаштво", "Члан 5. ЦСР", "Члан 8. ЗКП-а", "Члан 6. Рок")
    tree = read(source).tree
    assert shown(tree) == ["Члан 4.|Тужилаштво", "Члан 5.|ЦСР", "|Члан 8. ЗКП-а", "Члан 6.|Рок"]
    assert shown(own(source, tree, tree)) == shown(tree)
    fewer = replace(tree, sections=(tree.sections[1], tree.sections[2]))
    assert shown(own(source, fewer, tree)) == ["Члан 5.|ЦСР", "|Члан 8. ЗКП-а"]


def test_a_heading_of_an_own_file_that_is_written_anew_goes_by_those_beside_it() -> None:
    source = made("Члан 4. Тужилаштво", "Члан 5. Полиција", "Члан 6. Рок")
    tree = read(source).tree
    parts = parts_of(write_own_file(source, tree, [section.uid for section in tree]).data)
    document = parts["word/document.xml"]
    assert "Полиција".encode() in document
    parts["word/document.xml"] = document.replace("Полиција".encode(), "ЦСР".encode())
    again = read_package(open_package(archive(parts))).tree
    assert shown(again) == ["Члан 4.|Тужилаштво", "Члан 5.|ЦСР", "Члан 6.|Рок"]


def own(source: bytes, tree: SectionTree, was: SectionTree) -> SectionTree:
    data = write_own_file(source, tree, [section.uid for section in was]).data
    return read_package(open_package(data)).tree


@pytest.mark.parametrize("word", ["Član", "Члан", "Член", "Neni", "Article", "Глава"])
def test_in_a_run_every_number_is_own_and_none_that_comes_between(word: str) -> None:
    dice = random.Random(word)
    for _ in range(60):
        last = dice.randint(2, 40)
        own = [
            Worded(1, f"{word} {n}", dice.choice([Cited.NOT, Cited.SEEMINGLY])) for n in range(1, last + 1)
        ]
        own[dice.randrange(last)] = Worded(1, f"{word} {dice.randint(90, 99)}", Cited.SEEMINGLY)
        sure = dice.randrange(last)
        own[sure] = Worded(1, f"{word} {sure + 1}", Cited.NOT)
        strange = {
            at
            for at, one in enumerate(own)
            if len(one.label.split()[1]) > 1 and int(one.label.split()[1]) > 40
        }
        on = own_numbers(own) | {at for at, one in enumerate(own) if not one.cites}
        behind = [at for at in range(last) if at not in on | strange]
        # Only beyond one that is another act's is no number that goes on.
        assert not strange & on
        assert all(any(min(at, sure) < other < max(at, sure) for other in strange) for at in behind)
