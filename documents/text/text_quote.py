"""Where commented words are: a W3C text quote selector (quote, prefix, suffix) in the text of a section.
Pure, knows no Django."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rapidfuzz import fuzz

AROUND = 60
"""How many characters before and after the quote are stored."""
LEAST_FIT = 60.0
"""From 100: words with surroundings that are less alike are not those that were marked on a page."""
_WITHIN = re.compile(r".\w\w|\d[.,]\d|.\d[.,]\d", re.DOTALL)
"""Two characters before a place and two behind it, which cut a word or a number."""
Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Anchor:
    """``count``: how often the quote is in the text. ``exact``: the one place where all that stood around it
    still does."""

    count: int
    place: Place | None
    """Where the words are marked: the exact place, or the only one. None where they are gone, or several are
    possible."""
    exact: Place | None
    certain: Place | None
    """The place at which a click may replace words. It is the only one, and the text before or after it is
    unchanged."""

    @property
    def ambiguous(self) -> bool:
        return self.place is None and self.count > 1


def locate(quote: str, prefix: str, suffix: str, text: str) -> Anchor:
    """Find the quote in ``text``, whatever spaces and line breaks are between its words."""
    found = places(quote, text)
    among = [one for one in found if _stands_between(one, prefix, suffix, text)]
    exact = among[0] if len(among) == 1 else None
    only = found[0] if len(found) == 1 else None
    certain = only if only and _has_context(only, prefix, suffix, text) else None
    return Anchor(len(found), only or exact, exact, certain)


def places(quote: str, text: str) -> list[Place]:
    """Every place where the words are; within longer ones ("2 hours" in "12 hours") only where they are
    nowhere else."""
    if not quote.strip():
        return []
    pattern = r"\s*".join(re.escape(word) for word in quote.split())
    found = [match.span() for match in re.finditer(pattern, text)]
    return [one for one in found if _is_whole(one, text)] or found


def fit(place: Place, prefix: str, suffix: str, text: str) -> float:
    """The similarity of a place's surroundings to the stored ones, from 0 to 100. 100 where none were stored.

    A page shows numbers and notes that are stored outside the text. So a mark made on it need not match
    letter by letter.
    """
    before, after = (_one_line(one) for one in around(text, *place))
    wanted_before, wanted_after = _one_line(prefix), _one_line(suffix)
    ratios = []
    if wanted_before:
        ratios.append(fuzz.ratio(before[-len(wanted_before) :], wanted_before))
    if wanted_after:
        ratios.append(fuzz.ratio(after[: len(wanted_after)], wanted_after))
    return sum(ratios) / len(ratios) if ratios else 100.0


def around(text: str, start: int, end: int) -> tuple[str, str]:
    """The prefix and suffix that are stored with a quote."""
    return text[max(0, start - AROUND) : start], text[end : end + AROUND]


def _is_whole(place: Place, text: str) -> bool:
    return not any(_WITHIN.match(text[max(0, at - 2) : at].rjust(2) + text[at : at + 2]) for at in place)


def _stands_between(place: Place, prefix: str, suffix: str, text: str) -> bool:
    before, after = _letters(text[: place[0]]), _letters(text[place[1] :])
    return before.endswith(_letters(prefix)) and after.startswith(_letters(suffix))


def _has_context(place: Place, prefix: str, suffix: str, text: str) -> bool:
    """Whether the text before or behind the place is unchanged. An empty side does not count."""
    before, after = _letters(prefix), _letters(suffix)
    if not before and not after:
        return True
    same_before = bool(before) and _letters(text[: place[0]]).endswith(before)
    return same_before or (bool(after) and _letters(text[place[1] :]).startswith(after))


def _one_line(words: str) -> str:
    return " ".join(words.split())


def _letters(words: str) -> str:
    return "".join(words.split())
