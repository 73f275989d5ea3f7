"""Puts paragraphs that were joined or divided into another state of the text. Pure, knows no Django."""

from __future__ import annotations

from collections.abc import Mapping

from rapidfuzz import fuzz

from documents.suggestions.alike import shares_words
from documents.suggestions.blocks import keyed_blocks, uncounted_keys
from documents.suggestions.finding import Place, found_in, places_now
from documents.suggestions.paragraph_ends import arranged, merged_parts
from documents.suggestions.standing import NONE, Standing, digest
from documents.suggestions.suggestion import LIKE, Json
from documents.tree import block_text


def put_ends(now: Json, before: Json, after: Json, place: Place, force: bool) -> Json | None:
    """The text with the paragraphs of ``before`` as those of ``after``; what was changed in their words since stays. None where the
    same words were changed, or where one of them is gone, or was joined or divided, meanwhile."""
    blocks, standing = now["blocks"], place[0]
    all_places = _all_places(now, before, standing)
    if standing is not None and standing.all_come(uncounted_keys(now), all_places):
        return now
    places = stand_at(now, before, standing)
    made: list[Json] | None = None
    if len(places) == len(before["blocks"]):
        keys = [key for key, _ in keyed_blocks(now)]
        if [keys[at] for at in places] == [key for key, _ in keyed_blocks(before)]:
            made = after["blocks"]
        else:
            made = merged_parts(before["blocks"], [blocks[at] for at in places], after["blocks"])
    if made is None and not force:
        return None
    if standing is None or made is None:
        at = min(places, default=len(blocks))
        left = [block for place, block in enumerate(blocks) if place not in places]
        rows = [*left[:at], *after["blocks"], *left[at:]]
    else:
        rows = arranged(blocks, made, standing, all_places)
    return {"heading": now["heading"], "blocks": rows, "notes": after["notes"] | now["notes"]}


def stand_at(now: Json, before: Json, standing: Standing | None) -> list[int]:
    """Where those of the paragraphs stand that are there."""
    found: list[int] = []
    if standing is None:
        for block in before["blocks"]:
            at, _same = found_in(now, before | {"blocks": [block]}, (None, ""))
            found += [at] if at is not None and at not in found else []
        return found
    places, keys = _all_places(now, before, standing), uncounted_keys(now)
    olds = (index for index in standing.own if standing.entries[index].old != NONE)
    for index, block in zip(olds, before["blocks"], strict=True):
        at = places.get(index)
        if at is not None and (
            digest(keys[at]) == standing.entries[index].old
            or fuzz.ratio(block_text(now["blocks"][at]), block_text(block)) >= LIKE
            or shares_words(now["blocks"][at], block)
        ):
            found.append(at)
    return found


def _all_places(now: Json, before: Json, standing: Standing | None) -> Mapping[int, int]:
    if standing is None:
        return {}
    return places_now(now, standing, *map(block_text, before["blocks"]))
