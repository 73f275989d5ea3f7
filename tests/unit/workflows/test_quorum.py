import pytest

from workflows.procedures import quorum

A, R, B, N = "agree", "agree_with_remarks", "abstain", None


@pytest.mark.parametrize(
    ("needed", "answers", "came_to"),
    [
        ("all", [N, N], ""),
        ("all", [A, N], ""),
        ("all", [A, R], "passed"),
        ("all", [A, B], "passed"),
        ("all", [B, B], "failed"),
        ("all", [A, "return"], "returned"),
        ("any", [N, R], "passed"),
        ("any", [B, N], ""),
        ("any", [B, B], "failed"),
        ("any", ["return", A], "returned"),
        ("2", [A, N, N], ""),
        ("2", [A, N, A], "passed"),
        ("2", [A, B, N], ""),
        ("2", [A, B, B], "failed"),
        ("2", [B, B, N], "failed"),
    ],
)
def test_what_answers_come_to(needed: str, answers: list[str | None], came_to: str) -> None:
    assert quorum.outcome(needed, answers) == came_to


@pytest.mark.parametrize(
    ("needed", "others", "choice", "ended", "dropped"),
    [
        # The first of three; one more stage runs beside theirs, and one there has not answered.
        ("all", [N, N], "return", "returned", 3),
        ("all", [N, N], A, "", 0),
        ("all", [N, N], B, "", 0),
        ("any", [N, N], "return", "returned", 3),
        ("any", [N, N], A, "passed", 2),
        ("any", [N, N], B, "", 0),
        ("2", [N, N], R, "", 0),
        ("2", [A, N], R, "passed", 1),
        ("2", [B, N], B, "failed", 2),
        ("2", [A, N], "return", "returned", 2),
        # The last of three.
        ("all", [A, R], A, "passed", 0),
        ("all", [A, B], B, "passed", 0),
        ("all", [B, B], B, "failed", 1),
        ("all", [A, A], "return", "returned", 1),
        ("any", [B, B], B, "failed", 1),
    ],
)
def test_what_an_answer_does(
    needed: str, others: list[str | None], choice: str, ended: str, dropped: int
) -> None:
    assert quorum.effect(needed, others, choice, beside=1) == quorum.Effect(ended, dropped)


@pytest.mark.parametrize(
    ("needed", "others", "late", "ended"),
    [
        ("all", [N], False, ""),
        ("all", [N], True, ""),
        ("1", [N], False, ""),
        ("1", [N], True, "passed"),
        ("all", [A], False, "passed"),
    ],
)
@pytest.mark.parametrize("choice", [A, R, B, "return"])
def test_no_answer_stops_a_consultation(
    needed: str, others: list[str | None], late: bool, ended: str, choice: str
) -> None:
    assert quorum.effect(needed, others, choice, consulted=True, late=late, beside=1).outcome == ended


@pytest.mark.parametrize(
    ("needed", "seats"), [("none", None), ("0", None), ("-1", None), ("3", 2), ("", None)]
)
def test_what_is_no_quorum(needed: str, seats: int | None) -> None:
    with pytest.raises(ValueError):
        quorum.check(needed, seats)
