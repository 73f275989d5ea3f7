"""Apply cards to a section of the draft: replace blocks only where the draft still has the exported ones.

A section is a sequence of *slots*. There is one for each exported block, and one for each that a card adds or
moves. Each says by its hashes what is in it as far as cards were decided. They are found again in the draft,
whatever else was written there. Then the content of one slot is replaced. Undoing does the same the other
way.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any

from documents.text import normalise_body
from documents.word.review.align import align
from documents.word.review.cards import HEADING, Card, Kind
from documents.word.review.changes import compose
from documents.word.review.normalise import block_hash, placed, whole_blocks, whole_heading

Json = dict[str, Any]
Blocks = Sequence[Json]
Key = tuple[str, int]
"""Of a slot: ``out`` with the number of the exported block. Or ``in`` with the number of the card that adds a
block there."""
OF_A_BLOCK = frozenset({Kind.CHANGED, Kind.LOOKS, Kind.REMOVED, Kind.ADDED})


@dataclass(frozen=True, slots=True)
class Decided:
    """A card and its decision. ``result`` are its blocks in the draft, None while it is open or refused."""

    number: int
    card: Card
    result: tuple[Json, ...] | None = None

    @property
    def key(self) -> Key:
        """The slot in which the card puts something."""
        return ("in", self.number) if self.card.kind == Kind.ADDED else ("out", self.card.position)


@dataclass(frozen=True, slots=True)
class Slot:
    key: Key
    hashes: tuple[str, ...]
    place: int | None = None
    """Where in the draft's blocks it begins; None where what was in it is no longer there."""


class BlockChanged(Exception):
    """The draft has something else where the card's block was. ``now`` is what is there."""

    def __init__(self, now: Blocks) -> None:
        super().__init__("the draft has other words there")
        self.now = tuple(now)


def result_of(card: Card, on: Collection[int] | None = None) -> tuple[Json, ...]:
    """The blocks that a card makes, whole, with the changes that are ``on`` (None: all)."""
    before, after = (_one(card, body) for body in (card.before, card.after))
    result = compose(before, after, card.changes, on) if on is not None and card.changes else after
    return (result,) if result is not None else ()


def _one(card: Card, body: Json) -> Json | None:
    if card.kind == Kind.HEADING:
        return whole_heading(body)
    return next(iter(whole_blocks(body)), None)


