"""Sections of two languages put beside each other, where the outlines are not the same."""

from __future__ import annotations

import uuid

from documents.text import Section, SectionText, SectionTree
from documents.translation.alignment import Pair, propose

FIRST = [
    ("1", "Општи одредби", "Стратегијата важи од 1 јануари 2027 до 31 декември 2030 година."),
    (
        "2",
        "Координација",
        "Националната комисија се состанува четири пати годишно во Скопје и доставува извештај.",
    ),
    (
        "3",
        "Идентификација",
        "Полицискиот службеник пополнува образец 7 и повикува адвокат во рок од 24 часа.",
    ),
    ("4", "Заштита", "Жртвата има право на сместување 90 дена, превод и медицинска помош."),
    ("5", "Извештаи", "GRETA и OSCE добиваат годишен извештај до 31 март."),
]
SECOND = [
    ("1", "General provisions", "The strategy runs from 1 January 2027 to 31 December 2030."),
    ("3", "Identification", "The police officer fills in form 7 and calls a lawyer within 24 hours."),
    ("4", "Protection", "The victim has the right to accommodation for 90 days,"),
    ("", "", "to interpretation and to medical help."),
    ("5", "Reports", "GRETA and the OSCE receive an annual report by 31 March."),
]


def tree(language: str, rows: list[tuple[str, str, str]]) -> SectionTree:
    def body(heading: str, text: str) -> dict[str, object]:
        return {
            "heading": [{"type": "text", "text": heading}] if heading else [],
            "blocks": [{"type": "paragraph", "content": [{"type": "text", "text": text}]}],
            "notes": {},
        }

    return SectionTree(
        language,
        "",
        tuple(
            Section(str(uuid.uuid4()), 1, "chapter", SectionText(label, body(heading, text)))
            for label, heading, text in rows
        ),
    )


def places(pairs: list[Pair]) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    return [(pair.first, pair.second) for pair in pairs]


def test_left_out_and_split_sections_are_found() -> None:
    found = propose(tree("mk", FIRST), tree("en", SECOND))
    assert places(found) == [((0,), (0,)), ((1,), ()), ((2,), (1,)), ((3,), (2, 3)), ((4,), (4,))]
    assert found[0].sure and not found[1].sure


def test_numbers_made_anew_do_not_mislead() -> None:
    anew = [
        (str(number), heading, text) for number, (_, heading, text) in enumerate(SECOND[:2] + SECOND[4:], 1)
    ]
    found = propose(tree("mk", FIRST), tree("en", anew))
    assert [pair.second for pair in found] == [(0,), (), (1,), (), (2,)]


LAW = [
    ("1", "Предмет", "Овој закон ја уредува заштитата на жртвите на трговија со луѓе. Таа почнува од првиот контакт."),
    ("2", "Податоци",
        "Центарот ги чува податоците пет години од затворањето на предметот. Секое лице може да побара "
        "увид."),
    ("3", "Согласност", "Центарот ги чува податоците три години од затворањето на предметот. Лицето може да побара увид."),
    ("4", "Рокови", "Рокот е четириесет и пет (45) дена од приемот на барањето. Центарот го известува лицето писмено."),
    ("5", "Тим", "Мобилниот тим има координатор и заменик. Тимот се состанува еднаш месечно и води белешки."),
]  # fmt: skip
ENGLISH = [
    ("1", "Subject", "This law governs the protection of victims of trafficking in human beings. It begins at once."),
    ("3", "Consent",
        "The Centre keeps the data for three years from the closing of the case. The person may ask to see "
        "it."),
    ("4", "Time limits", "The time limit is forty-five (45) days. The Centre informs the person in writing."),
    ("5", "Team", "The mobile team has a coordinator and a deputy. The team meets once a month and keeps notes."),
]  # fmt: skip


def test_a_section_left_out_is_not_paired_with_the_next_and_called_sure() -> None:
    found = propose(tree("mk", LAW), tree("en", ENGLISH))
    assert places(found) == [((0,), (0,)), ((1,), ()), ((2,), (1,)), ((3,), (2,)), ((4,), (3,))]
    foreword = ("", "Foreword", "This is the translator's foreword and stands in no other text.")
    for pair in propose(tree("mk", LAW), tree("en", [foreword, *ENGLISH])):
        assert not pair.sure or LAW[pair.first[0]][0] == [foreword, *ENGLISH][pair.second[0]][0]


