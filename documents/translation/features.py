"""Features for comparing a section with one of another language: its place, its number, its length, its
numbers and words."""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from documents.text import SectionTree
from documents.text.extraction import body_text
from documents.translation.scripts import to_latin

NUMBERS = re.compile(r"\d+")
WORDS = re.compile(r"[^\W\d_]{4,}")
STEM = 5


@dataclass(frozen=True, slots=True)
class Features:
    """``numbers`` and ``stems`` are its numbers and the beginnings of its words, each with how much it
    says."""

    level: int
    kind: str
    label: tuple[str, ...]
    heading: bool
    letters: int
    numbers: dict[str, float]
    stems: dict[str, float]
    blocks: Counter[str]

    def __add__(self, other: Features) -> Features:
        """Two sections as one: under the first one's number and heading."""
        return Features(
            self.level,
            self.kind,
            self.label,
            self.heading,
            self.letters + other.letters,
            _summed(self.numbers, other.numbers),
            _summed(self.stems, other.stems),
            self.blocks + other.blocks,
        )


def _summed(one: dict[str, float], other: dict[str, float]) -> dict[str, float]:
    return one | {token: one.get(token, 0.0) + weight for token, weight in other.items()}


def features(first: SectionTree, second: SectionTree) -> tuple[list[Features], list[Features]]:
    """What the sections of both texts are compared by. A word or number says the more, the fewer sections
    have it."""
    texts = [[body_text(section.text.body, heading=True) for section in tree] for tree in (first, second)]
    numbers = [[Counter(NUMBERS.findall(text)) for text in each] for each in texts]
    stems = [[Counter(_stem(word) for word in WORDS.findall(text)) for text in each] for each in texts]
    seen: Counter[str] = Counter()
    for each in (*numbers, *stems):
        for counts in each:
            seen.update(counts.keys())
    every = len(first) + len(second)

    def weighed(counts: Counter[str]) -> dict[str, float]:
        return {token: count * math.log(1 + every / (1 + seen[token])) for token, count in counts.items()}

    made = [
        [
            Features(
                section.level,
                section.kind,
                tuple(NUMBERS.findall(section.text.label)),
                bool(section.text.heading),
                len("".join(text.split())),
                weighed(own_numbers),
                weighed(own_stems),
                Counter(block["type"] for block in section.text.body.get("blocks") or []),
            )
            for section, text, own_numbers, own_stems in zip(tree, *lists, strict=True)
        ]
        for tree, lists in zip((first, second), zip(texts, numbers, stems, strict=True), strict=True)
    ]
    return made[0], made[1]


@lru_cache(maxsize=100_000)
def _stem(word: str) -> str:
    """How a word begins, in Latin letters without their marks: "институција" and "institucioni" begin
    alike."""
    plain = to_latin(word.lower()).translate(_PLAIN)
    return plain[:STEM]


_PLAIN = str.maketrans("čćšžđëçѓќѕ", "ccszdecgks")
