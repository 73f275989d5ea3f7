"""Following a place from each text of a section to the next one (docs/decisions/0030). Pure, knows no Django.

Of like words each keeps its own place, as far as the words around tell them apart. A place that is found is good enough for a mark;
whether other words may be put there is for :func:`documents.comments.anchor.is_sure` to say.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz
from rapidfuzz.distance import Indel

from documents.comments import anchor
from documents.comments.anchor import LEAST_LIKENESS, LONGEST_NEAR, SHORTEST_NEAR, Place, around

TELLING = 40
"""So many characters are known again wherever they came to stand, where no like words have a better claim to the place."""
MOST_ALIGNED = 100_000_000
"""Words times words: a stretch that changed and has more is not aligned, and what was marked in it counts as changed."""
STAYED = 100
"""What it counts for a claim that the words stayed where they were: as much as one side of the text around."""
MOST_COMPARED = 2_000
"""Places times places: of words that stand that often ("and") only those count that stayed where they were."""
_TOKEN = re.compile(r"\w+|[^\w\s]|\n")
Tokens = list[re.Match[str]]


def followed(quote: str, prefix: str, suffix: str, texts: Sequence[str]) -> Place | None:
    """The place of ``quote`` in the last of ``texts``, which follow each other in time; None where it is gone.

    The words were marked in the first text in which they stand in their surroundings (a comment that came by a Word file bears the
    day on which it was written there). Where a text comes back that was there before, so does the place in it.
    """
    known: dict[str, Place | None] = {}
    at, last, gone = None, "", False
    for now in texts:
        if now not in known:
            known[now] = follow(at, last, now, gone=gone) if at else _marked(quote, prefix, suffix, now)
        gone = at is not None and known[now] is None
        if known[now] is not None:
            at, last = known[now], now
    return known[texts[-1]] if at else anchor.find(quote, prefix, suffix, texts[-1])


def follow(place: Place, before: str, after: str, *, gone: bool = False) -> Place | None:
    """Where the words at ``place`` of one text stand in the next one; None where they were taken out or became other words.

    What stands in both texts is aligned, line by line and within lines word by word. Where like words stand in the next text, each
    place there is that one's of before whose surroundings are most like its own; so a paragraph takes its words with it when
    it moves, and words that came into the text elsewhere are the same ones only with their surroundings, or because they are many.
    Words that were ``gone`` from a text in between come back with their very line alone: a like one that is written since is a new one.
    """
    if before == after:
        return place
    stayed, whole = _stayed(place, before, after)
    if stayed and whole and around(after, *stayed) == around(before, *place):
        return stayed  # no other place could have a better claim
    quote = before[slice(*place)]
    like, rivals = anchor.places(quote, after), anchor.like(place, before)
    if anchor.is_whole(place, before):  # "2 hours" did not become "12 hours" by standing in it
        like = [one for one in like if anchor.is_whole(one, after)]
    if len(like) * len(rivals) > MOST_COMPARED:
        return stayed if whole else None
    own = {one: _claim(one, after, place, before) for one in like}
    others = [one for one in rivals if one != place]
    for one in sorted(like, key=own.__getitem__, reverse=True):
        if any(_claim(one, after, other, before) > own[one] for other in others):
            continue  # it is another's
        if gone:
            line = _in_line(place, before)
            # A whole line, a table's cell, is the same one only between the same others.
            same = (
                _in_line(one, after) == line if any(line) else around(after, *one) == around(before, *place)
            )
            return one if same else None
        if (whole and one == stayed) or len(quote) >= TELLING or _stands(one, place, before, after):
            return one
    if stayed is None or whole or gone:
        return None
    return stayed if _is_near(quote, after[slice(*stayed)]) else None


def _stayed(place: Place, before: str, after: str) -> tuple[Place | None, bool]:
    """What became of the words at a place where they stood, and whether all of them are still there, as they were."""
    step = _step(before, after)
    own = range(bisect_right(step.ends, place[0]), bisect_left(step.starts, place[1]))
    kept = [n for n in own if step.start[n] >= 0]
    if not kept:
        return None, False
    start, end = step.start[kept[0]], step.end[kept[-1]]
    if kept[0] == own[0]:  # cut within a word as it was marked
        start += max(0, place[0] - step.starts[own[0]])
    if kept[-1] == own[-1]:
        end -= max(0, step.ends[own[-1]] - place[1])
    return (start, end), anchor.same_words(before[slice(*place)], after[start:end])


@dataclass(frozen=True)
class _Step:
    """The words of a text, and what became of each: where it begins and ends, there and in the next text (-1: nowhere)."""

    starts: array[int]
    ends: array[int]
    start: array[int]
    end: array[int]


@lru_cache(maxsize=128)
def _step(before: str, after: str) -> _Step:
    """Many comments ask the same."""
    old, new = list(_TOKEN.finditer(before)), list(_TOKEN.finditer(after))
    start, end = array("l", [-1]) * len(old), array("l", [-1]) * len(old)
    for n, now in _aligned(old, new):
        start[n], end[n] = new[now].span()
    return _Step(array("l", (one.start() for one in old)), array("l", (one.end() for one in old)), start, end)


def _stands(one: Place, place: Place, before: str, after: str) -> bool:
    """Whether a place has around it what stood around the former one: all told, or in its line where that has other words too."""
    (a, b), (c, d) = _in_line(one, after), _in_line(place, before)
    in_line = bool(c or d) and _ratio(a, c) + _ratio(b, d) >= 2 * anchor.LEAST_AROUND
    return in_line or anchor.stands_between(one, *around(before, *place), after)


def _claim(one: Place, after: str, place: Place, before: str) -> float:
    """How surely a place is that of a former one: by its surroundings, those in the same line above all, and by whether the former
    one stayed there."""
    (a, b), (c, d) = _in_line(one, after), _in_line(place, before)
    (e, f), (g, h) = around(after, *one), around(before, *place)
    stayed, whole = _stayed(place, before, after)
    return (
        10 * (_ratio(a, c) + _ratio(b, d)) + _ratio(e, g) + _ratio(f, h) + STAYED * (whole and stayed == one)
    )


def _in_line(place: Place, text: str) -> tuple[str, str]:
    """What stands before and after a place in its line, of a long one what is nearest."""
    before, after = around(text, *place)
    return before.rpartition("\n")[2].strip(), after.partition("\n")[0].strip()


def _ratio(one: str, other: str) -> float:
    return fuzz.ratio(one, other) if one or other else 100.0


def _aligned(old: Tokens, new: Tokens) -> Iterator[tuple[int, int]]:
    """Which word of the next text each word that stayed has become, by their places in the lists."""
    lines, now = _lines(old), _lines(new)
    steps = Indel.opcodes([_key(old, one) for one in lines], [_key(new, one) for one in now])
    done, seen = 0, 0
    for step in steps:
        if step.tag != "equal":
            continue
        yield from _by_words(old, new, _span(lines, done, step.src_start), _span(now, seen, step.dest_start))
        done, seen = step.src_end, step.dest_end
        for one, other in zip(lines[step.src_start : done], now[step.dest_start : seen], strict=True):
            yield from zip(one, other, strict=True)
    yield from _by_words(old, new, _span(lines, done, len(lines)), _span(now, seen, len(now)))


def _by_words(old: Tokens, new: Tokens, source: range, target: range) -> Iterator[tuple[int, int]]:
    if len(source) * len(target) > MOST_ALIGNED:
        return
    for step in Indel.opcodes([old[n].group() for n in source], [new[n].group() for n in target]):
        if step.tag == "equal":
            yield from zip(
                source[step.src_start : step.src_end], target[step.dest_start : step.dest_end], strict=True
            )


def _lines(tokens: Tokens) -> list[range]:
    """The lines of a text that have words, by the numbers of these."""
    ends = [n for n, one in enumerate(tokens) if one.group() == "\n"]
    starts = [0, *(n + 1 for n in ends)]
    return [range(start, end) for start, end in zip(starts, [*ends, len(tokens)], strict=True) if start < end]


def _span(lines: Sequence[range], start: int, end: int) -> range:
    """The words of the lines from one to before another."""
    return range(lines[start].start, lines[end - 1].stop) if start < end else range(0)


def _key(tokens: Tokens, line: range) -> tuple[str, ...]:
    return tuple(tokens[n].group() for n in line)


def _is_near(quote: str, now: str) -> bool:
    """Whether words that were edited are still these, by most of their letters."""
    near = SHORTEST_NEAR <= len(quote) <= LONGEST_NEAR
    return near and fuzz.ratio(" ".join(quote.split()), " ".join(now.split())) >= LEAST_LIKENESS


def _marked(quote: str, prefix: str, suffix: str, text: str) -> Place | None:
    found = anchor.find(quote, prefix, suffix, text)
    return found if found and anchor.stands_between(found, prefix, suffix, text) else None
