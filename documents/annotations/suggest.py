"""Two texts of one section as suggestions, each of which can be taken or left by itself. Pure, knows no Django.

A suggestion holds a piece of the text before and after, as small bodies (:data:`Json`): put on another state of the text
(:mod:`documents.annotations.put_in`), it changes there just what it changed here, or says that it can't.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from rapidfuzz import fuzz

from documents.annotations import pairing
from documents.annotations.blocks import keyed_blocks
from documents.annotations.into_lists import lists_whole_again, moved_into_lists
from documents.annotations.merge import only_counts_on
from documents.annotations.notes import named_by_words
from documents.annotations.standing import MOST_BLOCKS, Standing, digest, split
from documents.annotations.steps import steps
from documents.annotations.suggestion import (
    ADDED,
    CHANGED,
    COPY,
    HEADING,
    LIKE,
    NEXT,
    REMOVED,
    SHIFTED,
    Json,
    Suggested,
    part,
)
from documents.docx.own.patching import pairs as in_order
from documents.tree import block_text, canonical_json, inline_text

MOST_IN_BLOCK = 40
"""A block with more changes than this is one suggestion."""
REWRITTEN = 50.0
"""From 100: below this, a block in another's place is not the same one changed: one was taken out, one added."""
Keyed = Sequence[tuple[bytes, Json]]


def suggestions(old: Json, new: Json) -> list[Suggested]:
    """What makes the new body of the old one, in reading order."""
    old, new = named_by_words(old), named_by_words(new)
    found: list[Suggested] = []
    if canonical_json(old["heading"]) != canonical_json(new["heading"]):
        before, after = part(old, (), old["heading"]), part(new, (), new["heading"])
        found.append(
            Suggested(HEADING, before, after, inline_text(old["heading"]), inline_text(new["heading"]))
        )
    new, parted = lists_whole_again(old, new)
    left, right = keyed_blocks(old), keyed_blocks(new)
    pairs = paired(left, right)
    where = _Where(left, right, pairs)
    near: list[Json] = []
    for i, j in pairs:
        gone, come = left[i][1] if i is not None else None, right[j][1] if j is not None else None
        if i is not None and j is not None and left[i][0] == right[j][0]:
            near = [right[j][1]]
        elif i is not None and gone is not None and come is not None:
            made = [] if only_counts_on(gone, come) else _changed(old, gone, new, come)
            found += [replace(one, place=where.of(i)) for one in made]
            near[:0] = [come, gone]
        elif i is not None and gone is not None:
            found.append(
                Suggested(REMOVED, part(old, (gone,)), part(old, ()), block_text(gone), "", where.of(i, True))
            )
        elif j is not None and come is not None:
            place = where.behind(j) + NEXT.join(block_text(block) for block in near)
            found.append(Suggested(ADDED, part(new, ()), part(new, (come,)), "", block_text(come), place))
            near.insert(0, come)
    return parted + moved_into_lists(_shifted(found, {key for key, _ in left}))


@dataclass
class _Where:
    """What tells the blocks of the old text from others that are equal or alike."""

    left: Keyed
    right: Keyed
    pairs: pairing.Pairs
    digests: tuple[str, ...] = ()
    several: bool = False
    """Whether a block stands several times in one of the texts."""
    passed: dict[int, int] = field(default_factory=dict)
    """For each block that was put in, how many of the old ones stand before it."""
    added: Counter[tuple[int, bytes]] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        if len(self.left) > MOST_BLOCKS:
            return
        times = Counter(key for key, _ in self.left), Counter(key for key, _ in self.right)
        self.several = any(count > 1 for each in times for count in each.values())
        self.digests = tuple(digest(key) for key, _ in self.left)
        passed = 0
        for i, j in self.pairs:
            if i is not None:
                passed = i + 1
            elif j is not None:
                self.passed[j] = passed
                self.added[passed, self.right[j][0]] += 1

    def of(self, i: int, gone: bool = False) -> str:
        """Of a block of the old text, which is changed or taken out."""
        if not self.digests or not (self.several or self._has_like(i)):
            return ""
        return Standing(self.digests, i, i, len(self._gone_with(i)) if gone else 1).said()

    def _gone_with(self, i: int) -> list[int]:
        """Of the equal ones right before and behind a block, and it itself, those that were taken out."""
        run = [i]
        for step in (-1, 1):
            at = i + step
            while 0 <= at < len(self.left) and self.left[at][0] == self.left[i][0]:
                run.append(at)
                at += step
        return [at for at in run if (at, None) in self.pairs]

    def behind(self, j: int) -> str:
        """Of the place of a block that was put in."""
        if not self.several:
            return ""
        passed = self.passed[j]
        return Standing(self.digests, -1, passed, self.added[passed, self.right[j][0]]).said()

    def _has_like(self, i: int) -> bool:
        block = self.left[i][1]
        text = block_text(block)
        return any(
            place != i and other["type"] == block["type"] and fuzz.ratio(text, block_text(other)) >= LIKE
            for place, (_, other) in enumerate(self.left)
        )


