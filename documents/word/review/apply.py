"""Apply a card to a section of the draft: replace blocks only where the draft still has what went out.

A section is a sequence of *slots*: one for each block that went out, and one for each that a card adds or
moves there. Each says by its hashes what stands in it as far as cards were decided. These are found again
in the draft, whatever else was written there, and what stands in one slot is replaced by something else.
Undoing does the same the other way.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from documents.text import normalise_body
from documents.word.review.align import align
from documents.word.review.cards import HEADING, Card, Kind
from documents.word.review.changes import compose
from documents.word.review.normalise import block_hash, placed, whole_blocks, whole_heading

Json = dict[str, Any]
Key = tuple[str, int]
"""Of a slot: ``out`` with the number of the block that went out, or ``in`` with the number of the card that
puts something there."""


@dataclass(frozen=True, slots=True)
class Decided:
    """A card and what was decided: ``result`` are the blocks that it put in the draft, None while it is
    open or kept."""

    number: int
    card: Card
    result: tuple[Json, ...] | None = None


@dataclass(frozen=True, slots=True)
class Slot:
    key: Key
    hashes: tuple[str, ...]


class Conflict(Exception):
    """The draft has something else where the card's block stood. ``now`` is what stands there."""

    def __init__(self, now: Sequence[Json]) -> None:
        super().__init__("the draft has other words there")
        self.now = tuple(now)


def result_of(card: Card, on: Collection[int] | None = None) -> tuple[Json, ...]:
    """The blocks that a card makes, whole, with the changes that are ``on`` (None: all)."""
    before, after = (_one(card, body) for body in (card.before, card.after))
    made = compose(before, after, card.changes, on) if on is not None and card.changes else after
    return (made,) if made is not None else ()


def _one(card: Card, body: Json) -> Json | None:
    if card.kind == Kind.HEADING:
        return whole_heading(body)
    return next(iter(whole_blocks(body)), None)


def take(
    body: Json, sent: Sequence[str], cards: Sequence[Decided], number: int, on: Collection[int] | None = None
) -> tuple[Json, tuple[Json, ...], tuple[Json, ...]]:
    """The draft's body with a card in it, the blocks that it put there and those that it replaced.
    ``sent``: the hashes of the blocks that went out; ``cards``: all of the section. Raises Conflict."""
    one = next(one for one in cards if one.number == number)
    result = result_of(one.card, on)
    made, replaced = _switch(body, sent, cards, one, result)
    return made, result, replaced


def undo(
    body: Json, sent: Sequence[str], cards: Sequence[Decided], number: int, replaced: Sequence[Json]
) -> Json:
    """The draft's body with what a card that was taken had replaced. Raises Conflict."""
    one = next(one for one in cards if one.number == number)
    made, _result = _switch(body, sent, cards, one, None, replaced)
    return made


def write(
    body: Json,
    sent: Sequence[str],
    cards: Sequence[Decided],
    number: int,
    seen: Sequence[str],
    blocks: Sequence[Json],
) -> tuple[Json, tuple[Json, ...]]:
    """The body with ``blocks``, which a person wrote, in the place of what the draft has where a card's
    block stood, and that. ``seen``: the hashes of what the person saw there. Raises Conflict where that is
    another one by now."""
    one = next(one for one in cards if one.number == number)
    now = now_at(body, sent, cards, number)
    if list(_hashes(now)) != list(seen):
        raise Conflict(now)
    if one.card.kind == Kind.HEADING:
        return _with_heading(body, blocks[0] if blocks else {"content": []}), now
    slots = slots_of(sent, cards)
    start, end = _gap(slots, _places(body, slots), _key(one), len(body["blocks"]))
    return _with_blocks(body, start, end - start, blocks), now


def already_there(body: Json, sent: Sequence[str], cards: Sequence[Decided]) -> set[int]:
    """The numbers of the cards that would change nothing: the draft has at their places what they make."""
    slots = slots_of(sent, cards)
    places, now = _places(body, slots), _hashes(whole_blocks(body))
    found = set()
    for one in cards:
        card = one.card
        result = _hashes(result_of(card))
        if card.kind == Kind.HEADING:
            same = (block_hash(whole_heading(body)),) == result
        elif card.kind in (Kind.CHANGED, Kind.LOOKS, Kind.REMOVED, Kind.ADDED):
            start, end = _gap(slots, places, _key(one), len(now))
            same = places[_key(one)] is None and (
                result[0] in now[start:end] if result else not now[start:end]
            )
        else:
            same = False
        if same:
            found.add(one.number)
    return found


def _key(one: Decided) -> Key:
    """The slot in which a card puts something."""
    return ("in", one.number) if one.card.kind == Kind.ADDED else ("out", one.card.position)


def now_at(body: Json, sent: Sequence[str], cards: Sequence[Decided], number: int) -> tuple[Json, ...]:
    """What the draft has where a card's block stood: the blocks between those around it that are still
    there."""
    one = next(one for one in cards if one.number == number)
    if one.card.position == HEADING:
        return (whole_heading(body),)
    slots = slots_of(sent, cards)
    start, end = _gap(slots, _places(body, slots), _key(one), len(body["blocks"]))
    return tuple(whole_blocks(body, ooxml=True)[start:end])


