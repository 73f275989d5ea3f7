"""One order for both engines."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

# Engines add the same numbers up in different orders, in 32 bits: what differs by less is equal.
_SAME: Final = 1e-4

#: How many documents beyond the page are asked for, so that equals at its end come in one order.
SLACK: Final = 20
#: How deep a reader may page.
DEEPEST: Final = 10_000
_MORE: Final = 12


@dataclass(frozen=True, slots=True)
class Ranked:
    """A document that was found, before anything of it is read. ``tie``: the number that orders equals
    (`fields.tie_of`); ``place``: where the engine has it."""

    score: float
    tie: int
    place: Any


def ranked_page(fetch: Callable[[int], Sequence[Ranked]], first: int, size: int, order: str) -> list[Ranked]:
    """``size`` documents from number ``first`` on, in the same order for both engines.

    ``fetch`` gives so many of the best; more are fetched while those behind the page are as good as its
    last.
    """
    last = first + size
    wanted = min(last + SLACK, DEEPEST)
    while True:
        found = fetch(wanted)
        settled = by_key(found, order) if order else settle(found)
        full = len(found) >= wanted and last <= len(settled)
        if not full or wanted >= DEEPEST or not _same(settled[last - 1].score, settled[-1].score, order):
            return settled[first:last]
        wanted = min(wanted * _MORE, DEEPEST)


def settle(found: Sequence[Ranked]) -> list[Ranked]:
    """Best first; where scores are the same but for rounding, by their tie."""
    ordered = sorted(found, key=lambda one: (-one.score, one.tie))
    settled: list[Ranked] = []
    equals: list[Ranked] = []
    for one in ordered:
        if equals and not _same(equals[0].score, one.score, ""):
            settled += sorted(equals, key=lambda each: each.tie)
            equals = []
        equals.append(one)
    return settled + sorted(equals, key=lambda each: each.tie)


def order_of(sort: str, *, everything: bool) -> str:
    """The field to order by, or nothing for relevance (by which everything would be equal)."""
    if sort == "relevance":
        return "newest" if everything else ""
    return sort


def by_key(found: Sequence[Ranked], order: str) -> list[Ranked]:
    """Order by the score, which is the key of the order here, and then by the tie."""
    sign = 1 if order == "oldest" else -1
    return sorted(found, key=lambda one: (sign * one.score, one.tie))


def _same(better: float, worse: float, order: str) -> bool:
    if order:
        return better == worse
    return better - worse <= _SAME * max(abs(better), 1e-9)
