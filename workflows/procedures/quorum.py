"""Quorums: "all", "any" or a number. Pure, without Django.

An abstention is no agreement; one return ends the stage. In a consultation a quorum counts answers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

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


def stage_outcome(quorum: str, answers: Sequence[str | None], *, consulted: bool, late: bool) -> str:
    """How answers end a stage, as in :func:`outcome`; a consultation ends when it was heard."""
    if consulted:
        return "passed" if heard(quorum, answers, due=late) else ""
    return outcome(quorum, answers)


@dataclass(frozen=True)
class Effect:
    """What an answer does: how it ends the stage ("" while it goes on), and how many institutions that have
    not answered are no longer asked then."""

    outcome: str
    dropped: int = 0


def effect(
    quorum: str,
    others: Sequence[str | None],
    choice: str,
    *,
    consulted: bool = False,
    late: bool = False,
    beside: int = 0,
) -> Effect:
    """What ``choice`` does after the answers of the ``others`` of the stage. A stage that is not passed ends
    the round, and with it the stages that run ``beside`` it, in which so many have not answered."""
    ended = stage_outcome(quorum, [*others, choice], consulted=consulted, late=late)
    if not ended:
        return Effect("")
    return Effect(ended, sum(answer is None for answer in others) + (0 if ended == "passed" else beside))
