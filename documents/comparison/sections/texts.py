"""Headings and words of the sections that are still to be matched, and how like two of them are."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Container

from rapidfuzz.distance import Indel, LCSseq

from documents.comparison.context import Context
from documents.comparison.words.tokens import WORD
from documents.text import SectionTree

LEAST_WITH_HEADING = 0.2
"""Below this two sections are two, though their headings are equal."""
LEAST_IN_PLACE = 0.35
"""The same where neither has a heading and what stands beside them is the same."""
SURE = 0.75
"""Two sections less like than this may be two, if one of them is part of a third."""
PART = 0.85
"""So much of a section's words must stand in the third."""
CANDIDATES = 12
"""For how many old sections, those that share most rare words with a new one, likeness is measured."""
RARE = 40
"""A word that stands in more sections than this says nothing about which section is which."""
LEAST_WORDS = 5
"""Sections of fewer words are not matched by their text alone."""
CLAUSE = 12
"""A heading of so many words is no title but a clause, of which the section may be all: it counts among its words."""
BEGINNING = 800
"""So many characters of two texts with one heading mostly say enough."""
LONG = 3000
"""Of longer sections only so many words are looked at."""


class Texts:
    """Headings and words of the sections still to be matched, by side and place."""

    def __init__(
        self, old: SectionTree, new: SectionTree, left_old: list[int], left_new: list[int], context: Context
    ) -> None:
        self.context = context
        self.sections = {True: old.sections, False: new.sections}
        self.heading: dict[tuple[bool, int], str] = {}
        self.plain: dict[tuple[bool, int], str] = {}
        self.text: dict[tuple[bool, int], str] = {}
        self.long_body: dict[tuple[bool, int], bool] = {}
        self.long_enough: dict[tuple[bool, int], bool] = {}
        self.where: dict[bool, dict[str, list[int]]] = {True: defaultdict(list), False: defaultdict(list)}
        self._words: dict[str, str] = {}
        for is_old, tree, left in ((True, old, left_old), (False, new, left_new)):
            for place in left:
                section = tree.sections[place]
                key = (is_old, place)
                heading = " ".join(WORD.findall(section.text.heading)).casefold()
                self.heading[key] = context.folded(heading)
                text = self.plain[key] = self.text[key] = section.text.plain
                enough = self.long_body[key] = len(text.split(None, LEAST_WORDS)) >= LEAST_WORDS
                if heading.count(" ") + 1 >= CLAUSE:
                    self.text[key] = f"{section.text.heading}\n{text}"
                    enough = True
                self.long_enough[key] = enough

    def words(self, key: tuple[bool, int]) -> str:
        """One character a word, of a heading that is a clause too; made when first asked for, of most sections never."""
        return self._string(self.text[key])

    def body_words(self, key: tuple[bool, int]) -> str:
        return self._string(self.plain[key])

    def _string(self, text: str) -> str:
        found = self._words.get(text)
        if found is None:
            found = self._words[text] = self.context.word_string(text.split())
        return found

    def _key(self, key: tuple[bool, int]) -> str:
        return self.body_words(key) if self.context.fold else self.plain[key]

    def whole(self, is_old: bool, place: int) -> object | None:
        key = (is_old, place)
        return (self.heading[key], self._key(key)) if self.heading[key] or self.plain[key] else None

    def title(self, is_old: bool, place: int) -> object | None:
        """What names a section: its heading, and of those without one their text."""
        return self.heading[is_old, place] or self.whole(is_old, place)

    def one_title(self, i: int, j: int) -> bool:
        return self.heading[True, i] == self.heading[False, j]

    def may_be_one(self, i: int, j: int, least: float) -> bool:
        """Whether the texts of two sections of one title are no strangers to each other."""
        if not self.long_enough[True, i] or not self.long_enough[False, j]:
            return True
        return self.plainly_one(i, j) or self.likeness(i, j, least) >= least

    def body(self, is_old: bool, place: int) -> object | None:
        key = (is_old, place)
        return self._key(key) if self.long_body[key] else None

    def plainly_one(self, i: int, j: int) -> bool:
        """Whether already the beginnings of two texts say that they are one."""
        a, b = (
            self.context.comparable(self.text[key][:BEGINNING].split()) for key in ((True, i), (False, j))
        )
        return Indel.normalized_similarity(a, b) >= SURE

    def likeness(self, i: int, j: int, least: float) -> float:
        a, b = self.words((True, i))[:LONG], self.words((False, j))[:LONG]
        return Indel.normalized_similarity(a, b, score_cutoff=least)

    def _likeness_of_bodies(self, i: int, j: int, least: float) -> float:
        a, b = self.body_words((True, i))[:LONG], self.body_words((False, j))[:LONG]
        return Indel.normalized_similarity(a, b, score_cutoff=least)

    def namesakes(self, i: int, j: int, least: float) -> float:
        """How like two sections of one title are, for which it says nothing: 1 for one text, 0 for less than the least. A few
        words say little: they are a half, and more the more of them are the same."""
        a, b = (True, i), (False, j)
        if self.plain[a] == self.plain[b]:
            return 1.0
        if self.long_body[a] and self.long_body[b]:
            return self._likeness_of_bodies(i, j, least)
        return 0.5 + 0.4 * self._likeness_of_bodies(i, j, 0)

    def alike_in_place(self, i: int, j: int) -> bool:
        """Whether two sections that stand in one place are like enough to be one: of few words, some; without a heading,
        more."""
        a, b = (True, i), (False, j)
        if not self.long_body[a] and not self.long_body[b]:
            return self._likeness_of_bodies(i, j, LEAST_WITH_HEADING) >= LEAST_WITH_HEADING
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
