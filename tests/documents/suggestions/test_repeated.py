"""Texts in which paragraphs, items and rows stand several times, or are nearly the same: each change finds its own one."""

from __future__ import annotations

import random
from collections.abc import Callable
from itertools import permutations
from typing import Any

import pytest

from documents.suggestions.put_in import nearest, put_in
from documents.suggestions.suggest import suggestions
from documents.text import block_text
from tests.documents.docx.build import cell, para, table
from tests.documents.suggestions.test_suggestions_one_by_one import body, numbered, put_all, rows

Json = dict[str, Any]
SENTENCES = (
    "Полицијата ја известува Канцеларијата во рок од три дена по приемот.",
    "Полицијата ја известува Канцеларијата во рок од пет дена по приемот.",
    "Центарот дава сместување, храна и правна помош на секое лице.",
)


def changed(words: str, first: str, last: str) -> str:
    """Two changes far apart in a sentence."""
    parts = words.split()
    return " ".join([parts[0] + first, *parts[1:-2], last, parts[-1]])


def lines(text: Json) -> list[str]:
    return [line for block in text["blocks"] for line in block_text(block).split("\n")]


@pytest.mark.parametrize("backwards", [False, True])
@pytest.mark.parametrize(
    "made", [lambda *words: body(*map(para, words)), lambda *words: body(numbered(*words)), lambda *words: body(rows(*words))]
)  # fmt: skip
def test_the_first_of_two_equal_ones_is_changed_twice_and_the_second_otherwise(
    made: Any, backwards: bool
) -> None:
    same = SENTENCES[0]
    old = made(same, same)
    new = made(changed(same, "та", "самиот"), changed(same, "", "денот"))
    found = suggestions(old, new)
    assert {one.kind for one in found} == {"changed"}
    order = list(range(len(found)))
    assert put_all(old, new, order[::-1] if backwards else order) == new


def test_a_change_in_the_second_of_two_equal_paragraphs_leaves_the_first_alone() -> None:
    same = SENTENCES[0]
    old = body(para(same), para(same))
    new = body(para(same), para(changed(same, "", "денот")))
    (found,) = suggestions(old, new)
    assert put_all(old, new) == new
    moved_on = body(para("Нов став на почетокот."), para(same), para(same), para("И уште еден."))
    made = put_in(moved_on, found.kind, found.before, found.after, found.place)
    assert made is not None and lines(made)[1:3] == lines(new)
    shown = nearest(body(para(same), para(same + " И повеќе.")), found.before, found.place)
    assert shown is not None and lines(shown) == [same + " И повеќе."]


def test_what_comes_behind_the_second_of_two_equal_ones_does_not_stand_behind_the_first() -> None:
    same = SENTENCES[0]
    old, new = (
        body(para(same), para("меѓу нив"), para(same)),
        body(para(same), para("меѓу нив"), para(same), para("на крај")),
    )
    assert put_all(old, new) == new


@pytest.mark.parametrize("order", [[0, 1], [1, 0]])
def test_the_same_paragraph_put_in_twice_stands_there_twice(order: list[int]) -> None:
    old, new = body(para("само")), body(para("исто"), para("само"), para("исто"))
    assert put_all(old, new, order) == new
    found = suggestions(old, new)
    for one in found:
        assert put_in(new, one.kind, one.before, one.after, one.place) == new


def test_one_of_two_equal_ones_that_is_gone_already_takes_the_other_with_it_no_more() -> None:
    same = SENTENCES[0]
    old, new = body(para(same), para("меѓу нив"), para(same)), body(para(same), para("меѓу нив"))
    (found,) = suggestions(old, new)
    assert put_in(new, found.kind, found.before, found.after, found.place) == new


EDITS = ("as it is", "first word", "last word", "both", "gone", "twice", "new behind")
KINDS: dict[str, Callable[..., Json]] = {
    "paragraphs": lambda *words: body(*map(para, words)),
    "items": lambda *words: body(numbered(*words)) if words else body(),
    "rows": lambda *words: body(rows(*words)) if words else body(),
}


def pair(chance: random.Random, kind: str) -> tuple[Json, Json]:
    """A text of few sentences again and again, and what became of each of them."""
    before, after = [], []
    for number in range(chance.randint(1, 7)):
        words, edit = chance.choice(SENTENCES), chance.choice(EDITS)
        before.append(words)
        if edit == "gone":
            continue
        first = f"та{number}" if edit in ("first word", "both") else ""
        last = f"денот{number}" if edit in ("last word", "both") else words.split()[-2]
        after.append(changed(words, first, last))
        after += [words] if edit == "twice" else []
        after += [f"Сосема нов став под број {number}"] if edit == "new behind" else []
    return KINDS[kind](*before), KINDS[kind](*after)


@pytest.mark.parametrize("kind", KINDS)
def test_whatever_becomes_of_equal_ones_all_goes_in(kind: str) -> None:
    chance = random.Random(kind)
    for _ in range(150):
        old, new = pair(chance, kind)
        assert lines(put_all(old, new)) == lines(new)


@pytest.mark.parametrize("kind", KINDS)
def test_equal_ones_put_in_with_another_between_stand_so_in_whatever_order(kind: str) -> None:
    sign, place = "Потпис и датум: ____", "За Министерството за внатрешни работи:"
    old, new = (
        KINDS[kind](SENTENCES[0]),
        KINDS[kind](SENTENCES[0], sign, place, sign, "За Центарот:", sign),
    )
    for order in permutations(range(len(suggestions(old, new)))):
        assert lines(put_all(old, new, list(order))) == lines(new), order


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (["Потпис", "А"], ["А", "Потпис", "Б", "Потпис"]),
        (["Потпис", "А", "Потпис"], ["А", "Потпис", "Б", "Потпис", "В", "Потпис"]),
        (["За полицијата", "Б", "Потпис", "Потпис"], ["За полицијата", "Потпис", "Датум", "Потпис", "Б"]),
    ],
)
@pytest.mark.parametrize("kind", KINDS)
def test_equal_ones_of_which_one_moves_and_others_come_stand_as_in_the_file_in_whatever_order(
    old: list[str], new: list[str], kind: str
) -> None:
    before, after = KINDS[kind](*old), KINDS[kind](*new)
    for order in permutations(range(len(suggestions(before, after)))):
        assert lines(put_all(before, after, list(order))) == lines(after), order


def test_rows_come_into_the_first_of_two_equal_tables_though_the_second_stands_there_already() -> None:
    filled = table([cell("прв ред")], [cell("")], [cell("втор ред")])
    old, new = body(table([cell("")])), body(filled, filled)
    assert [one.new for one in suggestions(old, new)] == ["прв ред", "втор ред", "прв ред\nвтор ред"]
    for order in permutations(range(3)):
        assert put_all(old, new, list(order)) == new, order


def test_a_table_comes_though_another_one_reads_as_it_will_until_its_last_row_is_taken() -> None:
    filled, more = (
        [[cell(words)] for words in ("а", "", "б")],
        [[cell(words)] for words in ("а", "", "б", "в")],
    )
    old = body(table(*filled), para("меѓу нив"))
    new = body(table(*filled[:2], [cell("г")], filled[2], more[3]), para("меѓу нив"), table(*more))
    for order in permutations(range(3)):
        assert put_all(old, new, list(order)) == new, order
