"""Numbered lists that go on from one another: what is left of one that was torn, and what is behind one that changed."""

from __future__ import annotations

from typing import Any

import pytest

from documents.suggestions.put_in import put_in
from documents.suggestions.suggest import suggestions
from tests.documents.docx.build import item, listing, para
from tests.documents.suggestions.test_suggestions_one_by_one import all_orders, body

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


def test_lists_that_are_one_again_count_through() -> None:
    all_orders(body(numbers(1, A), BETWEEN, numbers(2, B)), body(numbers(1, A, B)))


@pytest.mark.parametrize("label", ["1a.", "1-а.", "5."])
def test_an_item_with_a_number_of_its_own_shifts_no_other(label: str) -> None:
    old, new = body(numbers(1, A, B), BETWEEN, numbers(3, D)), body(numbers(1, A, B), BETWEEN, numbers(3, D))
    new["blocks"][0]["content"].insert(1, item(label, para(C)))
    made = put_in(
        old, *(getattr(suggestions(old, new)[0], one) for one in ("kind", "before", "after", "place"))
    )
    assert made is not None
    assert made["blocks"][2] == old["blocks"][2]


@pytest.mark.parametrize("numbered_on", [3, 4])
def test_another_list_keeps_its_numbers(numbered_on: int) -> None:
    """Whether the file counts it on is not known from the suggestion: it is left as it is."""
    old = body(numbers(1, A, B), BETWEEN, numbers(3, D))
    new = body(numbers(1, A, C, B), BETWEEN, numbers(numbered_on, D))
    [one] = suggestions(old, new)
    made = put_in(old, one.kind, one.before, one.after, one.place)
    assert made is not None
    assert made["blocks"] == [numbers(1, A, C, B), BETWEEN, numbers(3, D)]


def test_a_list_that_goes_on_from_nothing_keeps_its_numbers() -> None:
    all_orders(body(numbers(4, A), BETWEEN, numbers(1, B)), body(numbers(4, A, C), BETWEEN, numbers(1, B)))
