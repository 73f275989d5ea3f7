"""Which stages run at the same time, and from which on the text is locked. Pure, without Django."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import accumulate
from typing import Any

LOCKING = ("sign_off", "translation", "adoption")


def steps(stages: Sequence[Mapping[str, Any]]) -> list[int]:
    """The step of each stage, from 1: stages of one step open together and are all waited for."""
    return list(accumulate((int(not stage["together"] or not n) for n, stage in enumerate(stages))))


def first_locked(stages: Sequence[Mapping[str, Any]]) -> int:
    """The index of the first locked stage: the first sign-off or translation check, else the first opinion.
    Or the first stage of its step."""
    kinds = [stage["kind"] for stage in stages]
    locking = [n for n, kind in enumerate(kinds) if kind in LOCKING[:2]]
    locking = locking or [n for n, kind in enumerate(kinds) if kind in ("opinion", "adoption")]
    if not locking:
        return len(stages)
    of_step = steps(stages)
    return of_step.index(of_step[locking[0]])
