"""Inline content compared word by word: operations on words, with the marks they have."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from documents.comparison.context import Context
from documents.comparison.inlines import NO_SIDE, Inlines, Json, Side, join, marks_key
from documents.comparison.model import MarkChange, WordOp
from documents.text import inline_text
from documents.text.diff import TOKEN, Change, diff_texts

Op = Literal["keep", "format", "del", "ins"]


def diff_content(
    old: Sequence[Json], new: Sequence[Json], old_side: Side, new_side: Side, context: Context
) -> tuple[WordOp, ...]:
    """What happened to the words of ``old`` on their way to ``new``. Empty where both are empty."""
    return diff_inlines(context.inlines_of(list(old), old_side), context.inlines_of(list(new), new_side))


def diff_strings(old: object, new: object, context: Context) -> tuple[WordOp, ...]:
    """The same of two plain texts; what is empty or None has no words."""
    before, after = ([{"type": "text", "text": str(text)}] if text else [] for text in (old, new))
    return diff_content(before, after, NO_SIDE, NO_SIDE, context)


def diff_inlines(old: Inlines, new: Inlines) -> tuple[WordOp, ...]:
    a, b = old.text, new.text
    changes = diff_texts(a, b, old.vocabulary, old.gaps(new))
    if old.plain and new.plain:
        return _plain_ops(a, b, changes)
    writer = _Writer(old, new)
    at_old = at_new = 0
    for a0, a1, b0, b1 in [*changes, _end(a, b)]:
        if a[at_old:a0] == b[at_new:b0]:
            writer.keep(at_old, a0, at_new, b0)
        else:
            writer.keep_by_words(at_old, a0, at_new, b0)
        writer.change(a0, a1, b0, b1)
        at_old, at_new = a1, b1
    return writer.finish()


def _plain_ops(a: str, b: str, changes: Sequence[Change]) -> tuple[WordOp, ...]:
    """The operations on the words of a text without marks, notes and images."""
    ops = []
    at_old = at_new = 0
    for a0, a1, b0, b1 in [*changes, _end(a, b)]:
        if a0 > at_old:
            was, now = a[at_old:a0], b[at_new:b0]
            inlines = ({"type": "text", "text": was},)
            ops.append(WordOp("keep", inlines, inlines if was == now else ({"type": "text", "text": now},)))
        if a1 > a0:
            ops.append(WordOp("del", ({"type": "text", "text": a[a0:a1]},)))
        if b1 > b0:
            ops.append(WordOp("ins", (), ({"type": "text", "text": b[b0:b1]},)))
        at_old, at_new = a1, b1
    return tuple(ops)


def _end(a: str, b: str) -> Change:
    return len(a), len(a), len(b), len(b)


class _Writer:
    """Puts the operations together; neighbouring ones of a kind become one, and what was removed is before
    what was added."""

    def __init__(self, old: Inlines, new: Inlines) -> None:
        self.old, self.new = old, new
        self.ops: list[WordOp] = []
        self.unchanged: list[int] | None = None
        """The open stretch of unchanged text, by its places."""
        self.removed: list[tuple[int, int]] = []
        self.added: list[tuple[int, int]] = []

    def keep(self, a: int, b: int, c: int, d: int) -> None:
        if a == b and c == d:
            return
        if self.unchanged and self.unchanged[1] == a and self.unchanged[3] == c:
            self.unchanged[1], self.unchanged[3] = b, d
        else:
            self._flush_unchanged()
            self.unchanged = [a, b, c, d]

    def keep_by_words(self, a0: int, a1: int, b0: int, b1: int) -> None:
        """Keeps words that are equal in two scripts, each by itself so that its marks can be compared."""
        olds, news = TOKEN.findall(self.old.text[a0:a1]), TOKEN.findall(self.new.text[b0:b1])
        if len(olds) != len(news):
            self.keep(a0, a1, b0, b1)
            return
        for was, now in zip(olds, news, strict=True):
            self.keep(a0, a0 + len(was), b0, b0 + len(now))
            a0, b0 = a0 + len(was), b0 + len(now)

    def change(self, a: int, b: int, c: int, d: int) -> None:
        """The removed and the added text; a common blank at the start stays."""
        while a < b and c < d and self.old.text[a] == self.new.text[c] and self.old.text[a].isspace():
            self.keep(a, a + 1, c, c + 1)
            a, c = a + 1, c + 1
        self._flush_unchanged()
        if a < b:
            self.removed.append((a, b))
        if c < d:
            self.added.append((c, d))

    def finish(self) -> tuple[WordOp, ...]:
        self._flush_unchanged()
        self._flush_change()
        return tuple(self.ops)

    def _flush_change(self) -> None:
        if self.removed:
            self.ops.append(WordOp("del", old=join([n for a, b in self.removed for n in self.old.cut(a, b)])))
        if self.added:
            self.ops.append(WordOp("ins", new=join([n for a, b in self.added for n in self.new.cut(a, b)])))
        self.removed, self.added = [], []

    def _flush_unchanged(self) -> None:
        if not self.unchanged:
            return
        a, b, c, d = self.unchanged
        self.unchanged = None
        if b - a != d - c:
            self._emit("format" if self._other_marks(a, b, c, d) else "keep", a, b, c, d)
            return
        while a < b:
            _, end_old, node_old = self.old.run_at(a)
            _, end_new, node_new = self.new.run_at(c)
            length = min(end_old - a, end_new - c, b - a)
            if node_old["type"] != node_new["type"]:
                # Only where a text holds one of the private characters itself.
                self.removed.append((a, a + length))
                self.added.append((c, c + length))
            else:
                same = marks_key(node_old, self.old.side) == marks_key(node_new, self.new.side)
                self._emit("keep" if same else "format", a, a + length, c, c + length)
            a, c = a + length, c + length

    def _emit(self, op: Op, a: int, b: int, c: int, d: int) -> None:
        self._flush_change()
        old, new = self.old.cut(a, b), self.new.cut(c, d)
        last = self.ops[-1] if self.ops else None
        joins = last is not None and last.op == op
        if joins and op == "format":
            joins = mark_changes(self.ops[-1]) == mark_changes(WordOp("format", old, new))
        if joins:
            before = self.ops.pop()
            old, new = join(before.old + old), join(before.new + new)
        self.ops.append(WordOp(op, old, new))

    def _other_marks(self, a: int, b: int, c: int, d: int) -> bool:
        """Whether the marks differ on words whose letters can't be laid over one another (another script)."""
        sides = ((self.old.cut(a, b), self.old.side), (self.new.cut(c, d), self.new.side))
        old, new = ({marks_key(n, side) for n in nodes if n["type"] == "text"} for nodes, side in sides)
        return old != new


def mark_changes(op: WordOp) -> tuple[MarkChange, ...]:
    """Which marks the words of a ``format`` operation lost and got."""
    old, new = ({key for node in side for key in marks_key(node, NO_SIDE)} for side in (op.old, op.new))
    return tuple(
        [MarkChange("was", mark, target) for mark, target in sorted(old - new)]
        + [MarkChange("now", mark, target) for mark, target in sorted(new - old)]
    )


def says_more(words: Sequence[WordOp]) -> bool:
    """Whether words changed more than in their look: other words, or a link that leads elsewhere."""
    for op in words:
        if op.op in ("ins", "del"):
            nodes = op.new or op.old
            if inline_text(nodes).strip() or any(node["type"] in ("note", "image") for node in nodes):
                return True
        elif op.op == "format" and any(change.target for change in mark_changes(op)):
            return True
    return False


def other_words(words: Sequence[WordOp]) -> bool:
    """Whether the words themselves differ: not where only a link, a note or an image was added, removed or
    changed."""
    if not any(op.op in ("ins", "del") and inline_text(op.new or op.old).strip() for op in words):
        return False
    before = "".join([inline_text(op.old) for op in words])
    after = "".join([inline_text(op.new) for op in words])
    return before.split() != after.split()
