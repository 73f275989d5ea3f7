"""The cards of a returned file: each says one thing that is otherwise in it than in the text that went
out."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from documents.text import Section, SectionTree, block_text, text_hash
from documents.text.align import longest_in_order
from documents.text.extraction import inline_text
from documents.word.review.align import Alignment, align
from documents.word.review.changes import BETWEEN_NAMES, Change, Tracked, differences, is_look
from documents.word.review.normalise import block_hash, body_of, whole_blocks, whole_heading

Json = dict[str, Any]
EMPTY: Json = {"heading": [], "blocks": [], "notes": {}}
HEADING = -1
"""The position of a section's heading."""
LIKE = 0.5
"""How much of a section without a bookmark has to be left."""


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
    """One difference. ``position`` is the number of the block among those that went out, of an added one
    that of the block before which it comes; ``target`` the same for where a moved one goes. ``before`` and
    ``after`` are small bodies. ``level``: of a section that is added or moved."""

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


@dataclass(frozen=True, slots=True)
class Review:
    """``blocks``: by uid, the hashes of the blocks of a section that went out, in their order; ``outline``:
    the sections of the file in theirs, with the uids of the draft, or new ones."""

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
    """All cards. ``sent`` is the text that went out; the sections of ``file`` have its uids where they are
    the same (:func:`with_uids_of`). ``levels``: what headings were set to that stand at another level.
    ``states``: the start of the hash with which a section went out; one that is as it was then, and not in
    ``sent``, the draft took out since."""
    tracked, levels, states = tracked or {}, levels or {}, states or {}
    blocks = {
        section.uid: [block_hash(one) for one in whole_blocks(section.text.body)]
        for section in sent
        if section.uid in file.by_uid
    }
    cards: list[Card] = []
    for section in file:
        was, marks = sent.by_uid.get(section.uid), tracked.get(section.uid, Tracked())
        if was is None:
            state = states.get(section.uid, "")
            if state and text_hash(section.text.body).startswith(state):
                continue
            author, date = marks.who("", section.text.heading)
            cards.append(
                Card(
                    Kind.SECTION_ADDED,
                    section.uid,
                    after=_whole_body(section.text.body),
                    author=author,
                    date=date,
                    level=section.level,
                )
            )
        else:
            cards += section_cards(section.uid, was.text.body, section.text.body, marks)
    for section in sent:
        if section.uid not in file.by_uid:
            author, date = tracked.get(section.uid, Tracked()).who(section.text.heading, "")
            cards.append(
                Card(
                    Kind.SECTION_REMOVED,
                    section.uid,
                    _whole_body(section.text.body),
                    author=author,
                    date=date,
                )
            )
    cards += moved_sections(sent, file, levels)
    return Review(tuple(cards), blocks, tuple((section.uid, section.level) for section in file))


def section_cards(uid: str, sent: Json, file: Json, tracked: Tracked | None = None) -> list[Card]:
    """What of a section's heading and blocks is otherwise."""
    tracked = tracked or Tracked()
    cards: list[Card] = []
    heading = whole_heading(sent), whole_heading(file)
    if block_hash(heading[0]) != block_hash(heading[1]):
        before, after = (body_of([], one["content"]) for one in heading)
        changes = differences(*heading, tracked)
        cards.append(_card(Kind.HEADING, uid, before, after, block_hash(heading[0]), HEADING, changes))
    old, new = whole_blocks(sent), whole_blocks(file)
    keys = [block_hash(one) for one in old], [block_hash(one) for one in new]
    if keys[0] == keys[1]:
        return cards
    texts = [block_text(one) for one in old], [block_text(one) for one in new]
    typed = [
        [(one["type"], text) for one, text in zip(*side, strict=True)]
        for side in zip((old, new), texts, strict=True)
    ]
    found = align(*keys, (typed[0], typed[1]))
    targets = _targets(found, len(old), len(new))
    pairs = {j: i for i, j in found.pairs if i is not None and j is not None}
    gone = [i for i, j in found.pairs if j is None and i is not None]
    away = {j: i for i, j in found.moved}
    for j, block in enumerate(new):
        i = pairs.get(j, away.get(j))
        before = body_of([old[i]]) if i is not None else EMPTY
        after = body_of([block])
        if j in away and i is not None:
            author, date = tracked.who_moved(texts[1][j])
            card = Card(Kind.MOVED, uid, before, after, keys[0][i], i, targets[j], (), author, date)
            cards.append(card)
        elif i is None:
            author, date = tracked.who("", texts[1][j])
            cards.append(Card(Kind.ADDED, uid, before, after, "", targets[j], None, (), author, date))
        elif keys[0][i] != keys[1][j]:
            changes = differences(old[i], block, tracked)
            kind = Kind.LOOKS if is_look(changes) else Kind.CHANGED
            cards.append(_card(kind, uid, before, after, keys[0][i], i, changes))
    for i in gone:
        author, date = tracked.who(texts[0][i], "")
        cards.append(Card(Kind.REMOVED, uid, body_of([old[i]]), EMPTY, keys[0][i], i, None, (), author, date))
    return cards


