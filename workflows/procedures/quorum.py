"""Quorums: "all", "any" or a number. Pure, without Django.

An abstention is no agreement; one return ends the stage. In a consultation a quorum counts answers.
"""

from __future__ import annotations

from collections.abc import Sequence

ALL = "all"
ANY = "any"


def check(quorum: str, seats: int | None = None) -> None:
    """Raises ValueError for what is no quorum, or for one that so many institutions can't reach."""
    if quorum in (ALL, ANY):
        return
    if not quorum.isdecimal() or int(quorum) < 1:
        raise ValueError(f"{quorum!r} is neither 'all' nor 'any' nor a number")
    if seats is not None and int(quorum) > seats:
        raise ValueError(f"{quorum} of {seats} can't agree")


def outcome(quorum: str, answers: Sequence[str | None]) -> str:
    """ "returned", "passed", "failed" (too few agreed) or "" (goes on); None is an answer not given."""
    if "return" in answers:
        return "returned"
    agreed = sum(answer in ("agree", "agree_with_remarks") for answer in answers)
    waiting = sum(answer is None for answer in answers)
    if quorum == ALL:
        if waiting:
            return ""
        return "passed" if agreed else "failed"
    needed = 1 if quorum == ANY else int(quorum)
    if agreed >= needed:
        return "passed"
    return "" if agreed + waiting >= needed else "failed"


def enough(quorum: str, answers: Sequence[str | None]) -> bool:
    """Whether as many of the institutions of a consultation have answered as must."""
    answered = sum(answer is not None for answer in answers)
    return answered >= (len(answers) if quorum == ALL else 1 if quorum == ANY else int(quorum))


def heard(quorum: str, answers: Sequence[str | None], *, due: bool) -> bool:
    """Whether a consultation is over: all have answered, or its deadline passed and enough have."""
    return None not in answers or (due and enough(quorum, answers))
