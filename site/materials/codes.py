"""Short codes for addresses, and code words that a caller can say on the telephone."""

from __future__ import annotations

import secrets
import tomllib
from collections.abc import Collection, Iterator
from functools import cache
from pathlib import Path

from documents.translation.scripts import to_latin

LETTERS = "2346789BCDFGHJKMNPQRTVWXYZ"
"""No vowels, so that no word comes of it; no signs that look like others (0 O, 1 I L, 5 S)."""
LENGTH = 6
WORDS = Path(__file__).parent / "code_words.toml"


def new_code() -> str:
    return "".join(secrets.choice(LETTERS) for _ in range(LENGTH))


@cache
def words(tag: str) -> tuple[str, ...]:
    """Plain nouns of a language; those of English where it has none."""
    every: dict[str, str] = tomllib.loads(WORDS.read_text("utf-8"))
    text = to_latin(every["sr-cyrl"]) if tag == "sr-latn" else every.get(tag, every["en"])
    return tuple(text.split())


def sound(word: str) -> str:
    """How a word sounds on the telephone, whatever its script."""
    return to_latin(word).casefold()


def new_code_word(tag: str, taken: Collection[str]) -> str:
    """A word that sounds like no other in the country: a noun, or a noun with a number. ``taken``: sounds."""
    return next(word for word in _words_in_order(tag) if sound(word) not in taken)


def _words_in_order(tag: str) -> Iterator[str]:
    yield from words(tag)
    number = 2
    while True:
        for word in words(tag):
            yield f"{word} {number}"
        number += 1
