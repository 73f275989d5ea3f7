"""A row that another program put in without a mark, with tracked words in it, beside the empty rows of a form."""

from __future__ import annotations

import pytest

from documents.suggestions.put_in_empty import without_emptied
from documents.suggestions.suggest import suggestions
from tests.documents.suggestions.test_suggestions_one_by_one import body, put_all, rows

FORM = ("Орган и рок", "", "")


@pytest.mark.parametrize("at", [1, 2, 3])
def test_it_is_one_row_more_and_fills_no_empty_one(at: int) -> None:
    sent = body(rows(*FORM))
    refused, accepted = (body(rows(*FORM[:at], words, *FORM[at:])) for words in ("", "Центарот во осум дена"))
    left = without_emptied(sent, refused, accepted)
    assert left == sent
    assert put_all(left, accepted) == accepted
    assert len(suggestions(left, accepted)) == 1


def test_an_empty_row_that_was_put_in_too_stays_a_change() -> None:
    sent, refused = body(rows(*FORM)), body(rows(*FORM, "", ""))
    accepted = body(rows(*FORM, "Центарот во осум дена", ""))
    assert without_emptied(sent, refused, accepted) == refused
