"""Pair two sequences: what is equal in order, then what is alike, and what keeps its order.

Sequences are compared as strings with one character an element (:class:`Interner`), in C.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import chain, repeat
from typing import NamedTuple, cast

from rapidfuzz.distance import Indel, Postfix, Prefix

Match = tuple[int, int, int]
"""What both have: where in the old sequence, where in the new one, how long."""
Pair = tuple[int | None, int | None]
"""The place in the old sequence and in the new one; None where there is no counterpart."""

LARGEST = 40_000_000
"""The most pairs compared at once (5 MB of bits). Longer stretches are cut at what occurs once.
"""
MOST_PAIRS = 2_500
"""A gap with more possible pairs is first cut at elements that share rare words."""
RARE = 8
"""A word in more elements than this says little about which is which."""
CANDIDATES = 3
FIRST, SURROGATES, AFTER_SURROGATES, LAST = 0x100, 0xD800, 0xE000, 0x10FFFF


class Interner(defaultdict[Hashable, str]):
    """Gives each element one character."""

    def __init__(self) -> None:
        # Without surrogates. Of more different words than characters (no natural text has a million) the last
        # are one.
        characters = chain(range(FIRST, SURROGATES), range(AFTER_SURROGATES, LAST), repeat(LAST))
        super().__init__(map(chr, characters).__next__)

    def string(self, things: Iterable[Hashable]) -> str:
        return "".join(map(self.__getitem__, things))


class FoldingInterner(Interner):
    """The same where several forms count as one; each form is folded once."""

    def __init__(self, fold: Callable[[str], str]) -> None:
        super().__init__()
        self.fold, self.folded = fold, Interner()

    def __missing__(self, thing: Hashable) -> str:
        character = self[thing] = self.folded[self.fold(str(thing))]
        return character


def matches(a: Sequence[Hashable], b: Sequence[Hashable]) -> list[Match]:
    """What two sequences (mostly interned, as strings) have in common, in order."""
    if a == b:
        return [(0, 0, len(a))] if a else []
    if len(a) * len(b) > LARGEST:
        return _matches_of_long(a, b)
    # As plain tuples, which are made in C; objects with names take four times as long.
    listed = cast("list[tuple[str, int, int, int, int]]", Indel.opcodes(a, b).as_list())
    return [(start, there, end - start) for tag, start, end, there, _ in listed if tag == "equal"]


def _matches_of_long(a: Sequence[Hashable], b: Sequence[Hashable]) -> list[Match]:
    """Without the common beginning and end. Cut in two near the middle at an element that each has once, else
    in the middle."""
    head = Prefix.similarity(a, b)
    tail = min(Postfix.similarity(a, b), len(a) - head, len(b) - head)
    if head or tail:
        end_a, end_b = len(a) - tail, len(b) - tail
        inner = [(i + head, j + head, n) for i, j, n in matches(a[head:end_a], b[head:end_b])]
        return [*([(0, 0, head)] if head else []), *inner, *([(end_a, end_b, tail)] if tail else [])]
    once_in_b = {thing for thing, count in Counter(b).items() if count == 1}
    once = [thing for thing, count in Counter(a).items() if count == 1 and thing in once_in_b]
    middle = len(a) // 2
    cut_a, cut_b = middle, len(b) // 2
    if once:
        anchor = min(map(a.index, once), key=lambda place: abs(place - middle))
        there = b.index(a[anchor])
        # An anchor that would leave nearly all on one side was moved.
        if len(b) // 8 <= there <= len(b) - len(b) // 8:
            cut_a, cut_b = anchor, there
    rest = [(i + cut_a, j + cut_b, n) for i, j, n in matches(a[cut_a:], b[cut_b:])]
    return matches(a[:cut_a], b[:cut_b]) + rest


class Alike(NamedTuple):
    """How elements are paired that are not equal, by their places in the old and the new sequence."""

    score: Callable[[int, int], float]
    """How alike two are, 0 to 1; below ``least`` it may answer 0."""
    least: float
    sure: float
    """Elements in the same place that are as alike as this are one."""
    words: Callable[[bool, int], str]
    """The words of an old (true) or a new element, interned."""
    lone: Callable[[int, int], bool] = lambda i, j: False
    """Whether a single element left over on each side of a gap is one that changed, however unlike."""


Key = Callable[[bool, int], Hashable]
"""Equal for elements that are one, by whether they are of the old sequence and their place in it."""


def align(old: range, new: range, keys: Sequence[Key], alike: Alike) -> list[Pair]:
    """Pairs two stretches of places, in order. First by the first key, between these by the next one, and at
    last by similarity."""
    return _by_keys(old.start, old.stop, new.start, new.stop, keys, alike)


def _by_keys(a: int, b: int, c: int, d: int, keys: Sequence[Key], alike: Alike) -> list[Pair]:
    if a == b or c == d:
        return _unpaired(a, b, c, d)
    if not keys:
        return _gap(a, b, c, d, alike)
    if b - a == d - c == 1:
        return _gap(a, b, c, d, alike)
    key = keys[0]
    olds = [key(True, place) for place in range(a, b)]
    news = [key(False, place) for place in range(c, d)]
    pairs: list[Pair] = []
    first, there = a, c
    for i, j, count in [*matches(olds, news), (b - a, d - c, 0)]:
        pairs += _by_keys(first, a + i, there, c + j, keys[1:], alike)
        first, there = a + i + count, c + j + count
        pairs += zip(range(a + i, first), range(c + j, there), strict=True)
    return pairs


def _gap(a: int, b: int, c: int, d: int, alike: Alike) -> list[Pair]:
    """The best pairs of old[a:b] and new[c:d] that don't cross."""
    if a == b or c == d:
        return _unpaired(a, b, c, d)
    if b - a == d - c == 1:
        paired = alike.lone(a, c) or alike.score(a, c) >= alike.least
        return [(a, c)] if paired else [(a, None), (None, c)]
    head: list[Pair] = []
    tail: list[Pair] = []
    while a < b and c < d and alike.score(a, c) >= alike.sure:
        head.append((a, c))
        a, c = a + 1, c + 1
    while a < b and c < d and alike.score(b - 1, d - 1) >= alike.sure:
        b, d = b - 1, d - 1
        tail.append((b, d))
    return [*head, *_inner_gap(a, b, c, d, alike), *reversed(tail)]