def _card(
    kind: Kind, uid: str, before: Json, after: Json, sha256: str, position: int, changes: tuple[Change, ...]
) -> Card:
    names = dict.fromkeys(change.author for change in changes if change.author)
    date = max((change.date for change in changes), default="")
    return Card(
        kind, uid, before, after, sha256, position, None, changes, BETWEEN_NAMES.join(names)[:240], date
    )


def _targets(found: Alignment, old: int, new: int) -> list[int]:
    """For each new block the number of the old one before which it stands."""
    targets, at = [old] * new, old
    pairs = {j: i for i, j in found.pairs if i is not None and j is not None}
    for j in reversed(range(new)):
        at = pairs.get(j, at)
        targets[j] = at
    return targets


def _whole_body(body: Json) -> Json:
    return body_of(whole_blocks(body), whole_heading(body)["content"])


def moved_sections(sent: SectionTree, file: SectionTree, levels: Mapping[str, int]) -> list[Card]:
    """Sections that stand under another one, in another order among those beside them, or at another
    level."""
    both = [section.uid for section in file if section.uid in sent.by_uid]
    known = frozenset(both)
    above_now, above_then = (_above(tree, known) for tree in (file, sent))
    order = {section.uid: place for place, section in enumerate(sent)}
    beside: dict[str | None, list[str]] = {}
    for uid in both:
        if above_now[uid] == above_then[uid]:
            beside.setdefault(above_now[uid], []).append(uid)
    moved = {uid for uid in both if above_now[uid] != above_then[uid] and _by_itself(uid, sent, file)}
    for uids in beside.values():
        rising = longest_in_order([order[uid] for uid in uids], [1] * len(uids))
        moved |= set(uids) - {uids[n] for n in rising}
    made = []
    for section in file:
        level = levels.get(section.uid, section.level)
        if section.uid in moved or (section.uid in levels and section.uid in known):
            made.append(Card(Kind.SECTION_MOVED, section.uid, level=level, target=int(section.uid in moved)))
    return made


def _by_itself(uid: str, sent: SectionTree, file: SectionTree) -> bool:
    """Whether a section moved and not only what stood above it came, went or was set to another level."""
    then, now = sent.by_uid[uid], file.by_uid[uid]
    before = [tree.sections.index(section) for tree, section in ((sent, then), (file, now))]
    neighbours = [
        {tree.sections[at - 1].uid if at else "", tree.sections[at + 1].uid if at + 1 < len(tree) else ""}
        for tree, at in ((sent, before[0]), (file, before[1]))
    ]
    return not (neighbours[0] & neighbours[1])


def _above(tree: SectionTree, known: frozenset[str]) -> dict[str, str | None]:
    """By uid, the nearest section of ``known`` in which a section stands."""
    found: dict[str, str | None] = {}
    for section in tree:
        step = tree.parents[section.uid]
        while step is not None and step not in known:
            step = tree.parents[step]
        found[section.uid] = step
    return found


def with_uids_of(sent: SectionTree, file: SectionTree) -> SectionTree:
    """The file's text with the uids of the text that went out: by its bookmarks, else by equal texts or
    headings, else by place and likeness. Sections that are new get new ones."""
    known = {section.uid for section in file if section.uid in sent.by_uid}
    left = [section for section in sent if section.uid not in known]
    right = [section for section in file if section.uid not in known]
    names: dict[str, str] = {}
    for key in (_all, _heading):
        left = [one for one in left if one.uid not in names.values()]
        right = [one for one in right if one.uid not in names]
        found = align([key(one) for one in left], [key(one) for one in right])
        pairs = [(i, j) for i, j in (*found.pairs, *found.moved) if i is not None and j is not None]
        names |= {right[j].uid: left[i].uid for i, j in pairs if key(left[i]).strip()}
    left = [one for one in left if one.uid not in names.values()]
    right = [one for one in right if one.uid not in names]
    texts = [[("section", _all(one)) for one in side] for side in (left, right)]
    rest = align([one.uid for one in left], [one.uid for one in right], (texts[0], texts[1]), LIKE)
    names |= {right[j].uid: left[i].uid for i, j in rest.pairs if i is not None and j is not None}
    for one in file:
        if one.uid not in sent.by_uid and one.uid not in names:
            names[one.uid] = str(uuid.uuid4())
    sections = (
        replace(
            one, uid=names.get(one.uid, one.uid), text=replace(one.text, body=_renamed(one.text.body, names))
        )
        for one in file
    )
    return replace(file, sections=tuple(sections))


def _all(section: Section) -> str:
    return f"{section.text.heading}\n{section.text.plain}"


def _heading(section: Section) -> str:
    return " ".join(inline_text(section.text.body["heading"]).casefold().split())


def _renamed(value: Any, names: Mapping[str, str]) -> Any:
    """References to sections follow their uids."""
    if isinstance(value, list):
        return [_renamed(part, names) for part in value]
    if not isinstance(value, dict):
        return value
    if "uid" in value:
        return value | {"uid": names.get(value["uid"], value["uid"])}
    return {key: _renamed(part, names) for key, part in value.items()}
