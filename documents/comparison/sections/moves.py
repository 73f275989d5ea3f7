"""Which sections moved by themselves, and which only moved with one that did."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise
from marshal import dumps

from documents.comparison.sections.match import parents_of
from documents.text import Section, SectionTree
from documents.text.align import longest_in_order


def moves(old: SectionTree, new: SectionTree, pairs: Mapping[int, int]) -> tuple[set[int], dict[int, int]]:
    """The places, in the new text, of the sections that moved by themselves. And of those that moved along,
    by the place of the section that contains them.

    The set of sections with most text whose order is the same in both texts stays. So one section that moved
    is one move, whatever it moved past. A chapter moves as one with all in it. A section that kept its order
    moved where it is in another chapter and neither of the two chapters moved.
    """
    old_place = {j: i for i, j in pairs.items()}
    old_parents, new_parents = parents_of(old.sections), parents_of(new.sections)
    order = sorted(old_place)
    in_order = all(old_place[a] < old_place[b] for a, b in pairwise(order))
    weights = {} if in_order else {j: _weight(new.sections[j]) for j in order}

    def in_order_of(places: Sequence[int]) -> set[int]:
        if not weights:
            return {*range(len(places))}
        return longest_in_order([old_place[j] for j in places], [weights[j] for j in places])

    stayed = in_order_of(order)
    out = {j for place, j in enumerate(order) if place not in stayed}
    out = _one_section_for_a_chapter(old_parents, new_parents, old_place, out)
    out |= _in_other_chapters(old_parents, new_parents, pairs, out)
    moved: set[int] = set()
    along: dict[int, int] = {}
    # Each round takes the outermost of what is left and lets its own go along as far as they kept their
    # order.
    while out:
        rest: set[int] = set()
        for root, (_, *inner) in _chapters(out, old_parents, new_parents, old_place).items():
            moved.add(root)
            staying = in_order_of(inner)
            along |= {j: root for place, j in enumerate(inner) if place in staying}
            rest |= {j for place, j in enumerate(inner) if place not in staying}
        out = rest
    return moved, along


def _chapters(
    places: set[int],
    old_parents: Sequence[int | None],
    new_parents: Sequence[int | None],
    old_place: Mapping[int, int],
) -> dict[int, list[int]]:
    """The outermost of some sections, each with those of them that are in it in both texts."""
    groups: dict[int, list[int]] = {}
    root_of: dict[int, int] = {}
    for j in sorted(places):
        parent = new_parents[j]
        belongs = parent in root_of and old_parents[old_place[j]] == old_place[parent]
        root_of[j] = root_of[parent] if belongs and parent is not None else j
        groups.setdefault(root_of[j], []).append(j)
    return groups


def _one_section_for_a_chapter(
    old_parents: Sequence[int | None],
    new_parents: Sequence[int | None],
    old_place: Mapping[int, int],
    out: set[int],
) -> set[int]:
    """Where a chapter would have moved past one section alone that was or is in it, that section moved."""
    result = set(out)
    for chapter in sorted(out):
        was, q = old_place[chapter], new_parents[chapter]
        p = old_parents[was]
        if (p is None) is not (q is None) or (q is not None and old_place.get(q) != p):
            continue
        inner = [
            j
            for j, i in old_place.items()
            if j not in result and (new_parents[j] == chapter) is not (old_parents[i] == was)
        ]
        if len(inner) != 1:
            continue
        stayed = [old_place[j] for j in sorted({*old_place} - result - {*inner} | {chapter})]
        if all(a < b for a, b in pairwise(stayed)):
            result = result - {chapter} | {*inner}
    return result


def _weight(section: Section) -> int:
    """About how much text a section has; counted in C."""
    return len(dumps(section.text.body, 2))


def _in_other_chapters(
    old_parents: Sequence[int | None],
    new_parents: Sequence[int | None],
    pairs: Mapping[int, int],
    out: set[int],
) -> set[int]:
    """Of the sections that kept their order those (places in the new text) in another chapter, with their
    content. A section does not move with a chapter that was added, removed or moved. Nor with one that has
    most of a chapter's sections now."""
    there = set(pairs.values())
    heirs: dict[int | None, Counter[int | None]] = defaultdict(Counter)
    for i, j in pairs.items():
        heirs[old_parents[i]][new_parents[j]] += 1
    found: set[int] = set()
    for i, j in sorted(pairs.items(), key=lambda pair: pair[1]):
        p, q = old_parents[i], new_parents[j]
        if p is not None and pairs.get(p, -1) == q:
            found.update([j] if q in found else [])
            continue
        # With a chapter that was added, removed or moved it does not move itself.
        went = p is not None and (p not in pairs or pairs[p] in out)
        came = q is not None and (q not in there or q in out)
        if j in out or went or came:
            continue
        if (p, q) != (None, None) and _leaves_most(heirs[p], q):
            found.add(j)
    return found


def _leaves_most(siblings: Counter[int | None], chapter: int | None) -> bool:
    """Whether a section that is in ``chapter`` now does not go with most of those beside it."""
    return siblings[chapter] * 2 <= siblings.total() or siblings.total() == 1
