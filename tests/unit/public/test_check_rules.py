"""Which question follows which answer, and what an editor is told about a way that leads nowhere."""

from __future__ import annotations

import pytest

from public.check_rules import END, Answer, Fault, Problem, Question, follows, paths, problems


def question(*goes_to: int | None, meaning: str = "Ask first.") -> Question:
    return Question([Answer(meaning if not place else "", target) for place, target in enumerate(goes_to)])


def test_every_path_has_an_end() -> None:
    questions = [question(None, 3), question(None, None), question(None, END)]
    assert problems(questions) == []
    assert [[number for number, _answer in path] for path in paths(questions)] == [
        [1, 2, 3], [1, 2, 3], [1, 2, 3], [1, 2, 3], [1, 3], [1, 3],
    ]  # fmt: skip
    assert follows(questions, 3, Answer()) == END


@pytest.mark.parametrize(
    ("questions", "found"),
    [
        ([question(None, 9), question(None, None)], [Problem(Fault.NO_SUCH_QUESTION, 1, 2)]),
        ([question(None, None), question(1, None)], [Problem(Fault.GOES_BACK, 2, 1)]),
        ([question(None, 1)], [Problem(Fault.GOES_BACK, 1, 2)]),
        ([question(3, 3), question(None, None), question(None, None)], [Problem(Fault.NEVER_ASKED, 2)]),
        ([question(END, END), question(None, None)], [Problem(Fault.NEVER_ASKED, 2)]),
        ([question(None)], [Problem(Fault.ONE_ANSWER, 1)]),
        ([question(None, None, meaning=" ")], [Problem(Fault.SAYS_NOTHING, 1)]),
    ],
)
def test_a_fault_is_named_with_its_place(questions: list[Question], found: list[Problem]) -> None:
    assert problems(questions) == found
