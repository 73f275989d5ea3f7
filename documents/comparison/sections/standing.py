"""Sections known again by where they stand, where their own words don't say it: a chapter with another title by the sections
in it, a title without text by what stands before and after it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Container, Iterator, Mapping, Sequence

from documents.comparison.align import longest_in_order
from documents.text import Section

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


def match_beside(
    old: Sequence[Section],
    new: Sequence[Section],
    pairs: dict[int, int],
    taken: Container[int],
    pair: Pairing,
    may_be_one: Callable[[int, int], bool],
) -> None:
    """Pairs what is left right before or right behind a section that has its counterpart, wherever that now stands: one of
    several short sections that moved together goes with the others. As many of the same levels must be left on both sides."""
    starts = {run[0]: run for run in _runs(len(new), taken)}
    ends = {run[-1]: run for run in starts.values()}
    for run in _runs(len(old), pairs):
        before, behind = pairs.get(run[0] - 1), pairs.get(run[-1] + 1)
        there = [starts.get(before + 1) if before is not None else None]
        there.append(ends.get(behind - 1) if behind is not None else None)
        for other in there:
            if (
                other
                and other[0] not in taken
                and [old[i].level for i in run] == [new[j].level for j in other]
                and all(map(may_be_one, run, other))
            ):
                for i, j in zip(run, other, strict=True):
                    pair(i, j)
                break


def in_other_chapters(
    old: Sequence[Section], new: Sequence[Section], pairs: Mapping[int, int]
) -> Iterator[int]:
    """The sections (places in the new text) that stand in another chapter than before, or in none now, or in one now, where
    both texts have these chapters: what is raised or lowered as well. Under a new heading, or when its own went, a section
    stays where it is."""
    old_parents, new_parents = parents_of(old), parents_of(new)
    there = set(pairs.values())
    for i, j in pairs.items():
        p, q = old_parents[i], new_parents[j]
        if (p is None or p in pairs) and (q is None or q in there) and (None if p is None else pairs[p]) != q:
            yield j


def _runs(length: int, but: Container[int]) -> list[range]:
    """The places that are not in ``but``, those that stand together in one piece each."""
    found: list[range] = []
    for place in range(length):
        if place in but:
            continue
        if found and found[-1].stop == place:
            found[-1] = range(found[-1].start, place + 1)
        else:
            found.append(range(place, place + 1))
    return found


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
