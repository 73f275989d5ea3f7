"""The words of two texts compared: which stretches differ.

Texts are cut at their blanks and compared in C. Only where they differ a text is cut finer. Then punctuation
is separate, and numbers, addresses and hyphenated words are one token. Short equal runs between two long
changes become part of them. An addition or removal begins where a sentence begins, when it can.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import accumulate

from rapidfuzz.distance import Postfix, Prefix

from documents.text.align import Interner, Match, matches

Change = tuple[int, int, int, int]
"""From where to where in the old text, from where to where in the new one."""

TOKEN = re.compile(
    r"\s+"
    r"|(?:https?://|www\.)[^\s<>\"«»“”]*[^\s<>\"«»“”.,;:!?)\]]"
    r"|[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
    r"|\d+(?:[.,:/–-]\d+)*(?:[^\W\d_]+)?"
    r"|[\w\u0300-\u036f\u200c\u200d]+(?:['’\u2011-][\w\u0300-\u036f]+)*"
    r"|."
    r"|\n",
    re.DOTALL,
)
WORD = re.compile(r"[\w\u0300-\u036f\u200c\u200d'’\u2011-]+")

PRIVATE = "\U000f0000"
"""From here on characters stand for notes and images."""
SHORT_WORD = 3
LEAST_AROUND = 4
"""So many words must have changed around a short one for it to be lost among them."""
LARGEST_ISLAND = 6
"""Tokens, punctuation included."""
LEAST_MATCHED = 0.2
"""A stretch with a smaller matched part counts as rewritten."""
MOSTLY_OTHER = 0.35
"""A text with a smaller matched part, by words, is cut finer as a whole."""
SENTENCE_END = ".!?;:…\n"
AFTER_SENTENCE = re.compile(r"[.!?;:…](?=\s)|\n")
SLIDE = 300
"""How many characters back the beginning of a sentence is looked for."""
GOES_ON, REACH = 24, 4
"""Two texts with so many equal characters within so many words after a change are the same from there."""
NEAREST = sorted(
    ((i, j) for i in range(REACH + 1) for j in range(REACH + 1) if i or j),
    key=lambda pair: (sum(pair), abs(pair[0] - pair[1])),
)


def count_words(text: str) -> int:
    """How many words a text has, as a reader counts them."""
    return len(text.split())


def diff_texts(
    old: str, new: str, vocabulary: Interner, gaps: Sequence[Change] | None = None
) -> list[Change]:
    """The stretches in which two texts differ, in order. ``gaps`` are those of :func:`rough_gaps`, where
    known."""
    changes = _Changes(old, new)
    for a0, a1, b0, b1 in rough_gaps(old, new) if gaps is None else gaps:
        if a0 == a1 or b0 == b1:
            changes.add(a0, a1, b0, b1)
            continue
        if old[a0] == new[b0] == " ":
            a0, b0 = a0 + 1, b0 + 1
        olds, news = old[a0:a1].split(" "), new[b0:b1].split(" ")
        if len(olds) == len(news) == 1 and olds[0].isalpha() and news[0].isalpha():
            if vocabulary[olds[0]] != vocabulary[news[0]]:
                changes.found.append((a0, a1, b0, b1))
            continue
        matched = matches(vocabulary.string(olds), vocabulary.string(news))
        if sum([n for _, _, n in matched]) < MOSTLY_OTHER * max(len(olds), len(news)):
            _cut_finer(changes, a0, a1, b0, b1, vocabulary)
        else:
            _between_matches(changes, (a0, b0), olds, news, matched, vocabulary)
    if any(a0 == a1 or b0 == b1 for a0, a1, b0, b1 in changes.found):
        return _to_sentences(changes.found, old, new)
    return changes.found


def rough_gaps(old: str, new: str) -> list[Change]:
    """The stretches between plainly equal parts of two texts. These are the common beginning and end, and
    what is the same for a while soon after a change. Each begins at a blank, or at the beginning."""
    gaps: list[Change] = []
    a = b = 0
    while True:
        same = Prefix.similarity(old[a:], new[b:]) if a else Prefix.similarity(old, new)
        if a + same == len(old) and b + same == len(new):
            return gaps
        blank = max(old.rfind(" ", a, a + same), a)
        a, b = blank, b + blank - a
        behind = _same_again(old, a, new, b)
        if behind is None:
            tail = _common_end(old, a, new, b)
            gaps.append((a, len(old) - tail, b, len(new) - tail))
            return gaps
        gaps.append((a, behind[0], b, behind[1]))
        a, b = behind


def _same_again(old: str, a: int, new: str, b: int) -> tuple[int, int] | None:
    """The nearest blanks behind two places (or these) from which both texts go on the same."""
    olds, news = _blanks(old, a), _blanks(new, b)
    for i, j in NEAREST:
        at, there = olds[i], news[j]
        if at + GOES_ON <= len(old) and new.startswith(old[at : at + GOES_ON], there):
            return at, there
    return None


def _blanks(text: str, start: int) -> list[int]:
    """The place itself, where it is a blank, and the next blanks after it. The end where there are no
    more."""
    find, end = text.find, len(text)
    found = [start if text[start : start + 1] == " " else end]
    for _ in range(REACH):
        start = find(" ", start + 1)
        if start < 0:
            start = end
        found.append(start)
    return found


def _common_end(old: str, a: int, new: str, b: int) -> int:
    """How many characters behind two places both end with, as far as a blank."""
    same = min(Postfix.similarity(old[a:], new[b:]), len(old) - a, len(new) - b)
    blank = old.find(" ", len(old) - same)
    return len(old) - blank if blank >= 0 else 0


class _Changes:
    """Gathers the stretches that differ, in order."""

    __slots__ = ("found", "new", "old")

    def __init__(self, old: str, new: str) -> None:
        self.old, self.new = old, new
        self.found: list[Change] = []

    def add(self, a0: int, a1: int, b0: int, b1: int) -> None:
        """A common blank at the start stays, and what adjoins the last stretch is added to it."""
        old, new = self.old, self.new
        while a0 < a1 and b0 < b1 and old[a0] == new[b0] and old[a0].isspace():
            a0, b0 = a0 + 1, b0 + 1
        if a0 == a1 and b0 == b1:
            return
        if self.found and self.found[-1][1] == a0 and self.found[-1][3] == b0:
            a0, _, b0, _ = self.found.pop()
        self.found.append((a0, a1, b0, b1))


def _between_matches(
    changes: _Changes,
    start: tuple[int, int],
    olds: Sequence[str],
    news: Sequence[str],
    matched: Sequence[Match],
    vocabulary: Interner,
) -> None:
    """Add the changes between matched words. ``start`` is the place of the first words in the old and the new
    text."""
    # Where the words before each end, but for the blanks between them: their number is that of the words.
    ends_old = [*accumulate(map(len, olds), initial=start[0] - 1)]
    ends_new = [*accumulate(map(len, news), initial=start[1] - 1)]
    for i, i_end, j, j_end in _gaps(matched, len(olds), len(news)):
        a0 = ends_old[i] + i if i else start[0]
        b0 = ends_new[j] + j if j else start[1]
        a1 = ends_old[i_end] + i_end if i_end > i else a0
        b1 = ends_new[j_end] + j_end if j_end > j else b0
        if i_end == i or j_end == j:
            # At the beginning what was added or removed takes the blank that follows it.
            first = i == 0 and j == 0
            changes.add(a0, a1 + (first and i_end > i), b0, b1 + (first and j_end > j))
        elif i and j and i_end - i == j_end - j == 1 and olds[i].isalpha() and news[j].isalpha():
            changes.found.append((a0 + 1, a1, b0 + 1, b1))
        else:
            _cut_finer(changes, a0, a1, b0, b1, vocabulary)


def _gaps(matched: Sequence[Match], rows: int, columns: int) -> list[tuple[int, int, int, int]]:
    """The stretches of words between the matched ones. A word or two between longer stretches go with them,
    to be cut finer."""
    gaps: list[tuple[int, int, int, int]] = []
    i = j = 0
    for a, b, n in [*matched, (rows, columns, 0)]:
        if a > i or b > j:
            if gaps:
                last = gaps[-1]
                between = i - last[1]
                left = max(last[1] - last[0], last[3] - last[2])
                if between == 1 or (between == 2 and left >= LEAST_AROUND <= max(a - i, b - j)):
                    gaps.pop()
                    i, j = last[0], last[2]
            gaps.append((i, a, j, b))
        i, j = a + n, b + n
    return gaps


class _Tokens:
    """A stretch of text cut into words and signs: ``spans`` is where each is in the full text."""

    __slots__ = ("ids", "spans", "texts")

    def __init__(self, text: str, start: int, end: int, vocabulary: Interner) -> None:
        found = [token for token in TOKEN.finditer(text, start, end) if not token[0].isspace()]
        self.texts = [token[0] for token in found]
        self.spans = [token.span() for token in found]
        self.ids = vocabulary.string(self.texts)

    def weight(self, start: int, end: int) -> int:
        """How many real words are there; notes and images count as such."""
        return sum(
            [text[0].isalnum() or text[0] >= PRIVATE or len(text) > 1 for text in self.texts[start:end]]
        )


def _cut_finer(changes: _Changes, a0: int, a1: int, b0: int, b1: int, vocabulary: Interner) -> None:
    """Adds what differs between two stretches, word by word."""
    old = _Tokens(changes.old, a0, a1, vocabulary)
    new = _Tokens(changes.new, b0, b1, vocabulary)
    matched = _without_islands(matches(old.ids, new.ids), old, new)
    word_old = word_new = 0
    for i, j, n in [*matched, (len(old.texts), len(new.texts), 0)]:
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


def _without_islands(matched: list[Match], old: _Tokens, new: _Tokens) -> list[Match]:
    """Leave out what both texts share only by chance. That is a comma or an "and" between two changes, or
    single words of a rewritten text."""
    total = max(len(old.texts), len(new.texts))
    count = sum([n for _, _, n in matched])
    if (
        total > LARGEST_ISLAND
        and count < LEAST_MATCHED * total
        and count * 2 < min(len(old.texts), len(new.texts))
    ):
        tail = Postfix.similarity(old.ids, new.ids)
        return [(len(old.ids) - tail, len(new.ids) - tail, tail)] if tail else []
    result: list[Match] = []
    done_old = done_new = 0
    for index, (i, j, n) in enumerate(matched):
        next_old, next_new, _ = (
            matched[index + 1] if index + 1 < len(matched) else (len(old.ids), len(new.ids), 0)
        )
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


def _is_island(tokens: _Tokens, start: int, count: int, left: int, right: int) -> bool:
    weight = tokens.weight(start, start + count)
    if weight == 0:
        return left > 0 and right > 0
    if weight == 1 and left and right and left + right >= LEAST_AROUND:
        longest = max(tokens.texts[start : start + count], key=len)
        return len(longest) <= SHORT_WORD and longest[0] < PRIVATE
    return weight <= 2 and min(left, right) >= LEAST_AROUND


def _to_sentences(changes: Sequence[Change], a: str, b: str) -> list[Change]:
    """Moves a pure addition or removal back to where a sentence begins, when it can begin there. An example
    is "One. Two three." with a sentence added between. That sentence is marked, not the end of one and the
    beginning of another."""
    result: list[Change] = []
    done_old = done_new = 0
    for a0, a1, b0, b1 in changes:
        back = 0
        if a0 == a1:
            back = _way_back(b, b0, b1, done_new, a0 - done_old)
        elif b0 == b1:
            back = _way_back(a, a0, a1, done_old, b0 - done_new)
        if back and a[a0 - back : a0] == b[b0 - back : b0]:
            a0, a1, b0, b1 = a0 - back, a1 - back, b0 - back, b1 - back
        result.append((a0, a1, b0, b1))
        done_old, done_new = a1, b1
    return result


def _way_back(text: str, start: int, end: int, done: int, room: int) -> int:
    """The number of characters by which a stretch begins earlier, so that it begins with a sentence."""
    if not start or text[start - 1] != text[end - 1] or text[start - 1] in SENTENCE_END:
        return 0
    most = min(start - done, room, SLIDE) - 1
    if most < 1:
        return 0
    same = Postfix.similarity(text[start - most : start], text[end - most : end])
    begin = 0
    for found in AFTER_SENTENCE.finditer(text, start - same - 1, start):
        begin = found.end()
    return start - begin if begin else 0
