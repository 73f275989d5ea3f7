"""What a comparison of two texts is, as plain values.

A :class:`Comparison` has one :class:`SectionChange` a section. They are in the reading order of the new text,
with removed sections at their old place. A section holds a tree of :class:`NodeChange` (blocks, items, rows,
cells), whose leaves are :class:`WordOp`. Every way to draw a comparison (inline, side by side, strip, Word,
JSON) starts from these alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any, Literal, NamedTuple

from documents.text import Section, block_text, body_text, inline_text
from documents.text.diff import count_words

Json = dict[str, Any]


class Kind(StrEnum):
    """The one word for what happened to a section; a section that was moved and changed is both."""

    NEW = "new"
    REMOVED = "removed"
    CHANGED = "changed"
    MOVED = "moved"
    MOVED_CHANGED = "moved_changed"
    RETITLED = "retitled"
    RENUMBERED = "renumbered"
    FORMAT_ONLY = "format_only"
    SAME = "same"


NodeOp = Literal["same", "changed", "format", "added", "removed", "moved", "moved_away", "parted", "joined"]


class WordOp(NamedTuple):
    """A run of words and what happened to it. ``old`` and ``new`` are inline content in the schema of
    :mod:`documents.text.schema`.

    ``keep`` and ``format`` have both sides (the same words; with ``format`` the marks differ). ``del`` has
    only ``old``, ``ins`` only ``new``. All ``old`` sides in order are the old content, all ``new`` sides the
    new content.
    """

    op: Literal["keep", "format", "del", "ins"]
    old: tuple[Json, ...] = ()
    new: tuple[Json, ...] = ()


@dataclass(frozen=True, slots=True)
class MarkChange:
    """A mark that words had and lost (``was``), or have and had not (``now``); ``mark`` is bold, italic,
    link, …"""

    when: Literal["was", "now"]
    mark: str
    target: str = ""
    """Where a link led, or the uid that a cross-reference named."""


@dataclass(frozen=True, slots=True)
class FieldChange:
    """An attribute of a node that differs. It belongs to a step (title, who, limit), a list (ordered, its
    first changed number), a cell or an image. ``words`` is filled where the attribute is text to be read."""

    name: str
    old: str | int | bool | None
    new: str | int | bool | None
    words: tuple[WordOp, ...] = ()


class NodeChange(NamedTuple):
    """A block, item, row or cell and what happened to it.

    ``same``, ``changed``, ``format`` (only its look) and ``moved`` (perhaps also changed) have both ``old``
    and ``new``. ``added`` has only ``new``, ``removed`` only ``old``. ``moved_away`` marks the old place of a
    ``moved`` one and has both. A ``parted`` paragraph or item has ``old``, several that were ``joined`` have
    ``new``. Their parts are its ``children``, each with both sides; of the single text only the part's words.
    ``words`` is filled for paragraphs, captions and opaque blocks, ``children`` for nodes that contain
    others. Both are empty when nothing within differs. ``other`` is the other section of a moved node, where
    it changed the section.
    """

    op: NodeOp
    type: str
    old: Json | None = None
    new: Json | None = None
    fields: tuple[FieldChange, ...] = ()
    words: tuple[WordOp, ...] = ()
    children: tuple[NodeChange, ...] = ()
    other: Place | None = None

    @property
    def parts(self) -> list[tuple[WordOp, ...]]:
        """Of what was parted or joined the words of each part."""
        return [child.words or child.children[0].words for child in self.children]


@dataclass(frozen=True, slots=True)
class NoteChange:
    """A footnote: its id and its number within the section on either side, and what happened to its text."""

    op: Literal["same", "changed", "format", "added", "removed"]
    old_id: str | None
    new_id: str | None
    old_number: int | None
    new_number: int | None
    blocks: tuple[NodeChange, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """Where a section is or was: one step of its path."""

    uid: str
    label: str
    heading: str

    @classmethod
    def of(cls, section: Section) -> Place:
        return cls(section.uid, section.text.label, section.text.heading)


@dataclass(frozen=True)
class SectionChange:
    """A section and what happened to it.

    ``moved_with`` is the uid (in the new text) of the moved section that contains this one. Only that one
    counts as moved. ``split_from`` names the old section that this new one was a part of. ``joined_into`` is
    the new one that this removed one is now a part of. ``split_into`` and ``joined_from`` name the other
    side. The blocks of such a section are compared with those of the other. There ``moved_away`` is what it
    gave, ``moved`` what it received.
    """

    kind: Kind
    old: Section | None
    new: Section | None
    old_path: tuple[Place, ...] = ()
    new_path: tuple[Place, ...] = ()
    heading: tuple[WordOp, ...] = ()
    blocks: tuple[NodeChange, ...] = ()
    notes: tuple[NoteChange, ...] = ()
    moved_with: str | None = None
    renumbered: bool = False
    retitled: bool = False
    split_from: Place | None = None
    split_into: tuple[Place, ...] = ()
    joined_into: Place | None = None
    joined_from: tuple[Place, ...] = ()

    @property
    def section(self) -> Section:
        """The section as it is now, or as it was where it is gone."""
        found = self.new or self.old
        assert found is not None  # noqa: S101 - a change without either side is never made
        return found

    @cached_property
    def length(self) -> int:
        """The section's length in words, its heading and its notes included."""
        return _length(self.section)

    @cached_property
    def _counts(self) -> tuple[int, int]:
        notes = [block for note in self.notes for block in note.blocks]
        if not self.blocks and not notes and (self.old is None or self.new is None):
            return (self.length, 0) if self.old is None else (0, self.length)
        added, removed = words_in(self.heading)
        more, less = _count_nodes([*self.blocks, *notes])
        return added + more, removed + less

    @property
    def words_added(self) -> int:
        return self._counts[0]

    @property
    def words_removed(self) -> int:
        return self._counts[1]

    @property
    def share(self) -> float:
        """How much of the words of both texts changed, 0 to 1."""
        changed = sum(self._counts)
        total = sum(_length(side) for side in (self.old, self.new) if side is not None) if changed else 0
        return min(1.0, changed / total) if total else float(self.kind in (Kind.CHANGED, Kind.MOVED_CHANGED))

    @property
    def uid(self) -> str:
        return self.section.uid

    @property
    def label(self) -> str:
        return self.section.text.label

    @property
    def title(self) -> str:
        return self.section.text.heading

    @property
    def drawn(self) -> tuple[NodeChange, ...]:
        """The blocks to be drawn: of a section that moved and is the same in all else, its whole text."""
        if self.kind is not Kind.MOVED or self.heading or self.blocks or self.notes:
            return self.blocks
        return tuple(NodeChange("same", b["type"], b, b) for b in self.section.text.body.get("blocks") or [])

    @property
    def moved(self) -> bool:
        return self.kind in (Kind.MOVED, Kind.MOVED_CHANGED)

    @property
    def worth_showing(self) -> bool:
        """Whether a reader should see this section: not what is the same or has only another number."""
        return self.kind not in (Kind.SAME, Kind.RENUMBERED)


