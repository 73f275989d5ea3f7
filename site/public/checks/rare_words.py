"""Words that the site does not use elsewhere: a reader may not know them.

A word is rare if it has at least seven letters and no other text of the site has a word that begins with the
same six letters. So the endings of a word make no difference, and no list of words is needed.
"""

from __future__ import annotations

from collections.abc import Iterable

from public.checks.readability import LONG_WORD, words_of

BEGINNING = 6


def beginnings(texts: Iterable[str]) -> frozenset[str]:
    """The beginnings of all long words of some texts."""
    return frozenset(_begin(word) for text in texts for word in words_of(text) if len(word) >= BEGINNING)


def rare_words(text: str, known: frozenset[str]) -> list[str]:
    """Each once, in the order of the text; none where there is nothing to compare with."""
    if not known:
        return []
    found: dict[str, str] = {}
    for word in words_of(text):
        if len(word) >= LONG_WORD and _begin(word) not in known:
            found.setdefault(_begin(word), word)
    return list(found.values())


def _begin(word: str) -> str:
    return word.casefold()[:BEGINNING]
