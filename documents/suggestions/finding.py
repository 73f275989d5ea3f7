"""Where in a text the blocks stand that a suggestion speaks of, and where those go that it puts in. Pure, knows no Django."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from documents.suggestions.alike import goes_on_in, is_like, likeness, most_like
from documents.suggestions.blocks import keyed_blocks, uncounted_keys
from documents.suggestions.merge import part_keys
from documents.suggestions.moved_blocks import places_of_blocks
from documents.suggestions.standing import NONE, Standing, digest
from documents.suggestions.suggestion import BECOMES, NEXT, Json
from documents.text import block_text

Place = tuple[Standing | None, str]
"""What became of the blocks around, and the texts that the suggestion may follow."""


def places_now(now: Json, standing: Standing, *texts: str) -> dict[int, int]:
    """Where each of the blocks stands that the suggestion knows. ``texts``: the words of those that it changes or takes out."""

    def like_these(at: int) -> float:
        here = block_text(now["blocks"][at])
        said = max(likeness(here, text) for text in texts)
        # Of a block that had few words or none, more is told by the rows or items that it has by now.
        return max(said, standing.parts.known(part_keys(now["blocks"][at])) if standing.parts else 0.0)

    kinds = [block["type"][0] for block in now["blocks"]]
    return places_of_blocks(standing, uncounted_keys(now), kinds, like_these if texts else None)


def found_in(now: Json, before: Json, place: Place) -> tuple[int | None, bool]:
    """Which block it is that the suggestion speaks of, and whether it is the same; else the most like it."""
    blocks, like, standing = now["blocks"], before["blocks"][0], place[0]
    same = [key == keyed_blocks(before)[0][0] for key, _ in keyed_blocks(now)]
    text, becomes = block_text(like), becomes_of(place[1])
    free = list(range(len(blocks)))
    if standing is not None and standing.entries[standing.own[0]].old != NONE:
        places = places_now(now, standing, text, *([becomes] if becomes else []))
        at = places.get(standing.own[0])
        keys = uncounted_keys(now)
        if at is not None and (
            digest(keys[at]) in standing.entries[standing.own[0]].signs
            or any(is_like(block_text(blocks[at]), said) for said in (text, becomes) if said)
            or (standing.parts is not None and standing.parts.known(part_keys(blocks[at])) > 0)
        ):
            return at, same[at]
        # What stands for another one is not this one.
        taken = {
            other
            for index, other in places.items()
            if index not in standing.own and digest(keys[other]) in standing.entries[index].signs
        }
        free = [index for index in free if index not in taken]
    at = next((index for index in free if same[index]), None)
    if at is not None:
        return at, True
    left = [blocks[index] for index in free]
    at = most_like(left, text, like["type"])
    if at is None and becomes:
        at = most_like(left, becomes, like["type"])
    return None if at is None else free[at], False


def may_be(now: Json, before: Json, place: Place) -> int | None:
    """Of a block that is not there the one that stands in its place, or in which most of its words go on."""
    standing, block = place[0], before["blocks"][0]
    if standing is None:
        return None
    at = places_now(now, standing, block_text(block)).get(standing.own[0])
    unknown = standing.unknown(uncounted_keys(now))
    if at in unknown:
        return at
    return next((one for one in unknown if goes_on_in(block, block_text(now["blocks"][one]))), None)


def becomes_of(near: str) -> str:
    return near.removeprefix(BECOMES) if near.startswith(BECOMES) else ""


def here_among(
    blocks: Sequence[Json], standing: Standing, index: int, places: Mapping[int, int], near: str
) -> int:
    """Where a block goes that was put in: behind one of the texts that it may follow, among the blocks between which it stood."""
    gap = standing.gap(index, places, len(blocks))
    if not gap.sure:
        return behind(blocks, near)
    inside = blocks[gap.start : gap.end]
    found = (most_like(inside, text) for text in near.split(NEXT) if text)
    at = next((one for one in found if one is not None), None)
    return gap.start if at is None else gap.start + at + 1


def behind(blocks: Sequence[Json], place: str) -> int:
    """Where a block goes that follows one of those texts, the first that is there."""
    near = (most_like(blocks, text) for text in place.split(NEXT) if text)
    at = next((found for found in near if found is not None), len(blocks) - 1 if place else -1)
    return at + 1


def with_blocks(current: Json, head: Sequence[Json], after: Json, tail: Sequence[Json]) -> Json:
    return {
        "heading": current["heading"],
        "blocks": [*head, *after["blocks"], *tail],
        "notes": after["notes"] | current["notes"],
    }
