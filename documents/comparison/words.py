"""Two pieces of inline content compared word by word.

Punctuation stands apart, numbers, addresses and hyphenated words are whole. A word or two that are left between two changes
go with them, and so does the unit after a number, so that "24 hours" becoming "2 hours" reads as one change.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from documents.comparison.context import Context, Side
from documents.comparison.durations import UNIT
from documents.comparison.inline import Flat
from documents.comparison.model import WordOp
from documents.comparison.sequences import Match
from documents.comparison.sequences import matches as sequence_matches
from documents.comparison.tokens import Words
from documents.comparison.writer import Writer

Json = dict[str, Any]

NUMBER = re.compile(r"\d+(?:[.,]\d+)*\Z")
SENTENCE_END = frozenset(".!?;:…\n")
SHORT_WORD = 3
LEAST_AROUND = 4
"""So many words must have changed around a short one for it to be lost among them."""
LARGEST_ISLAND = 6
"""Tokens, punctuation included."""
SLIDE = 300
"""How many characters back a whole sentence is looked for."""
LITTLE_KEPT = 0.2


def diff_words(
    old: Sequence[Json], new: Sequence[Json], old_side: Side, new_side: Side, context: Context
) -> tuple[WordOp, ...]:
    """What happened to the words of ``old`` on their way to ``new``. Empty where both are empty."""
    a = Flat(old, context.character_of(old_side))
    b = Flat(new, context.character_of(new_side))
    writer = Writer(a, b, old_side, new_side)
    if a.text == b.text:
        writer.keep(0, len(a.text), 0, len(b.text))
        return writer.finish()
    head, tail = (0, 0) if context.fold else _common_ends(a.text, b.text)
    old_words = Words(a.text, head, len(a.text) - tail, context)
    new_words = Words(b.text, head, len(b.text) - tail, context)
    matches = sequence_matches(old_words.keys, new_words.keys)
    matches = _without_islands(matches, old_words, new_words)
    matches = _slide(matches, old_words, new_words)
    matches = _with_units(matches, old_words, new_words)
    writer.keep(0, head, 0, head)
    _write(writer, matches, old_words, new_words, tail)
    return writer.finish()


def _common_ends(a: str, b: str) -> tuple[int, int]:
    """How many characters both begin and end with, at borders of words on both sides."""
    shorter = min(len(a), len(b))
    head = _longest(shorter, lambda length: a[:length] == b[:length])
    while head and not a[head - 1].isspace():
        head -= 1
    tail = _longest(shorter - head, lambda length: a[len(a) - length :] == b[len(b) - length :])
    if head + tail >= shorter - 1:
        # Something was only added or only removed: it may slide back to where its sentence begins.
        head = max((a.rfind(mark, max(0, head - SLIDE), head) for mark in ".!?;:\n"), default=0)
        head = max(head, 0)
    # The blank at either border is left to the words, which decide on which side of a change it goes; and the first word
    # of the tail too, which may be the unit of a number that changed.
    for blank in (False, True, False, True):
        while tail and a[len(a) - tail].isspace() is blank:
            tail -= 1
    while head and a[head - 1].isspace():
        head -= 1
    return head, tail


def _longest(most: int, holds: Callable[[int], bool]) -> int:
    """The greatest length up to ``most`` for which ``holds`` is true, where it is true for all shorter ones too."""
    low = 0
    while low < most:
        middle = (low + most + 1) // 2
        if holds(middle):
            low = middle
        else:
            most = middle - 1
    return low


def _without_islands(matches: list[Match], old: Words, new: Words) -> list[Match]:
    """Leaves out what both have only by chance between two changes: a comma, an "and", all of a text that was rewritten."""
    total = max(len(old.texts), len(new.texts))
    kept = sum(n for _, _, n in matches)
    if total > 4 and kept < LITTLE_KEPT * total:
        return _common_tail(old, new)
    result: list[Match] = []
    done_old = done_new = 0
    for index, (i, j, n) in enumerate(matches):
        if index + 1 < len(matches):
            next_old, next_new = matches[index + 1][:2]
        else:
            next_old, next_new = len(old.texts), len(new.texts)
        changed_left = i > done_old or j > done_new
        changed_right = next_old > i + n or next_new > j + n
        if n <= LARGEST_ISLAND and changed_left and changed_right:
            left = max(old.weight(done_old, i), new.weight(done_new, j))
            right = max(old.weight(i + n, next_old), new.weight(j + n, next_new))
            if _is_island(old, i, n, left, right):
                continue
        result.append((i, j, n))
        done_old, done_new = i + n, j + n
    return result


def _common_tail(old: Words, new: Words) -> list[Match]:
    count = 0
    for a, b in zip(reversed(old.keys), reversed(new.keys), strict=False):
        if a != b:
            break
        count += 1
    return [(len(old.keys) - count, len(new.keys) - count, count)] if count else []


def _is_island(words: Words, start: int, count: int, left: int, right: int) -> bool:
    weight = words.weight(start, start + count)
    if weight == 0:
        return left > 0 and right > 0
    if weight == 1 and left and right and left + right >= LEAST_AROUND:
        longest = max(words.texts[start : start + count], key=len)
        return len(longest) <= SHORT_WORD and longest[0] < "\U000f0000"
    return weight <= 2 and min(left, right) >= 4


def _slide(matches: list[Match], old: Words, new: Words) -> list[Match]:
    """Moves what was only added, or only removed, so that it begins where a sentence does, when it can begin there."""
    result = list(matches)
    for index in range(len(result) - 1):
        i, j, n = result[index]
        i2, j2, n2 = result[index + 1]
        if i + n == i2:
            keys, texts, begin, end = new.keys, new.texts, j + n, j2
        elif j + n == j2:
            keys, texts, begin, end = old.keys, old.texts, i + n, i2
        else:
            continue
        if begin and texts[begin - 1] in SENTENCE_END:
            continue
        for step in range(1, min(n, 40)):
            if keys[begin - step] != keys[end - step]:
                break
            if texts[begin - step - 1] in SENTENCE_END:
                result[index] = (i, j, n - step)
                result[index + 1] = (i2 - step, j2 - step, n2 + step)
                break
    return result


def _with_units(matches: list[Match], old: Words, new: Words) -> list[Match]:
    """Lets the unit go with the number that changed before it."""
    result: list[Match] = []
    done_old = done_new = 0
    for i, j, n in matches:
        changed = i > done_old and j > done_new
        if (
            changed
            and NUMBER.match(old.texts[i - 1])
            and NUMBER.match(new.texts[j - 1])
            and UNIT.match(old.texts[i])
        ):
            i, j, n = i + 1, j + 1, n - 1
        if n:
            result.append((i, j, n))
        done_old, done_new = i + n, j + n
    return result


def _write(writer: Writer, matches: list[Match], old: Words, new: Words, tail: int) -> None:
    at_old, at_new = old.start, new.start
    word_old = word_new = 0
    for i, j, n in [*matches, (len(old.texts), len(new.texts), 0)]:
        if i > word_old or j > word_new:
            end_old = old.spans[i - 1][1] if i > word_old else at_old
            end_new = new.spans[j - 1][1] if j > word_new else at_new
            writer.change(at_old, end_old, at_new, end_new)
            at_old, at_new = end_old, end_new
        if n > 1:
            # Mostly the blanks within are equal too, and the whole stretch is kept at once.
            start_old, end_old = old.spans[i][0], old.spans[i + n - 1][1]
            start_new, end_new = new.spans[j][0], new.spans[j + n - 1][1]
            if writer.old.text[start_old:end_old] == writer.new.text[start_new:end_new]:
                writer.blank(at_old, start_old, at_new, start_new)
                writer.keep(start_old, end_old, start_new, end_new)
                at_old, at_new = end_old, end_new
                word_old, word_new = i + n, j + n
                continue
        for step in range(n):
            start_old, end_old = old.spans[i + step]
            start_new, end_new = new.spans[j + step]
            writer.blank(at_old, start_old, at_new, start_new)
            writer.keep(start_old, end_old, start_new, end_new)
            at_old, at_new = end_old, end_new
        word_old, word_new = i + n, j + n
    writer.blank(at_old, old.end, at_new, new.end)
    writer.keep(old.end, old.end + tail, new.end, new.end + tail)
