"""Which section of the new text is which of the old one, and which of them really moved.

By uid where both texts know it; for what is left (files from elsewhere) by equal text, by heading, by likeness of text, and
by what stands in it and around it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Container, Iterable, Sequence

from rapidfuzz.distance import Indel, LCSseq

from documents.comparison.align import align, longest_in_order
from documents.comparison.context import Context
from documents.comparison.standing import match_beside, match_between, match_by_children, parents_of
from documents.comparison.tokens import WORD
from documents.tree import SectionTree

LEAST_LIKENESS = 0.5
"""Below this two sections with different headings are two sections."""
LEAST_WITH_HEADING = 0.2
"""The same where the headings are equal."""
LEAST_IN_PLACE = 0.35
"""The same where neither has a heading and what stands beside them is the same."""
LEAST_WHERE_KNOWN = 0.75
"""The same for both where most sections are known by uid: there a new uid mostly says that the section is new."""
SURE = 0.75
"""Two sections less like than this may be two, if one of them is part of a third."""
PART = 0.85
"""So much of a section's words must stand in the third."""
SAME_TITLE = 0.1
"""How much an equal title adds to the likeness."""
CANDIDATES = 12
"""For how many old sections, those that share most rare words with a new one, likeness is measured."""
FEW_PAIRS = 4000
"""So many pairs of sections are measured without looking for rare words first."""
RARE = 40
"""A word that stands in more sections than this says nothing about which section is which."""
LEAST_WORDS = 5
"""Sections of fewer words are not matched by their text alone."""
BEGINNING = 800
"""So many characters of two texts with one heading mostly say enough."""
LONG = 3000
"""Of longer sections only so many words are looked at."""


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
    texts = _Texts(old, new, left_old, left_new, context)
    for keys in (texts.whole, texts.body):
        _match_by_key(pairs, taken, left_old, left_new, keys, pair)
    _match_by_heading(
        pairs, taken, left_old, left_new, texts, pair, LEAST_WHERE_KNOWN if known else LEAST_WITH_HEADING
    )
    _match_by_likeness(
        pairs, taken, left_old, left_new, texts, pair, LEAST_WHERE_KNOWN if known else LEAST_LIKENESS
    )
    match_by_children(old.sections, new.sections, pairs, taken, pair)
    if not known:
        match_between(old.sections, new.sections, pairs, taken, pair, lambda *key: not texts.long_enough[key])
        match_beside(old.sections, new.sections, pairs, taken, pair, texts.alike_in_place)
    return pairs


