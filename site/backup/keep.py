"""Which backups are kept: the last of each of seven days, five weeks and twelve months. Knows no Django."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

RULE: tuple[tuple[int, Callable[[datetime], tuple[int, ...]]], ...] = (
    (7, lambda at: (at.year, at.month, at.day)),
    (5, lambda at: at.isocalendar()[:2]),
    (12, lambda at: (at.year, at.month)),
)


def expired(made: Iterable[datetime]) -> list[datetime]:
    """Those that the rule lets go, oldest first."""
    every = sorted(made)
    kept: set[datetime] = set()
    for most, period in RULE:
        last = {period(at): at for at in every}
        kept |= set(sorted(last.values())[-most:])
    return [at for at in every if at not in kept]