def _inner_gap(a: int, b: int, c: int, d: int, alike: Alike) -> list[Pair]:
    if a == b or c == d:
        return _unpaired(a, b, c, d)
    if (b - a) * (d - c) <= MOST_PAIRS:
        return _with_lone(_best_in_order(a, b, c, d, alike), alike)
    anchors = _anchors(a, b, c, d, alike)
    if not anchors:
        middle, there = (a + b) // 2, (c + d) // 2
        return _inner_gap(a, middle, c, there, alike) + _inner_gap(middle, b, there, d, alike)
    pairs: list[Pair] = []
    for i, j in [*anchors, (b, d)]:
        pairs += _gap(a, i, c, j, alike)
        if i < b:
            pairs.append((i, j))
        a, c = i + 1, j + 1
    return pairs


def _unpaired(a: int, b: int, c: int, d: int) -> list[Pair]:
    return [*((i, None) for i in range(a, b)), *((None, j) for j in range(c, d))]


def _best_in_order(a: int, b: int, c: int, d: int, alike: Alike) -> list[Pair]:
    """Those pairs that are most alike together."""
    rows, columns = b - a, d - c
    scores = [[alike.score(a + i, c + j) for j in range(columns)] for i in range(rows)]
    best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    for i in range(rows - 1, -1, -1):
        for j in range(columns - 1, -1, -1):
            paired = best[i + 1][j + 1] + scores[i][j] if scores[i][j] >= alike.least else 0.0
            best[i][j] = max(paired, best[i + 1][j], best[i][j + 1])
    pairs: list[Pair] = []
    i = j = 0
    while i < rows and j < columns:
        if scores[i][j] >= alike.least and best[i][j] == best[i + 1][j + 1] + scores[i][j]:
            pairs.append((a + i, c + j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            pairs.append((a + i, None))
            i += 1
        else:
            pairs.append((None, c + j))
            j += 1
    return pairs + _unpaired(a + i, b, c + j, d)


def _with_lone(pairs: list[Pair], alike: Alike) -> list[Pair]:
    """Pairs what is left over alone on each side between two pairs."""
    result: list[Pair] = []
    run: list[Pair] = []
    for pair in [*pairs, (-1, -1)]:
        if pair[0] is None or pair[1] is None:
            run.append(pair)
            continue
        old = [i for i, _ in run if i is not None]
        new = [j for _, j in run if j is not None]
        lone = len(old) == len(new) == 1 and alike.lone(old[0], new[0])
        result += [(old[0], new[0])] if lone else run
        result.append(pair)
        run = []
    return result[:-1]


def _anchors(a: int, b: int, c: int, d: int, alike: Alike) -> list[tuple[int, int]]:
    """Pairs of elements that share rare words and are surely one, as far as they keep their order."""
    old = {i: alike.words(True, i) for i in range(a, b)}
    new = {j: alike.words(False, j) for j in range(c, d)}
    found = {}
    for j, i, score in best_partners(old, new, alike.score):
        if score >= alike.sure:
            found[j] = i
    order = sorted(found)
    stayed = longest_in_order([found[j] for j in order], [len(new[j]) + 1 for j in order])
    return [(found[order[place]], order[place]) for place in sorted(stayed)]


def best_partners(
    old: Mapping[int, str],
    new: Mapping[int, str],
    score: Callable[[int, int], float],
    *,
    every: bool = False,
) -> Iterator[tuple[int, int, float]]:
    """Pairs of elements among those that share rare words (or among ``every`` two), each element once, the
    most alike first. Gives (new, old, score)."""
    scored = []
    for j, i in ((j, i) for j in new for i in old) if every else sharing_rare_words(old, new):
        if (found := score(i, j)) > 0:
            scored.append((found, -i, -j))
    taken_old: set[int] = set()
    taken_new: set[int] = set()
    for found, i, j in sorted(scored, reverse=True):
        if -i not in taken_old and -j not in taken_new:
            taken_old.add(-i)
            taken_new.add(-j)
            yield -j, -i, found


def sharing_rare_words(
    old: Mapping[int, str], new: Mapping[int, str], *, rare: int = RARE, candidates: int = CANDIDATES
) -> Iterator[tuple[int, int]]:
    """For each new element the old ones that share most rare words with it, as (new, old)."""
    holders: dict[str, list[int]] = defaultdict(list)
    for i, words in old.items():
        for word in set(words):
            holders[word].append(i)
    for j, words in new.items():
        shared: Counter[int] = Counter()
        for word in set(words):
            places = holders.get(word, ())
            if len(places) <= rare:
                shared.update(places)
        for i, _ in shared.most_common(candidates):
            yield j, i


def longest_in_order(places: Sequence[int], weights: Sequence[int]) -> set[int]:
    """The heaviest subsequence of ``places`` that rises, as indexes into it: the stretches in order.

    Ties go to what comes first. O(n log n), by a Fenwick tree of the best weight up to each place.
    """
    size = len(places)
    ranks = {place: rank for rank, place in enumerate(sorted(places), 1)}
    tree: list[tuple[int, int]] = [(0, -1)] * (size + 1)
    before: list[int] = [-1] * size
    totals: list[int] = [0] * size
    for index, place in enumerate(places):
        rank = ranks[place] - 1
        best, last = 0, -1
        while rank > 0:
            if tree[rank][0] > best:
                best, last = tree[rank]
            rank -= rank & -rank
        before[index] = last
        totals[index] = best + weights[index]
        rank = ranks[place]
        while rank <= size:
            if totals[index] > tree[rank][0]:
                tree[rank] = (totals[index], index)
            rank += rank & -rank
    if not size:
        return set()
    step = max(range(size), key=lambda index: totals[index])
    stayed: set[int] = set()
    while step >= 0:
        stayed.add(step)
        step = before[step]
    return stayed
