"""Where the words of a text are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

#: *Co-ordinator* and *co-operation* are one word to whoever writes them without the hyphen.
CO: Final = r"(?:[Cc][Oo][-\u2010\u2011](?=[Oo]))?"

# Letters and digits with their combining marks; soft hyphens and joiners inside a word belong to it.
_WORD: Final = re.compile(
    CO
    + r"[^\W_]+(?:(?:[\u0300-\u036f\u064b-\u065f\u0670\u00ad\u200c\u200d]+(?=[^\W_])|[\u0300-\u036f\u064b-\u065f]+)[^\W_]*)*"
)


def words(text: str) -> Iterator[re.Match[str]]:
    """Each word, as a match. Apostrophes and hyphens part words, but for that of `CO`."""
    return _WORD.finditer(text)


def spelled(text: str) -> list[str]:
    """The same words as they are written, without their places."""
    return _WORD.findall(text)
