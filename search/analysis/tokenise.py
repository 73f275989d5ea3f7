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
    + r"[^\W_]+(?:(?:[\u0300-\u036f\u064b-\u065f\u0670\u00ad\u200c\u200d]+(?=[^\W_])"
    + r"|[\u0300-\u036f\u064b-\u065f]+)[^\W_]*)*"
)
# The same where a text has no marks, joiners or hyphens such as those, as most have none: half as long.
_PLAIN: Final = re.compile(r"[^\W_]+")
# What stands in UTF-8 of every text that has one of them: for the many combining marks their first byte,
# which is no other letter's second. To look for these takes next to nothing.
_ODD: Final = (
    b"-o", b"-O", *(sign.encode() for sign in "\u2010\u2011\u00ad\u200c\u200d"), b"\xcc", b"\xcd", b"\xd9",
)  # fmt: skip


def word_matches(text: str) -> Iterator[re.Match[str]]:
    """Each word, as a match. Apostrophes and hyphens part words, but for that of `CO`."""
    return _pattern(text).finditer(text)


def spelled(text: str) -> list[str]:
    """The same words as they are written, without their places."""
    return _pattern(text).findall(text)


def spelled_in_piece(piece: str) -> list[str]:
    """The same of a few letters, for which it is not worth looking what they have."""
    return _WORD.findall(piece)


def _pattern(text: str) -> re.Pattern[str]:
    """The quicker of the patterns that find the words of this text."""
    # A text in other letters may have half of a pair, which is no UTF-8.
    packed = text.encode("utf-8", "surrogatepass")
    return _WORD if any(sign in packed for sign in _ODD) else _PLAIN
