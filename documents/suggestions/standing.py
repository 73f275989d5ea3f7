"""What became of each block of a text, or of each part of a block, so that a suggestion finds its place again when others were
taken before it and when the text has moved on. Pure, knows no Django.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher

from documents.suggestions.pairing import MOST_PAIRS

MARK = "\x1c"
"""Stands before and behind what is said of it, at the beginning of a suggestion's place."""
PARTS = "\x1f"
"""Between what is said of the blocks and what of the parts of one of them."""
DIGEST = 8
NONE = "-" * DIGEST
MOST_BLOCKS = 400
GONE, NEW, EDITED, BECAME, HALF, HARDLY, RATHER = 3.0, 2.0, 2.5, 3.5, 1.5, 0.3, 0.0005
"""How unlikely it is that one that nobody took out is not there, that one is there of which nothing is known, that one was
changed that has no change, and into what another one is; that one that has some is neither as before nor as after; and what decides where all else is
equal: a suggestion that is open was not taken yet, and those before it were taken rather than those behind it."""


def digest(key: bytes) -> str:
    """A short sign for a block or a part."""
    return hashlib.sha256(key).hexdigest()[:DIGEST]


@dataclass(frozen=True, slots=True)
class Entry:
    """A block or part before and after all changes, as digests; :data:`NONE` where it is not there."""

    kind: str
    old: str
    new: str

    @property
    def signs(self) -> tuple[str, str]:
        return self.old, self.new


