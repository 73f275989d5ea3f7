"""The content of the one sentence over a changed section, as data: the page puts it into a language.

``summarise(change)`` gives the facts, the weightiest first. A figure with its unit that changed is shown as
old and new ("24 hours", "2 hours"). The reader decides what that means.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain

from documents.comparison.blocks.lists import NUMBERS, items_of
from documents.comparison.inline_diff import mark_changes
from documents.comparison.model import Kind, MarkChange, NodeChange, Place, SectionChange, WordOp
from documents.text import block_text, inline_text
from documents.translation.scripts import to_latin


class FactKind(StrEnum):
    """What a fact tells; in brackets what it carries. The order is that of their weight."""

    NEW = "new"  # count: words
    REMOVED = "removed"  # count: words
    MOVED_FROM = "moved_from"  # old, new: label or heading of the places
    MOVED_WITH = "moved_with"  # new: label or heading of what it stands in now
    SPLIT_FROM = "split_from"  # old: label or heading of the other section, and so on for the next three
    JOINED_INTO = "joined_into"  # new
    SPLIT_INTO = "split_into"  # new
    JOINED_FROM = "joined_from"  # old
    RETITLED = "retitled"  # old, new
    RENUMBERED = "renumbered"  # old, new
    STEPS_ADDED = "steps_added"  # count, and so on for all below but the limits
    STEPS_REMOVED = "steps_removed"
    LIMIT_CHANGED = "limit_changed"  # old, new: the limit of a step
    FIGURE_CHANGED = "figure_changed"  # old, new: a figure with its unit, or a date
    RESPONSIBLE_CHANGED = "responsible_changed"  # old, new: who a step falls to
    TABLES_ADDED = "tables_added"
    TABLES_REMOVED = "tables_removed"
    ITEMS_ADDED = "items_added"
    ITEMS_REMOVED = "items_removed"
    LISTS_RENUMBERED = "lists_renumbered"  # count; old, new: a number of the first
    ROWS_ADDED = "rows_added"
    ROWS_REMOVED = "rows_removed"
    COLUMNS_ADDED = "columns_added"
    COLUMNS_REMOVED = "columns_removed"
    CELLS_CHANGED = "cells_changed"
    PARAGRAPHS_ADDED = "paragraphs_added"
    PARAGRAPHS_REMOVED = "paragraphs_removed"
    PARAGRAPHS_PARTED = "paragraphs_parted"
    PARAGRAPHS_JOINED = "paragraphs_joined"
    BLOCKS_MOVED = "blocks_moved"
    NOTES_ADDED = "notes_added"
    NOTES_REMOVED = "notes_removed"
    NOTES_CHANGED = "notes_changed"
    IMAGES_ADDED = "images_added"
    IMAGES_REMOVED = "images_removed"
    IMAGES_CHANGED = "images_changed"
    LINKS_ADDED = "links_added"  # of words that stayed, and so on for the next two
    LINKS_REMOVED = "links_removed"
    LINKS_CHANGED = "links_changed"  # one that leads elsewhere
    WORDS_CHANGED = "words_changed"
    LOOK_LOST = "look_lost"  # old: the mark ("bold")
    LOOK_GOT = "look_got"  # new: the mark
    LOOK_ONLY = "look_only"


NAMES = frozenset(
    {
        *(FactKind.MOVED_FROM, FactKind.MOVED_WITH, FactKind.SPLIT_FROM, FactKind.SPLIT_INTO),
        *(FactKind.JOINED_FROM, FactKind.JOINED_INTO, FactKind.RETITLED),
    }
)
"""Of these the words are names of sections."""
FIGURE_FACTS = frozenset({FactKind.LIMIT_CHANGED, FactKind.FIGURE_CHANGED})
NODE_FACTS = {
    ("added", "step"): FactKind.STEPS_ADDED,
    ("removed", "step"): FactKind.STEPS_REMOVED,
    ("added", "table"): FactKind.TABLES_ADDED,
    ("removed", "table"): FactKind.TABLES_REMOVED,
    ("added", "item"): FactKind.ITEMS_ADDED,
    ("removed", "item"): FactKind.ITEMS_REMOVED,
    ("added", "row"): FactKind.ROWS_ADDED,
    ("removed", "row"): FactKind.ROWS_REMOVED,
    ("changed", "cell"): FactKind.CELLS_CHANGED,
    ("added", "cell"): FactKind.CELLS_CHANGED,
    ("removed", "cell"): FactKind.CELLS_CHANGED,
    ("added", "paragraph"): FactKind.PARAGRAPHS_ADDED,
    ("removed", "paragraph"): FactKind.PARAGRAPHS_REMOVED,
    ("parted", "paragraph"): FactKind.PARAGRAPHS_PARTED,
    ("joined", "paragraph"): FactKind.PARAGRAPHS_JOINED,
    ("parted", "item"): FactKind.PARAGRAPHS_PARTED,
    ("joined", "item"): FactKind.PARAGRAPHS_JOINED,
    ("added", "figure"): FactKind.IMAGES_ADDED,
    ("removed", "figure"): FactKind.IMAGES_REMOVED,
}
NOTE_FACTS = {
    "added": FactKind.NOTES_ADDED,
    "removed": FactKind.NOTES_REMOVED,
    "changed": FactKind.NOTES_CHANGED,
}
LINK_FACTS = {
    frozenset({"now"}): FactKind.LINKS_ADDED,
    frozenset({"was"}): FactKind.LINKS_REMOVED,
    frozenset({"was", "now"}): FactKind.LINKS_CHANGED,
}
ORDER = {kind: place for place, kind in enumerate(FactKind)}

_TIME = (
    r"h|min\w{0,8}|hours?|days?|weeks?|months?|years?|or[eë]\w{0,4}|dit\w{1,5}|jav\w{1,5}|muaj\w{0,3}"
    r"|vit\w{0,5}|vje[tç]\w{0,4}|sat\w{0,4}|[cč]as\w{0,5}|dan[aiu]?\w{0,3}|den\w{0,5}|nedel\w{1,6}"
    r"|sedmic\w{1,5}|tjed\w{1,5}|mj?esec\w{0,5}|godin\w{1,5}"
)
_MEASURE = (
    r"%|‰|percent|p[eë]rqind\w{0,3}|posto|otsto|procent\w{0,4}|€|\$|eur\w{0,3}|evra?|den\.|dinar\w{0,3}"
    r"|lek[eë]\w{0,2}"
)
_NUMBER = r"\d+(?:[.,:/\u00a0]\d+)*"
FIGURE = re.compile(
    rf"(?<!\w)(?:\d{{1,2}}\.\s?\d{{1,2}}\.\s?\d{{4}}|\d{{4}}-\d\d-\d\d|{_NUMBER}(?:\s?\([^)]{{1,30}}\))?"
    rf"(?:\s?(?:{_MEASURE})|(?:\s[^\W\d_]+)?\s(?:{_TIME}))(?!\w))",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Fact:
    kind: FactKind
    count: int = 0
    old: str = ""
    new: str = ""


def summarise(change: SectionChange) -> tuple[Fact, ...]:
    """The facts about a section, the weightiest first; empty where nothing changed."""
    if change.kind is Kind.NEW:
        if not change.split_from:
            return (Fact(FactKind.NEW, count=change.length),)
        return (Fact(FactKind.SPLIT_FROM, old=_name(change.split_from)), *_words_changed(change))
    if change.kind is Kind.REMOVED:
        if change.joined_into:
            return (Fact(FactKind.JOINED_INTO, new=_name(change.joined_into)),)
        return (Fact(FactKind.REMOVED, count=change.length),)
    facts = [*_facts_of_place(change)]
    if change.heading or change.blocks or change.notes:
        facts += _facts_of_text(change)
    return tuple(sorted(facts, key=lambda fact: ORDER[fact.kind]))


def _words_changed(change: SectionChange) -> list[Fact]:
    count = change.words_added + change.words_removed
    return [Fact(FactKind.WORDS_CHANGED, count=count)] if count else []


def _facts_of_place(change: SectionChange) -> Iterator[Fact]:
    """Where a section was, what it was called and what it was part of."""
    old, new = change.old, change.new
    assert old is not None and new is not None  # noqa: S101
    if change.moved:
        stood = _place_before(change)
        # Its own number says nothing of where it stood.
        yield Fact(FactKind.MOVED_FROM, old=stood if stood != new.text.label else "", new=new.text.label)
    elif change.moved_with:
        yield Fact(FactKind.MOVED_WITH, new=_above(change.new_path))
    yield from (Fact(FactKind.SPLIT_INTO, new=_name(place)) for place in change.split_into)
    yield from (Fact(FactKind.JOINED_FROM, old=_name(place)) for place in change.joined_from)
    if change.retitled:
        yield Fact(FactKind.RETITLED, old=old.text.heading, new=new.text.heading)
    if change.renumbered and not change.moved:
        yield Fact(FactKind.RENUMBERED, old=old.text.label, new=new.text.label)


def _facts_of_text(change: SectionChange) -> Iterator[Fact]:
    """What changed in a section's heading, blocks and notes."""
    nodes = [*_walk(change.blocks)]
    yield from _figures(change, nodes)
    counts: Counter[FactKind] = Counter()
    looks: Counter[tuple[str, str]] = Counter()
    _count_looks(change.heading, counts, looks)
    _count_nodes("", change.blocks, counts)
    for node in nodes:
        _count_nodes(node.type, node.children, counts)
        _count_looks(node.words, counts, looks)
        counts[FactKind.BLOCKS_MOVED] += _moved(node) and not change.joined_from
        counts[FactKind.IMAGES_CHANGED] += node.type == "figure" and _has_field(node, "sha256")
    counts.update(NOTE_FACTS[note.op] for note in change.notes if note.op in NOTE_FACTS)
    yield from (Fact(kind, count=count) for kind, count in counts.items() if count > 0)
    told = [*_lists_renumbered(nodes), *_words_changed(change)]
    for (when, mark), count in looks.items():
        if when == "was":
            yield Fact(FactKind.LOOK_LOST, count=count, old=mark)
        else:
            yield Fact(FactKind.LOOK_GOT, count=count, new=mark)
    yield from told
    if not told and change.kind is Kind.FORMAT_ONLY:
        yield Fact(FactKind.LOOK_ONLY)