def slots_of(sent: Sequence[str], cards: Sequence[Decided]) -> list[Slot]:
    """What stands in a section by what was decided, in reading order."""
    incoming: dict[int, list[Decided]] = {}
    at: dict[int, Decided] = {}
    for one in cards:
        kind = one.card.kind
        if kind == Kind.ADDED:
            incoming.setdefault(one.card.position, []).append(one)
        elif kind == Kind.MOVED:
            incoming.setdefault(one.card.target or 0, []).append(one)
            at[one.card.position] = one
        elif kind in (Kind.CHANGED, Kind.LOOKS, Kind.REMOVED):
            at[one.card.position] = one
    slots = []
    for position in range(len(sent) + 1):
        for one in incoming.get(position, ()):
            slots.append(Slot(("in", one.number), _hashes(one.result or ())))
        if position < len(sent):
            changed = at.get(position)
            hashes: tuple[str, ...] = (sent[position],)
            if changed is not None and changed.result is not None:
                hashes = () if changed.card.kind == Kind.MOVED else _hashes(changed.result)
            slots.append(Slot(("out", position), hashes))
    return slots


def _hashes(blocks: Sequence[Json]) -> tuple[str, ...]:
    return tuple(block_hash(one) for one in blocks)


def _switch(
    body: Json,
    sent: Sequence[str],
    cards: Sequence[Decided],
    one: Decided,
    result: tuple[Json, ...] | None,
    back: Sequence[Json] = (),
) -> tuple[Json, tuple[Json, ...]]:
    """The body with what a card puts in (``result``) or, where that is None, with what it had replaced
    (``back``)."""
    card, slots = one.card, slots_of(sent, cards)
    putting = result is not None
    blocks = result if result is not None else tuple(back)
    if card.kind == Kind.HEADING:
        heading = whole_heading(body)
        expected = card.block_hash if putting else _hashes(one.result or ())[0]
        if block_hash(heading) != expected:
            raise Conflict((heading,))
        return _with_heading(body, blocks[0] if blocks else {"content": []}), (heading,)
    if card.kind != Kind.MOVED:
        return _replace(body, slots, _key(one), blocks)
    inward, outward = ("in", one.number), ("out", card.position)
    away, here = (outward, inward) if putting else (inward, outward)
    # First out, so that nothing is found in the place where it was put just now.
    made, gone = _replace(body, slots, away, ())
    slots = [replace(slot, hashes=()) if slot.key == away else slot for slot in slots]
    return _replace(made, slots, here, blocks)[0], gone


def _replace(
    body: Json, slots: Sequence[Slot], key: Key, blocks: Sequence[Json]
) -> tuple[Json, tuple[Json, ...]]:
    """The body with ``blocks`` in a slot, and what stood there."""
    places = _places(body, slots)
    slot = next(one for one in slots if one.key == key)
    if not slot.hashes:
        # What was never there comes behind the nearest one before it that is.
        start, _end = _gap(slots, places, key, len(body["blocks"]))
        return _with_blocks(body, start, 0, blocks), ()
    found = places[key]
    if found is None:
        start, end = _gap(slots, places, key, len(body["blocks"]))
        raise Conflict(whole_blocks(body)[start:end])
    gone = whole_blocks(body, ooxml=True)[found : found + len(slot.hashes)]
    return _with_blocks(body, found, len(slot.hashes), blocks), tuple(gone)


def _places(body: Json, slots: Sequence[Slot]) -> dict[Key, int | None]:
    """Where in the draft's blocks each slot begins; None where what stood in it is no longer there."""
    flat = [(slot.key, sha256) for slot in slots for sha256 in slot.hashes]
    now = _hashes(whole_blocks(body))
    found = align([sha256 for _key, sha256 in flat], now)
    at = {i: j for i, j in (*found.pairs, *found.moved) if i is not None and j is not None}
    places: dict[Key, int | None] = {}
    number = 0
    for slot in slots:
        held = [at.get(number + n) for n in range(len(slot.hashes))]
        number += len(held)
        first = held[0] if held else None
        together = first is not None and held == list(range(first, first + len(held)))
        places[slot.key] = first if together else None
    return places


def _gap(slots: Sequence[Slot], places: Mapping[Key, int | None], key: Key, size: int) -> tuple[int, int]:
    """From where to where the draft has what stands between the slots around this one."""
    at = next(n for n, slot in enumerate(slots) if slot.key == key)
    start, end = 0, size
    for slot in reversed(slots[:at]):
        found = places[slot.key]
        if found is not None:
            start = found + len(slot.hashes)
            break
    for slot in slots[at + 1 :]:
        found = places[slot.key]
        if found is not None and found >= start:
            end = found
            break
    return start, end


def _with_blocks(body: Json, start: int, count: int, blocks: Sequence[Json]) -> Json:
    """The body with whole ``blocks`` in the place of some of its own; notes that nobody refers to go."""
    notes: Json = dict(body.get("notes") or {})
    made = [*body["blocks"][:start], *placed(list(blocks), notes), *body["blocks"][start + count :]]
    return {**normalise_body(body | {"blocks": made, "notes": notes})}


def _with_heading(body: Json, line: Json) -> Json:
    notes: Json = dict(body.get("notes") or {})
    heading = placed(line["content"], notes)
    return {**normalise_body(body | {"heading": heading, "notes": notes})}
