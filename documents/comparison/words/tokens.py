"""A text cut into words."""

from __future__ import annotations

import re
from itertools import accumulate, compress, pairwise

from documents.comparison.context import Context

TOKEN = re.compile(
    r"\s+"
    r"|(?:https?://|www\.)[^\s<>\"«»“”]*[^\s<>\"«»“”.,;:!?)\]]"
    r"|[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
    r"|\d+(?:[.,:/–-]\d+)*(?:[^\W\d_]+)?"
    r"|[\w\u0300-\u036f\u200c\u200d]+(?:['’\u2011-][\w\u0300-\u036f]+)*"
    r"|."
    r"|\n",
    re.DOTALL,
)
WORD = re.compile(r"[\w\u0300-\u036f\u200c\u200d'’\u2011-]+")


def count_words(text: str) -> int:
    """How many words a text has, as a reader counts them."""
    return len(text.split())


class Words:
    """The words of a stretch of text: ``keys`` one character a word, ``spans`` where each stands in the whole text."""

    __slots__ = ("end", "keys", "spans", "start", "texts")

    def __init__(self, text: str, start: int, end: int, context: Context) -> None:
        tokens = TOKEN.findall(text[start:end])
        ends = list(accumulate(map(len, tokens), initial=start))
        words = [not token.isspace() for token in tokens]
        self.texts = list(compress(tokens, words))
        self.spans = list(compress(pairwise(ends), words))
        self.keys = context.word_string(self.texts)
        self.start, self.end = start, end

    def weight(self, start: int, end: int) -> int:
        """How many real words stand there; notes and images count as such."""
        return sum(1 for text in self.texts[start:end] if is_word(text))


def is_word(text: str) -> bool:
    return text[0].isalnum() or text[0] >= "\U000f0000" or len(text) > 1