def _moved(node: NodeChange) -> bool:
    return node.op == "moved" or (node.op == "moved_away" and node.other is not None)


def _has_field(node: NodeChange, name: str) -> bool:
    return any(field.name == name for field in node.fields)


def _lists_renumbered(nodes: Sequence[NodeChange]) -> list[Fact]:
    found = [field for node in nodes for field in node.fields if field.name == NUMBERS]
    sides = (str(found[0].old or "–"), str(found[0].new or "–")) if found else ("", "")
    return [Fact(FactKind.LISTS_RENUMBERED, len(found), *sides)] if found else []


def _walk(nodes: Sequence[NodeChange]) -> Iterator[NodeChange]:
    """Every node that differs, but nothing within what was added or removed whole."""
    for node in nodes:
        if node.op != "same":
            yield node
            yield from _walk(node.children)


def _figures(change: SectionChange, nodes: Sequence[NodeChange]) -> Iterator[Fact]:
    """Who steps fall to, and the limits, figures and dates that became others; each pair once."""
    fields = [
        (field.name, str(field.old or ""), str(field.new or "")) for node in nodes for field in node.fields
    ]
    yield from (
        Fact(FactKind.RESPONSIBLE_CHANGED, old=old, new=new) for name, old, new in fields if name == "who"
    )
    limits = [both for name, *both in fields if name == "limit" and all(both)]
    found = {(old, new): Fact(FactKind.LIMIT_CHANGED, old=old, new=new) for old, new in limits}
    texts = (change.heading, *(node.words for node in nodes))
    for old, new in (*chain.from_iterable(map(figures_changed, texts)), *_figures_in_cells(nodes)):
        found.setdefault((old, new), Fact(FactKind.FIGURE_CHANGED, old=old, new=new))
    yield from found.values()


