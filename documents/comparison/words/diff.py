"""Two pieces of inline content compared word by word.

What stands between blanks is compared first, in C. Only where that differs is a text looked at closely
(:mod:`documents.comparison.words.closely`): there punctuation stands apart, and numbers, addresses and hyphenated words are whole.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from typing import Any

from rapidfuzz.distance import Postfix, Prefix

from documents.comparison.context import Context, Side
from documents.comparison.model import WordOp
from documents.comparison.sequences import Match, matches
from documents.comparison.words.closely import Change, Changes, look_closely, to_sentences, with_units
from documents.comparison.words.inline import Flat, text_of
from documents.comparison.words.tokens import TOKEN
from documents.comparison.words.writer import Writer

Json = dict[str, Any]

MOST_IN_PLACE = 50
"""Of a text with more changed words the blanks are looked at all at once."""
LEAST_KEPT = 4
"""Where fewer words than this are kept between two changes, both are looked at as one."""
MOSTLY_OTHER = 0.35
"""A text of which less than this is kept is looked at closely as a whole."""


def diff_words(
    old: Sequence[Json], new: Sequence[Json], old_side: Side, new_side: Side, context: Context
) -> tuple[WordOp, ...]:
    """What happened to the words of ``old`` on their way to ``new``. Empty where both are empty."""
    return measured(old, new, old_side, new_side, context)[0]


def measured(
    old: Sequence[Json], new: Sequence[Json], old_side: Side, new_side: Side, context: Context
) -> tuple[tuple[WordOp, ...], int]:
    """The same, and how many characters went or came."""
    if len(old) == len(new) == 1:
        before, after = old[0], new[0]
        if before["type"] == after["type"] == "text" and "marks" not in before and "marks" not in after:
            changes = _changes(before["text"], after["text"], context)
            return (
                _plain(before["text"], after["text"], changes),
                sum([a1 - a0 + b1 - b0 for a0, a1, b0, b1 in changes]),
            )
    a = Flat(old, context.character_of(old_side))
    b = Flat(new, context.character_of(new_side))
    writer = Writer(a, b, old_side, new_side)
    at_old = at_new = 0
    for a0, a1, b0, b1 in [*_changes(a.text, b.text, context), _end(a.text, b.text)]:
        if a.text[at_old:a0] == b.text[at_new:b0]:
            writer.keep(at_old, a0, at_new, b0)
        else:
            _keep_by_words(writer, at_old, a0, at_new, b0)
        writer.change(a0, a1, b0, b1)
        at_old, at_new = a1, b1
    ops = writer.finish()
    return ops, sum([len(text_of(op.new or op.old)) for op in ops if op.op in ("ins", "del")])


def _plain(a: str, b: str, changes: list[Change]) -> tuple[WordOp, ...]:
    """What happened to the words of a text without marks, notes and images."""
    ops = []
    at_old = at_new = 0
    for a0, a1, b0, b1 in [*changes, _end(a, b)]:
        if a0 > at_old:
            was, now = a[at_old:a0], b[at_new:b0]
            kept = ({"type": "text", "text": was},)
            ops.append(WordOp("keep", kept, kept if was == now else ({"type": "text", "text": now},)))
        if a1 > a0:
            ops.append(WordOp("del", ({"type": "text", "text": a[a0:a1]},)))
        if b1 > b0:
            ops.append(WordOp("ins", (), ({"type": "text", "text": b[b0:b1]},)))
        at_old, at_new = a1, b1
    return tuple(ops)


def _end(a: str, b: str) -> Change:
    return len(a), len(a), len(b), len(b)


def _keep_by_words(writer: Writer, a0: int, a1: int, b0: int, b1: int) -> None:
    """Keeps words that are equal in two scripts, each by itself so that its marks can be compared."""
    olds, news = TOKEN.findall(writer.old.text[a0:a1]), TOKEN.findall(writer.new.text[b0:b1])
    if len(olds) != len(news):
        writer.keep(a0, a1, b0, b1)
        return
    for was, now in zip(olds, news, strict=True):
        writer.keep(a0, a0 + len(was), b0, b0 + len(now))
        a0, b0 = a0 + len(was), b0 + len(now)


def _changes(a: str, b: str, context: Context) -> list[Change]:
    """The stretches of two texts that differ, in order; all between them is kept."""
    if a == b:
        return []
    found = _word_for_word(a, b, context)
    if found is not None:
        return found
    changes = Changes(a, b)
    # Both ends as far as they are equal, back to a blank.
    head = max(a.rfind(" ", 0, Prefix.similarity(a, b)), 0)
    blank = a.find(" ", len(a) - min(Postfix.similarity(a, b), len(a) - head, len(b) - head))
    tail = len(a) - blank if blank >= 0 else 0
    _coarsely(changes, head, len(a) - tail, len(b) - tail, context)
    return with_units(to_sentences(changes.found, a, b), a, b, context)


def _word_for_word(a: str, b: str, context: Context) -> list[Change] | None:
    """The same where words stand in other words' places and nothing else differs: most texts that were corrected. None where
    that is not so. Nothing longer in common could be found, for no word that went stands among those that came."""
    key = context.words.__getitem__ if context.fold else str
    gone: list[str] = []
    come: list[str] = []
    gaps: list[list[int]] = []
    at_old = at_new = 0
    while len(gone) < MOST_IN_PLACE:
        same = Prefix.similarity(a[at_old:], b[at_new:])
        end = at_old + same
        if end == len(a) and at_new + same == len(b):
            break
        a0 = a.rfind(" ", at_old, end + 1)
        b0 = a0 - at_old + at_new
        if a0 < 0 or not b.startswith(" ", b0):
            return None
        kept = a.count(" ", at_old, a0)
        a1, b1 = a.find(" ", a0 + 1), b.find(" ", b0 + 1)
        a1, b1 = a1 if a1 >= 0 else len(a), b1 if b1 >= 0 else len(b)
        was, now = key(a[a0 + 1 : a1]), key(b[b0 + 1 : b1])
        if not was or not now or was == now:
            return None
        gone.append(was)
        come.append(now)
        if gaps and kept < LEAST_KEPT:
            gaps[-1][1], gaps[-1][3] = a1, b1
            if len(gone) - 2 * len(gaps) > LEAST_KEPT:
                return None
        else:
            gaps.append([a0, a1, b0, b1])
        at_old, at_new = a1, b1
    if len(gone) == MOST_IN_PLACE or not {*gone}.isdisjoint(come):
        return None
    changes = Changes(a, b)
    letters_alone = True
    for a0, a1, b0, b1 in gaps:
        if a[a0 + 1 : a1].isalpha() and b[b0 + 1 : b1].isalpha():
            changes.found.append((a0 + 1, a1, b0 + 1, b1))
        else:
            letters_alone = False
            look_closely(changes, a0, a1, b0, b1, context)
    found = changes.found
    return found if letters_alone else with_units(to_sentences(found, a, b), a, b, context)


def _coarsely(changes: Changes, start: int, end_old: int, end_new: int, context: Context) -> None:
    """What differs from ``start`` to the ends, by what stands between blanks."""
    olds, news = changes.old[start:end_old].split(" "), changes.new[start:end_new].split(" ")
    kept = matches(context.comparable(olds), context.comparable(news))
    if sum([n for _, _, n in kept]) < MOSTLY_OTHER * max(len(olds), len(news)):
        look_closely(changes, start, end_old, start, end_new, context)
        return
    # Where the words before each end, but for the blanks between them: their number is that of the words.
    ends_old = list(accumulate(map(len, olds), initial=start - 1))
    ends_new = list(accumulate(map(len, news), initial=start - 1))
    for i, i_end, j, j_end in _gaps(kept, len(olds), len(news)):
        a0 = a1 = ends_old[i] + i if i else start
        b0 = b1 = ends_new[j] + j if j else start
        if i_end > i:
            a1 = ends_old[i_end] + i_end
        if j_end > j:
            b1 = ends_new[j_end] + j_end
        if i_end == i or j_end == j:
            # Before all else what was added or removed takes the blank that follows it.
            first = i == 0 and j == 0
            changes.add(a0, a1 + (first and i_end > i), b0, b1 + (first and j_end > j))
        elif i and j and i_end - i == j_end - j == 1 and olds[i].isalpha() and news[j].isalpha():
            changes.add(a0 + 1, a1, b0 + 1, b1)
        else:
            look_closely(changes, a0, a1, b0, b1, context)


def _gaps(kept: Sequence[Match], rows: int, columns: int) -> list[tuple[int, int, int, int]]:
    """The stretches of words between those that are kept; what is kept between two of them and short belongs to them."""
    gaps: list[tuple[int, int, int, int]] = []
    i = j = 0
    for a, b, n in [*kept, (rows, columns, 0)]:
        if a > i or b > j:
            if gaps and i - gaps[-1][1] < LEAST_KEPT:
                gaps[-1] = (gaps[-1][0], a, gaps[-1][2], b)
            else:
                gaps.append((i, a, j, b))
        i, j = a + n, b + n
    return gaps
