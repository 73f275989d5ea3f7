"""The rules of a check: which question follows which answer. A check has no score: each answer has a meaning,
and what a path gathers is read at its end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto

END = 0


@dataclass(frozen=True)
class Answer:
    """``goes_to``: the number of the next question, END, or None for the next in order."""

    meaning: str = ""
    goes_to: int | None = None


@dataclass(frozen=True)
class Question:
    answers: Sequence[Answer]


class Fault(Enum):
    NO_SUCH_QUESTION = auto()
    GOES_BACK = auto()
    NEVER_ASKED = auto()
    ONE_ANSWER = auto()
    SAYS_NOTHING = auto()


@dataclass(frozen=True)
class Problem:
    """``question`` and ``answer`` count from 1; ``answer`` is 0 where the whole question is meant."""

    fault: Fault
    question: int
    answer: int = 0


def follows(questions: Sequence[Question], number: int, answer: Answer) -> int:
    """The number of the question after ``answer``; END where the check ends."""
    after = number + 1 if answer.goes_to is None else answer.goes_to
    return END if answer.goes_to is None and after > len(questions) else after


def problems(questions: Sequence[Question]) -> list[Problem]:
    """Answers only lead forward, so without problems every path has an end."""
    found: list[Problem] = []
    reached = {1}
    for number, question in enumerate(questions, 1):
        if number not in reached:
            found.append(Problem(Fault.NEVER_ASKED, number))
        if len(question.answers) < 2:
            found.append(Problem(Fault.ONE_ANSWER, number))
        if not any(answer.meaning.strip() for answer in question.answers):
            found.append(Problem(Fault.SAYS_NOTHING, number))
        for place, answer in enumerate(question.answers, 1):
            after = follows(questions, number, answer)
            if after > len(questions):
                found.append(Problem(Fault.NO_SUCH_QUESTION, number, place))
            elif after != END and after <= number:
                found.append(Problem(Fault.GOES_BACK, number, place))
            reached.add(after)
    return found


def paths(questions: Sequence[Question], number: int = 1) -> Iterator[list[tuple[int, int]]]:
    """Every way through questions without problems: pairs of question and answer."""
    for place, answer in enumerate(questions[number - 1].answers, 1):
        after = follows(questions, number, answer)
        if after == END:
            yield [(number, place)]
        else:
            yield from ([(number, place), *rest] for rest in paths(questions, after))
