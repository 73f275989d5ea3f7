"""Whether words that were marked are still the very ones, so that others may be put in their place (docs/decisions/0030). Pure, knows
no Django.

Nothing is guessed from likeness. A place is carried from one text of its section to the next where either is so:

* the whole line stands in both texts letter for letter, once in each, and says enough besides the words to be known by;
* the next text is this one with nothing done but that the words which another comment suggests were put in.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from functools import lru_cache

from documents.annotations.anchor import Place, around, as_words, every_place

TELLING = 6
"""So many other words must a line have to be known by: "within 2 hours" alone may be anybody's limit."""
PutIn = tuple[str, str]
"""The words that a comment spoke of, and those that were put in their place."""


def proven(
    quote: str, prefix: str, suffix: str, texts: Sequence[str], put_in: Collection[PutIn] = ()
) -> Place | None:
    """The place in the last of ``texts``, which follow each other in time, of the words that were marked in the first of them that has
    them; None where that can't be told for certain."""
    last, at = "", None
    for now in texts:
        if at is None:
            last, at = now, _marked(quote, prefix, suffix, now)
        elif now != last and (there := _after(at, last, now, put_in)) is not None:
            last, at = now, there
    return at if at is not None and last == texts[-1] else None


def _marked(quote: str, prefix: str, suffix: str, text: str) -> Place | None:
    found = every_place(quote, text)
    exact = [one for one in found if around(text, *one) == (prefix, suffix)]
    if len(exact) == 1:
        return exact[0]
    whole = as_words(found, text)
    return whole[0] if len(whole) == 1 else None


def _after(place: Place, before: str, after: str, put_in: Collection[PutIn]) -> Place | None:
    steps = {
        _shifted(place, one, len(words))
        for quote, words in put_in
        for one in every_place(quote, before)
        if before[: one[0]] + words + before[one[1] :] == after
    }
    if steps:
        return steps.pop() if len(steps) == 1 else None
    start = before.rfind("\n", 0, place[0]) + 1
    end = before.find("\n", place[1])
    line = before[start : len(before) if end < 0 else end]
    if len(line.split()) - len(before[slice(*place)].split()) < TELLING:
        return None
    then, now = _lines(before), _lines(after)
    if then[line] != 1 or now[line] != 1:
        return None
    at = f"\n{after}\n".index(f"\n{line}\n")
    return at + place[0] - start, at + place[1] - start


def _shifted(place: Place, put: Place, length: int) -> Place | None:
    """A place after other words came to stand at ``put``; None where they are its own."""
    if place[1] <= put[0]:
        return place
    by = length - (put[1] - put[0])
    return (place[0] + by, place[1] + by) if place[0] >= put[1] else None


@lru_cache(maxsize=64)
def _lines(text: str) -> Counter[str]:
    return Counter(text.split("\n"))
