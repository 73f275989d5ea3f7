"""Which section of the new text is which of the old one, and which of them really moved.

By uid where both texts know it; for what is left (files from elsewhere) by equal text, by heading, by likeness of text, and
by what stands in it and around it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

from documents.comparison.align import longest_in_order
from documents.comparison.context import Context
from documents.comparison.sections.namesakes import FEW_PAIRS, Group, Namesakes
from documents.comparison.sections.standing import match_beside, match_between, match_by_children, parents_of
from documents.comparison.sections.texts import CANDIDATES, LEAST_WITH_HEADING, SURE, Texts
from documents.text import SectionTree

LEAST_LIKENESS = 0.5
"""Below this two sections with different headings are two sections."""
LEAST_WHERE_KNOWN = 0.75
"""The same, with equal headings too, where most sections are known by uid: there a new uid mostly says that the section is
new."""
SAME_TITLE = 0.1
"""How much an equal title adds to the likeness."""
SAYS_MUCH = 300
"""Of so many characters two equal texts are one, in whatever chapters they stand."""


def match_sections(old: SectionTree, new: SectionTree, context: Context) -> dict[int, int]:
    """Places of new sections by places of old ones. Sections without counterpart are not in it."""
    pairs: dict[int, int] = {}
    places = {section.uid: place for place, section in enumerate(new.sections)}
    taken: set[int] = set()

    def pair(i: int, j: int) -> None:
        pairs[i] = j
        taken.add(j)

    for i, section in enumerate(old.sections):
        at = places.get(section.uid)
        if at is not None and at not in taken:
            pair(i, at)
    left_old = [i for i in range(len(old)) if i not in pairs]
    # What names an old section as its origin was split from it, and is none of those that are left.
    left_new = [
        j
        for j, section in enumerate(new.sections)
        if j not in taken and not any(uid in old.by_uid for uid in section.origins)
    ]
    if not left_old or not left_new:
        return pairs
    known = len(pairs) * 2 > min(len(old), len(new))
    texts = Texts(old, new, left_old, left_new, context)

    def groups(key_of: Callable[[bool, int], object | None]) -> list[Group]:
        return _groups(
            (i for i in left_old if i not in pairs), (j for j in left_new if j not in taken), key_of
        )

    least = LEAST_WHERE_KNOWN if known else LEAST_WITH_HEADING
    one_title = groups(texts.title)
    several = {i for group in one_title if not _is_one(group) for i in group[0]}
    for key_of in (texts.whole, texts.body):
        for olds, news in filter(_is_one, groups(key_of)):
            i, j = olds[0], news[0]
            # A short text under a title that comes again and again may be another chapter's, which was changed.
            if i not in several or not texts.one_title(i, j) or len(texts.plain[True, i]) >= SAYS_MUCH:
                pair(i, j)
    for olds, news in filter(_is_one, one_title):
        i, j = olds[0], news[0]
        if i not in pairs and j not in taken and texts.may_be_one(i, j, least):
            pair(i, j)

    def candidates(group: Group) -> Iterator[tuple[int, int]]:
        few = len(group[0]) * len(group[1]) <= FEW_PAIRS
        olds = set(group[0])
        for j in group[1]:
            for i in group[0] if few else texts.sharing(False, j, olds, CANDIDATES):
                yield i, j

    for key_of in (texts.title, texts.body):
        if found := groups(key_of):
            Namesakes(
                old.sections,
                new.sections,
                pairs,
                taken,
                found,
                pair,
                lambda i, j: texts.namesakes(i, j, least),
                least,
                candidates,
            ).match()
    _match_by_likeness(
        pairs, taken, left_old, left_new, texts, pair, LEAST_WHERE_KNOWN if known else LEAST_LIKENESS
    )
    match_by_children(old.sections, new.sections, pairs, taken, pair)
    if not known:
        match_between(old.sections, new.sections, pairs, taken, pair, lambda *key: not texts.long_body[key])
        match_beside(old.sections, new.sections, pairs, taken, pair, texts.alike_in_place)
    return pairs


def _groups(
    olds: Iterable[int], news: Iterable[int], key_of: Callable[[bool, int], object | None]
) -> list[Group]:
    """Sections of one key that stand in both texts; those without a key are in none."""
    found: dict[object, Group] = defaultdict(lambda: ([], []))
    for i in olds:
        key = key_of(True, i)
        if key is not None:
            found[key][0].append(i)
    for j in news:
        key = key_of(False, j)
        if key is not None and key in found:
            found[key][1].append(j)
    return [group for group in found.values() if group[1]]


def _is_one(group: Group) -> bool:
    return len(group[0]) == len(group[1]) == 1


def _match_by_likeness(
    pairs: dict[int, int],
    taken: set[int],
    left_old: list[int],
    left_new: list[int],
    texts: Texts,
    pair: Callable[[int, int], None],
    least: float,
) -> None:
    """Pairs the rest by how many words they share in order, the likest first."""
    olds = [i for i in left_old if i not in pairs and texts.long_enough[(True, i)]]
    news = [j for j in left_new if j not in taken and texts.long_enough[(False, j)]]
    unpaired = set(olds)
    # A text of few words that come again and again has no rare ones.
    few = len(olds) * len(news) <= FEW_PAIRS
    found: list[tuple[float, int, int]] = []
    for j in news:
        for i in olds if few else texts.sharing(False, j, unpaired, CANDIDATES):
            score = texts.likeness(i, j, least)
            if score >= least:
                # Of two that share as much (two sections that were joined) the one that gave its title goes on.
                same_title = texts.heading[(True, i)] == texts.heading[(False, j)]
                found.append((-score - SAME_TITLE * same_title, i, j))
    for score, i, j in sorted(found):
        if i in pairs or j in taken:
            continue
        unsure = -score < SURE
        if unsure and (texts.is_part(True, i, taken) or texts.is_part(False, j, pairs)):
            continue
        pair(i, j)


def moves(
    old: SectionTree,
    new: SectionTree,
    pairs: dict[int, int],
    weights: Sequence[int],
    elsewhere: Collection[int] = (),
) -> tuple[set[int], dict[int, int]]:
    """Which sections moved: places (in the new text) of those that did, and of those that only came along with one of
    them, by the place of the one that carried them.

    What stays is the heaviest set of sections whose order is the same in both texts (``weights``: length in words of each
    new section); so one section that moved is one move, whatever it moved past, and a chapter moves as one with all in it.
    What stands ``elsewhere`` (places in the new text, with all in it) has moved in any case.
    """
    old_place = {j: i for i, j in pairs.items()}
    old_parents, new_parents = parents_of(old.sections), parents_of(new.sections)
    away: set[int] = set(elsewhere)
    order = []
    for j in sorted(old_place):
        parent = new_parents[j]
        if parent in away and parent is not None and old_parents[old_place[j]] == old_place.get(parent):
            away.add(j)
        if j not in away:
            order.append(j)
    stayed = longest_in_order([old_place[j] for j in order], [weights[j] + 1 for j in order])
    out = sorted([*(j for index, j in enumerate(order) if index not in stayed), *away])
    moved: set[int] = set()
    along: dict[int, int] = {}
    # Each round takes the outermost of what is left and lets its own go along as far as they kept their order.
    while out:
        left = set(out)
        rest: list[int] = []
        groups: dict[int, list[int]] = {}
        root_of: dict[int, int] = {}
        for j in out:
            parent = new_parents[j]
            belongs = parent in left and parent is not None and old_parents[old_place[j]] == old_place[parent]
            root = root_of[parent] if belongs and parent in root_of else j
            root_of[j] = root
            groups.setdefault(root, []).append(j)
        for root, members in groups.items():
            moved.add(root)
            inner = members[1:]
            kept = longest_in_order([old_place[j] for j in inner], [weights[j] + 1 for j in inner])
            for index, j in enumerate(inner):
                if index in kept:
                    along[j] = root
                else:
                    rest.append(j)
        out = rest
    return moved, along
