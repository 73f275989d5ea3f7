"""Numbered lists that go on from one another: one that was torn, and one behind another that got an item or lost one."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import pytest

from documents.suggestions.counted import put_in_counted
from documents.suggestions.suggest import suggestions
from tests.documents.docx.build import item, listing, para
from tests.documents.suggestions.test_suggestions_one_by_one import body

Json = dict[str, Any]
A, B, C, D = "полиција прима пријава", "центар сместува жртва", "тим дава превод", "орган носи одлука"
BETWEEN = para("Став што стои меѓу нив.")
TABLE = {"type": "table", "content": [{"type": "row", "content": [{"type": "cell", "content": [BETWEEN]}]}]}
SIGNS = listing(False, item("•", para("сосема нова точка")))
LETTERED = listing(True, item("1a.", para("сосема нова точка")))


def numbers(first: int, *words: str, label: str = "{}.") -> Json:
    return listing(True, *(item(label.format(at), para(one)) for at, one in enumerate(words, first)))


@pytest.mark.parametrize(
    "between", [BETWEEN, TABLE, SIGNS, LETTERED], ids=["paragraph", "table", "signs", "1a"]
)
@pytest.mark.parametrize("label", ["{}.", "({})", "2.{}"])
@pytest.mark.parametrize("cut", [1, 2, 3])
def test_what_is_left_of_a_torn_list_goes_on_behind_the_gap(between: Json, label: str, cut: int) -> None:
    words = (A, B, C, D)
    old = body(numbers(1, *words, label=label))
    new = body(numbers(1, *words[:cut], label=label), between, numbers(cut + 1, *words[cut:], label=label))
    all_orders(old, new)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ((numbers(1, A), BETWEEN, numbers(2, B)), (numbers(1, A, C), BETWEEN, numbers(3, B))),
        ((numbers(1, A, C), BETWEEN, numbers(3, B)), (numbers(1, A), BETWEEN, numbers(2, B))),
        ((numbers(1, A), BETWEEN, numbers(2, B)), (numbers(1, A, B),)),
        ((numbers(1, A), BETWEEN, numbers(2, B)), (numbers(1, A, C), BETWEEN)),
        (
            (numbers(1, A), BETWEEN, numbers(2, B, D)),
            (numbers(1, A, C), BETWEEN, numbers(3, "центар прима жртва", D)),
        ),
        ((numbers(1, A), BETWEEN, numbers(2, B, D)), (numbers(1, A, C), BETWEEN, numbers(3, D))),
        ((numbers(1, A, C), BETWEEN, numbers(3, B)), (numbers(1, A), BETWEEN, numbers(2, C, B))),
    ],
    ids=["comes", "goes", "joined", "other goes", "other's words", "both", "moves over"],
)
def test_a_list_that_goes_on_from_another_counts_on(old: tuple[Json, ...], new: tuple[Json, ...]) -> None:
    all_orders(body(*old), body(*new))


def test_a_list_that_goes_on_from_nothing_keeps_its_numbers() -> None:
    all_orders(body(numbers(4, A), BETWEEN, numbers(1, B)), body(numbers(4, A, C), BETWEEN, numbers(1, B)))


def all_orders(old: Json, new: Json) -> None:
    found = suggestions(old, new)
    assert found
    for order in permutations(found):
        now = old
        for one in order:
            made = put_in_counted(now, one.kind, one.before, one.after, one.place)
            assert made is not None
            now = made
        assert now == new