def _figures_in_cells(nodes: Sequence[NodeChange]) -> Iterator[tuple[str, str]]:
    """What was and is in cells that hold a figure and nothing else."""
    for node in nodes:
        if node.type == "cell" and node.op == "changed":
            both = block_text(node.old or {}).strip(), block_text(node.new or {}).strip()
            if all(FIGURE.fullmatch(to_latin(one)) for one in both):
                yield both


def figures_changed(words: Sequence[WordOp]) -> Iterator[tuple[str, str]]:
    """Figures with their units of which one is in the place of another, old and new."""
    if all(op.op in ("keep", "format") for op in words):
        return
    olds, news = _figures_of(words, old=True), _figures_of(words, old=False)
    for place, figures in olds.items():
        others = news.get(place, [])
        if len(figures) == len(others):
            yield from ((old, new) for old, new in zip(figures, others, strict=True) if old != new)


def _figures_of(words: Sequence[WordOp], *, old: bool) -> dict[int, list[str]]:
    """The changed figures of one side, by the number of unchanged words before them."""
    text = ""
    changed: list[tuple[int, int, int]] = []
    unchanged = 0
    for op in words:
        piece = inline_text(op.old if old else op.new)
        if op.op in ("keep", "format"):
            unchanged += 1
        elif piece:
            changed.append((len(text), len(text) + len(piece), unchanged))
        text += piece
    found: dict[int, list[str]] = {}
    for match in (
        FIGURE.finditer(to_latin(text)) if len(to_latin(text)) == len(text) else FIGURE.finditer(text)
    ):
        place = next((at for start, end, at in changed if match.start() < end and start < match.end()), None)
        if place is not None:
            found.setdefault(place, []).append(" ".join(text[match.start() : match.end()].split()))
    return found