REPEALED = [
    ("1", "Предмет", "Со овој закон се уредува начинот на спречување на трговијата со луѓе."),
    ("2", "Цел", "Целта на законот е заштита на жртвите и казнување на сторителите."),
    ("3", "Поими", "Жртва е секое лице за кое постојат основи на сомневање дека е искористено."),
    ("5", "Надлежност", "За спроведување на законот се грижи министерството за внатрешни работи."),
    ("6", "Соработка", "Органите меѓусебно соработуваат и разменуваат податоци за случаите."),
    ("7", "Сместување", "Жртвата се сместува во засолниште каде што добива храна и облека."),
    ("8", "Превод", "На жртвата ѝ се обезбедува преведувач на јазикот што го разбира."),
    ("9", "Надзор", "Надзор над работата на засолништето врши инспекцијата за труд."),
    ("10", "Влегување во сила", "Законот влегува во сила осмиот ден од објавувањето."),
]  # fmt: skip
ANEW = [
    ("1", "Subject", "This law governs how trafficking in human beings is prevented."),
    ("2", "Aim", "The aim of the law is to protect victims and to punish offenders."),
    ("3", "Terms", "A victim is every person of whom there are grounds to suspect exploitation."),
    ("4", "Competence", "The ministry of the interior sees to it that the law is carried out."),
    ("5", "Cooperation", "The authorities work together and exchange what they know of the cases."),
    ("6", "Accommodation", "The victim is put up in a shelter where food and clothes are given."),
    ("7", "Interpreting", "The victim is given an interpreter into a language that they understand."),
    ("8", "Supervision", "The labour inspectorate supervises the work of the shelter."),
    ("9", "Entry into force", "The law enters into force on the eighth day after publication."),
]  # fmt: skip


def test_a_gap_in_the_numbers_of_one_text_does_not_move_those_of_one_numbered_anew() -> None:
    """An article was repealed: the translation counts on."""
    found = propose(tree("mk", REPEALED), tree("en", ANEW))
    assert places(found) == [((place,), (place,)) for place in range(len(ANEW))]


def test_a_number_may_be_of_any_length() -> None:
    long = [("9" * 5000, *FIRST[0][1:]), *FIRST[2:]]
    assert len(propose(tree("mk", long), tree("mk", FIRST))) == len(FIRST)


def test_a_pair_with_other_numbers_is_not_sure_where_most_numbers_agree() -> None:
    swapped = [*FIRST[:2], ("9", *FIRST[2][1:]), *FIRST[3:]]
    found = propose(tree("mk", FIRST), tree("mk", swapped))
    assert [pair.sure for pair in found] == [True, True, False, True, True]


def test_every_section_stands_in_one_pair_whatever_comes() -> None:
    some, none = tree("mk", FIRST), tree("en", [])
    assert places(propose(none, none)) == []
    assert places(propose(some, none)) == [((index,), ()) for index in range(5)]
    assert places(propose(none, some)) == [((), (index,)) for index in range(5)]
    backwards = tree("en", SECOND[::-1])
    found = propose(some, backwards)
    assert sorted(place for pair in found for place in pair.first) == list(range(5))
    assert sorted(place for pair in found for place in pair.second) == list(range(5))


def test_numbers_moved_on_in_one_chapter_do_not_mislead_there() -> None:
    """A translation that says something of its own first in a chapter, while the other chapters kept their
    numbers."""
    texts = [section for section in FIRST if section[0] != "1"]
    translated = [
        ("Coordination", "The national commission meets four times a year in Skopje and delivers a report."),
        ("Identification", "The police officer fills in form 7 and calls a lawyer within 24 hours."),
        (
            "Protection",
            "The victim has the right to accommodation for 90 days, interpretation, medical help.",
        ),
        ("Reports", "GRETA and the OSCE receive an annual report by 31 March."),
    ]
    ours, theirs = [], []
    for chapter in range(1, 7):
        ours += [(f"{chapter}.{n}", *row[1:]) for n, row in enumerate(texts, 1)]
        own = [("Only here", "Words that the original has nowhere in it.")] if chapter == 3 else []
        theirs += [(f"{chapter}.{n}", *row) for n, row in enumerate([*own, *translated], 1)]
    found = propose(tree("mk", ours), tree("en", theirs))
    expected = [(place, place + (place >= 8)) for place in range(24)]
    assert [(pair.first[0], pair.second[0]) for pair in found if pair.first and pair.second] == expected
    assert [pair.second for pair in found if not pair.first] == [(8,)]
