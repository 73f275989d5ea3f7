"""Which list of a text each list of the edited text was, by its items, and by the labels that were left. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from documents.text import canonical_json
from documents.word.list_labels import label_of
from documents.word.write.lists import Rule

Json = dict[str, Any]
LOOKED_BACK = 12
"""So many lists with one and the same item are looked at."""


@dataclass
class Chain:
    """Lists of a text that count together, and how far they are counted in the new one."""

    rule: Rule
    size: int = 0
    lists: int = 0
    labels: list[str] = field(default_factory=list)
    counted: int = 0


@dataclass(eq=False)
class TextList:
    """A list of a text, with what is known of it."""

    block: Json
    depth: int
    parent: int
    """Which item it stands in."""
    parent_label: str
    labels: list[str] = field(default_factory=list)
    keys: list[bytes] = field(default_factory=list)
    left: Counter[bytes] = field(default_factory=Counter)
    chain: Chain | None = None
    offset: int = 0
    """How many items of its chain are before it."""
    was: TextList | None = None
    """The list of the old text that it was."""
    goes_on_in: int = -1
    """Of an old one, in which item its last piece of the new text stands."""
    like: tuple[Rule, str] | None = None
    """Of a new one that was made of items of another kind of list, how it is labelled, and the label around the list from which that is."""

    def __post_init__(self) -> None:
        self.ordered = bool((self.block.get("attrs") or {}).get("ordered"))

    @property
    def seen(self) -> tuple[int, bool, list[str]]:
        return self.depth, self.ordered, self.labels


def inside(block: Json) -> list[Json]:
    if block["type"] in ("paragraph", "figure", "opaque"):
        return []
    return block.get("content") or []


def lists_in(blocks: Sequence[Json], depth: int = 0, parent: Json | None = None) -> Iterator[TextList]:
    for block in blocks:
        if block["type"] != "list":
            yield from lists_in(inside(block), 0 if block["type"] == "cell" else depth, parent)
            continue
        made = TextList(block, depth, id(parent), label_of(parent) if parent else "")
        made.labels = [label_of(item) for item in block["content"]]
        made.keys = [_key(item) for item in block["content"]]
        made.left = Counter(made.keys)
        yield made
        for item in block["content"]:
            yield from lists_in(item.get("content") or [], depth + 1, item)


def _key(item: Json) -> bytes:
    """What an item is known by: its first words."""
    content = item.get("content") or [{}]
    return canonical_json([content[0].get("type", ""), content[0].get("content") or []])


def match(before: Sequence[TextList], after: Sequence[TextList]) -> None:
    """Tells which list each one was."""
    waiting: dict[bytes, list[TextList]] = {}
    last: dict[bytes, TextList] = {}
    for one in before:
        waiting.setdefault(_whole(one), []).append(one)
    for one in after:
        if there := waiting.get(_whole(one)):
            one.was = last[_whole(one)] = there.pop(0)
    _match_by_items(before, after)
    rest = _not_taken(before, after)
    for one in after:
        if one.was is None:
            # All its words are others: what the editor left of its labels tells.
            one.was = next((other for other in rest if _has_labels_of(one, other)), None)
            rest = [other for other in rest if other is not one.was]
    _match_pieces(after)
    for one in after:
        if one.was is None and (copied := last.get(_whole(one))) and copied.chain and copied.chain.lists > 1:
            one.was = copied  # a row of a table that is counted, put in once more


def _not_taken(before: Sequence[TextList], after: Sequence[TextList]) -> list[TextList]:
    taken = {id(one.was) for one in after}
    return [one for one in before if id(one) not in taken]


def _match_by_items(before: Sequence[TextList], after: Sequence[TextList]) -> None:
    """By the items that are still there. Where those of several lists stand in one now, that one is the list that is nowhere else by
    itself: an item that is dragged into another list counts as that one does."""
    holders: dict[tuple[int, bool, bytes], list[TextList]] = {}
    for other in _not_taken(before, after):
        for key in other.left:
            holders.setdefault((other.depth, other.ordered, key), []).append(other)
    open_ones = [(one, _origins(one, holders)) for one in after if one.was is None]
    claimed: set[int] = set()
    for one, origins in sorted(open_ones, key=lambda pair: len(pair[1]) > 1):
        shares = [(other, shared) for other in origins if (shared := one.left & other.left)]
        if shares:
            best, shared = max(shares, key=lambda pair: (id(pair[0]) not in claimed, pair[1].total()))
            one.was, best.left = best, best.left - shared
            claimed.add(id(best))


def _origins(one: TextList, holders: Mapping[tuple[int, bool, bytes], list[TextList]]) -> list[TextList]:
    """The lists from which a list has items, in the order of those."""
    found = (
        other for key in one.keys for other in holders.get((one.depth, one.ordered, key), ())[:LOOKED_BACK]
    )
    return list({id(other): other for other in found}.values())


def _match_pieces(after: Sequence[TextList]) -> None:
    """A piece of a list whose words are all others, by the labels that no other piece of it has."""
    pieces: dict[int, tuple[TextList, set[str]]] = {}
    for one in after:
        if one.was is not None:
            pieces.setdefault(id(one.was), (one.was, set()))[1].update(one.labels)
    torn = [(was, there) for was, there in pieces.values() if {*was.labels} - there]
    for one in after:
        fit = (pair for pair in torn if _has_labels_of(one, pair[0]) and pair[1].isdisjoint(one.labels))
        if one.was is None and (found := next(fit, None)):
            one.was = found[0]
            found[1].update(one.labels)


def _whole(one: TextList) -> bytes:
    return canonical_json([one.depth, one.ordered, one.block["content"]])


def _has_labels_of(one: TextList, other: TextList) -> bool:
    own = set(filter(None, one.labels))
    same = (one.depth, one.ordered) == (other.depth, other.ordered)
    return same and bool(own) and own <= set(other.labels)
