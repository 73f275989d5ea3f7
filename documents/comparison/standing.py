"""Sections known again by where they stand, where their own words don't say it: a chapter with another title by the sections
in it, a title without text by what stands before and after it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Container, Sequence

from documents.comparison.align import longest_in_order
from documents.tree import Section

Pairing = Callable[[int, int], None]


def match_by_children(
    old: Sequence[Section],
    new: Sequence[Section],
    pairs: dict[int, int],
    taken: Container[int],
    pair: Pairing,
) -> None:
    """Pairs sections of which more than half of what stands in them is the same, innermost first."""
    new_parents = parents_of(new)
    sizes = Counter(new_parents)
    children: dict[int, list[int]] = defaultdict(list)
    for place, parent in enumerate(parents_of(old)):
        if parent is not None:
            children[parent].append(place)
    for place in sorted(children, reverse=True):
        if place in pairs:
            continue
        votes = Counter(new_parents[pairs[child]] for child in children[place] if child in pairs)
        for parent, count in votes.most_common(1):
            if (
                parent is not None
                and parent not in taken
                and count * 2 > max(len(children[place]), sizes[parent])
            ):
                pair(place, parent)


def match_between(
    old: Sequence[Section],
    new: Sequence[Section],
    pairs: dict[int, int],
    taken: Container[int],
    pair: Pairing,
    short: Callable[[bool, int], bool],
) -> None:
    """Pairs what is left between two sections that stayed, where as many of the same levels are left on both sides: those
    of which neither has text enough to say that it is another."""
    order = sorted(pairs)
    stayed = longest_in_order([pairs[i] for i in order], [1] * len(order))
    first = there = 0
    for i, j in [*((order[n], pairs[order[n]]) for n in sorted(stayed)), (len(old), len(new))]:
        olds = [place for place in range(first, i) if place not in pairs]
        news = [place for place in range(there, j) if place not in taken]
        first, there = i + 1, j + 1
        if [old[place].level for place in olds] == [new[place].level for place in news]:
            for one, other in zip(olds, news, strict=True):
                if short(True, one) and short(False, other):
                    pair(one, other)


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