@dataclass(frozen=True, slots=True)
class Counts:
    """How many sections of each kind; a section moved and changed counts once, as moved."""

    sections: int
    shown: int
    new: int
    removed: int
    moved: int
    changed: int
    retitled: int
    renumbered: int
    format_only: int
    same: int
    words_added: int
    words_removed: int


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the comparison in reading order: a section, or the mark of a moved one's old place."""

    change: SectionChange
    stub: bool = False


@dataclass(frozen=True)
class Comparison:
    """Two texts compared. ``entries`` is what a reader goes through; ``sections`` the same without the marks
    of moves."""

    language: str
    old_title: str
    new_title: str
    title: tuple[WordOp, ...]
    entries: tuple[Entry, ...]

    @cached_property
    def sections(self) -> tuple[SectionChange, ...]:
        return tuple(entry.change for entry in self.entries if not entry.stub)

    @cached_property
    def shown(self) -> tuple[SectionChange, ...]:
        """The sections that a reader should see."""
        return tuple(change for change in self.sections if change.worth_showing)

    @cached_property
    def by_uid(self) -> dict[str, SectionChange]:
        """By the uid of the section as it is now; removed ones by the uid that they had."""
        return {change.uid: change for change in reversed(self.sections)}

    @cached_property
    def counts(self) -> Counts:
        kinds = [change.kind for change in self.sections]
        return Counts(
            sections=len(kinds),
            shown=len(self.shown),
            new=kinds.count(Kind.NEW),
            removed=kinds.count(Kind.REMOVED),
            moved=kinds.count(Kind.MOVED) + kinds.count(Kind.MOVED_CHANGED),
            changed=kinds.count(Kind.CHANGED),
            retitled=kinds.count(Kind.RETITLED),
            renumbered=kinds.count(Kind.RENUMBERED),
            format_only=kinds.count(Kind.FORMAT_ONLY),
            same=kinds.count(Kind.SAME),
            words_added=sum(change.words_added for change in self.sections),
            words_removed=sum(change.words_removed for change in self.sections),
        )

    @property
    def identical(self) -> bool:
        return all(change.kind is Kind.SAME for change in self.sections) and self.old_title == self.new_title

    def __iter__(self) -> Iterator[SectionChange]:
        return iter(self.sections)


def words_in(ops: Sequence[WordOp]) -> tuple[int, int]:
    """How many words were added and removed."""
    added = sum([count_words(inline_text(op.new)) for op in ops if op.op == "ins"])
    return added, sum([count_words(inline_text(op.old)) for op in ops if op.op == "del"])


def _length(section: Section) -> int:
    return count_words(body_text(section.text.body, heading=True))


def _count_nodes(nodes: Iterable[NodeChange]) -> tuple[int, int]:
    """How many words were added and removed; of a moved block only what changed in it counts."""
    added = removed = 0
    for node in nodes:
        if node.op == "added":
            added += count_words(block_text(node.new or {}))
        elif node.op == "removed":
            removed += count_words(block_text(node.old or {}))
        elif node.op not in ("same", "moved_away"):
            counts = [words_in(node.words), *(words_in(field.words) for field in node.fields)]
            if node.children:
                counts.append(_count_nodes(node.children))
            added += sum([more for more, _ in counts])
            removed += sum([less for _, less in counts])
    return added, removed
