"""The changes within one block: found, listed, and applied one by one.

Both texts of a block are walked together (:func:`_walk`). Where they differ they do so in a *place*. That is
a line of text, a node's attributes, or a node (item, row, table with another grid). A change is about a
place, and in a line about a span of it. Each can be switched on or off separately (:func:`compose`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from documents.text import block_text
from documents.text.align import Pair
from documents.word.review.align import pair
from documents.word.review.file.tracked import Segment, TrackedChange, TrackedParagraph
from documents.word.review.lines import (
    Atom,
    Span,
    atoms_of,
    content_of,
    differing_spans,
    plain,
    recorded_spans,
)
from documents.word.review.normalise import REWRITTEN, block_hash, words_hash

Json = dict[str, Any]
LINES = frozenset({"paragraph", "figure"})
HOLDERS = frozenset({"list", "item", "table", "row", "cell", "callout", "step"})
SHOWN = 4_000
BETWEEN_NAMES = "; "
"""Stands between the names of several authors."""


@dataclass(frozen=True, slots=True)
class Change:
    """``at``: the number of its place; ``span``: of a line. ``look``: it changes no words. Without an
    ``author`` nobody tracked it."""

    at: int
    span: Span | None
    old: str
    new: str
    look: bool = False
    author: str = ""
    date: str = ""

    def as_json(self) -> Json:
        return {name: getattr(self, name) for name in self.__slots__}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Change:
        span = tuple(data["span"]) if data["span"] is not None else None
        return cls(**{**data, "span": span})


@dataclass(frozen=True, slots=True)
class Tracked:
    """What a file recorded in a section: the paragraphs with tracked changes, and all the changes."""

    paragraphs: Sequence[TrackedParagraph] = ()
    changes: Sequence[TrackedChange] = ()

    def segments(self, old: Sequence[Atom], new: Sequence[Atom]) -> tuple[Segment, ...]:
        """Those of the paragraph that had just these words before its changes and has these behind them;
        else none."""
        if not self.paragraphs:
            return ()
        words = plain(old).strip(), plain(new).strip()
        return next((one.segments for one in self.paragraphs if (one.old, one.new) == words), ())

    def who(self, old: str, new: str) -> tuple[str, str]:
        """The authors of the changes whose words these are, and the latest date."""
        return authors_of(
            change
            for change in self.changes
            if change.kind != "format" and _holds(new if change.inserted else old, change.text)
        )

    def who_moved(self, text: str) -> tuple[str, str]:
        """Who moved words: these, or others, so that these are next to them elsewhere."""
        moves = [change for change in self.changes if change.kind == "moved_here" and change.text.strip()]
        return authors_of([change for change in moves if _holds(text, change.text)] or moves)

    def who_formatted(self, text: str) -> tuple[str, str]:
        """The same of changes of looks alone."""
        return authors_of(one for one in self.changes if one.kind == "format" and _holds(text, one.text))


def authors_of(changes: Iterable[Change | TrackedChange]) -> tuple[str, str]:
    """The authors of some changes, and the latest date."""
    found = list(changes)
    names = dict.fromkeys(change.author for change in found if change.author)
    return BETWEEN_NAMES.join(names)[:240], max((change.date for change in found), default="")


def _holds(words: str, text: str) -> bool:
    words, text = words.strip(), text.strip()
    shorter = min(words, text, key=len)
    return words == text != "" or (len(shorter) > 2 and (text in words or words in text))


@dataclass(frozen=True, slots=True)
class Place:
    """Where two texts of a block differ. ``kind``: line, attrs or node; None on a side where it has
    nothing."""

    kind: str
    before: Json | None
    after: Json | None


def differences(
    before: Json | None, after: Json | None, tracked: Tracked | None = None
) -> tuple[Change, ...]:
    """The changes that make ``after`` of ``before``, both whole (documents/word/review/normalise.py)."""
    tracked, found = tracked or Tracked(), list[Change]()
    for at, place in enumerate(_places(before, after)):
        if place.kind == "line":
            found += _in_line(at, place, tracked)
            continue
        old, new = (block_text(_shown(one)) if one else "" for one in (place.before, place.after))
        look = place.kind == "attrs" or (
            place.before is not None
            and place.after is not None
            and words_hash(place.before) == words_hash(place.after)
        )
        author, date = tracked.who_formatted(new) if look else tracked.who(old, new)
        found.append(Change(at, None, old[:SHOWN], new[:SHOWN], look, author, date))
    return tuple(found)


def compose(
    before: Json | None, after: Json | None, changes: Sequence[Change], on: Collection[int]
) -> Json | None:
    """The block with the changes whose places in ``changes`` are ``on``; None where nothing is left of
    it."""
    wanted = frozenset(on)
    if wanted.issuperset(range(len(changes))):
        return after
    if not wanted:
        return before
    by_place: dict[int, list[Change]] = {}
    for number, change in enumerate(changes):
        by_place.setdefault(change.at, []).extend([change] if number in wanted else [])
    return _walk(before, after, _Composer(by_place))


def _places(before: Json | None, after: Json | None) -> list[Place]:
    finder = _Finder()
    _walk(before, after, finder)
    return finder.found


class _Finder:
    """Lists the places of a walk."""

    def __init__(self) -> None:
        self.found: list[Place] = []

    def choose(self, place: Place) -> Json | None:
        self.found.append(place)
        return place.after if place.after is not None else place.before


class _Composer:
    """Builds what the changes that are on make of each place."""

    def __init__(self, by_place: Mapping[int, Sequence[Change]]) -> None:
        self.by_place, self.at = by_place, -1

    def choose(self, place: Place) -> Json | None:
        self.at += 1
        changes = self.by_place.get(self.at, ())
        if place.kind != "line":
            return place.after if changes else place.before
        was, now = atoms_of(place.before), atoms_of(place.after)
        atoms, start = list[Atom](), 0
        for change in sorted(changes, key=lambda one: one.span or (0, 0, 0, 0)):
            i, end, j, until = change.span or (0, len(was), 0, len(now))
            atoms += was[start:i] + now[j:until]
            start = end
        return {"content": content_of(atoms + was[start:])}


def _walk(before: Json | None, after: Json | None, chooser: _Finder | _Composer) -> Json | None:
    """Both texts of a node from its beginning to its end; what ``chooser`` takes of each place, put
    together."""
    if before is None or after is None:
        return chooser.choose(Place("node", before, after))
    if before["type"] not in LINES and block_hash(before) == block_hash(after):
        return after
    if before["type"] != after["type"] or not _opens(before, after):
        return chooser.choose(Place("node", before, after))
    node = _with_attrs(before, after, chooser)
    if before["type"] in LINES:
        return _walk_line(before, after, node, chooser)
    content = _walk_content(before.get("content") or [], after.get("content") or [], chooser)
    if not content and before["type"] in ("list", "table"):
        return None
    return node | {"content": content}


def _with_attrs(before: Json, after: Json, chooser: _Finder | _Composer) -> Json:
    """The new node with the attributes that ``chooser`` takes."""
    if _attrs(before) == _attrs(after):
        return dict(after)
    chosen = chooser.choose(Place("attrs", before, after)) or {}
    node = {key: part for key, part in after.items() if key != "attrs"}
    return node | ({"attrs": chosen["attrs"]} if chosen.get("attrs") else {})


def _walk_content(old: Sequence[Json], new: Sequence[Json], chooser: _Finder | _Composer) -> list[Json]:
    keys = [block_hash(node) for node in old], [block_hash(node) for node in new]
    found = (
        _walk(None if i is None else old[i], None if j is None else new[j], chooser)
        for i, j in _aligned(old, new, keys)
    )
    return [node for node in found if node is not None]


def _walk_line(before: Json, after: Json, atoms: Json, chooser: _Finder | _Composer) -> Json:
    if before["content"] == after["content"]:
        return atoms
    return atoms | {"content": (chooser.choose(Place("line", before, after)) or atoms)["content"]}


def _aligned(
    old: Sequence[Json], new: Sequence[Json], keys: tuple[Sequence[str], Sequence[str]]
) -> list[Pair]:
    if len(old) == len(new) and old and old[0]["type"] == "cell":
        return [(n, n) for n in range(len(old))]
    texts = [[(node["type"], block_text(_shown(node))) for node in side] for side in (old, new)]
    return pair(*keys, (texts[0], texts[1]))


def _opens(before: Json, after: Json) -> bool:
    """Whether two nodes of one type are looked into; else one stands for the other as a whole."""
    if before["type"] == "table":
        return _same_grid(before, after)
    if before["type"] == "figure":
        return _attrs(before) == _attrs(after)
    return before["type"] in LINES or before["type"] in HOLDERS


def _same_grid(before: Json, after: Json) -> bool:
    """Whether rows of both tables fit into either. They have as many cells in each, which cover as much, or
    no cell covers more than one place."""
    grids = [
        [
            [(_attrs(cell).get("colspan", 1), _attrs(cell).get("rowspan", 1)) for cell in row["content"]]
            for row in one["content"]
        ]
        for one in (before, after)
    ]
    rows = [row for grid in grids for row in grid]
    return grids[0] == grids[1] or (
        len({len(row) for row in rows}) == 1 and all(span == (1, 1) for row in rows for span in row)
    )


def _attrs(node: Json) -> Json:
    return {key: part for key, part in (node.get("attrs") or {}).items() if key not in REWRITTEN}


def _shown(node: Json) -> Json:
    """An item, row or cell as a block of which the words can be asked."""
    return {"type": "callout", "content": [node]} if node["type"] in ("item", "row", "cell") else node


def _in_line(at: int, place: Place, tracked: Tracked) -> Iterator[Change]:
    was, now = atoms_of(place.before), atoms_of(place.after)
    segments = tracked.segments(was, now)
    one_look = len({atom.marks for atom in (*was, *now)}) < 2
    edits = (
        list(recorded_spans(was, now, segments))
        if segments
        else [(span, "", "") for span in differing_spans(was, now)]
    )
    end = len(was), len(was), len(now), len(now)
    start = (0, 0)
    for span, author, date in [*edits, (end, "", "")]:
        if not one_look:
            yield from _looks(at, was, now, start, span[0], tracked)
        if span != end:
            old, new = plain(was[span[0] : span[1]]), plain(now[span[2] : span[3]])
            if not segments:
                author, date = tracked.who(old, new)
            yield Change(at, span, old[:SHOWN], new[:SHOWN], False, author, date)
        start = (span[1], span[3])


def _looks(
    at: int, was: Sequence[Atom], now: Sequence[Atom], start: tuple[int, int], end: int, tracked: Tracked
) -> Iterator[Change]:
    """Where the same words have other marks."""
    shift = start[1] - start[0]
    places = range(start[0], end)
    for other, run in groupby(places, key=lambda n: (was[n].marks, now[n + shift].marks)):
        if other[0] != other[1]:
            numbers = list(run)
            first, last = numbers[0], numbers[-1] + 1
            text = plain(was[first:last])
            yield Change(
                at, (first, last, first + shift, last + shift), text, text, True, *tracked.who_formatted(text)
            )


def is_look(changes: Sequence[Change]) -> bool:
    """Whether the changes of a block change no words."""
    return bool(changes) and all(change.look for change in changes)
