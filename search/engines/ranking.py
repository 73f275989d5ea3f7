"""One order for both engines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

# Engines add the same numbers up in different orders, in 32 bits: what differs by less is equal.
_SAME: Final = 1e-4

#: How many documents beyond the page are asked for, so that equals at its end come in one order.
SLACK: Final = 20
#: How deep a reader may page.
DEEPEST: Final = 10_000


def settle(scored: Sequence[tuple[float, str]]) -> list[tuple[float, str]]:
    """Score and id, best first; where scores are the same but for rounding, by id."""
    ordered = sorted(scored, key=lambda pair: (-pair[0], pair[1]))
    settled: list[tuple[float, str]] = []
    equals: list[tuple[float, str]] = []
    for score, name in ordered:
        if equals and equals[0][0] - score > _SAME * max(abs(equals[0][0]), 1e-9):
            settled += sorted(equals, key=lambda pair: pair[1])
            equals = []
        equals.append((score, name))
    return settled + sorted(equals, key=lambda pair: pair[1])


def order_of(sort: str, *, everything: bool) -> str:
    """The field to order by, or nothing for relevance (by which everything would be equal)."""
    if sort == "relevance":
        return "newest" if everything else ""
    return sort


def by_key(keyed: Sequence[tuple[float, str]], order: str) -> list[tuple[float, str]]:
    """Order key and id, by the key and then by id."""
    sign = 1 if order == "oldest" else -1
    return sorted(keyed, key=lambda pair: (sign * pair[0], pair[1]))
