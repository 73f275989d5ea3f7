"""Finding the words that a comment speaks of, in a text that may have changed since. Pure, knows no Django.

A comment keeps the quote with a little of the text before and after it. Places are tried in this order: the quote as it
stands, with the surroundings deciding between several; the same words with other spaces; words that are nearly the same.
Where none of these is there, the text is gone, and the comment says so.

Where the texts in between are known, :mod:`documents.comments.follow` is surer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from rapidfuzz import fuzz

AROUND = 60
"""How many characters before and after the quote are kept."""
NEXT = 4
"""How many words next to a quote must be the same on either side for a mark among like words to be sure."""
LEAST_LIKENESS = 82.0
"""From 100: below this, words are other words."""
LEAST_AROUND = 60.0
"""From 100: surroundings that are less alike are those of another place."""
SHORTEST_NEAR = 12
"""A shorter quote is not looked for by likeness: too much is like it."""
LONGEST_NEAR = 2_000
_WITHIN = re.compile(r".\w\w|\d[.,]\d|.\d[.,]\d", re.DOTALL)
"""Two characters before a place and two behind it, which cut a word or a number."""
Place = tuple[int, int]


def find(quote: str, prefix: str, suffix: str, text: str) -> Place | None:
    """Start and end of the quote in ``text``; None where it is no longer there, or there is no quote."""
    if not quote.strip():
        return None
    if found := places(quote, text):
        if not (prefix.strip() or suffix.strip()):
            found = as_words(found, text)  # as somebody typed them
        return max(found, key=lambda place: fit(place, prefix, suffix, text))
    return _near(quote, text)


def places(quote: str, text: str) -> list[Place]:
    """Every place where the words of ``quote`` stand in ``text``, whatever spaces are between them; empty for no words."""
    return (list(_exact(quote, text)) or list(_spaced(quote, text))) if quote.strip() else []


def as_words(found: list[Place], text: str) -> list[Place]:
    """Of places in ``text`` those that begin and end with a word or number; all of them where none does: "2 hours" is not meant by
    "12 hours"."""
    return [one for one in found if is_whole(one, text)] or found


def is_whole(place: Place, text: str) -> bool:
    """Whether a place in ``text`` begins and ends with a word or number, and not within one ("12", "1.2")."""
    return not any(_WITHIN.match(text[max(0, at - 2) : at].rjust(2) + text[at : at + 2]) for at in place)


def like(place: Place, text: str) -> list[Place]:
    """Every place in ``text`` where the same words stand as at ``place``, itself too; within longer ones only where its own are a
    part of a word."""
    found = places(text[slice(*place)], text)
    return [one for one in found if is_whole(one, text)] if is_whole(place, text) else found


def every_place(quote: str, text: str) -> list[Place]:
    """The same, also where some have other spaces than the quote: Word writes one between a number and its unit that breaks no line."""
    return list(_spaced(quote, text)) if quote.strip() else []


def stands_between(place: Place, prefix: str, suffix: str, text: str) -> bool:
    """Whether a place in ``text`` has around it what was seen around words when they were marked; True where nothing is known.

    Not word for word: a page shows numbers and notes that the text keeps elsewhere.
    """
    known = sum(bool(one.strip()) for one in (prefix, suffix))
    return fit(place, prefix, suffix, text) >= known * LEAST_AROUND


def is_sure(place: Place, quote: str, prefix: str, suffix: str, text: str) -> bool:
    """Whether no other words can be meant than those at a place: they are the very ones that were marked, the NEXT words on either
    side are those that stood there, and nowhere else in the text all that is so.

    A sentence that was given another subject, or a "not", says something else with the same words.
    """
    if not same_words(quote, text[slice(*place)]):
        return False
    like = [one for one in places(quote, text) if _has_next(one, prefix, suffix, text)]
    if len(like) > 1:
        like = [one for one in like if around(text, *one) == (prefix, suffix)]
    return like == [place]


def _has_next(place: Place, prefix: str, suffix: str, text: str) -> bool:
    left, right = prefix.split(), suffix.split()
    if len(prefix) >= AROUND:  # cut within a word, it may be
        left = left[1:]
    if len(suffix) >= AROUND:
        right = right[:-1]
    left, right = left[-NEXT:], right[:NEXT]
    before, after = text[: place[0]].split(), text[place[1] :].split()
    return before[len(before) - len(left) :] == left and after[: len(right)] == right


def same_words(one: str, other: str) -> bool:
    """Whether two stretches of text say the same, whatever spaces and line breaks are between their words. A time limit is another
    one for a single letter."""
    return "".join(one.split()) == "".join(other.split())


def around(text: str, start: int, end: int) -> tuple[str, str]:
    """What a comment keeps of the text before and after its quote."""
    return text[max(0, start - AROUND) : start], text[end : end + AROUND]


def _exact(quote: str, text: str) -> Iterator[Place]:
    start = text.find(quote)
    while start >= 0:
        yield start, start + len(quote)
        start = text.find(quote, start + 1)


def _spaced(quote: str, text: str) -> Iterator[Place]:
    """The same words whatever stands between them: a browser's selection has other line breaks than the text."""
    pattern = r"\s*".join(re.escape(word) for word in quote.split())
    for match in re.finditer(pattern, text):
        yield match.span()


def fit(place: Place, prefix: str, suffix: str, text: str) -> float:
    """How well the surroundings of a place in ``text`` agree with what was kept: from 0 to 100 for each of ``prefix`` and ``suffix``
    that says something."""
    before = " ".join(text[max(0, place[0] - AROUND) : place[0]].split())
    after = " ".join(text[place[1] : place[1] + AROUND].split())
    wanted_before, wanted_after = " ".join(prefix.split()), " ".join(suffix.split())
    score = fuzz.ratio(before[-len(wanted_before) :], wanted_before) if wanted_before else 0.0
    return score + (fuzz.ratio(after[: len(wanted_after)], wanted_after) if wanted_after else 0.0)


def _near(quote: str, text: str) -> Place | None:
    if not SHORTEST_NEAR <= len(quote) <= LONGEST_NEAR or len(text) < len(quote) // 2:
        return None
    found = fuzz.partial_ratio_alignment(quote, text, score_cutoff=LEAST_LIKENESS)
    if found is None or found.dest_end <= found.dest_start:
        return None
    start, end = found.dest_start, found.dest_end
    # Whole words: a likeness often begins or ends within one.
    while start > 0 and text[start - 1].isalnum() and text[start].isalnum():
        start -= 1
    while end < len(text) and text[end].isalnum() and text[end - 1].isalnum():
        end += 1
    return start, end