def _count_nodes(parent: str, nodes: Sequence[NodeChange], counts: Counter[FactKind]) -> None:
    """Counts added, removed and changed nodes in a node of the type ``parent``. A cell with other words is
    one cell that changed, and no paragraph more or less."""
    found = Counter(
        kind
        for node in nodes
        if (kind := NODE_FACTS.get((node.op, node.type))) and (parent, node.type) != ("cell", "paragraph")
    )
    for node in nodes:
        if node.type == "list" and node.op in ("added", "removed"):
            found[NODE_FACTS[node.op, "item"]] += len(items_of(node.new or node.old or {}))
    counts.update(found)
    if parent == "table":
        _count_columns(nodes, counts)


def _count_columns(nodes: Sequence[NodeChange], counts: Counter[FactKind]) -> None:
    """Counts columns of a table instead of their cells, where every row has as many more or less."""
    rows = [row for row in nodes if row.op not in ("added", "removed", "moved_away")]
    for op, kind in (("added", FactKind.COLUMNS_ADDED), ("removed", FactKind.COLUMNS_REMOVED)):
        columns = {sum(cell.op == op for cell in row.children) for row in rows}
        if len(columns) == 1:
            counts[kind] += max(columns)
            counts[FactKind.CELLS_CHANGED] -= max(columns) * len(rows)


def _count_looks(words: Sequence[WordOp], counts: Counter[FactKind], looks: Counter[tuple[str, str]]) -> None:
    """Counts the links that were added, removed or changed, and other changes in the look of words. A link is
    one also where some of its words are others, or have another look."""
    last: tuple[MarkChange, ...] = ()
    for op in words:
        if op.op in ("ins", "del"):
            continue
        changes = mark_changes(op) if op.op == "format" else ()
        links = tuple(change for change in changes if change.target)
        if links and links != last:
            counts[LINK_FACTS[frozenset(link.when for link in links)]] += 1
        last = links
        looks.update((change.when, change.mark) for change in changes if not change.target)


def _place_before(change: SectionChange) -> str:
    """Where a moved section was: its number, and its chapter where that is another one now."""
    label = change.old.text.label if change.old else ""
    if not label:
        return _above(change.old_path)
    was, now = change.old_path[-1:], change.new_path[-1:]
    if not was or (now and (was[0].uid == now[0].uid or was[0].heading == now[0].heading)):
        return label
    return f"{label} ({was[0].heading})" if was[0].heading else label


def _above(path: Sequence[Place]) -> str:
    return _name(path[-1]) if path else ""


def _name(place: Place) -> str:
    return place.label or place.heading
