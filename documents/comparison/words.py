"""Two pieces of inline content compared word by word.

Punctuation stands apart, numbers, addresses and hyphenated words are whole. A word or two that are left between two changes
go with them, and so does the unit after a number, so that "24 hours" becoming "2 hours" reads as one change.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import accumulate
from typing import Any

from rapidfuzz.distance import Indel

from documents.comparison.context import Context, Side, marks_key
from documents.comparison.durations import UNIT
from documents.comparison.inline import Flat, join, text_of
from documents.comparison.model import MarkChange, WordOp

Json = dict[str, Any]
Match = tuple[int, int, int]
"""Words that both have: where in the old, where in the new, how many."""

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
NUMBER = re.compile(r"\d+(?:[.,]\d+)*\Z")
SENTENCE_END = frozenset(".!?;:…\n")
LARGEST = 40_000_000
"""The most pairs of words looked at in one go (5 MB of bits); longer stretches are cut at words that occur once."""
SHORT_WORD = 3
LARGEST_ISLAND = 6
"""Tokens, punctuation included."""
LITTLE_KEPT = 0.2


def count_words(text: str) -> int:
    """How many words a text has, as a reader counts them."""
    return len(text.split())


def diff_words(
    old: Sequence[Json], new: Sequence[Json], old_side: Side, new_side: Side, context: Context
) -> tuple[WordOp, ...]:
    """What happened to the words of ``old`` on their way to ``new``. Empty where both are empty."""
    a = Flat(old, context.character_of(old_side))
    b = Flat(new, context.character_of(new_side))
    writer = _Writer(a, b, old_side, new_side)
    if a.text == b.text:
        writer.keep(0, len(a.text), 0, len(b.text))
        return writer.finish()
    head, tail = (0, 0) if context.fold else _common_ends(a.text, b.text)
    old_words = _Words(a.text, head, len(a.text) - tail, context)
    new_words = _Words(b.text, head, len(b.text) - tail, context)
    matches = _matches(old_words.keys, new_words.keys)
    matches = _without_islands(matches, old_words, new_words)
    matches = _slide(matches, old_words, new_words)
    matches = _with_units(matches, old_words, new_words)
    writer.keep(0, head, 0, head)
    _write(writer, matches, old_words, new_words, tail)
    return writer.finish()


class _Words:
    """The words of a stretch of text: ``keys`` one character a word, ``spans`` where each stands in the whole text."""

    __slots__ = ("end", "keys", "spans", "start", "texts")

    def __init__(self, text: str, start: int, end: int, context: Context) -> None:
        tokens = TOKEN.findall(text[start:end])
        ends = list(accumulate(map(len, tokens), initial=start))
        self.texts: list[str] = []
        self.spans: list[tuple[int, int]] = []
        for index, token in enumerate(tokens):
            if not token.isspace():
                self.texts.append(token)
                self.spans.append((ends[index], ends[index + 1]))
        self.keys = context.word_string(self.texts)
        self.start, self.end = start, end

    def weight(self, start: int, end: int) -> int:
        """How many real words stand there; notes and images count as such."""
        return sum(1 for text in self.texts[start:end] if _is_word(text))


def _is_word(text: str) -> bool:
    return text[0].isalnum() or text[0] >= "\U000f0000" or len(text) > 1


def _common_ends(a: str, b: str) -> tuple[int, int]:
    """How many characters both begin and end with, at borders of words on both sides."""
    shorter = min(len(a), len(b))
    head = _longest(shorter, lambda length: a[:length] == b[:length])
    while head and not a[head - 1].isspace():
        head -= 1
    tail = _longest(shorter - head, lambda length: a[len(a) - length :] == b[len(b) - length :])
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


def _matches(a: str, b: str) -> list[Match]:
    if len(a) * len(b) > LARGEST:
        return _matches_by_anchors(a, b)
    return [
        (op.src_start, op.dest_start, op.src_end - op.src_start)
        for op in Indel.opcodes(a, b)
        if op.tag == "equal"
    ]


def _matches_by_anchors(a: str, b: str) -> list[Match]:
    """The same for stretches too long to look at whole: cut in the middle at a word that each has once."""
    once_a = {word: index for index, word in enumerate(a) if a.count(word) == 1} if len(a) < 20_000 else {}
    middle = len(a) // 2
    for index in sorted(once_a.values(), key=lambda place: abs(place - middle)):
        at = b.find(a[index])
        if at >= 0 and b.find(a[index], at + 1) < 0:
            after = _matches(a[index + 1 :], b[at + 1 :])
            return [
                *_matches(a[:index], b[:at]),
                (index, at, 1),
                *((i + index + 1, j + at + 1, n) for i, j, n in after),
            ]
    step = max(1, LARGEST // max(len(b), 1))
    if len(a) <= step:
        return []
    cut = len(b) * step // len(a)
    return _matches(a[:step], b[:cut]) + [(i + step, j + cut, n) for i, j, n in _matches(a[step:], b[cut:])]


def _without_islands(matches: list[Match], old: _Words, new: _Words) -> list[Match]:
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


def _common_tail(old: _Words, new: _Words) -> list[Match]:
    count = 0
    for a, b in zip(reversed(old.keys), reversed(new.keys), strict=False):
        if a != b:
            break
        count += 1
    return [(len(old.keys) - count, len(new.keys) - count, count)] if count else []


def _is_island(words: _Words, start: int, count: int, left: int, right: int) -> bool:
    weight = words.weight(start, start + count)
    if weight == 0:
        return left > 0 and right > 0
    if weight == 1 and left and right:
        longest = max(words.texts[start : start + count], key=len)
        return len(longest) <= SHORT_WORD and longest[0] < "\U000f0000"
    return weight <= 2 and min(left, right) >= 4


def _slide(matches: list[Match], old: _Words, new: _Words) -> list[Match]:
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


def _with_units(matches: list[Match], old: _Words, new: _Words) -> list[Match]:
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


def _write(writer: _Writer, matches: list[Match], old: _Words, new: _Words, tail: int) -> None:
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


class _Writer:
    """Puts the operations together; neighbouring ones of a kind become one, and what was removed stands before what was
    added."""

    def __init__(self, old: Flat, new: Flat, old_side: Side, new_side: Side) -> None:
        self.old, self.new = old, new
        self.old_side, self.new_side = old_side, new_side
        self.simple = old.plain and new.plain
        self.ops: list[WordOp] = []
        # What is open: a stretch that is kept as it is (positions), and what was removed and added (positions).
        self.kept: list[int] | None = None
        self.gone: list[tuple[int, int]] = []
        self.come: list[tuple[int, int]] = []

    def keep(self, a: int, b: int, c: int, d: int) -> None:
        if a == b and c == d:
            return
        self._flush_change()
        if self.kept and self.kept[1] == a and self.kept[3] == c:
            self.kept[1], self.kept[3] = b, d
        else:
            self._flush_kept()
            self.kept = [a, b, c, d]

    def change(self, a: int, b: int, c: int, d: int) -> None:
        """What was removed and added; a blank that both begin with is kept."""
        blank = 0
        while (
            a + blank < b
            and c + blank < d
            and self.old.text[a + blank].isspace()
            and self.old.text[a + blank] == self.new.text[c + blank]
        ):
            blank += 1
        if blank:
            self.keep(a, a + blank, c, c + blank)
        self._flush_kept()
        if a + blank < b:
            self.gone.append((a + blank, b))
        if c + blank < d:
            self.come.append((c + blank, d))

    def blank(self, a: int, b: int, c: int, d: int) -> None:
        if self.old.text[a:b] == self.new.text[c:d]:
            self.keep(a, b, c, d)
        else:
            self.change(a, b, c, d)

    def finish(self) -> tuple[WordOp, ...]:
        self._flush_kept()
        self._flush_change()
        return tuple(self.ops)

    def _flush_change(self) -> None:
        if self.gone:
            self.ops.append(WordOp("del", old=join([n for a, b in self.gone for n in self.old.cut(a, b)])))
        if self.come:
            self.ops.append(WordOp("ins", new=join([n for a, b in self.come for n in self.new.cut(a, b)])))
        self.gone, self.come = [], []

    def _flush_kept(self) -> None:
        if not self.kept:
            return
        a, b, c, d = self.kept
        self.kept = None
        if self.simple or b - a != d - c:
            self._emit("keep" if self.simple or not self._marked(a, b, c, d) else "format", a, b, c, d)
            return
        while a < b:
            _, end_old, node_old = self.old.run_at(a)
            _, end_new, node_new = self.new.run_at(c)
            length = min(end_old - a, end_new - c, b - a)
            if node_old["type"] != node_new["type"]:
                # Only where a text holds one of the private characters itself.
                self.ops.append(WordOp("del", old=self.old.cut(a, a + length)))
                self.ops.append(WordOp("ins", new=self.new.cut(c, c + length)))
            else:
                same = marks_key(node_old, self.old_side) == marks_key(node_new, self.new_side)
                self._emit("keep" if same else "format", a, a + length, c, c + length)
            a, c = a + length, c + length

    def _emit(self, op: str, a: int, b: int, c: int, d: int) -> None:
        old, new = self.old.cut(a, b), self.new.cut(c, d)
        last = self.ops[-1] if self.ops else None
        if op == "keep":
            if last and last.op == "keep":
                self.ops[-1] = WordOp("keep", join(last.old + old), join(last.new + new))
            else:
                self.ops.append(WordOp("keep", old, new))
        elif last and last.op == "format" and mark_changes(last) == mark_changes(WordOp("format", old, new)):
            self.ops[-1] = WordOp("format", join(last.old + old), join(last.new + new))
        else:
            self.ops.append(WordOp("format", old, new))

    def _marked(self, a: int, b: int, c: int, d: int) -> bool:
        """Whether the marks differ on words whose letters can't be laid over one another (another script)."""
        old = {marks_key(node, self.old_side) for node in self.old.cut(a, b) if node["type"] == "text"}
        new = {marks_key(node, self.new_side) for node in self.new.cut(c, d) if node["type"] == "text"}
        return old != new


def mark_changes(op: WordOp) -> tuple[MarkChange, ...]:
    """Which marks the words of a ``format`` operation lost and got."""
    side = Side({}, {})
    old = {key for node in op.old for key in marks_key(node, side)}
    new = {key for node in op.new for key in marks_key(node, side)}
    return tuple(
        [MarkChange("was", mark, target) for mark, target in sorted(old - new)]
        + [MarkChange("now", mark, target) for mark, target in sorted(new - old)]
    )


def words_in(ops: Sequence[WordOp], op: str) -> int:
    """How many words were added (``ins``) or removed (``del``)."""
    return sum(count_words(text_of(each.new or each.old)) for each in ops if each.op == op)