@dataclass(frozen=True, slots=True)
class Gap:
    """The blocks from ``start`` to before ``end`` stand where something is to be put in; ``sure`` where one before or behind
    them is known."""

    start: int
    end: int
    sure: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """``entries``: all blocks of the text before and after, in order; ``own``: those of them that the suggestion speaks of.
    ``parts``: the same for the rows or items of the block that it changes. ``taken``: of which others it is supposed that their
    change was taken, or was not."""

    entries: tuple[Entry, ...]
    own: tuple[int, ...]
    parts: Standing | None = None
    taken: Mapping[int, bool] = field(default_factory=dict)

    def said(self) -> str:
        return f"{MARK}{self._said()}{PARTS + self.parts._said() if self.parts else ''}{MARK}"

    def _said(self) -> str:
        entries = (
            f"{one.kind}={one.old}" if one.old == one.new else f"{one.kind}>{one.old}{one.new}"
            for one in self.entries
        )
        return f"{','.join(map(str, self.own))} {''.join(entries)}"

    def only(self, index: int) -> Standing:
        """Of that one of its own entries alone."""
        return replace(self, own=(self.own[index],))

    @property
    def moves(self) -> bool:
        """Whether the suggestion takes one out at a place and puts the same, with other words perhaps, in at another one."""
        own = [self.entries[index] for index in self.own]
        return len(own) == 2 and own[0].new == own[1].old == NONE and NONE not in (own[0].old, own[1].new)

    @property
    def ends(self) -> bool:
        """Whether the suggestion speaks of some that were joined or divided."""
        own = [self.entries[index] for index in self.own]
        both = any(one.old != NONE for one in own) and any(one.new != NONE for one in own)
        return len(own) > 1 and both and not self.moves

    def all_come(self, keys: Sequence[bytes], places: Mapping[int, int]) -> bool:
        """Whether all of its own entries stand there as they are to be already, and those that go are gone."""
        return all(
            (index in places) == (self.entries[index].new != NONE)
            and (index not in places or digest(keys[places[index]]) == self.entries[index].new)
            for index in self.own
        )

    def known(self, keys: Sequence[bytes]) -> float:
        """How many of these are the same as an entry before or after (0 to 100)."""
        signs = {sign for entry in self.entries for sign in entry.signs}
        return 100 * sum(digest(key) in signs for key in keys) / max(len(keys), 1)

    def knows(self, key: bytes) -> bool:
        """Whether another entry is the same or becomes it."""
        sign = digest(key)
        return any(sign in one.signs for index, one in enumerate(self.entries) if index not in self.own)

    def unknown(self, keys: Sequence[bytes]) -> list[int]:
        """Which of these are no other entry's, as it was or as it becomes."""
        return [at for at, key in enumerate(keys) if not self.knows(key)]

    def places(
        self, keys: Sequence[bytes], kinds: Sequence[str], likeness: Callable[[int], float] | None = None
    ) -> dict[int, int]:
        """Where each entry that is there stands in another state of the text. ``keys`` and ``kinds``: what its blocks are compared
        by; ``likeness``: how like each is to the one that the suggestion changes or takes out (0 to 100)."""
        return self.placed(keys, kinds, likeness)[1]

    def placed(
        self, keys: Sequence[bytes], kinds: Sequence[str], likeness: Callable[[int], float] | None = None
    ) -> tuple[float, dict[int, int]]:
        """How unlikely that is, and where each entry stands."""
        signs = [digest(key) for key in keys]
        found: dict[int, int] = {}
        cost = 0.0
        times = Counter(sign for one in self.entries for sign in {*one.signs})
        there = Counter(signs)
        marks = (
            [
                one.old if one.old == one.new and times[one.old] == there[one.old] == 1 else index
                for index, one in enumerate(self.entries)
            ],
            [sign if times[sign] == there[sign] == 1 else -1 - index for index, sign in enumerate(signs)],
        )
        for op, a, b, c, d in SequenceMatcher(None, *marks, autojunk=False).get_opcodes():
            if op == "equal":
                found |= dict(zip(range(a, b), range(c, d), strict=True))
            elif (b - a) * (d - c) <= MOST_PAIRS:
                here = self._aligned(range(a, b), range(c, d), signs, kinds, likeness)
                cost, found = cost + here[0], found | here[1]
        return cost, found

    def _aligned(
        self,
        rows: range,
        columns: range,
        signs: Sequence[str],
        kinds: Sequence[str],
        likeness: Callable[[int], float] | None,
    ) -> tuple[float, dict[int, int]]:
        """The most likely state of all entries, of those from ``rows``, and how unlikely it is."""
        best = [[0.0] * (len(columns) + 1) for _ in range(len(rows) + 1)]
        known = {sign for one in self.entries for sign in one.signs}
        edited = [BECAME if signs[j] in known else EDITED for j in columns]
        # What several became is as like each of them as all their words.
        came = {self.entries[index].new for index in self.own} if self.ends else set()
        like = [None if signs[j] in came else likeness for j in columns]
        met = [
            [
                self._met(k, j, signs[j], kinds[j], one, much)
                for j, one, much in zip(columns, like, edited, strict=True)
            ]
            for k in rows
        ]
        absent = [self._absent(k) for k in rows]
        for i in range(len(rows), -1, -1):
            for j in range(len(columns), -1, -1):
                ways = []
                if i < len(rows):
                    ways.append(best[i + 1][j] + absent[i])
                if j < len(columns):
                    ways.append(best[i][j + 1] + NEW)
                if i < len(rows) and j < len(columns):
                    ways.append(best[i + 1][j + 1] + met[i][j])
                best[i][j] = min(ways, default=0.0)
        found: dict[int, int] = {}
        i = j = 0
        while i < len(rows) and j < len(columns):
            if best[i][j] == best[i + 1][j + 1] + met[i][j]:
                found[rows[i]] = columns[j]
                i, j = i + 1, j + 1
            elif best[i][j] == best[i + 1][j] + absent[i]:
                i += 1
            else:
                j += 1
        return best[0][0], found

    def _absent(self, index: int) -> float:
        entry = self.entries[index]
        if NONE not in entry.signs:
            return GONE
        return self._against(index, entry.new == NONE)

    def _against(self, index: int, taken: bool) -> float:
        """What speaks against it that the change of an entry was taken, or was not."""
        if index in self.own:
            return HARDLY if taken else 0.0
        if self.taken.get(index, taken) != taken:
            return HARDLY
        return RATHER if taken == (index > self.own[0]) else 0.0

    def _met(
        self,
        index: int,
        place: int,
        sign: str,
        kind: str,
        likeness: Callable[[int], float] | None,
        edited: float,
    ) -> float:
        entry = self.entries[index]
        own = index in self.own
        if sign in entry.signs:
            return self._against(index, sign == entry.new) if NONE in entry.signs else 0.0
        if kind != entry.kind or entry.old == NONE:
            return float("inf")
        if own and likeness is not None:
            return GONE * (1 - likeness(place) / 100)
        return edited if entry.old == entry.new or NONE in entry.signs else HALF

    def keys_of_its_own(self, keys: Sequence[bytes], places: Mapping[int, int]) -> list[bytes]:
        """Without those of blocks that change into something else: such a one may read for a while as another one will."""
        changing = {
            at
            for other, at in places.items()
            if NONE not in self.entries[other].signs and self.entries[other].old != self.entries[other].new
        }
        return [key for at, key in enumerate(keys) if at not in changing]

    def has_come(self, index: int, keys: Sequence[bytes], places: Mapping[int, int]) -> bool:
        """Whether an entry that is put in is there already, and what stands there can't be an equal one that is taken as well."""
        if index not in places:
            return False
        sign = self.entries[index].new
        there = [digest(key) for key in keys]
        equals = [
            other
            for other, entry in enumerate(self.entries)
            if other != index and (there[places[other]] == sign if other in places else entry.new == sign)
        ]
        return there.count(sign) > len(equals)

    def place_left(self, index: int, places: Mapping[int, int]) -> int:
        """Which entry is put in for one that is: where an equal one stands in its place that was put in before it, that one's."""
        if index not in places:
            return index
        wanted = NONE, self.entries[index].new
        left = (at for at, entry in enumerate(self.entries) if entry.signs == wanted and at not in places)
        return next(left, index)

    def gap(self, index: int, places: Mapping[int, int], length: int) -> Gap:
        """Between which blocks of another state of the text an entry goes that is not there."""
        before = [at for other, at in places.items() if other < index]
        # One that stands where an equal one stood that is taken as well comes behind that.
        before += [places[index]] if index in places else []
        behind = [at for other, at in places.items() if other > index]
        start = max(before, default=-1) + 1
        return Gap(start, max(start, min(behind, default=length)), bool(before or behind))


def split(place: str) -> tuple[Standing | None, str]:
    """What is said of it in a suggestion's place, and the rest of that."""
    if not place.startswith(MARK):
        return None, place
    said, _mark, rest = place[1:].partition(MARK)
    blocks, _between, parts = said.partition(PARTS)
    standing = _read(blocks)
    if standing is None:
        return None, rest
    return replace(standing, parts=_read(parts) if parts else None), rest


def both(one: str, other: str) -> str:
    """What is said of it in the places of two suggestions that are one: of the entries of the first, then of the other."""
    first, second = split(one)[0], split(other)[0]
    if first is None or second is None:
        return ""
    return replace(first, own=first.own + second.own, parts=first.parts or second.parts).said()


def _read(said: str) -> Standing | None:
    own, _space, entries = said.partition(" ")
    if " " in entries:
        return None
    made: list[Entry] = []
    at = 0
    while at < len(entries):
        kind, old, end = entries[at], entries[at + 2 : at + 2 + DIGEST], at + 2 + DIGEST
        new = old
        if entries[at + 1] == ">":
            new, end = entries[end : end + DIGEST], end + DIGEST
        made.append(Entry(kind, old, new))
        at = end
    return Standing(tuple(made), tuple(map(int, own.split(","))))
