"""Puts paragraphs that were joined or divided into another state of the text. Pure, knows no Django."""

from __future__ import annotations

from collections import Counter
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
    at = _side_by_side(now, before, standing)
    if at is not None:
        # Unchanged, wherever the draft has them by now.
        rows = [*blocks[:at], *after["blocks"], *blocks[at + len(before["blocks"]) :]]
        return {"heading": now["heading"], "blocks": rows, "notes": after["notes"] | now["notes"]}
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
    wanted = uncounted_keys(before)
    alone = _alone(standing)
    sure = [
        keys.index(key) if keys.count(key) == wanted.count(key) == 1 and alone else None for key in wanted
    ]
    for index, block, known in zip(olds, before["blocks"], sure, strict=True):
        at = places.get(index) if known is None else known
        if known is not None or at in sure:
            found += [] if known is None else [known]
        elif at is not None and (
            digest(keys[at]) == standing.entries[index].old
            or fuzz.ratio(block_text(now["blocks"][at]), block_text(block)) >= LIKE
            or shares_words(now["blocks"][at], block)
        ):
            found.append(at)
    return found


def _side_by_side(now: Json, before: Json, standing: Standing | None) -> int | None:
    """Where the paragraphs of ``before`` stand as they were, right behind one another; None where they do not, or where more tells
    which they are: others with the same words, or a part that goes elsewhere."""
    if standing is None or not _alone(standing):
        return None
    if [*standing.own] != [*range(min(standing.own), max(standing.own) + 1)]:
        return None
    keys, wanted = uncounted_keys(now), uncounted_keys(before)
    found = [at for at in range(len(keys)) if keys[at : at + len(wanted)] == wanted]
    return found[0] if len(found) == 1 else None


def _alone(standing: Standing) -> bool:
    """Whether no other paragraph has, or gets, the words of one of these."""
    signs = Counter(sign for one in standing.entries for sign in {one.old, one.new})
    olds = (standing.entries[index].old for index in standing.own)
    return all(signs[old] == 1 for old in olds if old != NONE)


def _all_places(now: Json, before: Json, standing: Standing | None) -> Mapping[int, int]:
    if standing is None:
        return {}
    return places_now(now, standing, *map(block_text, before["blocks"]))