def _shifted(found: list[Suggested], known: set[bytes]) -> list[Suggested]:
    """What was taken out at one place and put in at another one is one suggestion, not two of which one could be lost."""
    gone = [(keyed_blocks(one.before)[0][0], one) for one in found if one.kind == REMOVED]
    times = Counter(keyed_blocks(one.after)[0][0] for one in found if one.kind == ADDED)
    made: list[Suggested] = []
    moved: list[Suggested] = []
    for one in found:
        if one.kind == ADDED:
            key = keyed_blocks(one.after)[0][0]
            twin = next((pair for pair in gone if pair[0] == key), None)
            if twin is not None and one.new.strip():
                gone.remove(twin)
                moved.append(twin[1])
                one = replace(
                    one, kind=SHIFTED, before=twin[1].before, old=one.new, place=_from_to(twin[1], one)
                )
            elif key in known or times[key] > 1:
                standing, rest = split(one.place)
                one = replace(one, place=(standing.said() if standing else "") + COPY + rest)
        made.append(one)
    return [one for one in made if not any(one is twin for twin in moved)]


def _from_to(gone: Suggested, come: Suggested) -> str:
    before, _none = split(gone.place)
    after, rest = split(come.place)
    if before is None or after is None:
        return rest
    return replace(after, index=before.index).said() + rest


def paired(left: Keyed, right: Keyed) -> pairing.Pairs:
    """Which blocks became which, in the order of the new ones; what is left over has no partner."""

    @cache
    def said(new: bool, place: int) -> str:
        return block_text((right if new else left)[place][1])

    def likeness(i: int, j: int) -> float:
        """A paragraph of other words is another one; a list or a table is the same one where there is none that is more
        like it."""
        kind = left[i][1]["type"]
        if kind != right[j][1]["type"]:
            return 0
        old, new = said(False, i), said(True, j)
        found = fuzz.ratio(old, new)
        if found >= REWRITTEN or kind != "paragraph":
            return max(found, 1)
        words = Counter(old.split()), Counter(new.split())
        common = (words[0] & words[1]).total()
        return found if common * 2 >= max(words[0].total(), words[1].total()) else 0

    def far(rows: range, columns: range) -> pairing.Pairs:
        found = in_order([left[i][1] for i in rows], [right[j][1] for j in columns])
        return [(i if i is None else rows[i], j if j is None else columns[j]) for i, j in found]

    return pairing.paired([key for key, _ in left], [key for key, _ in right], likeness, far)


def _changed(old: Json, before: Json, new: Json, after: Json) -> list[Suggested]:
    """A block's changes, one by one where they are changes of words, rows or items."""
    whole = Suggested(
        CHANGED, part(old, (before,)), part(new, (after,)), block_text(before), block_text(after)
    )
    notes = old["notes"] | new["notes"]
    found: list[Suggested] = []
    for made, gone, come in steps(before, after, notes):
        piece = {"heading": [], "blocks": [made], "notes": notes}
        found.append(Suggested(CHANGED, part(old, (before,)), part(piece, (made,)), gone, come))
        if len(found) > MOST_IN_BLOCK:
            return [whole]
    return found or [whole]
