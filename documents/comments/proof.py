"""Whether words that were marked are still the very ones, so that others may be put in their place (docs/decisions/0030). Pure, knows
no Django.

Nothing is guessed from likeness. A place is carried from one text of its section to the next where one of these is so:

* the whole part of the text (a paragraph, a list, a table, a step, with its notes) stands in both the very same, in its structure and
  its marks too, once in each, with what leads to it and under the same heading, and says enough besides the words to be known by;
* the next text is this one with nothing done but that the words which another comment suggests were put in, or that a suggestion
  from a Word file was taken which changes words of one line.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile
from typing import Any

from documents.comments.anchor import Place, around, as_words, every_place
from documents.comments.parts import Parts
from documents.comments.words import replace_words
from documents.suggestions.put_in import put_in as put_suggestion
from documents.text import normalise_body

TELLING = 6
"""So many other words must a part have to be known by: "within 2 hours" alone may be anybody's limit."""
Json = dict[str, Any]


@dataclass(frozen=True)
class PutIn:
    """The words that a comment spoke of, and those that were put in their place."""

    quote: str
    words: str


@dataclass(frozen=True)
class Taken:
    """A suggestion from a Word file that was taken into the text."""

    kind: str
    before: Json
    after: Json
    place: str


Accepted = PutIn | Taken


def proven(
    quote: str, prefix: str, suffix: str, texts: Sequence[Parts], accepted: Collection[Accepted] = ()
) -> Place | None:
    """The place in the last of ``texts``, which follow each other in time, of the words that were marked in the first of them that has
    them; None where that can't be told for certain."""
    last, at, between = Parts.read(None), None, list[Parts]()
    for now in texts:
        if at is None:
            last, at = now, _marked(quote, prefix, suffix, now.text)
        elif _same(last, now):
            last, between = now, []
        elif (there := _accepted(at, last, now, accepted) or _same_part(at, last, now, between)) is not None:
            last, at, between = now, there, []
        else:
            between.append(now)
    return at if at is not None and _same(last, texts[-1]) else None


def same_heading(texts: Sequence[Parts], accepted: Collection[Accepted] = ()) -> bool:
    """Whether the heading of a section is the same in all its texts, which follow each other in time, or became another one by accepted
    suggestions alone."""
    return all(
        before.heading == after.heading or any(_makes(one, before, after) for one in accepted)
        for before, after in pairwise(texts)
    )


def _same(one: Parts, other: Parts) -> bool:
    return one.text == other.text and one.key == other.key


def _marked(quote: str, prefix: str, suffix: str, text: str) -> Place | None:
    found = every_place(quote, text)
    exact = [one for one in found if around(text, *one) == (prefix, suffix)]
    if len(exact) == 1:
        return exact[0]
    whole = as_words(found, text)
    return whole[0] if len(whole) == 1 else None


def _accepted(place: Place, before: Parts, after: Parts, accepted: Collection[Accepted]) -> Place | None:
    """Where the next text is this one with an accepted suggestion put in."""
    found = {
        _shifted(place, put, len(one.words))
        for one in accepted
        if isinstance(one, PutIn)
        for put in _puts(one, before, after)
    }
    if found:
        return found.pop() if len(found) == 1 else None
    if any(isinstance(one, Taken) and _makes(one, before, after) for one in accepted):
        return _in_one_line(place, before, after)
    return None


def _puts(one: PutIn, before: Parts, after: Parts) -> list[Place]:
    """The places at which a comment's words, put in, make the next text of this one."""
    return [
        put
        for put in every_place(one.quote, before.text)
        if before.text[: put[0]] + one.words + before.text[put[1] :] == after.text
        and (made := replace_words(before.body, *put, one.words)) is not None
        and _same(Parts.read(normalise_body(made)), after)
    ]


def _makes(one: Accepted, before: Parts, after: Parts) -> bool:
    """Whether an accepted suggestion makes the next text of this one, and does nothing else."""
    if isinstance(one, PutIn):
        return bool(_puts(one, before, after))
    made = put_suggestion(before.body, one.kind, one.before, one.after, one.place)
    return made is not None and _same(Parts.read(made), after)


def _shifted(place: Place, put: Place, length: int) -> Place | None:
    """A place after other words came to stand at ``put``; None where they are its own."""
    if place[1] <= put[0]:
        return place
    by = length - (put[1] - put[0])
    return (place[0] + by, place[1] + by) if place[0] >= put[1] else None


def _in_one_line(place: Place, before: Parts, after: Parts) -> Place | None:
    """Where words of one line were changed and nothing else, neither in the structure nor in another line; None where the place may be
    among them."""
    old, new = before.text.split("\n"), after.text.split("\n")
    changed = [n for n, (one, other) in enumerate(zip(old, new, strict=False)) if one != other]
    if len(old) != len(new) or len(changed) != 1:
        return None
    one, other = old[changed[0]], new[changed[0]]
    start = sum(len(line) + 1 for line in old[: changed[0]])
    end = start + len(one)
    head, tail = _alike(one, other), _alike(one[::-1], other[::-1])
    # Of words that stand twice nothing tells which of them came or went: then neither those nor those between are sure.
    over = max(0, head + tail - min(len(one), len(other)))
    words = other[head : len(other) - tail + over]
    if not _changes(before, (start + head, end - tail + over), words, after):
        return None
    unsure = start + head - over, end - tail + over
    return _shifted(place, unsure, len(other) - head - tail + 2 * over)


def _alike(one: str, other: str) -> int:
    """How many letters two lines have in common from the start on."""
    return sum(1 for _pair in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _changes(before: Parts, put: Place, words: str, after: Parts) -> bool:
    """Whether other words at a place make the next text, with the marks of those that they replace or of those beside."""
    start, end = put
    text = before.text
    ways = (
        (start, end, words),
        (start - 1, end, text[max(0, start - 1) : start] + words),
        (start, end + 1, words + text[end : end + 1]),
    )
    made = (replace_words(before.body, *way) for way in ways)
    return any(_same(Parts.read(normalise_body(one)), after) for one in made if one is not None)


def _same_part(place: Place, before: Parts, after: Parts, between: Sequence[Parts]) -> Place | None:
    """Where its part stands in both with what leads to it, once in each. Where it stood twice in a text ``between`` them, the one
    that is left may be the other."""
    at = bisect_right(before.starts, place[0]) - 1
    if at < 0 or place[1] > before.starts[at] + len(before.pieces[at].words):
        return None
    piece = before.pieces[at]
    part = before.parts.get(piece.number)
    if part is None or before.heading != after.heading:
        return None
    if piece.number and part.count - len(before.text[slice(*place)].split()) < TELLING:
        return None
    there = after.saying(part)
    if len(before.saying(part)) != 1 or len(there) != 1 or any(len(one.saying(part)) > 1 for one in between):
        return None
    found = after.parts[there[0]]
    if (found.key, found.context) != (part.key, part.context):
        return None
    for start, other in zip(after.starts, after.pieces, strict=True):
        if (other.number, other.note) == (there[0], piece.note):
            return place[0] - before.starts[at] + start, place[1] - before.starts[at] + start
    return None
