"""Two texts of one section as suggestions, each of which can be taken or left by itself. Pure, knows no Django.

A suggestion holds a piece of the text before and after, as small bodies (:data:`Json`): put on another state of the text
(:mod:`documents.suggestions.put_in`), it changes there just what it changed here, or says that it can't.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from documents.suggestions import pairing
from documents.suggestions.alike import is_within, likeness, moved_and_changed
from documents.suggestions.blocks import keyed_blocks, uncounted_keys
from documents.suggestions.into_lists import lists_whole_again, moved_into_lists
from documents.suggestions.merge import only_counts_on
from documents.suggestions.notes import each_named, named_by_words
from documents.suggestions.paragraph_ends import elsewhere, seams
from documents.suggestions.standing import MOST_BLOCKS, NONE, Entry, Standing, both, digest, split
from documents.suggestions.steps import entries, steps
from documents.suggestions.suggestion import (
    ADDED,
    BECOMES,
    CHANGED,
    COPY,
    HEADING,
    NEXT,
    REMOVED,
    SHIFTED,
    Json,
    Suggested,
    part,
)
from documents.text import block_text, canonical_json, inline_text
from documents.word.source_patch.patching import pairs as in_order

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
    where = _Where(old, new, pairs)
    keys = [key for key, _ in left], [key for key, _ in right]
    ends = {index: own for own in seams(pairs, old["blocks"], new["blocks"], keys) for index in own}
    near: list[Json] = []
    for index, (i, j) in enumerate(pairs):
        gone, come = left[i][1] if i is not None else None, right[j][1] if j is not None else None
        if index in ends:
            own = ends[index]
            if index == min(index for index in own if pairs[index][1] is not None):
                follows = NEXT.join(block_text(block) for block in near) if elsewhere(own, pairs) else ""
                found.append(_with_other_ends(old, new, pairs, own, where.said(*own) + follows))
            near[:0] = [block for block in (come, gone) if block is not None]
        elif i is not None and j is not None and left[i][0] == right[j][0]:
            near = [right[j][1]]
        elif i is not None and gone is not None and come is not None:
            for one, parts in [] if only_counts_on(gone, come) else _changed(old, gone, new, come):
                follows = one.place or (block_text(near[0]) if near and one.kind == SHIFTED else "")
                found.append(replace(one, place=where.said(index, parts=parts) + follows))
            near[:0] = [come, gone]
        elif i is not None and gone is not None:
            found.append(
                Suggested(REMOVED, part(old, (gone,)), part(old, ()), block_text(gone), "", where.said(index))
            )
        elif j is not None and come is not None:
            place = where.said(index) + NEXT.join(block_text(block) for block in near)
            found.append(Suggested(ADDED, part(new, ()), part(new, (come,)), "", block_text(come), place))
            near.insert(0, come)
    made = parted + moved_into_lists(_shifted(found, {key for key, _ in left}))
    return [replace(one, before=each_named(one.before), after=each_named(one.after)) for one in made]


class _Where:
    """What tells the blocks of a text from others that are equal or alike: what becomes of each."""

    def __init__(self, old: Json, new: Json, pairs: pairing.Pairs) -> None:
        signs = [[digest(key) for key in uncounted_keys(body)] for body in (old, new)]
        kinds = [[block["type"][0] for block in body["blocks"]] for body in (old, new)]
        self.entries: tuple[Entry, ...] = ()
        if len(pairs) <= MOST_BLOCKS:
            self.entries = tuple(
                Entry(
                    kinds[1][j] if i is None and j is not None else kinds[0][i or 0],
                    NONE if i is None else signs[0][i],
                    NONE if j is None else signs[1][j],
                )
                for i, j in pairs
            )

    def said(self, *own: int, parts: Standing | None = None) -> str:
        """Of one of the pairs, or of some together."""
        return Standing(self.entries, own, parts).said() if self.entries else ""


def _with_other_ends(
    old: Json, new: Json, pairs: pairing.Pairs, own: tuple[int, ...], place: str
) -> Suggested:
    """Paragraphs that were joined or divided, and perhaps moved: one change, with all that was changed in their words."""
    gone = tuple(old["blocks"][i] for i, _ in map(pairs.__getitem__, own) if i is not None)
    come = tuple(new["blocks"][j] for _, j in map(pairs.__getitem__, own) if j is not None)
    words, words_new = ("\n".join(map(block_text, blocks)) for blocks in (gone, come))
    kind = SHIFTED if elsewhere(own, pairs) else CHANGED
    return Suggested(kind, part(old, gone), part(new, come), words, words_new, place)


def _shifted(found: list[Suggested], known: set[bytes]) -> list[Suggested]:
    """What was taken out at one place and put in at another one, with other words perhaps, is one suggestion, not two of which one
    could be lost."""
    gone = [one for one in found if one.kind == REMOVED]
    come = [one for one in found if one.kind == ADDED]
    times = Counter(_key(one.after) for one in come)
    twins: dict[int, Suggested] = {}
    for one in come:
        twin = next((other for other in gone if _key(other.before) == _key(one.after)), None)
        if twin is not None and one.new.strip():
            gone.remove(twin)
            twins[id(one)] = twin
    copies = {id(one) for one in come if _key(one.after) in known or times[_key(one.after)] > 1}
    changed = moved_and_changed(
        {at: one.before["blocks"][0] for at, one in enumerate(gone) if _is_paragraph(one.before)},
        {
            at: one.after["blocks"][0]
            for at, one in enumerate(come)
            if _is_paragraph(one.after) and id(one) not in twins and id(one) not in copies
        },
    )
    twins |= {id(come[j]): gone[i] for i, j in changed.items()}
    made: list[Suggested] = []
    for one in found:
        if (twin := twins.get(id(one))) is not None:
            place = both(twin.place, one.place) + split(one.place)[1]
            one = replace(one, kind=SHIFTED, before=twin.before, old=twin.old, place=place)
        elif id(one) in copies:
            standing, rest = split(one.place)
            one = replace(one, place=(standing.said() if standing else "") + COPY + rest)
        made.append(one)
    moved = [id(twin) for twin in twins.values()]
    return [one for one in made if id(one) not in moved]


def _key(body: Json) -> bytes:
    return keyed_blocks(body)[0][0]


def _is_paragraph(body: Json) -> bool:
    return bool(body["blocks"][0]["type"] == "paragraph")


def paired(left: Keyed, right: Keyed) -> pairing.Pairs:
    """Which blocks became which, in the order of the new ones; what is left over has no partner."""

    @cache
    def said(new: bool, place: int) -> str:
        return block_text((right if new else left)[place][1])

    def alike(i: int, j: int) -> float:
        """A paragraph of other words is another one; a list or a table is the same one where there is none that is more
        like it."""
        kind = left[i][1]["type"]
        if kind != right[j][1]["type"]:
            return 0
        old, new = said(False, i), said(True, j)
        found = likeness(old, new)
        if found >= REWRITTEN or kind != "paragraph" or is_within(old, new):
            return max(found, 1)
        words = Counter(old.split()), Counter(new.split())
        common = (words[0] & words[1]).total()
        return found if common * 2 >= max(words[0].total(), words[1].total()) else 0

    def far(rows: range, columns: range) -> pairing.Pairs:
        found = in_order([left[i][1] for i in rows], [right[j][1] for j in columns])
        return [(i if i is None else rows[i], j if j is None else columns[j]) for i, j in found]

    return pairing.paired([key for key, _ in left], [key for key, _ in right], alike, far)


def _changed(old: Json, before: Json, new: Json, after: Json) -> list[tuple[Suggested, Standing | None]]:
    """A block's changes, one by one where they are changes of words, rows or items; those with what tells these apart."""
    whole = Suggested(
        CHANGED, part(old, (before,)), part(new, (after,)), block_text(before), block_text(after)
    )
    notes = old["notes"] | new["notes"]
    parts = entries(before, after)
    found: list[tuple[Suggested, Standing | None]] = []
    for step in steps(before, after, notes):
        piece = {"heading": [], "blocks": [step.block], "notes": notes}
        kind = CHANGED if step.follows is None else SHIFTED
        pieces = part(old, (before,)), part(piece, (step.block,))
        words = step.becomes if parts and step.own else block_text(after)
        becomes = BECOMES + words if words else ""
        one = Suggested(kind, *pieces, step.old, step.new, becomes if step.follows is None else step.follows)
        found.append((one, Standing(parts, step.own) if parts and step.own else None))
        if len(found) > MOST_IN_BLOCK:
            return [(whole, None)]
    return found or [(whole, None)]
