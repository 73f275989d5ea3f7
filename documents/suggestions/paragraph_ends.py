"""Paragraphs or items that were joined, or divided: their words go on in another one, so that none of them can be decided about
without the others. Pure, knows no Django."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import groupby, product
from typing import Any

from documents.suggestions.merged_words import merged_paragraphs
from documents.suggestions.pairing import Pairs
from documents.suggestions.standing import NONE, Standing
from documents.text import block_text

Json = dict[str, Any]
STAYS = 0.5
"""So many of the words of the one must stand in the other, in their order, for it to go on there."""
STAYS_ELSEWHERE, WHOLE = 0.6, 0.75
"""The same of each that stands elsewhere now, and of the one that came of all of them, or of which all came."""
MOST_WORDS = 4_000
"""More are not compared."""
FEWEST_WORDS, FEWEST_LETTERS = 4, 4
"""So many right behind one another stand in another one by no chance."""
WORD = re.compile(r"\w+")
Own = tuple[int, ...]
Said = list[str] | None


def seams(
    pairs: Pairs, old: Sequence[Json], new: Sequence[Json], keys: Sequence[Sequence[bytes]]
) -> list[Own]:
    """Of the pairs of parts (blocks of a text, items of a list) those that were joined or divided, together. Of such that stand
    elsewhere now the old ones come first. ``keys``: what the parts of both are compared by."""
    gone = {keys[0][i] for i, j in pairs if i is not None and j is None}
    moved = gone & {keys[1][j] for i, j in pairs if j is not None and i is None}
    parts = [
        (
            None if i is None or (j is None and keys[0][i] in moved) else _said(old[i]),
            None if j is None or (i is None and keys[1][j] in moved) else _said(new[j]),
        )
        for i, j in pairs
    ]
    found: list[Own] = []
    for run in _runs(pairs, keys):
        long = sum(len(said or ()) for index in run for said in parts[index]) > MOST_WORDS
        for piece in _pieces(run, pairs) if long else [run]:
            found += _linked(piece, parts)
    known = {index for own in found for index in own}
    lone = [index for index, pair in enumerate(pairs) if None in pair and index not in known]
    away = [*_elsewhere(lone, parts)]
    lone = [index for index in lone if not any(index in own for own in away)]
    rest = (
        (index,)
        for index, (i, j) in enumerate(pairs)
        if i is not None and j is not None and index not in known and keys[0][i] != keys[1][j]
    )
    return [own for own in _from_elsewhere([*found, *rest], lone, parts) if len(own) > 1] + away


def elsewhere(own: Own, pairs: Pairs) -> bool:
    """Whether what was joined or divided stands elsewhere now: another part that stays is between its old place and its new one."""
    first, last = min(own), max(own)
    alone = all(None in pairs[index] for index in own)
    return alone and any(None not in pairs[index] for index in range(first, last))


def _runs(pairs: Pairs, keys: Sequence[Sequence[bytes]]) -> Iterator[list[int]]:
    """Pairs right behind one another of which none is the same in both."""
    for same, run in groupby(
        range(len(pairs)),
        lambda index: (
            None not in pairs[index] and keys[0][pairs[index][0] or 0] == keys[1][pairs[index][1] or 0]
        ),
    ):
        if not same:
            yield list(run)


def _pieces(run: Sequence[int], pairs: Pairs) -> Iterator[list[int]]:
    """A run cut between two that have partners both."""
    start = 0
    for at in range(1, len(run)):
        if None not in (*pairs[run[at - 1]], *pairs[run[at]]):
            yield [*run[start:at]]
            start = at
    yield [*run[start:]]


def _linked(run: Sequence[int], parts: Sequence[tuple[Said, Said]]) -> Iterator[Own]:
    """Those of a run of which the words of one stand in another one."""
    olds = {index: said for index in run if (said := parts[index][0])}
    news = {index: said for index in run if (said := parts[index][1])}
    if len(olds) + len(news) < 3 or not olds or not news:
        return
    group = {index: index for index in run}
    for p, q, stays in _shared(olds, news):
        least = STAYS * min(len(olds[p]), len(news[q]))
        if sum(stays) >= least or max(stays, default=0) >= FEWEST_WORDS or _holds(olds[p], news[q]):
            first, second = group[p], group[q]
            group = {index: first if root == second else root for index, root in group.items()}
    for root in dict.fromkeys(group.values()):
        own = tuple(index for index in run if group[index] == root)
        if sum((index in olds) + (index in news) for index in own) > 2:
            yield own


def _elsewhere(lone: Sequence[int], parts: Sequence[tuple[Said, Said]]) -> Iterator[Own]:
    """Those that were joined or divided and stand elsewhere now."""
    taken: set[int] = set()
    for joined in (True, False):
        sides = [{index: said for index in lone if (said := parts[index][side])} for side in (0, 1)]
        for one in list(sides[joined]):
            here = {index: said for index, said in sides[not joined].items() if index not in taken}
            whole = sides[joined][one]
            if one in taken:
                continue
            stays = {
                index: sum(sum(each) for _p, _q, each in _shared({0: said}, {0: whole}))
                for index, said in here.items()
            }
            own = {index: kept for index, kept in stays.items() if kept >= STAYS_ELSEWHERE * len(here[index])}
            if len(own) > 1 and sum(own.values()) >= WHOLE * len(whole):
                taken |= {one, *own}
                yield (*sorted(own), one) if joined else (one, *sorted(own))


def _from_elsewhere(
    groups: Sequence[Own], lone: Sequence[int], parts: Sequence[tuple[Said, Said]]
) -> Iterator[Own]:
    """Those groups, each with the ones that stood elsewhere and of which the words came to it, or that stand elsewhere now with words
    that went from it."""
    taken: set[int] = set()
    few = len(groups) * len(lone) <= MOST_WORDS
    for own in groups:
        olds, news = ([word for index in own for word in parts[index][side] or ()] for side in (0, 1))
        blocks = SequenceMatcher(None, olds, news, autojunk=False).get_matching_blocks()
        stay = {at for start, _other, size in blocks for at in range(start, start + size)}
        stay_new = {at for _start, other, size in blocks for at in range(other, other + size)}
        left = [word for at, word in enumerate(olds) if at not in stay]
        come = [word for at, word in enumerate(news) if at not in stay_new]
        along = []
        for index in lone if few else ():
            old, new = parts[index]
            said, other = (old, come) if old else (new, left)
            # A few words stand elsewhere by chance; all of them right behind one another hardly.
            least = max(STAYS_ELSEWHERE * len(said or ()), min(len(said or ()), FEWEST_WORDS), 2)
            if index not in taken and said and len(other) >= least:
                stays = next((each for _p, _q, each in _shared({0: said}, {0: other})), [])
                along += [index] if sum(stays) >= least else []
        taken |= {*along}
        yield tuple(sorted((*own, *along)))


def _shared(
    olds: Mapping[int, list[str]], news: Mapping[int, list[str]]
) -> Iterator[tuple[int, int, list[int]]]:
    """How many words of each stand in each of the others, run by run, all in their order."""
    words, words_new = ([word for said in each.values() for word in said] for each in (olds, news))
    if len(words) + len(words_new) > MOST_WORDS:
        return
    owners, owners_new = ([index for index, said in each.items() for _ in said] for each in (olds, news))
    found: dict[tuple[int, int], list[int]] = defaultdict(list)
    blocks = SequenceMatcher(None, words, words_new, autojunk=False).get_matching_blocks()
    for start, other, size in blocks:
        both = zip(owners[start : start + size], owners_new[other : other + size], strict=True)
        for pair, run in groupby(both):
            found[pair].append(len(list(run)))
    for (p, q), stays in found.items():
        yield p, q, stays
    for p, q in product(olds, news):
        if (p, q) not in found:
            yield p, q, []


def _holds(old: Sequence[str], new: Sequence[str]) -> bool:
    """Whether all letters of the one stand in the other: words run together where two are joined."""
    short, long = sorted((old, new), key=len)
    letters = "".join(short)
    return len(short) < FEWEST_WORDS and len(letters) >= FEWEST_LETTERS and letters in "".join(long)


def _said(part: Json) -> Said:
    """The words of a paragraph or an item; None of anything else, and of an empty one."""
    return (WORD.findall(block_text(part)) or None) if part["type"] in ("paragraph", "item") else None


def merged_parts(old: Sequence[Json], now: Sequence[Json], new: Sequence[Json]) -> list[Json] | None:
    """Paragraphs, or items that hold one paragraph each, that were joined or divided, with the words that they have ``now``; None
    where the same words were changed."""
    lines = [[_paragraph(part) for part in parts] for parts in (old, now, new)]
    plain = [[line for line in found if line is not None] for found in lines]
    if [len(one) for one in plain] != [len(one) for one in lines]:
        return None
    made = merged_paragraphs(*plain)
    if made is None or new[0]["type"] == "paragraph":
        return made
    return [part | {"content": [line]} for part, line in zip(new, made, strict=True)]


def arranged(
    rows: Sequence[Json], made: Sequence[Json], standing: Standing, places: Mapping[int, int]
) -> list[Json]:
    """The blocks or items with those that were made of a suggestion's own: one that stays stands in its place, one that comes
    besides before what stands there now."""
    goes = [
        places[index] if standing.entries[index].old != NONE else standing.gap(index, places, len(rows)).start
        for index in standing.own
        if standing.entries[index].new != NONE
    ]
    own = {places[index] for index in standing.own if standing.entries[index].old != NONE}
    found: list[Json] = []
    for at in range(len(rows) + 1):
        found += [one for one, here in zip(made, goes, strict=True) if here == at]
        found += [rows[at]] if at < len(rows) and at not in own else []
    return found


def _paragraph(part: Json) -> Json | None:
    if part["type"] == "paragraph":
        return part
    content = part["content"]
    return content[0] if len(content) == 1 and content[0]["type"] == "paragraph" else None
