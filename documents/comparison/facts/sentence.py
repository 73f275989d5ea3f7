"""What the one sentence over a changed section says, as data: whoever shows it puts it into a language.

``sentence(change)`` gives the facts, the weightiest first: "1 step added; a limit shortened from 24 hours to 2 hours".
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from documents.comparison.durations import hours
from documents.comparison.facts.kinds import Fact, FactKind
from documents.comparison.facts.limits import limits_among, limits_of
from documents.comparison.model import FieldChange, Kind, MarkChange, NodeChange, Place, SectionChange, WordOp
from documents.comparison.nodes.numbers import NUMBERS
from documents.comparison.words.writer import mark_changes
from documents.text import Section

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
    ("added", "figure"): FactKind.IMAGES_CHANGED,
    ("removed", "figure"): FactKind.IMAGES_CHANGED,
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


def sentence(change: SectionChange) -> tuple[Fact, ...]:
    """The facts about a section, the weightiest first; empty where nothing changed."""
    if change.kind is Kind.NEW:
        if not change.split_from:
            return (Fact(FactKind.NEW, count=change.length),)
        facts = [Fact(FactKind.SPLIT_FROM, old=_name(change.split_from))]
        if change.words_added or change.words_removed:
            facts.append(Fact(FactKind.WORDS_CHANGED, count=change.words_added + change.words_removed))
        return tuple(facts)
    if change.kind is Kind.REMOVED:
        if change.joined_into:
            return (Fact(FactKind.JOINED_INTO, new=_name(change.joined_into)),)
        return (Fact(FactKind.REMOVED, count=change.length),)
    return tuple(sorted(_each_once(_facts(change)), key=lambda fact: ORDER[fact.kind]))


def _each_once(facts: Iterable[Fact]) -> list[Fact]:
    """What is said of a step and again in its text is one fact, in whatever form the number stands there. Of many dates only
    their number is told."""
    found: dict[Any, Fact] = {}
    dates: list[Fact] = []
    for fact in facts:
        if fact.kind is FactKind.DATE_CHANGED:
            dates.append(fact)
            continue
        spans = hours(fact.old), hours(fact.new)
        found.setdefault((fact.kind, *spans) if None not in spans else fact, fact)
    limits = {(fact.old, fact.new) for fact in found.values() if fact.kind is FactKind.LIMIT_CHANGED}
    dates = [date for date in dates if (date.old, date.new) not in limits]
    many = [Fact(FactKind.DATES_CHANGED, count=len(dates))] if len(dates) > 2 else dict.fromkeys(dates)
    return [*found.values(), *many]


def _facts(change: SectionChange) -> Iterator[Fact]:
    old, new = change.old, change.new
    assert old is not None and new is not None  # noqa: S101
    if change.moved:
        stood = _stood(change, old)
        # Its own number says nothing of where it stood.
        yield Fact(FactKind.MOVED_FROM, old=stood if stood != new.text.label else "", new=new.text.label)
    elif change.moved_with:
        yield Fact(FactKind.MOVED_WITH, new=_above(change, old=False))
    for place in change.split_into:
        yield Fact(FactKind.SPLIT_INTO, new=_name(place))
    for place in change.joined_from:
        yield Fact(FactKind.JOINED_FROM, old=_name(place))
    if change.retitled:
        yield Fact(FactKind.RETITLED, old=old.text.heading, new=new.text.heading)
    if change.renumbered and not change.moved:
        yield Fact(FactKind.RENUMBERED, old=old.text.label, new=new.text.label)
    if not change.heading and not change.blocks and not change.notes:
        return
    counts: Counter[FactKind] = Counter()
    looks: Counter[tuple[str, str]] = Counter()
    said: set[int] = set()
    renumbered: list[FieldChange] = []
    _count_looks(change.heading, counts, looks)
    yield from limits_among(change.heading)
    _count_nodes("", change.blocks, counts)
    for node in _walk(change.blocks):
        _count_nodes(node.type, node.children, counts)
        if node.op == "moved" and not change.joined_from:
            counts[FactKind.BLOCKS_MOVED] += 1
        _count_looks(node.words, counts, looks)
        if node.type == "figure" and any(field.name == "sha256" for field in node.fields):
            counts[FactKind.IMAGES_CHANGED] += 1
        renumbered += [field for field in node.fields if field.name == NUMBERS]
        if id(node) not in said:
            found = list(limits_of(node))
            yield from found
            if found and node.type == "cell":
                said |= {id(one) for one in _walk(node.children)}
    for note in change.notes:
        if note.op in NOTE_FACTS:
            counts[NOTE_FACTS[note.op]] += 1
    for kind, count in counts.items():
        if count > 0:
            yield Fact(kind, count=count)
    if renumbered:
        first = renumbered[0]
        yield Fact(
            FactKind.LISTS_RENUMBERED, len(renumbered), old=str(first.old or "–"), new=str(first.new or "–")
        )
    for (when, mark), count in looks.items():
        yield Fact(
            FactKind.LOOK_LOST if when == "was" else FactKind.LOOK_GOT,
            count=count,
            old=mark if when == "was" else "",
            new=mark if when == "now" else "",
        )
    if change.words_added or change.words_removed:
        yield Fact(FactKind.WORDS_CHANGED, count=change.words_added + change.words_removed)
    elif change.kind is Kind.FORMAT_ONLY and not renumbered:
        yield Fact(FactKind.LOOK_ONLY)


def _walk(nodes: Sequence[NodeChange]) -> Iterator[NodeChange]:
    """Every node that differs, but nothing within what was added or removed whole."""
    for node in nodes:
        if node.op != "same":
            yield node
            yield from _walk(node.children)


def _count_nodes(parent: str, nodes: Sequence[NodeChange], counts: Counter[FactKind]) -> None:
    """Counts what came, went and changed in a node of the type ``parent``. A cell with other words is one cell that changed,
    and no paragraph more or less; an item of which the one paragraph is another has got none and lost none."""
    found = Counter(
        kind
        for node in nodes
        if (kind := NODE_FACTS.get((node.op, node.type))) and (parent, node.type) != ("cell", "paragraph")
    )
    for node in nodes:
        if node.type == "list" and node.op in ("added", "removed"):
            items = ((node.new or node.old) or {}).get("content") or []
            found[NODE_FACTS[node.op, "item"]] += len(items)
    if parent == "item":
        both = min(found[FactKind.PARAGRAPHS_ADDED], found[FactKind.PARAGRAPHS_REMOVED])
        found -= Counter({FactKind.PARAGRAPHS_ADDED: both, FactKind.PARAGRAPHS_REMOVED: both})
    counts.update(found)
    if parent == "table":
        rows = [row for row in nodes if row.op not in ("added", "removed", "moved_away")]
        for op, kind in (("added", FactKind.COLUMNS_ADDED), ("removed", FactKind.COLUMNS_REMOVED)):
            columns = {sum(cell.op == op for cell in row.children) for row in rows}
            if len(columns) == 1:
                counts[kind] += max(columns)
                counts[FactKind.CELLS_CHANGED] -= max(columns) * len(rows)


def _count_looks(words: Sequence[WordOp], counts: Counter[FactKind], looks: Counter[tuple[str, str]]) -> None:
    """Counts the links that came, went and lead elsewhere, and what else changed in the look of words. A link is one also where some
    of its words are others, or have another look."""
    last: tuple[MarkChange, ...] = ()
    for op in words:
        if op.op in ("ins", "del"):
            continue
        changes = mark_changes(op) if op.op == "format" else ()
        links = tuple(change for change in changes if change.target)
        if links and links != last:
            counts[LINK_FACTS[frozenset(link.when for link in links)]] += 1
        last = links
        for change in changes:
            if not change.target:
                looks[(change.when, change.mark)] += 1


def _stood(change: SectionChange, old: Section) -> str:
    """Where a moved section stood: its number, and its chapter where that is another one now."""
    if not old.text.label:
        return _above(change, old=True)
    was, now = change.old_path[-1:], change.new_path[-1:]
    if not was or (now and (was[0].uid == now[0].uid or was[0].heading == now[0].heading)):
        return old.text.label
    return f"{old.text.label} ({was[0].heading})" if was[0].heading else old.text.label


def _above(change: SectionChange, *, old: bool) -> str:
    path = change.old_path if old else change.new_path
    if not path:
        return ""
    return path[-1].label or path[-1].heading


def _name(place: Place) -> str:
    return place.label or place.heading
