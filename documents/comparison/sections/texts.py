"""Titles and words of the sections that are still to be matched, and how alike two of them are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Iterator

from rapidfuzz.distance import Indel, LCSseq

from documents.comparison.context import Context
from documents.text import SectionTree, block_text
from documents.text.align import sharing_rare_words
from documents.text.diff import WORD

SURE = 0.75
"""Two sections less alike than this may be two, if one of them is part of a third."""
PART = 0.85
"""So much of a section's words must be in the third."""
LEAST_WITH_TITLE, LEAST_IN_PLACE = 0.2, 0.35
"""Below this two sections are different ones, though their titles are equal. So are those without titles in
the same surroundings."""
CANDIDATES, RARE = 12, 40
LEAST_WORDS = 5
"""Sections of fewer words are not matched by their text alone."""
CLAUSE = 12
"""A heading of so many words is no title but a clause, perhaps the only text of the section. It counts among
its words."""
BEGINNING = 800
"""So many characters of two texts with one title mostly say enough."""
LONG_BLOCK = 150
"""A block of so many bytes, about twelve words, is in one section alone."""
LONG = 3000
"""Of longer sections only so many words are looked at."""

Key = tuple[bool, int]
"""Whether of the old text, and the place in it."""


class SectionTexts:
    """Titles and words of sections, by side and place."""

    def __init__(self, old: SectionTree, new: SectionTree, left: Iterable[Key], context: Context) -> None:
        self.context = context
        self.sections = {True: old.sections, False: new.sections}
        self.title: dict[Key, str] = {}
        self.blocks: dict[Key, list[bytes]] = {}
        self.long: dict[Key, bool] = {}
        """Whether a section has text enough to say which it is, without its heading."""
        self.clause: set[Key] = set()
        self._words: dict[tuple[Key, bool], str] = {}
        self._sharing: dict[bool, dict[int, list[int]]] = {}
        for key in left:
            text = self.sections[key[0]][key[1]].text
            blocks = self.blocks[key] = [context.bytes(block) for block in text.body.get("blocks") or ()]
            heading = " ".join(WORD.findall(text.heading)).casefold()
            self.title[key] = context.folded(heading)
            long = any(len(block) >= LONG_BLOCK and b"paragraph" in block[:60] for block in blocks)
            self.long[key] = long or len(text.plain.split(None, LEAST_WORDS)) >= LEAST_WORDS
            if heading.count(" ") + 1 >= CLAUSE:
                self.clause.add(key)

    def enough(self, key: Key) -> bool:
        return self.long[key] or key in self.clause

    def words(self, key: Key, *, clause: bool = True) -> str:
        """One character a word, of a heading that is a clause too. It is made on first use, of most sections
        never."""
        clause = clause and key in self.clause
        found = self._words.get((key, clause))
        if found is None:
            text = self.sections[key[0]][key[1]].text
            words = f"{text.heading}\n{text.plain}" if clause else text.plain
            found = self._words[key, clause] = self.context.vocabulary.string(words.split(None, LONG)[:LONG])
        return found

    def body(self, key: Key) -> object:
        """Equal for equal texts; nothing where there is none."""
        return self.words(key, clause=False) if self.context.fold else tuple(self.blocks[key])

    def similarity(self, i: int, j: int, least: float = 0.0, *, clause: bool = True) -> float:
        a, b = self.words((True, i), clause=clause), self.words((False, j), clause=clause)
        return Indel.normalized_similarity(a, b, score_cutoff=least)

    def one_title(self, i: int, j: int) -> bool:
        title = self.title[True, i]
        return bool(title) and title == self.title[False, j]

    def likeness(self, i: int, j: int, least: float) -> float:
        """How alike two sections are, 0 below ``least``. Sections with one title and few words have
        at least a half, and more the more words they share."""
        a, b = (True, i), (False, j)
        if self.body(a) == self.body(b) and (self.blocks[a] or self.one_title(i, j)):
            return 1.0
        if not self.one_title(i, j):
            return self.similarity(i, j, least) if self.enough(a) and self.enough(b) else 0.0
        if self.long[a] and self.long[b]:
            return self.similarity(i, j, least, clause=False)
        return 0.5 + 0.4 * self.similarity(i, j, clause=False)

    def sharing_blocks(self) -> Iterator[tuple[int, int]]:
        """Sections, old and new, that have most of their long blocks in common, to the last letter."""
        holders: dict[bytes, list[int]] = {}
        sizes: dict[Key, int] = {}
        for key, blocks in self.blocks.items():
            long = [block for block in blocks if len(block) >= LONG_BLOCK]
            sizes[key] = len(long)
            if key[0]:
                for block in long:
                    holders.setdefault(block, []).append(key[1])
        for (is_old, j), size in sizes.items():
            if is_old or not size:
                continue
            places = [holders.get(block, []) for block in self.blocks[False, j]]
            shared = Counter(found[0] for found in places if len(found) == 1)
            for i, count in shared.most_common(1):
                same_title = self.title[True, i] == self.title[False, j]
                if count * (4 if same_title else 2) > max(size, sizes[True, i]):
                    yield i, j

    def one_by_title(self, i: int, j: int, least: float) -> bool:
        """Whether the texts of two sections of one title are no strangers to each other."""
        a, b = (True, i), (False, j)
        if not self.enough(a) or not self.enough(b):
            return True
        first, other = self._beginning(a), self._beginning(b)
        return Indel.normalized_similarity(first, other) >= SURE or self.similarity(i, j, least) >= least

    def _beginning(self, key: Key) -> str:
        text = ""
        for block in self.sections[key[0]][key[1]].text.body.get("blocks") or ():
            text += f" {block_text(block)}"
            if len(text) > BEGINNING:
                break
        return self.context.vocabulary.string(text[:BEGINNING].split())

    def one_in_place(self, i: int, j: int) -> bool:
        """Whether two sections in one place are similar enough to be one. Of few words, some must match;
        without a title, more."""
        a, b = (True, i), (False, j)
        if not self.long[a] and not self.long[b]:
            return self.similarity(i, j, clause=False) >= LEAST_WITH_TITLE
        return not self.title[a] and not self.title[b] and self.similarity(i, j) >= LEAST_IN_PLACE

    def is_part(self, key: Key, others: Container[int]) -> bool:
        """Whether a section's words are in one of the other text that already has its counterpart. Then it
        was joined into that one, or split from it."""
        words = self.words(key)
        for other in [other for other in self.sharing(key) if other in others][: CANDIDATES // 4]:
            text = self.words((not key[0], other))
            if len(text) >= len(words) and LCSseq.similarity(words, text) >= PART * len(words):
                return True
        return False

    def sharing(self, key: Key) -> list[int]:
        """The sections of the other text that share most rare words with one."""
        is_old = key[0]
        if is_old not in self._sharing:
            sides: dict[bool, dict[int, str]] = {True: {}, False: {}}
            for side, place in self.title:
                sides[side][place] = self.words((side, place))
            found: dict[int, list[int]] = {}
            shared = sharing_rare_words(sides[not is_old], sides[is_old], rare=RARE, candidates=CANDIDATES)
            for place, other in shared:
                found.setdefault(place, []).append(other)
            self._sharing[is_old] = found
        return self._sharing[is_old].get(key[1], [])
