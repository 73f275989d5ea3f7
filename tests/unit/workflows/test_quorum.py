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
    ("needed", "seats"), [("none", None), ("0", None), ("-1", None), ("3", 2), ("", None)]
)
def test_what_is_no_quorum(needed: str, seats: int | None) -> None:
    with pytest.raises(ValueError):
        quorum.check(needed, seats)
