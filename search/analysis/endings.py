"""The likely lemma of a word that no dictionary has, by the endings of those that it has."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from itertools import islice
from typing import Final

from search.analysis import bcms_stems, light_stemmers, spelling
from search.analysis.families import BCMS

_LONGEST_ENDING: Final = 7
_SHORTEST_ENDING: Final = 1
_SHORTEST_STEM: Final = 2
_SHORTEST_LEFT: Final = 3
_LEAST_SEEN: Final = 8
_ENOUGH_FORMS: Final = 300_000


def guesser(family: str) -> Callable[[str, Mapping[str, str]], str]:
    """How a family's unknown words are guessed: takes the plain word and the table that was made for it."""
    if family in light_stemmers.LIGHT:
        return lambda plain, _: light_stemmers.stem(family, plain)
    return bcms_stems.guess if family == BCMS else guess


def guess(plain: str, endings: Mapping[str, str]) -> str:
    """The likely lemma of a plain form, by the longest known ending ("3a": cut 3 letters, add "a")."""
    for length in range(min(_LONGEST_ENDING, len(plain) - 2), 0, -1):
        change = endings.get(plain[-length:])
        if change is not None:
            length_left = len(plain) - int(change[0])
            return plain[:length_left] + change[1:] if length_left >= _SHORTEST_LEFT else plain
    return plain


def endings_of(forms: Mapping[str, str]) -> dict[str, str]:
    """For each ending of plain forms, the change to the lemma that most forms with it undergo."""
    seen: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for form, lemma in islice(forms.items(), 0, None, max(1, len(forms) // _ENOUGH_FORMS)):
        form, lemma = spelling.plain(form), spelling.plain(lemma)
        shared = 0
        for a, b in zip(form, lemma, strict=False):
            if a != b:
                break
            shared += 1
        cut = len(form) - shared
        if shared < _SHORTEST_STEM or cut > _LONGEST_ENDING:
            continue
        change = f"{cut}{lemma[shared:]}"
        for length in range(max(cut, _SHORTEST_ENDING), min(_LONGEST_ENDING, len(form) - _SHORTEST_STEM) + 1):
            seen[form[-length:]][change] += 1
    best: dict[str, str] = {}
    for ending in sorted(seen, key=len):
        changes = seen[ending]
        change, count = min(changes.items(), key=lambda item: (-item[1], item[0]))
        # An ending that says what a shorter one says already is left out.
        if count >= _LEAST_SEEN and _shorter(best, ending) != change:
            best[ending] = change
    return best


def _shorter(best: Mapping[str, str], ending: str) -> str | None:
    for start in range(1, len(ending)):
        change = best.get(ending[start:])
        if change is not None:
            return change
    return None
