"""Whether words that were marked are still the very ones, so that others may be put in their place (docs/decisions/0030). Pure, knows
no Django.

Nothing is guessed from likeness. A place is carried from one text of its section to the next where one of these is so:

* the whole part of the text (a paragraph, a list, a table, a step) stands in both letter for letter, once in each, with what leads to it,
  and says enough besides the words to be known by;
* the next text is this one with nothing done but that the words which another comment suggests were put in.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import Any

from documents.annotations.anchor import Place, around, as_words, every_place
from documents.tree import block_text, inline_text

TELLING = 6
"""So many other words must a part have to be known by: "within 2 hours" alone may be anybody's limit."""
LED_TO = frozenset({"list", "table"})
"""What says nothing without what stands before it: "The hospital:", and then its limits."""
PutIn = tuple[str, str]
"""The words that a comment spoke of, and those that were put in their place."""


@dataclass(frozen=True)
class Parts:
    """A section's text, part by part: the words of each, and whether it needs the one before it to be understood."""

    of: tuple[tuple[str, bool], ...]

    @classmethod
    def read(cls, body: Mapping[str, Any] | None) -> Parts:
        """Those of a body: the heading, its blocks, its notes; what has no words is left out."""
        return cls(tuple(part for part in _parts(body or {}) if part[0]))

    @cached_property
    def text(self) -> str:
        """All of it, as :func:`documents.tree.body_text` gives it with its heading."""
        return "\n".join(words for words, _led in self.of)


def _parts(body: Mapping[str, Any]) -> Iterator[tuple[str, bool]]:
    yield inline_text(body.get("heading") or []), False
    for block in body.get("blocks") or []:
        yield block_text(block), block["type"] in LED_TO
    for blocks in (body.get("notes") or {}).values():
        for block in blocks:
            yield block_text(block), True


def proven(
    quote: str, prefix: str, suffix: str, texts: Sequence[Parts], put_in: Collection[PutIn] = ()
) -> Place | None:
    """The place in the last of ``texts``, which follow each other in time, of the words that were marked in the first of them that has
    them; None where that can't be told for certain."""
    last, at = Parts(()), None
    for now in texts:
        if at is None:
            last, at = now, _marked(quote, prefix, suffix, now.text)
        elif now.text == last.text:
            last = now
        elif (there := _put_in(at, last.text, now.text, put_in) or _same_part(at, last, now)) is not None:
            last, at = now, there
    return at if at is not None and last.text == texts[-1].text else None


def _marked(quote: str, prefix: str, suffix: str, text: str) -> Place | None:
    found = every_place(quote, text)
    exact = [one for one in found if around(text, *one) == (prefix, suffix)]
    if len(exact) == 1:
        return exact[0]
    whole = as_words(found, text)
    return whole[0] if len(whole) == 1 else None


def _put_in(place: Place, before: str, after: str, put_in: Collection[PutIn]) -> Place | None:
    """Where the next text is this one with the words of another comment put in."""
    found = {
        _shifted(place, one, len(words))
        for quote, words in put_in
        for one in every_place(quote, before)
        if before[: one[0]] + words + before[one[1] :] == after
    }
    return found.pop() if len(found) == 1 else None


def _shifted(place: Place, put: Place, length: int) -> Place | None:
    """A place after other words came to stand at ``put``; None where they are its own."""
    if place[1] <= put[0]:
        return place
    by = length - (put[1] - put[0])
    return (place[0] + by, place[1] + by) if place[0] >= put[1] else None


def _same_part(place: Place, before: Parts, after: Parts) -> Place | None:
    """Where its part stands in both with what leads to it, once in each."""
    starts = [0, *accumulate(len(words) + 1 for words, _led in before.of)]
    number = bisect_right(starts, place[0]) - 1
    start = starts[number]
    if number >= len(before.of) or place[1] > start + len(before.of[number][0]):
        return None
    first = number
    while first and (before.of[first][1] or before.of[first - 1][0].rstrip().endswith(":")):
        first -= 1
    unit = before.of[first : number + 1]
    others = sum(len(words.split()) for words, _led in unit)
    if others - len(before.text[slice(*place)].split()) < TELLING:
        return None
    there = list(_stands(unit, after))
    if len(there) != 1 or len(list(_stands(unit, before))) != 1:
        return None
    begins = sum(len(words) + 1 for words, _led in after.of[: there[0] + len(unit) - 1])
    return begins + place[0] - start, begins + place[1] - start


def _stands(unit: tuple[tuple[str, bool], ...], parts: Parts) -> Iterator[int]:
    for number in range(len(parts.of) - len(unit) + 1):
        if parts.of[number : number + len(unit)] == unit:
            yield number
