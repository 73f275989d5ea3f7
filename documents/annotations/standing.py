"""Where a block stood among the blocks of its text, so that of several alike the right one is found again when the text has
moved on. Pure, knows no Django.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from documents.annotations.pairing import Pairs, paired

MARK = "\x1c"
"""Stands before and behind what is said of it, at the beginning of a suggestion's place."""
DIGEST = 8
MOST_BLOCKS = 400
OTHERS = 20.0
"""How like two blocks count of which nothing is known but that they are not the same: they may have been changed."""


def digest(key: bytes) -> str:
    """A short sign for a block."""
    return hashlib.sha256(key).hexdigest()[:DIGEST]


@dataclass(frozen=True, slots=True)
class Gap:
    """The blocks from ``start`` to before ``end`` stand where something is to be put in; ``here`` is the place among them where
    nothing in them says more."""

    start: int
    end: int
    here: int


@dataclass(frozen=True, slots=True)
class Standing:
    """``digests``: of all blocks of the text, ``index``: which of them it was (-1: it is put in), ``behind``: how many of them
    stand before the place where it is to be, ``count``: how many equal ones are to be there, or go from there."""

    digests: tuple[str, ...]
    index: int
    behind: int
    count: int = 1

    def said(self) -> str:
        return f"{MARK}{self.index} {self.behind} {self.count} {''.join(self.digests)}{MARK}"

    @property
    def equals(self) -> int:
        """How many blocks of the text were the same, itself among them."""
        return self.digests.count(self.digests[self.index])

    def at(self, keys: Sequence[bytes], likeness: Callable[[int], float]) -> int | None:
        """Which of the blocks of another state of the text it is now. ``keys``: what those are compared by; ``likeness``: how
        like each is to the block (0 to 100)."""
        own = self.digests[self.index]
        same = {place for place, other in enumerate(self.digests) if other == own}

        def like(i: int, j: int) -> float:
            # One that was changed still takes its place among its equals, and among the others too.
            return max(likeness(j), 1.0) if i in same else OTHERS

        return dict(self._pairs(keys, like)).get(self.index)

    def around(self, keys: Sequence[bytes]) -> range:
        """The blocks of another state of the text among which it stands, with its equals right before and behind it."""
        own = self.digests[self.index]
        first = last = self.index
        while first and self.digests[first - 1] == own:
            first -= 1
        while last + 1 < len(self.digests) and self.digests[last + 1] == own:
            last += 1
        sure = self._sure(keys)
        start = max((j + 1 for i, j in sure if i < first), default=0)
        return range(start, min((j for i, j in sure if i > last), default=len(keys)))

    def gap(self, keys: Sequence[bytes]) -> Gap:
        """Where in another state of the text something is to be put in."""
        pairs = self._in_both(keys)
        sure = self._sure(keys)
        start = max((j + 1 for i, j in sure if i < self.behind), default=0)
        end = min((j for i, j in sure if i >= self.behind), default=len(keys))
        here = max((j + 1 for i, j in pairs if i < self.behind), default=0)
        return Gap(start, end, max(start, min(here, end)))

    def without_it(self) -> Standing:
        """The same for the text without the block itself."""
        rest = (*self.digests[: self.index], *self.digests[self.index + 1 :])
        return replace(self, digests=rest, behind=self.behind - (0 <= self.index < self.behind))

    def _in_both(self, keys: Sequence[bytes]) -> list[tuple[int, int]]:
        return [(i, j) for i, j in self._pairs(keys, lambda i, j: OTHERS) if i is not None and j is not None]

    def _sure(self, keys: Sequence[bytes]) -> list[tuple[int, int]]:
        """The pairs of blocks that are the same."""
        return [(i, j) for i, j in self._in_both(keys) if self.digests[i] == digest(keys[j])]

    def _pairs(self, keys: Sequence[bytes], likeness: Callable[[int, int], float]) -> Pairs:
        old = [other.encode() for other in self.digests]
        return paired(old, [digest(key).encode() for key in keys], likeness, lambda rows, columns: [])


def split(place: str) -> tuple[Standing | None, str]:
    """What is said of it in a suggestion's place, and the rest of that."""
    if not place.startswith(MARK):
        return None, place
    said, _mark, rest = place[1:].partition(MARK)
    index, behind, count, digests = said.split(" ")
    parts = tuple(digests[start : start + DIGEST] for start in range(0, len(digests), DIGEST))
    return Standing(parts, int(index), int(behind), int(count)), rest
