"""What two sequences share, in order: the one place where it is counted how much may be looked at in one go."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence
from itertools import compress
from operator import ne
from typing import cast

from rapidfuzz.distance import Indel

Match = tuple[int, int, int]
"""What both have: where in the old, where in the new, how long."""
LARGEST = 40_000_000
"""The most pairs looked at in one go (5 MB of bits); longer stretches are cut at what occurs once."""


def matches(a: Sequence[Hashable], b: Sequence[Hashable]) -> list[Match]:
    """What both (words, or strings with one character a word, a block …) have in common, in order."""
    if len(a) == len(b):
        found = _in_place(a, b)
        if found is not None:
            return found
    if len(a) * len(b) > LARGEST:
        return _by_anchors(a, b)
    # As plain tuples, which are made in C; objects with names take four times as long.
    listed = cast("list[tuple[str, int, int, int, int]]", Indel.opcodes(a, b).as_list())
    return [(start, there, end - start) for tag, start, end, there, _ in listed if tag == "equal"]


def _in_place(a: Sequence[Hashable], b: Sequence[Hashable]) -> list[Match] | None:
    """The same of two of one length, some in another's place: nothing longer can be found where none that went stands among
    those that came. None where that is not so."""
    others = list(compress(range(len(a)), map(ne, a, b)))
    if not others:
        return [(0, 0, len(a))] if a else []
    if len(others) * 2 > len(a) or not {a[place] for place in others}.isdisjoint(
        [b[place] for place in others]
    ):
        return None
    kept = []
    start = 0
    for place in others:
        if place > start:
            kept.append((start, start, place - start))
        start = place + 1
    if start < len(a):
        kept.append((start, start, len(a) - start))
    return kept


def _by_anchors(a: Sequence[Hashable], b: Sequence[Hashable]) -> list[Match]:
    """The same for stretches too long to look at whole: without what both begin and end with, cut in two at something
    that each has once, near the middle, or in the middle of both where there is no such thing."""
    head = common(a, b)
    tail = common(a[head:][::-1], b[head:][::-1])
    if head or tail:
        end_a, end_b = len(a) - tail, len(b) - tail
        inner = [(i + head, j + head, n) for i, j, n in matches(a[head:end_a], b[head:end_b])]
        return [*([(0, 0, head)] if head else []), *inner, *([(end_a, end_b, tail)] if tail else [])]
    once_in_b = {word for word, count in Counter(b).items() if count == 1}
    once = [word for word, count in Counter(a).items() if count == 1 and word in once_in_b]
    middle = len(a) // 2
    cut_a, cut_b = middle, len(b) // 2
    if once:
        place = {word: index for index, word in enumerate(a)}
        cut_a = min((place[word] for word in once), key=lambda index: abs(index - middle))
        cut_b = b.index(a[cut_a])
        # An anchor that would leave nearly all on one side is none: it was moved.
        if not len(b) // 8 <= cut_b <= len(b) - len(b) // 8:
            cut_a, cut_b = middle, len(b) // 2
    return matches(a[:cut_a], b[:cut_b]) + [
        (i + cut_a, j + cut_b, n) for i, j, n in matches(a[cut_a:], b[cut_b:])
    ]


def common(a: Sequence[Hashable], b: Sequence[Hashable]) -> int:
    """How long both are equal from the beginning."""
    low, high = 0, min(len(a), len(b))
    while low < high:
        middle = (low + high + 1) // 2
        if a[:middle] == b[:middle]:
            low = middle
        else:
            high = middle - 1
    return low
