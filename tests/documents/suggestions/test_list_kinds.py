"""A list that got signs for its numbers, or the other way round, in a file in which its words changed too."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import pytest

from documents.suggestions.put_in import put_in
from documents.suggestions.suggest import suggestions
from tests.documents.docx.build import item, listing, para
from tests.documents.suggestions.test_suggestions_one_by_one import body, put_all

Json = dict[str, Any]
FIRST, SECOND, THIRD = "полиција прима пријава", "центар сместува жртва", "тим дава превод"


def numbers(*words: str) -> Json:
    return listing(True, *(item(f"{at}.", para(one)) for at, one in enumerate(words, 1)))


def letters(*words: str) -> Json:
    return listing(True, *(item(f"{sign})", para(one)) for sign, one in zip("abcd", words, strict=False)))


def signs(*words: str) -> Json:
    return listing(False, *(item("•", para(one)) for one in words))


@pytest.mark.parametrize("was", [numbers, letters, signs])
@pytest.mark.parametrize("becomes", [numbers, letters, signs])
@pytest.mark.parametrize(
    "words",
    [
        (FIRST, "центар сместува лице", THIRD),
        (FIRST, "центар сместува лице"),
        (FIRST, SECOND, "сосема нова точка", THIRD),
        (THIRD, FIRST, SECOND),
    ],
)
def test_both_are_suggested_and_go_in_in_any_order(was: Any, becomes: Any, words: tuple[str, ...]) -> None:
    old, new = body(was(FIRST, SECOND, THIRD)), body(becomes(*words))
    found = suggestions(old, new)
    whole = "\n".join((FIRST, SECOND, THIRD))
    assert ((whole, whole) in [(one.old, one.new) for one in found]) is (was != becomes)
    for order in permutations(range(len(found))):
        assert put_all(old, new, list(order)) == new, order


def test_in_an_item_too() -> None:
    old, new = (
        body(listing(True, item("1.", para(first), inner)))
        for first, inner in (
            ("надлежни органи", numbers(FIRST, SECOND)),
            ("надлежни органи", signs(FIRST, "центар прима жртва")),
        )
    )
    assert put_all(old, new) == new


def test_where_the_draft_has_other_ones_by_now_it_does_not_fit() -> None:
    old, new = body(numbers(FIRST, SECOND)), body(signs(FIRST, "центар прима жртва"))
    kind, words = suggestions(old, new)
    now = body(letters(FIRST, SECOND, THIRD))
    assert put_in(now, kind.kind, kind.before, kind.after, kind.place) is None
    made = put_in(now, words.kind, words.before, words.after, words.place)
    assert made == body(letters(FIRST, "центар прима жртва", THIRD))


def test_numbers_that_only_begin_elsewhere_are_no_other_kind() -> None:
    old = body(listing(True, item("iv.", para(FIRST)), item("v.", para(SECOND))))
    new = body(listing(True, item("i.", para("полиција прима дојава"))))
    assert [(one.old, one.new) for one in suggestions(old, new)] == [("пријава", "дојава"), (SECOND, "")]


def test_typed_numbers_that_are_others_now_are_suggested_beside_the_words() -> None:
    old, new = (
        body(listing(True, item(first, para(words)), item(last, para(SECOND))))
        for first, last, words in (("А-1", "З9", FIRST), ("К-1", "М9", "полиција прима дојава"))
    )
    whole = f"{FIRST}\n{SECOND}"
    assert [(one.old, one.new) for one in suggestions(old, new)] == [(whole, whole), ("пријава", "дојава")]
    for order in ([0, 1], [1, 0]):
        assert put_all(old, new, order) == new
