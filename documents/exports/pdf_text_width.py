"""How much room words take in the PDF, and where those break that have none.

The fonts of the PDF are ours, so that words are measured by them and not guessed at as for a Word file.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from PIL import ImageFont

from documents.word.write.columns import Letters

Json = Mapping[str, Any]

FONTS = Path(__file__).with_name("fonts")
UNITS = 1000
ARABIC = range(0x0590, 0x0900)
FOREIGN = 1.0
"""In parts of their size: letters that none of our fonts has, at their widest."""
WORD_END = re.compile(r"[ \t\n\u200b\u00ad]+|(?<=[^\W\d_][-–—])(?=[^\W\d_])")
SPACES = re.compile(r"([ \t\n]+)")
SOFT_HYPHEN, NO_SIGN = "\u00ad", "\u200b"
"""Two places to break: with a hyphen there, and without."""


@lru_cache(maxsize=2)
def _font(bold: bool) -> ImageFont.FreeTypeFont:
    file = FONTS / ("sans-bold.ttf" if bold else "sans-regular.ttf")
    return ImageFont.truetype(str(file), UNITS, layout_engine=ImageFont.Layout.BASIC)


@lru_cache(maxsize=10_000)
def _ems(letter: str, bold: bool) -> float:
    """How wide a letter is, in parts of its size."""
    if ord(letter) in ARABIC:
        return 0.7
    if ord(letter) >= 0x2E80:
        return FOREIGN
    return 0.0 if unicodedata.combining(letter) else _font(bold).getlength(letter) / UNITS


@lru_cache(maxsize=50_000)
def _longest(text: str, bold: bool) -> float:
    return max((sum(_ems(letter, bold) for letter in word) for word in WORD_END.split(text)), default=0.0)


@dataclass(frozen=True, slots=True)
class Printed(Letters):
    """The letters of the PDF's tables, as wide as they are; the unit is that of :class:`Letters`."""

    @property
    def at_widest(self) -> Letters:
        return self

    def width(self, text: str, bold: bool = False) -> float:
        return sum(_ems(letter, bold) for letter in text) * self.size * 20

    def longest(self, text: str, bold: bool = False) -> float:
        return _longest(text, bold) * self.size * 20


def breaking(text: str, room: float, letters: Letters, bold: bool) -> str:
    """The text with places to break in each word that is wider than ``room``."""
    if letters.longest(text, bold) <= room:
        return text
    return "".join(
        part if letters.longest(part, bold) <= room else _broken(part, room, letters, bold)
        for part in SPACES.split(text)
    )


def _broken(word: str, room: float, letters: Letters, bold: bool) -> str:
    """A word with soft hyphens behind its vowels, and behind any letter where that is not enough; behind
    signs and digits it breaks without a hyphen."""
    made: list[str] = []
    run = 0.0
    for index, letter in enumerate(word):
        width = letters.width(letter, bold)
        before = word[index - 1] if index else ""
        hyphen = letters.width("-", bold)
        inside = 2 <= index <= len(word) - 2
        if before and not (before.isalpha() and letter.isalpha()):
            # No place before a sign that combines with its letter, nor one that closes.
            if not unicodedata.combining(letter) and not (letter in ".,;:!?)]”“»" and before.isalnum()):
                made.append(NO_SIGN)
                run = 0.0
        elif before and (
            (inside and _vowel(before) and not _vowel(letter)) or run + width + hyphen > room * 0.9
        ):
            made.append(SOFT_HYPHEN)
            run = 0.0
        made.append(letter)
        run += width
    return "".join(made)


def _vowel(letter: str) -> bool:
    return unicodedata.normalize("NFD", letter)[0].casefold() in "aeiouаеиоуыэюяєі"


def broken_content(content: Sequence[Json], room: float, letters: Letters, bold: bool) -> list[Json]:
    """Inline content with places to break in the words that are wider than ``room``."""
    return [
        {**node, "text": breaking(node["text"], room, letters, bold)} if node["type"] == "text" else node
        for node in content
    ]
