"""Words as they are written in texts: for completing and correcting a query."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from rapidfuzz.distance import OSA, Indel

from documents.translation.scripts import script_of, to_cyrillic
from search.analysis import family_of, spelling
from search.analysis.families import BCMS, MACEDONIAN
from search.engines.base import FacetCount

SHORTEST: Final = 3
LONGEST: Final = 24
_FORGIVEN: Final = 4
"""From so many letters on one slip is forgiven, and from twice as many two."""
_KEY: Final = re.compile(r"[a-z]+\Z")
_CYRILLIC: Final = re.compile("[\u0400-\u04ff]")


@dataclass(frozen=True, slots=True)
class Known:
    """A word that is in ``count`` of the texts that were counted."""

    family: str
    key: str
    shown: str
    count: int


def key_of(word: str, family: str) -> str:
    """The word in plain Latin letters; empty for what is not worth offering (a number, one letter)."""
    form = _spelt(word, family)
    if family == MACEDONIAN:
        form = spelling.macedonian_in_latin(form)
    key = spelling.plain(form)
    return key if SHORTEST <= len(key) <= LONGEST and _KEY.match(key) else ""


def entry_of(word: str, family: str) -> str:
    """The value that is in the index for a word; empty where it is none that is worth offering."""
    key = key_of(word, family)
    return f"{family} {key} {_spelt(word, family)}" if key else ""


def known(counted: Iterable[FacetCount]) -> Iterator[Known]:
    """What an engine counted, taken apart again."""
    for one in counted:
        family, key, shown = one.value.split(" ", 2)
        yield Known(family, key, shown, one.count)


def beginning_with(typed: str, languages: Iterable[str]) -> str:
    """The pattern of the words that begin with what was typed; empty where that is too short."""
    return _pattern(typed, languages, lambda key: [f"{key}[a-z]*"] if len(key) >= 2 else [])


def like(typed: str, languages: Iterable[str]) -> str:
    """The pattern of the words that may be meant; empty where there can be none. With one slip half of the
    word is right, with two a third; :func:`nearest` looks closer."""
    return _pattern(typed, languages, _unchanged_parts)


def nearest(
    typed: str, words: Iterable[Known], languages: Iterable[str], lemma: Callable[[Known], str]
) -> Known | None:
    """The word that was most likely meant: fewest slips, then the reader's language, then most texts. Of
    its forms it is the one with most of the typed letters. None where the word is there as typed. A word of
    another family than the reader's is in the script that was typed. ``lemma``: what the forms of a word have
    in common."""
    keys = dict(_keys(typed, languages))
    order = list(keys)
    found: list[tuple[tuple[int, int, int, str], Known]] = []
    for word in words:
        key = keys.get(word.family, "")
        slips = OSA.distance(key, word.key)
        if key and not slips:
            return None
        own = word.family in (order[0], BCMS)
        if key and slips <= _forgiven(key) and (own or script_of(word.shown) == script_of(typed)):
            found.append(((slips, order.index(word.family), -word.count, word.shown), word))
    if not found:
        return None
    best, chosen = min(found)
    same = lemma(chosen)
    forms = [
        (Indel.distance(keys[word.family], word.key), rank, word)
        for rank, word in found
        if rank[:2] == best[:2]
    ]
    return min(form for form in forms if form[-1] is chosen or lemma(form[-1]) == same)[-1]


def in_script_of(typed: str, word: Known) -> str:
    """The word in the letters that the reader types in."""
    return to_cyrillic(word.shown) if word.family == BCMS and _CYRILLIC.search(typed) else word.shown


def _spelt(word: str, family: str) -> str:
    form = spelling.lower(spelling.unparted(word))
    return spelling.bcms(form) if family == BCMS else form


def _keys(typed: str, languages: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The families of the languages, with the key of a word in each. A word that is still being typed may
    be short."""
    for family in dict.fromkeys(map(family_of, languages)):
        form = _spelt(typed, family)
        key = spelling.plain(spelling.macedonian_in_latin(form) if family == MACEDONIAN else form)
        if len(key) <= LONGEST and _KEY.match(key):
            yield family, key


def _forgiven(key: str) -> int:
    """How many slips are forgiven in a word."""
    return min(2, len(key) // _FORGIVEN)


def _unchanged_parts(key: str) -> list[str]:
    """What remains of a word after the allowed slips: one of its parts, in its place or nearly."""
    slips = _forgiven(key)
    if not slips:
        return []
    size = len(key) // (slips + 1)
    parts = [key[:size], *([key[size : 2 * size]] if slips == 2 else []), key[slips * size :]]
    middle = [f"[a-z]*{part}[a-z]*" for part in parts[1:-1]]
    swapped = f"{key[: size - 1]}{key[size]}{key[size - 1]}{key[size + 1 :]}"
    return [f"{parts[0]}[a-z]*", *middle, f"[a-z]*{parts[-1]}", swapped]


def _pattern(typed: str, languages: Iterable[str], of_key: Callable[[str], list[str]]) -> str:
    """Families in which the word has the same letters share their patterns: the engines take no long ones."""
    families: dict[str, list[str]] = {}
    for family, key in _keys(typed, languages):
        families.setdefault(key, []).append(family)
    found = [
        f"({'|'.join(names)}) ({'|'.join(patterns)}) .*"
        for key, names in families.items()
        if (patterns := of_key(key))
    ]
    return "|".join(f"({one})" for one in found)
