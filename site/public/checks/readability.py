"""How hard a text is to read: the automated readability index (ARI), LIX, long sentences and long words.

Both measures are made for languages with vowels in their script; Arabic script leaves most of them out, so
these texts are judged by the length of their sentences alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

LONG_WORD = 7
"""Letters: LIX counts words of more than six."""
LONG_SENTENCE = 20
"""Words."""
VERY_LONG_WORD = 14
LIX_LIMIT = {"en": 40, "fr": 42}
"""Above it a text is hard. Languages that put endings on their words have longer ones."""
LIX_OTHERS = 48
ARI_LIMIT = 9
ARI_LANGUAGES = frozenset({"en"})
"""ARI gives years of English school: in other languages it is shown and judges nothing."""
WITHOUT_VOWELS = frozenset({"ar", "fa", "prs", "ps", "ur", "bn"})

WORD = re.compile(r"[^\W\d_](?:[\w\u0300-\u036f\u0900-\u0dff\u064b-\u0652\u200c\u200d'’-]*[^\W_\d])?")
SENTENCE = re.compile(r"[.!?…؟۔।]+(?=\s|$)|\n+")


def words_of(text: str) -> list[str]:
    return WORD.findall(text)


def sentences_of(text: str) -> list[str]:
    """A heading or an item of a list is a sentence, too."""
    return [part.strip() for part in SENTENCE.split(text) if words_of(part)]


@dataclass(frozen=True)
class Level:
    """The figures of a text in one language."""

    language: str
    words: int
    ari: float
    lix: float

    @property
    def is_measured(self) -> bool:
        return self.words > 0 and self.language not in WITHOUT_VOWELS

    @property
    def is_hard(self) -> bool:
        if not self.is_measured:
            return False
        hard_ari = self.language in ARI_LANGUAGES and self.ari > ARI_LIMIT
        return hard_ari or self.lix > LIX_LIMIT.get(self.language, LIX_OTHERS)


def level_of(text: str, language: str) -> Level:
    words, sentences = words_of(text), sentences_of(text)
    if not words:
        return Level(language, 0, 0.0, 0.0)
    per_sentence = len(words) / len(sentences)
    letters = sum(len(word) for word in words) / len(words)
    long_words = sum(len(word) >= LONG_WORD for word in words) / len(words)
    ari = 4.71 * letters + 0.5 * per_sentence - 21.43
    return Level(language, len(words), round(max(ari, 0.0), 1), round(per_sentence + 100 * long_words, 1))


def long_sentences(text: str) -> list[str]:
    return [one for one in sentences_of(text) if len(words_of(one)) > LONG_SENTENCE]


def long_words(text: str) -> list[str]:
    """Each once, the longest first."""
    found = {word.casefold(): word for word in words_of(text) if len(word) >= VERY_LONG_WORD}
    return sorted(found.values(), key=lambda word: (-len(word), word))
