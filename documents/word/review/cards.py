"""The cards of a returned file: each is one difference from the exported text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from documents.text import Section, SectionTree, block_text, text_hash
from documents.word.review.align import Alignment, align
from documents.word.review.changes import Change, Tracked, authors_of, differences, is_look
from documents.word.review.normalise import block_hash, body_of, whole_blocks, whole_heading
from documents.word.review.sections import moved_sections

Json = dict[str, Any]
EMPTY: Json = {"heading": [], "blocks": [], "notes": {}}
HEADING = -1
"""The position of a section's heading."""


class Kind(StrEnum):
    """What a card is about. ``looks``: nothing but how words look; ``section_moved``: its place, its level
    or both."""

    CHANGED = "changed"
    LOOKS = "looks"
    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"
    HEADING = "heading"
    SECTION_ADDED = "section_added"
    SECTION_REMOVED = "section_removed"
    SECTION_MOVED = "section_moved"


SECTION_KINDS = frozenset({Kind.SECTION_ADDED, Kind.SECTION_REMOVED, Kind.SECTION_MOVED})


@dataclass(frozen=True, slots=True)
class Card:
    """One difference. ``position`` is the number of the block among the exported ones, of an added one that
    of the next block. ``target`` is the same for a moved one. ``before`` and ``after`` are small bodies.
    ``level``: of a section that is added or moved."""

    kind: Kind
    uid: str
    before: Json = field(default_factory=lambda: EMPTY)
    after: Json = field(default_factory=lambda: EMPTY)
    block_hash: str = ""
    position: int = 0
    target: int | None = None
    changes: tuple[Change, ...] = ()
    author: str = ""
    date: str = ""
    level: int | None = None

    @property
    def tracked(self) -> bool:
        return bool(self.author or self.date)

    def by(self, who: tuple[str, str]) -> Card:
        """The card with its author and date."""
        return replace(self, author=who[0], date=who[1])


@dataclass(frozen=True, slots=True)
class Review:
    """``blocks``: by uid, the hashes of the exported blocks of a section, in their order. ``outline``: the
    sections of the file in theirs, with the uids of the draft, or new ones."""

    cards: tuple[Card, ...]
    blocks: dict[str, list[str]]
    outline: tuple[tuple[str, int], ...]


def review(
    sent: SectionTree,
    file: SectionTree,
    tracked: Mapping[str, Tracked] | None = None,
    levels: Mapping[str, int] | None = None,
    states: Mapping[str, str] | None = None,
) -> Review:
    """All cards. ``sent`` is the exported text; the sections of ``file`` have its uids where they are the
    same (:func:`documents.word.review.sections.with_uids_of`). ``levels``: what headings were set to that are
    at another level. ``states``: the start of the hash of an exported section. One that is unchanged since,
    and not in ``sent``, was removed from the draft."""
    tracked, levels, states = tracked or {}, levels or {}, states or {}
    cards: list[Card] = []
    for section in file:
        marks = tracked.get(section.uid, Tracked())
        if section.uid in sent.by_uid:
            body = sent.by_uid[section.uid].text.body
            cards += section_cards(section.uid, body, section.text.body, marks)
        else:
            cards += _added_section(section, marks, states.get(section.uid, ""))
    for section in sent:
        if section.uid not in file.by_uid:
            who = tracked.get(section.uid, Tracked()).who(section.text.heading, "")
            cards.append(Card(Kind.SECTION_REMOVED, section.uid, _whole_body(section.text.body)).by(who))
    cards += _moved_cards(sent, file, levels)
    blocks = {
        section.uid: [block_hash(one) for one in whole_blocks(section.text.body)]
        for section in sent
        if section.uid in file.by_uid
    }
    return Review(tuple(cards), blocks, tuple((section.uid, section.level) for section in file))


def _added_section(section: Section, tracked: Tracked, state: str) -> list[Card]:
    """The card of a section that was not exported; none where it was removed from the draft since."""
    body = section.text.body
    if state and text_hash(body).startswith(state):
        return []
    card = Card(Kind.SECTION_ADDED, section.uid, after=_whole_body(body), level=section.level)
    return [card.by(tracked.who("", section.text.heading))]


def _moved_cards(sent: SectionTree, file: SectionTree, levels: Mapping[str, int]) -> list[Card]:
    moved = moved_sections(sent, file)
    return [
        Card(Kind.SECTION_MOVED, uid, level=levels.get(uid, section.level), target=int(uid in moved))
        for section in file
        if (uid := section.uid) in moved or (uid in levels and uid in sent.by_uid)
    ]


def section_cards(uid: str, sent: Json, file: Json, tracked: Tracked | None = None) -> list[Card]:
    """What of a section's heading and blocks is otherwise."""
    tracked = tracked or Tracked()
    cards = _heading_cards(uid, whole_heading(sent), whole_heading(file), tracked)
    old, new = whole_blocks(sent), whole_blocks(file)
    keys, keys_new = ([block_hash(one) for one in side] for side in (old, new))
    if keys == keys_new:
        return cards
    texts, texts_new = ([(one["type"], block_text(one)) for one in side] for side in (old, new))
    found = align(keys, keys_new, (texts, texts_new))
    targets, origins = _targets(found, len(old), len(new)), _origins(found)
    moved = {j for _, j in found.moved}
    for j, block in enumerate(new):
        i, after, text = origins.get(j), body_of([block]), texts_new[j][1]
        if i is None:
            card = Card(Kind.ADDED, uid, after=after, position=targets[j])
            cards.append(card.by(tracked.who("", text)))
        elif j in moved:
            card = Card(Kind.MOVED, uid, body_of([old[i]]), after, keys[i], i, targets[j])
            cards.append(card.by(tracked.who_moved(text)))
        elif keys[i] != keys_new[j]:
            cards.append(_changed_card(uid, (old[i], block), keys[i], i, tracked))
    for i in _removed(found):
        card = Card(Kind.REMOVED, uid, body_of([old[i]]), EMPTY, keys[i], i)
        cards.append(card.by(tracked.who(texts[i][1], "")))
    return cards


def _changed_card(uid: str, pair: tuple[Json, Json], key: str, at: int, tracked: Tracked) -> Card:
    changes = differences(*pair, tracked)
    kind = Kind.LOOKS if is_look(changes) else Kind.CHANGED
    before, after = (body_of([block]) for block in pair)
    return Card(kind, uid, before, after, key, at, changes=changes).by(authors_of(changes))


def _origins(found: Alignment) -> dict[int, int]:
    """By new block the old one that it was."""
    return {j: i for i, j in (*found.pairs, *found.moved) if i is not None and j is not None}


def _removed(found: Alignment) -> list[int]:
    return [i for i, j in found.pairs if j is None and i is not None]


def _heading_cards(uid: str, old: Json, new: Json, tracked: Tracked) -> list[Card]:
    if block_hash(old) == block_hash(new):
        return []
    before, after = (body_of([], one["content"]) for one in (old, new))
    changes = differences(old, new, tracked)
    card = Card(Kind.HEADING, uid, before, after, block_hash(old), HEADING, changes=changes)
    return [card.by(authors_of(changes))]


def _targets(found: Alignment, old: int, new: int) -> list[int]:
    """For each new block the number of the old one before which it is."""
    targets, at = [old] * new, old
    pairs = {j: i for i, j in found.pairs if i is not None and j is not None}
    for j in reversed(range(new)):
        at = pairs.get(j, at)
        targets[j] = at
    return targets


def _whole_body(body: Json) -> Json:
    return body_of(whole_blocks(body), whole_heading(body)["content"])
