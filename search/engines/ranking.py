"""One order for both engines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

# Engines add the same numbers up in different orders, in 32 bits: what differs by less is equal.
_SAME: Final = 1e-4

#: How many documents beyond the page are asked for, so that equals at its end come in one order.
SLACK: Final = 20
#: How deep a reader may page.
DEEPEST: Final = 10_000
#: So many are looked through for sections that stand there in several languages.
FOLDED: Final = 240
_MORE: Final = 12
# A word in one of so many texts counts double, and threefold; among few texts none is rare.
_RARER: Final = 10
_RAREST: Final = 50
_MANY: Final = 30


@dataclass(frozen=True, slots=True)
class Ranked:
    """A document that was found, before anything of it is read. ``tie``: the number that orders equals
    (`fields.tie_of`). ``place``: its position in the engine. ``section``: the same for a section in each of
    its languages (`fields.section_number`)."""

    score: float
    tie: int
    place: Any
    section: int = 0


@dataclass(frozen=True, slots=True)
class Page:
    """A page of what was found. ``total``: how many sections there are, where each was seen; else None.
    ``sections``: by the number of an edition, how many of its sections were seen."""

    hits: list[Ranked]
    total: int | None = None
    sections: Mapping[int, int] = field(default_factory=dict)


def ranked_page(
    fetch: Callable[[int], Sequence[Ranked]], first: int, size: int, order: str, *, folded: bool = False
) -> Page:
    """``size`` documents from number ``first`` on, in the same order for both engines. ``folded``: each
    section once, in the language of its best hit.

    ``fetch`` gives a number of the best. More are fetched while those after the page are as good as its
    last. Or while too many of them are one section.
    """
    last = first + size
    wanted = min(max(last + SLACK, FOLDED if folded else 0), DEEPEST)
    while True:
        found = fetch(wanted)
        settled = by_key(found, order) if order else settle(found)
        # What is as good as the last one fetched may have equals that were not: it is not settled yet.
        sure = [one for one in settled if not _same(one.score, settled[-1].score, order)]
        all_fetched = len(found) < wanted
        kept = fold(settled) if folded else settled
        certain = len(kept) if all_fetched else len(fold(sure) if folded else sure)
        if all_fetched or wanted >= DEEPEST or certain >= last:
            total = len(kept) if folded and all_fetched else None
            return Page(kept[first:last], total, Counter(one.section >> 32 for one in kept) if folded else {})
        wanted = min(wanted * _MORE, DEEPEST)


def fold(ranked: Sequence[Ranked]) -> list[Ranked]:
    """The first of each section."""
    kept: dict[int, Ranked] = {}
    for one in ranked:
        kept.setdefault(one.section, one)
    return list(kept.values())


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


def rarity_of(counted: Mapping[str, Mapping[str, int]]) -> dict[str, dict[str, int]]:
    """By family, the weight of each word of a query. It is one, two or three, by how few texts have it. One
    that no text has weighs most: without it little was answered."""
    every = counted[""][""] + _MANY

    def weight(count: int) -> int:
        return 1 + sum(count * times <= every for times in (_RARER, _RAREST))

    return {
        family: {word: weight(count) for word, count in words.items()}
        for family, words in counted.items()
        if family
    }


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