class _Texts:
    """Headings and words of the sections still to be matched, by side and place."""

    def __init__(
        self, old: SectionTree, new: SectionTree, left_old: list[int], left_new: list[int], context: Context
    ) -> None:
        self.context = context
        self.sections = {True: old.sections, False: new.sections}
        self.heading: dict[tuple[bool, int], str] = {}
        self.plain: dict[tuple[bool, int], str] = {}
        self.long_enough: dict[tuple[bool, int], bool] = {}
        self.where: dict[bool, dict[str, list[int]]] = {True: defaultdict(list), False: defaultdict(list)}
        self._words: dict[tuple[bool, int], str] = {}
        for is_old, tree, left in ((True, old, left_old), (False, new, left_new)):
            for place in left:
                section = tree.sections[place]
                key = (is_old, place)
                heading = " ".join(WORD.findall(section.text.heading)).casefold()
                self.heading[key] = context.folded(heading)
                text = self.plain[key] = section.text.plain
                self.long_enough[key] = len(text.split(None, LEAST_WORDS)) >= LEAST_WORDS

    def words(self, key: tuple[bool, int]) -> str:
        """One character a word; made when first asked for, of most sections never."""
        found = self._words.get(key)
        if found is None:
            found = self._words[key] = self.context.word_string(self.plain[key].split())
        return found

    def _key(self, key: tuple[bool, int]) -> str:
        return self.words(key) if self.context.fold else self.plain[key]

    def whole(self, is_old: bool, place: int) -> object | None:
        key = (is_old, place)
        return (self.heading[key], self._key(key)) if self.heading[key] or self.plain[key] else None

    def body(self, is_old: bool, place: int) -> object | None:
        key = (is_old, place)
        return self._key(key) if self.long_enough[key] else None

    def plainly_one(self, i: int, j: int) -> bool:
        """Whether already the beginnings of two texts say that they are one."""
        a, b = (
            self.context.comparable(self.plain[key][:BEGINNING].split()) for key in ((True, i), (False, j))
        )
        return Indel.normalized_similarity(a, b) >= SURE

    def likeness(self, i: int, j: int, least: float) -> float:
        a, b = self.words((True, i))[:LONG], self.words((False, j))[:LONG]
        return Indel.normalized_similarity(a, b, score_cutoff=least)

    def alike_in_place(self, i: int, j: int) -> bool:
        """Whether two sections that stand in one place are like enough to be one: of few words, some; without a heading,
        more."""
        a, b = (True, i), (False, j)
        if not self.long_enough[a] and not self.long_enough[b]:
            return self.likeness(i, j, LEAST_WITH_HEADING) >= LEAST_WITH_HEADING
        bare = not self.heading[a] and not self.heading[b]
        return bare and self.likeness(i, j, LEAST_IN_PLACE) >= LEAST_IN_PLACE

    def is_part(self, is_old: bool, place: int, others: Container[int]) -> bool:
        """Whether a section's words stand in one of the other text that has its counterpart already: it was joined into
        that one, or split from it."""
        words = self.words((is_old, place))[:LONG]
        for other in self.sharing(is_old, place, others, CANDIDATES // 4):
            text = self.words((not is_old, other))[:LONG]
            if len(text) >= len(words) and LCSseq.similarity(words, text) >= PART * len(words):
                return True
        return False

    def sharing(self, is_old: bool, place: int, others: Container[int], most: int) -> list[int]:
        """The sections of the other text, among ``others``, that share most rare words with one."""
        if not self.where[is_old]:
            for side, other in self.plain:
                if side is not is_old:
                    for word in set(self.words((side, other))):
                        self.where[is_old][word].append(other)
        shared: Counter[int] = Counter()
        for word in set(self.words((is_old, place))):
            holders = self.where[is_old].get(word, ())
            if len(holders) <= RARE:
                shared.update(other for other in holders if other in others)
        return [other for other, _ in shared.most_common(most)]


def _match_by_key(
    pairs: dict[int, int],
    taken: set[int],
    left_old: Iterable[int],
    left_new: Iterable[int],
    key_of: Callable[[bool, int], object | None],
    pair: Callable[[int, int], None],
) -> None:
    """Pairs what is equal. Where several are (two sections "Definitions" with the same text), in order."""
    waiting: dict[object, list[int]] = defaultdict(list)
    for j in left_new:
        key = None if j in taken else key_of(False, j)
        if key is not None:
            waiting[key].append(j)
    for i in left_old:
        key = None if i in pairs else key_of(True, i)
        if key is not None and waiting.get(key):
            pair(i, waiting[key].pop(0))


def _match_by_heading(
    pairs: dict[int, int],
    taken: set[int],
    left_old: list[int],
    left_new: list[int],
    texts: _Texts,
    pair: Callable[[int, int], None],
    least: float,
) -> None:
    """Pairs sections of one heading, in order, where their texts are not strangers to each other."""
    old_places: dict[str, list[int]] = defaultdict(list)
    new_places: dict[str, list[int]] = defaultdict(list)
    for i in left_old:
        if i not in pairs and texts.heading[(True, i)]:
            old_places[texts.heading[(True, i)]].append(i)
    for j in left_new:
        if j not in taken and texts.heading[(False, j)]:
            new_places[texts.heading[(False, j)]].append(j)
    for heading, olds in old_places.items():
        news = new_places.get(heading, [])
        if not news:
            continue
        if len(olds) == len(news) == 1 and texts.plainly_one(olds[0], news[0]):
            pair(olds[0], news[0])
            continue

        def likeness(a: int, b: int, olds: list[int] = olds, news: list[int] = news) -> float:
            i, j = olds[a], news[b]
            if not texts.long_enough[(True, i)] or not texts.long_enough[(False, j)]:
                return 0.5
            return texts.likeness(i, j, least)

        for a, b in align("a" * len(olds), "b" * len(news), likeness, min(least, 0.5)):
            if a is not None and b is not None:
                pair(olds[a], news[b])


def _match_by_likeness(
    pairs: dict[int, int],
    taken: set[int],
    left_old: list[int],
    left_new: list[int],
    texts: _Texts,
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
    old: SectionTree, new: SectionTree, pairs: dict[int, int], weights: Sequence[int]
) -> tuple[set[int], dict[int, int]]:
    """Which sections moved: places (in the new text) of those that did, and of those that only came along with one of
    them, by the place of the one that carried them.

    What stays is the heaviest set of sections whose order is the same in both texts (``weights``: length in words of each
    new section); so one section that moved is one move, whatever it moved past, and a chapter moves as one with all in it.
    """
    old_place = {j: i for i, j in pairs.items()}
    order = sorted(old_place)
    stayed = longest_in_order([old_place[j] for j in order], [weights[j] + 1 for j in order])
    out = [j for index, j in enumerate(order) if index not in stayed]
    moved: set[int] = set()
    along: dict[int, int] = {}
    old_parents, new_parents = parents_of(old.sections), parents_of(new.sections)
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
