"""A number in words and its figures in brackets are one suggestion: either alone would leave two limits in a law."""

from __future__ import annotations

import pytest

from documents.suggestions.suggest import suggestions
from tests.documents.docx.build import para
from tests.documents.suggestions.test_suggestions_one_by_one import body, put_all

TEXT = "Привремениот престој трае најмногу {} месеци од денот на одлуката на органот."


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("шест (6)", "три (3)"),
        ("дваесет и пет (25)", "триесет и шест (36)"),
        ("сто дваесет и пет (125)", "двесте дваесет и пет (225)"),
        ("шест ( 6 )", "осум ( 8 )"),
        ("шест (6)", "осум"),
        ("шест", "осум (8)"),
    ],
)
def test_a_number_in_words_goes_with_its_figures(old: str, new: str) -> None:
    before, after = body(para(TEXT.format(old))), body(para(TEXT.format(new)))
    assert len(suggestions(before, after)) == 1
    assert put_all(before, after) == after


def test_figures_that_are_no_number_s_stay_by_themselves() -> None:
    old = body(para("Полицијата ја известува Канцеларијата (член 5) и чека три дена на одлука."))
    new = body(para("Полицијата ја повикува Канцеларијата (член 6) и чека четири дена на одлука."))
    assert [(one.old, one.new) for one in suggestions(old, new)] == [
        ("известува", "повикува"),
        ("5", "6"),
        ("три", "четири"),
    ]
    old = body(para("Органот известува, а лицето поднесува (2) две пријави."))
    new = body(para("Органот повикува, а лицето поднесува (3) две пријави."))
    assert len(suggestions(old, new)) == 2
