"""What messages in English must not have: long sentences and turns that readers read twice. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable

LONGEST = 25
"""Words in a sentence."""
TURNS = re.compile(
    r"\b(told|says? of|said|beside|anew|went|whoever|that of|hitherto|thereof|for want of|let go|put in"
    r"|take[ns]? in|bring back|brought back|of which|meanwhile|by itself|not whole"
    r"|older than the (?:original|source))\b",
    re.IGNORECASE,
)
LEGAL = "This designation is without prejudice to positions on status"
"""The footnote of Kosovo*, whose wording is agreed between governments."""
_TAG = re.compile(r"<[^>]+>")
_END = re.compile(r"(?<=[.!?:;])\s+")


def find_unplain(messages: Iterable[str]) -> list[str]:
    """A line for each message that has a sentence of more than 25 words, or a turn of the list."""
    problems = []
    for message in messages:
        text = _TAG.sub("", message)
        if LEGAL in text:
            continue
        longest = max((len(sentence.split()) for sentence in _END.split(text)), default=0)
        if longest > LONGEST:
            problems.append(f"a sentence of {longest} words: {message}")
        if turn := TURNS.search(text):
            problems.append(f"write another word for {turn[0]!r}: {message}")
    return problems
