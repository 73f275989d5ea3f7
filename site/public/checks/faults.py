"""The eight faults that reviews of awareness campaigns name, and words that show some of them.

Words can't decide: a check names what it found, and the editor looks. ``faults.toml`` lists the words of each
language; a star stands for any ending. What no word shows is a question that the editor answers.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from documents.translation.scripts import to_latin

FILE = Path(__file__).parent / "faults.toml"
LATIN_OF = {"sr-latn": "sr-cyrl", "bs": "sr-cyrl", "cnr": "sr-cyrl"}
"""Languages that also have the words of another one, in Latin script."""
FIGURE = re.compile(r"\d[\d.,]*\s?[%٪]|(?<![\w+/.:,-])[1-9]\d{0,2}(?:[.,]\d{3})+(?![\w.,-])")


class Fault(StrEnum):
    NEXT_STEP = "next_step"
    FEAR = "fear"
    BLAME = "blame"
    PROMISE = "promise"
    STEREOTYPE = "stereotype"
    UNCLEAR = "unclear"
    SOURCE = "source"
    UNSAFE = "unsafe"


WORDED = (Fault.FEAR, Fault.BLAME, Fault.PROMISE, Fault.STEREOTYPE, Fault.UNSAFE)
"""Those that words can show."""


@cache
def _lists() -> Mapping[str, Mapping[str, Any]]:
    return tomllib.loads(FILE.read_text("utf-8"))


def words_for(fault: Fault, language: str) -> list[str]:
    own = _lists()[fault]
    from_cyrillic = [to_latin(word) for word in own.get(LATIN_OF.get(language, ""), ())]
    return [*own.get(language, ()), *from_cyrillic]


@cache
def better_words(language: str) -> Mapping[str, str]:
    """Words that shame people, and what to write in their place."""
    every: Mapping[str, dict[str, str]] = _lists()["shame"]
    from_cyrillic = every.get(LATIN_OF.get(language, ""), {})
    return {to_latin(word): to_latin(better) for word, better in from_cyrillic.items()} | every.get(
        language, {}
    )


def words_that_shame(text: str, language: str) -> list[tuple[str, str]]:
    """Each as it stands in the text, with the better one."""
    return [
        (hit, better)
        for word, better in better_words(language).items()
        for hit in dict.fromkeys(_any_of((word,)).findall(text))
    ]


@cache
def _pattern(fault: Fault, language: str) -> re.Pattern[str] | None:
    words = words_for(fault, language)
    return _any_of(tuple(words)) if words else None


@cache
def _any_of(words: tuple[str, ...]) -> re.Pattern[str]:
    parts = (re.escape(word).replace(r"\*", r"\w*") for word in words)
    return re.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)", re.IGNORECASE)


def fault_words(text: str, language: str) -> dict[Fault, list[str]]:
    """What was found of each fault, each once, as it stands in the text."""
    found: dict[Fault, list[str]] = {}
    for fault in WORDED:
        pattern = _pattern(fault, language)
        hits = pattern.findall(text) if pattern else []
        if hits:
            found[fault] = list(dict.fromkeys(hits))
    return found


def figures(text: str) -> list[str]:
    """Percentages and large numbers: each needs its source. Telephone numbers are none."""
    return list(dict.fromkeys(one.strip() for one in FIGURE.findall(text)))