class SectionDraft:
    """A section of the draft. ``body`` is changed by what is decided. ``sent``: the hashes of the exported
    blocks; ``cards``: all of a file about its text."""

    def __init__(self, body: Json, sent: Sequence[str], cards: Sequence[Decided]) -> None:
        self.body, self.sent = body, sent
        self.cards = {one.number: one for one in cards}

    def take(
        self, number: int, on: Collection[int] | None = None
    ) -> tuple[tuple[Json, ...], tuple[Json, ...]]:
        """Puts a card in; gives the blocks that it put there and those that they replace. Raises
        BlockChanged."""
        one = self.cards[number]
        result = result_of(one.card, on)
        replaced = self._switch(one, result, taking=True)
        self.cards[number] = replace(one, result=result)
        return result, replaced

    def undo(self, number: int, replaced: Blocks) -> None:
        """Puts back what a card that was taken had replaced. Raises BlockChanged."""
        one = self.cards[number]
        self._switch(one, replaced, taking=False)
        self.cards[number] = replace(one, result=None)

    def write(self, number: int, seen: Sequence[str], blocks: Blocks) -> tuple[Json, ...]:
        """Puts ``blocks``, which a person wrote, in place of the draft's text for a card's block. Gives that
        text. ``seen``: the hashes of what the person saw there. Raises BlockChanged where that is another one
        by now."""
        one, now = self.cards[number], self.now_at(number)
        if list(_hashes(now)) != list(seen):
            raise BlockChanged(now)
        if one.card.kind == Kind.HEADING:
            self._set_heading(blocks)
        else:
            start, end = _gap(self._slots(), one.key, len(self.body["blocks"]))
            self._set_blocks(start, end, blocks)
        self.cards[number] = replace(one, result=tuple(blocks))
        return now

    def now_at(self, number: int) -> tuple[Json, ...]:
        """What the draft has where a card's block was: the blocks between those around it that are still
        there."""
        one = self.cards[number]
        if one.card.position == HEADING:
            return (whole_heading(self.body),)
        start, end = _gap(self._slots(), one.key, len(self.body["blocks"]))
        return tuple(whole_blocks(self.body, ooxml=True)[start:end])

    def present(self) -> set[int]:
        """The numbers of the cards that would change nothing: the draft has at their places what they
        make."""
        slots, now = self._slots(), _hashes(whole_blocks(self.body))
        lost = {slot.key for slot in slots if slot.place is None}
        found = set()
        for one in self.cards.values():
            result = _hashes(result_of(one.card))
            if one.card.kind == Kind.HEADING and (block_hash(whole_heading(self.body)),) == result:
                found.add(one.number)
            elif one.card.kind in OF_A_BLOCK and one.key in lost:
                start, end = _gap(slots, one.key, len(now))
                if result[0] in now[start:end] if result else start == end:
                    found.add(one.number)
        return found

    def _switch(self, one: Decided, blocks: Blocks, *, taking: bool) -> tuple[Json, ...]:
        """Replace a card's blocks by ``blocks``, as far as it was decided, and return the replaced ones."""
        card = one.card
        if card.kind == Kind.HEADING:
            heading = whole_heading(self.body)
            if block_hash(heading) != (card.block_hash if taking else _hashes(one.result or ())[0]):
                raise BlockChanged((heading,))
            self._set_heading(blocks)
            return (heading,)
        if card.kind != Kind.MOVED:
            return self._replace(one.key, blocks)
        inward, outward = ("in", one.number), ("out", card.position)
        away, here = (outward, inward) if taking else (inward, outward)
        # First out, so that nothing is found in the place where it was put just now.
        replaced = self._replace(away, ())
        self._replace(here, blocks, empty=away)
        return replaced

    def _replace(self, key: Key, blocks: Blocks, empty: Key | None = None) -> tuple[Json, ...]:
        """Put ``blocks`` into a slot and return its former blocks. ``empty`` is a slot emptied just
        before."""
        slots = self._slots(empty)
        slot = next(one for one in slots if one.key == key)
        start, end = _gap(slots, key, len(self.body["blocks"]))
        if not slot.hashes:  # What was never there comes behind the nearest one before it that is.
            self._set_blocks(start, start, blocks)
            return ()
        if slot.place is None:
            raise BlockChanged(whole_blocks(self.body)[start:end])
        end = slot.place + len(slot.hashes)
        replaced = whole_blocks(self.body, ooxml=True)[slot.place : end]
        self._set_blocks(slot.place, end, blocks)
        return tuple(replaced)

    def _slots(self, empty: Key | None = None) -> list[Slot]:
        """What is in the section by what was decided, in reading order, and where in the draft."""
        slots = [replace(one, hashes=()) if one.key == empty else one for one in self._expected()]
        found = align([sha256 for slot in slots for sha256 in slot.hashes], _hashes(whole_blocks(self.body)))
        at = dict((*found.pairs, *found.moved))
        placed_slots, number = [], 0
        for slot in slots:
            places = [at.get(number + n) for n in range(len(slot.hashes))]
            number += len(places)
            first = places[0] if places else None
            whole = first is not None and places == list(range(first, first + len(places)))
            placed_slots.append(replace(slot, place=first if whole else None))
        return placed_slots

    def _expected(self) -> list[Slot]:
        incoming: dict[int | None, list[Decided]] = {}
        at: dict[int, Decided] = {}
        for one in self.cards.values():
            if one.card.kind in (Kind.ADDED, Kind.MOVED):
                place = one.card.position if one.card.kind == Kind.ADDED else one.card.target
                incoming.setdefault(place, []).append(one)
            if one.card.kind not in (Kind.ADDED, Kind.HEADING):
                at[one.card.position] = one
        slots = []
        for position in range(len(self.sent) + 1):
            slots += [
                Slot(("in", one.number), _hashes(one.result or ())) for one in incoming.get(position, ())
            ]
            if position < len(self.sent):
                hashes: tuple[str, ...] = (self.sent[position],)
                changed = at.get(position)
                if changed is not None and changed.result is not None:
                    hashes = () if changed.card.kind == Kind.MOVED else _hashes(changed.result)
                slots.append(Slot(("out", position), hashes))
        return slots

    def _set_blocks(self, start: int, end: int, blocks: Blocks) -> None:
        """Notes that nobody refers to go."""
        notes: Json = dict(self.body.get("notes") or {})
        now = self.body["blocks"]
        both = [*now[:start], *placed(list(blocks), notes), *now[end:]]
        self.body = {**normalise_body(self.body | {"blocks": both, "notes": notes})}

    def _set_heading(self, blocks: Blocks) -> None:
        notes: Json = dict(self.body.get("notes") or {})
        heading = placed(blocks[0]["content"], notes) if blocks else []
        self.body = {**normalise_body(self.body | {"heading": heading, "notes": notes})}


def _hashes(blocks: Blocks) -> tuple[str, ...]:
    return tuple(block_hash(one) for one in blocks)


def _gap(slots: Sequence[Slot], key: Key, size: int) -> tuple[int, int]:
    """From where to where the draft has what is between the slots around this one."""
    at = next(n for n, slot in enumerate(slots) if slot.key == key)
    before = (slot.place + len(slot.hashes) for slot in reversed(slots[:at]) if slot.place is not None)
    start = next(before, 0)
    end = next(
        (slot.place for slot in slots[at + 1 :] if slot.place is not None and slot.place >= start), size
    )
    return start, end
