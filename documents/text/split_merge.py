"""Paragraphs that were split or merged: the stretches of a list of pairs that are one text and its parts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from documents.text.align import Pair

MOSTLY = 0.75
"""So many of the words of the one paragraph must be those of its parts."""
OF_A_PART = 0.6
"""And so many of the words of each part must be those of the one."""
MOST_PARTS = 8


class Split(NamedTuple):
    """``pairs[start:end]`` are one paragraph and its parts. The one is the old text where it was split, else
    the new one."""

    start: int
    end: int
    split: bool


def find_splits(
    pairs: Sequence[Pair], old: Sequence[str | None], new: Sequence[str | None], most: int = MOST_PARTS
) -> list[Split]:
    """``old`` and ``new`` give the words of each paragraph, one character a word, and None for what takes no
    part."""
    found: list[Split] = []
    start = 0
    while start < len(pairs):
        end = start + 1
        if None in pairs[start] or (end < len(pairs) and None in pairs[end]):
            for split in (True, False):
                end = _end_of_group(pairs, start, old if split else new, new if split else old, split, most)
                if end > start + 1:
                    found.append(Split(start, end, split))
                    break
        start = max(end, start + 1)
    return found


def _end_of_group(
    pairs: Sequence[Pair],
    start: int,
    ones: Sequence[str | None],
    parts: Sequence[str | None],
    split: bool,
    most: int,
) -> int:
    """The end of the stretch from ``start`` that is one paragraph and its parts; ``start`` where there is
    none."""
    sides = [pair if split else pair[::-1] for pair in pairs[start : start + most + 1]]
    place = next((n for n, (one, _) in enumerate(sides) if one is not None), None)
    if place is None or not (whole := ones[sides[place][0] or 0]):
        return start
    rest = Counter(whole)
    count = 0
    end = 0
    for number, (one, part) in enumerate(sides):
        if one is not None and number != place:
            break
        words = None if part is None else parts[part]
        if part is not None:
            shared = rest & Counter(words or "")
            if not words or shared.total() < OF_A_PART * len(words):
                break
            rest -= shared
            count += 1
        end = number + 1
    covered = len(whole) - rest.total()
    return start + end if count > 1 and end > place and covered >= MOSTLY * len(whole) else start
