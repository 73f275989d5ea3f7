"""Sections of one title, or of one text, that stand several times in a document ("Measures", "Budget" under every goal): which
of the old ones is which of the new ones.

They are told apart by the chapters that they stand in, else by their words, else by what stands beside them, and only then by
their order. Which chapters belong together is told by the sections in them that are plainly one.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

from documents.comparison.sections.standing import Pairing, parents_of
from documents.text import Section

Group = tuple[list[int], list[int]]
"""Places of the old and of the new sections that have one title."""
Candidates = Callable[[Group], Iterable[tuple[int, int]]]

PLAINLY = 0.03
"""By so much two sections must be liker than either is to any third, to say which chapters belong together."""
CHAPTER = 0.25
"""How much it adds to the likeness of two sections that they stand in one chapter."""
INSIDE = 0.25
"""The same where what stands in them is the same."""
BESIDE = 0.05
"""The same where what stands right before or right behind them is."""
LEAST_ELSEWHERE = 0.5
"""Less like than this, and in two chapters, they are two sections though they have one title."""
LEAST_OF_FEW_WORDS = 0.75
"""The same where one of them has too few words to say much."""
SAME = 1e-9
"""Likenesses that differ by less are one."""
FEW_PAIRS = 4000
"""So many pairs of sections are measured without looking for rare words first."""


class Namesakes:
    """Pairs sections within each group. ``candidates`` names those of a group that may be one where it is too large to
    compare each with each; ``likeness`` answers 1 for one text and 0 below the least."""

    def __init__(
        self,
        old: Sequence[Section],
        new: Sequence[Section],
        pairs: dict[int, int],
        taken: set[int],
        groups: Sequence[Group],
        pair: Pairing,
        likeness: Callable[[int, int], float],
        least: float,
        candidates: Candidates,
    ) -> None:
        self.pairs, self.taken, self.groups, self.pair = pairs, taken, groups, pair
        self.old_parents, self.new_parents = parents_of(old), parents_of(new)
        self.old_depths, self.new_depths = _depths(self.old_parents), _depths(self.new_parents)
        self.least = least
        self._likeness = likeness
        self._known: dict[tuple[int, int], float] = {}
        self.among = [list(candidates(group)) for group in groups]
        self.best_old: dict[int, float] = {}
        self.best_new: dict[int, float] = {}
        guessed = self._plainly_one()
        self.inside = self._chapters({**guessed, **pairs})
        self.beside = {**guessed}

    def like(self, i: int, j: int) -> float:
        found = self._known.get((i, j))
        if found is None:
            found = self._known[i, j] = self._likeness(i, j)
        return found

    def _plainly_one(self) -> dict[int, int]:
        """Sections that are liker to each other than either is to any third."""
        seconds: dict[tuple[bool, int], float] = defaultdict(float)
        firsts: dict[tuple[bool, int], tuple[float, int]] = {}
        for i, j in (one for among in self.among for one in among):
            score = self.like(i, j)
            for key, other in (((True, i), j), ((False, j), i)):
                best = firsts.get(key)
                if best is None or score > best[0]:
                    seconds[key] = best[0] if best else 0.0
                    firsts[key] = (score, other)
                else:
                    seconds[key] = max(seconds[key], score)
        guessed: dict[int, int] = {}
        for (is_old, place), (score, other) in firsts.items():
            (self.best_old if is_old else self.best_new)[place] = score
            if (
                is_old
                and score >= LEAST_ELSEWHERE
                and firsts[(False, other)][1] == place
                and score - max(seconds[(True, place)], seconds[(False, other)]) >= PLAINLY
            ):
                guessed[place] = other
        return guessed

    def _chapters(self, known: dict[int, int]) -> dict[int, int]:
        """Chapters that most of what is known in one of them has in the other."""
        votes: Counter[tuple[int, int]] = Counter()
        for i, j in known.items():
            p, q = self.old_parents[i], self.new_parents[j]
            while p is not None and q is not None:
                votes[p, q] += 1
                p, q = self.old_parents[p], self.new_parents[q]
        found: dict[int, int] = {}
        there: set[int] = set()
        for (p, q), _ in sorted(votes.items(), key=lambda vote: (-vote[1], vote[0])):
            if p not in found and q not in there:
                found[p] = q
                there.add(q)
        return found

    def match(self) -> None:
        for depth in range(max(self.old_depths, default=0) + 1):
            self._settle(partial(self._in_one_chapter, depth), self._may_stay)
            self._settle(partial(self._at, depth), self._may_be_one)
        self._settle(partial(self._at, None), self._may_be_one)

    def _settle(
        self,
        pairs_of: Callable[[], Iterable[tuple[int, int]]],
        may: Callable[[int, int], bool],
    ) -> None:
        """Pairs the likest first, and where it is all one, in order."""
        scores = {(i, j): self._score(i, j) for i, j in pairs_of() if may(i, j)}
        chosen: dict[int, int] = {}
        there: set[int] = set()
        for (i, j), _ in sorted(scores.items(), key=lambda one: (-one[1], one[0])):
            if i not in chosen and j not in there:
                chosen[i] = j
                there.add(j)
        for i, j in _uncrossed(chosen, scores).items():
            self.pair(i, j)

    def _in_one_chapter(self, depth: int) -> Iterator[tuple[int, int]]:
        partners = {j: i for i, j in self.inside.items() if i not in self.pairs and j not in self.taken}
        partners.update((j, i) for i, j in self.pairs.items())
        for (olds, news), among in zip(self.groups, self.among, strict=True):
            if len(olds) * len(news) > FEW_PAIRS:
                # Those in the other chapter, by their order there, besides those that share rare words.
                yield from ((i, j) for i, j in among if self._free(i, j, depth) and self._in_chapter(i, j))
            there: dict[int | None, list[int]] = defaultdict(list)
            for i in olds:
                if i not in self.pairs and self.old_depths[i] == depth:
                    there[self.old_parents[i]].append(i)
            for j in news if there else ():
                if j in self.taken:
                    continue
                q = self.new_parents[j]
                if q is None:
                    here = there.get(None, [])
                elif q in partners:
                    here = there.get(partners[q], [])
                else:
                    continue
                if len(here) * len(news) <= FEW_PAIRS:
                    yield from ((i, j) for i in here)

    def _at(self, depth: int | None) -> Iterator[tuple[int, int]]:
        for among in self.among:
            yield from ((i, j) for i, j in among if self._free(i, j, depth))

    def _free(self, i: int, j: int, depth: int | None) -> bool:
        """Whether both are left, and at one depth."""
        if i in self.pairs or j in self.taken:
            return False
        return depth is None or self.old_depths[i] == self.new_depths[j] == depth

    def _may_stay(self, i: int, j: int) -> bool:
        """Whether none in another chapter is much liker."""
        like = self.like(i, j)
        most = max(self.best_old.get(i, 0.0), self.best_new.get(j, 0.0))
        return like >= min(self.least, LEAST_ELSEWHERE) and like + CHAPTER >= most

    def _may_be_one(self, i: int, j: int) -> bool:
        like = self.like(i, j)
        if like < min(self.least, LEAST_ELSEWHERE):
            return False
        # Not more than equal titles, and texts of few words, is said by a half.
        enough = LEAST_OF_FEW_WORDS if like == LEAST_ELSEWHERE else LEAST_ELSEWHERE
        return like >= enough or self._supported(i, j)

    def _supported(self, i: int, j: int) -> bool:
        return self._in_chapter(i, j) or self.inside.get(i) == j or self._is_beside(i, j)

    def _in_chapter(self, i: int, j: int) -> bool:
        p, q = self.old_parents[i], self.new_parents[j]
        if p is None or q is None:
            return p is q
        if p in self.pairs or q in self.taken:
            return self.pairs.get(p) == q
        return self.inside.get(p) == q

    def _is_beside(self, i: int, j: int) -> bool:
        return any(self.pairs.get(i + step, self.beside.get(i + step)) == j + step for step in (-1, 1))

    def _score(self, i: int, j: int) -> float:
        return (
            self.like(i, j)
            + CHAPTER * self._in_chapter(i, j)
            + INSIDE * (self.inside.get(i) == j)
            + BESIDE * self._is_beside(i, j)
        )


def _uncrossed(chosen: dict[int, int], scores: dict[tuple[int, int], float]) -> dict[int, int]:
    """The same with any two pairs that cross changed for two in order that are together no less like: of old sections that
    say the same the first is the first of the new ones, whichever of these was changed."""
    by_old: dict[int, list[int]] = defaultdict(list)
    for i, j in scores:
        if i in chosen:
            by_old[j].append(i)
    for i in sorted(chosen):
        for other in sorted(one for one in by_old[chosen[i]] if one > i):
            j, k = chosen[i], chosen[other]
            if k < j and (i, k) in scores and (other, j) in scores:
                crossed, straight = scores[i, j] + scores[other, k], scores[i, k] + scores[other, j]
                if straight >= crossed - SAME:
                    chosen[i], chosen[other] = k, j
    return chosen


def _depths(parents: Sequence[int | None]) -> list[int]:
    depths: list[int] = []
    for parent in parents:
        depths.append(0 if parent is None else depths[parent] + 1)
    return depths
