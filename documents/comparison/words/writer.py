"""Operations on words, put together from the places in two texts that are kept and changed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from documents.comparison.context import Side, marks_key
from documents.comparison.model import MarkChange, WordOp
from documents.comparison.words.inline import Flat, join, text_of
from documents.comparison.words.tokens import count_words

Json = dict[str, Any]


class Writer:
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
                self.gone.append((a, a + length))
                self.come.append((c, c + length))
            else:
                same = marks_key(node_old, self.old_side) == marks_key(node_new, self.new_side)
                self._emit("keep" if same else "format", a, a + length, c, c + length)
            a, c = a + length, c + length

    def _emit(self, op: str, a: int, b: int, c: int, d: int) -> None:
        self._flush_change()
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


def words_in(ops: Sequence[WordOp]) -> tuple[int, int]:
    """How many words were added and removed."""
    added = gone = 0
    for op in ops:
        if op.op == "keep":
            continue
        if op.op == "ins":
            added += count_words(text_of(op.new))
        elif op.op == "del":
            gone += count_words(text_of(op.old))
    return added, gone
