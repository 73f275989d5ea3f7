"""Which section of the new text is which of the old one.

By uid where both texts have it. The rest (files from elsewhere) by equal text, title, similar text, the
section's chapter, and its content and surroundings.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from documents.comparison.context import Context
from documents.comparison.sections.texts import LEAST_WITH_TITLE, SURE, SectionTexts
from documents.text import Section, SectionTree
from documents.text.align import longest_in_order

Group = tuple[list[int], list[int]]
"""Places of old and of new sections that have something in common."""

LEAST, LEAST_WHERE_KNOWN = 0.5, 0.75
"""Below this two sections with different titles are different ones. So are those with equal titles, where
most have a uid."""
LEAST_OF_FEW_WORDS = 0.75
"""Two sections of one title with few words, of which nothing else says that they are one."""
SAYS_MUCH = 500
"""Of so many bytes two equal texts are one, in whatever chapters they are."""
CHAPTER, INSIDE, NEIGHBOUR, SAME_TITLE = 0.25, 0.25, 0.05, 0.1
"""Added to the similarity of two sections for: the same chapter, the same subsections, a paired neighbour,
the same title."""
PLAINLY = 0.03
"""By so much two sections must be more similar than either is to any third, to decide which chapters
match."""
FEW_PAIRS = 4000
"""So many pairs of sections are compared without looking for rare words first."""
EQUAL = 1e-9


def match_sections(old: SectionTree, new: SectionTree, context: Context) -> dict[int, int]:
    """Places of new sections by places of old ones. Sections without counterpart are not in it."""
    matcher = _Matcher(old, new)
    places = {section.uid: place for place, section in enumerate(new.sections)}
    for i, section in enumerate(old.sections):
        matcher.pair(i, places.get(section.uid))
    left_old = [i for i in range(len(old)) if i not in matcher.pairs]
    # What names an old section as its origin was split from it, and is none of those that are left.
    left_new = [
        j
        for j, section in enumerate(new.sections)
        if j not in matcher.taken and not any(uid in old.by_uid for uid in section.origins)
    ]
    if left_old and left_new:
        matcher.match(left_old, left_new, context)
    return matcher.pairs


def _single(groups: Sequence[Group]) -> Iterator[tuple[int, int]]:
    """The groups of one section in either text."""
    return ((olds[0], news[0]) for olds, news in groups if len(olds) == len(news) == 1)


class _Matcher:
    """Pairs sections, the surest first."""

    def __init__(self, old: SectionTree, new: SectionTree) -> None:
        self.old, self.new = old, new
        self.pairs: dict[int, int] = {}
        self.taken: set[int] = set()
        self.parents = {True: parents_of(old.sections), False: parents_of(new.sections)}
        self.chapters: dict[int, int] = {}
        """Chapters that are taken for one because of the sections in them."""

    def pair(self, i: int, j: int | None) -> None:
        if j is not None and i not in self.pairs and j not in self.taken:
            self.pairs[i] = j
            self.taken.add(j)

    def match(self, left_old: list[int], left_new: list[int], context: Context) -> None:
        known = len(self.pairs) * 2 > min(len(self.old), len(self.new))
        self.left = (left_old, left_new)
        keys = [*((True, i) for i in left_old), *((False, j) for j in left_new)]
        self.texts = SectionTexts(self.old, self.new, keys, context)
        self.least_by_title = LEAST_WHERE_KNOWN if known else LEAST_WITH_TITLE
        self.least = LEAST_WHERE_KNOWN if known else LEAST
        self._by_what_stands_once()
        self._by_likeness()
        self._by_children()
        if not known:
            self._by_place_between()
            self._by_neighbour()

    def _free(self) -> tuple[list[int], list[int]]:
        olds = [i for i in self.left[0] if i not in self.pairs]
        return olds, [j for j in self.left[1] if j not in self.taken]

    def _groups(self, key_of: Callable[[tuple[bool, int]], object]) -> list[Group]:
        """Free sections of one key that are in both texts; those without a key are in none."""
        found: dict[object, Group] = defaultdict(lambda: ([], []))
        olds, news = self._free()
        for i in olds:
            if key := key_of((True, i)):
                found[key][0].append(i)
        for j in news:
            if (key := key_of((False, j))) and key in found:
                found[key][1].append(j)
        return [group for group in found.values() if group[1]]

    def _by_what_stands_once(self) -> None:
        texts = self.texts
        for i, j in texts.sharing_blocks():
            self.pair(i, j)
        by_title = self._groups(lambda key: texts.title[key] or texts.body(key))
        several = {i for olds, news in by_title if max(len(olds), len(news)) > 1 for i in olds}
        wholes = self._groups(
            lambda key: (texts.title[key], texts.body(key)) if texts.title[key] or texts.blocks[key] else None
        )
        longs = self._groups(lambda key: texts.body(key) if texts.long[key] else None)
        for i, j in _single([*wholes, *longs]):
            # A short text under a title that comes again and again may be another chapter's, which was
            # changed.
            says_much = sum(map(len, texts.blocks[True, i])) >= SAYS_MUCH
            if says_much or i not in several or texts.title[True, i] != texts.title[False, j]:
                self.pair(i, j)
        for i, j in _single(by_title):
            if texts.one_by_title(i, j, self.least_by_title):
                self.pair(i, j)

    def _by_likeness(self) -> None:
        """Chapter by chapter from the outermost ones inwards, so that it is known which chapters two sections
        are in."""
        scores = {pair: self.texts.likeness(*pair, 0.0) for pair in self._candidates()}
        scores = {(i, j): like for (i, j), like in scores.items() if like >= self._floor(i, j)}
        if not scores:
            return
        self.chapters = self._chapters(self._plainly_one(scores) | self.pairs)
        depths = {side: _depths(parents) for side, parents in self.parents.items()}
        levels = sorted({depths[True][i] for i, _ in scores})
        for level in levels:
            at = {
                (i, j): like
                for (i, j), like in scores.items()
                if depths[True][i] == depths[False][j] == level
            }
            self._settle(at)
        self._settle(scores)

    def _candidates(self) -> Iterator[tuple[int, int]]:
        texts = self.texts
        seen: set[tuple[int, int]] = set()
        olds, news = self._free()
        groups = [(olds, news)] if len(olds) * len(news) <= FEW_PAIRS else []
        groups += self._groups(lambda key: texts.title[key] or texts.body(key))
        groups += self._groups(lambda key: texts.body(key) if texts.long[key] else None)
        for group in groups:
            if len(group[0]) * len(group[1]) <= FEW_PAIRS:
                seen.update((i, j) for j in group[1] for i in group[0])
            else:
                seen.update(self._in_one_chapter(group))
        if len(olds) * len(news) > FEW_PAIRS:
            free = set(olds)
            seen.update((i, j) for j in news for i in texts.sharing((False, j)) if i in free)
        yield from sorted(seen)

    def _in_one_chapter(self, group: Group) -> Iterator[tuple[int, int]]:
        """Of very many sections of one title those that are at one place among the others of their
        chapter."""
        there: dict[tuple[object, int], list[int]] = defaultdict(list)
        counts: Counter[int | None] = Counter()
        for i in group[0]:
            parent = self.parents[True][i]
            there[self._name(True, parent), counts[parent]].append(i)
            counts[parent] += 1
        counts.clear()
        for j in group[1]:
            parent = self.parents[False][j]
            yield from ((i, j) for i in there.get((self._name(False, parent), counts[parent]), ())[:12])
            counts[parent] += 1

    def _name(self, is_old: bool, place: int | None) -> object:
        if place is None:
            return None
        if is_old and place in self.pairs:
            return self.pairs[place]
        if not is_old and place in self.taken:
            return place
        return self.texts.title.get((is_old, place))

    def _floor(self, i: int, j: int) -> float:
        return min(self.least_by_title, LEAST) if self.texts.one_title(i, j) else self.least

    def _plainly_one(self, scores: Mapping[tuple[int, int], float]) -> dict[int, int]:
        """Sections that are more alike than either is to any third."""
        best: dict[tuple[bool, int], list[tuple[float, int]]] = defaultdict(list)
        for (i, j), score in scores.items():
            best[True, i].append((score, j))
            best[False, j].append((score, i))
        tops = {key: [*sorted(found, reverse=True)[:2], (0.0, -1)] for key, found in best.items()}
        found = {}
        for (is_old, place), ((score, other), second, *_) in tops.items():
            mutual = is_old and score >= LEAST and tops[False, other][0][1] == place
            if mutual and score - max(second[0], tops[False, other][1][0]) >= PLAINLY:
                found[place] = other
        return found

    def _chapters(self, known: Mapping[int, int]) -> dict[int, int]:
        """Chapters that most of what is known in one of them has in the other."""
        votes: Counter[tuple[int, int]] = Counter()
        for i, j in known.items():
            p, q = self.parents[True][i], self.parents[False][j]
            while p is not None and q is not None:
                votes[p, q] += 1
                p, q = self.parents[True][p], self.parents[False][q]
        found: dict[int, int] = {}
        there: set[int] = set()
        for (p, q), _ in sorted(votes.items(), key=lambda vote: (-vote[1], vote[0])):
            if p not in found and q not in there:
                found[p] = q
                there.add(q)
        return found

    def _settle(self, scores: Mapping[tuple[int, int], float]) -> None:
        """Pairs the likest first, and where it is all one, in order."""
        free = {
            pair: self._score(*pair, like) for pair, like in scores.items() if self._may_be_one(*pair, like)
        }
        chosen: dict[int, int] = {}
        there: set[int] = set()
        for (i, j), _ in sorted(free.items(), key=lambda one: (-one[1], one[0])):
            if i not in chosen and j not in there:
                chosen[i] = j
                there.add(j)
        for i, j in _uncrossed(chosen, free).items():
            self.pair(i, j)

    def _may_be_one(self, i: int, j: int, like: float) -> bool:
        if i in self.pairs or j in self.taken:
            return False
        texts = self.texts
        if texts.one_title(i, j):
            # Not more than equal titles, and texts of few words, is said by a half.
            enough = LEAST_OF_FEW_WORDS if like == LEAST else LEAST
            return (
                like >= enough
                or self._in_chapter(i, j)
                or self.chapters.get(i) == j
                or self._has_neighbour(i, j)
            )
        return like >= SURE or not (
            texts.is_part((True, i), self.taken) or texts.is_part((False, j), self.pairs)
        )

    def _in_chapter(self, i: int, j: int) -> bool:
        p, q = self.parents[True][i], self.parents[False][j]
        if p is None or q is None:
            return p is q
        if p in self.pairs or q in self.taken:
            return self.pairs.get(p) == q
        return self.chapters.get(p) == q

    def _has_neighbour(self, i: int, j: int) -> bool:
        return any(self.pairs.get(i + step) == j + step for step in (-1, 1))

    def _score(self, i: int, j: int, like: float) -> float:
        return (
            like
            + CHAPTER * self._in_chapter(i, j)
            + INSIDE * (self.chapters.get(i) == j)
            + NEIGHBOUR * self._has_neighbour(i, j)
            + SAME_TITLE * self.texts.one_title(i, j)
        )

    def _by_children(self) -> None:
        """Pairs sections of which more than half of what is in them is the same, innermost first."""
        sizes = Counter(self.parents[False])
        children: dict[int, list[int]] = defaultdict(list)
        for place, parent in enumerate(self.parents[True]):
            if parent is not None:
                children[parent].append(place)
        for place in sorted(children, reverse=True):
            votes = Counter(
                self.parents[False][self.pairs[child]] for child in children[place] if child in self.pairs
            )
            for parent, count in votes.most_common(1):
                if parent is not None and count * 2 > max(len(children[place]), sizes[parent]):
                    self.pair(place, parent)

    def _by_place_between(self) -> None:
        """Pairs the remaining sections between two that stayed, where both sides have as many of the same
        levels. Neither has text enough to be a different one."""
        order = sorted(self.pairs)
        stayed = longest_in_order([self.pairs[i] for i in order], [1] * len(order))
        first = there = 0
        edges = [(order[n], self.pairs[order[n]]) for n in sorted(stayed)]
        for i, j in [*edges, (len(self.old), len(self.new))]:
            olds = [place for place in range(first, i) if place not in self.pairs]
            news = [place for place in range(there, j) if place not in self.taken]
            first, there = i + 1, j + 1
            if self._levels(True, olds) == self._levels(False, news):
                for one, other in zip(olds, news, strict=True):
                    if not self.texts.long[True, one] and not self.texts.long.get((False, other), True):
                        self.pair(one, other)

    def _by_neighbour(self) -> None:
        """Pair sections left before or behind a paired one, wherever it is now. So short sections that moved
        together stay together."""
        starts = {run[0]: run for run in _runs(self._free()[1])}
        ends = {run[-1]: run for run in starts.values()}
        for run in _runs(self._free()[0]):
            before, behind = self.pairs.get(run[0] - 1), self.pairs.get(run[-1] + 1)
            there = [starts.get(before + 1) if before is not None else None]
            there.append(ends.get(behind - 1) if behind is not None else None)
            for other in there:
                if not other or other[0] in self.taken:
                    continue
                alike = self._levels(True, run) == self._levels(False, other)
                if alike and all(map(self.texts.one_in_place, run, other)):
                    for i, j in zip(run, other, strict=True):
                        self.pair(i, j)
                    break

    def _levels(self, is_old: bool, places: Iterable[int]) -> list[int]:
        return [(self.old if is_old else self.new).sections[place].level for place in places]


def _runs(places: Sequence[int]) -> list[list[int]]:
    """The places in order, those that are together in one piece each."""
    found: list[list[int]] = []
    for place in places:
        if found and found[-1][-1] == place - 1:
            found[-1].append(place)
        else:
            found.append([place])
    return found


def _uncrossed(chosen: dict[int, int], scores: Mapping[tuple[int, int], float]) -> dict[int, int]:
    """The same with any two crossing pairs replaced by two in order that are together no less similar. So of
    equal old sections the first becomes the first of the new ones, whichever of these changed."""
    by_new: dict[int, list[int]] = defaultdict(list)
    for i, j in scores:
        if i in chosen:
            by_new[j].append(i)
    for i in sorted(chosen):
        for other in sorted(one for one in by_new[chosen[i]] if one > i):
            j, k = chosen[i], chosen[other]
            if k >= j or (i, k) not in scores or (other, j) not in scores:
                continue
            if scores[i, k] + scores[other, j] >= scores[i, j] + scores[other, k] - EQUAL:
                chosen[i], chosen[other] = k, j
    return chosen


def parents_of(sections: Sequence[Section]) -> list[int | None]:
    """The place of each section's parent."""
    result: list[int | None] = []
    chain: list[int] = []
    for place, section in enumerate(sections):
        while chain and sections[chain[-1]].level >= section.level:
            chain.pop()
        result.append(chain[-1] if chain else None)
        chain.append(place)
    return result


def _depths(parents: Sequence[int | None]) -> list[int]:
    depths: list[int] = []
    for parent in parents:
        depths.append(0 if parent is None else depths[parent] + 1)
    return depths
