"""A stretch in which two texts differ, looked at closely.

Punctuation stands apart, numbers, addresses and hyphenated words are whole. A word or two that are left between two changes
go with them, and so does the unit after a number, so that "24 hours" becoming "2 hours" reads as one change. What was only
added, or only removed, begins where a sentence begins, when it can.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rapidfuzz.distance import Postfix

from documents.comparison.context import Context
from documents.comparison.duration_words import UNIT
from documents.comparison.sequences import Match
from documents.comparison.sequences import matches as sequence_matches
from documents.comparison.words.tokens import Words

Change = tuple[int, int, int, int]
"""From where to where in the old text, from where to where in the new one."""

ENDS_IN_NUMBER = re.compile(r"(?:\A|[^\w.,])\d+(?:[.,]\d+)*\Z")
NEXT_WORD = re.compile(r"\s*(\w+|\S)")
SENTENCE_END = ".!?;:…\n"
AFTER_SENTENCE = re.compile(r"[.!?;:…](?=\s)|\n")
SHORT_WORD = 3
LEAST_AROUND = 4
"""So many words must have changed around a short one for it to be lost among them."""
LARGEST_ISLAND = 6
"""Tokens, punctuation included."""
SLIDE = 300
"""How many characters back the beginning of a sentence is looked for."""
LITTLE_KEPT = 0.2


class Changes:
    """The stretches that differ, gathered in order."""

    __slots__ = ("found", "new", "old")

    def __init__(self, old: str, new: str) -> None:
        self.old, self.new = old, new
        self.found: list[Change] = []

    def add(self, a0: int, a1: int, b0: int, b1: int) -> None:
        """Adds a stretch; a blank that both sides begin with is kept, and what adjoins the last one is put to it."""
        old, new = self.old, self.new
        while a0 < a1 and b0 < b1 and old[a0] == new[b0] and old[a0].isspace():
            a0, b0 = a0 + 1, b0 + 1
        if a0 == a1 and b0 == b1:
            return
        if self.found and self.found[-1][1] == a0 and self.found[-1][3] == b0:
            a0, _, b0, _ = self.found.pop()
        self.found.append((a0, a1, b0, b1))


def look_closely(changes: Changes, a0: int, a1: int, b0: int, b1: int, context: Context) -> None:
    """What differs between two stretches, word by word."""
    old, new = Words(changes.old, a0, a1, context), Words(changes.new, b0, b1, context)
    matches = _without_islands(sequence_matches(old.keys, new.keys), old, new)
    word_old = word_new = 0
    for i, j, n in [*matches, (len(old.texts), len(new.texts), 0)]:
        if i > word_old or j > word_new:
            end_old = old.spans[i - 1][1] if i > word_old else a0
            end_new = new.spans[j - 1][1] if j > word_new else b0
            changes.add(a0, end_old, b0, end_new)
            a0, b0 = end_old, end_new
        for (begin_old, end_old), (begin_new, end_new) in zip(
            old.spans[i : i + n], new.spans[j : j + n], strict=True
        ):
            if changes.old[a0:begin_old] != changes.new[b0:begin_new]:
                changes.add(a0, begin_old, b0, begin_new)
            a0, b0 = end_old, end_new
        word_old, word_new = i + n, j + n
    if changes.old[a0:a1] != changes.new[b0:b1]:
        changes.add(a0, a1, b0, b1)


def _without_islands(matches: list[Match], old: Words, new: Words) -> list[Match]:
    """Leaves out what both have only by chance between two changes: a comma, an "and", all of a text that was rewritten."""
    total = max(len(old.texts), len(new.texts))
    kept = sum([n for _, _, n in matches])
    if total > 4 and kept < LITTLE_KEPT * total and kept * 2 < min(len(old.texts), len(new.texts)):
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
    count = Postfix.similarity(old.keys, new.keys)
    return [(len(old.keys) - count, len(new.keys) - count, count)] if count else []


def _is_island(words: Words, start: int, count: int, left: int, right: int) -> bool:
    weight = words.weight(start, start + count)
    if weight == 0:
        return left > 0 and right > 0
    if weight == 1 and left and right and left + right >= LEAST_AROUND:
        longest = max(words.texts[start : start + count], key=len)
        return len(longest) <= SHORT_WORD and longest[0] < "\U000f0000"
    return weight <= 2 and min(left, right) >= 4


def to_sentences(changes: Sequence[Change], a: str, b: str) -> list[Change]:
    """Moves what was only added, or only removed, back to where a sentence begins, when it can begin there: of "one. Two
    three." with a sentence put between, that is the sentence, not the end of one and the beginning of another."""
    result: list[Change] = []
    done_old = done_new = 0
    for a0, a1, b0, b1 in changes:
        if a0 == a1:
            back = _way_back(b, b0, b1, done_new, a0 - done_old)
        elif b0 == b1:
            back = _way_back(a, a0, a1, done_old, b0 - done_new)
        else:
            back = 0
        if back and a[a0 - back : a0] == b[b0 - back : b0]:
            a0, a1, b0, b1 = a0 - back, a1 - back, b0 - back, b1 - back
        result.append((a0, a1, b0, b1))
        done_old, done_new = a1, b1
    return result


def _way_back(text: str, start: int, end: int, done: int, kept: int) -> int:
    """By how many characters a stretch can begin earlier, so that it begins after the end of a sentence."""
    if not start or text[start - 1] != text[end - 1] or text[start - 1] in SENTENCE_END:
        return 0
    most = min(start - done, kept, SLIDE) - 1
    if most < 1:
        return 0
    same = Postfix.similarity(text[start - most : start], text[end - most : end])
    begin = 0
    for found in AFTER_SENTENCE.finditer(text, start - same - 1, start):
        begin = found.end()
    return start - begin if begin else 0


def with_units(changes: list[Change], a: str, b: str, context: Context) -> list[Change]:
    """Lets the unit go with the number that changed before it."""
    grown = False
    for index, (a0, a1, b0, b1) in enumerate(changes):
        if a1 == a0 or b1 == b0 or not a[a1 - 1].isdigit() or not b[b1 - 1].isdigit():
            continue
        unit, other = NEXT_WORD.match(a, a1), NEXT_WORD.match(b, b1)
        if not unit or not other or not UNIT.match(unit[1]):
            continue
        before_next = changes[index + 1][0] if index + 1 < len(changes) else len(a)
        if unit.end() > before_next or context.folded(unit[0]) != context.folded(other[0]):
            continue
        if ENDS_IN_NUMBER.search(a[a0:a1]) and ENDS_IN_NUMBER.search(b[b0:b1]):
            changes[index] = (a0, unit.end(), b0, other.end())
            grown = True
    return _joined(changes) if grown else changes


def _joined(changes: list[Change]) -> list[Change]:
    """The same with those that adjoin put together."""
    result: list[Change] = []
    for change in changes:
        if result and result[-1][1] == change[0] and result[-1][3] == change[2]:
            result[-1] = (result[-1][0], change[1], result[-1][2], change[3])
        else:
            result.append(change)
    return result
